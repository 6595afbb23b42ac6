//! JSON: stable, documented in `docs/json.md`, and free of characters that disturb a terminal.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::region::Region;
use super::safe;
use crate::answer::Answer;
use crate::engine::Unanswered;
use crate::finding::{Edit, Finding, Mend, Place, Severity};
use crate::source::{FileId, Sources, Span};

/// How a value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// On several lines.
    Pretty,
    /// On one line.
    Line,
}

/// An answer, with a line end.
pub fn answer(answer: &Answer, layout: Layout) -> String {
    write(answer, layout)
}

/// A question that was not answered: no answers, and why.
pub fn unanswered(unanswered: &Unanswered, layout: Layout) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        question: &'a str,
        answers: [(); 0],
        findings: Vec<Entry<'a>>,
    }
    let findings = entries(&unanswered.findings, &unanswered.sources);
    write(&Document { question: &unanswered.question, answers: [], findings }, layout)
}

/// All findings, with a line end.
pub fn findings(findings: &[Finding], sources: &Sources, layout: Layout) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        findings: Vec<Entry<'a>>,
    }
    write(&Document { findings: entries(findings, sources) }, layout)
}

/// What the texts name and no claim rests on, with a line end.
pub fn coverage(coverage: &crate::coverage::Report) -> String {
    write(coverage, Layout::Pretty)
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    places: Vec<Said<'a>>,
    slips: Vec<Looks<'a>>,
    mends: Vec<Change<'a>>,
}

/// Lines and columns count from 1, columns in characters; the end is the first column after it.
#[derive(Serialize)]
struct At<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Said<'a> {
    #[serde(flatten)]
    at: At<'a>,
    article: Option<&'a str>,
    heading: Option<&'a str>,
    side: Option<u32>,
    text: &'a str,
    label: &'a str,
    passages: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    #[serde(flatten)]
    at: At<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Looks<'a> {
    kind: &'a str,
    place: Option<usize>,
    why: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    message: &'a str,
    edits: Vec<Writes<'a>>,
}

/// Beside lines and columns, the bytes from `start` up to `end`.
#[derive(Serialize)]
struct Writes<'a> {
    #[serde(flatten)]
    at: At<'a>,
    start: usize,
    end: usize,
    replacement: &'a str,
}

fn entries<'a>(findings: &'a [Finding], sources: &'a Sources) -> Vec<Entry<'a>> {
    let entry = |it: &'a Finding| Entry {
        code: it.code,
        severity: it.severity,
        message: &it.message,
        help: it.help.as_deref(),
        places: it.places.iter().map(|it| said(it, sources)).collect(),
        slips: it.slips.iter().map(|it| Looks { kind: it.kind, place: it.place, why: &it.why }).collect(),
        mends: it.mends.iter().map(|it| change(it, sources)).collect(),
    };
    findings.iter().map(entry).collect()
}

fn said<'a>(place: &'a Place, sources: &'a Sources) -> Said<'a> {
    let (at, region) = at(place.file, place.span, sources);
    let passage = |&(file, span): &(FileId, Span)| {
        let (at, region) = self::at(file, span, sources);
        Passage { at, text: region.text(sources.file(file)) }
    };
    Said {
        at,
        article: place.article.as_deref(),
        heading: place.heading.as_deref(),
        side: place.side,
        text: region.text(sources.file(place.file)),
        label: &place.label,
        passages: place.passages.iter().map(passage).collect(),
    }
}

fn change<'a>(mend: &'a Mend, sources: &'a Sources) -> Change<'a> {
    let writes = |it: &'a Edit| {
        let (at, Region { start, end, .. }) = at(it.file, it.span, sources);
        Writes { at, start, end, replacement: &it.replacement }
    };
    Change { message: &mend.message, edits: mend.edits.iter().map(writes).collect() }
}

fn at(file: FileId, span: Span, sources: &Sources) -> (At<'_>, Region) {
    let file = sources.file(file);
    let region = Region::of(file, span);
    let Region { line, column, end_line, end_column, .. } = region;
    (At { file: &file.path, line, column, end_line, end_column }, region)
}

/// A value as JSON, with a line end.
pub(super) fn write(value: &impl Serialize, layout: Layout) -> String {
    let mut bytes = Vec::new();
    let written = match layout {
        Layout::Pretty => {
            value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe(PrettyFormatter::new())))
        }
        Layout::Line => value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe(CompactFormatter))),
    };
    written.expect("a string takes all");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Another formatter, with controls and marks of direction escaped.
struct Safe<F>(F);

macro_rules! as_before {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        }
    )*};
}

impl<F: Formatter> Formatter for Safe<F> {
    as_before! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        if !text.contains(safe::disturbs) {
            return writer.write_all(text.as_bytes());
        }
        let mut letter = [0; 4];
        for it in text.chars() {
            if safe::disturbs(it) {
                it.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            } else {
                writer.write_all(it.encode_utf8(&mut letter).as_bytes())?;
            }
        }
        Ok(())
    }
}
