//! Walks through the stretches: forward the least cost of each place, backward the simplest histories.

use smallvec::SmallVec;

use crate::date::Window;
use crate::lifecycle::StatusId;

use super::super::Change;
use super::super::axis::holding;
use super::super::bound::Cost;
use super::super::machine::How;
use super::ahead::Ahead;
use super::changes::Move;
use super::plan::{Plan, Slot};
use super::row::Row;
use super::{Lane, Unknown};

/// With more places in one stretch than this, the usual way is as good.
const PLACES: usize = 256;

/// Where histories can be at the beginning of a stretch.
#[derive(Clone, Copy)]
struct Entry {
    cost: Cost,
    /// The open demands that have been met, as bits.
    met: u64,
    status: StatusId,
    /// A simplest history comes here.
    marked: bool,
}

/// Where they can be in a stretch.
#[derive(Clone, Copy)]
struct Place {
    cost: Cost,
    met: u64,
    /// Of the days of the stretch, how many it takes to come here; none if the first of them need not bring a change.
    used: u32,
    /// How few changes simplest histories have from here on in the stretch; `NEVER` if none comes here.
    left: u32,
    status: StatusId,
    /// Days can pass here.
    holds: bool,
}

const NEVER: u32 = u32::MAX;

/// The days on which a status can hold.
pub(super) type Holds = SmallVec<[(Window, StatusId); 8]>;

/// Room for walks, used again from one to the next.
#[derive(Default)]
pub(super) struct Walk {
    entries: Vec<Entry>,
    places: Vec<Place>,
    /// For each stretch where its entries and its places begin, and both ends.
    layers: Vec<(usize, usize)>,
}

impl Walk {
    /// The least cost of a way from a status, if one costs no more than `most`.
    pub(super) fn forward(
        &mut self,
        lane: &Lane,
        (plan, ahead): (&Plan, &Ahead),
        from: StatusId,
        most: Cost,
    ) -> Result<Option<Cost>, Unknown> {
        self.entries.clear();
        self.places.clear();
        self.layers.clear();
        let cost = Cost::default();
        self.entries.push(Entry { cost, met: 0, status: from, marked: false });
        self.layers.push((0, 0));
        for (at, slot) in plan.slots.iter().enumerate() {
            let limit = Limit { ahead, at, most };
            self.through(lane, plan, slot, limit)?;
            let first = self.entries.len();
            self.leave(plan, slot, limit);
            if self.entries.len() == first {
                return Ok(None);
            }
            self.layers.push((first, self.places.len()));
        }
        Ok(self.ends().map(|it| it.1).min())
    }

    /// The statuses at the end of all stretches, once ways there have been found, each with the least cost.
    pub(super) fn ends(&self) -> impl Iterator<Item = (StatusId, Cost)> {
        let last = self.layers.last().map_or(0, |it| it.0);
        self.entries[last..].iter().map(|it| (it.status, it.cost))
    }

    /// The stretch that no way led out of.
    pub(super) fn stuck(&self) -> usize {
        self.layers.len() - 1
    }

    /// All places of a stretch, but for those that a cheaper way with no more changes leads to.
    fn through(&mut self, lane: &Lane, plan: &Plan, slot: &Slot, limit: Limit) -> Result<(), Unknown> {
        let (entry, first) = self.layers[limit.at];
        for place in entry..self.entries.len() {
            let Entry { cost, met, status, .. } = self.entries[place];
            let holds = slot.allowed.contains(status) && plan.met_by_status(slot, status) & !met == 0;
            self.places.push(Place { cost, met, used: 0, left: NEVER, status, holds });
        }
        let mut layer = first..self.places.len();
        for used in 1..=slot.days() {
            if used == 1 && slot.open != 0 {
                self.stay(plan, (entry, first), slot);
            }
            for from in layer.clone() {
                self.change(lane, plan, slot, (first, from), limit);
            }
            layer = layer.end..self.places.len();
            if layer.is_empty() {
                break;
            }
            if self.places.len() - first > PLACES {
                return Err(Unknown);
            }
        }
        Ok(())
    }

    /// Who stays meets what the status of a day meets.
    fn stay(&mut self, plan: &Plan, (entry, first): (usize, usize), slot: &Slot) {
        for place in entry..self.entries.len() {
            let Entry { cost, met, status, .. } = self.entries[place];
            let seen = plan.met_by_status(slot, status);
            if slot.allowed.contains(status) && seen & !met != 0 {
                self.add(first, Place { cost, met: met | seen, used: 1, left: NEVER, status, holds: true });
            }
        }
    }

    fn change(&mut self, lane: &Lane, plan: &Plan, slot: &Slot, (first, from): (usize, usize), limit: Limit) {
        let before = self.places[from];
        if !limit.allows_a_change(before.cost, slot) {
            return;
        }
        for it in lane.changes.from(before.status) {
            if limit.allows_within(before.cost + lane.cost(slot, it), it.to)
                && let Some((cost, met)) = lane.change(plan, slot, &before, it)
            {
                let used = before.used + 1;
                self.add(first, Place { cost, met, used, left: NEVER, status: it.to, holds: true });
            }
        }
    }

    fn add(&mut self, first: usize, new: Place) {
        for known in &mut self.places[first..] {
            if (known.status, known.met) == (new.status, new.met) {
                if known.cost < new.cost {
                    return;
                }
                if known.used == new.used {
                    known.cost = new.cost;
                    return;
                }
            }
        }
        self.places.push(new);
    }

