//! Questions on random small projects, written as text: endings are compared with edited files, sets with every way
//! their terms can come out, `did` with every simplest history, and what `why` names is enough.

use std::collections::{BTreeMap, BTreeSet};

use accede::answer::{Answer, Evidence, Reason};
use accede::date::{Day, Window};
use accede::ledger::{BlocId, PartyId};
use accede::lifecycle::{Deed, StatusSet};
use accede::pair::{Supposed, folded, problem};
use accede::{Engine, File};
use proptest::prelude::*;

use crate::inference::cases;
use crate::oracle::Oracle;

pub const DAYS: i32 = 4;
pub const PARTIES: [&str; 3] = ["A", "B", "C"];
const BLOCS: [&str; 2] = ["X", "Y"];
pub const VOCABULARY: &str = "party A
party B
party C
bloc X
  exists from 2000-01-01
  lifecycle small
bloc Y
  exists from 2000-01-01
  lifecycle small
lifecycle small
  status never, former outside
  status member, suspended inside
  event joins, join from never, former to member
  event returns, return from former to member
  event leaves, leave from member, suspended to former
  event suspended, suspend from member to suspended
  act signs, sign
";

#[derive(Clone, Debug)]
pub struct Written {
    pub name: String,
    pub publisher: Option<&'static str>,
    /// The day of February.
    pub published: Option<u32>,
    pub trust: u32,
    pub claims: Vec<String>,
}

impl Written {
    pub fn text(&self) -> String {
        let mut text = format!("article {}\n  trust {}\n", self.name, self.trust);
        if let Some(it) = self.publisher {
            text += &format!("  publisher \"{it}\"\n");
        }
        if let Some(it) = self.published {
            text += &format!("  published 2000-02-0{it}\n");
        }
        text + &self.claims.iter().map(|it| format!("  {it}\n")).collect::<String>()
    }
}

fn day() -> impl Strategy<Value = String> {
    (1..=DAYS).prop_map(|it| format!("2000-01-0{it}"))
}

pub fn claim() -> impl Strategy<Value = String> {
    let party = || prop::sample::select(vec!["A", "B", "C", "A and B"]);
    let bloc = || prop::sample::select(BLOCS.to_vec());
    let verb = prop::sample::select(vec!["joins", "joins", "returns", "leaves", "suspended", "signs"]);
    let when = prop_oneof![
        3 => day().prop_map(|it| format!("on {it}")),
        1 => (day(), day()).prop_map(|(a, b)| format!("between {} and {}", a.clone().min(b.clone()), a.max(b))),
    ];
    let event = (party(), verb, bloc(), when).prop_map(|it| format!("{} {} {} {}", it.0, it.1, it.2, it.3));
    let state =
        prop::sample::select(vec!["member-of", "not member-of", "is suspended in", "is not former in"]);
    let state =
        (party(), state, bloc(), day()).prop_map(|it| format!("{} {} {} on {}", it.0, it.1, it.2, it.3));
    let only =
        (party(), bloc(), day()).prop_map(|it| format!("only {} member-of {} on {}", it.0, it.1, it.2));
    prop_oneof![5 => event, 4 => state, 1 => only]
}

pub fn articles() -> impl Strategy<Value = Vec<Written>> {
    let publisher = prop::sample::select(vec![None, Some("P"), Some("Q")]);
    let published = prop::option::of(1u32..=3);
    let trust = prop_oneof![3 => Just(1u32), 1 => Just(2)];
    let one = (publisher, published, trust, prop::collection::vec(claim(), 1..=2));
    prop::collection::vec(one, 1..=5).prop_map(|all| {
        let written = |(number, (publisher, published, trust, claims))| {
            let name = format!("a{number}");
            Written { name, publisher, published, trust, claims }
        };
        all.into_iter().enumerate().map(written).collect()
    })
}

fn engine(articles: &[Written]) -> Engine {
    let text: String = articles.iter().map(Written::text).collect();
    Engine::read(vec![File::new("rules", VOCABULARY), File::new("claims", text)], &[])
}

pub fn asked(engine: &Engine, question: &str) -> Answer {
    engine.ask(question).unwrap_or_else(|it| panic!("{question}: {:?}", it.findings))
}

/// Rows as far as they do not tell where claims stand.
pub fn plain(answer: &Answer) -> Vec<String> {
    let claims =
        |of: &[Evidence]| of.iter().map(|it| format!("{} {}", it.article, it.claim)).collect::<Vec<_>>();
    let row = |it: &accede::Row| {
        let names = (&it.party, &it.bloc, it.from, it.to);
        format!(
            "{names:?} {:?} {:?} {:?} {:?}",
            it.status,
            it.otherwise,
            it.verdict,
            (claims(&it.because), claims(&it.against))
        )
    };
    answer
        .rows
        .iter()
        .map(row)
        .chain(
            answer
                .changes
                .iter()
                .map(|it| format!("{:?} {:?}", it.party, (it.earliest, it.latest, it.assumed))),
        )
        .collect()
}

