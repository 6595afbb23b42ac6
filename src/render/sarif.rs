//! SARIF 2.1.0, which code hosts and editors read: one run of one tool.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Serialize;

use self::fingerprint::Fingerprints;
use super::json::{self, Layout};
use super::region::Region;
use super::said;
use crate::explain;
use crate::finding::{Edit, Finding, Mend};
use crate::source::{FileId, Sources, Span};

mod fingerprint;
mod uri;

/// Where the schema of the format is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All findings as one log, with a line end.
pub fn findings(findings: &[Finding], sources: &Sources) -> String {
    let codes: BTreeSet<&str> = findings.iter().map(|it| it.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut fingerprints = Fingerprints::default();
    let mut result = |it| {
        let fingerprint = fingerprints.of(it, sources);
        result(it, &codes, fingerprint, sources)
    };
    let results = findings.iter().map(&mut result).collect();
    let rules = codes.iter().map(|id| rule(id)).collect();
    let driver = Driver { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    json::write(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, Layout::Pretty)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

/// What the code's page says of it.
fn rule(id: &str) -> Rule<'_> {
    let page = explain::page(id);
    let first = page.and_then(|it| it.lines().find(|it| !it.is_empty() && !it.starts_with('#')));
    let text = first.map(|it| Text { text: it.to_owned() });
    Rule { id, short_description: text, help: page.map(|it| Help { text: it, markdown: it }) }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Text,
    locations: Vec<Spot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Spot>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
struct Fingerprint {
    #[serde(rename = "accedeTexts/v1")]
    texts: String,
}

#[derive(PartialEq, Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spot {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Lines,
}

#[derive(PartialEq, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Lines {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    bytes: Option<Bytes>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: usize,
    byte_length: usize,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: Vec<Change>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Lines,
    inserted_content: Text,
}

fn result<'a>(finding: &'a Finding, codes: &[&str], texts: String, sources: &Sources) -> Outcome<'a> {
    let place = |id, file, span, message: &str| Spot {
        id,
        physical_location: physical(file, span, sources),
        message: text(message),
    };
    let mut places = finding.places.iter();
    let first = places.next().map(|it| place(None, it.file, it.span, &it.label));
    let mut related: Vec<Spot> = Vec::new();
    for it in places {
        related.push(place(Some(related.len() + 1), it.file, it.span, &it.label));
    }
    let mut shown = BTreeSet::new();
    for it in &finding.places {
        let heading = it.heading.as_deref().or(it.article.as_deref()).unwrap_or_default();
        for &(file, span) in it.passages.iter().filter(|it| shown.insert(**it)) {
            related.push(place(Some(related.len() + 1), file, span, heading));
        }
    }
    let mut fixes: Vec<Fix> = Vec::new();
    for it in finding.mends.iter().filter_map(|it| fix(it, sources)) {
        // The format has them differ from each other.
        if !fixes.contains(&it) {
            fixes.push(it);
        }
    }
    Outcome {
        rule_id: finding.code,
        rule_index: codes.binary_search(&finding.code).unwrap_or_default(),
        level: said::severity(finding.severity),
        message: Text { text: said::all(finding, sources) },
        locations: first.into_iter().filter(|it| it.physical_location.is_some()).collect(),
        related_locations: related,
        partial_fingerprints: Fingerprint { texts },
        fixes,
    }
}

fn text(text: &str) -> Option<Text> {
    (!text.is_empty()).then(|| Text { text: text.to_owned() })
}

/// Of a file without a name there is no place to name.
fn physical(file: FileId, span: Span, sources: &Sources) -> Option<Physical> {
    let region = lines(Region::of(sources.file(file), span), None);
    artifact(file, sources).map(|artifact_location| Physical { artifact_location, region })
}

fn artifact(file: FileId, sources: &Sources) -> Option<Artifact> {
    let path = &sources.file(file).path;
    (!path.is_empty()).then(|| Artifact { uri: uri::of(path) })
}

fn lines(region: Region, bytes: Option<Bytes>) -> Lines {
    Lines {
        start_line: region.line,
        start_column: region.column,
        end_line: region.end_line,
        end_column: region.end_column,
        bytes,
    }
}

/// The edits of a mend by file; nothing if one of them has no name, as a part of a mend is none.
fn fix(mend: &Mend, sources: &Sources) -> Option<Fix> {
    let mut files: IndexMap<FileId, Vec<&Edit>> = IndexMap::new();
    for it in &mend.edits {
        files.entry(it.file).or_default().push(it);
    }
    let change = |(file, edits): (FileId, Vec<&Edit>)| {
        let replacements = edits.into_iter().map(|it| replacement(it, sources)).collect();
        artifact(file, sources).map(|artifact_location| Change { artifact_location, replacements })
    };
    let artifact_changes: Vec<Change> = files.into_iter().map(change).collect::<Option<_>>()?;
    let description = Text { text: mend.message.clone() };
    (!artifact_changes.is_empty()).then_some(Fix { description, artifact_changes })
}

fn replacement(edit: &Edit, sources: &Sources) -> Replacement {
    let region = Region::of(sources.file(edit.file), edit.span);
    let bytes = Bytes { byte_offset: region.start, byte_length: region.end - region.start };
    Replacement {
        deleted_region: lines(region, Some(bytes)),
        inserted_content: Text { text: edit.replacement.clone() },
    }
}
