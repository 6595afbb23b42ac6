//! The engine agrees with the literal oracle on random worlds, lifecycles included.

use std::ops::RangeInclusive;

use accede::date::{Day, Window};
use accede::infer::{
    Claim, Conflicts, Histories, Lasts, Outcome, Part, Problem, disagreements, infer, infer_the_long_way,
    is_reported_throughout, sift,
};
use accede::lifecycle::{
    Act, ActId, Deed, Event, EventId, Length, Lifecycle, Status, StatusId, StatusSet, Term,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::oracle::Oracle;

const FIRST: i32 = 1000;
/// Before the days that claims speak of, where nothing says when the bloc began: room for any way to a status.
const BEFORE: i32 = 3;

#[derive(Clone, Debug)]
struct World {
    lifecycle: Lifecycle,
    days: i32,
    begins: Option<i32>,
    ends: Vec<(i32, i32)>,
    claims: Vec<Claim>,
}

impl World {
    fn problem(&self) -> Problem<'_> {
        let day = |it: i32| Day(FIRST + it);
        Problem {
            lifecycle: &self.lifecycle,
            inside: self.lifecycle.inside(),
            begins: self.begins.map_or(Day::DAWN, day),
            ends: self.ends.iter().map(|it| Window::new(day(it.0), day(it.1))).collect(),
            claims: self.claims.clone(),
        }
    }

    /// The same with so many days for each of them; but what is so on one day stays a matter of one day.
    fn slower(mut self, days: i32) -> World {
        self.days *= days;
        self.begins = self.begins.map(|it| it * days);
        self.ends.iter_mut().for_each(|it| *it = (it.0 * days, it.1 * days));
        let first = |it: Day| if it.is_open() { it } else { Day(FIRST + (it.0 - FIRST) * days) };
        for part in self.claims.iter_mut().flat_map(|it| &mut it.parts) {
            if let Part::Event { window, .. } | Part::Always { window, .. } | Part::Sometime { window, .. } =
                part
            {
                let more = if window.is_day() { 0 } else { days - 1 };
                *window = Window::new(first(window.earliest), Day(first(window.latest).0 + more));
            }
        }
        self
    }

    fn axis(&self) -> (Day, i32) {
        if self.begins.is_some() {
            (Day(FIRST), self.days)
        } else {
            let terms = self.lifecycle.terms().map(|it| it.1.length.most_days()).sum::<i32>();
            (Day(FIRST - BEFORE - terms), self.days + BEFORE + terms)
        }
    }
}

fn set(count: usize) -> impl Strategy<Value = StatusSet> {
    (1u64..(1 << count)).prop_map(StatusSet)
}

fn window(days: i32) -> impl Strategy<Value = Window> {
    (0..days, 0..days, any::<bool>()).prop_map(|(a, b, exact)| {
        let (from, to) = if exact { (a, a) } else { (a.min(b), a.max(b)) };
        Window::new(Day(FIRST + from), Day(FIRST + to))
    })
}

/// Statuses `s0` (where histories begin, outside) to `s3`, some with a term; events from any to any; acts; orders of both.
fn lifecycle(acts: usize, longest: u32) -> impl Strategy<Value = Lifecycle> {
    (2usize..=4).prop_flat_map(move |count| {
        let statuses = prop::collection::vec(any::<bool>(), count - 1);
        let event = (set(count), 0..count as u8);
        let orders = prop::collection::vec(prop::collection::vec(0u8..6, 2..=3), 0..=2);
        let terms = prop::collection::vec((1u8..count as u8, 1..=longest, 0..count as u8), 1..=2);
        let terms = prop_oneof![Just(Vec::new()), terms];
        (statuses, prop::collection::vec(event, 1..=4), orders, terms).prop_map(
            move |(inside, events, orders, terms)| {
                let mut lifecycle = build(&inside, &events, acts, &orders);
                for it in terms {
                    limit(&mut lifecycle, it);
                }
                lifecycle
            },
        )
    })
}