    /// The entries of the next stretch.
    fn leave(&mut self, plan: &Plan, slot: &Slot, limit: Limit) {
        let next = self.entries.len();
        for place in &self.places[self.layers[limit.at].1..] {
            let Some(met) = place.leaves(plan, slot) else { continue };
            if !limit.allows_entry(place.cost, place.status) {
                continue;
            }
            let known = self.entries[next..].iter_mut().find(|it| (it.status, it.met) == (place.status, met));
            if let Some(entry) = known {
                entry.cost = entry.cost.min(place.cost);
            } else {
                let (cost, status) = (place.cost, place.status);
                self.entries.push(Entry { cost, met, status, marked: false });
            }
        }
    }

    /// What the histories of the least cost say, from the end backward.
    pub(super) fn back(&mut self, lane: &Lane, plan: &Plan, least: Cost) -> Row {
        self.mark(|_, cost| cost == least);
        let mut row = Row::default();
        let mut holds = Holds::new();
        for (at, slot) in plan.slots.iter().enumerate().rev() {
            self.back_through(lane, plan, at, (&mut row.changes, &mut holds));
            row.tell(slot, &holds);
            holds.clear();
        }
        row.cells.reverse();
        row
    }

    /// The ends that are looked back from.
    pub(super) fn mark(&mut self, is_end: impl Fn(StatusId, Cost) -> bool) {
        let last = self.layers.last().map_or(0, |it| it.0);
        self.entries[last..].iter_mut().for_each(|it| it.marked = is_end(it.status, it.cost));
    }

    /// What the ways through a stretch say that lead to where the next one is marked. Later stretches are forgotten.
    pub(super) fn back_through(
        &mut self,
        lane: &Lane,
        plan: &Plan,
        at: usize,
        (changes, holds): (&mut Vec<Change>, &mut Holds),
    ) {
        let ends = self.layers[at + 1];
        for number in (self.layers[at].1..ends.1).rev() {
            self.look_back(lane, plan, (at, &plan.slots[at]), number, (changes, holds));
        }
        self.entries.truncate(ends.0);
        self.places.truncate(self.layers[at].1);
    }

    /// The days of a place, if a simplest history comes there, and the ways that lead there.
    fn look_back(
        &mut self,
        lane: &Lane,
        plan: &Plan,
        (at, slot): (usize, &Slot),
        number: usize,
        (changes, holds): (&mut Vec<Change>, &mut Holds),
    ) {
        let (entry, first) = self.layers[at];
        let next = self.layers[at + 1].0;
        let mut place = self.places[number];
        if let Some(met) = place.leaves(plan, slot) {
            let key = (true, place.status, met, place.cost);
            if self.entries[next..].iter().any(|it| (it.marked, it.status, it.met, it.cost) == key) {
                place.left = 0;
            }
        }
        if place.left == NEVER {
            return;
        }
        let window = holding(slot.window, place.used.max(1), place.left);
        if place.holds && !window.is_empty() {
            holds.push((window, place.status));
        }
        if place.used == 0 {
            self.entries[entry + number - first].marked = true;
            return;
        }
        if place.used == 1 {
            self.mark_stayed(plan, (entry, next), slot, &place);
        }
        for from in first..number {
            let before = self.places[from];
            let leads = |it| lane.change(plan, slot, &before, it) == Some((place.cost, place.met));
            let step = || lane.changes.find(before.status, place.status);
            if before.used + 1 == place.used && step().is_some_and(leads) {
                self.places[from].left = before.left.min(place.left + 1);
                let first_day = Window::day(slot.window.earliest);
                let window = if before.holds { window } else { first_day };
                let assumed = place.cost.assumed() > before.cost.assumed();
                changes.push(Change {
                    window,
                    from: before.status,
                    to: place.status,
                    assumed,
                    lapsed: false,
                });
            }
        }
    }

    fn mark_stayed(&mut self, plan: &Plan, (entry, next): (usize, usize), slot: &Slot, place: &Place) {
        let seen = plan.met_by_status(slot, place.status);
        if !slot.allowed.contains(place.status) {
            return;
        }
        for it in &mut self.entries[entry..next] {
            let stayed = (it.status, it.cost, it.met | seen) == (place.status, place.cost, place.met);
            it.marked |= stayed && it.met != place.met;
        }
    }
}

impl Place {
    /// The demands that are still open and met, if a history can be here at the end of the stretch.
    fn leaves(&self, plan: &Plan, slot: &Slot) -> Option<u64> {
        (self.holds && slot.closing & !self.met == 0).then(|| plan.left(slot, self.met))
    }
}

impl Lane<'_> {
    /// What it costs in all to change, and what has been met then.
    fn change(&self, plan: &Plan, slot: &Slot, before: &Place, it: &Move) -> Option<(Cost, u64)> {
        if !slot.allowed.contains(it.to) || it.events & slot.forbidden != 0 {
            return None;
        }
        let met = before.met | plan.met_by(slot, it);
        let met = if plan.watched.is_empty() { met } else { plan.watched_change(slot, it, before.met, met)? };
        Some((before.cost + self.cost(slot, it), met))
    }
}

/// What a history may cost, seen from a stretch.
#[derive(Clone, Copy)]
struct Limit<'a> {
    ahead: &'a Ahead,
    at: usize,
    most: Cost,
}

impl Limit<'_> {
    /// Whether some change in the stretch may lead on, if it is to the best of all statuses.
    fn allows_a_change(self, so_far: Cost, slot: &Slot) -> bool {
        let least = if slot.reported == 0 && !slot.ending { How::Assumed } else { How::Reported };
        so_far + Cost::of_change(least) + self.ahead.least_within(self.at) <= self.most
    }

    fn allows_within(self, so_far: Cost, status: StatusId) -> bool {
        so_far + self.ahead.within(self.at, status) <= self.most
    }

    /// Into the next stretch.
    fn allows_entry(self, so_far: Cost, status: StatusId) -> bool {
        so_far + self.ahead.enter(self.at + 1, status) <= self.most
    }
}
