//! A witness that all claims fit and nothing need be assumed: one history that satisfies them and changes only as reported.
//!
//! It is guessed, and then looked at literally, so a bad guess costs time and nothing else. Where there is one, the simplest
//! histories assume nothing, and there is one repair: all claims.
//!
//! Rule 1 needs no look: a history of which each change is reported keeps it. Between two changes of one event lies one to
//! another status, or the second would be none, and the claim of an event that it meets shows the party elsewhere.

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{Deed, EventId, Lifecycle, StatusId, StatusSet};

use super::Part;

/// Whether a history of a pair that comes to no end is quickly found which satisfies all of these and changes only as they
/// report. `false` says nothing.
pub fn is_reported_throughout(lifecycle: &Lifecycle, begins: Day, parts: &[Part]) -> bool {
    let mut history = History(SmallVec::new());
    history.guess(lifecycle, begins, parts).is_some()
        && history.follows(lifecycle)
        && parts.iter().all(|it| history.satisfies(lifecycle, it))
}

/// With more changes a guess is hardly ever good.
const CHANGES: usize = 16;

/// A change that some claims report.
struct Turn {
    event: EventId,
    to: StatusId,
    /// The days on which it can be; in a history, the first of them.
    days: Window,
}

/// The changes, one after the other.
struct History(SmallVec<[Turn; CHANGES]>);

/// How many of the deeds of an order are these events.
fn of_these(order: &[Deed], events: u64) -> usize {
    order.iter().filter(|it| matches!(it, Deed::Event(event) if events >> event.0 & 1 == 1)).count()
}

impl History {
    /// `None` where a claim asks for more than statuses and events, or no way is seen.
    fn guess(&mut self, lifecycle: &Lifecycle, begins: Day, parts: &[Part]) -> Option<()> {
        if lifecycle.terms().next().is_some() {
            return None;
        }
        for part in parts {
            match *part {
                Part::Event { event, window } => self.report(lifecycle, event, window)?,
                Part::Always { .. } | Part::Sometime { .. } | Part::Reports { .. } => {}
                Part::Act { .. } | Part::Spell { .. } => return None,
            }
        }
        self.order(lifecycle);
        let reported = self.0.iter().fold(0u64, |all, it| all | 1 << it.event.0);
        if lifecycle.orders.iter().any(|order| of_these(order, reported) > 1) {
            return None;
        }
        let begins = begins.max(Day::DAWN.next());
        self.settle(begins)?;
        for part in parts {
            match *part {
                Part::Always { statuses, window } => self.keep(statuses, window)?,
                Part::Sometime { statuses, window } => self.meet(statuses, window)?,
                _ => {}
            }
        }
        self.settle(begins)
    }

    /// Reports of one event that have a day in common are taken to tell of one change.
    fn report(&mut self, lifecycle: &Lifecycle, event: EventId, window: Window) -> Option<()> {
        for it in self.0.iter_mut().filter(|it| it.event == event) {
            let both = it.days.intersect(window);
            if !both.is_empty() {
                it.days = both;
                return Some(());
            }
        }
        self.0.push(Turn { event, to: lifecycle.event(event).to, days: window });
        (self.0.len() <= CHANGES).then_some(())
    }

    /// By their days; of those that could come next, one that leads on from the status before.
    fn order(&mut self, lifecycle: &Lifecycle) {
        self.0.sort_unstable_by_key(|it| (it.days.latest, it.days.earliest));
        let mut status = Lifecycle::INITIAL;
        for place in 0..self.0.len() {
            let mut later = self.0[place..].iter();
            let leads = |it: &Turn| lifecycle.event(it.event).allows(status, it.to);
            let next = later.position(leads).unwrap_or(0);
            self.0[place..=place + next].rotate_right(1);
            status = self.0[place].to;
        }
    }

    /// Leaves each change the days on which it can come after the one before it and before the next.
    fn settle(&mut self, begins: Day) -> Option<()> {
        let mut earliest = begins;
        for it in &mut self.0 {
            it.days.earliest = it.days.earliest.max(earliest);
            earliest = it.days.earliest.next();
        }
        let mut latest = Day::DUSK;
        for it in self.0.iter_mut().rev() {
            it.days.latest = it.days.latest.min(latest);
            latest = it.days.latest.previous();
        }
        self.0.iter().all(|it| !it.days.is_empty()).then_some(())
    }

    /// The status after so many changes.
    fn status(&self, changes: usize) -> StatusId {
        changes.checked_sub(1).map_or(Lifecycle::INITIAL, |it| self.0[it].to)
    }

    /// How many changes there have surely been on the first of some days, and can have been on the last.
    fn about(&self, days: Window) -> (usize, usize) {
        let before = self.0.iter().take_while(|it| it.days.latest <= days.earliest).count();
        let within = self.0[before..].iter().take_while(|it| it.days.earliest <= days.latest).count();
        (before, before + within)
    }

    /// Moves changes so that no day has another status.
    fn keep(&mut self, statuses: StatusSet, days: Window) -> Option<()> {
        let (mut first, mut last) = self.about(days);
        while !statuses.contains(self.status(first)) {
            let next = self.0[..last].get_mut(first)?;
            next.days.latest = next.days.latest.min(days.earliest);
            first += 1;
        }
        while !statuses.contains(self.status(last)) {
            let before = &mut self.0[last.checked_sub(1)?];
            before.days.earliest = before.days.earliest.max(days.latest.next());
            last -= 1;
        }
        Some(())
    }

    /// Moves changes so that some day has one of the statuses.
    fn meet(&mut self, statuses: StatusSet, days: Window) -> Option<()> {
        let (first, last) = self.about(days);
        let mut within = (first..=last).filter(|it| statuses.contains(self.status(*it)));
        let place = within.next()?;
        if within.next().is_some() {
            return Some(());
        }
        if place > first {
            let before = &mut self.0[place - 1];
            before.days.latest = before.days.latest.min(days.latest);
        }
        if place < last {
            let next = &mut self.0[place];
            next.days.earliest = next.days.earliest.max(days.earliest.next());
        }
        Some(())
    }

    /// Whether each change is one that its event allows, later than the one before it.
    fn follows(&self, lifecycle: &Lifecycle) -> bool {
        let mut days = self.0.windows(2).map(|it| it[0].days.earliest < it[1].days.earliest);
        days.all(|it| it) && self.changes().all(|(from, it)| lifecycle.event(it.event).allows(from, it.to))
    }

    /// Each change with the status before it.
    fn changes(&self) -> impl Iterator<Item = (StatusId, &Turn)> {
        self.0.iter().enumerate().map(|(place, it)| (self.status(place), it))
    }

    fn satisfies(&self, lifecycle: &Lifecycle, part: &Part) -> bool {
        match *part {
            Part::Event { event, window } => self.changes().any(|(from, it)| {
                window.contains(it.days.earliest) && lifecycle.event(event).allows(from, it.to)
            }),
            Part::Always { statuses, window } => self.statuses(window).all(|it| statuses.contains(it)),
            Part::Sometime { statuses, window } => self.statuses(window).any(|it| statuses.contains(it)),
            Part::Reports { .. } => true,
            Part::Act { .. } | Part::Spell { .. } => false,
        }
    }

    /// The statuses on some days.
    fn statuses(&self, days: Window) -> impl Iterator<Item = StatusId> {
        let first = self.0.iter().take_while(|it| it.days.earliest <= days.earliest).count();
        let last = self.0.iter().take_while(|it| it.days.earliest <= days.latest).count();
        (first..=last).map(|it| self.status(it))
    }
}
