//! A faster lane for the commonest lines: `A joins B on 1994-04-20  @7` and the lines of an article's head.
//!
//! The grammar stays the one that decides: what is taken here, it takes with the same meaning (`tests/plain.rs`),
//! and every other line goes to it. Millions of such lines are written by machines, and pest costs a microsecond each.
//! Words are taken eight bytes at a time, up to the next blank or end of line: those that a lexicon has need no other
//! look.

use super::LINE_LIMIT;
use super::lexicon::{Lexicon, Words, short};
use crate::date::{self, Window};
use crate::source::Span;
use crate::syntax::{Header, Name, Plain, PlainTime, PlainVerb};

/// Where the words of a line are, one after the other, in a text that ends where a line does.
pub(super) struct Line<'t> {
    text: &'t [u8],
    start: usize,
    at: usize,
}

/// What stands between blanks.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    /// Its bytes, if there are up to 16 of them; else 0.
    bytes: u128,
}

/// How a line ends.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    /// Where it ends, without what ends it.
    pub(super) end: u32,
    /// Where the next line begins.
    pub(super) next: usize,
}

/// The lowest bit of each byte, and the highest.
const ONES: u64 = u64::MAX / 0xff;
const HIGH: u64 = ONES << 7;

/// How many of eight bytes stand before the first blank or less, if there is one, and those.
#[inline]
fn before_blank(bytes: u64) -> Option<(usize, u64)> {
    // The highest bit of each byte that is a blank or less, up to the first of them at least.
    let stops = bytes.wrapping_sub(ONES * 0x21) & !bytes & HIGH;
    let first = stops & stops.wrapping_neg();
    (stops != 0).then(|| (first.trailing_zeros() as usize / 8, bytes & ((first >> 7) - 1)))
}

/// Capital letters of ASCII made small.
const fn lowercase(bytes: u64) -> u64 {
    let low = bytes & (ONES * 0x7f);
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let beyond_z = low + ONES * (0x7f - b'Z' as u64);
    let capitals = (from_a ^ beyond_z) & !bytes & HIGH;
    bytes | capitals >> 2
}

impl Word {
    fn is(self, bytes: u128) -> bool {
        self.bytes == bytes
    }

    fn slice(self, text: &[u8]) -> &[u8] {
        &text[self.start..self.end]
    }

    #[expect(clippy::inline_always, reason = "three times a line: the calls alone take a third of the time")]
    #[inline(always)]
    fn find(self, text: &[u8], words: &Words) -> Option<u32> {
        let (low, high) = (self.bytes as u64, (self.bytes >> 64) as u64);
        if high > 0 {
            words.find_short(u128::from(lowercase(low)) | u128::from(lowercase(high)) << 64)
        } else if low > 0 {
            words.find_shortest(lowercase(low))
        } else {
            words.find_long(self.slice(text))
        }
    }
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t [u8], start: usize) -> Line<'t> {
        Line { text, start, at: start }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Blanks, of the two kinds that everybody uses.
    #[inline]
    fn blanks(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.at > start
    }

    /// Up to the next blank or end of line; may be empty.
    #[expect(clippy::inline_always, reason = "as of `find`")]
    #[inline(always)]
    fn word(&mut self) -> Word {
        let start = self.at;
        match self.eight(start).and_then(before_blank) {
            Some((length, bytes)) => {
                self.at = start + length;
                Word { start, end: self.at, bytes: u128::from(bytes) }
            }
            None => self.longer_word(),
        }
    }

    #[inline]
    fn eight(&self, start: usize) -> Option<u64> {
        self.text.get(start..start + 8).and_then(|it| it.try_into().ok()).map(u64::from_le_bytes)
    }

    /// One of eight letters or more, or one at the very end.
    fn longer_word(&mut self) -> Word {
        let start = self.at;
        let Some((length, high)) = self.eight(start + 8).and_then(before_blank) else {
            return self.long_word();
        };
        let low = self.eight(start).unwrap_or_default();
        self.at = start + 8 + length;
        Word { start, end: self.at, bytes: u128::from(low) | u128::from(high) << 64 }
    }

    #[cold]
    fn long_word(&mut self) -> Word {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.iter().position(|it| *it <= b' ').unwrap_or(rest.len());
        self.at = start + length;
        Word { start, end: self.at, bytes: short(&rest[..length]).unwrap_or_default() }
    }

    /// Nothing follows but a comment.
    #[inline]
    fn ends(&mut self) -> Option<Ending> {
        self.blanks();
        let mut end = self.at;
        let next = match self.peek() {
            None => end,
            Some(b'\n') => end + 1,
            Some(b'#' | b'\r') => {
                let rest = &self.text[end..];
                let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                let ending = rest[..length].iter().rev().take_while(|it| **it == b'\r').count();
                // Within a line it is something else.
                if rest[0] == b'\r' && ending < length {
                    return None;
                }
                end += length - ending;
                (self.at + length + 1).min(self.text.len())
            }
            Some(_) => return None,
        };
        (end - self.start <= LINE_LIMIT).then_some(Ending { end: end as u32, next })
    }
}

