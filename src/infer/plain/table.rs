//! What one stretch does to histories, worked out once: stretches of which the same is asked do the same.
//!
//! Where nothing but the status goes on from one stretch to the next, the least cost from each status before a stretch to
//! each after it is all that there is to say of it. Walks through the stretch alone tell it, and then it is kept for all
//! pairs that follow, so that a plan of such stretches is but a sum of numbers. It takes many pairs to pay for that, so it is
//! for checks, which ask for the changes of histories alone.

use rustc_hash::FxHashMap;

use crate::date::{Day, Window};
use crate::lifecycle::{Lifecycle, StatusId};

use super::super::Change;
use super::super::bound::Cost;
use super::super::state::bits;
use super::Lane;
use super::ahead::Ahead;
use super::changes::FEW;
use super::plan::{Demand, Plan, Slot};
use super::walk::{Holds, Walk};

/// The tables of one lifecycle, and a way through those of a plan.
#[derive(Default)]
pub(super) struct Tables {
    /// The changes that they were made of.
    edition: u64,
    /// How many plans have been looked at since.
    plans: usize,
    known: FxHashMap<Asked, usize>,
    made: Vec<Table>,
    /// For each stretch, its table.
    way: Vec<usize>,
    /// For each stretch, and for the end of time, the least cost of each status on the day before it.
    costs: Vec<Costs>,
    ahead: Ahead,
    walk: Walk,
}

/// For the first plans of a lifecycle no tables are made: there may be no more of them.
const FIRST: usize = 4;

/// Costs by status, of which there are few: in numbers so small that all are added at once, the assumed changes before the
/// others.
type Costs = [i16; FEW];

/// More than any history costs. Twice as much is a number still.
const NEVER: i16 = i16::MAX / 2;
const ASSUMED: i16 = 1 << 7;
/// With more changes costs would have no room.
const CHANGES: u32 = 126;

fn small(cost: Cost) -> i16 {
    cost.assumed() as i16 * ASSUMED + cost.changes() as i16
}

/// More of them are begun anew.
const TABLES: usize = 1024;

/// All that a table depends on, in one number: the statuses that are allowed, the events that are reported and forbidden,
/// whether an end lies there, two demands, as many days as matter, and whether the stretch begins or ends with time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Asked(u128);

/// Events that have room in it.
const EVENTS: usize = 32;

struct Table {
    /// From each status before the stretch to each after it, and the same by the status after it.
    costs: [Costs; FEW],
    arriving: [Costs; FEW],
    /// As many changes as any of them has.
    most: u32,
    /// The changes of ways of the least cost, once they have been asked for; their windows are days of `plan`.
    changes: [[Option<Box<[Change]>>; FEW]; FEW],
    /// The stretch alone, with as many days as matter.
    plan: Plan,
}

impl Tables {
    /// Whether there is a history; `None` if tables do not tell.
    pub(super) fn lead(&mut self, lane: &Lane, plan: &Plan) -> Option<bool> {
        let width = lane.changes.width;
        let is_small = width <= FEW && lane.problem.lifecycle.events.len() <= EVENTS;
        if !is_small || !plan.watched.is_empty() {
            return None;
        }
        if self.edition != lane.changes.edition || self.made.len() > TABLES {
            self.edition = lane.changes.edition;
            self.plans = 0;
            self.known.clear();
            self.made.clear();
        }
        self.plans += 1;
        if self.plans <= FIRST {
            return None;
        }
        let mut costs = [NEVER; FEW];
        costs[Lifecycle::INITIAL.0 as usize] = 0;
        self.costs.clear();
        self.costs.push(costs);
        self.way.clear();
        let mut most = 0;
        for slot in &plan.slots {
            let number = self.table(lane, plan, slot)?;
            let table = &self.made[number];
            costs = table.pass(&costs);
            most += table.most;
            self.costs.push(costs);
            self.way.push(number);
        }
        (most <= CHANGES).then_some(())?;
        Some(costs.iter().any(|it| *it < NEVER))
    }

    /// The changes of the histories of the least cost, from the end backward, where there are any.
    pub(super) fn changes(&mut self, lane: &Lane, plan: &Plan) -> Vec<Change> {
        let Tables { way, costs, made, ahead, walk, .. } = self;
        let mut costs = costs.iter().rev();
        let Some(mut after) = costs.next() else { return Vec::new() };
        let least = after.iter().min();
        let mut ends = (0..FEW).filter(|it| after.get(*it) == least).fold(0, |all, it| all | 1 << it);
        let mut all = Vec::with_capacity(8);
        for ((slot, number), before) in plan.slots.iter().zip(&*way).rev().zip(costs) {
            let table = &mut made[*number];
            let mut begins = 0;
            for to in bits(ends).map(usize::from) {
                let ways = ways(before, &table.arriving[to], after[to]);
                begins |= ways;
                for from in bits(ways).map(usize::from) {
                    if table.costs[from][to] > 0 {
                        let days = table.plan.slots[0].window;
                        let changes = table.changes(lane, (&mut *ahead, &mut *walk), [from, to]).iter();
                        let moved = |it| moved(it, days, slot.window);
                        all.extend(changes.map(|it| Change { window: moved(it.window), ..*it }));
                    }
                }
            }
            (ends, after) = (begins, before);
        }
        all
    }

