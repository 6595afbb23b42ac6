//! Why a text is not EDTF, told to people who never heard of EDTF.

use std::ops::Range;

use super::calendar;
use super::error::{self, DateError, no_date, quoted};
use super::{edtf, familiar, words};

/// A date of an interval or a set, and where it stands.
type Part<'a> = (usize, &'a str);

/// Says why a text that was refused cannot be read.
pub(super) fn refused(text: &str) -> DateError {
    let parts = parts(text);
    let bad = || parts.iter().copied().filter(|(_, it)| edtf::parse(it).is_err());
    bad()
        .find_map(|(at, it)| calendar::fault(it, at))
        .or_else(|| structure(text, &parts))
        .or_else(|| familiar(0, text))
        .or_else(|| bad().filter(|(_, it)| it.len() > 2).find_map(|(at, it)| familiar(at, it)))
        .or_else(|| word_meant(text))
        .or_else(|| bad().next().map(|(at, it)| nonsense(at, it)))
        .unwrap_or_else(|| no_date(0..text.len(), text))
}

fn nonsense(at: usize, part: &str) -> DateError {
    calendar_year(at, part).unwrap_or_else(|| no_date(span(at, part), part))
}

fn span(at: usize, part: &str) -> Range<usize> {
    at..at + part.len()
}

/// The dates that a text is made of: itself, the two of an interval, or those of a set.
fn parts(text: &str) -> Vec<Part<'_>> {
    if let Some(inner) = text.strip_prefix(['[', '{']) {
        let inner = inner.strip_suffix([']', '}']).unwrap_or(inner);
        return pieces(1, inner, ",").into_iter().flat_map(|(at, it)| ends(at, it)).collect();
    }
    match pieces(0, text, "/").as_slice() {
        [first, last] => [*first, *last].into_iter().flat_map(|(at, it)| ends(at, it)).collect(),
        _ => vec![(0, text)],
    }
}

fn pieces<'a>(at: usize, text: &'a str, separator: &str) -> Vec<Part<'a>> {
    let place = |it: &str| at + (it.as_ptr() as usize - text.as_ptr() as usize);
    text.split(separator).map(|it| (place(it), it)).collect()
}

/// What stands before and after `..`, without the blanks and without what is empty.
fn ends(at: usize, text: &str) -> Vec<Part<'_>> {
    let trimmed = |(at, it): Part<'_>| at + it.len() - it.trim_start_matches(' ').len();
    let pieces = pieces(at, text, "..").into_iter();
    pieces.map(|it| (trimmed(it), it.1.trim_matches(' '))).filter(|(_, it)| !it.is_empty()).collect()
}

