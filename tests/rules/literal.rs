//! A literal reading of rules: day by day, party by party, every way in which statuses can come out is tried, and what
//! follows is put beside the claims until nothing new does.

use std::collections::{BTreeMap, BTreeSet};

use accede::Engine;
use accede::date::{Day, Window};
use accede::infer::Part;
use accede::ledger::{BlocId, Claim, Derived, Grounds, Index, Ledger, Parts, PartyId, Says};
use accede::lifecycle::{Lifecycle, StatusSet};
use accede::pair::Pairs;
use accede::source::Span;

use super::line::{BLOCS, Implication, Kind, Line, Of, Term, in_group};
use crate::questions::{DAYS, PARTIES};

/// It stands for all later days too: nothing is said of these.
pub const LAST: i32 = DAYS + 4;
/// X is a bloc and a party.
pub const EVERYONE: [&str; 4] = [PARTIES[0], PARTIES[1], PARTIES[2], "X"];

/// Memberships that are told apart: in a bloc, of a party that some line names, or of all others.
type Spot = (&'static str, Option<&'static str>);

/// What a line comes down to in one spot.
struct Step {
    rule: usize,
    to: Spot,
    /// Where it draws from, and whether more there can mean less here.
    from: Vec<(Spot, bool)>,
    says: Saying,
    known: BTreeSet<(&'static str, i32)>,
}

#[derive(Clone)]
enum Saying {
    Implies(Implication),
    Members {
        of: &'static str,
        day: i32,
    },
    These {
        with: Vec<&'static str>,
        day: i32,
    },
    /// The status that another party had the day before.
    Carried {
        of: &'static str,
        status: StatusSet,
        day: i32,
    },
    GivenUp {
        day: i32,
    },
}

/// A status on days in a row; the first days on one of which it is reported to begin.
type Conclusion = (&'static str, [i32; 2], StatusSet, Option<[i32; 2]>);

/// The days of the axis as accede counts them.
fn window([first, last]: [i32; 2]) -> Window {
    let begin = Day::of(2000, 1, 1).expect("a day").0;
    let last = if last == LAST { Day::DUSK } else { Day(begin + last - 1) };
    Window::new(Day(begin + first - 1), last)
}

struct World {
    pairs: Pairs,
    lifecycle: Lifecycle,
    parties: BTreeMap<&'static str, PartyId>,
    named: BTreeSet<&'static str>,
    blocs: BTreeMap<&'static str, BlocId>,
}

impl World {
    fn words(&self, word: &str) -> StatusSet {
        match word {
            "members" | "" => self.lifecycle.inside(),
            word => self.one(word.trim_end_matches(" members")),
        }
    }

    fn one(&self, name: &str) -> StatusSet {
        let mut all = self.lifecycle.all().iter();
        StatusSet::of(all.find(|it| self.lifecycle.name_of(*it) == name).expect("a status"))
    }

    /// Every status that it may have, with what overruled claims add.
    fn may_have(&self, party: &str, bloc: &str, day: i32) -> StatusSet {
        let pair = self.pairs.get(self.blocs[bloc], self.parties[party]);
        let stretch = pair.outcome.on(window([day, day]).earliest);
        stretch.status.union(stretch.otherwise)
    }

    /// In every way in which the statuses of that day can come out.
    fn certain(&self, implication: &Implication, party: &'static str, day: i32, is: bool) -> bool {
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for term in &implication.terms {
            match term.of {
                Of::Bloc(bloc, 0) => drop(pairs.insert((party, bloc))),
                Of::Bloc(..) | Of::Group => {}
                Of::Blocs(_, bloc) => pairs.extend([(party, "X"), ("X", bloc)]),
            }
        }
        pairs.extend(implication.fact.map(|it| (it.party, it.bloc)));
        let mut ways: Vec<BTreeMap<(&str, &str), StatusSet>> = vec![BTreeMap::new()];
        for pair in pairs {
            let with = |way: &BTreeMap<(&'static str, &'static str), StatusSet>| {
                let way = way.clone();
                let all: Vec<_> = self.may_have(pair.0, pair.1, day).iter().map(StatusSet::of).collect();
                all.into_iter()
                    .map(move |it| way.clone().into_iter().chain([(pair, it)]).collect())
                    .collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(with).collect();
        }
        let lagged: Vec<&Term> =
            implication.terms.iter().filter(|it| matches!(it.of, Of::Bloc(_, days) if days > 0)).collect();
        let lagged: Vec<BTreeSet<bool>> =
            lagged.iter().map(|it| self.in_days_before(it, party, day)).collect();
        ways.iter().all(|way| {
            (0..1 << lagged.len()).all(|choice: u32| {
                let truths: Vec<bool> = (0..lagged.len()).map(|it| choice >> it & 1 == 1).collect();
                let can_be = truths.iter().zip(&lagged).all(|(it, of)| of.contains(it));
                !can_be || self.holds(implication, party, day, way, &mut truths.into_iter()) == is
            })
        })
    }

    /// Days are taken apart.
    fn in_days_before(&self, term: &Term, party: &str, day: i32) -> BTreeSet<bool> {
        let Of::Bloc(bloc, before) = term.of else { unreachable!("it looks back") };
        let these = self.words(term.status);
        let days: Vec<StatusSet> = (day - before..=day).map(|it| self.may_have(party, bloc, it)).collect();
        if days.iter().any(|it| it.is_subset(these)) {
            BTreeSet::from([true])
        } else if days.iter().any(|it| it.meets(these)) {
            BTreeSet::from([true, false])
        } else {
            BTreeSet::from([false])
        }
    }

    fn holds(
        &self,
        implication: &Implication,
        party: &'static str,
        day: i32,
        way: &BTreeMap<(&str, &str), StatusSet>,
        lagged: &mut impl Iterator<Item = bool>,
    ) -> bool {
        let has = |pair: (&str, &str), word: &str| way[&pair].is_subset(self.words(word));
        let mut terms = implication.terms.iter().map(|it| {
            let is = match it.of {
                Of::Bloc(bloc, 0) => has((party, bloc), it.status),
                Of::Bloc(..) => lagged.next().expect("one for each"),
                Of::Group => in_group(party, day),
                Of::Blocs(status, bloc) => has((party, "X"), it.status) && has(("X", bloc), status),
            };
            is != it.not
        });
        // All of them are looked at, so that what looks back is counted.
        let terms: Vec<bool> = terms.by_ref().collect();
        let set = if implication.all { terms.iter().all(|it| *it) } else { terms.iter().any(|it| *it) };
        set && implication.fact.is_none_or(|it| has((it.party, it.bloc), it.status) != it.not)
    }

    fn conclusions(&self, step: &Step) -> Vec<Conclusion> {
        let inside = self.lifecycle.inside();
        let on = |party, day: i32, statuses| vec![(party, [day, day], statuses, Some([day, day]))];
        match &step.says {
            Saying::Implies(it) => EVERYONE.iter().flat_map(|party| self.implied(it, party)).collect(),
            Saying::Members { of, day } => {
                let were = |it: &&&str| self.may_have(it, of, day - 1).is_subset(inside);
                EVERYONE.iter().filter(were).flat_map(|it| on(*it, *day, inside)).collect()
            }
            Saying::These { with, day } => with.iter().flat_map(|it| on(*it, *day, inside)).collect(),
            Saying::Carried { of, status, day } => {
                let heir = step.to.1.expect("it is named");
                let was = self.may_have(of, step.to.0, day - 1);
                if was == *status { on(heir, *day, *status) } else { Vec::new() }
            }
            Saying::GivenUp { day } => {
                let party = step.to.1.expect("it is named");
                let mut named = self.pairs.ledger().named_in(self.blocs[step.to.0]);
                let named = named.any(|it| it == self.parties[party]);
                if named { on(party, *day, self.lifecycle.all().without(inside)) } else { Vec::new() }
            }
        }
    }

    fn implied(&self, it: &Implication, party: &'static str) -> Vec<Conclusion> {
        let statuses = self.words(it.status);
        let until = it.until.map_or(LAST, |it| it - 1);
        let runs = |is: bool, statuses: StatusSet| {
            let days: BTreeSet<i32> =
                (it.from..=until).filter(|day| self.certain(it, party, *day, is)).collect();
            runs(&days)
                .into_iter()
                .map(move |days| (party, days, statuses, None))
                .collect::<Vec<Conclusion>>()
        };
        let mut all = runs(true, statuses);
        if it.only {
            all.extend(runs(false, self.lifecycle.all().without(statuses)));
            all.sort_by_key(|it| it.1);
            for place in 1..all.len() {
                if all[place - 1].2 != all[place].2 {
                    all[place].3 = Some([all[place - 1].1[1] + 1, all[place].1[0]]);
                }
            }
        }
        all
    }
}

fn runs(days: &BTreeSet<i32>) -> Vec<[i32; 2]> {
    let last = |day: i32| (day..=LAST).find(|it| !days.contains(&(it + 1))).expect("days end");
    days.iter().filter(|it| !days.contains(&(**it - 1))).map(|it| [*it, last(*it)]).collect()
}

/// The statuses that the rules leave each party on each day; `None` where they lead in a circle through a `not`.
pub fn evaluated(engine: &Engine, lines: &[Line]) -> Option<Vec<(StatusSet, StatusSet)>> {
    let mut ledger: Ledger = engine.ledger().clone();
    ledger.derived.clear();
    ledger.index = Index::of(&ledger.claims, ledger.blocs.len());
    let lifecycle = ledger.lifecycles.iter().find(|it| it.name == "small").expect("it is declared").clone();
    let party = |name: &&'static str| {
        ledger.parties().find(|it| ledger.party(*it).name == *name).map(|it| (*name, it))
    };
    let bloc =
        |name: &&'static str| ledger.blocs().find(|it| ledger.bloc(*it).name == *name).map(|it| (*name, it));
    let (parties, blocs) =
        (EVERYONE.iter().filter_map(party).collect(), BLOCS.iter().filter_map(bloc).collect());
    let mut world = World { pairs: Pairs::new(ledger), lifecycle, parties, named: named(lines), blocs };
    let mut left = steps(&world, lines);
    let feeds = reach(&left);
    let in_circle = |from: Spot, to: Spot| from == to || feeds.contains(&(to, from));
    if left.iter().any(|it| it.from.iter().any(|(from, strict)| *strict && in_circle(*from, it.to))) {
        return None;
    }
    while !left.is_empty() {
        let together = |a: Spot, b: Spot| a == b || feeds.contains(&(a, b)) && feeds.contains(&(b, a));
        let is_next = |spot: Spot| {
            left.iter().all(|other| together(spot, other.to) || !feeds.contains(&(other.to, spot)))
        };
        let spot = left.iter().map(|it| it.to).find(|it| is_next(*it)).expect("circles stand together");
        let (mut now, later): (Vec<Step>, Vec<Step>) = left.into_iter().partition(|it| together(it.to, spot));
        left = later;
        loop {
            let new: Vec<Derived> = now.iter_mut().flat_map(|it| newly(&world, it)).collect();
            if new.is_empty() {
                break;
            }
            world.pairs = world.pairs.with(new);
        }
    }
    Some(statuses_of(&world.pairs))
}

/// The same, as the engine has it.
pub fn statuses(engine: &Engine) -> Vec<(StatusSet, StatusSet)> {
    statuses_of(&Pairs::new(engine.ledger().clone()))
}

fn statuses_of(pairs: &Pairs) -> Vec<(StatusSet, StatusSet)> {
    let ledger = pairs.ledger();
    let mut statuses = Vec::new();
    for (bloc, party) in BLOCS.iter().flat_map(|bloc| EVERYONE.map(|party| (*bloc, party))) {
        let bloc = ledger.blocs().find(|it| ledger.bloc(*it).name == bloc).expect("it is declared");
        let party = ledger.parties().find(|it| ledger.party(*it).name == party).expect("it is declared");
        for day in 1..=LAST {
            let pair = pairs.get(bloc, party);
            let stretch = pair.outcome.on(window([day, day]).earliest);
            statuses.push((stretch.status, stretch.otherwise));
        }
    }
    statuses
}

/// What follows of a step, and has not before.
fn newly(world: &World, step: &mut Step) -> Vec<Derived> {
    let ledger = world.pairs.ledger();
    let mut new = Vec::new();
    for (party, [first, last], statuses, reported) in world.conclusions(step) {
        let in_spot = step.to.1.map_or(!world.named.contains(party), |it| it == party);
        let days: BTreeSet<i32> =
            (first..=last).filter(|it| in_spot && !step.known.contains(&(party, *it))).collect();
        for run in runs(&days) {
            let mut parts: Parts = Parts::new();
            parts.push(Part::Always { statuses, window: window(run) });
            parts.extend(reported.map(|it| Part::Reports { into: statuses, window: window(it) }));
            let rule = ledger.rules.iter().position(|it| it.name == format!("r{}", step.rule));
            let article = ledger.article_of(rule.expect("it is written"));
            let bloc = world.blocs[step.to.0];
            let says = Says::holds(parts, Parts::new());
            let claim = Claim::new(article, Span::default(), bloc, &[world.parties[party]], says);
            new.push(Derived { claim, grounds: vec![Grounds { claims: Vec::new(), firm: Window::ALWAYS }] });
        }
        step.known.extend(days.into_iter().map(|it| (party, it)));
    }
    new
}

/// The lines, spot by spot.
fn steps(world: &World, lines: &[Line]) -> Vec<Step> {
    let named = named(lines);
    let spots = || named.iter().map(|it| Some(*it)).chain([None]);
    let outside = |statuses: StatusSet| !statuses.is_subset(world.lifecycle.inside());
    let mut steps = Vec::new();
    let mut add = |line: &Line, to: Spot, from: Vec<(Spot, bool)>, says: Saying| {
        steps.push(Step { rule: line.rule, to, from, says, known: BTreeSet::new() });
    };
    for line in lines {
        match &line.kind {
            Kind::Implies(it) => {
                for who in spots() {
                    let strict = it.only || outside(world.words(it.status));
                    let draws = |(bloc, who, word, not): (&'static str, Option<&'static str>, &str, bool)| {
                        ((bloc, who), strict || not || outside(world.words(word)))
                    };
                    let terms = it.terms.iter().flat_map(|term| match term.of {
                        Of::Bloc(bloc, _) => vec![(bloc, who, term.status, term.not)],
                        Of::Group => Vec::new(),
                        Of::Blocs(status, bloc) => {
                            vec![("X", who, term.status, term.not), (bloc, Some("X"), status, term.not)]
                        }
                    });
                    let fact = it.fact.map(|it| (it.bloc, Some(it.party), it.status, it.not));
                    let from = terms.chain(fact).map(draws).collect();
                    add(line, (it.bloc, who), from, Saying::Implies(it.clone()));
                }
            }
            Kind::Bloc { heir, of: Ok(of), day } => {
                for who in spots() {
                    add(line, (heir, who), vec![((of, who), false)], Saying::Members { of, day: *day });
                }
            }
            Kind::Bloc { heir, of: Err(with), day } => {
                for party in with {
                    let these = Saying::These { with: vec![party], day: *day };
                    add(line, (heir, named.get(party).copied()), Vec::new(), these);
                }
            }
            Kind::Party { heir, of, continues, blocs, day } => {
                for bloc in blocs {
                    let all = world.lifecycle.all().without(StatusSet::of(Lifecycle::INITIAL));
                    for status in all.iter().map(StatusSet::of) {
                        let from = vec![((*bloc, Some(*of)), outside(status))];
                        add(line, (bloc, Some(heir)), from, Saying::Carried { of, status, day: *day });
                    }
                    if *continues {
                        add(
                            line,
                            (bloc, Some(of)),
                            vec![((bloc, Some(of)), false)],
                            Saying::GivenUp { day: *day },
                        );
                    }
                }
            }
        }
    }
    steps
}

/// The parties that lines name, so that what holds of them may feed what holds of others.
fn named(lines: &[Line]) -> BTreeSet<&'static str> {
    let of_line = |it: &Line| match &it.kind {
        Kind::Implies(it) => it.named(),
        Kind::Bloc { .. } => BTreeSet::new(),
        Kind::Party { heir, of, .. } => BTreeSet::from([*heir, *of]),
    };
    lines.iter().flat_map(of_line).collect()
}

/// Which spot feeds which, by way of others too.
fn reach(steps: &[Step]) -> BTreeSet<(Spot, Spot)> {
    let mut reach: BTreeSet<(Spot, Spot)> =
        steps.iter().flat_map(|it| it.from.iter().map(|from| (from.0, it.to))).collect();
    loop {
        let longer: BTreeSet<(Spot, Spot)> = reach
            .iter()
            .flat_map(|a| reach.iter().filter(|b| a.1 == b.0).map(|b| (a.0, b.1)))
            .filter(|it| !reach.contains(it))
            .collect();
        if longer.is_empty() {
            return reach;
        }
        reach.extend(longer);
    }
}
