//! How names are compared, what may be a misspelling of another, and how they are written in a rule file.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// How names are compared.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let plain = |it: char| if it == '\u{2019}' { '\'' } else { it };
    name.nfc().map(plain).flat_map(char::to_lowercase).nfc().collect()
}

/// The longest name, in letters, that may be a misspelling of another.
const LONGEST: usize = 100;

/// The nearest of some names, if one is near enough to have been meant.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let folded = fold(name);
    let length = folded.chars().count();
    if length > LONGEST {
        return None;
    }
    // A misspelling changes a letter or two, of a long name some more.
    let most = if length <= 4 { 1 } else { (length / 3).max(2) };
    let distance = |it: &&str| strsim::osa_distance(&folded, &fold(it));
    let near = known.filter(|it| it.chars().count().abs_diff(length) <= most);
    let (found, distance) = near.map(|it| (it, distance(&it))).min_by_key(|it| (it.1, it.0))?;
    (distance <= most && distance < length).then_some(found)
}

/// What a name cannot be without quotes, wherever it stands.
const RESERVED: [&str; 4] = ["and", "not", "only", "or"];

/// Words that begin something else in a line under `article`.
const WORDS: [&str; 42] = [
    "after",
    "article",
    "ask",
    "at",
    "before",
    "between",
    "bloc",
    "by",
    "from",
    "friday",
    "group",
    "has",
    "in",
    "is",
    "last",
    "lifecycle",
    "member-of",
    "monday",
    "next",
    "of",
    "on",
    "party",
    "plan",
    "plans",
    "published",
    "publisher",
    "require",
    "rule",
    "said-by",
    "saturday",
    "since",
    "sunday",
    "text",
    "this",
    "throughout",
    "thursday",
    "to",
    "trust",
    "tuesday",
    "wednesday",
    "will",
    "with",
];

/// A name in a claim.
pub fn in_claim(name: &str) -> Cow<'_, str> {
    let word = name.to_lowercase();
    if is_bare(name) && WORDS.binary_search(&word.as_str()).is_err() {
        name.into()
    } else {
        quoted(name).into()
    }
}

/// Words that begin something else in an `expect` line, beside those of a claim.
const WORDS_EXPECTED: [&str; 10] = [
    "always",
    "attested",
    "disputed",
    "inferred",
    "none",
    "otherwise",
    "planned",
    "possible",
    "presumed",
    "until",
];

/// A name in an `expect` line.
pub fn in_expectation(name: &str) -> Cow<'_, str> {
    // What begins with a digit could be a count.
    let doubtful = name.starts_with(|it: char| it.is_numeric())
        || WORDS_EXPECTED.binary_search(&name.to_lowercase().as_str()).is_ok();
    if doubtful { quoted(name).into() } else { in_claim(name) }
}

/// The name after `article`.
pub fn in_header(name: &str) -> Cow<'_, str> {
    if is_bare(name) { name.into() } else { quoted(name).into() }
}

pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Quotes are never wrong, so a name is bare only where there is no doubt what its letters are.
fn is_bare(name: &str) -> bool {
    let letter = |it: char| it.is_ascii_alphanumeric() || it.is_alphabetic() && it < '\u{2000}';
    let known = |it: char| letter(it) || "-_.'\u{2019}".contains(it);
    !name.is_empty() && name.chars().all(known) && !RESERVED.contains(&name)
}