const MEMBER_OF: u128 = short(b"member-of").unwrap();
const NOT: u128 = short(b"not").unwrap();
const ON: u128 = short(b"on").unwrap();
const IN: u128 = short(b"in").unwrap();
const THROUGHOUT: u128 = short(b"throughout").unwrap();
const PREPOSITIONS: [u128; 5] =
    [IN, short(b"to").unwrap(), short(b"from").unwrap(), short(b"of").unwrap(), short(b"with").unwrap()];

/// A claim of one party on one bloc: an event, an act, or a state, `on` or `in` a plain date, `throughout` one or the days
/// from one to another, or without one.
#[inline]
pub(super) fn claim(line: &mut Line, lexicon: &Lexicon) -> Option<(Plain, Ending)> {
    line.blanks();
    let subject = line.word();
    let party = subject.find(line.text, &lexicon.parties)?;
    line.blanks().then_some(())?;
    let verb = verb(line, lexicon)?;
    line.blanks().then_some(())?;
    let bloc = bloc(line, lexicon, matches!(verb, PlainVerb::Deed(_)))?;
    let mut end = line.at;
    let mut time = None;
    let mut cited_line = 0;
    let mut blank = line.blanks();
    if blank && matches!(line.peek(), Some(b'o' | b'i' | b't')) {
        let word = line.word();
        let form = match word.bytes {
            ON => PlainTime::On,
            IN => PlainTime::In,
            THROUGHOUT => PlainTime::Throughout,
            _ => return None,
        };
        line.blanks().then_some(())?;
        let date = line.word().slice(line.text);
        let days = || if form == PlainTime::Throughout { from_to(date) } else { None };
        time = Some((form, date::plain(date).or_else(days)?));
        end = line.at;
        blank = line.blanks();
    }
    if blank && line.peek() == Some(b'@') {
        cited_line = cited(line.word().slice(line.text))?;
        end = line.at;
    }
    let ending = line.ends()?;
    let span = Span::new(subject.start, end);
    Some((Plain { span, party, verb, bloc, time, line: cited_line }, ending))
}

#[inline]
fn verb(line: &mut Line, lexicon: &Lexicon) -> Option<PlainVerb> {
    let word = line.word();
    if word.is(MEMBER_OF) {
        return Some(PlainVerb::Inside { not: false });
    }
    if word.is(NOT) {
        line.blanks().then_some(())?;
        return line.word().is(MEMBER_OF).then_some(PlainVerb::Inside { not: true });
    }
    Some(PlainVerb::Deed(word.find(line.text, &lexicon.verbs)?))
}

/// The name of a bloc, of a deed after a preposition too. What may be read as a date begins with a digit, `-` or a
/// letter that stands for digits.
#[inline]
fn bloc(line: &mut Line, lexicon: &Lexicon, of_deed: bool) -> Option<u32> {
    let mut word = line.word();
    if of_deed && PREPOSITIONS.contains(&word.bytes) {
        line.blanks().then_some(())?;
        word = line.word();
        let begins = line.text.get(word.start)?;
        if matches!(begins, b'X' | b'x' | b'Y' | b'y') || !begins.is_ascii_alphabetic() {
            return None;
        }
    }
    word.find(line.text, &lexicon.blocs)
}

/// `2001-02-03/2004-05-06`
fn from_to(text: &[u8]) -> Option<Window> {
    let (first, last) = (text.get(..10)?, text.get(11..)?);
    if text[10] != b'/' || last.len() != 10 {
        return None;
    }
    let window = Window::new(date::plain(first)?.earliest, date::plain(last)?.latest);
    (window.earliest < window.latest).then_some(window)
}

/// `@7`
#[inline]
fn cited(word: &[u8]) -> Option<u32> {
    let digits = &word[1..];
    if !(1..=9).contains(&digits.len()) || digits[0] == b'0' {
        return None;
    }
    let digit = |it: &u8| it.is_ascii_digit().then(|| u32::from(it - b'0'));
    digits.iter().try_fold(0, |number, it| Some(number * 10 + digit(it)?))
}

