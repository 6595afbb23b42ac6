//! `accede check` and its helpers `explain` and `draft`: formats, levels, summaries, coverage.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use super::{FIRST, Folder, Run, VOCABULARY, disagreement, root, snapshot};

/// A swapped date, with both texts; an unreported change; a claim that is before the founding.
fn newspapers(name: &str) -> Folder {
    let article = |name: &str, day: &str, lines: &str| {
        format!(
            "article {name} \"Five: 100%, really\"\n  publisher \"{name}\"\n  published {day}\n  text \"{name}.txt\"\n{lines}"
        )
    };
    let courier = "  Armenia joins CSTO on 1995-05-08  @2\n  Belarus joins CSTO on 1994-04-19  @3\n";
    let gazette = "  Armenia joins CSTO on 1995-08-05  @1\n  Uzbekistan joins CSTO on 1995-01-02\n  Uzbekistan returns to CSTO on 2006-08-16\n";
    Folder::new(name)
        .file("accede.toml", "load = [\"rules\", \"seeds\"]\narticles = [\"texts\"]\n")
        .file("rules/words.accede", VOCABULARY)
        .file("seeds/courier.accede", article("courier", "2016-03-02", courier))
        .file("seeds/gazette.accede", article("gazette", "2016-03-10", gazette))
        .file("texts/courier.txt", "Five.\nArmenia came into the CSTO on 8 May 1995.\nBelarus was in the CSTO before.\n\nUzbekistan left the CSTO in 1999.\n")
        .file("texts/gazette.txt", "Armenia came into the CSTO on 5 August 1995.\n")
}

/// Codes of the findings, with their severities, in the order in which they are printed.
fn severities(run: &Run) -> Vec<(String, String)> {
    let json = run.json();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    json["findings"].as_array().unwrap().iter().map(|it| (text(&it["code"]), text(&it["severity"]))).collect()
}

fn severity_of(run: &Run, code: &str) -> Option<String> {
    severities(run).into_iter().find(|it| it.0 == code).map(|it| it.1)
}

#[test]
fn every_format() {
    let project = newspapers("formats");
    for format in ["human", "plain", "github", "json", "sarif"] {
        snapshot(&format!("format-{format}"), &[project.run(&["check", "--format", format])]);
    }
}

#[test]
fn a_format_of_no_findings() {
    let project = Folder::new("formats-clean").file("rules.accede", VOCABULARY);
    let formats = ["human", "plain", "github", "json", "sarif"];
    snapshot("formats-clean", &formats.map(|it| project.run(&["check", "--format", it])));
}

/// What looks wrong is named by its place, where it can be told.
#[test]
fn who_is_wrong_in_json() {
    let claim = |name: &str, day: &str, date: &str| {
        format!("article {name}\n  published {day}\n  Armenia joins CSTO on {date}\n")
    };
    let project = |name: &str, articles: &[(&str, &str, &str)]| {
        let articles: String = articles.iter().map(|it| claim(it.0, it.1, it.2)).collect();
        Folder::new(name).file("a.accede", VOCABULARY.to_owned() + &articles)
    };
    let slip = |folder: &Folder| {
        let json = folder.run(&["check", "--format", "json"]).json();
        let findings = json["findings"].as_array().unwrap().clone();
        let finding = findings.into_iter().find(|it| it["code"] == "repeat").unwrap();
        let slip = finding["slips"][0].clone();
        let place = slip["place"].as_u64().map(|it| finding["places"][it as usize]["article"].clone());
        (slip["kind"].as_str().unwrap().to_owned(), place)
    };
    let (a, b, c) = ("2016-03-02", "2016-03-10", "2016-03-11");
    let nobody = [("one", a, "1995-05-08"), ("two", b, "1995-08-05")];
    let one = [("one", a, "1995-05-08"), ("two", b, "1995-08-05"), ("three", c, "1995-05-08")];
    let own = [("one", a, a), ("two", b, "1995-08-05")];
    let january = [("one", a, "1995-08-05"), ("two", b, "1995-01-01")];
    let swapped = "day-month-swapped".to_owned();
    assert_eq!(slip(&project("wrong-nobody", &nobody)), (swapped.clone(), None));
    assert_eq!(slip(&project("wrong-fewer", &one)), (swapped, Some("two".into())));
    assert_eq!(slip(&project("wrong-own", &own)), ("own-date".into(), Some("one".into())));
    let january = slip(&project("wrong-january", &january));
    assert_eq!(january, ("year-as-1-january".into(), None));
}