/// Gives a status a term, but where it would lead to itself.
fn limit(lifecycle: &mut Lifecycle, (status, days, then): (u8, u32, u8)) {
    let (status, then) = (StatusId(status), StatusId(then));
    if status != then && lifecycle.lapsing(then).all(|it| it != status) {
        lifecycle.statuses[status.0 as usize].term = Some(Term { length: Length::Days(days), then });
    }
}

fn build(inside: &[bool], events: &[(StatusSet, u8)], acts: usize, orders: &[Vec<u8>]) -> Lifecycle {
    let status = |(place, inside): (usize, bool)| Status { name: format!("s{place}"), inside, term: None };
    let event = |(place, (from, to)): (usize, &(StatusSet, u8))| {
        let mut from = *from;
        from.remove(StatusId(*to));
        Event { forms: vec![format!("e{place}")], from, to: StatusId(*to) }
    };
    let deed = |number: u8| {
        let number = number as usize % (events.len() + acts);
        if number < events.len() {
            Deed::Event(EventId(number as u8))
        } else {
            Deed::Act(ActId((number - events.len()) as u8))
        }
    };
    let order = |numbers: &Vec<u8>| {
        let mut deeds: Vec<Deed> = Vec::new();
        for it in numbers.iter().map(|it| deed(*it)) {
            if !deeds.contains(&it) {
                deeds.push(it);
            }
        }
        deeds
    };
    Lifecycle {
        name: "random".into(),
        statuses: std::iter::once(false).chain(inside.iter().copied()).enumerate().map(status).collect(),
        events: events.iter().enumerate().map(event).collect(),
        acts: (0..acts).map(|it| Act { forms: vec![format!("a{it}")] }).collect(),
        orders: orders.iter().map(order).collect(),
    }
}

/// What most claims are: one part, an event or statuses in a window.
fn of_one_part(lifecycle: &Lifecycle, days: i32, open: bool) -> BoxedStrategy<Vec<Part>> {
    let statuses = lifecycle.statuses.len();
    let events = lifecycle.events.len() as u8;
    let event = (0..events, window(days), any::<bool>()).prop_map(move |(event, window, undated)| {
        let earliest = if undated && open { Day::DAWN } else { window.earliest };
        vec![Part::Event { event: EventId(event), window: Window { earliest, ..window } }]
    });
    let always =
        (set(statuses), window(days)).prop_map(|(statuses, window)| vec![Part::Always { statuses, window }]);
    let sometime = (set(statuses), window(days))
        .prop_map(|(statuses, window)| vec![Part::Sometime { statuses, window }]);
    prop_oneof![8 => event, 3 => always, 3 => sometime].boxed()
}

/// And what the rest are: acts, spells with an end, several at once.
fn of_more(lifecycle: &Lifecycle, days: i32) -> impl Strategy<Value = Vec<Part>> + use<> {
    let statuses = lifecycle.statuses.len();
    let acts = lifecycle.acts.len() as u8;
    let act = (0..acts.max(1), window(days)).prop_map(move |(act, window)| match acts {
        0 => vec![Part::Event { event: EventId(0), window }],
        _ => vec![Part::Act { act: ActId(act), window }],
    });
    let spell = (set(statuses), window(days), window(days), any::<bool>()).prop_map(
        |(statuses, begins, end, until)| {
            let lasts = if until { Lasts::Until(end) } else { Lasts::Through(end.latest) };
            vec![Part::Spell { statuses, begins, lasts }]
        },
    );
    let several = (set(statuses), window(days), set(statuses), window(days), set(statuses), window(days))
        .prop_map(|(a, w, b, x, into, y)| {
            vec![
                Part::Always { statuses: a, window: w },
                Part::Sometime { statuses: b, window: x },
                Part::Reports { into, window: y },
            ]
        });
    prop_oneof![3 => act, 2 => spell, 2 => several]
}

fn claims(
    parts: impl Strategy<Value = Vec<Part>>,
    count: RangeInclusive<usize>,
) -> impl Strategy<Value = Vec<Claim>> {
    let claim = (parts, 1u32..=3);
    prop::collection::vec(
        claim.prop_map(|(parts, trust)| Claim { parts: parts.into(), trust, said: true }),
        count,
    )
}