const QUESTIONS: [&str; 6] = [
    "members of X on 2000-01-03",
    "members of X and not members of Y on 2000-01-02",
    "history of A in X",
    "blocs of B",
    "changes in Y",
    "count members of X",
];

fn formula() -> impl Strategy<Value = String> {
    let of = prop::sample::select(vec![
        "members",
        "members",
        "suspended members",
        "former members",
        "never members",
    ]);
    let leaf = (of, prop::sample::select(BLOCS.to_vec())).prop_map(|(of, bloc)| format!("{of} of {bloc}"));
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| format!("not ({it})")),
            prop::collection::vec(inner.clone(), 2..=3).prop_map(|it| format!("({})", it.join(") and ("))),
            prop::collection::vec(inner, 2..=3).prop_map(|it| format!("({})", it.join(") or ("))),
        ]
    })
}

/// Whether a formula is true of statuses by bloc; read by itself, from the words.
fn holds(formula: &str, statuses: &BTreeMap<&str, &str>) -> bool {
    if let Some(rest) = formula.strip_prefix("not (").filter(|it| closes(it) == it.len() - 1) {
        return !holds(&rest[..rest.len() - 1], statuses);
    }
    if let Some(rest) = formula.strip_prefix('(') {
        let end = closes(rest);
        let (first, rest) = (&rest[..end], &rest[end + 1..]);
        let mut result = holds(first, statuses);
        let mut rest = rest;
        while !rest.is_empty() {
            let (and, after) =
                rest.strip_prefix(" and (").map_or_else(|| (false, &rest[" or (".len()..]), |it| (true, it));
            let end = closes(after);
            let next = holds(&after[..end], statuses);
            result = if and { result && next } else { result || next };
            rest = &after[end + 1..];
        }
        return result;
    }
    let (of, bloc) = formula.rsplit_once(" of ").expect("a term");
    let status = statuses[bloc];
    match of {
        "members" => ["member", "suspended"].contains(&status),
        _ => status == of.strip_suffix(" members").expect("a status"),
    }
}

/// Where the bracket closes that was opened before.
fn closes(text: &str) -> usize {
    let mut depth = 1;
    for (at, it) in text.char_indices() {
        depth += i32::from(it == '(') - i32::from(it == ')');
        if depth == 0 {
            return at;
        }
    }
    unreachable!("brackets are balanced")
}

/// By the literal oracle, the statuses of each party in each bloc on a day, without and with what overruled claims add.
fn literal(engine: &Engine, party: PartyId, bloc: BlocId, day: i32) -> [BTreeSet<String>; 2] {
    let ledger = engine.ledger();
    let (claims, _) = folded(ledger, bloc, party, &Supposed::default());
    let problem = problem(ledger, bloc, party, claims);
    let (verdicts, _) = Oracle::new(&problem, first(), DAYS + 1).answer();
    let verdict = &verdicts[day as usize - 1];
    let names =
        |it: StatusSet| it.iter().map(|it| ledger.lifecycle_of(bloc).name_of(it).to_owned()).collect();
    [names(verdict.status), names(verdict.status.union(verdict.otherwise))]
}

fn first() -> Day {
    Day::of(2000, 1, 1).expect("a day")
}

/// Whether the formula is true or false, for all the statuses that the blocs can have.
fn outcomes(formula: &str, statuses: &[BTreeSet<String>]) -> Vec<&'static str> {
    let mut outcomes = BTreeSet::new();
    for x in &statuses[0] {
        for y in &statuses[1] {
            let statuses = BTreeMap::from([("X", x.as_str()), ("Y", y.as_str())]);
            outcomes.insert(if holds(formula, &statuses) { "yes" } else { "no" });
        }
    }
    outcomes.into_iter().collect()
}

