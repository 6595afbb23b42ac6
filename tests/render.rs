mod looks;
mod safe;
mod sound;

use accede::finding::{Finding, Place};
use accede::render::text::{self, Style};
use accede::source::{File, FileId, Sources, Span};

const PLAIN: Style = Style { width: 80, color: false, unicode: true };

/// Files named `a.accede`, `b.accede` ...
fn sources(texts: &[&str]) -> Sources {
    let mut sources = Sources::default();
    for (name, text) in ('a'..).zip(texts) {
        sources.add(File::new(format!("seeds/{name}.accede"), *text));
    }
    sources
}

/// The place of a word that a file has once.
fn at(sources: &Sources, file: u32, word: &str, label: &str) -> Place {
    let text = &sources.file(FileId(file)).text;
    let start = text.find(word).unwrap_or_else(|| panic!("no `{word}`"));
    Place::new(FileId(file), Span::new(start, start + word.len()), label)
}

/// Shows one file with one word marked.
fn marked(text: &str, word: &str, style: Style) -> String {
    let sources = sources(&[text]);
    let place = at(&sources, 0, word, "here");
    text::finding(&Finding::error("clash", "they disagree", place), &sources, style)
}

fn span(start: usize, end: usize, label: &str) -> Place {
    Place::new(FileId(0), Span::new(start, end), label)
}
