//! Random projects and questions, accepted: the tests then pass, and nothing but `expect` lines has changed.

use std::fs;
use std::path::{Path, PathBuf};

use accede::Engine;
use accede::expect::Outcome;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// Names that look like something else.
const VOCABULARY: &str = r#"party A
party "on"
party "7"
party "Planned"
party "a\"b, \\ # c"
group some = A and "on"
bloc X
  lifecycle odd
  exists from 2000-01-02
bloc "none"
lifecycle odd
  status "none" outside
  status "otherwise", former outside
  status member, "7" inside
  event joins, join from "none", former, "otherwise" to member
  event leaves from member, "7" to former
  event turns from member to "7"
  event fades from former to "otherwise"
"#;

fn day() -> impl Strategy<Value = String> {
    (1..=6).prop_map(|it| format!("2000-01-0{it}"))
}

fn party() -> impl Strategy<Value = &'static str> {
    select(vec!["A", "\"on\"", "\"7\"", "\"Planned\"", "\"a\\\"b, \\\\ # c\"", "some"])
}

fn claim() -> impl Strategy<Value = String> {
    let verb = select(vec![
        "joins",
        "joins",
        "leaves",
        "turns",
        "fades",
        "plans to join",
        "member-of",
        "not member-of",
    ]);
    let when = prop_oneof![3 => day().prop_map(|it| format!(" on {it}")), 1 => Just(String::new())];
    let only = prop_oneof![4 => Just(""), 1 => Just("only ")];
    (party(), verb, when, only).prop_map(|(party, verb, when, only)| {
        let only = if verb == "member-of" { only } else { "" };
        format!("  {only}{party} {verb} X{when}")
    })
}

fn question() -> impl Strategy<Value = String> {
    let one = select(vec!["A", "\"on\"", "\"7\"", "\"a\\\"b, \\\\ # c\""]);
    let time = prop_oneof![
        2 => day().prop_map(|it| format!(" on {it}")),
        1 => Just(" in 2000-01".to_owned()),
        1 => Just(String::new()),
    ];
    (0..9, one, time).prop_map(|(kind, one, time)| match kind {
        0 | 1 => format!("members of X{time}"),
        2 => format!("former members of X{time}"),
        3 => format!("blocs of {one}{time}"),
        4 => format!("status of {one} in X{time}"),
        5 => format!("history of {one} in X"),
        6 => "history of X".to_owned(),
        7 => format!("when was {one} member of X"),
        _ => format!("changes in X{time}"),
    })
}

fn expected() -> impl Strategy<Value = String> {
    let verdict = select(vec!["", "", "", "attested ", "inferred ", "planned "]);
    let status = select(vec![
        "member",
        "former",
        "\"none\"",
        "none",
        "member or former",
        "\"7\" otherwise \"otherwise\"",
        "former to member",
        "membre",
        "3",
        "3 to 4",
    ]);
    let names = prop_oneof![
        1 => Just(String::new()),
        3 => vec(party(), 1..3).prop_map(|it| format!(" {}", it.join(", "))),
        1 => Just(" X, \"none\"".to_owned()),
        1 => Just(" Nobody".to_owned()),
    ];
    let days = prop_oneof![
        4 => Just(String::new()),
        1 => day().prop_map(|it| format!(" on {it}")),
        1 => day().prop_map(|it| format!(" until {it}")),
        1 => day().prop_map(|it| format!(" from {it} on")),
        1 => (day(), day()).prop_map(|(a, b)| format!(" from {a} to {b}")),
        1 => Just(" always".to_owned()),
    ];
    let comment = prop_oneof![2 => Just(""), 1 => Just("  # it's said")];
    let indent = select(vec!["  ", "\t", ""]);
    (indent, verdict, status, names, days, comment).prop_map(
        |(indent, verdict, status, names, days, comment)| {
            format!("{indent}expect {verdict}{status}{names}{days}{comment}")
        },
    )
}

