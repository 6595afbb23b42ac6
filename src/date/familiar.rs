//! The forms in which people write dates elsewhere, only to suggest the EDTF of them.

use chrono::{Days, NaiveDate, Weekday};

use super::calendar::MONTHS;
use super::{Day, words};

#[derive(Clone, PartialEq)]
enum Token {
    Number(String),
    /// 1 to 12.
    Month(u32),
    /// 21 for spring to 24 for winter.
    Season(u32),
    Word(String),
    Mark(char),
}

use Token::{Mark, Month, Number, Season, Word};

/// The EDTF spellings that a text may stand for, likeliest first; they need not be dates that exist.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    if let Some((first, last)) = halves(&lower) {
        let (first, last) = (single(first), single(last));
        return match (first.as_slice(), last.as_slice()) {
            ([first], [last]) => vec![format!("{first}/{last}")],
            _ => Vec::new(),
        };
    }
    single(&lower)
}

/// The two dates of `from 2004 to 2006` and the like.
fn halves(text: &str) -> Option<(&str, &str)> {
    let text = ["from ", "between "].iter().find_map(|it| text.strip_prefix(it)).unwrap_or(text);
    [" to ", " - ", " until ", " till ", " and "].iter().find_map(|it| text.split_once(it))
}

fn single(text: &str) -> Vec<String> {
    let mut tokens = tokens(text);
    let qualifier = take_qualifier(&mut tokens);
    if tokens.iter().any(|it| matches!(it, Month(_) | Season(_) | Word(_))) {
        tokens.retain(|it| !matches!(it, Mark(_)));
    }
    let dates =
        if tokens.iter().any(|it| matches!(it, Word(_))) { worded(&tokens) } else { numbered(&tokens) };
    dates.into_iter().map(|it| it + qualifier).collect()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let end = match kind {
            Kind::Mark => first.len_utf8(),
            _ => rest.find(|it| self::kind(it) != kind).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        match kind {
            Kind::Digit => tokens.push(Number(token.to_owned())),
            Kind::Letter => tokens.extend(worth(token, tokens.last())),
            Kind::Mark => tokens.push(Mark(first)),
            Kind::Blank => {}
        }
        rest = after;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Digit,
    Letter,
    Blank,
    Mark,
}

fn kind(letter: char) -> Kind {
    match letter {
        '0'..='9' => Kind::Digit,
        // The comma of `Dec 19, 2012` parts no more than a blank does.
        ',' => Kind::Blank,
        _ if letter.is_alphabetic() => Kind::Letter,
        _ if letter.is_whitespace() => Kind::Blank,
        _ => Kind::Mark,
    }
}

/// The token of a word; `None` of a word that says nothing about the date.
fn worth(word: &str, before: Option<&Token>) -> Option<Token> {
    let ordinal = matches!(before, Some(Number(it)) if it.len() <= 2);
    match word {
        "the" | "of" | "in" | "on" | "year" => None,
        "st" | "nd" | "rd" | "th" if ordinal => None,
        "spring" => Some(Season(21)),
        "summer" => Some(Season(22)),
        "autumn" | "fall" => Some(Season(23)),
        "winter" => Some(Season(24)),
        _ if words::weekday(word).is_some() => None,
        _ => Some(month(word).map_or_else(|| Word(word.to_owned()), Month)),
    }
}

fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|it| word.len() >= 3 && it.to_lowercase().starts_with(word))?;
    // `sept` is no worse than `sep`, and both are beginnings.
    u32::try_from(at + 1).ok()
}

/// Takes out what says that a date is rough or doubted, and gives the sign for it.
fn take_qualifier(tokens: &mut Vec<Token>) -> &'static str {
    let (mut about, mut unsure) = (false, false);
    tokens.retain(|token| {
        let (rough, doubted) = match token {
            Word(it) => (
                matches!(
                    it.as_str(),
                    "c" | "ca" | "circa" | "about" | "around" | "approximately" | "approx" | "roughly"
                ),
                matches!(it.as_str(), "probably" | "perhaps" | "possibly" | "maybe"),
            ),
            Mark(it) => (matches!(it, '~' | '%'), matches!(it, '?' | '%')),
            _ => (false, false),
        };
        about |= rough;
        unsure |= doubted;
        !(rough || doubted || matches!(token, Mark('(' | ')')))
    });
    if matches!(tokens.first(), Some(Mark('.'))) {
        tokens.remove(0);
    }
    match (about, unsure) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    }
}

