//! The forms of a question, and which of them are nearest to one that could not be read.

use crate::spelling::fold;

/// A form, and words that speak for it; those that open it come first.
type Form = (&'static str, &'static [&'static str]);

const FORMS: [Form; 20] = [
    (
        "members of BLOC on DATE",
        &["members", "who", "member", "belonged", "belongs", "belong", "was", "were"],
    ),
    ("observers of BLOC on DATE", &["observers", "who", "observer", "associates", "candidates", "suspended"]),
    ("former members of BLOC on DATE", &["former", "who", "members", "past"]),
    (
        "blocs of PARTY on DATE",
        &["blocs", "where", "which", "bloc", "blocks", "organisations", "organizations"],
    ),
    ("common blocs of PARTY and PARTY on DATE", &["common", "both", "shared", "together", "blocs", "blocks"]),
    ("status of PARTY in BLOC on DATE", &["status", "what", "is", "state", "was"]),
    ("history of PARTY in BLOC", &["history", "timeline", "story", "all"]),
    ("history of BLOC", &["history", "timeline", "story"]),
    ("when was PARTY member of BLOC", &["when", "since", "how", "long", "was", "member", "did", "join"]),
    (
        "changes in BLOC between DATE and DATE",
        &["changes", "what", "changed", "change", "joined", "left", "between", "who"],
    ),
    (
        "count members of BLOC every year from DATE to DATE",
        &["count", "how", "many", "number", "every", "year", "month"],
    ),
    ("why PARTY in BLOC on DATE", &["why", "explain", "reason"]),
    ("why not PARTY in BLOC on DATE", &["why", "not", "isn't", "wasn't"]),
    ("did PARTY leave BLOC in DATE", &["did", "has", "leave", "left", "join", "joined", "ever"]),
    ("members of BLOC and not members of BLOC on DATE", &["members", "not", "and", "or", "but", "except"]),
    ("members of BLOC on DATE as published by DATE", &["members", "published", "known"]),
    ("members of BLOC on DATE according to ARTICLE", &["members", "according", "says"]),
    ("members of BLOC on DATE without ARTICLE", &["members", "without", "ignoring", "except"]),
    ("members of BLOC on DATE assuming PARTY leaves BLOC on DATE", &["members", "assuming", "if", "suppose"]),
    ("members of members of BLOC on DATE", &["members", "members", "indirectly", "through", "via"]),
];

/// At most three of them.
pub(super) fn nearest(question: &str) -> String {
    let words: Vec<String> = question.split_whitespace().take(100).map(fold).collect();
    let words: Vec<&str> = words.iter().map(|it| it.trim_matches(['?', ',', '.', '"', '(', ')'])).collect();
    let mut scores: Vec<(usize, &str)> = FORMS.iter().map(|it| (score(&words, it), it.0)).collect();
    scores.sort_by_key(|it| std::cmp::Reverse(it.0));
    let best = scores[0].0;
    let near: Vec<String> = scores
        .iter()
        .filter(|it| it.0 > 0 && 2 * it.0 >= best)
        .take(3)
        .map(|it| format!("`{}`", it.1))
        .collect();
    match &near[..] {
        [] => format!("ask `{}`, say, or `{}`: `accede ask --help` lists all forms", FORMS[0].0, FORMS[3].0),
        [one] => format!("the nearest question is {one}"),
        [rest @ .., last] => format!("the nearest questions are {} and {last}", rest.join(", ")),
    }
}

/// Words that speak for it, the one that opens it three times.
fn score(words: &[&str], (_, known): &Form) -> usize {
    let place = |word: &&str| known.iter().position(|it| it == word || is_misspelt(word, it));
    let score = |word| place(word).map_or(0, |it| if it == 0 { 3 } else { 1 });
    words.iter().map(score).sum()
}

fn is_misspelt(word: &str, known: &str) -> bool {
    known.len() >= 4 && word.len().abs_diff(known.len()) <= 1 && strsim::osa_distance(word, known) <= 1
}
