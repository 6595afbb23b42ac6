//! What at least lies ahead of a status, from the end of time backward: as `bound` has it, for the stretches of a plan.
//!
//! Demands that are open on several stretches are left out of account, and so is how few days a stretch may have. Without
//! either it is the true least.

use crate::lifecycle::{EventId, Lifecycle, StatusId};

use super::super::bound::Cost;
use super::super::machine::How;
use super::super::state::bits;
use super::Lane;
use super::changes::Move;
use super::plan::{Demand, Plan, Slot};

/// For each stretch, what is still to come from each status.
#[derive(Default)]
pub(super) struct Ahead {
    width: usize,
    /// From the end of the day before the stretch.
    enter: Vec<Cost>,
    /// From any of its days.
    within: Vec<Cost>,
    /// The least of these.
    least_within: Vec<Cost>,
}

impl Ahead {
    pub(super) fn look(&mut self, lane: &Lane, plan: &Plan) {
        let width = lane.changes.width;
        let stretches = plan.slots.len();
        self.width = width;
        self.enter.clear();
        self.enter.resize((stretches + 1) * width, Cost::default());
        self.within.clear();
        self.within.resize(stretches * width, Cost::default());
        self.least_within.clear();
        self.least_within.resize(stretches, Cost::NEVER);
        for (at, slot) in plan.slots.iter().enumerate().rev() {
            let (enter, next) = self.enter.split_at_mut((at + 1) * width);
            let next = &next[..width];
            let (enter, within) = (&mut enter[at * width..], &mut self.within[at * width..(at + 1) * width]);
            let days = slot.days();
            let roomy = days as usize > 2 * width;
            for (place, (last, next)) in within.iter_mut().zip(next).enumerate() {
                *last = if slot.allowed.contains(StatusId(place as u8)) { *next } else { Cost::NEVER };
            }
            let stretch = Stretch { lane, plan, slot, roomy };
            if days == 1 {
                stretch.one_day(within, enter);
            } else if !(roomy
                && stretch.asks_nothing()
                && lane.changes.pass(next, slot.allowed, (&mut *within, &mut *enter)))
            {
                stretch.many_days(within, enter);
            }
            self.least_within[at] = within.iter().copied().fold(Cost::NEVER, Cost::min);
        }
    }

    /// Of a whole history.
    pub(super) fn least(&self) -> Cost {
        self.enter(0, Lifecycle::INITIAL)
    }

    pub(super) fn enter(&self, at: usize, status: StatusId) -> Cost {
        self.enter[at * self.width + status.0 as usize]
    }

    pub(super) fn least_within(&self, at: usize) -> Cost {
        self.least_within[at]
    }

    pub(super) fn within(&self, at: usize, status: StatusId) -> Cost {
        self.within[at * self.width + status.0 as usize]
    }
}

struct Stretch<'a> {
    lane: &'a Lane<'a>,
    plan: &'a Plan,
    slot: &'a Slot,
    /// There are days for any changes.
    roomy: bool,
}

