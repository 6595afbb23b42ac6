//! One shape for every complaint: what is wrong, how bad it is, where, and what to do about it.

mod tally;

use std::cmp::Ordering;

use rayon::prelude::*;
use serde::Serialize;
use smallvec::SmallVec;

use crate::source::{FileId, Sources, Span};
pub use tally::{Count, Tally};

/// Something that a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable name of its kind, such as `unknown-party`.
    pub code: &'static str,
    pub severity: Severity,
    /// Lower case, no full stop, names in back-quotes.
    pub message: String,
    pub help: Option<String>,
    /// The first place is where it is; the others are the other sides of it, in any number of files.
    pub places: Vec<Place>,
    /// Of a contradiction: what kinds of slip it looks like.
    pub slips: Vec<Slip>,
    /// Changes of the files each of which would settle it, the smallest first.
    pub mends: Vec<Mend>,
}

/// A way in which people get dates wrong, and that two dates look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Stable name of its kind, such as `day-month-swapped`.
    pub kind: &'static str,
    /// Which of the finding's places looks wrong, where that can be told.
    pub place: Option<usize>,
    /// Why it looks so.
    pub why: String,
}

/// A change that would settle a contradiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// What to do, as an order: lower case, no full stop.
    pub message: String,
    /// To be made together.
    pub edits: Vec<Edit>,
}

/// A piece of a file, and what to write instead; an empty piece is where to insert.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub file: FileId,
    pub span: Span,
    pub replacement: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// A passage of a file, and what is to be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub file: FileId,
    pub span: Span,
    /// What to say under the passage; may be empty.
    pub label: Box<str>,
    /// The name of the article it stands in, where that matters.
    pub article: Option<Box<str>>,
    /// What a reader knows that article by: publisher, date and title.
    pub heading: Option<Box<str>>,
    /// Of a contradiction: which side it is on, counted from 0. Places of one side agree with each other.
    pub side: Option<u32>,
    /// The lines of the article itself that it rests on, where the text is at hand.
    pub passages: Box<[(FileId, Span)]>,
}

impl Place {
    pub fn new(file: FileId, span: Span, label: impl Into<Box<str>>) -> Place {
        Place {
            file,
            span,
            label: label.into(),
            article: None,
            heading: None,
            side: None,
            passages: Box::default(),
        }
    }
}

impl From<Place> for Vec<Place> {
    fn from(place: Place) -> Vec<Place> {
        vec![place]
    }
}

impl Finding {
    pub fn error(code: &'static str, message: impl Into<String>, places: impl Into<Vec<Place>>) -> Finding {
        Finding {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            places: places.into(),
            slips: Vec::new(),
            mends: Vec::new(),
        }
    }

    pub fn warning(code: &'static str, message: impl Into<String>, places: impl Into<Vec<Place>>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, message, places) }
    }

    pub fn note(code: &'static str, message: impl Into<String>, places: impl Into<Vec<Place>>) -> Finding {
        Finding { severity: Severity::Note, ..Finding::error(code, message, places) }
    }

    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Finding {
        Finding { help: Some(help.into()), ..self }
    }

    #[must_use]
    pub fn and(mut self, place: Place) -> Finding {
        self.places.push(place);
        self
    }
}

/// By file, place and code; of two that are the same, one.
pub fn sort(findings: &mut Vec<Finding>, sources: &Sources) {
    // Findings are large: they are moved once they have their places.
    let order = order(findings, sources);
    for at in 0..order.len() {
        // What stood there may have been moved on.
        let mut from = order[at];
        while from < at {
            from = order[from];
        }
        findings.swap(at, from);
    }
    findings.dedup();
}

/// The same, but for their order. Those without a message are not the same.
pub fn distinct(findings: &mut Vec<Finding>) {
    let numbered = findings.par_iter().enumerate().filter(|it| !it.1.message.is_empty());
    let mut by_place: Vec<_> = numbered.map(|(number, it)| (first_place(it), number)).collect();
    by_place.par_sort_unstable();
    let mut again = Vec::new();
    for here in by_place.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
        // The last one of each code and message.
        let mut last: SmallVec<[usize; 4]> = SmallVec::new();
        for &(_, number) in here {
            let it: &Finding = &findings[number];
            let alike = |known: &&mut usize| {
                let known = &findings[**known];
                (known.code, &known.message) == (it.code, &it.message)
            };
            match last.iter_mut().find(alike) {
                Some(known) if findings[*known] == *it => again.push(number),
                Some(known) => *known = number,
                None => last.push(number),
            }
        }
    }
    again.sort_unstable();
    let mut again = again.into_iter().peekable();
    let mut numbers = 0..;
    findings.retain(|_| again.next_if_eq(&numbers.next().unwrap_or_default()).is_none());
}

fn first_place(finding: &Finding) -> Option<(FileId, Span)> {
    finding.places.first().map(|it| (it.file, it.span))
}

/// Their numbers, by file, place and code.
fn order(findings: &[Finding], sources: &Sources) -> Vec<usize> {
    let mut order: Vec<_> = findings.iter().map(first_place).zip(0..).collect();
    let path = |it: Option<(FileId, Span)>| it.map_or("", |it| &sources.file(it.0).path);
    let by_path = |a: Option<(FileId, Span)>, b: Option<(FileId, Span)>| {
        // Most are in one file.
        if a.map(|it| it.0) == b.map(|it| it.0) { Ordering::Equal } else { path(a).cmp(path(b)) }
    };
    order.par_sort_unstable_by(|(a, number_a), (b, number_b)| {
        let said = |it: &usize| (findings[*it].code, &findings[*it].message);
        let by_place = || a.map(|it| it.1).cmp(&b.map(|it| it.1));
        by_path(*a, *b)
            .then_with(by_place)
            .then_with(|| said(number_a).cmp(&said(number_b)))
            .then(number_a.cmp(number_b))
    });
    order.into_iter().map(|it| it.1).collect()
}
