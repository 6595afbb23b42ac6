//! Answers for people: a picture, tables, and under them the passages that they rest on.

use std::fmt;

use indexmap::IndexSet;

use super::grid;
use super::safe::printable;
use super::text::Style;
use super::words::lay;
use super::{bars, cells, tree};
use crate::answer::{Answer, Evidence};

/// The answer, fitted to the width; every line with a line end.
pub fn answer(answer: &Answer, style: Style) -> String {
    laid_out(answer, None, style)
}

/// The same with bars over days before the table, where there are stretches of days to draw.
pub fn pictured(answer: &Answer, style: Style) -> String {
    laid_out(answer, bars::answer(answer, style), style)
}

/// As [`table::answer`](answer) has it, 100 columns wide, without colours and without a line end.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(answer(self, Style { width: 100, color: false, unicode: true }).trim_end())
    }
}

fn laid_out(answer: &Answer, picture: Option<String>, style: Style) -> String {
    let width = style.width.max(Style::NARROWEST);
    let mut parts = vec![format!("{}\n", printable(answer.question.trim()))];
    if cells::is_empty(answer) {
        let mut none = String::new();
        lay(&mut none, cells::NONE, "", "", width);
        parts.push(none);
    }
    parts.extend(picture);
    let tables = cells::tables(answer);
    if !tables.rows.rows.is_empty() {
        parts.push(grid::rows(&tables.rows, style));
    }
    if !tables.counts.rows.is_empty() {
        parts.push(grid::rows(&tables.counts, style));
    }
    if !tables.changes.rows.is_empty() {
        parts.push(format!("changes\n{}", grid::rows(&tables.changes, style)));
    }
    if let Some(why) = &answer.why {
        parts.push(tree::drawn(why, style));
    }
    if !tables.notes.is_empty() {
        parts.push(notes(&tables.notes, width));
    }
    parts.join("\n")
}

/// The claims that the tables name by number. A passage that several rest on is shown once.
fn notes(notes: &IndexSet<&Evidence>, width: usize) -> String {
    let mut shown: IndexSet<&str> = IndexSet::new();
    let mut text = String::new();
    for (place, evidence) in notes.iter().enumerate() {
        let source = format!("[{}] {}", place + 1, cells::source(evidence));
        lay(&mut text, &source, "", "    ", width);
        lay(&mut text, &cells::on_a_line(&evidence.claim), "    ", "    ", width);
        let Some(passage) = evidence.passage.as_deref().filter(|it| shown.insert(it)) else { continue };
        let quoted = format!("\"{}\"", cells::on_a_line(passage));
        lay(&mut text, &quoted, "    ", "    ", width);
    }
    text
}
