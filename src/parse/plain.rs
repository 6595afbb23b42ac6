//! A faster lane for the commonest lines: `A joins B on 1994-04-20  @7` and the lines of an article's head.
//!
//! The grammar stays the one that decides: what is taken here, it takes with the same meaning (`tests/plain.rs`),
//! and every other line goes to it. Millions of such lines are written by machines, and pest costs a microsecond each.

use crate::date::{self, Window};
use crate::source::Span;
use crate::syntax::{DateText, Header, Line, Name, Plain, PlainTime, PlainVerb};

/// The words of a line, one after the other.
struct Words<'t> {
    line: &'t [u8],
    at: usize,
}

impl<'t> Words<'t> {
    /// Blanks, of the two kinds that everybody uses.
    fn blanks(&mut self) -> bool {
        let start = self.at;
        while matches!(self.line.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.at > start
    }

    /// Letters and digits of ASCII, and what stands within names.
    fn word(&mut self) -> &'t [u8] {
        let rest = &self.line[self.at..];
        let length = rest.iter().position(|it| !IN_WORD[*it as usize]).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A word that can only be a name.
    fn name(&mut self) -> Option<(usize, usize)> {
        let start = self.at;
        let word = self.word();
        (!word.is_empty() && !is_other(word)).then_some((start, self.at))
    }

    /// Nothing follows but a comment.
    fn ends(&mut self) -> bool {
        self.blanks();
        matches!(self.line.get(self.at), None | Some(b'#'))
    }
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

/// Whether a word may be something else than a name at one place of a claim or another: all but the words of dates
/// are in small letters.
fn is_other(word: &[u8]) -> bool {
    word[0].is_ascii_lowercase() && is_other_in_any_case(word)
}

#[rustfmt::skip]
fn is_other_in_any_case(word: &[u8]) -> bool {
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

/// A claim of one party on one bloc: an event, an act, or a state, `on` or `in` a plain date or without one.
pub(super) fn claim(line: &str, offset: u32) -> Option<Plain> {
    let mut words = Words { line: line.as_bytes(), at: 0 };
    words.blanks();
    let span = |(start, end): (usize, usize)| Span { start: offset + start as u32, end: offset + end as u32 };
    let subject = words.name()?;
    let verb = {
        words.blanks().then_some(())?;
        verb(&mut words)?
    };
    words.blanks().then_some(())?;
    let bloc = bloc(&mut words, matches!(verb, Verb::Deed(_)))?;
    let mut end = words.at;
    let mut time = None;
    let mut line = 0;
    let blank = words.blanks();
    if blank && matches!(words.line.get(words.at), Some(b'o' | b'i')) {
        let form = match words.word() {
            b"on" => PlainTime::On,
            b"in" => PlainTime::In,
            _ => return None,
        };
        words.blanks().then_some(())?;
        time = Some((form, date(&mut words)?));
        end = words.at;
    }
    let blank = if time.is_some() { words.blanks() } else { blank };
    if blank && words.line.get(words.at) == Some(&b'@') {
        line = cited(&mut words)?;
        end = words.at;
    }
    let verb = match verb {
        Verb::Inside { not } => PlainVerb::Inside { not },
        Verb::Deed(at) => PlainVerb::Deed(span(at)),
    };
    words.ends().then_some(Plain {
        span: span((subject.0, end)),
        subject: span(subject),
        verb,
        bloc: span(bloc),
        time,
        line,
    })
}

enum Verb {
    Inside { not: bool },
    Deed((usize, usize)),
}

fn verb(words: &mut Words) -> Option<Verb> {
    let start = words.at;
    match words.word() {
        b"member-of" => Some(Verb::Inside { not: false }),
        b"not" => {
            words.blanks().then_some(())?;
            (words.word() == b"member-of").then_some(Verb::Inside { not: true })
        }
        word if word.is_empty() || is_other(word) => None,
        _ => Some(Verb::Deed((start, words.at))),
    }
}

/// The name of a bloc, of a deed after a preposition too. What may be read as a date begins with a digit, `-` or a
/// letter that stands for digits.
fn bloc(words: &mut Words, of_deed: bool) -> Option<(usize, usize)> {
    let start = words.at;
    let first = words.word();
    if of_deed && matches!(first, b"to" | b"from" | b"of" | b"in" | b"with") {
        words.blanks().then_some(())?;
        let begins = words.line.get(words.at)?;
        return if matches!(begins, b'X' | b'x' | b'Y' | b'y') || !begins.is_ascii_alphabetic() {
            None
        } else {
            let start = words.at;
            (!is_other_in_any_case(words.word())).then_some((start, words.at))
        };
    }
    (!first.is_empty() && !is_other(first)).then_some((start, words.at))
}

/// A year, a month or a day, and nothing at its end.
fn date(words: &mut Words) -> Option<Window> {
    let window = date::plain(words.word())?;
    matches!(words.line.get(words.at), None | Some(b' ' | b'\t' | b'#')).then_some(window)
}

/// `@7`
fn cited(words: &mut Words) -> Option<u32> {
    words.at += 1;
    let digits = words.word();
    if !(1..=9).contains(&digits.len()) || digits[0] == b'0' || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |number, it| number * 10 + u32::from(it - b'0')))
}

/// `article NAME "TITLE"`, and the same of a party or bloc.
pub(super) fn header(line: &str, offset: u32) -> Option<Header> {
    let mut words = Words { line: line.as_bytes(), at: 0 };
    let kind = words.word();
    if !matches!(kind, b"article" | b"party" | b"bloc") || !words.blanks() {
        return None;
    }
    let name = name_at(line, offset, words.name()?);
    let blank = words.blanks();
    let title = if blank && words.line.get(words.at) == Some(&b'"') {
        Some(quoted(line, offset, &mut words)?)
    } else {
        None
    };
    words.ends().then_some(match kind {
        b"article" => Header::Article { name, title },
        b"party" => Header::Party { name, title },
        _ => Header::Bloc { name, title },
    })
}

/// `publisher "NAME"`, `published DATE`
pub(super) fn property(line: &str, offset: u32) -> Option<Line> {
    let mut words = Words { line: line.as_bytes(), at: 0 };
    words.blanks();
    let property = words.word();
    if property != b"publisher" && property != b"published" || !words.blanks() {
        return None;
    }
    let property = if property == b"publisher" {
        Line::Publisher(quoted(line, offset, &mut words)?)
    } else {
        let start = words.at;
        date(&mut words)?;
        let Name { text, span } = name_at(line, offset, (start, words.at));
        Line::Published(DateText { text, span })
    };
    words.ends().then_some(property)
}

fn name_at(line: &str, offset: u32, (start, end): (usize, usize)) -> Name {
    Name {
        text: line[start..end].to_owned(),
        span: Span { start: offset + start as u32, end: offset + end as u32 },
    }
}

/// A text in quotes that holds no quote, no backslash and ASCII alone; its span takes the quotes in.
fn quoted(line: &str, offset: u32, words: &mut Words) -> Option<Name> {
    let start = words.at;
    if words.line.get(start) != Some(&b'"') {
        return None;
    }
    let inner = &words.line[start + 1..];
    let length = inner.iter().position(|it| matches!(it, b'"' | b'\\') || !it.is_ascii())?;
    if inner[length] != b'"' {
        return None;
    }
    words.at = start + length + 2;
    let text = line[start + 1..=start + length].to_owned();
    Some(Name { text, span: Span { start: offset + start as u32, end: offset + words.at as u32 } })
}
