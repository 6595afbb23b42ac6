//! Whether there is any way ahead of a status, from the end of time backward: what `ahead` looks at, without what it costs.
//!
//! Most sets of claims that are tried are tried for this alone, and sets of statuses are one machine word each.

use crate::lifecycle::{Lifecycle, StatusSet};

use super::super::state::bits;
use super::Lane;
use super::plan::{Demand, Plan, Slot};

/// For each stretch, and for the end of time, the statuses at the end of the day before it from which a way leads on.
type Enter = Vec<StatusSet>;

#[derive(Default)]
pub(super) struct Ways {
    enter: Enter,
    /// For each stretch, the demands, as bits, of those open on several that are to be met on this one.
    placed: Vec<u64>,
    /// As `enter`, if demands are met where they are placed.
    enter_placed: Enter,
}

/// Whether some history does what a plan asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    None,
    /// If what statuses do not tell stands in no way.
    Perhaps,
    Some,
}

impl Ways {
    pub(super) fn look(&mut self, lane: &Lane, plan: &Plan) -> Way {
        let exact = back(&mut self.enter, lane, plan, &[]);
        match self.lead() {
            false => Way::None,
            true if exact => Way::Some,
            true => Way::Perhaps,
        }
    }

    /// Whether a history meets each demand where it is easily met: then there is one. `false` says nothing.
    pub(super) fn lead_if_placed(&mut self, lane: &Lane, plan: &Plan) -> bool {
        if !plan.watched.is_empty() {
            return false;
        }
        self.place(plan);
        back(&mut self.enter_placed, lane, plan, &self.placed) && leads(&self.enter_placed)
    }

    /// Chooses a stretch for each demand that is open on several: of those that can meet it and are asked for nothing else,
    /// if there are such, the longest.
    fn place(&mut self, plan: &Plan) {
        self.placed.clear();
        self.placed.resize(plan.slots.len(), 0);
        for (number, demand) in plan.demands.iter().enumerate() {
            let bit = 1 << number;
            let open = plan.slots.iter().enumerate().filter(|it| it.1.open & bit != 0);
            let meets = |slot: &Slot| match demand {
                Demand::Status(statuses) => slot.allowed.meets(*statuses),
                Demand::Change(event) => slot.forbidden >> event.0 & 1 == 0,
            };
            let best = open.filter(|it| it.1.opening & it.1.closing & bit == 0).max_by_key(|(at, slot)| {
                let is_free = (self.placed[*at] | slot.own()) == 0;
                (meets(slot), is_free, slot.days())
            });
            if let Some((at, _)) = best {
                self.placed[at] |= bit;
            }
        }
    }

    /// From the dawn of time.
    pub(super) fn lead(&self) -> bool {
        leads(&self.enter)
    }

    /// The last stretch that cannot be entered from any status, where none leads to the end.
    pub(super) fn stuck(&self) -> usize {
        self.enter.iter().rposition(|it| it.is_empty()).unwrap_or(0)
    }
}

fn leads(enter: &[StatusSet]) -> bool {
    enter[0].contains(Lifecycle::INITIAL)
}

/// Looks from the end of time backward, with demands placed or without; whether statuses tell all that there is to say.
fn back(enter: &mut Enter, lane: &Lane, plan: &Plan, placed: &[u64]) -> bool {
    enter.clear();
    enter.resize(plan.slots.len() + 1, lane.problem.lifecycle.all());
    let mut exact = plan.watched.is_empty();
    for (at, slot) in plan.slots.iter().enumerate().rev() {
        let stretch = Stretch { lane, plan, slot, placed: placed.get(at).copied() };
        let (before, of_these) = stretch.enter(enter[at + 1]);
        enter[at] = before;
        exact &= of_these;
    }
    exact
}

struct Stretch<'a> {
    lane: &'a Lane<'a>,
    plan: &'a Plan,
    slot: &'a Slot,
    /// The demands to be met here of those that could be met on others too, once these are placed.
    placed: Option<u64>,
}

impl Stretch<'_> {
    /// From where the stretch can be entered so that the next one can be entered from these, and whether that is all that
    /// there is to say.
    fn enter(&self, next: StatusSet) -> (StatusSet, bool) {
        let last = next.intersect(self.slot.allowed);
        // The demands that only this stretch can meet, and whether there are others.
        let own = self.slot.own() | self.placed.unwrap_or_default();
        let others = self.placed.is_none() && self.slot.open != own;
        if self.slot.days() == 1 {
            return (self.one_day(last, own), !others);
        }
        let enter = match bits(own).next() {
            None => self.many_days(last),
            Some(it) => self.many_days_with(last, self.plan.demands[it as usize]),
        };
        (enter, !others && own.count_ones() < 2)
    }

    /// At most one change, which has to meet all that the day demands.
    fn one_day(&self, last: StatusSet, own: u64) -> StatusSet {
        let (mut due, mut last) = (0, last);
        for it in bits(own) {
            match self.plan.demands[it as usize] {
                Demand::Change(event) => due |= 1 << event.0,
                Demand::Status(statuses) => last = last.intersect(statuses),
            }
        }
        if due == 0 { last.union(self.before(last)) } else { self.by(due, last) }
    }

    /// At most one change a day.
    fn many_days(&self, last: StatusSet) -> StatusSet {
        let allowed = self.slot.allowed;
        let mut ways = last;
        for _ in 1..self.slot.days() {
            let before = self.stay_or_change(ways).intersect(allowed);
            if before == ways {
                break;
            }
            ways = before;
        }
        // Before the first day any status can have been.
        self.stay_or_change(ways)
    }

    /// The same, where one of the days has to meet a demand.
    fn many_days_with(&self, last: StatusSet, demand: Demand) -> StatusSet {
        let allowed = self.slot.allowed;
        // From where the next day leads on, if the demand has been met before it, and if not.
        let (mut met, mut unmet) = (last, StatusSet::EMPTY);
        let unmet_before = |met: StatusSet, unmet: StatusSet| match demand {
            Demand::Status(statuses) => {
                self.stay_or_change(met.intersect(statuses).union(unmet.without(statuses)))
            }
            Demand::Change(event) => self.stay_or_change(unmet).union(self.by(1 << event.0, met)),
        };
        for _ in 1..self.slot.days() {
            let before =
                (self.stay_or_change(met).intersect(allowed), unmet_before(met, unmet).intersect(allowed));
            if before == (met, unmet) {
                break;
            }
            (met, unmet) = before;
        }
        unmet_before(met, unmet)
    }

    fn stay_or_change(&self, to: StatusSet) -> StatusSet {
        to.union(self.before(to))
    }

    /// From where one change leads to these.
    fn before(&self, to: StatusSet) -> StatusSet {
        if self.slot.forbidden == 0 { self.lane.changes.before(to) } else { self.by(0, to) }
    }

    /// From where one change of all these events leads to these.
    fn by(&self, events: u64, to: StatusSet) -> StatusSet {
        let moves = self.lane.changes.moves.iter().filter(|it| {
            to.contains(it.to) && it.events & events == events && it.events & self.slot.forbidden == 0
        });
        moves.map(|it| it.from).collect()
    }
}
