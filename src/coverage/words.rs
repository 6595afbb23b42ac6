//! Words found in a line of text: whole words only, and of those that overlap the first and longest.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A name of up to this many letters and digits is easily another word in another case: US, Chad.
const SHORT: usize = 4;

/// A line as it is searched. Both texts are composed, and their places are the same.
#[derive(Debug)]
pub(super) struct Line {
    /// With one blank for each run of blanks, and `'` for `’`.
    exact: String,
    /// The same in small letters.
    small: String,
}

impl Line {
    pub(super) fn new(text: &str) -> Line {
        let composed = is_nfc_quick(text.chars()) == IsNormalized::Yes;
        let exact = if composed { plain(text.chars()) } else { plain(text.nfc()) };
        let small = exact.chars().map(small).collect();
        Line { exact, small }
    }

    /// The word before a place, in small letters, whatever stands between them.
    pub(super) fn word_before(&self, place: usize) -> &str {
        last_word(self.small[..place].trim_end_matches(|it| !in_word(it)))
    }

    /// Its words in small letters; an apostrophe within a word is a part of it.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.small.split(|it| !in_word(it) && it != '\'').map(|it| it.trim_matches('\''))
    }
}

fn plain(letters: impl Iterator<Item = char>) -> String {
    let mut plain = String::new();
    for letter in letters {
        match letter {
            '\u{2019}' => plain.push('\''),
            it if !it.is_whitespace() => plain.push(it),
            _ if !plain.ends_with(' ') => plain.push(' '),
            _ => {}
        }
    }
    plain
}

/// A letter as a small one, unless that takes more or fewer bytes: so places stay the same.
fn small(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(it), None) if it.len_utf8() == letter.len_utf8() => it,
        _ => letter,
    }
}

/// What counts as a part of a word, in any script.
fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}')
}

fn has_small(text: &str) -> bool {
    text.contains(char::is_lowercase)
}

/// A place in a line where one of the words stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// Every word that stands here, by its place among those that were given: a party and a bloc can share a name.
    pub(super) words: Vec<usize>,
}

/// A way to write a word.
#[derive(Debug)]
struct Spelling {
    exact: String,
    case: Case,
}

/// In which case a word is meant.
#[derive(Clone, Copy, Debug)]
enum Case {
    Any,
    AsWritten,
    /// As written, or in capitals.
    Capitals,
}

impl Spelling {
    fn new(exact: String) -> Spelling {
        let short = exact.chars().filter(|it| in_word(*it)).count() <= SHORT;
        let case = match (has_small(&exact), short) {
            (false, _) => Case::AsWritten,
            (true, true) => Case::Capitals,
            (true, false) => Case::Any,
        };
        Spelling { exact, case }
    }

    fn fits(&self, found: &str) -> bool {
        match self.case {
            Case::Any => true,
            Case::AsWritten => found == self.exact,
            Case::Capitals => found == self.exact || !has_small(found),
        }
    }
}

/// Finds words in lines.
#[derive(Debug)]
pub(super) struct Finder {
    automaton: AhoCorasick,
    /// The spellings of each pattern of the automaton: they differ in case alone.
    patterns: Vec<Vec<usize>>,
    /// One for each word that was given, in that order.
    spellings: Vec<Spelling>,
}

impl Finder {
    /// A word without a letter or digit is never found.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Finder {
        let mut small: Vec<String> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut patterns: Vec<Vec<usize>> = Vec::new();
        let mut spellings = Vec::new();
        for word in words {
            let line = Line::new(word.trim());
            if line.exact.contains(in_word) {
                let pattern = *known.entry(line.small).or_insert_with_key(|it| {
                    small.push(it.clone());
                    patterns.push(Vec::new());
                    patterns.len() - 1
                });
                patterns[pattern].push(spellings.len());
            }
            spellings.push(Spelling::new(line.exact));
        }
        let automaton = AhoCorasick::new(small).expect("names are no larger than the files they come from");
        Finder { automaton, patterns, spellings }
    }

    /// The same of words that are meant in any case, short ones too.
    #[must_use]
    pub(super) fn in_any_case(mut self) -> Finder {
        self.spellings.iter_mut().for_each(|it| it.case = Case::Any);
        self
    }

    /// Where the words stand, in order; none overlaps another.
    pub(super) fn find(&self, line: &Line) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for it in self.automaton.find_overlapping_iter(&line.small) {
            let range = it.range();
            if !is_whole(&line.small, &range) {
                continue;
            }
            let fits = |it: &usize| self.spellings[*it].fits(&line.exact[range.clone()]);
            let pattern = it.pattern().as_usize();
            let words: Vec<usize> = self.patterns[pattern].iter().copied().filter(fits).collect();
            if !words.is_empty() {
                found.push(Found { range, words });
            }
        }
        found.sort_by_key(|it| (it.range.start, Reverse(it.range.end)));
        self.leave_out_parts(line, &mut found);
        let mut end = 0;
        found.retain(|it| {
            let free = it.range.start >= end;
            end = if free { it.range.end } else { end };
            free
        });
        found
    }

    /// Takes out what a hyphen makes a part of another name: Guinea in Guinea-Bissau. Where both sides of it are
    /// known, as in Armenia-Azerbaijan, both stay.
    fn leave_out_parts(&self, line: &Line, found: &mut Vec<Found>) {
        let starts: Vec<usize> = found.iter().map(|it| it.range.start).collect();
        let mut ends: Vec<usize> = found.iter().map(|it| it.range.end).collect();
        ends.sort_unstable();
        found.retain(|it| {
            let (before, named, after) = around(&line.exact, &it.range);
            if it.words.iter().all(|it| !has_small(&self.spellings[*it].exact)) {
                return true;
            }
            let left = before.strip_suffix(is_hyphen).is_some_and(|before| {
                ends.binary_search(&before.len()).is_err() && goes_on(last_word(before), named)
            });
            let right = after.strip_prefix(is_hyphen).is_some_and(|after| {
                let start = line.exact.len() - after.len();
                starts.binary_search(&start).is_err() && goes_on(first_word(after), named)
            });
            !left && !right
        });
    }
}

fn around<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str, &'t str) {
    (&text[..range.start], &text[range.clone()], &text[range.end..])
}

/// Neither side goes on as a word does.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, _, after) = around(text, range);
    !before.ends_with(in_word) && !after.starts_with(in_word)
}

/// The word that a text ends with.
fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(in_word).len()..]
}

/// The word that a text begins with.
fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(in_word).len()]
}

/// Whether a word beyond a hyphen makes one name of both: it has a capital, and is no acronym beside a name in
/// small letters, as in Armenia-WTO.
fn goes_on(word: &str, named: &str) -> bool {
    let acronym = word.chars().nth(1).is_some() && !has_small(word);
    word.starts_with(char::is_uppercase) && !(acronym && has_small(named))
}
