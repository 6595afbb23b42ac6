//! Drafts: as they are printed they are rule files, and so are the guesses in them.

use std::fmt::Write;

use accede::coverage::{draft, report, uncovered};
use accede::engine::Engine;
use accede::ledger::Says;
use accede::source::File;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::engine;

const DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn drafted(rules: &str, path: &str, text: &str) -> String {
    draft(engine(rules).ledger(), &File::new(path, text), DIGEST)
}

/// The guesses of a draft, without their marks.
fn guesses(draft: &str) -> Vec<&str> {
    let marked = draft.lines().filter_map(|it| it.strip_prefix("  # "));
    let cites = |it: &str| {
        it.rsplit_once("  @").is_some_and(|it| !it.1.is_empty() && it.1.bytes().all(|it| it.is_ascii_digit()))
    };
    marked.filter(|it| cites(it)).collect()
}

/// The draft reads as it is, and with its guesses; that many claims there are then.
fn assert_reads(rules: &str, draft: &str) -> usize {
    let read = |text: String| {
        let files = vec![File::new("rules.accede", rules), File::new("draft.accede", text)];
        Engine::read(files, &[])
    };
    let before = engine(rules);
    assert_eq!(read(draft.to_owned()).findings(), before.findings(), "{draft}");
    let mut with = draft.replacen("# published YYYY-MM-DD", "published 2020-02-02", 1);
    for guess in guesses(draft) {
        writeln!(with, "  {guess}").expect("a string takes all");
    }
    let after = read(with.clone());
    assert_eq!(after.findings(), before.findings(), "{with}");
    let article = after.ledger().articles.len() - 1;
    let claims = after.ledger().claims.iter().filter(|it| it.article.0 as usize == article);
    let named = |it: &accede::ledger::Claim| {
        assert!(
            (it.says().constrains() || matches!(*it.says(), Says::Plan { .. })) && !it.cites().is_empty(),
            "{it:?}"
        );
    };
    claims.map(named).count()
}

const RULES: &str = r#"
party Armenia
party Chad
bloc CSTO "Security Treaty"
bloc WTO
article valley
  text "valley.txt"
article Valley-2
"#;

#[test]
fn what_a_guess_says() {
    let cases = [
        ("Armenia joined the CSTO.", "Armenia joins CSTO"),
        ("Armenia quit CSTO", "Armenia leaves CSTO"),
        ("Armenia rejoined CSTO", "Armenia returns CSTO"),
        ("Armenia plans to join CSTO", "Armenia plans to join CSTO"),
        ("Armenia did not join CSTO", "Armenia member-of CSTO"),
        ("Armenia didn’t join CSTO", "Armenia member-of CSTO"),
        ("Armenia of the CSTO", "Armenia member-of CSTO"),
        ("Armenia and Chad left CSTO", "Armenia and Chad leaves CSTO"),
        ("LEFT CSTO: Chad", "Chad leaves CSTO"),
        ("Chad joined the WTO and left the CSTO", "Chad joins WTO / Chad leaves CSTO"),
        (
            "Chad joined the WTO, and Armenia left the CSTO",
            "Chad and Armenia joins WTO / Chad and Armenia leaves CSTO",
        ),
    ];
    for (line, expected) in cases {
        let draft = drafted(RULES, "x.txt", line);
        let guesses: Vec<&str> = guesses(&draft).iter().map(|it| it.strip_suffix("  @1").unwrap()).collect();
        assert_eq!(guesses.join(" / "), expected, "{line}");
        assert_eq!(assert_reads(RULES, &draft), guesses.len());
    }
}

#[test]
fn the_name_of_the_article() {
    let cases = [
        ("texts/hill-observer-2012-12-20.txt", "article hill-observer-2012-12-20\n"),
        ("valley.txt", "article valley-3\n"),
        ("VALLEY.txt", "article VALLEY-3\n"),
        ("two words.txt", "article \"two words\"\n"),
        ("a\"b\\.txt", "article \"a\\\"b\\\\\"\n"),
        ("not.txt", "article \"not\"\n"),
        ("", "article article\n"),
        ("texts/..", "article article\n"),
        ("a\nb.txt", "article \"a b\"\n"),
        (".txt", "article .txt\n"),
        ("新闻.txt", "article \"新闻\"\n"),
    ];
    for (path, expected) in cases {
        let draft = drafted(RULES, path, "Armenia in CSTO\n");
        assert!(draft.contains(expected), "{path:?}: {draft}");
        assert_eq!(assert_reads(RULES, &draft), 1, "{draft}");
    }
}

