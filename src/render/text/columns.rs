//! How many columns a text takes in a terminal, and cutting it to that.
//!
//! Counted character by character, as miette counts: then the marks it draws stand where the text does.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use crate::render::safe::{self, is_plain};

/// What a tab becomes, wherever it stands.
pub(super) const TAB: &str = "    ";

pub(super) fn of(it: char) -> usize {
    it.width().unwrap_or(0)
}

pub(super) fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.chars().map(of).sum() }
}

/// The most columns a character of a file takes when [drawn](super::window).
pub(super) fn drawn(it: char) -> usize {
    match it {
        '\t' => TAB.len(),
        ' '..='~' => 1,
        _ if !safe::disturbs(it) => of(it),
        _ if it <= '\u{7f}' => 1,
        _ => "<U+>".len() + (u32::from(it).ilog2() as usize / 4 + 1).max(4),
    }
}

/// How many characters are looked at for so many columns: marks without a width do not make it endless.
fn patience(columns: usize) -> usize {
    columns * 8 + 64
}

/// Columns of a passage, or one more than the limit.
pub(super) fn up_to(limit: usize, text: &str) -> usize {
    match forward(limit, text) {
        end if end < text.len() => limit + 1,
        _ if is_plain(text) => text.len(),
        _ => text.chars().map(drawn).sum(),
    }
}

/// How many bytes from the beginning fit into the columns.
pub(super) fn forward(columns: usize, text: &str) -> usize {
    // Where the next character is plain too, no mark upon the last one follows.
    if text.get(..text.len().min(columns + 1)).is_some_and(is_plain) {
        return text.len().min(columns);
    }
    let mut beyond = text.char_indices().skip_while(fitting(columns));
    beyond.next().map_or(text.len(), |it| it.0)
}

/// Where the passage begins that ends with the text and fits into the columns.
pub(super) fn backward(columns: usize, text: &str) -> usize {
    if text.get(text.len().saturating_sub(columns + 1)..).is_some_and(is_plain) {
        return text.len().saturating_sub(columns);
    }
    let mut beyond = text.char_indices().rev().skip_while(fitting(columns));
    beyond.next().map_or(0, |(at, it)| at + it.len_utf8())
}

/// Says of one character after the other whether it still has room.
fn fitting(columns: usize) -> impl FnMut(&(usize, char)) -> bool {
    let (mut used, mut seen) = (0, 0);
    move |(_, it)| {
        used += drawn(*it);
        seen += 1;
        used <= columns && seen <= patience(columns)
    }
}

/// The beginning of a printable text, with dots if there is more.
pub(super) fn clip_end<'a>(text: &'a str, columns: usize, dots: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let end = forward(columns.saturating_sub(width(dots)), text);
    Cow::Owned(format!("{}{dots}", text[..end].trim_end()))
}

/// The end of a printable text, after dots if there is more.
pub(super) fn clip_start<'a>(text: &'a str, columns: usize, dots: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let start = backward(columns.saturating_sub(width(dots)), text);
    Cow::Owned(format!("{dots}{}", &text[start..]))
}
