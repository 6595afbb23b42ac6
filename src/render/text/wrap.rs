//! Prose broken into lines at its spaces.

use super::columns;
use crate::render::safe::is_plain;

struct Wrap {
    lines: Vec<String>,
    used: usize,
    first: usize,
    rest: usize,
}

/// Lines of words that are no wider than `first`, those after the first no wider than `rest`. A word that is wider
/// than a line is broken.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let short = text.len() <= first && is_plain(text);
    if short && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") {
        return vec![text.to_owned()];
    }
    let mut wrap = Wrap { lines: vec![String::with_capacity(first)], used: 0, first, rest };
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        wrap.word(word);
    }
    wrap.lines
}

impl Wrap {
    fn room(&self) -> usize {
        if self.lines.len() == 1 { self.first } else { self.rest }
    }

    fn word(&mut self, word: &str) {
        let width = columns::width(word);
        let space = usize::from(self.used > 0);
        if self.used + space + width <= self.room() {
            self.push(if space > 0 { " " } else { "" }, space);
            self.push(word, width);
            return;
        }
        if self.used > 0 || self.first < self.rest && self.lines.len() == 1 {
            self.line();
        }
        for it in word.chars() {
            self.letter(it);
        }
    }

    fn letter(&mut self, it: char) {
        let width = columns::of(it);
        if self.used > 0 && self.used + width > self.room() {
            self.line();
        }
        self.push(it.encode_utf8(&mut [0; 4]), width);
    }

    fn push(&mut self, text: &str, width: usize) {
        self.lines.last_mut().expect("there is a first").push_str(text);
        self.used += width;
    }

    fn line(&mut self) {
        self.lines.push(String::with_capacity(self.rest));
        self.used = 0;
    }
}
