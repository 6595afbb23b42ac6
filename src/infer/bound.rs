//! What at least lies ahead of a status: the bounds that keep searches off hopeless ways.
//!
//! From the end of time backward, as if of a history's past its status alone mattered: rule 1, orders and acts are left out
//! of account, and of the claims all that a stretch cannot tell by itself. So the true sum is never less.

mod until;
mod waiting;

use smallvec::SmallVec;

use crate::lifecycle::{EventId, StatusId, StatusSet};

use super::Part;
use super::axis::Active;
use super::machine::{How, Machine};
use super::state::{State, bits};
use until::Until;
use waiting::Waiting;

/// How many changes a walk has, those that nothing reports first: less is simpler.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Cost(pub(super) u64);

impl Cost {
    /// More than any history costs.
    pub(super) const NEVER: Cost = Cost(u64::MAX);
    /// As much as a history may cost.
    pub(super) const ANY: Cost = Cost(u64::MAX - 1);
    const UNIT: u64 = 1 << 32;

    pub(super) fn of_change(how: How) -> Cost {
        match how {
            How::Reported => Cost(1),
            How::Assumed => Cost(Cost::UNIT + 1),
            How::Lapsed => Cost(0),
        }
    }

    /// The most that a walk with so many assumed changes costs.
    pub(super) fn with_assumed(most: u32) -> Cost {
        Cost((u64::from(most) + 1) * Cost::UNIT - 1).min(Cost::ANY)
    }

    pub(super) fn assumed(self) -> u32 {
        (self.0 / Cost::UNIT) as u32
    }

    /// All of them.
    pub(super) fn changes(self) -> u32 {
        (self.0 % Cost::UNIT) as u32
    }
}

impl std::ops::Add for Cost {
    type Output = Cost;

    fn add(self, other: Cost) -> Cost {
        Cost(self.0.saturating_add(other.0))
    }
}

/// For each status at the beginning of each stretch, the least that is still to come.
pub(super) struct Bound {
    width: usize,
    /// From the end of the day before the stretch.
    enter: Vec<Cost>,
    /// From any of its days.
    within: Vec<Cost>,
    /// The same of statuses that lapse.
    until: Option<Until>,
    /// The same while a report is waited for, where its window has several stretches of a day.
    waiting: Option<Waiting>,
}

/// What is counted, and what a broken claim counts.
#[derive(Clone, Copy)]
struct Count {
    reported: Cost,
    assumed: Cost,
    broken: Broken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Broken {
    /// No claim may be broken.
    Never,
    /// Claims that are not forced count their trust.
    Trust,
    /// Claims that are not forced count nothing.
    Free,
}

impl Count {
    /// What is lost where a claim is broken.
    fn loss(self, machine: &Machine, claim: u32) -> Cost {
        let forced = machine.forced.contains(&(claim as usize));
        let claim = &machine.problem.claims[claim as usize];
        match self.broken {
            _ if forced => Cost::NEVER,
            Broken::Never => Cost::NEVER,
            // Of several parts it would be counted more than once.
            Broken::Trust if claim.parts.len() == 1 => Cost(u64::from(claim.trust)),
            Broken::Trust | Broken::Free => Cost(0),
        }
    }
}

impl Bound {
    /// Of changes, where all claims have to hold.
    pub(super) fn of_changes(machine: &Machine) -> Bound {
        let (reported, assumed) = (Cost::of_change(How::Reported), Cost::of_change(How::Assumed));
        Bound::of(machine, Count { reported, assumed, broken: Broken::Never })
    }

    /// Of trust given up.
    pub(super) fn of_loss(machine: &Machine) -> Bound {
        Bound::of(machine, Count { reported: Cost(0), assumed: Cost(0), broken: Broken::Trust })
    }

    /// Of changes, where the claims that are forced have to hold.
    pub(super) fn of_forced(machine: &Machine) -> Bound {
        let (reported, assumed) = (Cost::of_change(How::Reported), Cost::of_change(How::Assumed));
        Bound::of(machine, Count { reported, assumed, broken: Broken::Free })
    }

