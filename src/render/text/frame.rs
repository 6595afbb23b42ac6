//! One passage of a file as miette takes it.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::columns;
use super::group::{Group, Piece};
use super::window::{ARM, Passage, Room, Shown};
use super::wrap::wrap;
use crate::source::File;

/// Lines as they are shown, of which miette sees nothing else: it looks for no line in the whole file, merges no
/// frames, and its bytes are never those of the file.
#[derive(Debug)]
pub(super) struct Frame {
    name: String,
    text: String,
    /// The first line, counted from 0.
    line: usize,
    lines: usize,
    labels: Vec<LabeledSpan>,
}

impl Frame {
    /// The lines that a group marks, under a name.
    pub(super) fn new(name: String, group: &Group, file: &File, room: Room) -> Frame {
        let mut lines = group.lines();
        if lines.start > 0 && text_of(file, lines.start).trim().is_empty() {
            lines.start -= 1;
        }
        let mut frame =
            Frame { name, text: String::new(), line: lines.start, lines: lines.len(), labels: Vec::new() };
        for line in lines {
            let pieces: Vec<_> = group.of_line(line).collect();
            frame.add(&pieces, shown(file, line, &pieces, room), room);
        }
        frame
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Each line with its end.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Of the first line, counted from 1.
    pub(super) fn number(&self) -> usize {
        self.line + 1
    }

    pub(super) fn labels(&self) -> &[LabeledSpan] {
        &self.labels
    }

    fn add(&mut self, pieces: &[&Piece], shown: Shown, room: Room) {
        for (piece, mark) in pieces.iter().zip(shown.marks) {
            let before = columns::width(&shown.text[..mark.start]);
            let middle = before + columns::width(&shown.text[mark.clone()]) / 2;
            let label = label(&piece.label, room.columns.saturating_sub(middle + ARM).max(1));
            self.labels.push(LabeledSpan::new(label, self.text.len() + mark.start, mark.len()));
        }
        self.text.push_str(&shown.text);
        self.text.push('\n');
    }
}

fn text_of(file: &File, line: usize) -> &str {
    file.line(line).map_or("", |it| file.slice(it))
}

fn shown(file: &File, line: usize, pieces: &[&Piece], room: Room) -> Shown {
    let start = file.line(line).unwrap_or_default().start as usize;
    let marks: Vec<_> = pieces.iter().map(|it| it.range.start - start..it.range.end - start).collect();
    let label = pieces.last().map_or(0, |it| room.for_label(&it.label));
    Passage { line: text_of(file, line), marks: &marks, label }.show(room)
}

fn label(text: &str, room: usize) -> Option<String> {
    let lines = text.split('\n').flat_map(|it| wrap(it, room, room));
    Some(lines.collect::<Vec<_>>().join("\n")).filter(|it| !it.is_empty())
}

impl fmt::Display for Frame {
    /// Nothing: what is wrong is said once, above all frames.
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Frame {}

impl Diagnostic for Frame {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl SourceCode for Frame {
    /// All there is, whatever is asked for: so all labels come into one frame.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let span = SourceSpan::from(0..self.text.len());
        let bytes = self.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), bytes, span, self.line, 0, self.lines)))
    }
}