#[test]
fn texts_with_nothing_in_them() {
    for text in ["", "\n", "\r\n\r\n", "no name\n", "Armenia\nCSTO\n", "\u{feff}", "Armenia\rCSTO"] {
        let draft = drafted(RULES, "x.txt", text);
        let none = !text.contains("Armenia\r");
        assert_eq!(guesses(&draft).is_empty(), none, "{text:?}");
        assert_eq!(draft.contains("no line names"), none);
        assert_reads(RULES, &draft);
    }
    let crlf = drafted(RULES, "x.txt", "one\r\n\r\nArmenia in CSTO\r\n");
    assert_eq!(guesses(&crlf), ["Armenia member-of CSTO  @3"]);
}

/// More parties than a line of a rule file can hold, in one line of a text.
#[test]
fn a_long_line() {
    let mut rules = String::from("bloc CSTO\n");
    let mut text = String::from("CSTO: ");
    for number in 0..8000 {
        writeln!(rules, "party \"Land {number}\"").expect("a string takes all");
        write!(text, "Land {number}, joined, ").expect("a string takes all");
    }
    let text = text.repeat(20);
    assert!(text.len() > 3_000_000);
    let draft = drafted(&rules, "x.txt", &text);
    assert!(guesses(&draft).len() > 1 && guesses(&draft).len() < 5, "{}", guesses(&draft).len());
    assert_eq!(assert_reads(&rules, &draft), guesses(&draft).len());
}

#[test]
fn nothing_is_known() {
    let draft = drafted("", "x.txt", "Armenia joined CSTO");
    assert!(draft.contains("no line names"));
    let engine = engine("");
    let coverage = uncovered(engine.ledger(), engine.sources());
    let said = report(&coverage, engine.ledger(), engine.sources()).text();
    assert_eq!(said, "the text of no article is at hand (0 articles without)\n");
}

/// A name that a rule file can have, and that is odd to write.
fn name() -> impl Strategy<Value = String> {
    let words = [
        "and",
        "not",
        "is",
        "has",
        "will",
        "plans",
        "Trust",
        "in",
        "of",
        "to",
        "on",
        "Monday",
        "this year",
        "2004",
        "party",
        "text",
        "member-of",
        "Ⓐ",
        "中国",
        "a\\",
        "q\"",
        "#",
        "@7",
        "é",
        "XX",
        "said-by",
        "joins",
        "left",
        "A, B",
    ];
    prop_oneof![select(words.to_vec()).prop_map(str::to_owned), "\\PC{1,8}", "[A-Za-zéß0-9'._-]{1,9}"]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        rng_seed: RngSeed::Fixed(23),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever names there are, each guess is a claim.
    #[test]
    fn every_guess_is_a_claim(
        parties in vec(name(), 1..5),
        blocs in vec(name(), 1..4),
        forms in vec(name(), 1..4),
        file in "\\PC{0,12}",
        line in vec(0usize..16, 0..12),
    ) {
        let quoted = |it: &String| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\""));
        let mut rules = String::from("lifecycle odd\n  status never outside\n  status member inside\n");
        let all: Vec<String> = forms.iter().map(quoted).collect();
        rules += &format!("  event {} from never to member\n", all.join(", "));
        for it in &parties {
            rules += &format!("party {}\n", quoted(it));
        }
        for it in &blocs {
            rules += &format!("bloc {}\n  lifecycle odd\n", quoted(it));
        }
        let words: Vec<&String> = parties.iter().chain(&blocs).chain(&forms).collect();
        let line: Vec<&str> = line.iter().map(|it| words[it % words.len()].as_str()).collect();
        let draft = drafted(&rules, &file, &line.join(" to "));
        prop_assert_eq!(assert_reads(&rules, &draft), guesses(&draft).len());
    }
}
