//! Tables in a terminal: columns as wide as their cells, narrower where there is no room, and no word broken while
//! there is another way.

use super::text::Style;
use super::words::{self, hanging};

/// Cells that are fit for a terminal, row by row; all rows have as many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Between two columns.
const GAP: usize = 2;

/// The rows without the head; every line begins with a blank and ends with a line end.
pub(super) fn rows(grid: &Grid, style: Style) -> String {
    drawn(grid, &lent(grid).collect::<Vec<_>>(), style)
}

/// The same, under the head.
pub(super) fn with_head(grid: &Grid, style: Style) -> String {
    drawn(grid, &std::iter::once(grid.head.clone()).chain(lent(grid)).collect::<Vec<_>>(), style)
}

fn lent(grid: &Grid) -> impl Iterator<Item = Vec<&str>> {
    grid.rows.iter().map(|it| it.iter().map(String::as_str).collect())
}

fn drawn(grid: &Grid, rows: &[Vec<&str>], style: Style) -> String {
    let width = style.width.max(Style::NARROWEST);
    let columns = rows.first().map_or(0, Vec::len);
    let room = (width - 1).saturating_sub(GAP * columns.saturating_sub(1));
    // Days stay on one line, if there is room for them.
    let days: Vec<bool> = grid.head.iter().map(|it| *it == "days").collect();
    match widths(rows, &days, room).or_else(|| widths(rows, &vec![false; columns], room)) {
        Some(widths) => rows.iter().map(|it| side_by_side(it, &widths)).collect(),
        None => rows.iter().map(|it| stacked(it, width)).collect(),
    }
}

/// How wide each column may be; `None` where some word would have to be broken, or a column that is to stay whole.
fn widths(rows: &[Vec<&str>], stay: &[bool], room: usize) -> Option<Vec<usize>> {
    let columns = stay.len();
    let widest = |measure: fn(&str) -> usize| -> Vec<usize> {
        let of_column = |column| rows.iter().map(|it| measure(it[column])).max().unwrap_or(0);
        (0..columns).map(of_column).collect()
    };
    let whole = widest(words::width);
    if whole.iter().sum::<usize>() <= room {
        return Some(whole);
    }
    let mut least = widest(words::widest);
    for column in (0..columns).filter(|it| stay[*it]) {
        least[column] = whole[column];
    }
    if least.iter().sum::<usize>() > room {
        return None;
    }
    // All columns that want more get the same.
    let fit = |limit: usize| -> Vec<usize> {
        whole.iter().zip(&least).map(|(whole, least)| *least.max(&limit.min(*whole))).collect()
    };
    let (mut fits, mut too_wide) = (0, room + 1);
    while too_wide - fits > 1 {
        let middle = usize::midpoint(fits, too_wide);
        if fit(middle).iter().sum::<usize>() <= room { fits = middle } else { too_wide = middle }
    }
    Some(fit(fits))
}

fn side_by_side(cells: &[&str], widths: &[usize]) -> String {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(it, width)| wrapped(it, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for line in 0..height {
        let mut end = String::new();
        let mut pad = 1;
        for (cell, width) in cells.iter().zip(widths) {
            let shown = cell.get(line).map_or("", String::as_str);
            if !shown.is_empty() {
                end += &" ".repeat(pad);
                end += shown;
                pad = 0;
            }
            pad += width - words::width(shown).min(*width) + GAP;
        }
        text += &end;
        text.push('\n');
    }
    text
}

/// As many cells on a line as have room, the others below, further in.
fn stacked(cells: &[&str], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|it| !it.is_empty()) {
        match lines.last_mut() {
            Some(line) if words::width(line) + GAP + words::width(cell) <= width => {
                *line += &" ".repeat(GAP);
                *line += cell;
            }
            last => {
                let indent = if last.is_none() { " " } else { "   " };
                lines.extend(hanging(cell, indent, "     ", width));
            }
        }
    }
    lines.iter().map(|it| format!("{it}\n")).collect()
}

/// Lines of a text that are no wider; only a word that is wider itself is broken.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    hanging(text, "", "", width)
}
