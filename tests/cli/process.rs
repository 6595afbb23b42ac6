//! What the surroundings do to the program, and what they must not.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use super::{Folder, disagreement};

/// So many findings that no pipe takes them all at once.
fn many(name: &str) -> Folder {
    let lines: String = (0..3_000).map(|it| format!("  Nobody{it} joins CSTO in 1994\n")).collect();
    disagreement(name).file("seeds/many.accede", format!("article many\n  published 2013\n{lines}"))
}

#[test]
fn the_same_bytes_in_every_environment() {
    let arguments: [&[&str]; 4] = [
        &["check"],
        &["check", "--format", "json"],
        &["ask", "history of CSTO"],
        &["ask", "members of CSTO on 2012-12-19", "--format", "csv"],
    ];
    let project = disagreement("same-bytes");
    for arguments in arguments {
        let expected = project.run(arguments).shown();
        for (zone, locale, threads) in [
            ("UTC", "C", "1"),
            ("Asia/Yerevan", "hy_AM.UTF-8", "2"),
            ("America/St_Johns", "tr_TR.UTF-8", "7"),
            ("nonsense", "nonsense", "nonsense"),
        ] {
            let run = project.run(arguments).with("TZ", zone).with("LC_ALL", locale);
            let run = run.with("LANG", locale).with("RAYON_NUM_THREADS", threads);
            assert_eq!(run.shown(), expected, "{zone} {locale} {threads}");
        }
    }
}

#[test]
fn the_same_bytes_whatever_the_order_of_files() {
    let project = disagreement("same-order");
    let files = ["rules/words.accede", "seeds/first.accede", "seeds/second.accede"];
    let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]];
    for arguments in [["check"].as_slice(), &["ask", "history of Armenia in CSTO"]] {
        let shown = orders.map(|order| {
            let run = project.run(&[arguments, &order.map(|it| files[it])].concat());
            (run.code(), run.stdout(), run.stderr())
        });
        assert!(shown.iter().all(|it| *it == shown[0]), "{shown:#?}");
    }
}

/// As `accede check | head -1`.
#[test]
fn a_reader_that_has_seen_enough() {
    let many = many("closed-pipe");
    for (arguments, lines) in [
        (["check"].as_slice(), 1),
        (&["check"], 0),
        (&["check", "--format", "json"], 1),
        (&["ask", "history of CSTO"], 0),
        (&["--help"], 0),
    ] {
        let run = many.run(arguments);
        let mut child = run.command().spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        for _ in 0..lines {
            output.read_line(&mut String::new()).unwrap();
        }
        drop(output);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert!(!said.contains("panicked") && !said.contains("roken pipe"), "{arguments:?}: {said}");
        assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?}: {status}");
    }
}

/// As `accede ask - | head -1` while questions keep coming.
#[test]
fn a_reader_that_has_seen_enough_answers() {
    let many = many("closed-pipe-answers");
    let mut child = many.run(&["ask", "-", "--format", "json"]).command().spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"members of CSTO on 2012-12-19\n").unwrap();
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    assert!(first.contains("Armenia"), "an answer comes before the next question is asked: {first}");
    drop(output);
    while input.write_all(b"members of CSTO on 2012-12-19\n").is_ok() {}
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success() && said.is_empty(), "{said}");
}

/// That an answer could not be written is not passed over.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let project = disagreement("full");
    for arguments in [["check"].as_slice(), &["ask", "history of CSTO"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = project.run(arguments).command();
        let output = command.stdin(Stdio::null()).stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("error: "), "{said}");
    }
}
