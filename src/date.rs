//! How dates are written: the only module that knows.
//!
//! Source: EDTF, Library of Congress specification 2019-02-04 (ISO 8601-2 profile), levels 0 to 2, and the
//! words of articles such as `yesterday`. `docs/dates.md` is the page for users.

mod calendar;
mod day;
mod edtf;
mod error;
mod explain;
mod familiar;
mod words;

use std::fmt;

pub use day::{Day, Window};
pub use error::DateError;

/// What is longer, in bytes, is refused unread: no date is, and reading it could take long.
const LONGEST: usize = 1000;

/// A date as it was meant: the days it can lie on, and how sure its writer was.
///
/// The qualifiers `~`, `?` and `%` never move the bounds of the window. EDTF gives them no width, and a width
/// that we made up would turn into claims that nobody made; they are told beside the answer instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Date {
    /// Earliest and latest day, both taken in; `Day::DAWN` or `Day::DUSK` where an end is open or unknown.
    pub window: Window,
    pub start: End,
    pub end: End,
    /// `~` or `%` stands somewhere in it.
    pub approximate: bool,
    /// `?` or `%` stands somewhere in it.
    pub uncertain: bool,
    /// Not every day of the window is meant (`1560-XX-25`, `[1667,1670]`): the window spans them.
    pub gaps: bool,
    /// Written in words, and resolved against the day of publication.
    pub relative: bool,
}

/// What is known of one end of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// There is a day.
    Known,
    /// `..`: there is no end.
    Open,
    /// Left empty, as in `2006/`: there is an end, and it is not known.
    Unknown,
}

impl Date {
    /// A date that means every day of a window, without doubt.
    fn plain(window: Window) -> Date {
        Date {
            window,
            start: End::Known,
            end: End::Known,
            approximate: false,
            uncertain: false,
            gaps: false,
            relative: false,
        }
    }
}

/// `2012-12-19`; `about 2006-01-01 to 2006-12-31 (uncertain)`; `unknown start to 2006-12-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.approximate { "about " } else { "" };
        if self.window.is_day() {
            write!(f, "{about}{}", self.window.earliest)?;
        } else {
            let (before_start, before_end) = if self.start == End::Known { (about, "") } else { ("", about) };
            show_end(f, self.start, self.window.earliest, before_start, "start")?;
            f.write_str(" to ")?;
            show_end(f, self.end, self.window.latest, before_end, "end")?;
        }
        match (self.uncertain, self.gaps) {
            (false, false) => Ok(()),
            (true, false) => f.write_str(" (uncertain)"),
            (false, true) => f.write_str(" (not every day)"),
            (true, true) => f.write_str(" (uncertain, not every day)"),
        }
    }
}

fn show_end(f: &mut fmt::Formatter<'_>, end: End, day: Day, about: &str, which: &str) -> fmt::Result {
    match end {
        End::Known => write!(f, "{about}{day}"),
        End::Open => write!(f, "open {which}"),
        End::Unknown => write!(f, "unknown {which}"),
    }
}

/// A year from 1 on, a month or a day in digits, as [`read`] reads it; `None` of any other date.
#[inline]
pub fn plain(text: &[u8]) -> Option<Window> {
    if text.len() == 10 {
        return day(text).map(Window::day);
    }
    if !matches!(text.len(), 4 | 7) || text.len() > 4 && text[4] != b'-' {
        return None;
    }
    let number = |at: usize| two(text[at], text[at + 1]);
    let year = (number(0)? * 100 + number(2)?) as i32;
    let of = |month, day| Day::of(year, month, day).filter(|_| year > 0);
    if text.len() == 4 {
        return Some(Window::new(of(1, 1)?, of(12, 31)?));
    }
    let month = number(5)?;
    let latest = if month == 12 { of(12, 31) } else { of(month + 1, 1).map(Day::previous) };
    Some(Window::new(of(month, 1)?, latest?))
}

/// The day of ten letters like `2001-02-03`. There are millions of them, so eight are looked at at once.
#[inline]
fn day(text: &[u8]) -> Option<Day> {
    const ONES: u64 = u64::MAX / 0xff;
    // What takes a byte that is too large for its place to its highest bit.
    const BEYOND: u64 = u64::from_le_bytes([0x76, 0x76, 0x76, 0x76, 0x7f, 0x76, 0x76, 0x7f]);
    let digits = u64::from_le_bytes(*text.first_chunk()?) ^ u64::from_le_bytes(*b"0000-00-");
    if (digits.wrapping_add(BEYOND) | digits) & ONES << 7 != 0 {
        return None;
    }
    // Each byte with the one after it as two digits of a number.
    let numbers = digits * 10 + (digits >> 8);
    let number = |at: u32| (numbers >> (8 * at)) as u32 & 0xff;
    let year = number(0) * 100 + number(2);
    let day = two(text[8], text[9])?;
    Day::of(year as i32, number(5), day).filter(|_| year > 0)
}

/// A number of two digits.
fn two(ten: u8, one: u8) -> Option<u32> {
    let (ten, one) = (ten.wrapping_sub(b'0'), one.wrapping_sub(b'0'));
    (ten < 10 && one < 10).then(|| u32::from(ten) * 10 + u32::from(one))
}

/// Reads a date as written. `published` is when the article was published, for `yesterday` and its like;
/// `None` where the text is in no article, or in one that does not say.
pub fn read(text: &str, published: Option<Window>) -> Result<Date, DateError> {
    if let Some(window) = plain(text.as_bytes()) {
        return Ok(Date::plain(window));
    }
    if text.len() > LONGEST {
        return Err(error::too_long(text));
    }
    words::read(text, published).unwrap_or_else(|| edtf::read(text))
}
