//! The institutions of `docs/institutions/`: each file passes its tests beside the parties alone, and all of them
//! together. What is found in them is a snapshot: where sources disagree, and plans that did not come about.

use std::fs;

use accede::engine::Engine;
use accede::render::text;

const FOLDER: &str = "docs/institutions";
const PARTIES: &str = "docs/institutions/parties.accede";
const STYLE: text::Style = text::Style { width: 100, color: false, unicode: true };

/// The files with institutions, in order.
fn institutions() -> Vec<String> {
    let entries = fs::read_dir(FOLDER).expect("docs/institutions/ is there");
    let names = entries.map(|it| it.expect("it can be listed").file_name().into_string().expect("UTF-8"));
    let files = names.filter(|it| it.ends_with(".accede")).map(|it| format!("{FOLDER}/{it}"));
    let mut files: Vec<String> = files.filter(|it| it != PARTIES).collect();
    files.sort();
    files
}

/// How many tests passed; a failure is shown.
fn passed(paths: &[&str]) -> usize {
    let run = Engine::load(paths, &[]).tests(None);
    assert!(run.is_well(), "{paths:?}: {run:#?}");
    run.tests.len()
}

#[test]
fn each_passes_its_tests_alone() {
    let files = institutions();
    assert_eq!(files.len(), 5, "{files:?}");
    for file in files {
        let count = passed(&["rules", PARTIES, &file]);
        assert!(count >= 6, "{file} has only {count} tests");
    }
}

#[test]
fn all_pass_their_tests_together() {
    let alone: usize = institutions().iter().map(|it| passed(&["rules", PARTIES, it])).sum();
    assert_eq!(passed(&["rules", FOLDER]), alone);
}

#[test]
fn what_is_found_in_them() {
    let engine = Engine::load(&["rules", FOLDER], &[]);
    let found = text::findings(&engine.check(), engine.sources(), STYLE);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("institutions");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("findings", found));
}
