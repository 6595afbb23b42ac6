//! Text from elsewhere made fit for a terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with everything that would steer a terminal, or hide in it, as something to see.
///
/// Control characters of ASCII become their pictures (`␛` for ESC, `␊` for a line feed, `␉` for a tab). Other
/// controls, marks that turn the direction of writing, characters without any looks, and code points that are no
/// characters become their number (`<U+202E>`). Joiners and combining marks stay, as scripts need them. Text that
/// already is fit is lent, not copied. Doing it twice changes nothing.
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let Some(first) = text.find(disturbs) else { return Cow::Borrowed(text) };
    let mut safe = String::with_capacity(text.len() + 16);
    safe.push_str(&text[..first]);
    for it in text[first..].chars() {
        push(&mut safe, it);
    }
    Cow::Owned(safe)
}

/// Whether it has no characters but those of ASCII that are to be seen, and blanks: each takes a column.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|it| matches!(it, b' '..=b'~'))
}

/// Adds a character, or what stands for it.
pub(crate) fn push(to: &mut String, it: char) {
    match it {
        '\0'..='\u{1f}' => to.extend(char::from_u32(0x2400 + u32::from(it))),
        '\u{7f}' => to.push('\u{2421}'),
        _ if disturbs(it) => write!(to, "<U+{:04X}>", u32::from(it)).expect("a string takes all"),
        _ => to.push(it),
    }
}

/// Whether a character is not to be printed as it is.
pub fn disturbs(it: char) -> bool {
    match it {
        ' '..='~' => false,
        '\0'..='\u{9f}' => true,
        _ => turns(it) || has_no_looks(it) || is_none(it),
    }
}

/// Sets the direction in which text runs.
fn turns(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Is not to be seen, or breaks the line, in some terminals or all.
fn has_no_looks(it: char) -> bool {
    matches!(it,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// A code point that never is a character.
fn is_none(it: char) -> bool {
    matches!(it, '\u{fdd0}'..='\u{fdef}') || u32::from(it) & 0xfffe == 0xfffe
}
