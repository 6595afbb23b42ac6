//! Answers for people: a table, and under it the passages that its rows rest on.

use comfy_table::{ContentArrangement, Table};
use indexmap::IndexSet;

use super::safe::printable;
use super::text::Style;
use crate::answer::{Answer, Change, Evidence, Open, Row, Verdict};
use crate::date::Day;

/// The answer, fitted to the width; every line with a line end.
pub fn answer(answer: &Answer, style: Style) -> String {
    let mut notes: IndexSet<&Evidence> = IndexSet::new();
    let mut parts = vec![heading(answer)];
    if !answer.rows.is_empty() {
        parts.push(rows(&answer.rows, answer.open, &mut notes, style));
    }
    if !answer.changes.is_empty() {
        parts.push(changes(&answer.changes, answer.open, style));
    }
    if !notes.is_empty() {
        parts.push(self::notes(&notes, style));
    }
    parts.join("\n")
}

/// The question, and how many rows there are of each kind.
fn heading(answer: &Answer) -> String {
    let question = printable(answer.question.trim());
    if answer.rows.is_empty() {
        return format!("{question}\n\nnone: no article says so, and nothing follows from what they say\n");
    }
    format!("{question}\n")
}

/// A column for each thing that the question leaves open.
fn rows<'a>(rows: &'a [Row], open: Open, notes: &mut IndexSet<&'a Evidence>, style: Style) -> String {
    let mut table = table(style);
    for row in rows {
        let mut cells = Vec::new();
        if open.party {
            cells.push(printable(&row.party).into_owned());
        }
        if open.bloc {
            cells.push(printable(&row.bloc).into_owned());
        }
        if open.days {
            cells.push(stretch(row.from, row.to));
        }
        cells.extend([status(row), verdict(row), grounds(row, notes)]);
        table.add_row(cells);
    }
    lines(&table)
}

fn status(row: &Row) -> String {
    let status = printable(&row.status.join(" or ")).into_owned();
    let otherwise = row.otherwise.join(" or ");
    if otherwise.is_empty() { status } else { format!("{status}, otherwise {}", printable(&otherwise)) }
}

fn verdict(row: &Row) -> String {
    match row.last_evidence {
        Some(day) if row.verdict == Verdict::Presumed => format!("presumed (last evidence {day})"),
        _ => row.verdict.word().to_owned(),
    }
}

/// The numbers of the notes.
fn grounds<'a>(row: &'a Row, notes: &mut IndexSet<&'a Evidence>) -> String {
    let mut numbers = |evidence: &'a [Evidence]| {
        let numbers = evidence.iter().map(|it| format!("[{}]", notes.insert_full(it).0 + 1));
        numbers.collect::<Vec<_>>().join(" ")
    };
    let because = numbers(&row.because);
    let against = numbers(&row.against);
    match (because.is_empty(), against.is_empty()) {
        (_, true) => because,
        (true, false) => format!("against {against}"),
        (false, false) => format!("{because} against {against}"),
    }
}

fn stretch(from: Day, to: Day) -> String {
    match (from.is_open(), to.is_open()) {
        (true, true) => "always".into(),
        (true, false) => format!("until {to}"),
        (false, true) => format!("from {from} on"),
        (false, false) if from == to => from.to_string(),
        (false, false) => format!("{from} to {to}"),
    }
}

fn changes(changes: &[Change], open: Open, style: Style) -> String {
    let mut table = table(style);
    for change in changes {
        let mut cells = Vec::new();
        if open.party {
            cells.push(printable(&change.party).into_owned());
        }
        cells.push(printable(&format!("{} to {}", change.from, change.to)).into_owned());
        cells.push(when(change.earliest, change.latest));
        cells.push(if change.assumed { "assumed" } else { "reported" }.to_owned());
        table.add_row(cells);
    }
    format!("changes\n{}", lines(&table))
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

/// The claims that the rows name by number. A passage that several rest on is shown once.
fn notes(notes: &IndexSet<&Evidence>, style: Style) -> String {
    let mut shown: Vec<&str> = Vec::new();
    let mut text = String::new();
    for (place, evidence) in notes.iter().enumerate() {
        text += &note(place + 1, evidence, style);
        let Some(passage) = evidence.passage.as_deref().filter(|it| !shown.contains(it)) else { continue };
        shown.push(passage);
        let words = passage.split_whitespace().collect::<Vec<_>>().join(" ");
        text += &wrapped(&format!("\"{words}\""), "    ", "    ", style);
    }
    text
}

/// A claim: article, line of the rule file, and what was written.
fn note(number: usize, evidence: &Evidence, style: Style) -> String {
    let cites =
        if evidence.cites.is_empty() { String::new() } else { format!(" @{}", evidence.cites.join(" @")) };
    let head = format!("[{number}] {}{cites}  ({}:{})", evidence.article, evidence.file, evidence.line);
    let claim = evidence.claim.split_whitespace().collect::<Vec<_>>().join(" ");
    wrapped(&head, "", "    ", style) + &wrapped(&claim, "    ", "    ", style)
}

fn wrapped(text: &str, first: &str, rest: &str, style: Style) -> String {
    let text = printable(text);
    let options = textwrap::Options::new(style.width.max(Style::NARROWEST))
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::wrap(&text, options).iter().map(|it| format!("{}\n", it.trim_end())).collect()
}

pub(super) fn table(style: Style) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(style.width.clamp(Style::NARROWEST, usize::from(u16::MAX)) as u16);
    table
}

pub(super) fn lines(table: &Table) -> String {
    table.lines().map(|it| format!("{}\n", it.trim_end())).collect()
}
