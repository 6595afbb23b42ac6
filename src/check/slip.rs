//! Slips: ways in which people get dates wrong, seen in two dates that should be one.

use chrono::{Datelike, NaiveDate};

use crate::date::{Day, Window};

/// What one side says a date is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) window: Window,
    /// When its article was published.
    pub(super) published: Option<Window>,
    /// The trust of all who say so.
    pub(super) trust: u32,
    /// Bloc and party exist from this day on.
    pub(super) begins: Day,
}

/// A slip that two dates look like.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) kind: &'static str,
    /// Whether the first one looks wrong, or the second, where that can be told.
    pub(super) second: Option<bool>,
    pub(super) why: String,
}

/// The kinds of slip in words, and how often, at most, two days that have nothing to do with each other look like one:
/// about one day in 365 can be the same day of another year, and so on.
pub(super) const KINDS: [(&str, &str, f64); 9] = [
    ("placeholder", "placeholders for an unknown date", 1e-4),
    ("own-date", "the date of the article itself", 1e-3),
    ("century", "another century", 1e-3),
    ("day-month-swapped", "day and month exchanged", 2e-3),
    ("year-as-1-january", "a year written as 1 January", 3e-3),
    ("last-day-first-day", "the last day inside for the first outside", 6e-3),
    ("one-day-off", "one day off", 6e-3),
    ("digits-transposed", "two digits exchanged", 6e-3),
    ("other-year", "the same day of another year", 6e-3),
];

/// The slip that two dates of one event look like, if any; `leaving` says that the event is an end.
pub(super) fn slip(a: Told, b: Told, leaving: bool) -> Option<Seen> {
    if a.window == b.window {
        return None;
    }
    let found =
        one_sided(a, b).or_else(|| one_sided(b, a).map(|it| Seen { second: it.second.map(|it| !it), ..it }));
    found.or_else(|| in_the_century(a, b)).or_else(|| {
        let days = day(a.window).zip(day(b.window));
        let (kind, why) = match days {
            Some((x, y)) => of_days(x, y, leaving)?,
            None => of_years(year(a.window)?, year(b.window)?)?,
        };
        // The side of fewer looks wrong.
        let second = (a.trust != b.trust).then_some(a.trust > b.trust);
        Some(Seen { kind, second, why })
    })
}

/// The slip that a date by itself looks like, which bloc and party are too young for; they exist until a day.
pub(super) fn lone(told: Told, until: Day) -> Option<Seen> {
    let it = day(told.window)?;
    let seen = |kind, why| Some(Seen { kind, second: Some(false), why });
    if told.window.earliest.is_placeholder() {
        return seen("placeholder", format!("{it} is what databases write where they know no date"));
    }
    let until = until.min(told.published?.latest);
    if told.window.latest >= told.begins {
        return None;
    }
    let later = |years: i32| Day::of(it.year() + years, it.month(), it.day());
    let possible = |years: &i32| later(*years).is_some_and(|it| told.begins <= it && it < until);
    let years = (1..=20).map(|it| it * 100).find(possible)?;
    seen("century", format!("{years} years later it would be {}, when it can have been", later(years)?))
}

/// What can be seen of the first date itself.
fn one_sided(a: Told, b: Told) -> Option<Seen> {
    let seen = |kind, why| Some(Seen { kind, second: Some(false), why });
    let it = day(a.window)?;
    if a.window.earliest.is_placeholder() && !b.window.earliest.is_placeholder() {
        return seen("placeholder", format!("{it} is what databases write where they know no date"));
    }
    if a.published == Some(a.window) && b.published != Some(b.window) && it.ordinal() > 1 {
        return seen("own-date", format!("{it} is the day on which the article itself was published"));
    }
    let same_year = Window::new(Day::of(it.year(), 1, 1)?, Day::of(it.year(), 12, 31)?);
    let inside = b.window.intersect(same_year) == b.window;
    // Within the month it is more likely a slip of another kind.
    let later = b.window.earliest.0 - a.window.earliest.0 > 31;
    if it.ordinal() == 1 && inside && later && a.window.earliest != a.begins {
        // Many things do begin on 1 January: the other is no better but for its trust.
        let second = (a.trust < b.trust).then_some(false);
        let kind = "year-as-1-january";
        let why = format!("{it} is what is written where only the year {} is known", it.year());
        return Some(Seen { kind, second, why });
    }
    None
}

