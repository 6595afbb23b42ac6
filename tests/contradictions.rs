//! Findings on random small projects, written as text: counts and lists are literal, mends mend.

use accede::check::Wanted;
use accede::date::{Day, Window};
use accede::finding::{Finding, Mend, Severity, Tally};
use accede::pair::{Supposed, folded, problem};
use accede::{Engine, File};
use proptest::prelude::*;

use crate::inference::cases;
use crate::oracle::Oracle;

const DAYS: i32 = 4;
const VOCABULARY: &str = "party A
party B
party C
bloc X
  exists from 2000-01-01
  lifecycle small
lifecycle small
  status never, former outside
  status member, suspended inside
  event joins, join from never, former to member
  event returns from former to member
  event leaves from member, suspended to former
  event suspended from member to suspended
  act signs
  act ratifies
  order signs, ratifies, joins
";

/// A claim, and the trust of its article.
type Said = (String, u32);

fn text(said: &[Said]) -> String {
    let article = |(number, (claim, trust)): (usize, &Said)| {
        format!(
            "article a{number}\n  publisher \"P{number}\"\n  published 2000-02-01\n  trust {trust}\n  {claim}\n"
        )
    };
    said.iter().enumerate().map(article).collect()
}

fn engine(text: &str) -> Engine {
    Engine::read(vec![File::new("rules", VOCABULARY), File::new("claims", text)], &[])
}

fn day() -> impl Strategy<Value = String> {
    (1..=DAYS).prop_map(|it| format!("2000-01-0{it}"))
}

fn parties() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["A", "B", "C", "A, B", "A and C", "A, B and C"]).prop_map(str::to_owned)
}

fn said() -> impl Strategy<Value = Said> {
    let verb =
        prop::sample::select(vec!["joins", "joins", "returns", "leaves", "suspended", "signs", "ratifies"]);
    let when = prop_oneof![
        4 => day().prop_map(|it| format!("on {it}")),
        1 => day().prop_map(|it| format!("by {it}")),
        1 => (day(), 0..2).prop_map(|(it, _)| format!("between 2000-01-01 and {it}")),
    ];
    let event = (parties(), verb, when).prop_map(|(who, verb, when)| format!("{who} {verb} X {when}"));
    let state = prop::sample::select(vec!["member-of", "not member-of", "is suspended in"]);
    let state = (parties(), state, day()).prop_map(|(who, state, day)| format!("{who} {state} X on {day}"));
    let only = (parties(), day()).prop_map(|(who, day)| format!("only {who} member-of X on {day}"));
    let bound = prop::sample::select(vec!["", "at most ", "at least "]);
    let count = (bound, 0..=3, day())
        .prop_map(|(bound, count, day)| format!("X has {bound}{count} members on {day}"));
    let claim = prop_oneof![5 => event, 3 => state, 2 => only, 2 => count];
    (claim, prop_oneof![3 => Just(1u32), 1 => Just(2)])
}

fn projects() -> impl Strategy<Value = Vec<Said>> {
    prop::collection::vec(said(), 1..=6)
}

/// The claims among the places of a finding.
fn claims_of(engine: &Engine, finding: &Finding) -> Vec<String> {
    finding.places.iter().map(|it| engine.sources().file(it.file).slice(it.span).to_owned()).collect()
}

/// The number of parties that, by the literal oracle, certainly belong on a day, and that may.
fn counted(engine: &Engine, day: i32) -> (usize, usize) {
    let ledger = engine.ledger();
    let bloc = ledger.blocs().next().expect("there is one");
    let inside = ledger.bloc(bloc).inside;
    let (mut holds, mut may) = (0, 0);
    for party in ledger.parties() {
        let (claims, _) = folded(ledger, bloc, party, &Supposed::default());
        let problem = problem(ledger, bloc, party, claims);
        let (verdicts, _) = Oracle::new(&problem, first(), DAYS + 1).answer();
        let status = verdicts[day as usize - 1].status;
        holds += usize::from(status.is_subset(inside));
        may += usize::from(status.meets(inside));
    }
    (holds, may)
}

fn first() -> Day {
    Day::of(2000, 1, 1).expect("a day")
}