fn world() -> impl Strategy<Value = World> {
    let acts = prop_oneof![3 => Just(0usize), 1 => Just(1), 1 => Just(2)];
    acts.prop_flat_map(|acts| {
        let days = if acts == 2 { 3..=4 } else { 3..=6 };
        let begins = prop::option::weighted(0.8, 0i32..2);
        // Where the beginning is open, there has to be room for terms too.
        let begun = begins.prop_flat_map(move |it| {
            let longest = if it.is_some() { 4 } else { 2 };
            (lifecycle(acts, longest), Just(it))
        });
        (begun, days).prop_flat_map(|((lifecycle, begins), days): ((Lifecycle, Option<i32>), i32)| {
            // Where the beginning is open the axis of the oracle is longer, so the windows are shorter.
            let days = if begins.is_none() { days.min(4) } else { days };
            let ends = prop::collection::vec(
                (1..days, 0i32..2).prop_map(move |it| (it.0, (it.0 + it.1).min(days - 1))),
                0..=1,
            );
            let ends = prop_oneof![3 => Just(Vec::new()), 1 => ends];
            let one = of_one_part(&lifecycle, days, begins.is_some());
            let claims = claims(prop_oneof![2 => one, 1 => of_more(&lifecycle, days)], 1..=5);
            (Just(lifecycle), Just(days), Just(begins), ends, claims).prop_map(
                |(lifecycle, days, begins, ends, claims)| World { lifecycle, days, begins, ends, claims },
            )
        })
    })
}

/// Worlds that the lane takes, but for a few: claims of one part, no terms, no orders; and more days than the oracle can try.
fn common_world() -> impl Strategy<Value = World> {
    (lifecycle(0, 1), prop::option::weighted(0.3, 0i32..8), 3i32..40).prop_flat_map(
        |(mut lifecycle, begins, days)| {
            lifecycle.orders.clear();
            lifecycle.statuses.iter_mut().for_each(|it| it.term = None);
            let ends = prop::collection::vec((1..days, 0i32..3).prop_map(|it| (it.0, it.0 + it.1)), 0..=1);
            let ends = prop_oneof![4 => Just(Vec::new()), 1 => ends];
            let claims = claims(of_one_part(&lifecycle, days, true), 1..=12);
            let days_of_one = prop_oneof![2 => Just(1), 1 => Just(50)];
            (Just(lifecycle), Just(days), Just(begins), ends, claims, days_of_one).prop_map(
                |(lifecycle, days, begins, ends, claims, days_of_one)| {
                    World { lifecycle, days, begins, ends, claims }.slower(days_of_one)
                },
            )
        },
    )
}

/// A history, told several times and more or less exactly, among a few claims that may be mistaken: more claims than sets of
/// them could be tried.
fn told_world() -> impl Strategy<Value = World> {
    const DAYS: i32 = 120;
    let telling = (0u8..4, 0i32..9, 0i32..9, 1u32..=3);
    let change = (2i32..20, any::<prop::sample::Index>(), prop::collection::vec(telling, 1..=4));
    (lifecycle(0, 1), prop::collection::vec(change, 2..=9)).prop_flat_map(|(mut lifecycle, changes)| {
        lifecycle.orders.clear();
        lifecycle.statuses.iter_mut().for_each(|it| it.term = None);
        let mistakes = claims(of_one_part(&lifecycle, DAYS, true), 0..=4);
        (Just(lifecycle), Just(changes), mistakes).prop_map(|(lifecycle, changes, mistakes)| {
            let (mut day, mut status, mut claims) = (FIRST, StatusId(0), mistakes);
            for (gap, choice, tellings) in changes {
                day += gap;
                let leads = |it: &&(EventId, &Event)| it.1.from.contains(status) && it.1.to != status;
                let events: Vec<_> = (0..).map(EventId).zip(&lifecycle.events).collect();
                let events: Vec<_> = events.iter().filter(leads).collect();
                if events.is_empty() {
                    break;
                }
                let &&(event, Event { to, .. }) = choice.get(&events);
                status = *to;
                for (how, before, after, trust) in tellings {
                    let about = Window::new(Day(day - before), Day(day + after));
                    let part = match how {
                        0 => Part::Event { event, window: about },
                        1 => Part::Always { statuses: StatusSet::of(status), window: Window::day(Day(day)) },
                        _ => Part::Event { event, window: Window::day(Day(day)) },
                    };
                    claims.push(Claim { parts: [part].into_iter().collect(), trust, said: true });
                }
            }
            claims.dedup_by(|a, b| a.parts == b.parts);
            World { lifecycle, days: DAYS, begins: None, ends: Vec::new(), claims }
        })
    })
}

