//! One shape for every complaint: what is wrong, how bad it is, where, and what to do about it.

use serde::Serialize;

use crate::source::{FileId, Sources, Span};

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
    pub label: String,
    /// The name of the article it stands in, where that matters.
    pub article: Option<String>,
    /// What a reader knows that article by: publisher, date and title.
    pub heading: Option<String>,
}

impl Place {
    pub fn new(file: FileId, span: Span, label: impl Into<String>) -> Place {
        Place { file, span, label: label.into(), article: None, heading: None }
    }
}

impl Finding {
    pub fn error(code: &'static str, message: impl Into<String>, place: Place) -> Finding {
        Finding { code, severity: Severity::Error, message: message.into(), help: None, places: vec![place] }
    }

    pub fn warning(code: &'static str, message: impl Into<String>, place: Place) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, message, place) }
    }

    pub fn note(code: &'static str, message: impl Into<String>, place: Place) -> Finding {
        Finding { severity: Severity::Note, ..Finding::error(code, message, place) }
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
    let key = |it: &Finding| {
        let first = it.places.first();
        let path = first.map(|it| sources.file(it.file).path.clone()).unwrap_or_default();
        (path, first.map(|it| it.span), it.code, it.message.clone())
    };
    findings.sort_by_cached_key(key);
    findings.dedup();
}
