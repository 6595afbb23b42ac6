//! `accede test`: answers kept as tests.

use std::fs::{self, Permissions, read, read_to_string};

use super::{FIRST, Folder, Run, SECOND, VOCABULARY, disagreement, project, root, snapshot};

const PASSING: &str = "\
ask members of CSTO on 2012-12-19
  expect member Armenia, Belarus
  expect suspended Uzbekistan
ask status of Uzbekistan in CSTO on 2012-12-19
  expect attested suspended
ask members of CIS on 2012-12-19
  expect none
";

/// One row is wrong, one is missing, one is too many.
const FAILING: &str = "\
ask members of CSTO on 2012-12-19
  expect member Armenia, Uzbekistan
ask members of CIS on 2012-12-19
  expect member Belarus
ask status of Belarus in CSTO on 2012
";

fn asking(name: &str, asks: &str) -> Folder {
    project(name).file("asks.accede", asks)
}

fn accepted(folder: &Folder, arguments: &[&str]) -> String {
    folder.run(&[&["test", "--accept"], arguments].concat()).shown();
    String::from_utf8(read(folder.0.join("asks.accede")).unwrap()).unwrap()
}

#[test]
fn tests_that_pass() {
    let folder = asking("test-passing", PASSING);
    let run = folder.run(&["test"]);
    assert_eq!((run.code(), run.stdout().as_str()), (Some(0), "3 passed\n"), "{}", run.shown());
}

#[test]
fn tests_that_fail() {
    let folder = asking("test-failing", FAILING);
    snapshot(
        "test-failing",
        &[
            folder.run(&["test"]),
            folder.run(&["test", "--format", "json"]),
            folder.run(&["test", "--format", "junit"]),
            folder.run(&["test", "--filter", "cis ON"]),
            folder.run(&["test", "--filter", "no such question"]),
        ],
    );
    let coloured = folder.run(&["test", "--color", "always"]).stdout();
    assert!(coloured.contains("\u{1b}[31m") && coloured.contains("\u{1b}[32m"), "{coloured}");
}

#[test]
fn no_tests() {
    let run = project("test-none").run(&["test"]);
    assert_eq!((run.code(), run.stdout().as_str(), run.stderr().as_str()), (Some(0), "no tests\n", ""));
}

#[test]
fn wrong_usage() {
    let folder = asking("test-usage", PASSING);
    assert_eq!(folder.run(&["test", "--coverage", "--accept"]).code(), Some(2));
    assert_eq!(folder.run(&["test", "--coverage", "--format", "junit"]).code(), Some(2));
    let missing = folder.run(&["test", "asks.accede", "nowhere"]);
    assert_eq!(missing.code(), Some(2));
    assert!(missing.stderr().contains("nowhere"));
}

/// Both sides of a disagreement are named: without either the answer would be another.
#[test]
fn claims_that_make_the_difference() {
    let asks = "ask members of CSTO on 2012-12-19\n  expect member Armenia, Belarus\n  expect suspended Uzbekistan\n";
    let folder = disagreement("test-difference").file("asks.accede", asks);
    let claims = &folder.run(&["test", "--format", "json"]).json()["tests"][0]["claims"];
    assert_eq!(claims.as_array().unwrap().len(), 1, "{claims}");
    assert_eq!(claims[0]["claim"], "Armenia not member-of CSTO on 2012-12-19  @3");
    assert_eq!(claims[0]["decisive"], true);
}

#[test]
fn rows_that_are_disputed_planned_or_of_several_days() {
    let plan = "article third\n  published 2014\n  Belarus plans to join CIS by 2015\n";
    let asks = "\
ask members of CSTO on 2012-12-19
  expect disputed member or never Armenia
  expect attested member Belarus
  expect attested suspended Uzbekistan
ask members of CIS on 2015-06-01
  expect planned member Belarus
ask history of Uzbekistan in CSTO
  expect never until 1994-04-19
  expect former or member or never from 1994-04-20 to 2012-12-18
  expect suspended from 2012-12-19 on
";
    let folder = disagreement("test-rows").file("plan.accede", plan).file("asks.accede", asks);
    snapshot("test-rows", &[folder.run(&["test"])]);
    let unplanned = asks.replace("planned member Belarus", "member Belarus");
    let run = folder.file("asks.accede", unplanned).run(&["test", "--filter", "CIS"]);
    assert!(run.stdout().contains("- member Belarus\n  + planned member Belarus"), "{}", run.shown());
}

#[test]
fn lines_that_cannot_be_read_and_names_that_are_not_known() {
    let asks = "\
ask members of CSTO on 2012-12-19
  expect membre Armenia
  expect member Armania
  expect member CIS
  expect member Armenia on
  expect attested
  expect member Armenia in 2012
ask blocs of Armenia on 2012-12-19
  expect member CTSO
ask history of Uzbekistan in CSTO
  expect member from 2013 to 2012-12-19
  expect member from 2013-01-01 to 2012-12-19
  expect member between 2012-01-01 and 2012-12-19
  expect former to member until 2012-12-19
ask members of CSTO and members of CIS on 2012-12-19
  expect member Armenia
ask members of CTSO
  expect none
";
    let folder = asking("test-wrong", asks);
    snapshot("test-wrong", &[folder.run(&["test"]), folder.run(&["check", "--format", "plain"])]);
}

