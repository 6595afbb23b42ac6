//! What the simplest histories of all repairs say of each day.

use std::ops::Range;

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{StatusId, StatusSet};

use super::machine::Machine;
use super::{Change, Part, Problem, Stretch};

/// What the repairs of one problem, or those that keep one claim, have in common.
pub(super) struct Solution {
    pub(super) stretches: Vec<Stretch>,
    pub(super) changes: Vec<Change>,
    pub(super) contested: Vec<usize>,
    pub(super) overruled: Vec<usize>,
    pub(super) left_out: Vec<usize>,
}

/// The simplest histories of one repair, over some stretches.
#[derive(Default)]
pub(super) struct Trace {
    /// What the repair leaves out there, by place, in order.
    pub(super) dropped: Vec<u32>,
    /// The days on which a status can hold.
    pub(super) holds: Vec<(Window, StatusId)>,
    /// For each stretch, which of `holds` are its own.
    pub(super) stretches: Vec<Range<usize>>,
    pub(super) changes: Vec<Change>,
}

impl Trace {
    fn holds(&self, place: usize) -> &[(Window, StatusId)] {
        &self.holds[self.stretches[place].clone()]
    }
}

/// Puts together what is said of some stretches after the other.
pub(super) struct Telling<'m, 'p> {
    machine: &'m Machine<'p>,
    stretches: Vec<Stretch>,
    changes: Vec<Change>,
    /// For each claim, whether some repair, every repair, and the first repair leaves it out.
    dropped: Vec<[bool; 3]>,
}

impl<'m, 'p> Telling<'m, 'p> {
    pub(super) fn new(machine: &'m Machine<'p>) -> Telling<'m, 'p> {
        let dropped = vec![[false; 3]; machine.problem.claims.len()];
        Telling { machine, stretches: Vec::new(), changes: Vec::new(), dropped }
    }

    /// The next stretches, `begins` the first of them: what each of the repairs says of their days.
    pub(super) fn tell(&mut self, begins: usize, mut traces: Vec<Trace>) {
        // Of equally good repairs the first is the one that keeps the earlier claims.
        traces.sort_by(|a, b| b.dropped.cmp(&a.dropped));
        for claim in traces.iter().flat_map(|it| &it.dropped) {
            self.dropped[*claim as usize][0] = true;
        }
        for claim in &traces[0].dropped {
            let everywhere = traces.iter().all(|it| it.dropped.contains(claim));
            self.dropped[*claim as usize] = [true, everywhere, true];
        }
        for place in 0..traces[0].stretches.len() {
            self.describe(begins + place, place, &traces);
        }
        self.changes.extend(traces.into_iter().flat_map(|it| it.changes));
    }

    /// What the repairs say of the days of one stretch.
    fn describe(&mut self, at: usize, place: usize, traces: &[Trace]) {
        let window = self.machine.axis.slots[at].window;
        let mut edges: SmallVec<[Day; 8]> = SmallVec::new();
        edges.push(window.earliest);
        for (window, _) in traces.iter().flat_map(|it| it.holds(place)) {
            edges.extend([window.earliest, window.latest.next()]);
        }
        edges.retain(|it| window.contains(*it));
        edges.sort_unstable();
        edges.dedup();
        for (number, &from) in edges.iter().enumerate() {
            let to = edges.get(number + 1).map_or(window.latest, |it| it.previous());
            let says = |it: &Trace| -> StatusSet {
                it.holds(place).iter().filter(|it| it.0.contains(from)).map(|it| it.1).collect()
            };
            let said: SmallVec<[StatusSet; 4]> = traces.iter().map(says).collect();
            let status = said.iter().fold(StatusSet::EMPTY, |all, it| all.union(*it));
            let stretch = Stretch {
                window: Window::new(from, to),
                status,
                otherwise: StatusSet::EMPTY,
                heard: Vec::new(),
                possible: said.iter().any(|it| it.len() > 1),
                disputed: said.iter().any(|it| *it != said[0]),
                attested: status.len() == 1 && traces.iter().all(|it| self.attests(at, it, status)),
            };
            push(&mut self.stretches, stretch);
        }
    }

    /// Some claim of the repair says of every day of the stretch this very status, or the side that it is on.
    fn attests(&self, at: usize, repair: &Trace, status: StatusSet) -> bool {
        self.machine.axis.active(at).iter().any(|it| {
            let says = match it.part {
                Part::Always { statuses, .. } => {
                    status.is_subset(statuses) && is_one_side(self.machine.problem, statuses)
                }
                Part::Event { event, window } => {
                    window.is_day() && StatusSet::of(self.machine.lifecycle().event(event).to) == status
                }
                _ => false,
            };
            says && self.machine.problem.claims[it.claim as usize].said
                && !repair.dropped.contains(&it.claim)
                && !self.dropped[it.claim as usize][1]
        })
    }

    pub(super) fn conclude(self) -> Solution {
        let claims = |which: usize| -> Vec<usize> {
            (0..self.dropped.len()).filter(|&it| self.dropped[it][which]).collect()
        };
        let overruled = claims(1);
        let contested = (0..self.dropped.len()).filter(|&it| self.dropped[it][0] && !self.dropped[it][1]);
        Solution {
            contested: contested.collect(),
            overruled,
            left_out: claims(2),
            stretches: self.stretches,
            changes: gather(self.changes),
        }
    }
}

/// Adds a stretch, or joins it with the one before if that says the same.
pub(super) fn push(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last)
            if (last.status, last.otherwise) == (next.status, next.otherwise)
                && (last.possible, last.disputed, last.attested)
                    == (next.possible, next.disputed, next.attested)
                && last.heard == next.heard =>
        {
            last.window.latest = next.window.latest;
        }
        _ => stretches.push(next),
    }
}

/// All inside, or all outside.
pub(super) fn is_one_side(problem: &Problem, statuses: StatusSet) -> bool {
    statuses.is_subset(problem.inside) || !statuses.meets(problem.inside)
}

/// One row for each change, over all the days on which it can happen without a gap.
pub(super) fn gather(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_unstable_by_key(|it| (it.from, it.to, it.lapsed, it.window, it.assumed));
    changes.dedup_by(|next, row| {
        let goes_on = (next.from, next.to, next.lapsed) == (row.from, row.to, row.lapsed)
            && next.window.earliest <= row.window.latest.next();
        if goes_on {
            row.window.latest = row.window.latest.max(next.window.latest);
            row.assumed |= next.assumed;
        }
        goes_on
    });
    changes.sort_unstable();
    changes
}