    fn of(machine: &Machine, count: Count) -> Bound {
        let width = machine.targets.len();
        let stretches = machine.axis.slots.len();
        let mut bound = Bound {
            width,
            enter: vec![Cost(0); (stretches + 1) * width],
            within: vec![Cost(0); stretches * width],
            until: machine.terms.as_ref().map(|_| Until::of(machine)),
            waiting: machine.terms.as_ref().map(|_| Waiting::of(machine, count)),
        };
        let moves = moves(machine);
        for at in (0..stretches).rev() {
            let Bound { enter, within, until, waiting, .. } = &mut bound;
            let (enter, ahead) = enter.split_at_mut((at + 1) * width);
            let (enter, within) = (&mut enter[at * width..], &mut within[at * width..(at + 1) * width]);
            let demands = Demands::of(machine, at, count);
            let stretch = Stretch { moves: &moves, demands: &demands, machine };
            if let Some(until) = until {
                let to = until.stretch(at, &stretch, &ahead[..width], (within, enter));
                if let Some(waiting) = waiting {
                    waiting.stretch(at, &stretch, (&ahead[..width], &to), enter);
                }
                continue;
            }
            stretch.finish(&ahead[..width], within);
            if machine.axis.slots[at].days() == 1 {
                stretch.one_day(within, within, enter);
            } else {
                stretch.many_days(within, enter);
            }
        }
        bound
    }

    pub(super) fn enter(&self, at: usize, state: &State) -> Cost {
        let lasting = self.enter[at * self.width + state.status.0 as usize];
        match &self.until {
            Some(until) => {
                let waits = || self.waiting.as_ref().and_then(|it| it.enter(at, state));
                let lapses = until.enter(at, state.status, state.tenure.lapses());
                lapses.or_else(waits).unwrap_or(lasting)
            }
            None => lasting,
        }
    }

    pub(super) fn within(&self, at: usize, status: StatusId, lapses: u32) -> Cost {
        let lasting = self.within[at * self.width + status.0 as usize];
        match &self.until {
            Some(until) => until.within(at, status, lapses).unwrap_or(lasting),
            None => lasting,
        }
    }
}

/// A change that an event allows, or a lapse.
#[derive(Clone, Copy)]
struct Move {
    from: StatusId,
    to: StatusId,
    event: Option<EventId>,
}

fn moves(machine: &Machine) -> SmallVec<[Move; 32]> {
    let mut moves = SmallVec::new();
    for (event, it) in (0..).map(EventId).zip(&machine.lifecycle().events) {
        let sources = bits(it.from.0).map(StatusId).filter(|from| *from != it.to);
        moves.extend(sources.map(|from| Move { from, to: it.to, event: Some(event) }));
    }
    if machine.terms.is_some() {
        let lapses = machine.lifecycle().terms();
        moves.extend(lapses.map(|(from, term)| Move { from, to: term.then, event: None }));
    }
    moves
}

/// What the claims ask of one stretch, as far as it can be told there.
struct Demands {
    /// No day of the stretch has another status.
    allowed: StatusSet,
    /// What another status on its last day loses.
    last_day: SmallVec<[(StatusSet, Cost); 2]>,
    /// What is lost if none of its days does this; of several days only one demand is looked at.
    some_day: SmallVec<[(Part, Cost); 2]>,
    /// The events that a claim reports, as bits.
    spoken: u64,
    /// A change to one of these may be reported, whatever event it is.
    told: StatusSet,
    count: Count,
}

impl Demands {
    fn of(machine: &Machine, at: usize, count: Count) -> Demands {
        let slot = &machine.axis.slots[at];
        let mut demands = Demands {
            allowed: slot.allowed,
            last_day: SmallVec::new(),
            some_day: SmallVec::new(),
            spoken: 0,
            told: if slot.ending {
                machine.lifecycle().all().without(machine.problem.inside)
            } else {
                StatusSet::EMPTY
            },
            count,
        };
        for active in machine.axis.active(at) {
            if !machine.leaves_out(active.claim) {
                demands.add(machine, at, active);
            }
        }
        if slot.days() > 1 {
            demands.some_day.truncate(1);
        }
        demands
    }

    fn add(&mut self, machine: &Machine, at: usize, active: &Active) {
        let loss = self.count.loss(machine, active.claim);
        let here = active.closes && active.since as usize == at;
        let one_day = machine.axis.slots[at].days() == 1;
        match active.part {
            Part::Always { statuses, .. } if loss == Cost::NEVER => {
                self.allowed = self.allowed.intersect(statuses);
            }
            Part::Always { statuses, .. } if active.closes => self.last_day.push((statuses, loss)),
            Part::Sometime { statuses, .. } if here && one_day => self.last_day.push((statuses, loss)),
            Part::Sometime { .. } if here => self.some_day.push((active.part, loss)),
            Part::Event { event, .. } => {
                self.spoken |= 1 << event.0;
                if here {
                    self.some_day.push((active.part, loss));
                }
            }
            Part::Reports { into, .. } => self.told = self.told.union(into),
            _ => {}
        }
    }
}

#[derive(Clone, Copy)]
struct Stretch<'a> {
    moves: &'a [Move],
    demands: &'a Demands,
    machine: &'a Machine<'a>,
}

