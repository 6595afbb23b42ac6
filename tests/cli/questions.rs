//! Questions on the command line and from standard input.

use serde_json::Value;

use super::{Folder, disagreement, project, snapshot};

const QUESTIONS: &[u8] = b"members of CSTO on 2012-12-19\n\n \t \r\nmembers off CSTO\nmembers of CTSO on 2012-12-19\r\n\xff\xfe of CSTO\n  blocs of Armenia on 2012-12-19  # says who\nstatus of Uzbekistan in CSTO on 2012-13-19";

fn lines(folder: &Folder, input: impl AsRef<[u8]>) -> Vec<Value> {
    let printed = folder.run(&["ask", "--format", "json", "-"]).input(input).stdout();
    printed.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

fn code(line: &Value) -> Option<&str> {
    line["findings"][0]["code"].as_str()
}

#[test]
fn several_questions() {
    let project = project("questions");
    let formats = ["human", "json", "csv"];
    for format in formats {
        let run = project.run(&["ask", "-", "--format", format]).input(QUESTIONS);
        let gaps = run.stdout().contains("\n\n\n") || run.stdout().ends_with("\n\n");
        assert!(!gaps, "a question without an answer leaves no hole: {}", run.shown());
    }
    snapshot("questions", &formats.map(|it| project.run(&["ask", "-", "--format", it]).input(QUESTIONS)));
}

/// One line each, in order, and nothing on the other stream.
#[test]
fn one_line_of_json_for_each_question() {
    let project = project("questions-json");
    let answers = lines(&project, QUESTIONS);
    let codes: Vec<_> = answers.iter().map(code).collect();
    assert_eq!(codes[..2], [None, Some("syntax")]);
    assert_eq!(codes[2..4], [Some("unknown-bloc"), Some("syntax")]);
    assert_eq!(codes[4..], [None, Some("no-such-day")]);
    assert!(answers.iter().all(|it| it["question"].is_string() && it["answers"].is_array()));
    let run = project.run(&["ask", "--format", "json", "-"]).input(QUESTIONS);
    assert_eq!((run.code(), run.stderr().as_str()), (Some(1), ""));
}

#[test]
fn no_question_at_all() {
    let project = project("no-question");
    for input in ["", "\n", " \n\t\r\n"] {
        let run = project.run(&["ask", "-"]).input(input);
        assert_eq!(
            (run.code(), run.stdout().as_str(), run.stderr().as_str()),
            (Some(0), "", ""),
            "{input:?}"
        );
    }
    for question in ["", " ", "?"] {
        let run = project.run(&["ask", question]);
        assert_eq!((run.code(), run.stdout().as_str()), (Some(1), ""), "{question:?}");
    }
}

/// Windows puts a byte order mark before what it pipes.
#[test]
fn a_byte_order_mark_before_the_questions() {
    let answers = lines(&project("questions-bom"), "\u{feff}members of CSTO on 2012-12-19\r\n");
    assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), [None], "{answers:?}");
}

/// A question beyond the limit is refused, and the one after it answered, wherever the limit falls.
#[test]
fn overlong_questions_take_no_neighbour_with_them() {
    let project = project("questions-long");
    let limit = 1 << 20;
    for length in [limit - 2, limit - 1, limit, limit + 1, 2 * limit - 1, 2 * limit] {
        let mut input = b"blocs of Armenia on 2012-12-19\n".to_vec();
        input.extend(vec![b'x'; length]);
        input.extend(b"\nmembers of CSTO on 2012-12-19\n");
        let codes: Vec<_> = lines(&project, input).iter().map(|it| code(it).map(str::to_owned)).collect();
        assert_eq!(codes, [None, Some("line-too-long".to_owned()), None], "{length}");
    }
    // The limit falls inside a letter, and the file ends there.
    let answers = lines(&project, "é".repeat(limit));
    assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), [Some("line-too-long")]);
}

#[test]
fn names_that_are_not_known() {
    let project = project("unknown");
    snapshot(
        "unknown",
        &[
            project.run(&["ask", "members of CTSO on 2012-12-19"]),
            project.run(&["ask", "blocs of Armania on 2012-12-19"]),
            project.run(&["ask", "membrs of CSTO on 2012-12-19"]),
            project.run(&["ask", "members of \"Warsaw Pact\" on 2012-12-19"]),
            project.run(&["ask", "--format", "json", "status of Armania in CTSO on 2012-02-30"]),
            project.run(&["ask", "--format", "csv", "members of CTSO"]),
        ],
    );
    assert!(project.run(&["ask", "members of CTSO"]).stderr().contains("did you mean `CSTO`?"));
}

#[test]
fn questions_that_cannot_be_answered_yet_say_so() {
    let project = project("not-yet");
    for question in [
        "changes in CSTO between 1999 and 2013",
        "common blocs of Armenia and Belarus on 2012-12-19",
        "members of CSTO and not members of CIS on 2012-12-19",
        "count members of CIS every year from 1992 to 2020",
        "why Uzbekistan in CSTO on 2012-12-19",
        "did Uzbekistan leave CSTO in 1999",
        "members of CSTO on 2012-12-19 without first",
    ] {
        let run = project.run(&["ask", question, "--format", "json"]);
        let answer = run.json();
        let answered = run.code() == Some(0) && code(&answer).is_none();
        assert!(
            answered || run.code() == Some(1) && code(&answer) == Some("not-yet"),
            "{question}: {answer}"
        );
    }
}

/// Findings of the files go with an answer that they may have changed, on the other stream.
#[test]
fn wrong_files_are_said_beside_the_answer() {
    let project =
        disagreement("beside").file("seeds/third.accede", "article third\n  Armenia jions CSTO in 1994\n");
    let run = project.run(&["ask", "--format", "csv", "blocs of Belarus on 2012-12-19"]);
    assert_eq!(run.code(), Some(1));
    assert!(run.stdout().contains("Belarus,CSTO") && run.stderr().contains("jions"), "{}", run.shown());
}
