//! `docs/findings.md` lists every code that the sources give, with its severity, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::pages::PENDING;
use super::{read, root};

type Codes = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_code_is_listed_with_its_severity() {
    let listed = listed().into_iter().filter(|it| !PENDING.contains(&&*it.0));
    let (listed, given): (Codes, _) = (listed.map(|it| (it.0, it.1.0)).collect(), given());
    let only = |a: &Codes, b: &Codes| -> Vec<String> {
        a.iter().filter(|it| b.get(it.0) != Some(it.1)).map(|it| format!("{} {:?}", it.0, it.1)).collect()
    };
    let (missing, stale) = (only(&given, &listed), only(&listed, &given));
    assert!(missing.is_empty() && stale.is_empty(), "to list: {missing:#?}\nnot so in src: {stale:#?}");
    assert!(given.len() > 30, "only {} codes were found in src", given.len());
}

/// The rows of the page's tables: codes, each linked to its page, with severities and a sentence.
pub(super) fn listed() -> BTreeMap<String, (BTreeSet<String>, String)> {
    let mut codes = BTreeMap::new();
    for line in read(&root().join("docs/findings.md")).lines() {
        let Some(row) = line.strip_prefix("| [`") else { continue };
        let (code, rest) = row.split_once("`](").expect("a code is linked to its page");
        let cells: Vec<&str> = rest.trim_end_matches(" |").split(" | ").collect();
        let [page, severities, what] = cells[..] else { panic!("three cells: {line}") };
        assert_eq!(page, format!("findings/{code}.md)"), "the page of `{code}`");
        let severities = severities.split(" or ").map(str::to_owned).collect();
        let row = (severities, what.to_owned());
        assert!(codes.insert(code.to_owned(), row).is_none(), "`{code}` is listed twice");
    }
    codes
}

/// Codes and severities as the sources write them where they make a finding.
pub(super) fn given() -> Codes {
    let mut codes = Codes::new();
    let mut add = |code: &str, severity: &str| {
        codes.entry(code.to_owned()).or_default().insert(severity.to_owned());
    };
    for path in sources(&root().join("src")) {
        let text = read(&path);
        for severity in ["error", "warning", "note"] {
            after(&text, &format!("Finding::{severity}(")).for_each(|it| add(it, severity));
        }
        after(&text, "unknown(").for_each(|it| add(it, "error"));
        for (at, mark) in text.match_indices("code: \"") {
            let rest = &text[at + mark.len()..];
            let severity = ["Error", "Warning", "Note"]
                .into_iter()
                .min_by_key(|it| rest.find(&format!("Severity::{it}")).unwrap_or(usize::MAX));
            add(literal(rest), &severity.expect("there are three").to_lowercase());
        }
        // Dates keep their codes in constants.
        if path.ends_with("date/error.rs") {
            let constants = after(&text, ": &str =")
                .filter(|it| it.bytes().all(|it| it == b'-' || it.is_ascii_lowercase()));
            constants.for_each(|it| add(it, "error"));
        }
    }
    codes
}

/// The literal that follows a mark, wherever one does at once.
fn after<'t>(text: &'t str, mark: &str) -> impl Iterator<Item = &'t str> {
    let rests = text.match_indices(mark).map(|(at, it)| text[at + it.len()..].trim_start());
    rests.filter_map(|it| it.strip_prefix('"')).map(literal)
}

/// Up to the closing quote.
fn literal(text: &str) -> &str {
    text.split('"').next().unwrap_or_default()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found
}