impl Stretch<'_> {
    /// From the last day of the stretch on.
    fn finish(&self, ahead: &[Cost], row: &mut [Cost]) {
        for (status, (last, ahead)) in (0..).map(StatusId).zip(row.iter_mut().zip(ahead)) {
            *last = *ahead + self.broken(status);
        }
    }

    /// What a status on the last day loses.
    fn broken(&self, status: StatusId) -> Cost {
        if !self.demands.allowed.contains(status) {
            return Cost::NEVER;
        }
        let lost = self.demands.last_day.iter().filter(|it| !it.0.contains(status));
        lost.fold(Cost(0), |sum, it| sum + it.1)
    }

    /// At most one change, which all events of the day have to allow; `to` is what is to come after it.
    fn one_day(&self, last: &[Cost], to: &[Cost], enter: &mut [Cost]) {
        let all = self.lost(|_| false);
        for (enter, last) in enter.iter_mut().zip(last) {
            *enter = *last + all;
        }
        for it in self.moves {
            let last = to[it.to.0 as usize];
            let enter = &mut enter[it.from.0 as usize];
            if last >= *enter {
                continue;
            }
            *enter = (last + self.lost(|part| self.meets(*it, part)) + self.cost(*it)).min(*enter);
        }
    }

    /// What is lost on one day of what some day has to bring.
    fn lost(&self, met: impl Fn(Part) -> bool) -> Cost {
        let unmet = self.demands.some_day.iter().filter(|it| !met(it.0));
        unmet.fold(Cost(0), |sum, it| sum + it.1)
    }

    /// Any number of changes.
    fn many_days(&self, row: &mut [Cost], enter: &mut [Cost]) {
        let allows = |it: &&Move| self.demands.allowed.contains(it.from);
        // What is to come while what some day has to bring is still waited for.
        let waiting = &mut *enter;
        if let Some((_, loss)) = self.demands.some_day.first() {
            waiting.iter_mut().zip(&*row).for_each(|(waiting, last)| *waiting = *last + *loss);
        }
        let least = row.iter().min().copied().unwrap_or_default();
        self.settle(row, least, |row, it| row[it.to.0 as usize]);
        if let Some((part, _)) = self.demands.some_day.first() {
            if let Part::Sometime { statuses, .. } = *part {
                let here = |it: &(usize, &mut Cost)| statuses.contains(StatusId(it.0 as u8));
                waiting.iter_mut().enumerate().filter(here).for_each(|(place, it)| *it = row[place]);
            }
            self.settle(waiting, least, |waiting, it| {
                if self.meets(*it, *part) { row[it.to.0 as usize] } else { waiting[it.to.0 as usize] }
            });
        } else {
            waiting.copy_from_slice(row);
        }
        // Who cannot stay on the first day can change on it.
        let first_days: SmallVec<[Cost; 8]> = SmallVec::from_slice(waiting);
        for it in self.moves.iter().filter(|it| !allows(it)) {
            let after = match self.demands.some_day.first() {
                Some((part, _)) if self.meets(*it, *part) => row[it.to.0 as usize],
                _ => first_days[it.to.0 as usize],
            };
            let enter = &mut enter[it.from.0 as usize];
            *enter = (after + self.cost(*it)).min(*enter);
        }
    }

    /// Takes changes into account until no more of them are cheaper; after none of them is less than `least` to come.
    fn settle(&self, row: &mut [Cost], least: Cost, after: impl Fn(&[Cost], &Move) -> Cost) {
        let least = least + self.least_change();
        let mut cheaper = true;
        // What costs no more than that after a change cannot become cheaper.
        while cheaper && row.iter().any(|it| *it > least) {
            cheaper = false;
            for it in self.moves {
                let after = after(row, it);
                if after < row[it.from.0 as usize] && self.demands.allowed.contains(it.from) {
                    let whole = after + self.cost(*it);
                    if whole < row[it.from.0 as usize] {
                        row[it.from.0 as usize] = whole;
                        cheaper = true;
                    }
                }
            }
        }
    }

    fn least_change(&self) -> Cost {
        if self.machine.terms.is_some() {
            return Cost(0);
        }
        let silent = self.demands.spoken == 0 && self.demands.told.is_empty();
        if silent { self.demands.count.assumed } else { self.demands.count.reported }
    }

    fn cost(&self, it: Move) -> Cost {
        let Some(event) = it.event else { return Cost(0) };
        if self.demands.told.contains(it.to) || self.demands.spoken >> event.0 & 1 == 1 {
            self.demands.count.reported
        } else {
            self.demands.count.assumed
        }
    }

    fn meets(&self, it: Move, part: Part) -> bool {
        let Part::Event { event, .. } = part else { return false };
        self.machine.lifecycle().event(event).allows(it.from, it.to)
    }
}
