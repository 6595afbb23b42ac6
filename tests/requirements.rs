//! `order` across blocs on random small projects: what is found is so in every history that the literal oracle has.

use accede::date::{Day, Window};
use accede::infer::{Part, infer};
use accede::ledger::{BlocId, PartyId};
use accede::lifecycle::{Deed, EventId};
use accede::pair::{Supposed, folded, problem};
use accede::{Engine, File};
use proptest::prelude::*;
use proptest::sample::select;

use crate::inference::cases;
use crate::oracle::Oracle;

const DAYS: i32 = 4;
const VOCABULARY: &str = "party A
bloc X
  exists from 2000-01-01
  lifecycle small
bloc Y
  exists from 2000-01-01
  lifecycle small
lifecycle small
  status never, former outside
  status member inside
  event joins, join from never, former to member
  event returns from former to member
  event leaves from member to former
";
const EVENTS: [&str; 3] = ["joins", "returns", "leaves"];

fn claim() -> impl Strategy<Value = String> {
    let day = || (1..=DAYS).prop_map(|it| format!("2000-01-0{it}"));
    let bloc = || select(vec!["X", "Y"]);
    let when = prop_oneof![
        4 => day().prop_map(|it| format!("on {it}")),
        1 => day().prop_map(|it| format!("by {it}")),
        1 => day().prop_map(|it| format!("after {it}")),
    ];
    let event = (select(vec!["joins", "joins", "returns", "leaves"]), bloc(), when)
        .prop_map(|(verb, bloc, when)| format!("A {verb} {bloc} {when}"));
    let state = (select(vec!["member-of", "not member-of"]), bloc(), day())
        .prop_map(|(state, bloc, day)| format!("A {state} {bloc} on {day}"));
    prop_oneof![4 => event, 1 => state]
}

struct Pair<'e> {
    engine: &'e Engine,
    bloc: BlocId,
    event: EventId,
}

impl Pair<'_> {
    /// Whether it happened by a day, in each of the simplest histories.
    fn did(&self, by: Day) -> Vec<bool> {
        let ledger = self.engine.ledger();
        let (claims, _) = folded(ledger, self.bloc, PartyId(0), &Supposed::default());
        let problem = problem(ledger, self.bloc, PartyId(0), claims);
        let oracle = Oracle::new(&problem, first(), DAYS + 1);
        oracle.did(self.event, Window::new(Day::DAWN, by)).into_iter().collect()
    }

    /// The days of its reports, and whether every repair keeps them; those that none keeps are left out.
    fn reports(&self) -> Vec<(Window, bool)> {
        let ledger = self.engine.ledger();
        let (claims, _) = folded(ledger, self.bloc, PartyId(0), &Supposed::default());
        let problem = problem(ledger, self.bloc, PartyId(0), claims);
        let outcome = infer(&problem);
        let kept = (0..problem.claims.len()).filter(|it| !outcome.overruled.contains(it));
        let report = |it: usize| match problem.claims[it].parts[0] {
            Part::Event { event, window } if event == self.event => {
                Some((window, !outcome.contested.contains(&it)))
            }
            _ => None,
        };
        kept.filter_map(report).collect()
    }
}

fn first() -> Day {
    Day::of(2000, 1, 1).expect("a day")
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn an_order_is_broken_where_it_literally_is(
        claims in prop::collection::vec(claim(), 2..=7),
        deeds in (select(EVENTS.to_vec()), select(EVENTS.to_vec()))
    ) {
        let articles: String = (0..).zip(&claims).map(|(number, it)| {
            format!("article a{number}\n  published 2000-01-05\n  {it}\n")
        }).collect();
        let text = format!("{VOCABULARY}require r\n  order {} X, {} Y\n{articles}", deeds.0, deeds.1);
        let engine = Engine::read(vec![File::new("text", text.as_str())], &[]);
        let pair = |bloc: u32, verb: &str| {
            let Some(Deed::Event(event)) = engine.ledger().lifecycle_of(BlocId(bloc)).deed(verb) else {
                panic!("{verb} is an event");
            };
            Pair { engine: &engine, bloc: BlocId(bloc), event }
        };
        let (before, after) = (pair(0, deeds.0), pair(1, deeds.1));
        let found = engine.check().iter().any(|it| it.code == "requirement");
        let days = (0..=DAYS).map(|it| Day(first().0 + it));
        // By some day the one cannot have happened, and the other has.
        let literally = days.clone().any(|it| before.did(it) == [false] && after.did(it).contains(&true));
        prop_assert!(literally || !found, "{text}");
        let is_told = !before.reports().is_empty();
        let surely = |day: Day| after.reports().contains(&(Window::day(day), true));
        let must = is_told && days.clone().any(|it| surely(it) && before.did(it) == [false]);
        prop_assert!(found || !must, "{text}");
    }
}
