//! Markdown as GitHub has it, for issues, pull requests and pages.

use super::cells;
use super::grid::Grid;
use super::safe::printable;
use crate::answer::{Answer, Evidence, Reason};

/// The answer; every line with a line end.
pub fn answer(answer: &Answer) -> String {
    let mut parts = vec![format!("## {}\n", escaped(answer.question.trim()))];
    if cells::is_empty(answer) {
        parts.push(format!("{}\n", cells::NONE));
    }
    let tables = cells::tables(answer);
    for grid in [&tables.rows, &tables.counts, &tables.changes] {
        if !grid.rows.is_empty() {
            parts.push(table(grid));
        }
    }
    if let Some(why) = &answer.why {
        let mut list = String::new();
        reason(why, 0, &mut list);
        parts.push(list);
    }
    if !tables.notes.is_empty() {
        let notes = tables.notes.iter().enumerate();
        parts.push(notes.map(|(place, it)| note(place + 1, it)).collect());
    }
    parts.join("\n")
}

fn table(grid: &Grid) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = row(grid.head.iter().map(|it| (*it).to_owned()).collect());
    text += &row(grid.head.iter().map(|_| "---".to_owned()).collect());
    for cells in &grid.rows {
        text += &row(cells.iter().map(|it| escaped(it)).collect());
    }
    text
}

/// An item of a nested list, with those that it follows from under it.
fn reason(reason: &Reason, depth: usize, to: &mut String) {
    let indent = "  ".repeat(depth);
    let words = match &reason.evidence {
        // A claim speaks for itself.
        Some(it) => said(it),
        None => escaped(reason.conclusion.trim()),
    };
    *to += &format!("{indent}- {words}\n");
    for it in &reason.premises {
        self::reason(it, depth + 1, to);
    }
}

fn note(number: usize, evidence: &Evidence) -> String {
    format!("{number}. {}\n", said(evidence))
}

/// Where a claim stands, what it says, and the article's own words.
fn said(evidence: &Evidence) -> String {
    let place = format!("{} ({}:{})", evidence.article, evidence.file, evidence.line);
    let mut said = format!("{}: {}", escaped(&place), code(&cells::on_a_line(&evidence.claim)));
    if let Some(passage) = &evidence.passage {
        said += &format!(", \"{}\"", escaped(&cells::on_a_line(passage)));
    }
    said
}

/// Text in which nothing is markup: no cell, emphasis, picture or HTML begins in it, and no link but a bare address.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for it in printable(text).chars() {
        match it {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            // Somebody of that name would be told.
            '@' => escaped += "&#64;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(it);
            }
            _ => escaped.push(it),
        }
    }
    escaped
}

/// Text as code, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}
