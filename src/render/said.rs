//! What a finding says, in words that the formats share.

use super::region::Region;
use super::safe::printable;
use crate::finding::{Finding, Mend, Place, Severity};
use crate::source::{FileId, Sources, Span};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The name of a kind of slip as words.
fn words(kind: &str) -> String {
    let known = match kind {
        "placeholder" => "a date that stands for none",
        "own-date" => "the article's own date",
        "century" => "another century",
        "day-month-swapped" => "day and month swapped",
        "year-as-1-january" => "1 January for a whole year",
        "last-day-first-day" => "last day or first day",
        "digits-transposed" => "two digits swapped",
        "other-year" => "another year",
        _ => return kind.replace('-', " "),
    };
    known.to_owned()
}

/// What to do, what it looks like, and what would settle it: each a word and what follows it.
pub(super) fn notes(finding: &Finding, sources: &Sources) -> impl Iterator<Item = (&'static str, String)> {
    let help = finding.help.iter().map(|it| ("help", it.clone()));
    let slips = finding.slips.iter().map(|it| {
        let why = if it.why.trim().is_empty() { String::new() } else { format!(": {}", it.why) };
        let wrong = it.place.and_then(|it| finding.places.get(it));
        let wrong = wrong.map(|it| format!("; {} looks wrong", line_of(it.file, it.span, sources)));
        ("slip", format!("{}{why}{}", words(it.kind), wrong.unwrap_or_default()))
    });
    let mends = finding.mends.iter().map(|it| ("mend", format!("{}{}", it.message, place(it, sources))));
    help.chain(slips).chain(mends).filter(|it| !it.1.trim().is_empty())
}

fn line_of(file: FileId, span: Span, sources: &Sources) -> String {
    let file = sources.file(file);
    format!("{}:{}", file.path, Region::of(file, span).line)
}

/// Where a mend changes something, as its message need not name the line.
fn place(mend: &Mend, sources: &Sources) -> String {
    let mut places: Vec<String> = Vec::new();
    for it in &mend.edits {
        let place = line_of(it.file, it.span, sources);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    match &places[..] {
        [] => String::new(),
        [one] => format!(" ({one})"),
        [first, rest @ ..] => format!(" ({first} and {} more)", rest.len()),
    }
}

/// The message and all notes, one or more lines each, fit for a terminal.
pub(super) fn all(finding: &Finding, sources: &Sources) -> String {
    let mut lines = vec![printable(&finding.message).into_owned()];
    for (kind, text) in notes(finding, sources) {
        let text: Vec<_> = text.lines().map(printable).collect();
        lines.push(format!("{kind}: {}", text.join("\n")));
    }
    lines.join("\n")
}

/// The first place of another side than the first; of a finding without sides the next place.
pub(super) fn other_side(finding: &Finding) -> Option<&Place> {
    let (first, rest) = finding.places.split_first()?;
    let sides = finding.places.iter().any(|it| it.side.is_some());
    let other = |it: &&Place| !sides || it.side.is_some() && it.side != first.side;
    rest.iter().filter(other).find(|it| (it.file, it.span) != (first.file, first.span))
}
