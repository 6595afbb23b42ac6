//! Faults of dates in the right form: days that no calendar has, years and times written amiss.

use std::ops::Range;

use super::Day;
use super::error::{self, DateError, quoted};
use super::{edtf, words};

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A year and maybe a month, a day and a time, as they stand in a text; the digits may be `X`.
struct Shape<'a> {
    text: &'a str,
    at: usize,
    /// The text without its qualifiers, each character with its place in the text.
    plain: Vec<(usize, char)>,
    negative: bool,
    month: bool,
    day: bool,
    /// Where the `T` of a time stands in the text.
    time: Option<usize>,
}

/// What is wrong with a text that has the form of one date, which stands at `at` and cannot be read.
pub(super) fn fault(text: &str, at: usize) -> Option<DateError> {
    beyond_years(text, at).or_else(|| {
        let shape = Shape::of(text, at)?;
        let date = [Shape::bad_year, Shape::bad_month, Shape::bad_day, Shape::bad_time];
        date.iter().find_map(|check| check(&shape))
    })
}

/// `Y` and more digits than `edtf-core` counts with is a year of EDTF all the same.
fn beyond_years(text: &str, at: usize) -> Option<DateError> {
    let year = text.strip_prefix('Y')?.trim_end_matches(['?', '~', '%']);
    let year = year.strip_prefix('-').unwrap_or(year);
    let year = year.split_once('S').map_or(year, |(year, _)| year);
    let (digits, exponent) = year.split_once('E').unwrap_or((year, ""));
    let numbers = all_digits(digits) && (exponent.is_empty() || all_digits(exponent));
    let huge = digits.len() > 18 || exponent.len() > 5;
    (numbers && huge && !digits.starts_with('0')).then(|| error::out_of_range(at..at + text.len(), text))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

impl<'a> Shape<'a> {
    fn of(text: &'a str, at: usize) -> Option<Shape<'a>> {
        let time = text.find('T');
        let date = &text[..time.unwrap_or(text.len())];
        let mut plain: Vec<_> =
            date.char_indices().filter(|(_, it)| !matches!(it, '?' | '~' | '%')).collect();
        let negative = plain.first().is_some_and(|(_, it)| *it == '-');
        plain.drain(..usize::from(negative));
        let (month, day) = match plain.len() {
            4 => (false, false),
            7 => (true, false),
            10 => (true, true),
            _ => return None,
        };
        let fits = |(at, (_, it)): (usize, &(usize, char))| match at {
            4 | 7 => *it == '-',
            _ => it.is_ascii_digit() || *it == 'X',
        };
        let shape = Shape { text, at, plain, negative, month, day, time };
        shape.plain.iter().enumerate().all(fits).then_some(shape)
    }

    fn digits(&self, range: Range<usize>) -> String {
        self.plain[range].iter().map(|(_, it)| it).collect()
    }

    fn year(&self) -> Option<i32> {
        let year: i32 = self.digits(0..4).parse().ok()?;
        Some(if self.negative { -year } else { year })
    }

    fn month(&self) -> Option<u32> {
        self.digits(5..7).parse().ok()
    }

    /// The date without qualifiers and time.
    fn written(&self) -> String {
        format!("{}{}", if self.negative { "-" } else { "" }, self.digits(0..self.plain.len()))
    }

    fn whole(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn bad_year(&self) -> Option<DateError> {
        let year = self.digits(0..4);
        if !self.negative || !(year == "0000" || self.digits(0..self.plain.len()).contains('X')) {
            return None;
        }
        if year == "0000" {
            let help = "the year 0 is written `0000`, and the year before it `-0001`";
            return Some(DateError::new(error::FORM, self.whole(), "there is no year -0000".into(), help));
        }
        let help = if self.month {
            "write out the digits of the date, or leave its last parts out".to_owned()
        } else {
            let last = year.replace('X', "0").replace("0000", "0001");
            format!("the years it stands for are `-{}/-{last}`", year.replace('X', "9"))
        };
        let message = "a date before the year 0 is written without `X`".into();
        Some(DateError::new(error::FORM, self.whole(), message, help))
    }

    fn bad_month(&self) -> Option<DateError> {
        let month = if self.month { self.digits(5..7) } else { return None };
        let part_of_year = !self.day && matches!(self.month(), Some(21..=41));
        if part_of_year || (1..=12).any(|it| matches(&month, it)) {
            return None;
        }
        if let Some(swapped) = self.swapped() {
            let message = format!("{} has the day before the month", quoted(self.text));
            return Some(DateError::new(error::FORM, self.whole(), message, format!("write `{swapped}`")));
        }
        let span = self.at + self.plain[5].0..self.at + self.plain[6].0 + 1;
        Some(DateError::new(error::NO_SUCH_DAY, span, format!("there is no month {month}"), self.months()))
    }

    fn months(&self) -> String {
        let (year, month) = (self.digits(0..4), self.digits(5..7));
        let more = match self.month() {
            Some(21..=24) => format!(", and the season `{year}-{month}` is written without a day"),
            _ if self.day => String::new(),
            Some(13..=20) if month.as_str() > &year[2..] && !self.negative => {
                format!("; for the years {year} to {0}{month} write `{year}/{0}{month}`", &year[..2])
            }
            _ => ", and the seasons `21` for spring to `24` for winter".to_owned(),
        };
        format!("the months are `01` to `12`{more}")
    }

    /// With the day and the month in each other's place, where that is a date.
    fn swapped(&self) -> Option<String> {
        let date = self.written();
        let (month, day) = (self.month()?, self.day.then(|| self.digits(8..10)).filter(|it| all_digits(it))?);
        let swapped = format!("{}-{day}-{month:02}", &date[..date.len() - 6]);
        edtf::window(&swapped).map(|_| swapped)
    }

    fn bad_day(&self) -> Option<DateError> {
        let date = self.day.then(|| self.written())?;
        if edtf::parse(&date).is_ok() {
            return None;
        }
        let end = self.time.unwrap_or(self.text.len());
        let help = self.days_of_month();
        Some(DateError::new(
            error::NO_SUCH_DAY,
            self.at..self.at + end,
            format!("there is no day {date}"),
            help,
        ))
    }

    fn days_of_month(&self) -> String {
        if self.digits(8..10) == "00" {
            return "the first day of a month is `01`".into();
        }
        let Some(month) = self.month() else { return "a month has at most 31 days".into() };
        let name = MONTHS[month as usize - 1];
        match self.year() {
            Some(year) => {
                let length = words::month_length(year, month);
                let shown = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
                let leap = if self.digits(8..10) == "29" {
                    format!("{shown} is no leap year; ")
                } else {
                    String::new()
                };
                format!("{leap}{name} {shown} has {length} days")
            }
            None if month == 2 => "February has 28 or 29 days".into(),
            None => format!("{name} has {} days", words::month_length(2000, month)),
        }
    }

    fn bad_time(&self) -> Option<DateError> {
        let time = self.time?;
        let date = self.written();
        let help = format!("leave the time out and write `{date}`: days are what is counted");
        let message = format!("{} is not a time of day in EDTF", quoted(&self.text[time..]));
        let span = self.at + time..self.at + self.text.len();
        (self.day && Day::YEARS.contains(&self.year()?))
            .then(|| DateError::new(error::FORM, span, message, help))
    }
}

/// True where the digits of a month, of which some are `X`, can be this number.
fn matches(digits: &str, number: u32) -> bool {
    digits.chars().zip(format!("{number:02}").chars()).all(|(digit, it)| digit == 'X' || digit == it)
}
