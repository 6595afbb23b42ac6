//! What is asked of each stretch of days: the same as `axis` says, but for reports of one event that one change has to meet.

use crate::date::{Day, Window};
use crate::lifecycle::{EventId, StatusId, StatusSet};

use smallvec::SmallVec;

use super::super::axis::bounds;
use super::super::state::bits;
use super::super::telling::is_one_side;
use super::super::{Part, Problem};
use super::changes::Move;
use super::reports::{Report, Reports, inner};
use super::{Claims, Lane, Unknown};

/// The stretches of time, and what is to be met.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) slots: Vec<Slot>,
    /// States have a bit for each.
    pub(super) demands: Vec<Demand>,
    /// The events for which rule 1 is watched along a history.
    pub(super) watched: SmallVec<[Watched; 4]>,
    sights: SmallVec<[Sight; 4]>,
    pub(super) reports: Reports,
    edges: Vec<Day>,
}

/// An event that may have been met without that something has shown the party elsewhere since: states have a bit for it.
pub(super) struct Watched {
    pub(super) event: EventId,
    pub(super) target: StatusId,
    pub(super) bit: u64,
    /// The demands for its changes, as bits.
    pub(super) demands: u64,
}

/// Days on some of which a status shows the party elsewhere from a watched event, if it was met before all of them: states
/// have a bit for having met it on one of them.
struct Sight {
    days: Window,
    of: u64,
    bit: u64,
}

/// The bits of a state.
const BITS: usize = 64;

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
    /// The watched events that something shows the party elsewhere from here, by their bits: surely, and perhaps.
    pub(super) shown: u64,
    pub(super) perhaps: u64,
    /// The sights that these days are of, by their bits, and those that end here.
    sights: u64,
    ending_sights: u64,
    /// Claims say of these statuses, or of a side that they are on, that they held on all days.
    pub(super) attested: StatusSet,
}

/// What some day has to bring.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Demand {
    Change(EventId),
    Status(StatusSet),
}

impl Slot {
    /// The demands that only this stretch can meet.
    pub(super) fn own(&self) -> u64 {
        self.opening & self.closing
    }

    pub(super) fn days(&self) -> u32 {
        (self.window.latest.0 - self.window.earliest.0) as u32 + 1
    }
}

impl Plan {
    /// One stretch alone, with what is asked of it.
    pub(super) fn of_one(slot: &Slot, window: Window, demands: Vec<Demand>) -> Plan {
        let open = (1 << demands.len()) - 1;
        let slot = Slot { window, open, opening: open, closing: open, ..*slot };
        Plan { slots: vec![slot], demands, ..Plan::default() }
    }

    /// Draws it anew for some claims; false if rule 1 is broken by every history.
    pub(super) fn draw(
        &mut self,
        lane: &Lane,
        claims: Claims,
        repeats_forbidden: bool,
    ) -> Result<bool, Unknown> {
        if !self.reports.gather(lane, claims, repeats_forbidden) {
            return Ok(false);
        }
        self.slots.clear();
        self.demands.clear();
        self.watched.clear();
        self.sights.clear();
        self.cut(lane, claims);
        for place in 0..self.reports.groups.len() {
            self.report(place)?;
        }
        let mut sometime = false;
        for &claim in claims.kept {
            let claim = &lane.problem.claims[claim as usize];
            match claim.parts[0] {
                Part::Always { statuses, window } => {
                    let says = claim.said && is_one_side(lane.problem, statuses);
                    let says = if says { statuses } else { StatusSet::EMPTY };
                    self.keep(window, statuses, says);
                }
                Part::Sometime { statuses, window } if window.is_day() => {
                    self.keep(window, statuses, StatusSet::EMPTY);
                }
                Part::Sometime { .. } => sometime = true,
                Part::Event { event, window } if window.is_day() && claim.said => {
                    let target = lane.problem.lifecycle.event(event).to;
                    self.within(window).iter_mut().for_each(|it| it.attested.insert(target));
                }
                _ => {}
            }
        }
        if sometime {
            self.seek(lane, claims)?;
        }
        self.watch(lane, claims)?;
        Ok(true)
    }

