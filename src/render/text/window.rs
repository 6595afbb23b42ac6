//! One line of a file as it is shown: printable, and cut to the width around what is marked in it.

use std::ops::Range;

use super::columns::{self, TAB};
use crate::render::safe;

/// What a label takes before its text: the corner and the arm.
pub(super) const ARM: usize = 4;

/// Columns that a label must have before a line is cut for its sake alone: in fewer it would be hard to read.
const LABEL: usize = ARM + 16;

/// How far a cut moves so as not to go through a word, in bytes.
const WORD: usize = 14;

/// The room a line has.
#[derive(Clone, Copy)]
pub(super) struct Room<'a> {
    pub columns: usize,
    /// What stands for that which is cut off.
    pub dots: &'a str,
}

impl Room<'_> {
    /// What is kept free for a label right of its mark: it wraps when it is wider.
    pub(super) fn for_label(&self, label: &str) -> usize {
        let widest = label.split('\n').map(columns::width).max().unwrap_or(0);
        if widest == 0 { 0 } else { ARM + widest.min((self.columns / 2).saturating_sub(ARM)) }
    }
}

/// A line to show, and the marks in it, from left to right, apart from each other.
pub(super) struct Passage<'a> {
    pub line: &'a str,
    pub marks: &'a [Range<usize>],
    /// Columns that the label of the last mark needs.
    pub label: usize,
}

/// A line as shown, and where the marks are now.
pub(super) struct Shown {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

impl Passage<'_> {
    /// From the first mark to the end of the last.
    fn hull(&self) -> Range<usize> {
        let end = self.marks.last().map_or(0, |it| it.end);
        self.marks.first().map_or(0, |it| it.start)..end
    }

    /// Columns from the beginning of the first mark to the middle of the last, where its label hangs.
    fn reach(&self, limit: usize) -> usize {
        let Some(last) = self.marks.last() else { return 0 };
        let before = columns::up_to(limit, &self.line[self.hull().start..last.start]);
        before + columns::up_to(limit, &self.line[last.clone()]) / 2
    }

    /// Whether one window can show all marks and still has room for the label.
    pub(super) fn fits(&self, room: Room) -> bool {
        let limit = room.columns.saturating_sub(2 * columns::width(room.dots));
        columns::up_to(limit, &self.line[self.hull()]) < limit && self.reach(limit) + self.label <= limit
    }

    /// Cuts the line to the room.
    pub(super) fn show(&self, room: Room) -> Shown {
        let at_end = self.marks.last().is_some_and(|it| it.is_empty() && it.start == self.line.len());
        let columns = room.columns - usize::from(at_end);
        let start = self.start(Room { columns, ..room });
        let dots = columns::width(room.dots);
        let left = columns - if start > 0 { dots } else { 0 };
        let end = start + columns::forward(left, &self.line[start..]);
        let end = if end == self.line.len() { end } else { self.end(start, left - dots) };
        self.draw(start..end, room.dots)
    }

    fn start(&self, room: Room) -> usize {
        let hull = self.hull();
        let (full, dots) = (room.columns, columns::width(room.dots));
        let (head, tail) = (&self.line[..hull.start], &self.line[hull.end..]);
        let marked = columns::up_to(full, &self.line[hull.clone()]).min(full);
        let before = columns::up_to(full, head);
        let after = columns::up_to(full, tail);
        let reach = self.reach(full);
        let whole = before + marked + after <= full && before + reach + self.label.min(LABEL) <= full;
        if whole || head.is_empty() {
            return 0;
        }
        let most = full.saturating_sub(reach + self.label);
        let spare = full.saturating_sub(marked + 2 * dots);
        let wanted = (spare / 2).max(spare.saturating_sub(after));
        let start = columns::backward(wanted.min(most.saturating_sub(dots)), head);
        if start == 0 { 0 } else { word_start(head, start) }
    }

    fn end(&self, start: usize, columns: usize) -> usize {
        let end = start + columns::forward(columns, &self.line[start..]);
        let keep = self.hull().end.max(start);
        if keep >= end { end } else { word_end(&self.line[..end], keep) }
    }

    fn draw(&self, window: Range<usize>, dots: &str) -> Shown {
        let mut pen = Pen::default();
        let mut marks = Vec::with_capacity(self.marks.len());
        let mut at = window.start;
        pen.text.push_str(if window.start > 0 { dots } else { "" });
        for it in self.marks {
            let inside = |it: usize| it.clamp(window.start, window.end);
            pen.draw(&self.line[at..inside(it.start)]);
            let from = pen.text.len();
            pen.draw(&self.line[inside(it.start)..inside(it.end)]);
            let from = if it.start < self.line.len() { pen.letter_at(from) } else { from };
            if pen.text.len() == from {
                pen.text.push(' ');
            }
            marks.push(from..pen.text.len());
            at = inside(it.end);
        }
        pen.draw(&self.line[at..window.end]);
        pen.text.push_str(if window.end < self.line.len() { dots } else { "" });
        Shown { text: pen.text, marks }
    }
}

/// The next beginning of a word, if it is near.
fn word_start(head: &str, start: usize) -> usize {
    let near = head[start..].char_indices().take_while(|it| it.0 < WORD);
    let space = near.filter(|it| it.1 == ' ').map(|it| it.0 + 1).next();
    start + space.unwrap_or(0)
}

/// The last end of a word, if it is near, and not before what must be kept.
pub(super) fn word_end(line: &str, keep: usize) -> usize {
    let near = line[keep..].char_indices().rev().take(WORD);
    let space = near.filter(|it| it.1 == ' ').map(|it| keep + it.0).next();
    space.unwrap_or(line.len())
}

/// The text as it is shown, all of it.
pub(super) fn drawn(text: &str) -> String {
    let mut pen = Pen::default();
    pen.draw(text);
    pen.text
}

/// Writes characters of a file so that every terminal gives them the same width.
#[derive(Default)]
struct Pen {
    text: String,
    /// The last character was an emoji or another wide one.
    wide: bool,
    /// How many marks without a width came one after the other.
    marks: usize,
}

impl Pen {
    /// More of them than any script piles up on a letter.
    const MARKS: usize = 8;

    /// Where something is to be seen from: there, or a letter before if nothing there has a width.
    fn letter_at(&self, from: usize) -> usize {
        let mut letters = self.text.char_indices().rev().skip_while(|it| columns::of(it.1) == 0);
        letters.next().map_or(from, |it| it.0.min(from))
    }

    fn draw(&mut self, text: &str) {
        if !text.is_empty() && safe::is_plain(text) {
            self.text.push_str(text);
            (self.wide, self.marks) = (false, 0);
            return;
        }
        for it in text.chars() {
            self.letter(it);
        }
    }

    /// What joins emoji into one, colours them or chooses between their looks is left out: terminals do not agree on
    /// the width of the whole.
    fn letter(&mut self, it: char) {
        match it {
            '\t' => self.text.push_str(TAB),
            '\u{fe0e}' | '\u{fe0f}' => return self.wide = true,
            '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' if self.wide => return,
            _ => self.visible(it),
        }
        self.wide = columns::of(it) == 2;
    }

    fn visible(&mut self, it: char) {
        let bare = columns::of(it) == 0 && !safe::disturbs(it);
        self.marks = if bare { self.marks + 1 } else { 0 };
        if self.marks <= Self::MARKS {
            safe::push(&mut self.text, it);
        }
    }
}
