//! Large, deep and strange input, each with the finding that it gets.

use accede::engine::Engine;
use accede::finding::{Finding, Severity};

use super::{assert_holds, assert_question, assert_sound, engine};

const VOCABULARY: &str = "party Armenia\nparty Belarus\nbloc CSTO\nbloc CIS\n";

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|it| it.code).collect()
}

/// Notes find nothing wrong.
fn wrong(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().filter(|it| it.severity != Severity::Note).map(|it| it.code).collect()
}

/// The codes of what is wrong with a file under a vocabulary.
fn found(text: &str) -> Vec<&'static str> {
    wrong(&assert_holds(&engine(&[VOCABULARY, text])))
}

fn refused(question: &str) -> String {
    let engine = engine(&[VOCABULARY]);
    assert_question(&engine, question);
    engine.ask(question).unwrap_err().findings[0].code.to_owned()
}

/// Claims of one article on the first of the parties.
fn claims(lines: impl Iterator<Item = String>) -> Engine {
    let lines: String = lines.map(|it| format!("  Armenia {it}\n")).collect();
    engine(&[VOCABULARY, &format!("article one\n{lines}")])
}

#[test]
fn long_lines() {
    let long = "x".repeat(2_000_000);
    assert_eq!(found(&long), ["line-too-long"]);
    assert_eq!(
        found(&format!("article one\n  Armenia joins \"{long}\"\n  Armenia joins CSTO in 1994\n")),
        ["line-too-long"]
    );
    assert_eq!(found(&format!("# {long}\n")), [""; 0], "a comment may be long");
    assert_eq!(refused(&"members ".repeat(131_072)), "line-too-long");
    assert_eq!(refused(&"é".repeat(32_769)), "line-too-long");
}

#[test]
fn deep_brackets() {
    for count in [65, 1_000, 65_000] {
        let open = "(".repeat(count);
        assert_eq!(refused(&open), "too-deep", "{count}");
        assert_eq!(found(&format!("ask {open}members of CSTO")), ["too-deep"], "{count}");
    }
    assert_eq!(refused(&"(".repeat(100_000)), "line-too-long");
    assert!(found(&format!("rule one\n  {}", "(".repeat(100_000))).contains(&"line-too-long"));
    for count in [1, 20, 64] {
        let question = format!("{}members of CSTO{}", "(".repeat(count), ")".repeat(count));
        assert_question(&engine(&[VOCABULARY]), &question);
        let found = engine(&[VOCABULARY]).ask(&question).map_err(|it| it.findings[0].code);
        assert!(!found.is_err_and(|it| it == "too-deep"), "{count}");
    }
    // A chain without brackets is no tree of its own depth.
    assert_question(
        &engine(&[VOCABULARY]),
        &format!("members of CSTO{}", " and members of CIS".repeat(3_000)),
    );
    assert_ne!(refused(&"not ".repeat(15_000)), "");
}

#[test]
fn many_sections() {
    let parties: String = (0..20_000).map(|it| format!("party P{it}\n")).collect();
    assert_eq!(assert_holds(&engine(&[&parties])), []);
    let articles: String = (0..5_000)
        .map(|it| format!("article a{it}\n  published 2012-01-01\n  Armenia member-of CSTO\n"))
        .collect();
    assert_eq!(found(&articles), [""; 0]);
}

#[test]
fn nul_and_other_controls() {
    let engine = engine(&[
        "party Armenia\0Belarus\n\0\0\0\nbloc X\0\narticle \0\n  A\0B joins X\n\u{1}\u{85}\u{b}\u{c}\n",
    ]);
    let findings = assert_holds(&engine);
    assert!(findings.len() >= 5 && findings.iter().all(|it| it.severity == Severity::Error), "{findings:?}");
    assert_question(&engine, "members of \0");
    assert_question(&engine, "members of CSTO\non 2012");
}

/// To look for a name that is like it must not take minutes.
#[test]
fn names_of_60_000_letters() {
    let name = |letter: &str| letter.repeat(60_000);
    let engine = engine(&[&format!(
        "party {}\nbloc {}\narticle one\n  {} joins CSTO\n  Armenia joins {}\n",
        name("n"),
        name("b"),
        name("m"),
        name("c")
    )]);
    let findings = engine.check();
    assert!(codes(&findings).contains(&"unknown-party") && codes(&findings).contains(&"unknown-bloc"));
    assert_sound(&findings, engine.sources());
    assert_question(&engine, &format!("blocs of {}", name("o")));
}