    /// Cuts time at the edges of windows.
    fn cut(&mut self, lane: &Lane, claims: Claims) {
        let Plan { slots, edges, reports, .. } = self;
        let problem = lane.problem;
        edges.clear();
        edges.extend([Day::DAWN, Day::DUSK, problem.begins]);
        let mut cut = |window: Window| edges.extend([window.earliest, window.latest.next()]);
        for it in &problem.ends {
            cut(*it);
            cut(Window::day(it.latest));
        }
        for report in &reports.groups {
            if report.split {
                reports.told[report.told.clone()].iter().for_each(|it| cut(it.1));
            } else {
                cut(report.spoken);
                cut(report.within);
            }
        }
        for part in lane.parts(claims.kept) {
            match part {
                Part::Event { .. } => {}
                part => cut(part.window()),
            }
        }
        edges.sort_unstable();
        edges.dedup();
        slots.extend(edges.windows(2).map(|it| slot(problem, it[0], it[1])));
    }

    /// The stretches of a window, whose days begin and end with stretches.
    fn within(&mut self, window: Window) -> &mut [Slot] {
        let first = self.edges_before(window.earliest);
        let end = window.latest.next();
        // It has few, and who asks for them looks at each.
        let count = self.edges[first..].iter().take_while(|it| **it < end).count();
        let end = (first + count).min(self.slots.len());
        &mut self.slots[first.min(end)..end]
    }

    /// How many edges there are before a day: few are counted sooner than searched.
    fn edges_before(&self, day: Day) -> usize {
        const FEW: usize = 64;
        if self.edges.len() > FEW {
            return self.edges.partition_point(|it| *it < day);
        }
        self.edges.iter().map(|it| u32::from(*it < day)).sum::<u32>() as usize
    }

    /// Reports that one change has to meet; or each of them by itself.
    fn report(&mut self, group: usize) -> Result<(), Unknown> {
        let Report { event, within, spoken, split, told } = self.reports.groups[group].clone();
        let bit = 1 << event.0;
        for slot in self.within(spoken) {
            slot.reported |= bit;
            if !split && slot.window.latest < within.earliest {
                slot.forbidden |= bit;
            }
        }
        if !split {
            return self.demand(Demand::Change(event), within);
        }
        for place in told {
            self.demand(Demand::Change(event), self.reports.told[place].1)?;
        }
        Ok(())
    }

    /// No other statuses; some claims say this of them.
    fn keep(&mut self, window: Window, statuses: StatusSet, says: StatusSet) {
        for slot in self.within(window) {
            slot.allowed = slot.allowed.intersect(statuses);
            slot.attested = slot.attested.union(says);
        }
    }

    /// The statuses that some day has to have, where the others do not see to that already.
    fn seek(&mut self, lane: &Lane, claims: Claims) -> Result<(), Unknown> {
        for part in lane.parts(claims.kept) {
            let Part::Sometime { statuses, window } = *part else { continue };
            let sees_to_it = |it: &Slot| it.allowed.is_subset(statuses);
            if !window.is_day() && !self.within(window).iter().any(sees_to_it) {
                self.demand(Demand::Status(statuses), window)?;
            }
        }
        Ok(())
    }

    fn demand(&mut self, demand: Demand, window: Window) -> Result<(), Unknown> {
        let bit = self.bit()?;
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
        Ok(())
    }

    /// The next bit of a state.
    fn bit(&self) -> Result<u64, Unknown> {
        let used = self.demands.len() + self.watched.len() + self.sights.len();
        if used < BITS { Ok(1 << used) } else { Err(Unknown) }
    }

