//! Dates as the public suites of EDTF have them, as articles have them, and as people get them wrong.

use std::collections::BTreeMap;

use accede::date::{Date, Day, Window, read};
use proptest::prelude::*;

const CASES: &str = include_str!("edtf_cases.tsv");
const BOUNDS: &str = include_str!("edtf_bounds.tsv");
const EXCEPTIONS: &str = include_str!("edtf_exceptions.tsv");
const READINGS: &str = include_str!("readings.tsv");
const WORDS: &str = include_str!("words.tsv");
const ERRORS: &str = include_str!("errors.tsv");
const PAGE: &str = include_str!("../../docs/dates.md");

/// The rows of a table, after its comments and its header.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|it| !it.starts_with('#')).skip(1).map(|it| it.split('\t').collect())
}

fn published(text: &str) -> Option<Window> {
    (!text.is_empty()).then(|| read(text, None).expect(text).window)
}

/// What is read is EDTF, and so is what is refused only because it lies beyond the years that are counted.
fn is_edtf(text: &str) -> bool {
    read(text, None).map_or_else(|it| it.code == "date-out-of-range", |_| true)
}

fn shown(day: Day) -> String {
    if day.is_open() { "..".into() } else { day.to_string() }
}

/// Compares with a suite: what differs must be listed with a reason, and what is listed must differ.
fn differ_as_listed(test: &str, agrees: &BTreeMap<&'static str, bool>) {
    let listed: BTreeMap<_, _> =
        rows(EXCEPTIONS).filter(|it| it[0] == test).map(|it| (it[1], it[2])).collect();
    for (text, agrees) in agrees {
        let reason = listed.get(text);
        assert!(*agrees || reason.is_some(), "{text:?} differs from the suites, and no exception says why");
        assert!(!agrees || reason.is_none(), "{text:?} agrees with the suites, and is listed: {reason:?}");
    }
    for (text, reason) in &listed {
        assert!(agrees.contains_key(text), "the exception {text:?} is no case");
        assert!(!reason.is_empty(), "the exception {text:?} has no reason");
    }
}

#[test]
fn verdicts_of_public_suites() {
    let agrees = rows(CASES).map(|it| (it[0], is_edtf(it[0]) == it[1].starts_with("valid")));
    let agrees: BTreeMap<_, _> = agrees.collect();
    assert_eq!(agrees.len(), 613);
    differ_as_listed("verdict", &agrees);
}

#[test]
fn bounds_of_public_suites() {
    let agrees = rows(BOUNDS).map(|it| {
        let window = read(it[0], None).map(|it| (shown(it.window.earliest), shown(it.window.latest)));
        (it[0], window == Ok((it[1].to_owned(), it[2].to_owned())))
    });
    differ_as_listed("bounds", &agrees.collect());
}

fn flags(date: &Date) -> String {
    let all = [(date.approximate, "approximate"), (date.uncertain, "uncertain"), (date.gaps, "gaps")];
    let set: Vec<_> = all.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
    set.join(" ")
}

#[test]
fn readings() {
    for row in rows(READINGS) {
        let date = read(row[0], None).unwrap_or_else(|it| panic!("{}: {it}", row[0]));
        let read = (shown(date.window.earliest), shown(date.window.latest), flags(&date), date.to_string());
        assert_eq!(read, (row[1].into(), row[2].into(), row[3].into(), row[4].into()), "{}", row[0]);
        assert!(!date.relative);
    }
}

#[test]
fn words_of_articles() {
    for row in rows(WORDS) {
        let date =
            read(row[0], published(row[1])).unwrap_or_else(|it| panic!("{} in {}: {it}", row[0], row[1]));
        let window = (shown(date.window.earliest), shown(date.window.latest));
        assert_eq!(window, (row[2].into(), row[3].into()), "{} in {}", row[0], row[1]);
        assert!(date.relative);
    }
}

#[test]
fn errors() {
    for row in rows(ERRORS) {
        let error = read(row[0], published(row[1])).expect_err(row[0]);
        let marked = &row[0][error.span.clone()];
        let help = error.help.as_deref().unwrap_or_default();
        let said = [row[0], row[1], error.code, marked, &error.message, help];
        assert_eq!(said.as_slice(), row.as_slice());
    }
}