/// What the head of an article says.
pub(super) enum Property {
    Publisher(Span),
    Published(Window),
}

/// `publisher "NAME"`, `published DATE`
pub(super) fn property(line: &mut Line) -> Option<(Property, Ending)> {
    const PUBLISHER: u128 = short(b"publisher").unwrap();
    const PUBLISHED: u128 = short(b"published").unwrap();
    line.blanks();
    let word = line.word();
    if !word.is(PUBLISHER) && !word.is(PUBLISHED) || !line.blanks() {
        return None;
    }
    let property = if word.is(PUBLISHER) {
        let quoted = quoted(line)?;
        Property::Publisher(Span { start: quoted.start + 1, end: quoted.end - 1 })
    } else {
        let date = line.word();
        Property::Published(date::plain(date.slice(line.text))?)
    };
    Some((property, line.ends()?))
}

/// `article NAME "TITLE"`, and the same of a party or bloc.
#[inline]
pub(super) fn header(line: &mut Line) -> Option<(Header, Ending)> {
    // Nearly all lines are no headers.
    if matches!(line.peek(), Some(b'a' | b'p' | b'b')) { named_header(line) } else { None }
}

fn named_header(line: &mut Line) -> Option<(Header, Ending)> {
    let kind = line.word().slice(line.text);
    if !matches!(kind, b"article" | b"party" | b"bloc") || !line.blanks() {
        return None;
    }
    let word = line.word();
    if !is_plain_name(word.slice(line.text)) {
        return None;
    }
    let name = name(line.text, Span::new(word.start, word.end), 0)?;
    let title = if line.blanks() && line.peek() == Some(b'"') {
        let quoted = quoted(line)?;
        Some(self::name(line.text, quoted, 1)?)
    } else {
        None
    };
    let ending = line.ends()?;
    let header = match kind {
        b"article" => Header::Article { name, title },
        b"party" => Header::Party { name, title },
        _ => Header::Bloc { name, title },
    };
    Some((header, ending))
}

/// What stands there within so many bytes at both ends.
fn name(text: &[u8], span: Span, within: usize) -> Option<Name> {
    let range = span.range();
    let text = str::from_utf8(&text[range.start + within..range.end - within]).ok()?;
    Some(Name { text: text.to_owned(), span })
}

/// A text in quotes that holds no quote, no backslash, no end of line and ASCII alone; its quotes are taken in.
fn quoted(line: &mut Line) -> Option<Span> {
    let start = line.at;
    if line.peek() != Some(b'"') {
        return None;
    }
    let inner = &line.text[start + 1..];
    let length = inner.iter().position(|it| matches!(it, b'"' | b'\\' | b'\n' | b'\r') || !it.is_ascii())?;
    if inner[length] != b'"' {
        return None;
    }
    line.at = start + length + 2;
    Some(Span::new(start, line.at))
}

const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let it = byte as u8;
        table[byte] = it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'\'');
        byte += 1;
    }
    table
};

/// Letters and digits of ASCII, and what stands within names.
fn is_plain_word(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(|it| IN_WORD[*it as usize])
}

/// Whether a word can only be a name, wherever it stands in a claim.
pub(super) fn is_plain_name(word: &[u8]) -> bool {
    is_plain_word(word) && !is_other(word)
}

/// Whether a word may be something else than a name at one place of a claim or another.
#[rustfmt::skip]
fn is_other(word: &[u8]) -> bool {
    let mut letters = [0; 10];
    let Some(letters) = letters.get_mut(..word.len()) else { return false };
    letters.copy_from_slice(word);
    letters.make_ascii_lowercase();
    matches!(
        &*letters,
        b"after" | b"allow" | b"and" | b"article" | b"ask" | b"at" | b"because" | b"before" | b"between" | b"bloc"
            | b"by" | b"friday" | b"from" | b"group" | b"has" | b"in" | b"is" | b"last" | b"lifecycle" | b"member-of"
            | b"monday" | b"next" | b"not" | b"of" | b"on" | b"only" | b"or" | b"party" | b"plan" | b"plans"
            | b"published" | b"publisher" | b"require" | b"rule" | b"said-by" | b"saturday" | b"since" | b"sunday"
            | b"text" | b"this" | b"throughout" | b"thursday" | b"to" | b"today" | b"tomorrow" | b"trust" | b"tuesday"
            | b"wednesday" | b"will" | b"with" | b"yesterday"
    )
}