fn leaves(reason: &Reason, found: &mut BTreeSet<(String, usize)>) {
    found.extend(reason.evidence.iter().map(|it| (it.file.clone(), it.line)));
    reason.premises.iter().for_each(|it| leaves(it, found));
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn endings_are_as_if_the_files_were_edited(said in articles(), by in 1u32..=3, assumed in claim(), which in 0usize..6) {
        let whole = engine(&said);
        let question = QUESTIONS[which];
        let names: BTreeSet<&str> = said.iter().map(|it| it.name.as_str()).chain(said.iter().filter_map(|it| it.publisher)).collect();
        let is = |it: &Written, name: &str| it.name == name || it.publisher == Some(name);
        let compare = |ending: &str, edited: Vec<Written>| {
            let (is, should) = (asked(&whole, &format!("{question} {ending}")), asked(&engine(&edited), question));
            prop_assert_eq!(plain(&is), plain(&should), "{} {}", question, ending);
            prop_assert_eq!(is.counts.iter().map(|it| (it.least, it.most)).collect::<Vec<_>>(), should.counts.iter().map(|it| (it.least, it.most)).collect::<Vec<_>>());
            Ok(())
        };
        let mut edited = said.clone();
        edited.retain(|it| it.published.is_some_and(|it| it <= by));
        compare(&format!("as published by 2000-02-0{by}"), edited)?;
        for name in names {
            let (mut with, mut without) = (said.clone(), said.clone());
            with.retain(|it| is(it, name));
            without.retain(|it| !is(it, name));
            compare(&format!("according to {name}"), with.clone())?;
            compare(&format!("without {name}"), without)?;
            with.retain(|it| it.published.is_some_and(|it| it <= by));
            compare(&format!("according to {name} as published by 2000-02-0{by}"), with)?;
        }
        let mut edited = said.clone();
        edited.push(Written { name: "assuming".into(), publisher: None, published: None, trust: 1_000_000, claims: vec![assumed.clone()] });
        compare(&format!("assuming {assumed}"), edited)?;
    }

    #[test]
    fn sets_are_what_their_terms_can_come_to(said in articles(), formula in formula()) {
        let engine = engine(&said);
        let ledger = engine.ledger();
        let answer = asked(&engine, &format!("({formula}) and (members of X or not members of X) on 2000-01-03"));
        let count = asked(&engine, &format!("count ({formula}) and (members of X or not members of X) every day from 2000-01-03 to 2000-01-03"));
        let (mut sure, mut may) = (0, 0);
        for (party, name) in ledger.parties().zip(PARTIES) {
            let statuses: Vec<_> = ledger.blocs().map(|it| literal(&engine, party, it, 3)).collect();
            let is = outcomes(&formula, &[statuses[0][0].clone(), statuses[1][0].clone()]);
            let heard = outcomes(&formula, &[statuses[0][1].clone(), statuses[1][1].clone()]);
            let row = answer.rows.iter().find(|it| it.party == name);
            prop_assert_eq!(row.is_some(), heard.contains(&"yes"), "{} in {}", name, &formula);
            sure += usize::from(is == ["yes"]);
            may += usize::from(is.contains(&"yes"));
            let Some(row) = row else { continue };
            prop_assert_eq!(&row.status, &is, "{} in {}", name, &formula);
            let otherwise: Vec<_> = heard.iter().filter(|it| !is.contains(it)).copied().collect();
            prop_assert_eq!(&row.otherwise, &otherwise, "{} in {}", name, &formula);
        }
        prop_assert_eq!((count.counts[0].least, count.counts[0].most), (sure, may));
    }

    #[test]
    fn did_is_what_simplest_histories_did(said in articles(), from in 1..=DAYS, to in 1..=DAYS) {
        let (from, to) = (from.min(to), from.max(to));
        let engine = engine(&said);
        let ledger = engine.ledger();
        for verb in ["join", "return", "leave", "suspend"] {
            let (party, bloc) = (PartyId(0), BlocId(0));
            let Some(Deed::Event(event)) = ledger.lifecycle_of(bloc).deed(verb) else { unreachable!() };
            let (claims, _) = folded(ledger, bloc, party, &Supposed::default());
            let problem = problem(ledger, bloc, party, claims);
            let window = Window::new(Day(first().0 + from - 1), Day(first().0 + to - 1));
            let literal = Oracle::new(&problem, first(), DAYS + 1).did(event, window);
            let answer = asked(&engine, &format!("did A {verb} X between 2000-01-0{from} and 2000-01-0{to}"));
            let may = answer.rows[0].status.iter().any(|it| it == "yes");
            prop_assert_eq!(may, literal.contains(&true), "did A {} between {} and {}", verb, from, to);
            // What is said for sure is so in every history; the other way round, doubt may remain.
            prop_assert!(answer.rows[0].status.len() > 1 || literal.len() == 1);
        }
    }

    #[test]
    fn what_why_names_is_enough(said in articles(), day in 1..=DAYS, party in 0usize..3) {
        let text: String = said.iter().map(Written::text).collect();
        let engine = Engine::read(vec![File::new("rules", VOCABULARY), File::new("claims", text.clone())], &[]);
        let pair = format!("{} in X on 2000-01-0{day}", PARTIES[party]);
        let why = asked(&engine, &format!("why {pair}"));
        let mut named = BTreeSet::new();
        leaves(why.why.as_ref().expect("there is a reason"), &mut named);
        let is_claim = |line: &str| line.starts_with("  ") && !["trust", "publisher", "published"].contains(&line.split_whitespace().next().unwrap_or_default());
        let kept = |(number, line): &(usize, &str)| !is_claim(line) || named.contains(&("claims".to_owned(), number + 1));
        let fewer: String = text.lines().enumerate().filter(kept).map(|it| format!("{}\n", it.1)).collect();
        let alone = Engine::read(vec![File::new("rules", VOCABULARY), File::new("claims", fewer.clone())], &[]);
        let status = |it: &Answer| it.rows.iter().map(|it| (it.status.clone(), it.otherwise.clone(), it.verdict, it.last_evidence)).collect::<Vec<_>>();
        prop_assert_eq!(status(&why), status(&asked(&alone, &format!("status of {pair}"))), "{}\n{}", pair, fewer);
    }
}
