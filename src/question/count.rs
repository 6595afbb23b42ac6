//! `count members of CIS every year from 1992 to 2020`

use super::{View, once, set};
use crate::answer::{Count, Row, Verdict};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::judge::cut;
use crate::ledger::Set;
use crate::source::{FileId, Span};

/// The most counts, times the rows that come into question.
const MOST: usize = 2_000_000;

/// How many there are on each of these days; without any, in each stretch in which they are the same.
pub(super) fn counts(
    view: View,
    set: &Set,
    days: Option<&[Day]>,
    place: (FileId, Span),
) -> Result<Vec<Count>, Finding> {
    let rows = match days.and_then(|it| it.first().zip(it.last())) {
        Some((first, last)) => set::judged(view, &set.clone().within(Window::new(*first, *last))),
        None => set::judged(view, set),
    };
    let whole = rows.iter().fold(Window::new(Day::DUSK, Day::DAWN), |all, it| {
        Window::new(all.earliest.min(it.from), all.latest.max(it.to))
    });
    let whole = set.window().filter(|_| days.is_none()).unwrap_or(whole);
    let stretches: Vec<Window> = match days {
        Some(days) => days.iter().map(|it| Window::day(*it)).collect(),
        None => cut(rows.iter().flat_map(|it| [it.from, it.to.next()]), whole),
    };
    if stretches.len().saturating_mul(rows.len().max(1)) > MOST {
        let message = "these are too many days and parties to count";
        let finding = Finding::error("too-many-counts", message, Place::new(place.0, place.1, ""));
        return Err(finding.help("ask for a shorter time, or for every year"));
    }
    let mut counts: Vec<Count> = Vec::new();
    for stretch in stretches {
        let within: Vec<&Row> =
            rows.iter().filter(|it| it.from <= stretch.earliest && stretch.latest <= it.to).collect();
        let next = count(&within, stretch);
        let same = |it: &&mut Count| {
            let is = |it: &Count| (it.least, it.most, it.verdict, it.sure.clone(), it.possible.clone());
            days.is_none() && is(it) == is(&next)
        };
        match counts.last_mut().filter(same) {
            Some(last) => last.to = stretch.latest,
            None => counts.push(next),
        }
    }
    Ok(counts)
}

fn count(rows: &[&Row], days: Window) -> Count {
    let may = rows.iter().filter(|it| it.inside != Some(false)).copied();
    let (open, sure): (Vec<&Row>, Vec<&Row>) = may.partition(|it| it.inside.is_none());
    let names = |rows: &[&Row]| rows.iter().map(|it| it.party.clone()).collect::<Vec<_>>();
    Count {
        from: days.earliest,
        to: days.latest,
        least: sure.len(),
        most: sure.len() + open.len(),
        // Who is not counted may be so by doubt too.
        verdict: rows.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Presumed),
        because: once(sure.iter().chain(&open).flat_map(|it| &it.because).cloned()),
        against: once(rows.iter().flat_map(|it| &it.against).cloned()),
        sure: names(&sure),
        possible: names(&open),
    }
}
