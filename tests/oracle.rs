//! A literal reading of what an answer means: every history of a short axis is tried, with every set of claims.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use accede::date::{Day, Window};
use accede::infer::{Lasts, Part, Problem};
use accede::lifecycle::{Deed, EventId, Lifecycle, StatusId, StatusSet};

/// What the repairs say of one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub status: StatusSet,
    pub otherwise: StatusSet,
    pub possible: bool,
    pub disputed: bool,
    pub attested: bool,
    /// The changes of this day, from one status to another, and whether it lapses.
    pub changes: BTreeSet<(StatusId, StatusId, bool)>,
}

/// One day for each status, and the day of each act; days are counted from the first day of the axis.
struct History {
    status: Vec<StatusId>,
    acts: Vec<Option<i32>>,
}

/// The histories of one set of claims that have the least cost.
struct Simplest {
    cost: (u32, u32),
    status: Vec<StatusSet>,
    changes: Vec<BTreeSet<(StatusId, StatusId, bool)>>,
}

pub struct Oracle<'a> {
    problem: &'a Problem<'a>,
    first: Day,
    days: i32,
}

impl<'a> Oracle<'a> {
    /// Histories that change only on the `days` days from `first` on.
    pub fn new(problem: &'a Problem<'a>, first: Day, days: i32) -> Oracle<'a> {
        Oracle { problem, first, days }
    }

    /// What holds on each day of the axis, and the claims that every repair leaves out.
    pub fn answer(&self) -> (Vec<Verdict>, Vec<usize>) {
        let sets = self.sets();
        let trust = |set: u32| -> u32 {
            (0..self.problem.claims.len())
                .filter(|it| set >> it & 1 == 1)
                .map(|it| self.problem.claims[it].trust)
                .sum()
        };
        let best = |of: &dyn Fn(u32) -> bool| -> Vec<u32> {
            let most = sets.keys().filter(|it| of(**it)).map(|it| trust(*it)).max();
            sets.keys().copied().filter(|it| of(*it) && Some(trust(*it)) == most).collect()
        };
        let repairs = best(&|_| true);
        let mut verdicts: Vec<Verdict> =
            (0..self.days as usize).map(|day| self.verdict(day, &repairs, &sets)).collect();
        for claim in 0..self.problem.claims.len() {
            if repairs.iter().all(|it| it >> claim & 1 == 1) {
                continue;
            }
            for heard in best(&|it| it >> claim & 1 == 1) {
                for (day, verdict) in verdicts.iter_mut().enumerate() {
                    let added = sets[&heard].status[day].without(verdict.status);
                    verdict.otherwise = verdict.otherwise.union(added);
                }
            }
        }
        let overruled = |it: &usize| repairs.iter().all(|set| set >> it & 1 == 0);
        (verdicts, (0..self.problem.claims.len()).filter(overruled).collect())
    }

    fn verdict(&self, day: usize, repairs: &[u32], sets: &BTreeMap<u32, Simplest>) -> Verdict {
        let said: Vec<StatusSet> = repairs.iter().map(|it| sets[it].status[day]).collect();
        let status = said.iter().fold(StatusSet::EMPTY, |all, it| all.union(*it));
        let at = Day(self.first.0 + day as i32);
        let says = |part: &Part| match *part {
            Part::Always { statuses, window } => {
                let inside = self.problem.inside;
                let one_side = statuses.is_subset(inside) || !statuses.meets(inside);
                window.contains(at) && status.is_subset(statuses) && one_side
            }
            Part::Event { event, window } => {
                window == Window::day(at) && status == StatusSet::of(self.problem.lifecycle.event(event).to)
            }
            _ => false,
        };
        let claims = |set: u32| (0..self.problem.claims.len()).filter(move |it| set >> it & 1 == 1);
        let attested = |set: &u32| claims(*set).any(|it| self.problem.claims[it].parts.iter().any(says));
        Verdict {
            status,
            otherwise: StatusSet::EMPTY,
            possible: said.iter().any(|it| it.len() > 1),
            disputed: said.iter().any(|it| *it != said[0]),
            attested: status.len() == 1 && repairs.iter().all(attested),
            changes: repairs.iter().flat_map(|it| sets[it].changes[day].clone()).collect(),
        }
    }

    /// Whether an event happens on a day of a window, in each of the simplest histories of all repairs.
    pub fn did(&self, event: EventId, window: Window) -> BTreeSet<bool> {
        let sets = self.sets();
        let trust = |set: u32| -> u32 {
            let claims = (0..self.problem.claims.len()).filter(|it| set >> it & 1 == 1);
            claims.map(|it| self.problem.claims[it].trust).sum()
        };
        let most = sets.keys().map(|it| trust(*it)).max();
        let repairs: Vec<u32> = sets.keys().copied().filter(|it| Some(trust(*it)) == most).collect();
        let mut did = BTreeSet::new();
        for history in self.histories() {
            let simplest = |set: &u32| {
                let met = (0..self.problem.claims.len())
                    .all(|it| set >> it & 1 == 0 || self.satisfies(&history, it));
                met && self.once(&history, *set)
                    && self.in_order(&history, *set)
                    && self.cost(&history, *set) == sets[set].cost
            };
            if repairs.iter().any(simplest) {
                did.insert(self.days_of(window).any(|it| self.allows(&history, event, it)));
            }
        }
        did
    }

    /// Whether some history satisfies these claims together, with whatever others it takes.
    pub fn fits(&self, set: u32) -> bool {
        self.sets().keys().any(|it| it & set == set)
    }

    /// All sets of claims that some history satisfies together, with their simplest histories.
    fn sets(&self) -> BTreeMap<u32, Simplest> {
        let mut sets: BTreeMap<u32, Simplest> = BTreeMap::new();
        for history in self.histories() {
            let met = (0..self.problem.claims.len()).filter(|it| self.satisfies(&history, *it));
            let met: u32 = met.map(|it| 1 << it).sum();
            let mut set = met;
            loop {
                if self.once(&history, set) && self.in_order(&history, set) {
                    self.enter(&mut sets, set, &history);
                }
                if set == 0 {
                    break;
                }
                set = (set - 1) & met;
            }
        }
        sets
    }

    fn enter(&self, sets: &mut BTreeMap<u32, Simplest>, set: u32, history: &History) {
        let changes = self.changes(history);
        let cost = self.cost(history, set);
        let days = self.days as usize;
        let empty =
            || Simplest { cost, status: vec![StatusSet::EMPTY; days], changes: vec![BTreeSet::new(); days] };
        let simplest = sets.entry(set).or_insert_with(empty);
        if cost < simplest.cost {
            *simplest = empty();
        }
        if cost == simplest.cost {
            history.status.iter().zip(&mut simplest.status).for_each(|(status, all)| all.insert(*status));
            for day in changes {
                let lapsed = self.is_only_lapse(history, set, day);
                let change = (Self::at(history, day - 1), Self::at(history, day), lapsed);
                simplest.changes[day as usize].insert(change);
            }
        }
    }

    /// How many changes are assumed, and how many there are but lapses.
    fn cost(&self, history: &History, set: u32) -> (u32, u32) {
        let mut changes = self.changes(history);
        changes.retain(|it| !self.is_only_lapse(history, set, *it));
        let assumed = changes.iter().filter(|it| !self.reported(history, set, **it)).count();
        (assumed as u32, changes.len() as u32)
    }

    fn histories(&self) -> Vec<History> {
        let mut all = vec![Vec::new()];
        for day in 0..self.days {
            let grow = |status: Vec<StatusId>| {
                let next = (0..self.problem.lifecycle.statuses.len() as u8).map(StatusId);
                let next: Vec<StatusId> = next.filter(|it| self.may_follow(&status, *it, day)).collect();
                next.into_iter().map(move |it| status.iter().copied().chain([it]).collect::<Vec<_>>())
            };
            all = all.into_iter().flat_map(grow).collect();
        }
        let mut histories = Vec::new();
        for status in all {
            let mut acts: Vec<Vec<Option<i32>>> = vec![Vec::new()];
            for _ in &self.problem.lifecycle.acts {
                let days = || std::iter::once(None).chain((0..self.days).map(Some));
                acts =
                    acts.iter().flat_map(|it| days().map(|day| [it.clone(), vec![day]].concat())).collect();
            }
            histories.extend(acts.into_iter().map(|acts| History { status: status.clone(), acts }));
        }
        histories
    }

    fn may_follow(&self, before: &[StatusId], status: StatusId, day: i32) -> bool {
        let last = before.last().copied().unwrap_or(Lifecycle::INITIAL);
        let allowed = match self.due(before) {
            Some(then) if status == then => true,
            Some(_) if status == last => false,
            _ => last == status || self.problem.lifecycle.allowing(last, status).next().is_some(),
        };
        allowed && self.is_within_bounds(status, day)
    }

    fn is_within_bounds(&self, status: StatusId, day: i32) -> bool {
        let at = Day(self.first.0 + day);
        let exists = at >= self.problem.begins || status == Lifecycle::INITIAL;
        let ended = self.problem.ends.iter().any(|it| it.latest <= at);
        exists && !(ended && self.problem.inside.contains(status))
    }

    /// The status that comes by itself on the day after these: the last one came on the day from which its term leads to that
    /// day, and has stayed since. Where the bounds do not allow what would come, it stays.
    fn due(&self, before: &[StatusId]) -> Option<StatusId> {
        let last = *before.last()?;
        let term = self.problem.lifecycle.status(last).term?;
        let since = before.iter().rposition(|it| *it != last).map_or(0, |it| it + 1) as i32;
        let day = before.len() as i32;
        let due = term.length.after(Day(self.first.0 + since)) == Day(self.first.0 + day);
        (due && self.is_within_bounds(term.then, day)).then_some(term.then)
    }

    fn is_lapse(&self, history: &History, day: i32) -> bool {
        self.due(&history.status[..day as usize]) == Some(Self::at(history, day))
    }

    /// A lapse, and no claim of an event is first met by it.
    fn is_only_lapse(&self, history: &History, set: u32, day: i32) -> bool {
        let first = |part: &Part| match *part {
            Part::Event { event, window } => {
                self.days_of(window).find(|it| self.allows(history, event, *it)) == Some(day)
            }
            _ => false,
        };
        self.is_lapse(history, day) && !self.parts(set).any(first)
    }

    /// Claims tell of the change of a day, or of the one from which lapses have led to it.
    fn is_told(&self, history: &History, set: u32, day: i32) -> bool {
        let reports = |part: &Part| match *part {
            Part::Event { event, window } => {
                self.days_of(window).any(|it| it == day) && self.allows(history, event, day)
            }
            _ => false,
        };
        let since = || (0..day).rev().find(|it| Self::at(history, *it) != Self::at(history, it - 1));
        self.parts(set).any(reports)
            || self.is_lapse(history, day) && since().is_some_and(|it| self.is_told(history, set, it))
    }

    fn at(history: &History, day: i32) -> StatusId {
        if day < 0 { Lifecycle::INITIAL } else { history.status[day as usize] }
    }

    fn days_of(&self, window: Window) -> RangeInclusive<i32> {
        let from = (window.earliest.0 - self.first.0).max(0);
        let to = (window.latest.0 - self.first.0).min(self.days - 1);
        from..=to
    }

    /// The days with a change.
    fn changes(&self, history: &History) -> Vec<i32> {
        (0..self.days).filter(|it| Self::at(history, *it) != Self::at(history, it - 1)).collect()
    }

    fn allows(&self, history: &History, event: EventId, day: i32) -> bool {
        let (from, to) = (Self::at(history, day - 1), Self::at(history, day));
        from != to && self.problem.lifecycle.allowing(from, to).any(|it| it == event)
    }

    fn satisfies(&self, history: &History, claim: usize) -> bool {
        self.problem.claims[claim].parts.iter().all(|part| match *part {
            Part::Event { event, window } => self.days_of(window).any(|it| self.allows(history, event, it)),
            Part::Act { act, window } => {
                let done = history.acts[act.0 as usize];
                done.is_some_and(|it| self.days_of(window).any(|day| day == it))
            }
            Part::Always { statuses, window } => {
                self.days_of(window).all(|it| statuses.contains(Self::at(history, it)))
            }
            Part::Sometime { statuses, window } => {
                self.days_of(window).any(|it| statuses.contains(Self::at(history, it)))
            }
            Part::Spell { statuses, begins, lasts } => self.spell(history, statuses, begins, lasts),
            Part::Reports { .. } => true,
        })
    }

    fn spell(&self, history: &History, statuses: StatusSet, begins: Window, lasts: Lasts) -> bool {
        let holds = |day: i32| statuses.contains(Self::at(history, day));
        self.days_of(begins).filter(|it| !holds(it - 1) && holds(*it)).any(|begin| match lasts {
            Lasts::Through(day) => (begin..=day.0 - self.first.0).all(holds),
            Lasts::Until(window) => {
                self.days_of(window).any(|end| end > begin && !holds(end) && (begin..end).all(holds))
            }
        })
    }

    fn parts(&self, set: u32) -> impl Iterator<Item = &Part> + '_ {
        let claims = (0..self.problem.claims.len()).filter(move |it| set >> it & 1 == 1);
        claims.flat_map(|it| &self.problem.claims[it].parts)
    }

    /// The days on which claims of an event are first met.
    fn first_met(&self, history: &History, set: u32, event: EventId) -> Vec<i32> {
        let meets = |part: &Part| match *part {
            Part::Event { event: of, window } if of == event => {
                self.days_of(window).find(|it| self.allows(history, event, *it))
            }
            _ => None,
        };
        let mut days: Vec<i32> = self.parts(set).filter_map(meets).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Rule 1: no event twice for nothing.
    fn once(&self, history: &History, set: u32) -> bool {
        (0..self.problem.lifecycle.events.len() as u8).map(EventId).all(|event| {
            let days = self.first_met(history, set, event);
            days.windows(2).all(|it| self.elsewhere(history, set, event, (it[0], it[1]), false))
        })
    }

    /// Something reported shows the party elsewhere strictly between two days; if `wholly`, a state claim does so
    /// only if its whole window lies there.
    fn elsewhere(
        &self,
        history: &History,
        set: u32,
        event: EventId,
        (after, before): (i32, i32),
        wholly: bool,
    ) -> bool {
        let target = self.problem.lifecycle.event(event).to;
        let between = |day: i32| after < day && day < before;
        let lapses = |day: i32| {
            Self::at(history, day) != target && self.is_lapse(history, day) && self.is_told(history, set, day)
        };
        if (after + 1..before).any(lapses) {
            return true;
        }
        self.parts(set).any(|part| match *part {
            Part::Event { event: other, window } => {
                self.problem.lifecycle.event(other).to != target
                    && self.days_of(window).any(|it| between(it) && self.allows(history, other, it))
            }
            Part::Always { statuses, window } => {
                let mut days = self.days_of(window);
                !statuses.contains(target) && if wholly { days.all(between) } else { days.any(between) }
            }
            Part::Sometime { statuses, window } => {
                !statuses.contains(target) && self.days_of(window).all(between)
            }
            _ => false,
        })
    }

    /// The days on which a deed is reported.
    fn occurs(&self, history: &History, set: u32, deed: Deed) -> Vec<i32> {
        match deed {
            Deed::Event(event) => self.first_met(history, set, event),
            Deed::Act(act) => {
                let said = self.parts(set).any(|it| matches!(it, Part::Act { act: of, .. } if *of == act));
                history.acts[act.0 as usize].filter(|_| said).into_iter().collect()
            }
        }
    }

    fn in_order(&self, history: &History, set: u32) -> bool {
        self.problem.lifecycle.orders.iter().all(|order| {
            (0..order.len()).all(|place| {
                order[place + 1..].iter().all(|later| self.ordered(history, set, order[place], *later))
            })
        })
    }

    fn ordered(&self, history: &History, set: u32, first: Deed, second: Deed) -> bool {
        let firsts = self.occurs(history, set, first);
        firsts.iter().all(|&day| {
            self.occurs(history, set, second).into_iter().filter(|it| *it < day).all(|it| match second {
                Deed::Event(event) => self.elsewhere(history, set, event, (it, day), true),
                Deed::Act(_) => matches!(first, Deed::Event(_)) && firsts.iter().any(|day| *day <= it),
            })
        })
    }

    /// Whether a claim of the set, or the end of the bloc, reports the change of a day.
    fn reported(&self, history: &History, set: u32, day: i32) -> bool {
        let leaves = self.problem.inside.contains(Self::at(history, day - 1))
            && !self.problem.inside.contains(Self::at(history, day));
        let within = |window: Window| window.contains(Day(self.first.0 + day));
        self.problem.ends.iter().any(|it| leaves && within(*it))
            || self.parts(set).any(|part| match *part {
                Part::Event { event, window } => within(window) && self.allows(history, event, day),
                Part::Reports { into, window } => {
                    let (from, to) = (Self::at(history, day - 1), Self::at(history, day));
                    into.contains(to) && !into.contains(from) && within(window)
                }
                _ => false,
            })
    }
}
