//! Texts broken into lines: by Unicode's rules, and the same for plain texts in far less time.

use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

use super::safe::is_plain;

/// Lines of a text that are no wider, where there is a way, one below the other, with what the first and the others
/// begin with.
pub(super) fn lay(to: &mut String, text: &str, first: &str, rest: &str, width: usize) {
    if is_a_line(text, first, width) {
        let start = to.len();
        to.push_str(first);
        to.push_str(text);
        to.truncate(start + to[start..].trim_end().len());
        to.push('\n');
        return;
    }
    for line in hanging(text, first, rest, width) {
        to.push_str(&line);
        to.push('\n');
    }
}

fn is_a_line(text: &str, first: &str, width: usize) -> bool {
    first.len() + text.len() <= width && is_plain(text) && is_plain(first)
}

/// The lines by themselves.
pub fn hanging(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    if is_a_line(text, first, width) {
        return vec![format!("{first}{text}").trim_end().to_owned()];
    }
    let options = Options::new(width.max(1))
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::Custom(words))
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::wrap(text, options).iter().map(|it| it.trim_end().to_owned()).collect()
}

/// The words of a text, each with the blanks after it.
fn words(text: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    if !breaks_at_blanks_alone(text) {
        return WordSeparator::UnicodeBreakProperties.find_words(text);
    }
    let mut rest = text;
    Box::new(std::iter::from_fn(move || {
        let blanks = rest.find(' ').unwrap_or(rest.len());
        let end = rest[blanks..].find(|it| it != ' ').map_or(rest.len(), |it| blanks + it);
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then(|| Word::from(word))
    }))
}

/// How wide the widest word is.
pub fn widest(text: &str) -> usize {
    if breaks_at_blanks_alone(text) {
        return text.split(' ').map(str::len).max().unwrap_or(0);
    }
    words(text).map(|it| display_width(it.word)).max().unwrap_or(0)
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { display_width(text) }
}

/// Whether the rules of UAX #14 have nothing to say of a text but that lines break after its blanks. A break after a
/// hyphen is none here.
fn breaks_at_blanks_alone(text: &str) -> bool {
    // Of a text that ends so textwrap takes the last two words for one.
    if text.ends_with('-') {
        return false;
    }
    let mut before = b' ';
    let mut bytes = text.bytes();
    let mut is_first = true;
    bytes.all(|it| {
        let fits = match it {
            b' ' => !is_first && !matches!(before, b'(' | b'['),
            b'(' | b'[' => !matches!(before, b')' | b']' | b',' | b'.' | b':'),
            b')' | b']' => !matches!(before, b' ' | b',' | b'.' | b':'),
            b',' | b'.' | b':' => before.is_ascii_alphanumeric(),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => true,
            b'-' | b'_' | b'@' => !matches!(before, b',' | b'.' | b':'),
            _ => false,
        };
        is_first = false;
        before = it;
        fits
    })
}
