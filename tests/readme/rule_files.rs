//! Rule files in the pages: those marked `accede` have no findings beside the shipped rules, those marked
//! `accede-wrong CODE ...` have findings of just these codes.

use std::collections::BTreeSet;
use std::fs;

use accede::engine::Engine;
use accede::finding::{Finding, Severity};
use accede::source::File;

use super::{blocks, read, root};

fn shipped() -> Vec<File> {
    let rules = fs::read_dir(root().join("rules")).expect("rules/ is there");
    let mut paths: Vec<_> = rules.map(|it| it.expect("rules/ can be listed").path()).collect();
    paths.sort();
    paths.iter().map(|it| File::new(it.to_string_lossy(), read(it))).collect()
}

/// What is wrong with a text beside the shipped rules; notes find no fault with it.
fn found(text: &str) -> Vec<Finding> {
    let mut files = shipped();
    files.push(File::new("page.accede", text));
    let findings = Engine::read(files, &[]).check();
    findings.into_iter().filter(|it| it.severity != Severity::Note).collect()
}

#[test]
fn rule_files_have_no_findings() {
    let mut count = 0;
    for block in blocks().iter().filter(|it| it.info == "accede") {
        count += 1;
        let found = found(&block.text);
        assert!(found.is_empty(), "{}: {found:#?}", block.at);
    }
    assert!(count >= 5, "only {count} rule files were found in the pages");
}

#[test]
fn wrong_rule_files_have_the_findings_they_name() {
    for block in blocks() {
        let Some(codes) = block.info.strip_prefix("accede-wrong") else { continue };
        let named: BTreeSet<&str> = codes.split_whitespace().collect();
        let found = found(&block.text);
        let codes: BTreeSet<&str> = found.iter().map(|it| it.code).collect();
        assert!(!codes.is_empty() && (named.is_empty() || codes == named), "{}: {found:#?}", block.at);
    }
}