/// Always the same worlds, unless the environment asks for more or for others.
pub fn cases(default: u32) -> ProptestConfig {
    let number = |name| std::env::var(name).ok().and_then(|it: String| it.parse::<u64>().ok());
    ProptestConfig {
        cases: number("ACCEDE_WORLDS").map_or(default, |it| it as u32),
        rng_seed: RngSeed::Fixed(number("ACCEDE_SEED").unwrap_or(2006)),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn agrees_with_the_oracle(world in world()) {
        let problem = world.problem();
        let (first, days) = world.axis();
        let (expected, overruled) = Oracle::new(&problem, first, days).answer();
        let outcome = infer(&problem);
        prop_assert_eq!(outcome.exceeded, None);
        prop_assert_eq!(&outcome.overruled, &overruled);
        for (offset, expected) in expected.iter().enumerate().skip((days - world.days) as usize) {
            let day = Day(first.0 + offset as i32);
            let stretch = outcome.stretches.iter().find(|it| it.window.contains(day)).expect("every day has a stretch");
            prop_assert_eq!(stretch.status, expected.status, "status on day {}", offset);
            prop_assert_eq!(stretch.otherwise, expected.otherwise, "otherwise on day {}", offset);
            prop_assert_eq!(stretch.possible, expected.possible, "possible on day {}", offset);
            prop_assert_eq!(stretch.disputed, expected.disputed, "disputed on day {}", offset);
            prop_assert_eq!(stretch.attested, expected.attested, "attested on day {}", offset);
            let of_day = outcome.changes.iter().filter(|it| it.window.contains(day));
            let changes = of_day.map(|it| (it.from, it.to, it.lapsed)).collect();
            prop_assert_eq!(&expected.changes, &changes, "changes on day {}", offset);
        }
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn shortcuts_come_to_the_same(world in common_world()) {
        let problem = world.problem();
        prop_assert_eq!(infer(&problem), infer_the_long_way(&problem));
    }
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn few_mistakes_among_many_claims(world in told_world()) {
        let problem = world.problem();
        let long = infer_the_long_way(&problem);
        prop_assume!(long.exceeded.is_none());
        prop_assert_eq!(infer(&problem), long);
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn sifting_leaves_out_the_same(world in prop_oneof![world(), common_world(), told_world()]) {
        let problem = world.problem();
        let whole = infer(&problem);
        // For the first pairs of a lifecycle no tables are made.
        let again = [Histories::ChangesIfAllFit; 6];
        for wanted in again.into_iter().chain([Histories::OfNone]) {
            let trusts: Vec<u32> = problem.claims.iter().map(|it| it.trust).collect();
            let weigh = |claims: &mut [Claim]| claims.iter_mut().zip(&trusts).for_each(|it| it.0.trust = *it.1);
            let mut unweighed = problem.clone();
            unweighed.claims.iter_mut().for_each(|it| it.trust = 1);
            let (sifted, conflicts) = sift(&mut unweighed, wanted, weigh);
            if whole.left_out.is_empty() && wanted == Histories::ChangesIfAllFit {
                prop_assert_eq!((&sifted.changes, sifted.exceeded), (&whole.changes, whole.exceeded));
                // Tables tell nothing else; walks do.
                if !sifted.stretches.is_empty() {
                    prop_assert_eq!(&sifted, &whole);
                }
            }
            prop_assert_eq!(&sifted.left_out, &whole.left_out);
            prop_assert_eq!((&sifted.contested, &sifted.overruled), (&whole.contested, &whole.overruled));
            // What is known already changes no disagreement.
            let found = |known| disagreements(&problem, &kept(&problem, &whole), &whole.left_out, known);
            prop_assert_eq!(found(conflicts), found(Conflicts::default()));
        }
    }
}

/// Tables have room for costs of 126 changes: with more, walks tell the same.
#[test]
fn histories_of_many_changes_are_told() {
    let both = StatusSet(0b11);
    let lifecycle = build(&[true], &[(both, 0), (both, 1)], 0, &[]);
    for changes in [1, 125, 126, 127, 128, 300] {
        let claim = |number: i32| {
            let day = Window::day(Day(FIRST + 2 * number));
            let statuses = StatusSet::of(StatusId((number % 2) as u8));
            Claim {
                parts: [Part::Always { statuses, window: day }].into_iter().collect(),
                trust: 1,
                said: true,
            }
        };
        let claims = (0..=changes).map(claim).collect();
        let world = World { lifecycle: lifecycle.clone(), days: 0, begins: None, ends: Vec::new(), claims };
        let whole = infer(&world.problem());
        assert_eq!(whole.changes.len(), changes as usize);
        for _ in 0..6 {
            let (sifted, _) = sift(&mut world.problem(), Histories::ChangesIfAllFit, |_| ());
            assert_eq!(sifted.changes, whole.changes);
        }
    }
}

/// The claims that the first repair keeps.
fn kept(problem: &Problem, outcome: &Outcome) -> Vec<usize> {
    (0..problem.claims.len()).filter(|it| !outcome.left_out.contains(it)).collect()
}

/// What a witness is for: whether nothing is given up, assumed or left undecided.
fn has_nothing_to_tell(problem: &Problem) -> bool {
    let outcome = infer_the_long_way(problem);
    outcome.exceeded.is_none() && outcome.left_out.is_empty() && outcome.changes.iter().all(|it| !it.assumed)
}

fn has_witness(problem: &Problem) -> bool {
    let parts: Vec<Part> = problem.claims.iter().flat_map(|it| it.parts.iter().copied()).collect();
    problem.ends.is_empty() && is_reported_throughout(problem.lifecycle, problem.begins, &parts)
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn where_there_is_a_witness_a_check_has_nothing_to_tell(
        world in prop_oneof![world(), common_world(), told_world()],
    ) {
        let problem = world.problem();
        prop_assert!(!has_witness(&problem) || has_nothing_to_tell(&problem));
    }
}

/// A witness is a guess, but a good one: else a check would be slow.
#[test]
fn a_witness_is_mostly_found() {
    let mut runner = TestRunner::new(ProptestConfig { rng_seed: RngSeed::Fixed(2006), ..cases(0) });
    let (mut found, mut all) = (0, 0);
    for _ in 0..2_000 {
        let world = told_world().new_tree(&mut runner).expect("a world").current();
        if has_nothing_to_tell(&world.problem()) {
            all += 1;
            found += usize::from(has_witness(&world.problem()));
        }
    }
    assert!(all > 200 && found * 5 > all * 4, "{found} of {all}");
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_conflict_is_as_small_as_can_be(world in world()) {
        let problem = world.problem();
        let (first, days) = world.axis();
        let oracle = Oracle::new(&problem, first, days);
        let outcome = infer(&problem);
        let kept = kept(&problem, &outcome);
        let found = disagreements(&problem, &kept, &outcome.left_out, Conflicts::default());
        let found = found.expect("within the limit");
        let all = |claims: &[usize]| claims.iter().map(|it| 1u32 << it).sum::<u32>();
        for left_out in &outcome.left_out {
            prop_assert!(found.iter().any(|it| it.sides.iter().any(|side| side.contains(left_out))));
        }
        for it in found {
            let smallest: Vec<usize> = it.smallest().collect();
            let set = all(&smallest);
            prop_assert!(!oracle.fits(set), "{smallest:?} fit together");
            for claim in &smallest {
                prop_assert!(oracle.fits(set & !(1 << claim)), "without {claim} they still do not fit");
            }
            for (place, side) in it.sides.iter().enumerate() {
                let first = smallest[place.min(it.core - 1)];
                for claim in side {
                    let instead = set & !(1 << first) | 1 << claim;
                    prop_assert!(!oracle.fits(instead), "{claim} does not stand where {first} does");
                }
            }
        }
    }
}
