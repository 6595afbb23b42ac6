//! The text of a file: bytes that are UTF-8, which several threads have seen to.

use std::ops::Range;
use std::str::Utf8Error;

/// A text of which pieces are looked at. Each piece is seen to be UTF-8 again, as no bytes are taken for a text on trust:
/// that costs little, but all of a large text is better not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<u8>);

impl Text {
    /// Bytes that may be UTF-8; if they are said to be, in parts of some size, only the edges of these are looked at.
    pub(super) fn of(bytes: Vec<u8>, in_parts: Option<usize>) -> Result<Text, (Vec<u8>, Utf8Error)> {
        if in_parts.is_some_and(|it| are_utf8_at_edges(&bytes, it)) {
            return Ok(Text(bytes));
        }
        match str::from_utf8(&bytes) {
            Ok(_) => Ok(Text(bytes)),
            Err(it) => Err((bytes, it)),
        }
    }

    /// The same but for a byte order mark at its beginning.
    pub(super) fn without_mark(mut self) -> Text {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        if self.0.starts_with(MARK) {
            self.0.drain(..MARK.len());
        }
        self
    }

    /// All of it.
    pub fn whole(&self) -> &str {
        self.get(0..self.len())
    }

    /// A piece; nothing, if it is not in the text or cuts a character.
    pub fn get(&self, range: Range<usize>) -> &str {
        str::from_utf8(self.0.get(range).unwrap_or_default()).unwrap_or_default()
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The beginning of the character that a byte is of.
    pub fn character_around(&self, at: usize) -> usize {
        let before = self.0.get(..=at).unwrap_or_default();
        before.iter().rposition(|it| begins(*it)).unwrap_or(self.len())
    }

    /// The first beginning of a character from here on.
    pub fn next_character(&self, at: usize) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        rest.iter().position(|it| begins(*it)).map_or(self.len(), |it| at + it)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text(text.into_bytes())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        text.to_owned().into()
    }
}

/// The longest character, in bytes.
const CHARACTER: usize = 4;

/// Whether a byte of UTF-8 is the first of a character.
fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Whether a part of a text is UTF-8 but for characters that its edges cut.
pub(super) fn is_utf8_within(part: &[u8]) -> bool {
    let cut = part.iter().take(CHARACTER - 1).take_while(|it| !begins(**it)).count();
    str::from_utf8(&part[cut..]).map_or_else(|it| it.error_len().is_none(), |_| true)
}

/// Whether bytes are UTF-8 that are so within parts of some size.
fn are_utf8_at_edges(bytes: &[u8], part: usize) -> bool {
    let edges = (0..bytes.len()).step_by(part).chain([bytes.len()]);
    let mut across = edges.map(|edge| {
        let before = &bytes[edge.saturating_sub(CHARACTER)..edge];
        let from = before.iter().rev().position(|it| begins(*it)).map_or(before.len(), |it| it + 1);
        let to = bytes[edge..].iter().take(CHARACTER).take_while(|it| !begins(**it)).count();
        &bytes[edge - from..edge + to]
    });
    across.all(|it| str::from_utf8(it).is_ok())
}

/// Whether bytes are UTF-8, looked at in parts of some size.
#[doc(hidden)]
pub fn is_utf8_in_parts(bytes: &[u8], part: usize) -> bool {
    bytes.chunks(part).all(is_utf8_within) && are_utf8_at_edges(bytes, part)
}
