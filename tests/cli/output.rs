//! Answers, findings and help: their form, width and colours.

use serde_json::Value;

use super::{Run, disagreement, project, root, snapshot};

const MAIN: &str = "members of CSTO on 2012-12-19";

#[test]
fn the_main_job() {
    let formats = ["human", "json", "csv"];
    snapshot("main-job", &formats.map(|it| root(&["ask", MAIN, "--format", it])));
}

#[test]
fn what_ships_is_clean() {
    assert_eq!(root(&["check"]).code(), Some(0), "{}", root(&["check"]).shown());
}

#[test]
fn help() {
    let short: [&[&str]; 4] = [&["-h"], &["ask", "-h"], &["check", "-h"], &["--version"]];
    let long: [&[&str]; 3] = [&["--help"], &["ask", "--help"], &["check", "--help"]];
    let project = project("help");
    let example = "  accede ask --format json - < questions.txt\n";
    assert!(project.run(&["ask", "--help"]).stdout().contains(example), "an example to copy is one line");
    snapshot("help-short", &short.map(|it| project.run(it)));
    snapshot("help-long", &long.map(|it| project.run(it)));
}

#[test]
fn wrong_usage() {
    let wrong: [&[&str]; 7] = [
        &[],
        &["chek"],
        &["check", "--artcles", "x"],
        &["check", "--format", "csv"],
        &["ask"],
        &["ask", MAIN, "--format", "yaml"],
        &["check", "--color", "sometimes"],
    ];
    let project = project("usage");
    for it in wrong {
        let output = project.run(it).output();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{it:?}");
    }
    snapshot("usage", &wrong.map(|it| project.run(it)));
}

#[test]
fn a_clean_project() {
    let project = project("clean");
    snapshot("clean", &[project.run(&["check"]), project.run(&["check", "--format", "json"])]);
}

#[test]
fn a_contradiction_between_two_files() {
    let project = disagreement("contradiction");
    let json = project.run(&["check", "--format", "json"]);
    assert_eq!(json.code(), Some(1));
    let findings = json.json();
    let clash = findings["findings"].as_array().unwrap().iter().find(|it| it["code"] == "clash").unwrap();
    let place = |file: &str| {
        let places = clash["places"].as_array().unwrap();
        places.iter().find(|it| it["file"] == file).unwrap_or_else(|| panic!("no place in {file}: {clash}"))
    };
    for (file, line, article, title, text) in [
        ("seeds/first.accede", 4, "first", "The pact", "Armenia and Belarus member-of CSTO on Wednesday  @7"),
        ("seeds/second.accede", 3, "second", "Another view", "Armenia not member-of CSTO on 2012-12-19  @3"),
    ] {
        let place = place(file);
        assert_eq!((&place["line"], &place["column"]), (&line.into(), &3.into()), "{place}");
        assert_eq!(place["text"], text);
        assert_eq!(place["article"], article);
        assert!(place["heading"].as_str().is_some_and(|it| it.contains(title)), "{place}");
    }
    let ask = ["human", "json", "csv"].map(|it| project.run(&["ask", MAIN, "--format", it]));
    let [human, json_answer, csv] = ask;
    snapshot("contradiction", &[project.run(&["check"]), json, human, json_answer, csv]);
}

/// Neither stream has a line wider than the terminal.
#[test]
fn narrow_terminal() {
    let project = disagreement("narrow");
    let asked: [&[&str]; 3] = [&["check"], &["ask", MAIN], &["ask", "history of Uzbekistan in CSTO"]];
    for width in [32, 40, 57, 80] {
        for arguments in asked {
            let run = project.run(arguments).with("COLUMNS", &width.to_string());
            let shown = run.stdout() + &run.stderr();
            // The line of numbers under the findings is left to the terminal.
            let lines = shown.lines().filter(|it| !it.contains(" claims, "));
            let widest = lines.max_by_key(|it| it.chars().count()).unwrap();
            assert!(widest.chars().count() <= width, "{width}: {widest}");
        }
    }
    snapshot("narrow", &asked.map(|it| project.run(it).with("COLUMNS", "40")));
}

#[test]
fn columns_that_are_no_width_do_no_harm() {
    let project = disagreement("columns");
    let usual = project.run(&["check"]).stdout();
    for width in ["0", "", "-1", "wide", "100.5", "99999999999999999999"] {
        assert_eq!(project.run(&["check"]).with("COLUMNS", width).stdout(), usual, "{width:?}");
    }
    for width in ["1", "65535", "65536", "18446744073709551615"] {
        let run = project.run(&["ask", MAIN]).with("COLUMNS", width);
        assert_eq!((run.code(), run.stderr().contains("panicked")), (Some(0), false), "{width:?}");
        let run = project.run(&["check"]).with("COLUMNS", width);
        assert_eq!((run.code(), run.stderr().as_str()), (Some(1), ""), "{width:?}");
    }
}

#[test]
fn colours() {
    let project = disagreement("colours");
    let coloured = |run: &Run| run.output().stdout.contains(&0x1b);
    let check = |more: &[&str]| project.run(&[&["check"], more].concat()).without("NO_COLOR");
    assert!(!coloured(&check(&[])), "a pipe is no terminal");
    assert!(!coloured(&check(&[]).with("NO_COLOR", "1")));
    assert!(coloured(&check(&["--color", "always"])));
    assert!(coloured(&check(&["--color", "always"]).with("NO_COLOR", "1")), "an option wins");
    assert!(!coloured(&check(&["--color", "never"]).with("CLICOLOR_FORCE", "1")), "an option wins");
    assert!(coloured(&check(&[]).with("CLICOLOR_FORCE", "1")));
    assert!(!coloured(&check(&[]).with("TERM", "dumb")));
    assert!(!coloured(&check(&["--format", "json", "--color", "always"])), "JSON has no colours");
    snapshot("colours", &[check(&["--color", "always"])]);
}

/// Whoever takes the colours out gets the text without colours.
#[test]
fn colours_change_no_text() {
    let project = disagreement("colours-text");
    let plain = project.run(&["check"]).stdout();
    let mut text = String::new();
    let coloured = project.run(&["check", "--color", "always"]).stdout();
    let mut rest = coloured.as_str();
    while let Some(at) = rest.find("\x1b[") {
        text.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('m').unwrap() + 1..];
    }
    assert_eq!(text + rest, plain);
}

/// A hostile article reaches neither terminal nor JSON raw.
#[test]
fn controls_are_made_visible() {
    let hostile = "article \"a\x1b]0;x\x07\" \"t\u{202e}itle\x08\"\n  published 2013\n  Armenia not member-of CSTO on 2012-12-19 said-by \"\u{9b}31m\x1b[31m\"\n  \x1b[2J\n";
    let project = project("controls").file("seeds/hostile.accede", hostile);
    let question = "members of \"\x1b[2J\"";
    let runs: [&[&str]; 6] = [
        &["check"],
        &["check", "--format", "json"],
        &["ask", MAIN],
        &["ask", MAIN, "--format", "json"],
        &["ask", MAIN, "--format", "csv"],
        &["ask", question],
    ];
    for arguments in runs {
        let run = project.run(arguments);
        let printed = run.stdout() + &run.stderr();
        let raw = printed.chars().find(|it| it.is_control() && *it != '\n' || *it == '\u{202e}');
        assert_eq!(raw, None, "{arguments:?}: {printed}");
        if arguments.contains(&"json") {
            assert_ne!(run.json(), Value::Null);
        }
    }
}