/// Every spelling that a help suggests must be one that can be read.
#[test]
fn suggestions_can_be_read() {
    for row in rows(ERRORS).filter(|it| it[5].starts_with("write `")) {
        for spelling in row[5].split('`').skip(1).step_by(2) {
            let spelling = spelling.trim_start_matches("published ");
            assert!(read(spelling, None).is_ok(), "{}: {spelling}", row[0]);
        }
    }
}

/// The tables of the page for users: `written`, earliest, latest, or `written`, what is said of it.
#[test]
fn page_for_users() {
    let mut checked = 0;
    for line in PAGE.lines().filter(|it| it.starts_with("| `")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let written = cells[0].trim_matches('`');
        match (read(written, published("2012-12-19")), cells.as_slice()) {
            (Ok(date), [_, earliest, latest, ..]) => {
                let end = |cell: &str| {
                    if cell.ends_with("end") || cell.ends_with("start") {
                        "..".into()
                    } else {
                        cell.to_owned()
                    }
                };
                let window = (shown(date.window.earliest), shown(date.window.latest));
                assert_eq!(window, (end(earliest), end(latest)), "{written}");
            }
            (Err(error), [_, code, message, help]) => {
                let said = (error.code, error.message.as_str(), error.help.as_deref().unwrap_or_default());
                assert_eq!((code.trim_matches('`'), *message, *help), said, "{written}");
            }
            (other, _) => panic!("{written}: {other:?}"),
        }
        checked += 1;
    }
    assert!(checked > 50);
}

#[test]
fn monstrous_texts() {
    let long = 2_000_000;
    for piece in ["9", "X", "[", "/", "-", "é", "\0", "2006,", "2006/", "today ", "XXXX-02-29,", "\u{202e}"]
    {
        for text in [piece.repeat(long / piece.len()), piece.repeat(999 / piece.len()), format!("[{piece}")] {
            check(&text);
        }
    }
}

/// Reads a text; an error must mark a part of it and be presentable.
fn check(text: &str) {
    let day = Window::day(Day::of(2012, 12, 19).unwrap());
    match read(text, Some(day)) {
        Ok(date) => assert!(!date.window.is_empty() && !date.to_string().is_empty()),
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "{text:?} {error:?}");
            assert!(!error.message.contains(char::is_control) && error.message.len() < 400);
            assert!(
                !error.message.ends_with('.') && !error.help.unwrap_or_default().contains(char::is_control)
            );
        }
    }
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn nearly_edtf(text in "[-0-9XYESTZx?~%/.,\\[\\]{} :+]{0,24}") {
        check(&text);
    }

    #[test]
    fn nearly_words(text in "(?i)(((last|next|from|c\\.|19th|2012|06|Dec|may|winter|W51|Q3|to|monday)[-, /.]?){0,5})") {
        check(&text);
    }

    #[test]
    fn days(year in -9999..=9999i32, month in 0..15u32, day in 0..34u32) {
        let sign = if year < 0 { "-" } else { "" };
        let text = format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs());
        let read = read(&text, None);
        match Day::of(year, month, day) {
            Some(day) => {
                prop_assert_eq!(read.as_ref().map(|it| it.window), Ok(Window::day(day)));
                prop_assert_eq!(read.unwrap().to_string(), text);
            }
            None => prop_assert!(read.is_err()),
        }
    }

    #[test]
    fn intervals(first in 0..900_000, last in 0..900_000) {
        let read = read(&format!("{}/{}", Day(first), Day(last)), None);
        if first <= last {
            prop_assert_eq!(read.map(|it| it.window), Ok(Window::new(Day(first), Day(last))));
        } else {
            prop_assert_eq!(read.map_err(|it| it.code), Err("backwards-window"));
        }
    }

    #[test]
    fn gaps_are_days_left_out(mask in "20[01X][0-9X]-[01X][0-9X]-[0-3X][0-9X]") {
        let Ok(date) = read(&mask, None) else { return Ok(()) };
        let fits = |day: i32| Day(day).to_string().chars().zip(mask.chars()).all(|(it, x)| x == 'X' || x == it);
        let (first, last) = (date.window.earliest.0, date.window.latest.0);
        prop_assert!(fits(first) && fits(last));
        prop_assert!(!(first - 400..first).any(fits) && !(last + 1..last + 400).any(fits));
        prop_assert_eq!(date.gaps, !(first..=last).all(fits));
    }
}