#[test]
fn a_claim_with_5_000_subjects() {
    let names: Vec<_> = (0..5_000).map(|it| format!("P{it}")).collect();
    let vocabulary: String = names.iter().map(|it| format!("party {it}\n")).collect();
    let claim = format!("article one\n  published 2012-12-19\n  {} member-of CSTO\n", names.join(", "));
    assert_eq!(wrong(&assert_holds(&engine(&[&vocabulary, "bloc CSTO\n", &claim]))), [""; 0]);
    assert_eq!(engine(&["bloc CSTO\n", &claim]).findings().len(), 5_000);
}

/// An answer, or a finding that says that a limit was met; never neither.
#[test]
fn contradictory_claims_on_one_pair() {
    let both = claims(
        (0..10_000)
            .map(|it| format!("{}member-of CSTO on 2012-12-19", if it % 2 == 0 { "" } else { "not " })),
    );
    assert_eq!(codes(&both.check()), ["clash"]);
    let day = |it: usize| format!("{}-{:02}-{:02}", 1995 + it % 20, 1 + it % 12, 1 + it % 28);
    for count in [40, 200, 1_000] {
        let joins = claims((0..count).map(|it| format!("joins CSTO on {}", day(it * 7))));
        let found = joins.check();
        assert!(found.iter().any(|it| ["repeat", "limit"].contains(&it.code)), "{count} joins: {found:?}");
    }
    let deeds = [
        "joins CSTO on",
        "leaves CSTO on",
        "member-of CSTO on",
        "not member-of CSTO on",
        "returns to CSTO on",
    ];
    for count in [15, 30, 60] {
        let mixed = claims((0..count).map(|it| format!("{} {}", deeds[it * it % 5], day(it * 7))));
        let found = mixed.check();
        assert!(found.iter().any(|it| it.severity < Severity::Note), "{count} deeds: {found:?}");
    }
}

#[test]
fn windows_in_one_another() {
    let deeds = ["joins CSTO", "leaves CSTO", "returns to CSTO", "suspended from CSTO"];
    for count in [8, 16, 100] {
        let events =
            claims((0..count).map(|it| format!("{} between {} and {}", deeds[it % 4], 1500 + it, 2010 - it)));
        assert_holds(&events);
    }
    let states = |it: usize| {
        format!(
            "{}member-of CSTO in {}/{}",
            if it.is_multiple_of(2) { "" } else { "not " },
            1500 + it,
            2010 - it
        )
    };
    assert_holds(&claims((0..30).map(states)));
}

#[test]
fn lifecycles() {
    let lifecycle = |lines: &str| {
        found(&format!(
            "lifecycle L\n{lines}bloc X\n  lifecycle L\narticle one\n  published 2012\n  Armenia go X in 2000\n"
        ))
    };
    let statuses = |count: usize| (0..count).map(|it| format!("s{it}")).collect::<Vec<_>>().join(", ");
    let of = |count: usize| format!("  status {} outside\n  event go from s0 to s1\n", statuses(count));
    assert!(!lifecycle(&of(64)).contains(&"lifecycle-too-large"));
    for count in [65, 66, 1_000] {
        assert!(lifecycle(&of(count)).contains(&"lifecycle-too-large"), "{count}");
    }
    let events =
        |count: usize| (0..count).map(|it| format!("  event e{it} from a to b\n")).collect::<String>();
    for count in [62, 63, 64, 65, 300, 70_000] {
        lifecycle(&format!(
            "  status a outside\n  status b inside\n  event go from a to b\n{}",
            events(count)
        ));
    }
    let acts = |count: usize| (0..count).map(|it| format!("  act a{it}\n")).collect::<String>();
    for count in [64, 65, 300] {
        lifecycle(&format!("  status a outside\n  status b inside\n  event go from a to b\n{}", acts(count)));
    }
    for odd in [
        "",
        "  status a outside\n",
        "  status a inside\n",
        "  event go from a to b\n",
        "  status a, a outside\n  event go from a to a\n",
        "  status a outside\n  status b inside\n  event go from b to b\n  event go from a to b\n  order go, go\n",
        "  status a outside\n  status b inside\n  event go from a to b\n  act go\n  order go\n  order nothing, go\n",
        "  status go, and outside\n",
        "  order go, stop\n  order stop, go\n  act stop\n  status a, b outside\n  event go from a to b\n",
    ] {
        lifecycle(odd);
    }
    assert_eq!(
        found(
            "lifecycle L\n  status a, b outside\n  status c inside\n  event x from a to b\n  event y from b to c\n  event z from c to a\n\
            bloc X\n  lifecycle L\narticle one\n  published 2012\n  Armenia x X in 2000\n  Armenia y X in 2000\n  Armenia z X in 2000\n  Armenia x X in 2001\n"
        ),
        [""; 0]
    );
}

