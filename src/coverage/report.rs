//! Coverage as it is told: to people, and as a value to be written as JSON.

use serde::Serialize;

use super::{Coverage, Summary};
use crate::ledger::Ledger;
use crate::source::Sources;

/// What `accede check --coverage` says; `docs/json/coverage.schema.json` describes it as JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    pub summary: Summary,
    pub uncovered: Vec<Entry<'a>>,
}

/// A line that names a party and a bloc, and that no claim rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Entry<'a> {
    pub article: &'a str,
    /// The file with the article's text.
    pub file: &'a str,
    /// Counted from 1.
    pub line: usize,
    pub parties: Vec<&'a str>,
    pub blocs: Vec<&'a str>,
    /// The line itself.
    pub text: &'a str,
}

/// Coverage with the names of what it speaks of.
pub fn report<'a>(coverage: &Coverage, ledger: &'a Ledger, sources: &'a Sources) -> Report<'a> {
    let entry = |it: &super::Uncovered| {
        let (file, span) = it.place;
        let file = sources.file(file);
        Entry {
            article: &ledger.article(it.article).name,
            file: &file.path,
            line: it.line,
            parties: it.named.parties.iter().map(|it| ledger.party(*it).name.as_str()).collect(),
            blocs: it.named.blocs.iter().map(|it| ledger.bloc(*it).name.as_str()).collect(),
            text: file.slice(span),
        }
    };
    Report { summary: coverage.summary, uncovered: coverage.uncovered.iter().map(entry).collect() }
}

impl Report<'_> {
    /// Each article with its lines, then the sum. What would disturb a terminal is for the caller to take out of
    /// each line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for lines in self.uncovered.chunk_by(|a, b| a.article == b.article && a.file == b.file) {
            text += &format!("{}\n", lines[0].article);
            for it in lines {
                let (parties, blocs) = (it.parties.join(", "), it.blocs.join(", "));
                text += &format!("  {}:{}  {parties} | {blocs}\n", it.file, it.line);
            }
            text.push('\n');
        }
        text + &self.summary.sentence() + "\n"
    }
}

impl Summary {
    fn sentence(&self) -> String {
        let Summary { with_text, without_text, lines, covered } = *self;
        if with_text == 0 {
            return format!("the text of no article is at hand ({} without)", articles(without_text));
        }
        let (lines, name) =
            if lines == 1 { ("1 line", "names") } else { (&*format!("{lines} lines"), "name") };
        let without = match without_text {
            0 => String::new(),
            _ => format!(" (left out: {} without a text at hand)", articles(without_text)),
        };
        format!(
            "in {}, {lines} {name} a party and a bloc; claims rest on {covered}{without}",
            articles(with_text)
        )
    }
}

fn articles(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}