fn numbered(tokens: &[Token]) -> Vec<String> {
    match tokens {
        [Number(y), Mark(_), Number(m), Mark(_), Number(d), rest @ ..] if is_year(y) && is_time(rest) => {
            vec![day(y, m, d), day(y, d, m)]
                .into_iter()
                .take(if short(d) && small(m) { 1 } else { 2 })
                .collect()
        }
        [Number(a), Mark(_), Number(b), Mark(_), Number(y)] if short(a) && short(b) => either_order(a, b, y),
        [Number(d), Month(m), Number(y)] | [Month(m), Number(d), Number(y)] if short(d) => {
            vec![day(&full_year(y), &m.to_string(), d)]
        }
        [Number(y), Month(m), Number(d)] if is_year(y) => vec![day(y, &m.to_string(), d)],
        [Month(m), Number(y)] | [Number(y), Month(m)] if is_year(y) => vec![format!("{y}-{m:02}")],
        [Season(s), Number(y)] | [Number(y), Season(s)] if is_year(y) => vec![format!("{y}-{s}")],
        [Number(y), Mark('-' | '/'), Number(z)] if is_year(y) && is_year(z) => vec![format!("{y}/{z}")],
        [Number(y), Mark('-'), Number(d)] if is_year(y) && d.len() == 3 => day_of_year(y, d),
        [Number(y), Mark('/'), Number(z)] if is_year(y) && z.len() == 2 => {
            let later = (z.as_str() > &y[2..]).then(|| format!("{y}/{}{z}", &y[..2]));
            [format!("{y}-{z}")].into_iter().chain(later).collect()
        }
        [Number(y), Mark(_), Number(m)] | [Number(m), Mark(_), Number(y)] if is_year(y) && short(m) => {
            vec![format!("{y}-{m:0>2}")]
        }
        [Number(all)] => unbroken(all),
        _ => Vec::new(),
    }
}

/// What is left of a date with a time of day after it.
fn is_time(rest: &[Token]) -> bool {
    rest.is_empty() || rest.contains(&Mark(':'))
}

fn worded(tokens: &[Token]) -> Vec<String> {
    match tokens {
        [Number(y), Word(s)] if is_year(y) && s == "s" && y.ends_with("00") => {
            vec![format!("{}X", &y[..3]), format!("{}XX", &y[..2])]
        }
        [Number(y), Word(s)] if is_year(y) && s == "s" => vec![format!("{}X", &y[..3])],
        [Number(n), Word(it)] if it == "century" && short(n) => century(n).into_iter().collect(),
        [Word(q), Number(n), Number(y)] | [Number(y), Word(q), Number(n)] if q == "q" && is_year(y) => {
            quarter(y, n).into_iter().collect()
        }
        [Number(y), Word(w), Number(n), rest @ ..] if w == "w" && is_year(y) => {
            week(y, n, rest).into_iter().collect()
        }
        [Number(y), Number(m), Number(d), Word(t), Number(_), ..] if t == "t" && is_year(y) => {
            vec![day(y, m, d)]
        }
        _ => Vec::new(),
    }
}

/// `20121219`, `201212` or `06`.
fn unbroken(digits: &str) -> Vec<String> {
    match digits.len() {
        2 => vec![full_year(digits)],
        4 => vec![digits.to_owned()],
        6 => vec![format!("{}-{}", &digits[..4], &digits[4..])],
        8 if small(&digits[4..6]) => vec![day(&digits[..4], &digits[4..6], &digits[6..])],
        8 => either_order(&digits[..2], &digits[2..4], &digits[4..]),
        _ => Vec::new(),
    }
}

/// `19.12.2012` and `12/19/2012`: both orders, of which one may not exist.
fn either_order(a: &str, b: &str, year: &str) -> Vec<String> {
    match year.len() {
        2 | 4 => vec![day(&full_year(year), b, a), day(&full_year(year), a, b)],
        _ => Vec::new(),
    }
}

fn day(year: &str, month: &str, day: &str) -> String {
    format!("{year}-{month:0>2}-{day:0>2}")
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
}

fn short(digits: &str) -> bool {
    digits.len() <= 2
}

fn small(month: &str) -> bool {
    month.parse().is_ok_and(|it: u32| (1..=12).contains(&it))
}

/// Two digits are of this century up to 49; a guess that is only ever shown.
fn full_year(digits: &str) -> String {
    match digits.len() {
        2 if digits < "50" => format!("20{digits}"),
        2 => format!("19{digits}"),
        _ => digits.to_owned(),
    }
}

fn century(number: &str) -> Option<String> {
    let before = number.parse::<u32>().ok()?.checked_sub(1)?;
    Some(format!("{before:02}XX"))
}

fn quarter(year: &str, number: &str) -> Option<String> {
    let number: u32 = number.parse().ok().filter(|it| (1..=4).contains(it))?;
    Some(format!("{year}-{}", 32 + number))
}

/// `2012-W51`, the week of ISO 8601, or a day in it as `2012-W51-3`.
fn week(year: &str, number: &str, rest: &[Token]) -> Option<String> {
    let (year, number) = (year.parse().ok()?, number.parse().ok()?);
    let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
    match rest {
        [] => Some(format!("{monday}/{}", monday.checked_add_days(Days::new(6))?)),
        [Number(day)] => {
            Some(monday.checked_add_days(Days::new(day.parse::<u64>().ok()?.checked_sub(1)?))?.to_string())
        }
        _ => None,
    }
}

/// An example of how to write a text that names a month, or a day of one, without a year.
pub(super) fn without_year(text: &str) -> Option<String> {
    match tokens(&text.to_lowercase()).as_slice() {
        [Month(month)] => Some(format!("2012-{month:02}")),
        [Month(month), Number(it)] | [Number(it), Month(month)] if short(it) => {
            Some(day("2012", &month.to_string(), it))
        }
        _ => None,
    }
}

/// `2012-354`, the ordinal date of ISO 8601.
fn day_of_year(year: &str, number: &str) -> Vec<String> {
    let first = year.parse().ok().and_then(|it| Day::of(it, 1, 1));
    let day = first.zip(number.parse::<i32>().ok()).map(|(first, it)| Day(first.0 + it - 1).to_string());
    day.into_iter().filter(|it| it.starts_with(year)).collect()
}
