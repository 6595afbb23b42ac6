//! Rosters of random small projects, written as text, against questions about each day.

use accede::date::Day;
use accede::{Engine, File, Roster, Row, Severity};
use proptest::prelude::*;

use crate::inference::cases;
use crate::questions::{DAYS, VOCABULARY, Written, articles, asked};
use crate::rules::line::{BLOCS, GROUP};
use crate::rules::{lines, rules};

/// What the vocabulary says of a bloc and a party.
#[derive(Clone, Debug)]
struct Bounds {
    bloc_ends: Option<i32>,
    party_begins: Option<i32>,
    party_ends: Option<i32>,
    /// A suspension lapses after so many days.
    term: Option<i32>,
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let day = || prop::option::of(1..=DAYS + 1);
    let term = prop::option::weighted(0.3, 1..=2);
    (day(), day(), day(), term).prop_map(|(bloc_ends, party_begins, party_ends, term)| {
        let party_ends = party_ends.filter(|it| party_begins.is_none_or(|begins| begins < *it));
        Bounds { bloc_ends: bloc_ends.filter(|it| *it > 1), party_begins, party_ends, term }
    })
}

impl Bounds {
    fn vocabulary(&self) -> String {
        let mut text = VOCABULARY.to_owned();
        if let Some(day) = self.bloc_ends {
            let of_bloc = "bloc X\n  exists from 2000-01-01";
            text = text.replace(of_bloc, &format!("{of_bloc} to 2000-01-0{day}"));
        }
        let begins = self.party_begins.map(|it| format!(" from 2000-01-0{it}")).unwrap_or_default();
        let ends = self.party_ends.map(|it| format!(" to 2000-01-0{it}")).unwrap_or_default();
        if !begins.is_empty() || !ends.is_empty() {
            text = text.replace("party A\n", &format!("party A\n  exists{begins}{ends}\n"));
        }
        if let Some(days) = self.term {
            let member = "status member, suspended inside";
            let lapses = "status member inside\n  status suspended inside for";
            text = text.replace(member, &format!("{lapses} {days} days then member"));
        }
        format!("{text}bloc Z\n  exists from 2000-01-01\n  lifecycle small\n{GROUP}")
    }
}

fn plan() -> impl Strategy<Value = String> {
    let party = prop::sample::select(vec!["A", "B", "C"]);
    let verb = prop::sample::select(vec!["join", "join", "return", "suspend"]);
    let day = || (1..=DAYS + 1).prop_map(|it| format!("2000-01-0{it}"));
    let when = prop_oneof![
        2 => day().prop_map(|it| format!(" on {it}")),
        1 => day().prop_map(|it| format!(" by {it}")),
        1 => Just(String::new()),
    ];
    let bloc = prop::sample::select(BLOCS.to_vec());
    (party, verb, bloc, when)
        .prop_map(|(party, verb, bloc, when)| format!("{party} plans to {verb} {bloc}{when}"))
}

/// Days on which something can happen, those around them, and the first and the last that can be written.
fn days() -> Vec<Day> {
    let first = Day::of(2000, 1, 1).expect("a day").0;
    let near = (first - 2..first + DAYS + 6).map(Day);
    [Day::of(-9999, 1, 1), Day::of(1999, 1, 1)]
        .into_iter()
        .flatten()
        .chain(near)
        .chain([Day::of(2030, 1, 1), Day::of(9999, 12, 31)].into_iter().flatten())
        .collect()
}

/// Every row of an answer, with what it rests on, and what the entry itself says of it.
fn rows(roster: &Roster, day: Day) -> Vec<Row> {
    let row = |it: accede::roster::Entry| {
        let row = it.row();
        assert_eq!((it.party(), it.verdict(), it.inside()), (row.party.as_str(), row.verdict, row.inside));
        assert_eq!((it.status(), it.otherwise()), (&names(&row.status)[..], &names(&row.otherwise)[..]));
        assert_eq!(it.last_evidence(), row.last_evidence);
        row
    };
    roster.on(day).map(row).collect()
}

