mod answers;
mod formats;
mod lines;
mod looks;
mod pictures;
mod safe;
mod sarif;
mod sides;
mod sound;

use std::fs;
use std::path::Path;

use accede::finding::{Edit, Finding, Mend, Place, Slip};
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
    let text = sources.file(FileId(file)).text.whole();
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

/// The place of a word in a file of this number, as a passage.
fn passage(sources: &Sources, file: u32, word: &str) -> (FileId, Span) {
    let place = at(sources, file, word, "");
    (place.file, place.span)
}

/// What the invented articles of docs/example disagree about, with everything that a finding can say.
fn example() -> (Sources, Finding) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::default();
    for name in [
        "harbour-courier.accede",
        "harbour-courier-2016-03-02.txt",
        "valley-gazette.accede",
        "valley-gazette-2016-03-10.txt",
    ] {
        let path = format!("docs/example/{name}");
        let text = fs::read_to_string(root.join(&path)).expect("the example is there");
        sources.add(File::new(path, text.replace("\r\n", "\n")));
    }
    let side = |file, claim, label: &str, heading: &str, side, words| Place {
        heading: Some(heading.into()),
        side: Some(side),
        passages: [passage(&sources, file + 1, words)].into(),
        ..at(&sources, file, claim, label)
    };
    let courier = "Harbour Courier, 2016-03-02: \"Union counts its members\"";
    let gazette = "Valley Gazette, 2016-03-10: \"Neighbours in one market\"";
    let one =
        side(0, "Kyrgyzstan joins EAEU on 2015-08-06", "joins: 2015-08-06", courier, 0, "6 August 2015");
    let other = side(2, "Kyrgyzstan joins EAEU on 2015-05-08", "joins: 2015-05-08", gazette, 1, "8 May 2015");
    let message = "Kyrgyzstan in EAEU: it joins twice, and nothing says that it left in between";
    let mut finding = Finding::error("repeat", message, one).and(other).help("read both passages again");
    finding.slips.push(Slip {
        kind: "day-month-swapped",
        place: Some(1),
        why: "2015-05-08 may have been read for 2015-08-05, which is a day from 2015-08-06".into(),
    });
    let Place { file, span, .. } = at(&sources, 2, "2015-05-08", "");
    finding.mends.push(Mend {
        message: "write `on 2015-08-06` for `on 2015-05-08`".into(),
        edits: vec![Edit { file, span, replacement: "2015-08-06".into() }],
    });
    (sources, finding)
}
