//! The words of articles, resolved against the day of publication.

use chrono::{Datelike, NaiveDate, Weekday};

use super::error::{self, DateError, quoted};
use super::{Date, Day, Window};

/// What is read as a date, in the spelling that is suggested.
pub(super) const WORDS: [&str; 19] = [
    "today",
    "yesterday",
    "tomorrow",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "this year",
    "last year",
    "next year",
    "this month",
    "last month",
    "next month",
    "this week",
    "last week",
    "next week",
];

#[derive(Clone, Copy)]
enum Word {
    /// So many days after the day of publication.
    Day(i32),
    /// The last such day up to and including the day of publication.
    Weekday(Weekday),
    /// So many weeks, months or years after the one of publication.
    Week(i32),
    Month(i32),
    Year(i32),
}

pub(super) fn read(text: &str, published: Option<Window>) -> Option<Result<Date, DateError>> {
    let word = word(text)?;
    Some(resolve(text, word, published))
}

fn word(text: &str) -> Option<Word> {
    let lower = text.to_ascii_lowercase();
    let mut parts = lower.split_whitespace();
    match (parts.next()?, parts.next(), parts.next()) {
        (one, None, None) => single(one),
        (which, Some(unit), None) => span(which, unit),
        _ => None,
    }
}

fn single(word: &str) -> Option<Word> {
    match word {
        "today" => Some(Word::Day(0)),
        "yesterday" => Some(Word::Day(-1)),
        "tomorrow" => Some(Word::Day(1)),
        _ => weekday(word).map(Word::Weekday),
    }
}

/// A weekday by its full name, in lower case.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let monday_first =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let at = WORDS[3..10].iter().position(|it| it.eq_ignore_ascii_case(word))?;
    Some(monday_first[at])
}

fn span(which: &str, unit: &str) -> Option<Word> {
    let by = match which {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    match unit {
        "week" => Some(Word::Week(by)),
        "month" => Some(Word::Month(by)),
        "year" => Some(Word::Year(by)),
        _ => None,
    }
}

fn resolve(text: &str, word: Word, published: Option<Window>) -> Result<Date, DateError> {
    let Some(published) = published else { return Err(unpublished(text)) };
    let known = match word {
        Word::Day(_) | Word::Weekday(_) | Word::Week(_) => published.is_day(),
        Word::Month(_) => shared(published, |it| (it.year(), it.month())),
        Word::Year(_) => shared(published, |it| (it.year(), 1)),
    };
    let Some(day) = published.earliest.to_chrono().filter(|_| known) else {
        return Err(imprecise(text, word, published));
    };
    let window = window(word, published.earliest, day).filter(|it| can_be_written(*it));
    let window = window.ok_or_else(|| error::out_of_range(0..text.len(), text))?;
    Ok(Date { relative: true, ..Date::plain(window) })
}

/// True where the whole publication lies in one month, or one year.
fn shared(published: Window, part: fn(NaiveDate) -> (i32, u32)) -> bool {
    let (first, last) = (published.earliest.to_chrono(), published.latest.to_chrono());
    first.is_some() && first.map(part) == last.map(part)
}

fn window(word: Word, day: Day, date: NaiveDate) -> Option<Window> {
    let since_monday = date.weekday().num_days_from_monday() as i32;
    match word {
        Word::Day(by) => Some(Window::day(Day(day.0 + by))),
        Word::Weekday(name) => Some(Window::day(Day(day.0 - date.weekday().days_since(name) as i32))),
        Word::Week(by) => {
            let monday = day.0 - since_monday + 7 * by;
            Some(Window::new(Day(monday), Day(monday + 6)))
        }
        Word::Month(by) => {
            let months = date.year() * 12 + date.month0() as i32 + by;
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
            Some(Window::new(Day::of(year, month, 1)?, Day::of(year, month, month_length(year, month))?))
        }
        Word::Year(by) => {
            Some(Window::new(Day::of(date.year() + by, 1, 1)?, Day::of(date.year() + by, 12, 31)?))
        }
    }
}

fn can_be_written(window: Window) -> bool {
    let counted = |day: Day| day.to_chrono().is_some_and(|it| Day::YEARS.contains(&it.year()));
    counted(window.earliest) && counted(window.latest)
}

/// How many days a month has, 28 to 31.
pub(super) fn month_length(year: i32, month: u32) -> u32 {
    (28..=31).rev().find(|day| Day::of(year, month, *day).is_some()).unwrap_or(31)
}

fn unpublished(text: &str) -> DateError {
    let message = format!("{} needs the day of publication, and none is given", quoted(text));
    let help = "give the article a line such as `published 2012-12-19`, or write the date itself";
    DateError::new(error::RELATIVE, 0..text.len(), message, help)
}

fn imprecise(text: &str, word: Word, published: Window) -> DateError {
    let needed = match word {
        Word::Month(_) => "month",
        Word::Year(_) => "year",
        _ => "day",
    };
    let message =
        format!("{} needs the {needed} of publication, which is only known as {published}", quoted(text));
    let help = format!("give the {needed} in the article's `published` line, or write the date itself");
    DateError::new(error::RELATIVE, 0..text.len(), message, help)
}