/// Nothing but the first status is left, and the bloc's end asks for another one.
#[test]
fn a_lifecycle_that_cannot_end() {
    let engine = engine(&[
        "party Armenia\nbloc CSTO\n  exists to 2015-01-01\n  lifecycle L\nlifecycle L\n  status member inside\n",
    ]);
    assert!(codes(&assert_holds(&engine)).contains(&"lifecycle-begins-inside"));
    assert_question(&engine, "history of Armenia in CSTO");
}

#[test]
fn names_that_clash() {
    assert_eq!(found("article one\narticle one\n"), ["duplicate-name"]);
    assert_eq!(found("party Armenia\n"), ["duplicate-name"]);
    // A name that a thing has already is no harm, or at the most worth a word.
    assert!(found("bloc X\n  also X\n").iter().all(|it| *it == "duplicate-name"));
    for cycle in
        ["bloc X\n  also Y\nbloc Y\n  also X\n", "party P\n  also Q\nparty Q\n  also R\nparty R\n  also P\n"]
    {
        let found = found(cycle);
        assert!(!found.is_empty() && found.iter().all(|it| *it == "duplicate-name"), "{found:?}");
    }
    for cycle in [
        "group G = G\n",
        "group G = H\ngroup H = G\n",
        "group Armenia = Armenia\n",
        "group G = Armenia\ngroup G = Belarus\n",
    ] {
        assert_ne!(found(cycle), [""; 0], "{cycle}");
    }
    let nested: String = (1..200).map(|it| format!("group G{it} = G{}\n", it - 1)).collect();
    found(&format!("group G0 = Armenia\n{nested}"));
}

const DATES: [&str; 48] = [
    "2013-02-29",
    "2012-02-30",
    "2012-00-01",
    "2012-13-01",
    "2012-01-00",
    "2012-01-32",
    "-9999",
    "-0001",
    "-0000",
    "0000",
    "0000-01-01",
    "0000-02-29",
    "0001",
    "9999",
    "9999-12-31",
    "99999-01-01",
    "Y170000002",
    "Y-170000002",
    "Y17E8",
    "Y9999999999999999999999",
    "199X",
    "XXXX",
    "19XX-12",
    "2012-XX-XX",
    "../2006",
    "2006/..",
    "2006/",
    "/2006",
    "../..",
    "/",
    "2012-12-19/2011-01-01",
    "9999-12-31/..",
    "../-9999",
    "[..2006]",
    "{2006,2007}",
    "[",
    "]",
    "2006-21",
    "2006-41",
    "2012-12-19T00:00",
    "2006~",
    "2006?",
    "2006%",
    "today",
    "last month",
    "1/2/2012",
    "19.12.2012",
    "20121219",
];

#[test]
fn dates() {
    let words = ["on", "in", "before", "after", "by", "since", "throughout", "at the end of"];
    for date in DATES {
        let mut text = format!(
            "article one\n  published 2012-12-19\nparty P\n  exists from {date} to {date}\nbloc X\n  exists from {date}\n"
        );
        for it in words {
            text += &format!("article a\n  published {date}\n  Belarus member-of CIS {it} {date}\n");
        }
        text += &format!(
            "article one\n  published 2012-12-19\n  Armenia joins CSTO between {date} and 2012\n  Armenia joins X from 1990 to {date}\n  P member-of X\n"
        );
        let engine = engine(&[VOCABULARY, &text]);
        assert_sound(engine.findings(), engine.sources());
        for question in
            ["members of CSTO on", "blocs of P in", "status of P in X on", "status of Belarus in CIS before"]
        {
            assert_question(&engine, &format!("{question} {date}"));
        }
        assert_question(&engine, &format!("status of P in X between {date} and {date}"));
    }
}

#[test]
fn dates_that_are_none() {
    for date in [
        "2013-02-29",
        "2012-02-30",
        "2012-13-01",
        "2012-01-32",
        "2012-00-01",
        "1900-02-29",
        "99999-01-01",
        "2012-12-19/2011-01-01",
        "[",
    ] {
        assert_ne!(
            found(&format!("article one\n  published 2013\n  Armenia joins CSTO in {date}\n")),
            [""; 0],
            "{date}"
        );
        assert_ne!(refused(&format!("members of CSTO on {date}")), "syntax", "{date}");
    }
}