/// Faults of how dates that are right in themselves are put together.
fn structure(text: &str, parts: &[Part<'_>]) -> Option<DateError> {
    let set = text.starts_with(['[', '{']);
    if set && !text.ends_with(if text.starts_with('[') { ']' } else { '}' }) {
        return Some(unclosed(text));
    }
    if matches!(text, "/" | "../" | "/.." | "../..") {
        let message = format!("{} names no day", quoted(text));
        let help = "write a date on one side at least, or leave the date out";
        return Some(DateError::new(error::FORM, 0..text.len(), message, help));
    }
    let joined = if set { ".." } else { "/" };
    let pair = parts.array_windows().find_map(|[first, last]| backwards(text, *first, *last, joined));
    pair.or_else(|| parts.iter().find_map(|it| timed(*it, parts.len())))
}

fn unclosed(text: &str) -> DateError {
    let (open, close, meaning) = if text.starts_with('[') {
        ("[", "]", "one of these dates")
    } else {
        ("{", "}", "all of these dates")
    };
    let help = format!("write {meaning} as `{open}1667,1668{close}`");
    DateError::new(error::FORM, 0..1, format!("`{open}` is not closed by `{close}`"), help)
}

fn backwards(text: &str, first: Part<'_>, last: Part<'_>, joined: &str) -> Option<DateError> {
    let (start, end) = (first.0, last.0 + last.1.len());
    if text.get(first.0 + first.1.len()..last.0) != Some(joined) {
        return None;
    }
    let (before, after) = (edtf::window(first.1)?, edtf::window(last.1)?);
    if before.earliest > after.latest {
        let message = format!("{} runs backwards", quoted(&text[start..end]));
        let help = format!("write the earlier date first: `{}{joined}{}`", last.1, first.1);
        return Some(DateError::new(error::BACKWARDS, start..end, message, help));
    }
    if joined == "/" {
        return None;
    }
    let message = format!("{} needs two plain dates of the same length", quoted(&text[start..end]));
    let help = "write both as days, both as months or both as years: `1667..1670`";
    Some(DateError::new(error::FORM, start..end, message, help))
}

/// A date-time is right by itself, and wrong in an interval or a set.
fn timed((at, part): Part<'_>, parts: usize) -> Option<DateError> {
    let time = part.find('T').filter(|_| parts > 1 && edtf::parse(part).is_ok())?;
    let help = format!("write `{}`", &part[..time]);
    let span = at + time..at + part.len();
    Some(DateError::new(error::FORM, span, "an interval or set of dates has no times of day".into(), help))
}

/// Familiar forms of dates, and EDTF with a slip.
fn familiar(at: usize, text: &str) -> Option<DateError> {
    let repaired = repaired(text);
    if repaired != text && edtf::window(&repaired).is_some() {
        return Some(error::other_form(at..at + text.len(), text, &[repaired]));
    }
    let guesses = familiar::spellings(&repaired_dashes(text));
    let mut spellings: Vec<String> =
        guesses.iter().filter(|it| edtf::window(it).is_some()).cloned().collect();
    spellings.dedup();
    if !spellings.is_empty() {
        return Some(error::other_form(at..at + text.len(), text, &spellings));
    }
    // `31.02.2012` is well understood, and wrong for another reason.
    let fault = guesses.first().and_then(|it| calendar::fault(it, 0))?;
    Some(DateError { span: at..at + text.len(), ..fault })
}

fn repaired_dashes(text: &str) -> String {
    text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'], "-")
}

/// The text with the slips mended that people make in EDTF.
fn repaired(text: &str) -> String {
    let mut text: String = repaired_dashes(text).chars().filter(|it| !it.is_whitespace()).collect();
    text = text.to_ascii_uppercase().replace("OPEN", "..").replace("UNKNOWN", "").replace(['U', '*'], "X");
    text = text.replace("?~", "%").replace("~?", "%");
    if text.strip_prefix('Y').is_some_and(|it| it.trim_start_matches('-').len() == 4) {
        text.remove(0);
    }
    if text.contains("..") && !text.contains(['/', '[', '{']) {
        text = match text.split_once("..") {
            Some(("", last)) => format!("../{last}"),
            Some((first, "")) => format!("{first}/.."),
            Some((first, last)) => format!("{first}/{last}"),
            None => text,
        };
    }
    text
}

/// A year of too few or too many digits.
fn calendar_year(at: usize, part: &str) -> Option<DateError> {
    let digits = part.trim_start_matches(['-', 'Y']);
    let digits = digits.split('-').next()?.trim_end_matches(['?', '~', '%']);
    if digits.is_empty() || digits.len() == 4 && !part.starts_with('Y') {
        return None;
    }
    if !digits.bytes().all(|it| it.is_ascii_digit() || it == b'X') || !part.is_ascii() {
        return None;
    }
    let message = format!("{} has no year of four digits", quoted(part));
    let help = "write the year as `2006`, `0988` or `-0044`; the years run from -9999 to 9999";
    Some(DateError::new(error::FORM, span(at, part), message, help))
}

/// The word that another is a slip of.
fn closest(word: &str) -> Option<&'static str> {
    let distance = |it: &&str| strsim::osa_distance(&it.to_lowercase(), word);
    let allowed = if word.len() < 6 { word.len() / 4 } else { 2 };
    words::WORDS.into_iter().filter(|it| distance(it) <= allowed).min_by_key(distance)
}

/// A misspelt `yesterday`, or a word that is no date for a reason worth telling.
fn word_meant(text: &str) -> Option<DateError> {
    let lower = text.to_lowercase();
    let plain: Vec<&str> = lower.split_whitespace().collect();
    let all = 0..text.len();
    if let ["last" | "next" | "this", day] = plain[..]
        && words::weekday(day).is_some()
    {
        let message = format!("{} can mean two days", quoted(text));
        let help =
            "a weekday alone is the last such day up to the day of publication; or write the date itself";
        return Some(DateError::new(error::FORM, all, message, help));
    }
    if let Some(example) = familiar::without_year(text) {
        let message = format!("{} has no year", quoted(text));
        return Some(DateError::new(
            error::FORM,
            all,
            message,
            format!("write the year too, as in `{example}`"),
        ));
    }
    let word = closest(&plain.join(" "))?;
    let message = format!("{} is not a date", quoted(text));
    Some(DateError::new(error::FORM, all, message, format!("did you mean `{word}`?")))
}