fn ask() -> impl Strategy<Value = String> {
    let line = prop_oneof![4 => expected(), 1 => Just("  # of its own".to_owned()), 1 => Just(String::new())];
    let comment = select(vec!["", "", "  # why"]);
    (question(), comment, vec(line, 0..5)).prop_map(|(question, comment, lines)| {
        let lines: String = lines.iter().map(|it| format!("\n{it}")).collect();
        format!("ask {question}{comment}{lines}")
    })
}

/// A file of claims, and one that asks.
fn project() -> impl Strategy<Value = (String, String)> {
    let claims = vec(claim(), 1..6).prop_map(|it| {
        let article = |(number, claim): (usize, &String)| {
            format!("article a{number}\n  published 2000-02-01\n{claim}\n")
        };
        VOCABULARY.to_owned() + &it.iter().enumerate().map(article).collect::<String>()
    });
    let asks = (vec(ask(), 1..5), any::<bool>(), any::<bool>(), any::<bool>());
    let asks = asks.prop_map(|(asks, crlf, mark, ends)| {
        let text = asks.join("\n") + if ends { "\n" } else { "" };
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        if mark { format!("\u{feff}{text}") } else { text }
    });
    (claims, asks)
}

/// What is no `expect` line, nor part of one.
fn residue(text: &str) -> String {
    let rest = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        if !line.trim_start().starts_with("expect ") {
            return line.to_owned();
        }
        line.split_once("# it's said").map_or(String::new(), |it| format!("{indent}# it's said{}", it.1))
    };
    let rest: String = text.split_inclusive('\n').map(rest).collect();
    rest.trim_end_matches(['\n', '\r']).to_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expect").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn accepted_tests_pass_and_nothing_else_changes((claims, asks) in project()) {
        let folder = folder("accept");
        fs::write(folder.join("claims.accede"), &claims).unwrap();
        let path = folder.join("asks.accede");
        fs::write(&path, &asks).unwrap();
        let load = || Engine::load(std::slice::from_ref(&folder), &[]);

        let engine = load();
        let mut run = engine.tests(None);
        let wrong = run.tests.len() - run.count(Outcome::Passed);
        let (changed, unwritable) = engine.accept(&mut run);
        prop_assert!(unwritable.is_empty());
        prop_assert_eq!(changed.len(), usize::from(wrong > 0));
        let accepted = fs::read_to_string(&path).unwrap();
        prop_assert_eq!(residue(&asks), residue(&accepted));
        prop_assert!(!asks.ends_with('\n') || accepted.ends_with('\n'));
        prop_assert_eq!(asks.contains('\r'), accepted.contains('\r') && accepted.matches('\n').count() == accepted.matches("\r\n").count());

        let engine = load();
        let mut again = engine.tests(None);
        for test in &again.tests {
            prop_assert_eq!(test.outcome, Outcome::Passed, "{:#?}\n{}\n---\n{}", test, asks, accepted);
        }
        let (changed, _) = engine.accept(&mut again);
        prop_assert!(changed.is_empty());
        prop_assert_eq!(fs::read_to_string(&path).unwrap(), accepted);
    }

    /// A line is as it was read, or a claim tells why it is not.
    #[test]
    fn what_is_told_of_a_failure_is_so((claims, asks) in project()) {
        let files = vec![accede::File::new("claims", claims), accede::File::new("asks", asks)];
        let run = Engine::read(files, &[]).tests(None);
        for test in &run.tests {
            let differs = !test.missing.is_empty() || !test.unexpected.is_empty();
            prop_assert_eq!(differs, matches!(test.outcome, Outcome::Failed | Outcome::Unexpected), "{:#?}", test);
            prop_assert_eq!(test.outcome == Outcome::Unanswered, test.message.is_some());
            prop_assert!(test.claims.is_empty() || test.outcome == Outcome::Failed);
        }
    }
}
