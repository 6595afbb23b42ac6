//! What the tables of an answer say, cell by cell, in words that the formats share.

use indexmap::IndexSet;

use super::grid::Grid;
use super::safe::{is_plain, printable};
use crate::answer::{Answer, Change, Count, Evidence, Open, Row, Verdict};
use crate::date::Day;

/// Said of an answer that has nothing in it.
pub(super) const NONE: &str = "none: no article says so, and nothing follows from what they say";

/// The tables of an answer; those without rows have nothing to say.
pub(super) struct Tables<'a> {
    pub(super) rows: Grid,
    pub(super) changes: Grid,
    pub(super) counts: Grid,
    /// The claims that they name by number, counted from 1.
    pub(super) notes: IndexSet<&'a Evidence>,
}

pub(super) fn tables(answer: &Answer) -> Tables<'_> {
    let mut notes = IndexSet::new();
    // The tree of `why` begins with what the rows say.
    let shown = if answer.why.is_some() { &[][..] } else { &answer.rows };
    let rows = rows(shown, answer.open, &mut notes);
    let counts = counts(&answer.counts, &mut notes);
    let changes = changes(&answer.changes, answer.open, &mut notes);
    Tables { rows, changes, counts, notes }
}

/// Whether there is anything in it.
pub(super) fn is_empty(answer: &Answer) -> bool {
    answer.rows.is_empty() && answer.changes.is_empty() && answer.counts.is_empty() && answer.why.is_none()
}

/// A column for each thing that the question leaves open.
fn rows<'a>(rows: &'a [Row], open: Open, notes: &mut IndexSet<&'a Evidence>) -> Grid {
    let mut head = Vec::new();
    head.extend(open.party.then_some("party"));
    head.extend(open.bloc.then_some("bloc"));
    head.extend(open.days.then_some("days"));
    head.extend(["status", "verdict", "claims"]);
    let mut grid = Grid { head, rows: Vec::new() };
    for row in rows {
        let mut cells = Vec::new();
        cells.extend(open.party.then(|| printable(&row.party).into_owned()));
        cells.extend(open.bloc.then(|| printable(&row.bloc).into_owned()));
        cells.extend(open.days.then(|| days(row.from, row.to)));
        cells.extend([status(row), verdict(row), grounds(&row.because, &row.against, notes)]);
        grid.rows.push(cells);
    }
    grid
}

/// Every status, and of what it is put together.
pub(super) fn status(row: &Row) -> String {
    let mut status = row.status.join(" or ");
    if !row.parts.is_empty() {
        let parts: Vec<String> = row.parts.iter().map(|it| part(it, &row.parts)).collect();
        status += &format!(" ({})", parts.join(", "));
    }
    if !row.otherwise.is_empty() {
        status += &format!(", otherwise {}", row.otherwise.join(" or "));
    }
    printable(&status).into_owned()
}

/// A part by what tells it from the others.
fn part(part: &Row, all: &[Row]) -> String {
    let one_party = all.iter().all(|it| it.party == part.party);
    let one_bloc = all.iter().all(|it| it.bloc == part.bloc);
    let name = match (one_party, one_bloc) {
        (true, _) => part.bloc.clone(),
        (false, true) => part.party.clone(),
        (false, false) => format!("{} in {}", part.party, part.bloc),
    };
    format!("{name}: {}", status(part))
}

pub(super) fn verdict(row: &Row) -> String {
    match row.last_evidence {
        Some(day) if row.verdict == Verdict::Presumed => format!("presumed (last evidence {day})"),
        _ => row.verdict.word().to_owned(),
    }
}

/// The numbers of the notes.
fn grounds<'a>(
    because: &'a [Evidence],
    against: &'a [Evidence],
    notes: &mut IndexSet<&'a Evidence>,
) -> String {
    let mut numbers = |evidence: &'a [Evidence]| {
        let numbers = evidence.iter().map(|it| format!("[{}]", notes.insert_full(it).0 + 1));
        numbers.collect::<Vec<_>>().join(" ")
    };
    let because = numbers(because);
    let against = numbers(against);
    match (because.is_empty(), against.is_empty()) {
        (_, true) => because,
        (true, false) => format!("against {against}"),
        (false, false) => format!("{because} against {against}"),
    }
}

pub(super) fn days(from: Day, to: Day) -> String {
    match (from.is_open(), to.is_open()) {
        (true, true) => "always".into(),
        (true, false) => format!("until {to}"),
        (false, true) => format!("from {from} on"),
        (false, false) if from == to => from.to_string(),
        (false, false) => format!("{from} to {to}"),
    }
}

fn counts<'a>(counts: &'a [Count], notes: &mut IndexSet<&'a Evidence>) -> Grid {
    let head = vec!["days", "count", "verdict", "uncertain", "claims"];
    let row = |it: &'a Count| {
        let count =
            if it.least == it.most { it.least.to_string() } else { format!("{} to {}", it.least, it.most) };
        let possible = printable(&it.possible.join(", ")).into_owned();
        let verdict = it.verdict.word().to_owned();
        vec![days(it.from, it.to), count, verdict, possible, grounds(&it.because, &it.against, notes)]
    };
    Grid { head, rows: counts.iter().map(row).collect() }
}

fn changes<'a>(changes: &'a [Change], open: Open, notes: &mut IndexSet<&'a Evidence>) -> Grid {
    let mut head = Vec::new();
    head.extend(open.party.then_some("party"));
    head.extend(["change", "when", "told", "claims"]);
    let mut grid = Grid { head, rows: Vec::new() };
    for change in changes {
        let mut cells = Vec::new();
        cells.extend(open.party.then(|| printable(&change.party).into_owned()));
        cells.push(printable(&format!("{} to {}", change.from, change.to)).into_owned());
        cells.push(when(change.earliest, change.latest));
        let told = match (change.lapsed, change.assumed) {
            (true, _) => "lapses",
            (false, true) => "assumed",
            (false, false) => "reported",
        };
        cells.push(if change.disputed { format!("{told}, disputed") } else { told.to_owned() });
        cells.push(grounds(&change.because, &[], notes));
        grid.rows.push(cells);
    }
    grid
}

fn when(earliest: Day, latest: Day) -> String {
    match (earliest.is_open(), latest.is_open()) {
        (true, true) => "some day".into(),
        (true, false) => format!("some day up to {latest}"),
        (false, true) => format!("some day from {earliest} on"),
        (false, false) if earliest == latest => format!("on {earliest}"),
        (false, false) => format!("between {earliest} and {latest}"),
    }
}

/// The claim's article, lines of its text, and where the claim stands.
pub(super) fn source(evidence: &Evidence) -> String {
    let cites =
        if evidence.cites.is_empty() { String::new() } else { format!(" @{}", evidence.cites.join(" @")) };
    let said = format!("{}{cites}  ({}:{})", evidence.article, evidence.file, evidence.line);
    if is_plain(&said) { said } else { printable(&said).into_owned() }
}

/// On one line, fit for a terminal.
pub(super) fn on_a_line(text: &str) -> String {
    if is_plain(text) && text.trim() == text && !text.contains("  ") {
        return text.to_owned();
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    printable(&words).into_owned()
}
