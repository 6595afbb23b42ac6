//! Words of an article as they are shown: its lines broken at spaces, so that a sentence can be read.

use std::ops::Range;

use super::columns;
use super::sentence::{around, telling};
use super::window::{Room, drawn, word_end};
use super::wrap::wrap;
use crate::render::region::bounds;
use crate::source::{File, FileId, Span};

/// Rows that are shown at most.
const ROWS: usize = 6;

/// A passage to be shown.
pub(super) struct Quote<'a> {
    pub file: FileId,
    pub range: Range<usize>,
    pub heading: Option<&'a str>,
}

/// A line of a file, or what of it comes into one line of the terminal.
pub(super) struct Row {
    /// Of the line, counted from 1.
    pub number: usize,
    pub text: String,
}

/// What is shown for a span that a claim rests on: the whole lines that it stands in, or else the whole sentences, if
/// there is room for them. Of a span that is too long for it, what begins with the sentence that tells most.
pub(super) fn extent(file: &File, span: Span, claim: &str, room: Room) -> Range<usize> {
    let range = bounds(file, span);
    let first = file.line_of(range.start as u32);
    let last = file.line_of(range.end.saturating_sub(1).max(range.start) as u32);
    let line = |number| file.line(number).unwrap_or_default().range();
    let lines = line(first).start..line(last).end;
    let fits = |it: &Range<usize>| rows(file, it, room).1;
    if fits(&lines) {
        return lines;
    }
    if !fits(&range) {
        let start = range.start + telling(file.text.get(range.clone()), claim);
        return start..range.end;
    }
    let words = range.start - lines.start..range.end.min(lines.end).max(range.start) - lines.start;
    let around = around(file.text.get(lines.clone()), words);
    let sentences = lines.start + around.start..lines.start + around.end;
    if fits(&sentences) { sentences } else { range }
}

impl Quote<'_> {
    /// Dots stand for what is left out of a line, and for the rest where there is more than can be shown.
    pub(super) fn rows(&self, file: &File, room: Room) -> Vec<Row> {
        let (mut rows, complete) = rows(file, &self.range, room);
        if !complete && let Some(row) = rows.last_mut() {
            row.text = cut(&row.text, room);
        }
        rows
    }
}

/// No more rows than are shown, and whether they are all.
fn rows(file: &File, range: &Range<usize>, room: Room) -> (Vec<Row>, bool) {
    let mut shown = Vec::new();
    for number in file.line_of(range.start as u32).. {
        let Some(line) = file.line(number).map(Span::range) else { break };
        if number > 0 && line.start >= range.end && line.start > range.start {
            break;
        }
        let (start, end) = (range.start.clamp(line.start, line.end), range.end.clamp(line.start, line.end));
        let text = file.text.get(start..end.max(start));
        let most = columns::forward(room.columns * (ROWS + 1), text);
        let before = if start > line.start { room.dots } else { "" };
        let after = if end < line.end { room.dots } else { "" };
        let text = format!("{before}{}{after}", drawn(text[..most].trim()));
        for text in wrap(&text, room.columns, room.columns) {
            if shown.len() == ROWS {
                return (shown, false);
            }
            shown.push(Row { number: number + 1, text });
        }
        if most < end - start {
            return (shown, false);
        }
    }
    (shown, true)
}

fn cut(text: &str, room: Room) -> String {
    let most = room.columns.saturating_sub(columns::width(room.dots));
    let end = columns::forward(most, text);
    let end = if end < text.len() { word_end(&text[..end], 0) } else { end };
    format!("{}{}", text[..end].trim_end(), room.dots)
}
