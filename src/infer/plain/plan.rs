//! What is asked of each stretch of days: the same as `axis` says, but for reports of one event that one change has to meet.

use crate::date::{Day, Window};
use crate::lifecycle::{EventId, StatusId, StatusSet};

use super::super::axis::bounds;
use super::super::state::bits;
use super::super::{Part, Problem};
use super::changes::Move;
use super::reports::{Report, gather};
use super::{Lane, Unknown};

/// The stretches of time, and what is to be met.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) slots: Vec<Slot>,
    /// At most 64: states have a bit for each.
    pub(super) demands: Vec<Demand>,
    /// The claims that are kept, as bits.
    pub(super) kept: u64,
    edges: Vec<Day>,
    reports: Vec<Report>,
}

/// One stretch.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) window: Window,
    pub(super) allowed: StatusSet,
    /// The events that claims report here, as bits.
    pub(super) reported: u64,
    /// A change of these would meet one report of an event and not the others that it has to meet.
    pub(super) forbidden: u64,
    /// The end of bloc or party lies here, and reports a change to outside.
    pub(super) ending: bool,
    /// The demands that can be met here, as bits, those of them that cannot be met before, and those that cannot after.
    pub(super) open: u64,
    pub(super) opening: u64,
    pub(super) closing: u64,
    /// The claims that could attest a status here, as bits.
    pub(super) speak: u64,
}

/// What some day has to bring.
#[derive(Clone, Copy)]
pub(super) enum Demand {
    Change(EventId),
    Status(StatusSet),
}

impl Slot {
    pub(super) fn days(&self) -> u32 {
        (self.window.latest.0 - self.window.earliest.0) as u32 + 1
    }
}

impl Plan {
    /// Draws it anew for these claims; false if rule 1 is broken by every history.
    pub(super) fn draw(&mut self, lane: &Lane, kept: u64, repeats_forbidden: bool) -> Result<bool, Unknown> {
        if !gather(lane, kept, repeats_forbidden, &mut self.reports)? {
            return Ok(false);
        }
        self.slots.clear();
        self.demands.clear();
        self.kept = kept;
        self.cut(lane.problem);
        for number in 0..self.reports.len() {
            self.report(self.reports[number]);
        }
        for claim in bits(kept) {
            match lane.problem.claims[claim as usize].parts[0] {
                Part::Always { statuses, window } => self.keep(window, statuses, 1 << claim),
                Part::Sometime { statuses, window } if window.is_day() => self.keep(window, statuses, 0),
                Part::Sometime { statuses, window } => self.demand(Demand::Status(statuses), window),
                Part::Event { window, .. } if window.is_day() => {
                    self.within(window).iter_mut().for_each(|it| it.speak |= 1 << claim);
                }
                _ => {}
            }
        }
        Ok(true)
    }

    /// Cuts time at the edges of windows.
    fn cut(&mut self, problem: &Problem) {
        let Plan { slots, edges, reports, .. } = self;
        edges.clear();
        edges.extend([Day::DAWN, Day::DUSK, problem.begins]);
        let mut cut = |window: Window| edges.extend([window.earliest, window.latest.next()]);
        for it in &problem.ends {
            cut(*it);
            cut(Window::day(it.latest));
        }
        for report in reports {
            cut(report.spoken);
            cut(report.within);
        }
        for claim in bits(self.kept) {
            match problem.claims[claim as usize].parts[0] {
                Part::Event { .. } => {}
                part => cut(part.window()),
            }
        }
        edges.sort_unstable();
        edges.dedup();
        slots.extend(edges.windows(2).map(|it| slot(problem, it[0], it[1])));
    }

    /// The stretches of a window.
    fn within(&mut self, window: Window) -> &mut [Slot] {
        let first = self.slots.partition_point(|it| it.window.earliest < window.earliest);
        let rest = &mut self.slots[first..];
        let count = rest.iter().take_while(|it| it.window.latest <= window.latest).count();
        &mut rest[..count]
    }

    fn report(&mut self, report: Report) {
        let event = 1 << report.event.0;
        for slot in self.within(report.spoken) {
            slot.reported |= event;
            if slot.window.latest < report.within.earliest {
                slot.forbidden |= event;
            }
        }
        self.demand(Demand::Change(report.event), report.within);
    }

    /// No other statuses, which are those of some claims, as bits.
    fn keep(&mut self, window: Window, statuses: StatusSet, claims: u64) {
        for slot in self.within(window) {
            slot.allowed = slot.allowed.intersect(statuses);
            slot.speak |= claims;
        }
    }

    fn demand(&mut self, demand: Demand, window: Window) {
        let bit = 1 << self.demands.len();
        self.demands.push(demand);
        let slots = self.within(window);
        for slot in &mut *slots {
            slot.open |= bit;
        }
        if let Some(first) = slots.first_mut() {
            first.opening |= bit;
        }
        if let Some(last) = slots.last_mut() {
            last.closing |= bit;
        }
    }

    /// The open demands that a day with this status meets, as bits.
    pub(super) fn met_by_status(&self, slot: &Slot, status: StatusId) -> u64 {
        self.met(slot, |it| matches!(it, Demand::Status(statuses) if statuses.contains(status)))
    }

    /// Those that a change meets.
    pub(super) fn met_by(&self, slot: &Slot, change: &Move) -> u64 {
        self.met(slot, |it| match it {
            Demand::Status(statuses) => statuses.contains(change.to),
            Demand::Change(event) => change.events >> event.0 & 1 == 1,
        })
    }

    fn met(&self, slot: &Slot, meets: impl Fn(Demand) -> bool) -> u64 {
        let met = bits(slot.open).filter(|it| meets(self.demands[*it as usize]));
        met.fold(0, |all, it| all | 1 << it)
    }
}

fn slot(problem: &Problem, earliest: Day, end: Day) -> Slot {
    let (window, allowed, ending) = bounds(problem, earliest, end);
    Slot { window, allowed, reported: 0, forbidden: 0, ending, open: 0, opening: 0, closing: 0, speak: 0 }
}