    /// The number of the table of a stretch.
    fn table(&mut self, lane: &Lane, plan: &Plan, slot: &Slot) -> Option<usize> {
        let asked = Asked::of(plan, slot, lane.changes.width)?;
        if let Some(known) = self.known.get(&asked) {
            return Some(*known);
        }
        let table = Table::of(lane, plan, slot, (&mut self.ahead, &mut self.walk))?;
        self.made.push(table);
        self.known.insert(asked, self.made.len() - 1);
        Some(self.made.len() - 1)
    }
}

impl Asked {
    /// `None` if more than a status goes on to the next stretch.
    fn of(plan: &Plan, slot: &Slot, width: usize) -> Option<Asked> {
        if slot.open != slot.own() || slot.open.count_ones() > 2 {
            return None;
        }
        let demand = |it: u8| match plan.demands[it as usize] {
            Demand::Change(event) => 1 << 8 | u64::from(event.0),
            Demand::Status(statuses) => 1 << 9 | statuses.0,
        };
        let demands = bits(slot.open).fold(0, |all, it| all << 10 | demand(it));
        let days = slot.days().min(days_that_matter(width, slot.open.count_ones()));
        let open = [slot.ending, slot.window.earliest.is_open(), slot.window.latest.is_open()];
        let open = open.iter().fold(0, |all, it| all << 1 | u64::from(*it));
        let events = slot.reported << 32 | slot.forbidden;
        let others = slot.allowed.0 | demands << 8 | open << 28 | u64::from(days) << 31;
        Some(Asked(u128::from(events) << 64 | u128::from(others)))
    }
}

/// With more days than these, ways through a stretch are the same: none of them is twice in one status with the same demands
/// met, but where the first day has no change. Half of the days are enough, so that what is told of days can be told from
/// the nearer end.
fn days_that_matter(width: usize, demands: u32) -> u32 {
    2 * ((width as u32) << demands) + 4
}

/// The first of the days of a stretch, or the last ones where it ends with time.
fn some_of(stretch: Window, days: u32) -> Window {
    let Window { earliest, latest } = stretch;
    match (earliest.is_open(), latest.is_open()) {
        (true, true) => stretch,
        (_, false) => Window::new(earliest, latest.min(Day(earliest.0 + days as i32 - 1))),
        (false, true) => Window::new(earliest.max(Day(latest.0 - days as i32 + 1)), latest),
    }
}

impl Table {
    fn of(lane: &Lane, plan: &Plan, slot: &Slot, (ahead, walk): (&mut Ahead, &mut Walk)) -> Option<Table> {
        let width = lane.changes.width;
        let demands = bits(slot.open).map(|it| plan.demands[it as usize]).collect();
        let days = days_that_matter(width, slot.open.count_ones());
        let plan = Plan::of_one(slot, some_of(slot.window, days), demands);
        let mut costs = [[NEVER; FEW]; FEW];
        ahead.look(lane, &plan);
        let (mut arriving, mut most) = (costs, 0);
        for from in 0..width {
            if walk.forward(lane, (&plan, ahead), StatusId(from as u8), Cost::ANY).ok()?.is_none() {
                continue;
            }
            for (to, cost) in walk.ends() {
                most = most.max(cost.changes());
                (most <= CHANGES).then_some(())?;
                let to = to.0 as usize;
                (costs[from][to], arriving[to][from]) = (small(cost), small(cost));
            }
        }
        Some(Table { costs, arriving, most, changes: Default::default(), plan })
    }

    /// The least cost of each status after the stretch.
    fn pass(&self, before: &Costs) -> Costs {
        let mut after = [NEVER; FEW];
        for (so_far, costs) in before.iter().zip(&self.costs) {
            after = std::array::from_fn(|to| after[to].min(so_far + costs[to]));
        }
        after
    }

    /// Those of the ways of the least cost from a status to another.
    fn changes(
        &mut self,
        lane: &Lane,
        (ahead, walk): (&mut Ahead, &mut Walk),
        [from, to]: [usize; 2],
    ) -> &[Change] {
        let Table { plan, changes, .. } = self;
        changes[from][to].get_or_insert_with(|| {
            let mut changes = Vec::new();
            ahead.look(lane, plan);
            if walk.forward(lane, (plan, ahead), StatusId(from as u8), Cost::ANY).is_ok() {
                walk.mark(|it, _| it.0 as usize == to);
                walk.back_through(lane, plan, 0, (&mut changes, &mut Holds::new()));
            }
            changes.into()
        })
    }
}

/// From where one arrives at some cost, as bits.
fn ways(before: &Costs, arriving: &Costs, after: i16) -> u64 {
    (0..FEW).fold(0, |all, from| all | u64::from(before[from] + arriving[from] == after) << from)
}

/// Days of the stretch that a table was made of, as days of one of which the same is asked.
fn moved(days: Window, from: Window, to: Window) -> Window {
    let day = |it: Day| {
        let (after, before) = (it.0 - from.earliest.0, from.latest.0 - it.0);
        if after <= before { Day(to.earliest.0 + after) } else { Day(to.latest.0 - before) }
    };
    Window::new(day(days.earliest), day(days.latest))
}