fn names(of: &[String]) -> Vec<&str> {
    of.iter().map(String::as_str).collect()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_roster_says_what_questions_say(
        mut said in articles(),
        plans in prop::collection::vec(plan(), 0..=2),
        lines in prop_oneof![1 => Just(Vec::new()), 1 => lines()],
        trust in [1u32..=2, 1u32..=2],
        bounds in bounds(),
    ) {
        said.push(Written { name: "plans".into(), publisher: None, published: Some(1), trust: 1, claims: plans });
        let text: String = said.iter().map(Written::text).collect();
        let (vocabulary, rules) = (bounds.vocabulary(), rules(&lines, trust));
        let files = vec![File::new("a", vocabulary.as_str()), File::new("b", text.as_str()), File::new("c", rules.as_str())];
        let engine = Engine::read(files, &[]);
        for bloc in BLOCS.iter().chain(&["G"]) {
            let roster = engine.roster(bloc).expect("it is declared");
            prop_assert_eq!(&roster.bloc(), bloc);
            for day in days() {
                let answer = asked(&engine, &format!("members of {bloc} on {day}"));
                prop_assert_eq!(rows(&roster, day), answer.rows, "{} on {}\n{}{}{}", bloc, day, &vocabulary, &text, &rules);
            }
        }
    }
}

#[test]
fn the_projects_have_nothing_wrong_with_their_vocabulary() {
    let bounds = Bounds { bloc_ends: Some(4), party_begins: Some(1), party_ends: Some(3), term: Some(2) };
    let plans = "article a\n  A plans to suspend X by 2000-01-02\n  B plans to join Y\n".to_owned();
    let engine = Engine::read(vec![File::new("a", bounds.vocabulary()), File::new("b", plans)], &[]);
    let wrong: Vec<&str> =
        engine.findings().iter().filter(|it| it.severity == Severity::Error).map(|it| it.code).collect();
    assert_eq!(wrong, [""; 0]);
}

/// Many parties, so that time is cut into many buckets.
#[test]
fn a_long_roster_says_what_questions_say() {
    let mut text = "bloc X\narticle a\n".to_owned();
    let mut parties = String::new();
    for number in 0..120 {
        parties += &format!("party P{number:03}\n");
        let (joins, leaves) = (1900 + number * 37 % 100, 1960 + number * 53 % 60);
        text += &format!("  P{number:03} joins X in {joins}\n");
        if number % 3 > 0 {
            text += &format!("  P{number:03} leaves X on {leaves}-05-06\n");
        }
        if number % 7 == 0 {
            text += &format!("  P{number:03} suspended from X in {}\n", joins + 5);
        }
    }
    let engine = Engine::read(vec![File::new("a", parties), File::new("b", text)], &[]);
    let roster = engine.roster("x").expect("names are compared whatever the case");
    let mut rows_in_all = 0;
    for year in 1895..2025 {
        for day in [Day::of(year, 1, 1), Day::of(year, 5, 6), Day::of(year, 12, 31)].into_iter().flatten() {
            let found = rows(&roster, day);
            rows_in_all += found.len();
            assert_eq!(found, asked(&engine, &format!("members of X on {day}")).rows, "{day}");
        }
    }
    assert!(rows_in_all > 10_000, "{rows_in_all}");
}

#[test]
fn a_roster_of_no_bloc_is_no_question_either() {
    let engine = Engine::read(vec![File::new("a", "bloc CSTO\nparty Uzbekistan\nbloc \"and on\"\n")], &[]);
    for name in ["CTSO", "Uzbekistan", "without", "", "a \"quoted\"\nname"] {
        let wrong = engine.roster(name).expect_err("there is no such bloc");
        assert!(wrong.findings.iter().all(|it| it.code == "unknown-bloc"), "{name}: {:?}", wrong.findings);
    }
    let (roster, question) = (engine.roster("CTSO"), engine.ask("members of CTSO"));
    assert_eq!(roster.expect_err("unknown").to_string(), question.expect_err("unknown").to_string());
    assert_eq!(engine.roster("AND ON").expect("a bloc").on(Day::DUSK).count(), 0);
}