/// What a count claim says, and its day.
fn count(claim: &str) -> Option<(usize, usize, i32)> {
    let rest = claim.strip_prefix("X has ")?;
    let (bound, rest) = match rest.strip_prefix("at ") {
        Some(rest) => rest.split_once(' ')?,
        None => ("", rest),
    };
    let number: usize = rest.split(' ').next()?.parse().ok()?;
    let day = claim.rsplit('-').next()?.parse().ok()?;
    Some(match bound {
        "most" => (0, number, day),
        "least" => (number, usize::MAX, day),
        _ => (number, number, day),
    })
}

fn mended(text: &str, mend: &Mend) -> String {
    let mut edits = mend.edits.clone();
    edits.sort_by_key(|it| std::cmp::Reverse(it.span));
    let mut text = text.to_owned();
    for it in edits {
        text.replace_range(it.span.range(), &it.replacement);
    }
    text
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn what_is_counted_is_what_is_found(said in projects()) {
        let engine = engine(&text(&said));
        let counted = engine.count_in(&Wanted::default(), &|_| ());
        prop_assert_eq!(counted.found, Tally::of(&engine.check()));
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_count_is_wrong_where_it_literally_is(said in projects()) {
        let engine = engine(&text(&said));
        let findings = engine.check();
        for (claim, _) in &said {
            let Some((least, most, day)) = count(claim) else { continue };
            let (holds, may) = counted(&engine, day);
            let found = findings.iter().find(|it| it.code == "requirement" && claims_of(&engine, it)[0] == *claim);
            prop_assert_eq!(found.is_some(), holds > most || may < least, "{}: {} to {}", claim, holds, may);
            let Some(found) = found.filter(|_| holds > most) else { continue };
            // Leave one of its claims out, and the count holds.
            let claims = claims_of(&engine, found);
            for left_out in &claims {
                let rest: Vec<Said> = said.iter().filter(|it| claims.contains(&it.0) && it.0 != *left_out).cloned().collect();
                let fewer = super::contradictions::engine(&text(&rest));
                let (holds, _) = counted(&fewer, day);
                prop_assert!(left_out == claim || holds <= most, "without {left_out} there are still {holds}");
            }
        }
    }

    #[test]
    fn every_claim_that_is_left_out_stands_in_a_finding(said in projects()) {
        let engine = engine(&text(&said));
        let findings = engine.check();
        let ledger = engine.ledger();
        let bloc = ledger.blocs().next().expect("there is one");
        for party in ledger.parties() {
            let (claims, by) = folded(ledger, bloc, party, &Supposed::default());
            let problem = problem(ledger, bloc, party, claims);
            let outcome = accede::infer::infer(&problem);
            for place in outcome.left_out {
                let claim = ledger.claim(by[place][0]);
                let named = findings.iter().any(|it| it.places.iter().any(|it| it.span == claim.span() && it.side.is_some()));
                prop_assert!(named, "{} is in no finding", engine.sources().file(engine.ledger().file_of(claim)).slice(claim.span()));
            }
        }
    }

    #[test]
    fn a_mend_mends(said in projects()) {
        let text = text(&said);
        let engine = engine(&text);
        let findings = engine.check();
        for finding in &findings {
            for mend in &finding.mends {
                let mended = mended(&text, mend);
                let engine = super::contradictions::engine(&mended);
                let after = engine.check();
                // Of two claims on a pair that are wrong each by itself, the findings read alike.
                let alike = |of: &[Finding]| {
                    of.iter().filter(|it| it.code == finding.code && it.message == finding.message).count()
                };
                prop_assert!(alike(&after) < alike(&findings), "{} leaves {}\n{mended}", mend.message, finding.message);
                let errors = |of: &[Finding]| of.iter().filter(|it| it.severity == Severity::Error && it.code != "requirement").count();
                prop_assert!(errors(&after) <= errors(&findings), "{} makes it worse\n{mended}", mend.message);
            }
        }
    }
}

#[test]
fn windows_of_the_oracle_are_those_of_the_text() {
    let engine = engine("article a\n  A joins X on 2000-01-03\n");
    assert_eq!(counted(&engine, 2), (0, 0));
    assert_eq!(counted(&engine, 3), (1, 1));
    assert!(Window::day(first()).is_day());
}
