//! What is said of a date that cannot be read.

use std::fmt;
use std::ops::Range;

use super::{LONGEST, Window, edtf};

pub(super) const FORM: &str = "date-form";
pub(super) const NO_SUCH_DAY: &str = "no-such-day";
pub(super) const BACKWARDS: &str = "backwards-window";
pub(super) const OUT_OF_RANGE: &str = "date-out-of-range";
pub(super) const RELATIVE: &str = "relative-date";

const FORMS: &str = "a date is written `2012-12-19`, `2012-12`, `2012`, `199X`, `2006~` or `2004/2006`, \
                     or with a word such as `yesterday` or `Wednesday`";

/// Longer than this, in characters, a text is shown cut off.
const SHOWN: usize = 40;

/// Why a date cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateError {
    /// Where it is wrong, in bytes of the text of the date.
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    /// `date-form`, `no-such-day`, `backwards-window`, `date-out-of-range` or `relative-date`.
    pub code: &'static str,
}

impl DateError {
    pub(super) fn new(
        code: &'static str,
        span: Range<usize>,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        DateError { span, message, help: Some(help.into()), code }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DateError {}

/// A text in back-quotes, cut off where it is long, with nothing in it that upsets a terminal.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    for (at, letter) in text.chars().enumerate() {
        if at == SHOWN {
            shown.push('…');
            break;
        }
        if letter.is_control() || is_invisible(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown.push('`');
    shown
}

/// Marks that turn the direction of writing, or have no width.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn too_long(text: &str) -> DateError {
    let message = format!("a date has at most {LONGEST} characters, and this is longer");
    DateError::new(FORM, 0..text.len(), message, FORMS)
}

pub(super) fn no_date(span: Range<usize>, text: &str) -> DateError {
    let message = if text.trim().is_empty() {
        "there is no date here".into()
    } else {
        format!("{} is not a date", quoted(text))
    };
    DateError::new(FORM, span, message, FORMS)
}

pub(super) fn out_of_range(span: Range<usize>, text: &str) -> DateError {
    let message = format!("{} lies beyond the years -9999 to 9999", quoted(text));
    DateError::new(OUT_OF_RANGE, span, message, "every day that is counted lies in the years -9999 to 9999")
}

/// A date in a familiar form that is not EDTF, with the spellings that may have been meant.
pub(super) fn other_form(span: Range<usize>, text: &str, spellings: &[String]) -> DateError {
    let help = match spellings {
        [only] => format!("write `{only}`"),
        several => {
            format!("write {}", several.iter().map(|it| glossed(it)).collect::<Vec<_>>().join(", or "))
        }
    };
    DateError::new(FORM, span, format!("{} is a date in another form", quoted(text)), help)
}

/// A spelling and what it means, to choose by.
fn glossed(spelling: &str) -> String {
    match edtf::window(spelling) {
        Some(window) => format!("`{spelling}` for {}", in_words(window)),
        None => format!("`{spelling}`"),
    }
}

fn in_words(window: Window) -> String {
    match window.earliest.to_chrono() {
        Some(day) if window.is_day() => day.format("%-d %B %Y").to_string(),
        _ => window.to_string(),
    }
}