/// The same day in another century: the one before bloc and party exist looks wrong.
fn in_the_century(a: Told, b: Told) -> Option<Seen> {
    let apart = match (day(a.window), day(b.window)) {
        (Some(x), Some(y)) if (x.month(), x.day()) == (y.month(), y.day()) => x.year() - y.year(),
        (None, None) => year(a.window)? - year(b.window)?,
        _ => return None,
    };
    if apart == 0 || apart % 100 != 0 {
        return None;
    }
    let why = format!("{} and {} are {} years apart", a.window, b.window, apart.abs());
    let impossible = |it: Told| it.window.latest < it.begins;
    let second = match (impossible(a), impossible(b)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => (a.trust != b.trust).then_some(a.trust > b.trust),
    };
    Some(Seen { kind: "century", second, why })
}

fn of_days(x: NaiveDate, y: NaiveDate, leaving: bool) -> Option<(&'static str, String)> {
    if x.year() == y.year() && (x.month(), x.day()) == (y.day(), y.month()) {
        return Some(("day-month-swapped", format!("{x} and {y} are one with day and month exchanged")));
    }
    if (x - y).num_days().abs() == 1 {
        return Some(if leaving {
            (
                "last-day-first-day",
                format!("{x} and {y}: one may be the last day inside, the other the first outside"),
            )
        } else {
            ("one-day-off", format!("{x} and {y} are one day apart"))
        });
    }
    if transposed(x, y) {
        return Some(("digits-transposed", format!("{x} and {y} are one with two digits exchanged")));
    }
    if (x.month(), x.day()) == (y.month(), y.day()) {
        return Some(("other-year", format!("{x} and {y} are one day of different years")));
    }
    None
}

fn of_years(x: i32, y: i32) -> Option<(&'static str, String)> {
    let exchanged = swapped(&format!("{x:04}"), &format!("{y:04}"));
    exchanged.then(|| ("digits-transposed", format!("{x:04} and {y:04} are one with two digits exchanged")))
}

/// Two neighbouring digits of the year, the month or the day have changed places.
fn transposed(x: NaiveDate, y: NaiveDate) -> bool {
    let differ = [x.year() != y.year(), x.month() != y.month(), x.day() != y.day()];
    match differ {
        [true, false, false] => swapped(&format!("{:04}", x.year()), &format!("{:04}", y.year())),
        [false, true, false] => swapped(&format!("{:02}", x.month()), &format!("{:02}", y.month())),
        [false, false, true] => swapped(&format!("{:02}", x.day()), &format!("{:02}", y.day())),
        _ => false,
    }
}

fn swapped(x: &str, y: &str) -> bool {
    let (x, y) = (x.as_bytes(), y.as_bytes());
    let exchanged = |at: usize| {
        let mut other = x.to_vec();
        other.swap(at, at + 1);
        other == y
    };
    x != y && x.len() == y.len() && (0..x.len().saturating_sub(1)).any(exchanged)
}

/// The day that a window of one day is.
fn day(window: Window) -> Option<NaiveDate> {
    if window.is_day() { window.earliest.to_chrono() } else { None }
}

/// The year that a window of a whole year is.
fn year(window: Window) -> Option<i32> {
    let year = window.earliest.to_chrono()?.year();
    let whole = Window::new(Day::of(year, 1, 1)?, Day::of(year, 12, 31)?);
    (window == whole).then_some(year)
}
