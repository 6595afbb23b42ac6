//! Times as they are written in a rule file.

use chrono::Datelike;

use crate::date::{Day, Window};

/// The time of an event that happened on some day of a window; `None` where the window is all of time.
pub(super) fn time(window: Window) -> Option<String> {
    let Window { earliest, latest } = window;
    match (earliest.is_open(), latest.is_open()) {
        (true, true) => return None,
        (true, false) => return Some(format!("by {latest}")),
        (false, true) => return Some(format!("after {}", earliest.previous())),
        (false, false) => {}
    }
    if window.is_day() {
        return Some(format!("on {earliest}"));
    }
    let (first, last) = (earliest.to_chrono()?, latest.to_chrono()?);
    let next = last.succ_opt()?;
    if (first.month(), first.day(), next.month(), next.day()) == (1, 1, 1, 1) && first.year() == last.year() {
        return Some(format!("in {}", written_year(first.year())));
    }
    if first.day() == 1 && next.day() == 1 && (first.year(), first.month()) == (last.year(), last.month()) {
        return Some(format!("in {}-{:02}", written_year(first.year()), first.month()));
    }
    Some(format!("between {earliest} and {latest}"))
}

fn written_year(year: i32) -> String {
    let shown = Day::of(year, 1, 1).map(|it| it.to_string()).unwrap_or_default();
    shown.trim_end_matches("-01-01").to_owned()
}
