//! Where a piece of a file is, in lines and columns and in bytes.

use std::ops::Range;

use crate::source::{File, Span};

/// Lines and columns count from 1, columns in characters; the end is the first column after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub start: usize,
    pub end: usize,
}

impl Region {
    pub(super) fn of(file: &File, span: Span) -> Region {
        let Range { start, end } = bounds(file, span);
        let (line, column) = file.position(start as u32);
        let (end_line, end_column) = file.position(end as u32);
        Region { line, column, end_line, end_column, start, end }
    }

    pub(super) fn text(self, file: &File) -> &str {
        file.text.get(self.start..self.end)
    }
}

/// The bytes of a span, inside the text, between characters.
pub(super) fn bounds(file: &File, span: Span) -> Range<usize> {
    let range = span.range();
    let start = file.text.character_around(range.start);
    start..file.text.next_character(range.end.max(start))
}
