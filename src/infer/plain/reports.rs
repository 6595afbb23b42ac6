//! The reports of each event, and what rule 1 makes of them: no event twice for nothing.

use std::ops::Range;

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{EventId, StatusId};

use super::super::Part;
use super::{Claims, Lane};

/// Reports of one event whose days lie together, in a chain.
#[derive(Clone)]
pub(super) struct Report {
    pub(super) event: EventId,
    /// The days that all of them allow.
    pub(super) within: Window,
    /// The days that some of them speaks of.
    pub(super) spoken: Window,
    /// Changes of different days could meet them; else one has to meet them all.
    pub(super) split: bool,
    /// The windows of `Reports::told`.
    pub(super) told: Range<usize>,
}

/// All that is reported.
#[derive(Default)]
pub(super) struct Reports {
    /// Each event and window once.
    pub(super) told: Vec<(EventId, Window)>,
    pub(super) groups: Vec<Report>,
    /// The events of which the windows do not tell whether rule 1 is kept, as bits: it has to be watched along each history.
    pub(super) watched: u64,
    /// If every history breaks rule 1, the reports of which event, on which days, see to that.
    pub(super) broken: Option<(EventId, Window)>,
}

impl Reports {
    /// Those of the claims that are kept; false if rule 1 is broken by every history.
    pub(super) fn gather(&mut self, lane: &Lane, claims: Claims, repeats_forbidden: bool) -> bool {
        self.collect(lane, claims);
        self.watched = 0;
        self.broken = None;
        if !repeats_forbidden {
            self.groups.iter_mut().for_each(|it| it.split = it.told.len() > 1);
            return true;
        }
        for place in 0..self.groups.len() {
            if self.groups[place].told.len() > 1 && !self.stands_together(lane, claims, place) {
                return false;
            }
        }
        (1..self.groups.len()).all(|place| self.stands_apart(lane, claims, place))
    }

    fn collect(&mut self, lane: &Lane, claims: Claims) {
        let Reports { told, groups, .. } = self;
        told.clear();
        told.extend(lane.parts(claims.kept).filter_map(|it| match *it {
            Part::Event { event, window } => Some((event, window)),
            _ => None,
        }));
        told.sort_unstable();
        told.dedup();
        groups.clear();
        for (place, &(event, window)) in told.iter().enumerate() {
            match groups.last_mut() {
                Some(last) if last.event == event && window.earliest <= last.spoken.latest => {
                    last.within = last.within.intersect(window);
                    last.spoken.latest = last.spoken.latest.max(window.latest);
                    last.told.end = place + 1;
                }
                _ => {
                    let told = place..place + 1;
                    groups.push(Report { event, within: window, spoken: window, split: false, told });
                }
            }
        }
    }

    /// Reports whose days lie together. Two changes could meet them if something between shows the party elsewhere.
    fn stands_together(&mut self, lane: &Lane, claims: Claims, place: usize) -> bool {
        let report = &mut self.groups[place];
        // A report of just the days that all allow has been met when these are over, and so have all others.
        let tight = self.told[report.told.clone()].iter().any(|it| it.1 == report.within);
        let latest = if tight { report.within.latest } else { report.spoken.latest };
        let apart = inner(Window::new(report.spoken.earliest, latest));
        if lane.shown(claims, report.event, apart, NO_DAY).is_some() {
            report.split = true;
            self.watched |= 1 << report.event.0;
        } else if report.within.is_empty() {
            self.broken = Some((report.event, report.spoken));
            return false;
        }
        true
    }

    /// Reports whose days lie apart from those before, if these are of the same event.
    fn stands_apart(&mut self, lane: &Lane, claims: Claims, place: usize) -> bool {
        let [before, report] = &self.groups[place - 1..=place] else { return true };
        if before.event != report.event {
            return true;
        }
        let days = |it: &Report| if it.split { it.spoken } else { it.within };
        let (from, to) = (days(before), days(report));
        let most = inner(Window::new(from.earliest, to.latest));
        let least = inner(Window::new(from.latest, to.earliest));
        match lane.shown(claims, report.event, most, least) {
            Some(Shown::Surely) => {}
            Some(Shown::Perhaps) => self.watched |= 1 << report.event.0,
            None => {
                let days = Window::new(before.spoken.earliest, report.spoken.latest);
                self.broken = Some((report.event, days));
                return false;
            }
        }
        true
    }
}

/// Whether the party is shown elsewhere.
pub(super) enum Shown {
    Surely,
    Perhaps,
}

impl Lane<'_> {
    /// Whether a claim could show the party elsewhere than where an event leads, on some day of `most`, or surely does
    /// within `least`.
    fn shown(&self, claims: Claims, event: EventId, most: Window, least: Window) -> Option<Shown> {
        let target = self.problem.lifecycle.event(event).to;
        let mut shown = None;
        for part in self.parts(claims.among) {
            let window = part.window();
            if window.earliest > most.latest {
                break;
            }
            if window.latest < most.earliest || !self.is_elsewhere(part, target) {
                continue;
            }
            let surely = match part {
                Part::Always { .. } => !window.intersect(least).is_empty(),
                _ => window.intersect(least) == window,
            };
            if surely {
                return Some(Shown::Surely);
            }
            shown = Some(Shown::Perhaps);
        }
        shown
    }

    /// What meets this part is not in that status.
    pub(super) fn is_elsewhere(&self, part: &Part, status: StatusId) -> bool {
        match *part {
            Part::Always { statuses, .. } | Part::Sometime { statuses, .. } => !statuses.contains(status),
            Part::Event { event, .. } => self.problem.lifecycle.event(event).to != status,
            _ => false,
        }
    }

    /// The events that some of these claims report twice, each with the days between.
    pub(super) fn twice(&self, claims: &[u32]) -> SmallVec<[(EventId, Window); 2]> {
        let mut all: SmallVec<[(EventId, Window, usize); 2]> = SmallVec::new();
        for part in self.parts(claims) {
            let Part::Event { event, window } = *part else { continue };
            match all.iter_mut().find(|it| it.0 == event) {
                Some((_, days, count)) => {
                    *days = Window::new(days.earliest.min(window.earliest), days.latest.max(window.latest));
                    *count += 1;
                }
                None => all.push((event, window, 1)),
            }
        }
        all.into_iter().filter(|it| it.2 > 1).map(|it| (it.0, inner(it.1))).collect()
    }
}

const NO_DAY: Window = Window { earliest: Day::DUSK, latest: Day::DAWN };

/// The days between the first and the last.
pub(super) fn inner(window: Window) -> Window {
    Window::new(window.earliest.next(), window.latest.previous())
}
