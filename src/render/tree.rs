//! The chain from an answer to the articles, as a tree: the conclusion first, what it follows from under it.

use super::cells;
use super::safe::printable;
use super::text::Style;
use super::words::hanging;
use crate::answer::{Evidence, Reason};

/// What the lines of a tree are drawn with, each as wide as the others.
struct Strokes {
    /// Before one that others follow, and before the lines under it.
    one: [&'static str; 2],
    /// Before the last one, and before the lines under it.
    last: [&'static str; 2],
    /// Before the further lines of one that has others under it.
    stem: &'static str,
}

const UNICODE: Strokes = Strokes { one: ["├─ ", "│  "], last: ["└─ ", "   "], stem: "│  " };
const ASCII: Strokes = Strokes { one: ["|- ", "|  "], last: ["`- ", "   "], stem: "|  " };

/// However deep it stands, a line has this many columns for words.
const LEAST: usize = 16;

/// The tree; every line with a line end.
pub(super) fn drawn(reason: &Reason, style: Style) -> String {
    let strokes = if style.unicode { &UNICODE } else { &ASCII };
    let mut tree = Tree { strokes, width: style.width.max(Style::NARROWEST), text: String::new() };
    tree.reason(reason, "", "");
    tree.text
}

struct Tree {
    strokes: &'static Strokes,
    width: usize,
    text: String,
}

impl Tree {
    /// `first` stands before its first line, `rest` before all others.
    fn reason(&mut self, reason: &Reason, first: &str, rest: &str) {
        let stem = format!("{rest}{}", if reason.premises.is_empty() { "   " } else { self.strokes.stem });
        // A claim speaks for itself.
        let said = match &reason.evidence {
            Some(it) => said(it),
            None => vec![printable(reason.conclusion.trim()).into_owned()],
        };
        for (line, words) in said.iter().enumerate() {
            self.lines(words, if line == 0 { first } else { &stem }, &stem);
        }
        for (place, premise) in reason.premises.iter().enumerate() {
            let is_last = place + 1 == reason.premises.len();
            let [before, under] = if is_last { self.strokes.last } else { self.strokes.one };
            self.reason(premise, &format!("{rest}{before}"), &format!("{rest}{under}"));
        }
    }

    fn lines(&mut self, words: &str, first: &str, rest: &str) {
        let width = self.width.max(rest.chars().count() + LEAST);
        for line in hanging(words, first, rest, width) {
            self.text += &line;
            self.text.push('\n');
        }
    }
}

/// Where a claim stands, what it says, and the article's own words.
fn said(evidence: &Evidence) -> Vec<String> {
    let mut said = vec![cells::source(evidence), cells::on_a_line(&evidence.claim)];
    said.extend(evidence.passage.as_deref().map(|it| format!("\"{}\"", cells::on_a_line(it))));
    said
}
