//! What a question that is being written may go on with.

use std::collections::BTreeSet;

use super::lifecycle::forms;
use crate::ledger::Ledger;
use crate::spelling::{fold, in_claim};

/// The words that questions are made of.
const WORDS: [&str; 41] = [
    "according to",
    "after",
    "and",
    "as published by",
    "assuming",
    "at the end of",
    "before",
    "between",
    "blocs of",
    "by",
    "changes in",
    "common blocs of",
    "count",
    "did",
    "every day from",
    "every month from",
    "every year from",
    "former members of",
    "from",
    "history of",
    "in",
    "member of",
    "member-of",
    "members of",
    "not",
    "of",
    "on",
    "only",
    "or",
    "since",
    "status of",
    "suspended members of",
    "throughout",
    "to",
    "until",
    "was",
    "when was",
    "why",
    "why not",
    "with",
    "without",
];

/// So many are told.
const MOST: usize = 100;

/// Where the last word begins, and what it can become: words of the language, then names, in order.
pub fn completions(ledger: &Ledger, before: &str) -> (usize, Vec<String>) {
    let start = word(before);
    let begun = fold(before[start..].trim_start_matches('"'));
    let fits = |it: &str| fold(it).starts_with(&begun);
    // In quotes there are names alone, and of nothing at all there is no end.
    let words = WORDS.iter().filter(|it| !before[start..].starts_with('"') && fits(it));
    let words = words.map(|it| (*it).to_owned());
    let names: BTreeSet<String> =
        names(ledger).filter(|it| fits(it)).map(|it| in_claim(it).into_owned()).collect();
    if begun.is_empty() {
        return (start, words.collect());
    }
    (start, words.chain(names).take(MOST).collect())
}

/// Where the last word begins, or the last name in quotes.
fn word(text: &str) -> usize {
    if text.matches('"').count() % 2 == 1 {
        return text.rfind('"').unwrap_or_default();
    }
    text.rfind(|it: char| it.is_whitespace() || it == ',' || it == '(')
        .map_or(0, |it| it + text[it..].chars().next().map_or(0, char::len_utf8))
}

fn names(ledger: &Ledger) -> impl Iterator<Item = &str> {
    let parties = ledger.parties.iter().flat_map(|it| std::iter::once(&it.name).chain(&it.also));
    let blocs = ledger.blocs.iter().flat_map(|it| std::iter::once(&it.name).chain(&it.also));
    let articles = ledger.articles.iter().map(|it| &*it.name);
    let statuses = ledger.lifecycles.iter().flat_map(|it| &it.statuses).map(|it| it.name.as_str());
    let names = parties.chain(blocs).map(String::as_str).chain(articles).chain(statuses);
    names.chain(ledger.publishers.iter().map(String::as_str)).chain(ledger.lifecycles.iter().flat_map(forms))
}