impl Stretch<'_> {
    /// Only statuses are not allowed.
    fn asks_nothing(&self) -> bool {
        let Slot { open, reported, forbidden, ending, .. } = *self.slot;
        !ending && open | reported | forbidden == 0
    }

    /// At most one change, which has to meet all that the day demands.
    fn one_day(&self, last: &[Cost], enter: &mut [Cost]) {
        if self.asks_nothing() {
            self.lane.changes.pass_a_day(last, enter);
            return;
        }
        let due = bits(self.slot.own()).fold(0, |all, it| match self.plan.demands[it as usize] {
            Demand::Change(event) => all | 1 << event.0,
            Demand::Status(_) => all,
        });
        for (enter, last) in enter.iter_mut().zip(last) {
            *enter = if due == 0 { *last } else { Cost::NEVER };
        }
        for it in &self.lane.changes.moves {
            let ahead = last[it.to.0 as usize];
            let enter = &mut enter[it.from.0 as usize];
            if ahead < *enter && it.events & due == due && it.events & self.slot.forbidden == 0 {
                *enter = (ahead + self.lane.cost(self.slot, it)).min(*enter);
            }
        }
    }

    /// Any number of changes, of which one has to meet what the stretch demands.
    fn many_days(&self, within: &mut [Cost], enter: &mut [Cost]) {
        if !self.settle_assumed(within) {
            self.settle(within, |within, it| within[it.to.0 as usize]);
        }
        let demand = bits(self.slot.own()).next().map(|it| self.plan.demands[it as usize]);
        match demand {
            None => enter.copy_from_slice(within),
            Some(Demand::Change(event)) => {
                enter.fill(Cost::NEVER);
                self.meet(event, within, enter);
                self.settle(enter, |unmet, it| {
                    let met = it.events >> event.0 & 1 == 1;
                    if met { within[it.to.0 as usize] } else { unmet[it.to.0 as usize] }
                });
            }
            Some(Demand::Status(statuses)) => {
                for (place, (enter, within)) in enter.iter_mut().zip(&*within).enumerate() {
                    let meets = statuses.contains(StatusId(place as u8));
                    *enter = if meets { *within } else { Cost::NEVER };
                }
                if !self.settle_assumed(enter) {
                    self.settle(enter, |unmet, it| {
                        let met = statuses.contains(it.to);
                        if met { within[it.to.0 as usize] } else { unmet[it.to.0 as usize] }
                    });
                }
            }
        }
        self.enter_by_a_change(demand, within, enter);
    }

    /// Takes changes into account that nothing reports; whether these are all that there are.
    fn settle_assumed(&self, row: &mut [Cost]) -> bool {
        let Slot { allowed, reported, forbidden, ending, .. } = *self.slot;
        let settled = self.roomy && forbidden == 0 && self.lane.changes.settle(row, allowed);
        settled && reported == 0 && !ending
    }

    /// The changes that meet the demand, and those that nothing reports before them.
    fn meet(&self, event: EventId, within: &[Cost], enter: &mut [Cost]) {
        if !self.roomy || self.slot.forbidden != 0 {
            return;
        }
        let allowed = self.slot.allowed;
        let meets = |it: &&Move| it.events >> event.0 & 1 == 1 && allowed.contains(it.from);
        for it in self.lane.changes.moves.iter().filter(meets) {
            let whole = within[it.to.0 as usize] + Cost::of_change(How::Reported);
            let enter = &mut enter[it.from.0 as usize];
            *enter = whole.min(*enter);
        }
        self.settle_assumed(enter);
    }

    /// Who cannot stay on the first day can change on it.
    fn enter_by_a_change(&self, demand: Option<Demand>, within: &[Cost], enter: &mut [Cost]) {
        if self.lane.problem.lifecycle.all().is_subset(self.slot.allowed) {
            return;
        }
        for it in self.lane.changes.moves.iter().filter(|it| !self.slot.allowed.contains(it.from)) {
            let met = match demand {
                None => true,
                Some(Demand::Change(event)) => it.events >> event.0 & 1 == 1,
                Some(Demand::Status(statuses)) => statuses.contains(it.to),
            };
            let after = if met { within[it.to.0 as usize] } else { enter[it.to.0 as usize] };
            if after < Cost::NEVER
                && self.slot.allowed.contains(it.to)
                && it.events & self.slot.forbidden == 0
            {
                let enter = &mut enter[it.from.0 as usize];
                *enter = (after + self.lane.cost(self.slot, it)).min(*enter);
            }
        }
    }

    /// Takes changes into account until no more of them are cheaper.
    fn settle(&self, row: &mut [Cost], after: impl Fn(&[Cost], &Move) -> Cost) {
        let mut cheaper = true;
        while cheaper {
            cheaper = false;
            for it in &self.lane.changes.moves {
                let after = after(row, it);
                let before = row[it.from.0 as usize];
                if after < before
                    && self.slot.allowed.contains(it.from)
                    && it.events & self.slot.forbidden == 0
                {
                    let whole = after + self.lane.cost(self.slot, it);
                    if whole < before {
                        row[it.from.0 as usize] = whole;
                        cheaper = true;
                    }
                }
            }
        }
    }
}