/// Every format speaks of the same findings, in its own way.
#[test]
fn formats_agree() {
    let project = newspapers("formats-agree");
    let run = |format: &str| project.run(&["check", "--format", format]);
    let expected = severities(&run("json"));
    assert!(expected.len() > 2, "{expected:?}");
    let bracketed = |line: &str| {
        let (severity, rest) = line.split_once('[').unwrap();
        let severity = severity.rsplit(' ').next().unwrap();
        (rest.split(']').next().unwrap().to_owned(), severity.to_owned())
    };
    let plain: Vec<_> = run("plain").stdout().lines().map(bracketed).collect();
    assert_eq!(plain, expected);
    let human = run("human").stdout();
    let headings =
        human.lines().filter(|it| ["error[", "warning[", "note["].iter().any(|with| it.starts_with(with)));
    assert_eq!(headings.map(bracketed).collect::<Vec<_>>(), expected);
    assert_eq!(run("github").stdout().lines().count(), expected.len());
    let sarif = run("sarif").json();
    let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
    let codes: Vec<_> = results.iter().map(|it| it["ruleId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, expected.iter().map(|it| it.0.clone()).collect::<Vec<_>>());
    for format in ["human", "plain", "github", "json", "sarif"] {
        assert_eq!(run(format).code(), Some(1), "{format}");
    }
}

#[test]
fn levels() {
    let project = newspapers("levels");
    let run = |arguments: &[&str]| project.run(&[&["check", "--format", "json"], arguments].concat());
    assert_eq!(severity_of(&run(&[]), "unreported").as_deref(), Some("warning"));
    assert_eq!(severity_of(&run(&["--deny", "unreported"]), "unreported").as_deref(), Some("error"));
    assert_eq!(severity_of(&run(&["--warn", "repeat"]), "repeat").as_deref(), Some("warning"));
    assert_eq!(severity_of(&run(&["--allow", "repeat"]), "repeat"), None);
    assert_eq!(run(&["--allow", "repeat"]).code(), Some(1), "others are left");
    let nothing = ["--allow", "repeat", "--allow", "unreported", "--allow", "before-founding"];
    assert_eq!((run(&nothing).code(), severities(&run(&nothing)).len()), (Some(0), 0));
    assert_eq!((run(&["--allow", "all"]).code(), severities(&run(&["--allow", "all"])).len()), (Some(0), 0));
    assert!(severities(&run(&["--deny", "all"])).iter().all(|it| it.1 == "error"));
    assert!(severities(&run(&["--warn", "all"])).iter().all(|it| it.1 == "warning"));
    // The code counts before `all`, and `deny` before `allow`.
    let but_one = run(&["--allow", "all", "--deny", "unreported"]);
    assert_eq!(severities(&but_one), [("unreported".to_owned(), "error".to_owned())]);
    let both = run(&["--allow", "repeat", "--deny", "repeat"]);
    assert_eq!(severity_of(&both, "repeat").as_deref(), Some("error"));
}

#[test]
fn levels_of_notes_and_the_exit_code() {
    let project = Folder::new("levels-notes").file("a.accede", VOCABULARY.to_owned() + FIRST);
    for (arguments, code) in [
        (["check"].as_slice(), 0),
        (&["check", "--warn", "undated"], 1),
        (&["check", "--deny", "undated"], 1),
        (&["check", "--allow", "undated"], 0),
    ] {
        assert_eq!(project.run(arguments).code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn levels_of_the_project_file() {
    let project = newspapers("levels-file");
    let toml = "load = [\"rules\", \"seeds\"]\n[check]\ndeny = [\"unreported\"]\nwarn = [\"repeat\"]\nallow = [\"before-founding\"]\n";
    let project = project.file("accede.toml", toml);
    let run = |arguments: &[&str]| project.run(&[&["check", "--format", "json"], arguments].concat());
    let expected =
        [("repeat", "warning"), ("unreported", "error")].map(|it| (it.0.to_owned(), it.1.to_owned()));
    assert_eq!(severities(&run(&[])), expected);
    // The command line has the last word.
    assert_eq!(severity_of(&run(&["--warn", "unreported"]), "unreported").as_deref(), Some("warning"));
    assert_eq!(
        severity_of(&run(&["--deny", "before-founding"]), "before-founding").as_deref(),
        Some("error")
    );
    let wrong = |name: &str, toml: &str| Folder::new(name).file("accede.toml", toml).run(&["check"]);
    let runs = [
        wrong("levels-unknown", "[check]\ndeny = [\"unreportd\"]\n"),
        wrong("levels-key", "[check]\nforbid = [\"unreported\"]\n"),
        wrong("levels-form", "[check]\ndeny = \"unreported\"\n"),
        project.run(&["check", "--deny", "clsh"]),
        project.run(&["check", "--allow", "nothing-like-it"]),
        project.run(&["check", "--warn"]),
    ];
    for run in &runs {
        assert_eq!((run.code(), run.stdout()), (Some(2), String::new()));
    }
    snapshot("levels-wrong", &runs);
}

/// `--only` finds what a whole check finds of these codes.
#[test]
fn only_some_codes() {
    let allowing = "article lax\n  allow unreported because \"seen\"\n  Armenia joins CSTO on 1995-09-09\n";
    let project = newspapers("only").file("seeds/lax.accede", allowing);
    let run = |arguments: &[&str]| project.run(&[&["check", "--format", "json"], arguments].concat());
    let whole = severities(&run(&[]));
    let kinds: BTreeSet<&str> = whole.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(Vec::from_iter(kinds.clone()), ["before-founding", "repeat", "unreported", "unused-allow"]);
    for code in kinds {
        let mut expected = whole.clone();
        // What allows an `unreported` is not called unused where none is looked for.
        expected.retain(|it| it.0 == code && code != "unused-allow");
        assert_eq!(severities(&run(&["--only", code])), expected, "{code}");
    }
    let two = severities(&run(&["--only", "unreported", "--only", "unused-allow"]));
    assert_eq!(two.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["unreported", "unused-allow"]);
    assert_eq!(project.run(&["check", "--only", "undated"]).code(), Some(0));
    let broken = project.file("seeds/broken.accede", "article one\n  Armenia joins joins CSTO\n");
    let runs = [
        broken.run(&["check", "--only", "unreported"]),
        broken.run(&["check", "--only", "clsh"]),
        broken.run(&["check", "--only", "clash", "--summary"]),
    ];
    snapshot("only", &runs);
}

#[test]
fn what_cannot_be_read_is_always_told() {
    let project = newspapers("levels-unreadable");
    let run = project.run(&["check", "--allow", "all", "missing", "rules"]);
    assert_eq!(run.code(), Some(2));
    assert!(run.stdout().contains("error[unreadable]"), "{}", run.shown());
}

#[test]
fn a_summary() {
    let project = newspapers("summary");
    let runs =
        [project.run(&["check", "--summary"]), project.run(&["check", "--summary", "--format", "json"])];
    snapshot("summary", &runs);
    let nothing = Folder::new("summary-nothing").file("rules.accede", VOCABULARY);
    let none = nothing.run(&["check", "--summary"]);
    snapshot("summary-of-nothing", &[none, nothing.run(&["check", "--summary", "--format", "json"])]);
}

#[test]
fn coverage() {
    let project = newspapers("coverage");
    let json = project.run(&["check", "--coverage", "--format", "json"]);
    let lines = json.stdout();
    assert!(lines.contains("Uzbekistan left the CSTO in 1999."), "{lines}");
    snapshot("coverage", &[project.run(&["check", "--coverage"]), json]);
    let both = project.run(&["check", "--coverage", "--summary"]);
    assert_eq!(both.code(), Some(2), "{}", both.shown());
}

#[test]
fn explain() {
    let list = root(&["explain"]);
    assert_eq!(list.code(), Some(0));
    let codes = list.stdout();
    assert!(codes.lines().any(|it| it == "clash") && codes.lines().count() > 50, "{codes}");
    for code in codes.lines() {
        let page = root(&["explain", code]);
        assert_eq!(page.code(), Some(0), "{code}");
        assert!(page.stdout().starts_with(&format!("# {code}\n")), "{code}");
    }
    let runs = ["clsh", "Clash", "before_founding", "zzzzzz", ""].map(|it| root(&["explain", it]));
    for run in &runs {
        assert_eq!((run.code(), run.stdout()), (Some(2), String::new()));
    }
    snapshot("explain-unknown", &runs);
}

#[test]
fn a_draft_can_be_loaded() {
    let text = "The pact at 20\n\nArmenia and Belarus joined the CSTO in 1994, and Uzbekistan left the CIS.\r\n\
        It \"will\" come back: Uzbekistan is to join the CSTO again. @3 # and so on\n";
    let project =
        Folder::new("draft").file("rules.accede", VOCABULARY).file("texts/hill observer (1).txt", text);
    let draft = project.run(&["draft", "texts/hill observer (1).txt"]);
    snapshot("draft", &[project.run(&["draft", "texts/hill observer (1).txt"])]);
    let project = project.file("drafted.accede", draft.stdout());
    let check = project.run(&["check", "--articles", "texts"]);
    assert_eq!(check.code(), Some(0), "{}", check.shown());
    // With a day of publication its guesses are claims without errors.
    let claims = draft.stdout().replace("  # published YYYY-MM-DD", "  published 2012-12-20");
    let guesses: Vec<&str> = claims.lines().filter(|it| it.contains("  @")).collect();
    assert!(guesses.len() >= 3, "{claims}");
    let claims: String = claims
        .lines()
        .map(|it| if guesses.contains(&it) { it.replacen("# ", "", 1) } else { it.to_owned() } + "\n")
        .collect();
    let project = project.file("drafted.accede", claims);
    let check = project.run(&["check", "--articles", "texts", "--format", "plain"]);
    assert!(!check.stdout().contains("error["), "{}", check.shown());
    let again = project.run(&["check", "--articles", "texts", "--coverage"]).stdout();
    assert!(!again.contains("hill observer (1).txt:"), "every line is covered now: {again}");
}

#[test]
fn a_draft_of_what_is_no_text() {
    let project =
        Folder::new("draft-wrong").file("rules.accede", VOCABULARY).file("bytes.txt", [0xff, 0xfe, 0x00]);
    let project = project.file("empty.txt", "");
    let runs = ["missing.txt", "bytes.txt", ".", "empty.txt"].map(|it| project.run(&["draft", it]));
    snapshot("draft-wrong", &runs);
}

#[test]
fn a_reader_that_has_seen_enough_of_any_format() {
    let lines: String = (0..3_000).map(|it| format!("  Nobody{it} joins CSTO in 1994\n")).collect();
    let many = disagreement("closed-pipe-formats")
        .file("many.accede", format!("article many\n  published 2013\n{lines}"));
    for format in ["human", "plain", "github", "json", "sarif"] {
        let mut child = many.run(&["check", "--format", format]).command().spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut String::new()).unwrap();
        drop(output);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert!(said.is_empty(), "{format}: {said}");
        assert!(matches!(status.code(), Some(0 | 1)), "{format}: {status}");
    }
}

#[test]
fn the_same_whatever_the_threads_and_the_order() {
    let project = newspapers("same-formats");
    let files = ["rules/words.accede", "seeds/courier.accede", "seeds/gazette.accede"];
    let kinds: [&[&str]; 7] = [
        &["--format", "human"],
        &["--format", "plain"],
        &["--format", "github"],
        &["--format", "json"],
        &["--format", "sarif"],
        &["--summary"],
        &["--coverage", "--format", "json"],
    ];
    for kind in kinds {
        let run = |order: [usize; 3], threads: &str| {
            let files = order.map(|it| files[it]);
            let run = project.run(&[&["check", "--articles", "texts"], kind, &files].concat());
            let output = run.with("RAYON_NUM_THREADS", threads).output();
            (output.status.code(), String::from_utf8(output.stdout).unwrap())
        };
        let expected = run([0, 1, 2], "1");
        for (order, threads) in [([0, 1, 2], "4"), ([2, 1, 0], "1"), ([1, 2, 0], "4")] {
            assert_eq!(run(order, threads), expected, "{kind:?} {order:?} {threads}");
        }
    }
}