    /// Where rule 1 is watched, what shows the party elsewhere.
    fn watch(&mut self, lane: &Lane, claims: Claims) -> Result<(), Unknown> {
        for event in bits(self.reports.watched).map(EventId) {
            let changes = |it: &Demand| matches!(it, Demand::Change(of) if *of == event);
            let demands = (0..).zip(&self.demands).filter(|it| changes(it.1));
            let demands = demands.fold(0, |all, it| all | 1 << it.0);
            let (bit, target) = (self.bit()?, lane.problem.lifecycle.event(event).to);
            self.watched.push(Watched { event, target, bit, demands });
            self.show(lane, claims, (event, target), bit)?;
            // After the last of its demands nothing depends on it.
            if let Some(last) = self.slots.iter_mut().rev().find(|it| it.closing & demands != 0) {
                last.shown |= bit;
            }
        }
        Ok(())
    }

    fn show(
        &mut self,
        lane: &Lane,
        claims: Claims,
        (event, target): (EventId, StatusId),
        bit: u64,
    ) -> Result<(), Unknown> {
        let told = self.reports.groups.iter().filter(|it| it.event == event);
        let days = told.map(|it| it.spoken).reduce(|a, b| Window::new(a.earliest, b.latest));
        let days = inner(days.expect("a watched event is reported"));
        let mut kept = claims.kept.iter().copied().peekable();
        for &claim in claims.among {
            let is_kept = kept.next_if_eq(&claim).is_some();
            let part = lane.part(claim);
            let window = part.window();
            if !lane.is_elsewhere(part, target) || window.intersect(days).is_empty() {
                continue;
            }
            match part {
                _ if !is_kept => {
                    let meets = |it: &&mut Slot| !it.window.intersect(window).is_empty();
                    for slot in self.slots.iter_mut().filter(meets) {
                        slot.perhaps |= bit;
                        slot.shown |= bit;
                    }
                }
                // A change does so where it is met.
                Part::Event { .. } => {}
                Part::Sometime { .. } if !window.is_day() => self.sight(window, bit)?,
                _ => self.within(window).iter_mut().for_each(|it| it.shown |= bit),
            }
        }
        Ok(())
    }

    fn sight(&mut self, days: Window, of: u64) -> Result<(), Unknown> {
        if self.sights.iter().any(|it| (it.days, it.of) == (days, of)) {
            return Ok(());
        }
        let bit = self.bit()?;
        self.sights.push(Sight { days, of, bit });
        let slots = self.within(days);
        for slot in &mut *slots {
            slot.sights |= bit;
        }
        if let Some(last) = slots.last_mut() {
            last.ending_sights |= bit;
        }
        Ok(())
    }

    /// What of a state is left after the last day of a stretch.
    pub(super) fn left(&self, slot: &Slot, met: u64) -> u64 {
        let mut left = met & !slot.closing & !slot.shown & !slot.ending_sights;
        if slot.ending_sights != 0 {
            let seen = |it: &&Sight| slot.ending_sights & !met & it.bit != 0;
            self.sights.iter().filter(seen).for_each(|it| left &= !it.of);
        }
        left
    }

    /// What a state has met after a change; `None` where that would be an event twice for nothing.
    pub(super) fn watched_change(&self, slot: &Slot, it: &Move, before: u64, met: u64) -> Option<u64> {
        let mut after = met;
        for watched in &self.watched {
            if it.events >> watched.event.0 & 1 == 1 {
                let first = slot.open & watched.demands & !before != 0;
                if first && slot.perhaps & watched.bit == 0 {
                    if before & watched.bit != 0 {
                        return None;
                    }
                    after |= watched.bit;
                    let on_days = |it: &&Sight| it.of == watched.bit && slot.sights & it.bit != 0;
                    self.sights.iter().filter(on_days).for_each(|it| after |= it.bit);
                }
            } else if it.events & slot.reported != 0 && it.to != watched.target {
                after &= !watched.bit;
            }
        }
        Some(after)
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
    Slot {
        window,
        allowed,
        reported: 0,
        forbidden: 0,
        ending,
        open: 0,
        opening: 0,
        closing: 0,
        shown: 0,
        perhaps: 0,
        sights: 0,
        ending_sights: 0,
        attested: StatusSet::EMPTY,
    }
}
