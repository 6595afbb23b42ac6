//! `members of CSTO and not members of EAEU on D`

use indexmap::IndexSet;
use rayon::prelude::*;

use super::View;
use super::rows::row;
use crate::answer::{Row, Verdict};
use crate::date::{Day, Window};
use crate::judge::{Formula, Judging, Term, Truth, candidates};
use crate::ledger::{PartyId, Set};

/// Every party that is in the set, or may be.
pub(super) fn rows(view: View, set: &Set) -> Vec<Row> {
    let mut rows = judged(view, set);
    rows.retain(may_be_in);
    if set.window().is_none_or(Window::is_day) {
        rows.sort_by(|a, b| (a.status.len(), &a.party).cmp(&(b.status.len(), &b.party)));
    } else {
        rows.sort_by(|a, b| (&a.party, a.from).cmp(&(&b.party, b.from)));
    }
    rows
}

/// It is in the set, or may be, or would be by an overruled claim.
pub(super) fn may_be_in(row: &Row) -> bool {
    row.inside != Some(false) || !row.otherwise.is_empty()
}

/// The same with those that are certainly not in it, by party and day.
pub(super) fn judged(view: View, set: &Set) -> Vec<Row> {
    let ledger = view.pairs.ledger();
    let (terms, formula) = (set.terms(), Formula::of(set));
    let of_party = |party: &PartyId| {
        let terms: Vec<Term> = terms.iter().map(|it| Term::of(*it, *party)).collect();
        told(view, terms, &formula)
    };
    candidates(ledger, &terms, &formula).par_iter().flat_map_iter(of_party).collect()
}

/// Where all terms speak of the same days, a row for each stretch of these; else one row, each term met on some day of
/// its own.
pub(super) fn told(view: View, terms: Vec<Term>, formula: &Formula) -> Vec<Row> {
    if terms.is_empty() {
        return Vec::new();
    }
    let judging = Judging::new(view.pairs, terms, formula);
    if let Some(window) = judging.window() {
        let days = judging.days(window, std::iter::empty());
        let mut rows: Vec<Row> = Vec::new();
        for row in days.into_iter().map(|it| joint(view, &judging, it, Some(it))) {
            match rows.last_mut().filter(|it| are_alike(it, &row)) {
                Some(last) => prolong(last, &row),
                None => rows.push(row),
            }
        }
        return rows;
    }
    let windows = || judging.terms.iter().map(|it| it.condition.wanted.window);
    let earliest = windows().map(|it| it.earliest).min().unwrap_or(Day::DAWN);
    let latest = windows().map(|it| it.latest).max().unwrap_or(Day::DUSK);
    vec![joint(view, &judging, Window::new(earliest, latest), None)]
}

/// `shared` are days that lie in one spell of each subject; without them, each term has its own.
fn joint(view: View, judging: &Judging, days: Window, shared: Option<Window>) -> Row {
    let told: Vec<Vec<Row>> = judging
        .subjects
        .iter()
        .map(|it| it.on(shared).map(|(spell, days)| row(view, &it.pair, spell, days)).collect())
        .collect();
    let verdicts: Vec<Vec<Verdict>> =
        told.iter().map(|it| it.iter().map(|it| it.verdict).collect()).collect();
    let judged = judging.judge(shared, &verdicts);
    let (truth, heard, verdict) = (judged.truth, judged.heard, judged.verdict);
    let otherwise = Truth { yes: heard.yes && !truth.yes, no: heard.no && !truth.no };
    let rests = || judged.decisive.iter().flat_map(|it| &told[*it]);
    let last = rests().filter_map(|it| it.last_evidence).min();
    let ledger = view.pairs.ledger();
    let asked = judging.terms.iter().filter(|it| it.condition.who.is_none());
    Row {
        party: joined(asked.map(|it| ledger.party(it.party).name.as_str())),
        bloc: joined(judging.terms.iter().map(|it| ledger.bloc(it.condition.wanted.bloc).name.as_str())),
        from: days.earliest,
        to: days.latest,
        status: truth.words(),
        inside: truth.sure(),
        otherwise: otherwise.words(),
        verdict,
        last_evidence: last.filter(|_| verdict == Verdict::Presumed),
        because: super::once(rests().flat_map(|it| &it.because).cloned()).into(),
        against: super::once(rests().flat_map(|it| &it.against).cloned()).into(),
        parts: rests().cloned().collect(),
    }
}

/// Two rows, one after the other, that differ in nothing but their days.
fn are_alike(a: &Row, b: &Row) -> bool {
    let says = |it: &Row| (it.status.clone(), it.otherwise.clone(), it.verdict, it.last_evidence);
    let same_parts =
        || a.parts.len() == b.parts.len() && a.parts.iter().zip(&b.parts).all(|it| are_alike(it.0, it.1));
    (&a.party, &a.bloc) == (&b.party, &b.bloc)
        && says(a) == says(b)
        && (&a.because, &a.against) == (&b.because, &b.against)
        && same_parts()
}

fn prolong(row: &mut Row, by: &Row) {
    row.to = by.to;
    row.parts.iter_mut().zip(&by.parts).for_each(|it| prolong(it.0, it.1));
}

/// Each name once.
fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<IndexSet<&str>>().into_iter().collect::<Vec<_>>().join(", ")
}
