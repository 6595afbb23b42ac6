//! Formats of answers, for one question and for many.

use super::{project, root, snapshot};

const HISTORY: &str = "history of Uzbekistan in CSTO";

#[test]
fn every_format_of_an_answer() {
    let formats = ["human", "json", "jsonl", "csv", "markdown", "svg"];
    let project = project("answer-formats");
    snapshot("answer-formats", &formats.map(|it| project.run(&["ask", HISTORY, "--format", it])));
    let lines = |format: &str| project.run(&["ask", HISTORY, "--format", format]).stdout();
    assert_eq!(lines("json-lines"), lines("jsonl"));
}

#[test]
fn json_lines_for_many_questions() {
    let project = project("answer-lines");
    let input = "members of CSTO on 2012-12-19\nmembers of Nowhere\nhistory of CSTO\n";
    let run = |arguments: &[&str]| project.run(&[&["ask", "-"], arguments].concat()).input(input);
    let lines = run(&[]).stdout();
    assert_eq!(lines.lines().count(), 3);
    for format in ["json", "jsonl"] {
        assert_eq!(run(&["--format", format]).stdout(), lines);
    }
    assert!(run(&["--format", "human"]).stdout().starts_with("members of CSTO on 2012-12-19\n\n Armenia"));
}

/// A header stands before rows of another kind than those before them.
#[test]
fn csv_of_several_kinds() {
    let questions = "members of CSTO on 2012-12-19\nchanges in CSTO between 1990 and 2013\nmembers of CIS on 1950\n\
        changes in CSTO between 1990 and 2013\nstatus of Armenia in CSTO on 2012-12-19\n";
    let project = project("answer-kinds");
    snapshot("answer-kinds", &[project.run(&["ask", "-", "--format", "csv"]).input(questions)]);
}

#[test]
fn what_has_no_picture_says_so() {
    let project = project("answer-pictures");
    let runs = [
        project.run(&["ask", "members of CSTO on 2012-12-19", "--format", "svg"]),
        project.run(&["ask", "-", "--format", "svg"]).input("history of CSTO\n"),
        project.run(&["ask", "history of CTSO", "--format", "svg"]),
    ];
    assert_eq!(runs.each_ref().map(super::Run::code), [Some(2), Some(2), Some(1)]);
    assert!(runs.iter().all(|it| it.stdout().is_empty()));
    snapshot("answer-pictures", &runs);
}

/// The picture that the page on formats shows. With `UPDATE_PAGES=1` it is made to be it.
#[test]
fn the_picture_of_the_page() {
    let printed = root(&["ask", HISTORY, "--format", "svg"]).stdout();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/example/history.svg");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n"), printed);
}
