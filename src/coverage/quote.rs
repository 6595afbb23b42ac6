//! Names as they can be written in a rule file: bare where that is safe, and in quotes otherwise.

use std::borrow::Cow;

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
pub(super) fn in_claim(name: &str) -> Cow<'_, str> {
    let word = name.to_lowercase();
    if is_bare(name) && WORDS.binary_search(&word.as_str()).is_err() {
        name.into()
    } else {
        quoted(name).into()
    }
}

/// The name after `article`.
pub(super) fn in_header(name: &str) -> Cow<'_, str> {
    if is_bare(name) { name.into() } else { quoted(name).into() }
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Quotes are never wrong, so a name is bare only where there is no doubt what its letters are.
fn is_bare(name: &str) -> bool {
    let letter = |it: char| it.is_ascii_alphanumeric() || it.is_alphabetic() && it < '\u{2000}';
    let known = |it: char| letter(it) || "-_.'\u{2019}".contains(it);
    !name.is_empty() && name.chars().all(known) && !RESERVED.contains(&name)
}
