//! Sentences of a long passage: the one that a claim seems to rest on, and those that words stand in.

use std::collections::BTreeSet;
use std::ops::Range;

/// How much of a passage is looked at, in bytes.
const LOOKED_AT: usize = 1 << 14;

/// Where the sentence begins that shares most words and numbers with the claim; 0 if none shares anything.
pub(super) fn telling(passage: &str, claim: &str) -> usize {
    let passage = &passage[..passage.floor_char_boundary(LOOKED_AT)];
    let claim = stems(&claim[..claim.floor_char_boundary(LOOKED_AT)]);
    let mut best = (0, 0);
    for (start, sentence) in sentences(passage) {
        let shared = stems(sentence).intersection(&claim).count();
        if shared > best.0 {
            best = (shared, start);
        }
    }
    best.1
}

/// The sentences that words of a text stand in.
pub(super) fn around(text: &str, words: Range<usize>) -> Range<usize> {
    let from = text.floor_char_boundary(words.start.saturating_sub(LOOKED_AT));
    let to = text.ceil_char_boundary(words.end.saturating_add(LOOKED_AT).min(text.len()));
    let mut range = from..to;
    for (start, sentence) in sentences(&text[from..to]) {
        let end = from + start + sentence.trim_end().len();
        if from + start <= words.start {
            range.start = from + start;
        }
        if end >= words.end {
            range.end = end;
            break;
        }
    }
    range
}

/// The beginnings of words, so that `joins` is found in `joined`, and numbers without their leading zeros.
fn stems(text: &str) -> BTreeSet<String> {
    let class = |it: char| (it.is_alphanumeric(), it.is_ascii_digit());
    let mut stems = BTreeSet::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (word, next) = rest.split_at(rest.find(|it| class(it) != class(first)).unwrap_or(rest.len()));
        rest = next;
        match class(first) {
            (_, true) => stems.insert(word.trim_start_matches('0').to_owned()),
            (true, _) if word.chars().nth(2).is_some() => {
                stems.insert(word.chars().take(4).flat_map(char::to_lowercase).collect())
            }
            _ => false,
        };
    }
    stems
}

fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, it) in text.char_indices() {
        match it {
            '.' | '!' | '?' | '…' | ';' => ended = true,
            '。' | '！' | '？' => {
                let next = at + it.len_utf8();
                sentences.push((start, &text[start..next]));
                start = next;
            }
            '"' | '\'' | '”' | '’' | '»' | ')' => {}
            _ if it.is_whitespace() => {}
            _ => {
                if ended && text[..at].ends_with(char::is_whitespace) {
                    sentences.push((start, &text[start..at]));
                    start = at;
                }
                ended = false;
            }
        }
    }
    sentences.push((start, &text[start..]));
    sentences
}
