//! EDTF, read by the crate `edtf-core`, and what its dates mean in days.
//!
//! Seasons and the other parts of a year have the months that `edtf-core` gives them: the northern spring
//! (`21`, `25`) is March to May, winter (`24`, `28`) is December to February of the year after.

use std::borrow::Cow;

use edtf_core::{Bound, DateField, Edtf, IntervalEndpoint, Set, SetElement, YearKind};

use super::error::{self, DateError};
use super::{Date, Day, End, Window, explain};

pub(super) fn read(text: &str) -> Result<Date, DateError> {
    let Ok(parsed) = parse(text) else { return Err(explain::refused(text)) };
    match parsed {
        Edtf::Interval(it) => interval(text, &it).map(|(window, start, end)| Date {
            start,
            end,
            ..qualified(&Edtf::Interval(it), window, false)
        }),
        Edtf::Set(set) => members(text, &set),
        // A date-time is read as its day as written: the zone moves no day, as no article knows the hour.
        Edtf::DateTime(it) => single(text, &it.date),
        Edtf::Date(it) => single(text, &it),
    }
}

/// The days that a spelling means, if it is one that can be read.
pub(super) fn window(text: &str) -> Option<Window> {
    // Asked for while a refusal is explained: must not explain in its turn.
    parse(text).ok()?;
    read(text).ok().map(|it| it.window)
}

pub(super) fn parse(text: &str) -> Result<Edtf, edtf_core::ParseError> {
    Edtf::parse(&without_blanks_in_sets(text))
}

/// `edtf-core` refuses the blanks in `[1667, 1668]`, which people write and most test suites call valid.
fn without_blanks_in_sets(text: &str) -> Cow<'_, str> {
    if !text.starts_with(['[', '{']) || !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(',').map(|it| it.trim_matches(' ')).collect::<Vec<_>>().join(","))
}

fn qualified(parsed: &Edtf, window: Window, gaps: bool) -> Date {
    Date {
        approximate: parsed.is_approximate(),
        uncertain: parsed.is_uncertain(),
        gaps,
        ..Date::plain(window)
    }
}

fn single(text: &str, date: &edtf_core::Date) -> Result<Date, DateError> {
    let window = days(date).ok_or_else(|| error::out_of_range(0..text.len(), text))?;
    Ok(qualified(&Edtf::Date(*date), window, has_gaps(date, window)))
}

/// The first and the last day that a date can mean; `None` where one lies beyond the years that are counted.
fn days(date: &edtf_core::Date) -> Option<Window> {
    let bounds = Edtf::Date(*date).bounds();
    Some(Window::new(day(bounds.earliest)?, day(bounds.latest)?))
}

fn day(bound: Bound) -> Option<Day> {
    let Bound::Date(it) = bound else { return None };
    Day::of(i32::try_from(it.year).ok()?, u32::from(it.month), u32::from(it.day))
}

fn interval(text: &str, it: &edtf_core::Interval) -> Result<(Window, End, End), DateError> {
    let middle = text.find('/').unwrap_or(text.len());
    let (first, last) = (&text[..middle], &text[(middle + 1).min(text.len())..]);
    let (earliest, start) = match end(&it.start).ok_or_else(|| error::out_of_range(0..middle, first))? {
        (End::Known, window) => (window.earliest, End::Known),
        (other, _) => (Day::DAWN, other),
    };
    let after = text.len() - last.len()..text.len();
    let (latest, end) = match end(&it.end).ok_or_else(|| error::out_of_range(after, last))? {
        (End::Known, window) => (window.latest, End::Known),
        (other, _) => (Day::DUSK, other),
    };
    Ok((Window::new(earliest, latest), start, end))
}

fn end(end: &IntervalEndpoint) -> Option<(End, Window)> {
    match end {
        IntervalEndpoint::Date(date) => days(date).map(|it| (End::Known, it)),
        IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            days(date).map(|it| (End::Open, it))
        }
        IntervalEndpoint::Open => Some((End::Open, Window::ALWAYS)),
        IntervalEndpoint::Unknown => Some((End::Unknown, Window::ALWAYS)),
    }
}

fn members(text: &str, set: &Set) -> Result<Date, DateError> {
    let mut windows: Vec<Window> = Vec::new();
    let mut gaps = false;
    for element in &set.elements {
        let window = element_days(element).ok_or_else(|| error::out_of_range(0..text.len(), text))?;
        gaps |= matches!(element, SetElement::Date(date) if has_gaps(date, window));
        windows.push(window);
    }
    windows.sort();
    let mut all = windows[0];
    for next in windows {
        gaps |= next.earliest > all.latest.next();
        all.latest = all.latest.max(next.latest);
    }
    let end = |open: bool| if open { End::Open } else { End::Known };
    let (start, end) = (end(all.earliest.is_open()), end(all.latest.is_open()));
    Ok(Date { start, end, ..qualified(&Edtf::Set(set.clone()), all, gaps) })
}

fn element_days(element: &SetElement) -> Option<Window> {
    match element {
        SetElement::Date(date) => days(date),
        SetElement::OnOrBefore(date) => days(date).map(|it| Window::new(Day::DAWN, it.latest)),
        SetElement::OnOrAfter(date) => days(date).map(|it| Window::new(it.earliest, Day::DUSK)),
        SetElement::Range(first, last) => Some(Window::new(days(first)?.earliest, days(last)?.latest)),
    }
}

/// True where an `X` leaves out days of the window, as in `156X-12-25`.
fn has_gaps(date: &edtf_core::Date, window: Window) -> bool {
    if !date.has_unspecified() || window.is_day() {
        return false;
    }
    if date.year.has_unspecified() {
        // Without the short cut `XXXX-XX-XX` would be counted day by day.
        return !(only_last_digits_open(date.year.kind) && is_whole(date.month) && is_whole(date.day));
    }
    let meant = Edtf::Date(*date).values().map(|all| all.map(|it| length(&it)).sum::<i32>());
    meant != Ok(window.latest.0 - window.earliest.0 + 1)
}

fn length(value: &Edtf) -> i32 {
    match value {
        Edtf::Date(date) => days(date).map_or(0, |it| it.latest.0 - it.earliest.0 + 1),
        _ => 0,
    }
}

fn only_last_digits_open(year: YearKind) -> bool {
    match year {
        YearKind::Standard { digits, .. } => digits.iter().skip_while(|it| it.is_some()).all(Option::is_none),
        _ => true,
    }
}

fn is_whole(field: Option<DateField>) -> bool {
    field.is_none_or(|it| it.digits == [None, None])
}
