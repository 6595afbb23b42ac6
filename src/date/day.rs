//! Days of the proleptic Gregorian calendar, and windows of them.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};

/// A day, counted from 0001-01-01 (day 1) in the proleptic Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
pub struct Day(pub i32);

/// Days of each month, and of a year before it, without a leap day.
const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const BEFORE: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

impl Day {
    /// Before every day that can be written: an open or unknown beginning.
    pub const DAWN: Day = Day(-4_000_000);
    /// After every day that can be written: an open or unknown end.
    pub const DUSK: Day = Day(4_000_000);
    /// The years that can be written, -9999 to 9999.
    pub const YEARS: std::ops::RangeInclusive<i32> = -9999..=9999;

    /// The day of a year, month and day of the month, if there is such a day in a year that can be written.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        if !Self::YEARS.contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = if month == 2 && is_leap { 29 } else { LENGTHS[month as usize - 1] };
        if day == 0 || day > length {
            return None;
        }
        // Years before this one, without those before the first.
        let years = year - 1;
        let centuries = years.div_euclid(100);
        let leap_days = years.div_euclid(4) - centuries + centuries.div_euclid(4);
        let after_leap_day = i32::from(is_leap && month > 2);
        let before = BEFORE[month as usize - 1] + after_leap_day;
        Some(Day(years * 365 + leap_days + before + day as i32))
    }

    /// Whether it is one of the days that databases write where they know none.
    pub fn is_placeholder(self) -> bool {
        const PLACEHOLDERS: [(i32, u32, u32); 6] =
            [(9999, 12, 31), (9999, 1, 1), (2899, 1, 1), (2899, 12, 31), (1900, 1, 1), (1, 1, 1)];
        PLACEHOLDERS.iter().any(|it| Day::of(it.0, it.1, it.2) == Some(self))
    }

    /// The day after; the open end stays open.
    pub fn next(self) -> Day {
        if self.is_open() { self } else { Day(self.0 + 1) }
    }

    /// The day before; the open beginning stays open.
    pub fn previous(self) -> Day {
        if self.is_open() { self } else { Day(self.0 - 1) }
    }

    /// So many days later; the open ends stay open.
    pub fn plus(self, days: u32) -> Day {
        let day = i64::from(self.0) + i64::from(days);
        if self.is_open() { self } else { Day(day.min(i64::from(Day::DUSK.0)) as i32) }
    }

    /// So many days earlier; the open ends stay open.
    pub fn minus(self, days: u32) -> Day {
        let day = i64::from(self.0) - i64::from(days);
        if self.is_open() { self } else { Day(day.max(i64::from(Day::DAWN.0)) as i32) }
    }

    /// True of the two open ends, which are no days of the calendar.
    pub fn is_open(self) -> bool {
        self <= Day::DAWN || self >= Day::DUSK
    }

    /// As chrono's date; `None` of an open end.
    pub fn to_chrono(self) -> Option<NaiveDate> {
        if self.is_open() { None } else { NaiveDate::from_num_days_from_ce_opt(self.0) }
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce())
    }
}

/// `2012-12-19`; years before 0 as EDTF writes them, `-0044-03-15`; an open end as `..`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(date) = self.to_chrono() else { return f.write_str("..") };
        let digit = |number: u32, place: u32| b'0' + (number / 10u32.pow(place) % 10) as u8;
        let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
        // Days may be counted beyond the years that can be written.
        if year > 9999 {
            let sign = if date.year() < 0 { "-" } else { "" };
            return write!(f, "{sign}{year}-{month:02}-{day:02}");
        }
        // Many are written, and each part of a format takes as long as all of this.
        let written = [
            b'-',
            digit(year, 3),
            digit(year, 2),
            digit(year, 1),
            digit(year, 0),
            b'-',
            digit(month, 1),
            digit(month, 0),
            b'-',
            digit(day, 1),
            digit(day, 0),
        ];
        let unsigned = usize::from(date.year() >= 0);
        f.write_str(str::from_utf8(&written[unsigned..]).map_err(|_| fmt::Error)?)
    }
}

/// For people as it is written, and nothing if it is open; for programs alone as its number.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            serializer.serialize_newtype_struct("Day", &self.0)
        } else if self.is_open() {
            serializer.serialize_none()
        } else {
            serializer.collect_str(self)
        }
    }
}

/// The days from `earliest` to `latest`, both taken in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Window {
    pub earliest: Day,
    pub latest: Day,
}

impl Window {
    pub const ALWAYS: Window = Window { earliest: Day::DAWN, latest: Day::DUSK };

    pub fn new(earliest: Day, latest: Day) -> Window {
        Window { earliest, latest }
    }

    pub fn day(day: Day) -> Window {
        Window::new(day, day)
    }

    pub fn is_day(self) -> bool {
        self.earliest == self.latest && !self.earliest.is_open()
    }

    /// True where it runs backwards, so that no day lies in it.
    pub fn is_empty(self) -> bool {
        self.earliest > self.latest
    }

    pub fn contains(self, day: Day) -> bool {
        self.earliest <= day && day <= self.latest
    }

    pub fn intersect(self, other: Window) -> Window {
        Window::new(self.earliest.max(other.earliest), self.latest.min(other.latest))
    }
}

/// `2006-08-16`, or `2006-01-01 to 2006-12-31`.
impl Window {
    /// `on 2012-12-19`, `from 1952-07-23 to 1993-10-31`, `until 1993-10-31`, `from 1993-11-01 on`; of all days as is said.
    pub fn said(self, always: &str) -> String {
        match (self.earliest.is_open(), self.latest.is_open()) {
            (true, true) => always.to_owned(),
            (true, false) => format!("until {}", self.latest),
            (false, true) => format!("from {} on", self.earliest),
            (false, false) if self.is_day() => format!("on {self}"),
            (false, false) => format!("from {self}"),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() { self.earliest.fmt(f) } else { write!(f, "{} to {}", self.earliest, self.latest) }
    }
}