/// Only what is wrong is rewritten, and nothing else of the file.
#[test]
fn accepting_rewrites_expect_lines_alone() {
    let before = "\u{feff}# before\r\nask members of CSTO on 2012-12-19  # asked\r\n\texpect member Belarus # stays\r\n\t# between\r\n\r\n\texpect member Uzbekistan\t# goes\r\n\texpect former Armenia\r\n\r\nask status of Uzbekistan in CSTO on 2012-12-19";
    let after = "\u{feff}# before\r\nask members of CSTO on 2012-12-19  # asked\r\n\texpect member Belarus # stays\r\n\t# between\r\n\r\n\texpect member Armenia\t# goes\r\n\texpect suspended Uzbekistan\r\n\r\nask status of Uzbekistan in CSTO on 2012-12-19\r\n  expect suspended";
    let folder = asking("test-accept", before);
    snapshot("test-accept", &[folder.run(&["test", "--accept"]), folder.run(&["test", "--accept"])]);
    let now = String::from_utf8(read(folder.0.join("asks.accede")).unwrap()).unwrap();
    assert_eq!(now, after);
}

#[test]
fn a_line_that_goes_leaves_its_comment() {
    let before = "  ask members of CIS on 2012-12-19\n    expect member Armenia, Belarus  # why\n    expect member Uzbekistan\n";
    let folder = asking("test-comment", before);
    assert_eq!(accepted(&folder, &[]), "  ask members of CIS on 2012-12-19\n    expect none  # why\n");
}

#[test]
fn accepting_keeps_verdicts_where_there_are_some() {
    let folder =
        asking("test-verdicts", "ask members of CSTO on 2012-12-19\n expect attested member Armenia\n");
    let now = accepted(&folder, &[]);
    assert_eq!(
        now,
        "ask members of CSTO on 2012-12-19\n expect attested member Armenia, Belarus\n expect attested suspended Uzbekistan\n"
    );
}

#[test]
fn accepting_what_is_filtered() {
    let folder = asking("test-accept-filter", FAILING);
    let now = accepted(&folder, &["--filter", "status of"]);
    assert!(now.starts_with(FAILING.trim_end()), "{now}");
    assert_eq!(folder.run(&["test", "--filter", "STATUS"]).code(), Some(0));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = project("test-modes").file("there/real.txt", FAILING);
    let real = folder.0.join("there/real.txt");
    fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
    symlink(&real, folder.0.join("asks.accede")).unwrap();
    let run = folder.run(&["test", "--accept"]);
    assert_eq!(run.code(), Some(0), "{}", run.shown());
    assert!(fs::symlink_metadata(folder.0.join("asks.accede")).unwrap().is_symlink());
    assert!(read_to_string(&real).unwrap().contains("expect suspended Uzbekistan"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);

    fs::write(&real, FAILING).unwrap();
    fs::set_permissions(&real, Permissions::from_mode(0o440)).unwrap();
    let run = folder.run(&["test", "--accept"]);
    assert_eq!(run.code(), Some(2), "{}", run.shown());
    assert_eq!(read_to_string(&real).unwrap(), FAILING);
}

#[test]
fn names_that_nobody_meant() {
    let words = "party \"on\"\nparty \"\u{202e}x\u{7}\"\nparty \"a, b # c\"\nparty \"<&>\"\nbloc X\narticle a\n  published 2000\n  \"on\", \"\u{202e}x\u{7}\", \"a, b # c\" and \"<&>\" member-of X on 1999-01-01\nask members of X on 1999-01-01\n  expect member \"on\"\n";
    let folder = Folder::new("test-hostile").file("a.accede", words);
    snapshot(
        "test-hostile",
        &[
            folder.run(&["test"]),
            folder.run(&["test", "--format", "junit"]),
            folder.run(&["test", "--accept"]),
            folder.run(&["test"]),
        ],
    );
}

#[test]
fn what_no_test_rests_on() {
    let folder = project("test-coverage").file("asks.accede", PASSING).file("more.accede", SECOND).file(
        "rule.accede",
        "rule all\n  members of CSTO are members of CIS\narticle fourth\n  published 2014\n  Armenia joins CIS in 2013\n  CSTO has 3 members on 2012-12-19\n",
    );
    let coverage = ["test", "--coverage"];
    snapshot(
        "test-coverage",
        &[folder.run(&coverage), folder.run(&[&coverage[..], &["--format", "json"]].concat())],
    );
}

/// Sections of several files, some of which ask the same, are in the order of files and lines.
#[test]
fn several_files() {
    let twice = "ask members of CIS on 2012-12-19\n  expect member Armenia\n".repeat(2);
    let folder = Folder::new("test-files")
        .file("b.accede", &twice)
        .file("a.accede", format!("{VOCABULARY}{FIRST}"))
        .file("c/a.accede", &twice);
    let run = folder.run(&["test", "--format", "json"]);
    let json = run.json();
    let tests = json["tests"].as_array().unwrap();
    let places: Vec<String> = tests.iter().map(|it| format!("{}:{}", it["file"], it["line"])).collect();
    assert_eq!(places, ["\"b.accede\":1", "\"b.accede\":3", "\"c/a.accede\":1", "\"c/a.accede\":3"]);
    let xml = folder.run(&["test", "--format", "junit"]).stdout();
    assert_eq!(xml.matches("(line 3)").count(), 2, "{xml}");
}

/// Output depends on the input alone.
#[test]
fn many_tests() {
    let asks: String =
        (0..1000).map(|it| format!("ask members of CSTO on 2012-01-{:02}\n", it % 28 + 1)).collect();
    let folder = asking("test-many", &asks);
    let printed =
        |threads: &str| folder.run(&["test", "--format", "json"]).with("RAYON_NUM_THREADS", threads).stdout();
    assert_eq!(printed("1"), printed("4"));
}

/// What accede itself says of its first articles.
#[test]
fn the_answers_of_this_project() {
    let run: Run = root(&["test"]);
    assert_eq!(run.code(), Some(0), "{}", run.shown());
}
