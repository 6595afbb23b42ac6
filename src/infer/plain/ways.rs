//! Whether there is any way ahead of a status, from the end of time backward: what `ahead` looks at, without what it costs.
//!
//! Most sets of claims that are tried are tried for this alone, and sets of statuses are one machine word each.

use crate::lifecycle::{Lifecycle, StatusSet};

use super::super::state::bits;
use super::Lane;
use super::plan::{Demand, Plan, Slot};

/// For each stretch, and for the end of time, the statuses at the end of the day before it from which a way leads on.
#[derive(Default)]
pub(super) struct Ways(Vec<StatusSet>);

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
        self.0.clear();
        self.0.resize(plan.slots.len() + 1, lane.problem.lifecycle.all());
        let mut exact = plan.watched.is_empty();
        for (at, slot) in plan.slots.iter().enumerate().rev() {
            let stretch = Stretch { lane, plan, slot };
            let (enter, of_these) = stretch.enter(self.0[at + 1]);
            self.0[at] = enter;
            exact &= of_these;
        }
        match self.lead() {
            false => Way::None,
            true if exact => Way::Some,
            true => Way::Perhaps,
        }
    }

    /// From the dawn of time.
    pub(super) fn lead(&self) -> bool {
        self.0[0].contains(Lifecycle::INITIAL)
    }

    /// The last stretch that cannot be entered from any status, where none leads to the end.
    pub(super) fn stuck(&self) -> usize {
        self.0.iter().rposition(|it| it.is_empty()).unwrap_or(0)
    }
}

struct Stretch<'a> {
    lane: &'a Lane<'a>,
    plan: &'a Plan,
    slot: &'a Slot,
}

impl Stretch<'_> {
    /// From where the stretch can be entered so that the next one can be entered from these, and whether that is all that
    /// there is to say.
    fn enter(&self, next: StatusSet) -> (StatusSet, bool) {
        let last = next.intersect(self.slot.allowed);
        // The demands that only this stretch can meet, and whether there are others.
        let own = self.slot.opening & self.slot.closing;
        let others = self.slot.open != own;
        if self.slot.days() == 1 {
            return (self.one_day(last, own), !others);
        }
        let within = self.back(last);
        let demand = bits(own).next().map(|it| self.plan.demands[it as usize]);
        let (met, by_change) = match demand {
            None => (within, self.before(within)),
            Some(Demand::Status(statuses)) => {
                let meets = within.intersect(statuses);
                let unmet = self.back(meets);
                (unmet, self.before(meets.union(unmet.without(statuses))))
            }
            Some(Demand::Change(event)) => {
                let event = 1 << event.0;
                let unmet = self.back(self.by(event, within).intersect(self.slot.allowed));
                (unmet, self.by(event, within).union(self.before(unmet)))
            }
        };
        // Who cannot stay on the first day can change on it.
        let enter = met.union(by_change.without(self.slot.allowed));
        let roomy = self.slot.days() as usize > 2 * self.lane.changes.width;
        (enter, roomy && !others && own.count_ones() < 2)
    }

    /// At most one change, which has to meet all that the day demands.
    fn one_day(&self, last: StatusSet, own: u64) -> StatusSet {
        let due = bits(own).fold(0, |all, it| match self.plan.demands[it as usize] {
            Demand::Change(event) => all | 1 << event.0,
            Demand::Status(_) => all,
        });
        if due == 0 { last.union(self.before(last)) } else { self.by(due, last) }
    }

    /// These, and the statuses that are allowed from which changes lead to them.
    fn back(&self, to: StatusSet) -> StatusSet {
        let (mut all, mut fresh) = (to, to);
        while !fresh.is_empty() && all != self.slot.allowed {
            fresh = self.before(fresh).intersect(self.slot.allowed).without(all);
            all = all.union(fresh);
        }
        all
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
