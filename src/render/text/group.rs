//! The places of a finding, gathered into what is shown together.

use std::ops::Range;

use super::columns;
use super::window::{Passage, Room};
use crate::finding::Place;
use crate::render::region::bounds;
use crate::render::safe::printable;
use crate::source::{File, FileId, Sources};

/// Lines a place may cover and still be marked in all of them.
const LINES: usize = 4;

/// How far lines may be from each other and still be shown together.
const NEAR: usize = 2;

/// Marks shown together at most.
const MARKS: usize = 20;

/// What is marked of one line.
pub(super) struct Piece {
    pub line: usize,
    /// Bytes of the file; empty only at the end of the line.
    pub range: Range<usize>,
    pub label: String,
}

/// Places near each other in one file, none of which touch.
pub(super) struct Group<'a> {
    pub file: FileId,
    /// The one that comes first in the finding, by its number there.
    pub head: usize,
    pub place: &'a Place,
    /// From left to right in each line.
    pub pieces: Vec<Piece>,
}

/// Places of a finding with their numbers, in the order of the finding.
pub(super) fn groups<'a>(
    mut places: Vec<(usize, &'a Place)>,
    sources: &Sources,
    room: impl Fn(&File) -> Room<'a>,
) -> Vec<Group<'a>> {
    places.sort_by_key(|(_, it)| (it.file, it.span));
    let mut groups: Vec<Group> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (number, place) in places {
        let file = sources.file(place.file);
        let group = Group { file: place.file, head: number, place, pieces: pieces(file, place) };
        open.retain(|it| groups[*it].is_near(&group));
        if let Some(it) = open.iter().find(|it| groups[**it].takes(&group, file, room(file))) {
            groups[*it].add(group);
        } else {
            open.push(groups.len());
            groups.push(group);
        }
    }
    groups.sort_by_key(|it| it.head);
    groups
}

impl<'a> Group<'a> {
    /// Where its first place begins in the file.
    pub(super) fn start(&self, file: &File) -> usize {
        bounds(file, self.place.span).start
    }

    pub(super) fn lines(&self) -> Range<usize> {
        let first = self.pieces.iter().map(|it| it.line).min().unwrap_or(0);
        first..self.pieces.iter().map(|it| it.line + 1).max().unwrap_or(0)
    }

    pub(super) fn of_line(&self, line: usize) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |it| it.line == line)
    }

    /// Whether the other, which begins no earlier, is near enough.
    fn is_near(&self, other: &Group) -> bool {
        self.file == other.file && other.lines().start < self.lines().end + NEAR
    }

    fn takes(&self, other: &Group, file: &File, room: Room) -> bool {
        let same = other.pieces.iter().all(|it| self.same(it).is_some());
        let fits = |it: &Piece| !self.collides(it) && self.fits(it, file, room);
        same || self.pieces.len() < MARKS && other.pieces.iter().all(fits)
    }

    fn same(&self, piece: &Piece) -> Option<usize> {
        self.pieces.iter().position(|it| it.range == piece.range && it.line == piece.line)
    }

    /// Whether the piece would touch another, or draw its label past one that has none.
    fn collides(&self, piece: &Piece) -> bool {
        let touches = |it: &Piece| it.range.start <= piece.range.end && piece.range.start <= it.range.end;
        let mute = |it: &Piece| it.label.is_empty() && !piece.label.is_empty();
        self.of_line(piece.line).any(|it| touches(it) || mute(it))
    }

    /// Whether the line can show the piece together with those it has.
    fn fits(&self, piece: &Piece, file: &File, room: Room) -> bool {
        let Some(first) = self.of_line(piece.line).map(|it| it.range.start).min() else { return true };
        if piece.range.start < first {
            return false;
        }
        let line = file.text.get(first..piece.range.end);
        let marks = [0..0, piece.range.start - first..line.len()];
        Passage { line, marks: &marks, label: room.for_label(&piece.label) }.fits(room)
    }

    fn add(&mut self, other: Group<'a>) {
        if other.head < self.head {
            self.head = other.head;
            self.place = other.place;
        }
        for it in other.pieces {
            match self.same(&it) {
                Some(same) => self.pieces[same].say(&it.label),
                None => self.pieces.push(it),
            }
        }
        self.pieces.sort_by_key(|it| it.range.start);
    }
}

impl Piece {
    fn say(&mut self, label: &str) {
        if label.is_empty() || self.label.split('\n').any(|it| it == label) {
            return;
        }
        self.label.push_str(if self.label.is_empty() { "" } else { "\n" });
        self.label.push_str(label);
    }
}

/// What a place marks of each of its lines; the label is that of the last.
fn pieces(file: &File, place: &Place) -> Vec<Piece> {
    let range = bounds(file, place.span);
    let first = file.line_of(range.start as u32);
    let last = file.line_of(range.end.saturating_sub(1).max(range.start) as u32);
    let mut label = printable(&place.label).into_owned();
    if last - first >= LINES {
        label.push_str(if label.is_empty() { "" } else { " " });
        label.push_str(&format!("(to line {})", last + 1));
        return vec![Piece { range: whole(file, first, &range), line: first, label }];
    }
    let lines =
        (first..=last).map(|line| Piece { line, range: whole(file, line, &range), label: String::new() });
    let mut pieces: Vec<_> =
        lines.filter(|it| it.line == first && last == first || !it.range.is_empty()).collect();
    if pieces.is_empty() {
        pieces.push(Piece { line: first, range: whole(file, first, &range), label: String::new() });
    }
    if let Some(it) = pieces.last_mut() {
        it.label = label;
    }
    pieces
}

/// What the range has of a line. Indentation of lines that it goes on in is left out, and a mark is never without
/// a width but at the end of the line.
fn whole(file: &File, line: usize, range: &Range<usize>) -> Range<usize> {
    let span = file.line(line).unwrap_or_default().range();
    let start = range.start.clamp(span.start, span.end);
    let end = range.end.clamp(start, span.end);
    let text = file.text.get(start..end);
    let start = if range.start < span.start { end - text.trim_start().len() } else { start };
    let end = if range.end > span.end { start + file.text.get(start..end).trim_end().len() } else { end };
    if start == end && range.start < span.start { start..end } else { widen(file, span, start..end) }
}

/// To whole letters with the marks upon them, and to one if there is none.
fn widen(file: &File, line: Range<usize>, range: Range<usize>) -> Range<usize> {
    let starts_upon = file.text.get(range.start..line.end).starts_with(is_upon_letter);
    let before = file.text.get(line.start..range.start);
    let start = if starts_upon { line.start + letter_before(before) } else { range.start };
    let tail = file.text.get(range.end..line.end);
    let one = if start == range.end { tail.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let upon = tail[one..].chars().take(UPON).take_while(|it| is_upon_letter(*it));
    start..range.end + one + upon.map(char::len_utf8).sum::<usize>()
}

/// How many marks upon one letter are looked at.
const UPON: usize = 16;

fn is_upon_letter(it: char) -> bool {
    columns::drawn(it) == 0 || matches!(it, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Where the letter begins that a text ends with.
fn letter_before(text: &str) -> usize {
    let letters = text.char_indices().rev().take(UPON);
    let mut starts = letters.skip_while(|it| is_upon_letter(it.1)).map(|it| it.0);
    starts.next().unwrap_or(text.len())
}
