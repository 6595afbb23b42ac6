//! How articles and publishers fare, for people and as JSON.

use std::collections::BTreeMap;

use super::grid::{self, Grid};
use super::json::{self, Layout};
use super::safe::printable;
use super::text::Style;
use crate::check::{Source, Summary};

/// A table of publishers and one of articles; every line with a line end.
pub fn text(summary: &Summary, style: Style) -> String {
    if summary.articles.is_empty() {
        return "no article makes a claim\n".to_owned();
    }
    let mut text = sources("publisher", &summary.publishers, style);
    // Where every publisher has one article, the tables would say the same twice.
    if summary.publishers.len() < summary.articles.len() {
        text += "\n";
        text += &sources("article", &summary.articles, style);
    }
    let shared = |it: &Source| !it.shared_slips.is_empty();
    if summary.publishers.iter().any(shared) {
        text += "\n?: slips between it and others, of which it cannot be told whose they are\n";
    }
    text
}

pub fn json(summary: &Summary) -> String {
    json::write(summary, Layout::Pretty)
}

fn sources(what: &'static str, sources: &[Source], style: Style) -> String {
    let head = vec![what, "claims", "confirmed", "alone", "in conflict", "overruled", "slips"];
    let mut grid = Grid { head, rows: Vec::new() };
    for it in sources {
        let numbers = [it.claims, it.confirmed, it.alone, it.in_conflict, it.overruled];
        let mut cells = vec![printable(&it.name).into_owned()];
        cells.extend(numbers.map(|it| it.to_string()));
        cells.push(slips(it));
        grid.rows.push(cells);
    }
    grid::with_head(&grid, style)
}

fn slips(source: &Source) -> String {
    let counted = |slips: &BTreeMap<&str, usize>, mark: &str| -> Vec<String> {
        slips.iter().map(|(kind, count)| format!("{kind} {count}{mark}")).collect()
    };
    let mut slips = counted(&source.slips, "");
    // Of these it cannot be told whose they are.
    slips.extend(counted(&source.shared_slips, "?"));
    slips.join(", ")
}
