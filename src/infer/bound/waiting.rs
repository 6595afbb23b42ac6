//! What at least lies ahead while a report is waited for whose window has many stretches of a day.
//!
//! Of reports whose windows do not overlap, one is looked at on each day. As long as it has not been met, what is to come of a status
//! that lasts is counted apart; a status that lapses counts as if it had been met, which is never more.

use smallvec::SmallVec;

use super::{Cost, Count, Stretch};
use crate::infer::Part;
use crate::infer::axis::Active;
use crate::infer::machine::Machine;
use crate::infer::state::{MET, State};
use crate::lifecycle::StatusId;

pub(super) struct Waiting {
    /// For each stretch, the report that is waited for when it begins, and what it counts if it is never met.
    reports: Vec<Option<(Active, Cost)>>,
    width: usize,
    /// For each status at the beginning of each stretch, the least that is still to come.
    enter: Vec<Cost>,
}

impl Waiting {
    pub(super) fn of(machine: &Machine, count: Count) -> Waiting {
        let stretches = machine.axis.slots.len();
        let mut reports = vec![None; stretches];
        let mut free = 1;
        // Those that end first leave room for most.
        for at in 1..stretches.saturating_sub(1) {
            let all = machine.axis.active(at).iter();
            let alone = |it: &&Active| machine.problem.claims[it.claim as usize].parts.len() == 1;
            let ends = all.filter(|it| it.closes && it.since as usize >= free && (it.since as usize) < at);
            let mut ends = ends.filter(alone).filter(|it| matches!(it.part, Part::Event { .. }));
            let kept =
                |it: &&Active| !machine.leaves_out(it.claim) && count.loss(machine, it.claim) > Cost(0);
            let Some(report) = ends.find(kept) else { continue };
            let since = report.since as usize;
            if machine.axis.slots[since..=at].iter().any(|it| it.days() > 1) {
                continue;
            }
            let loss = count.loss(machine, report.claim);
            for (place, waited) in reports.iter_mut().enumerate().take(at + 1).skip(since) {
                let own = machine.axis.active(place).iter().find(|it| it.claim == report.claim);
                *waited = own.map(|it| (*it, loss));
            }
            free = at + 1;
        }
        let width = machine.targets.len();
        Waiting { reports, width, enter: vec![Cost(0); stretches * width] }
    }

    /// `None` where nothing is waited for.
    pub(super) fn enter(&self, at: usize, state: &State) -> Option<Cost> {
        let (report, _) = self.reports.get(at)?.as_ref()?;
        let waits = !state.is_dropped(report.slot) && state.progress(report) != MET;
        waits.then(|| self.enter[at * self.width + state.status.0 as usize])
    }

    /// One more stretch, from the end of time backward. `ahead` is what comes after it, and `to` after a change in it,
    /// if nothing is waited for. Where a window begins, it is waited for in any case.
    pub(super) fn stretch(
        &mut self,
        at: usize,
        stretch: &Stretch,
        (ahead, to): (&[Cost], &[Cost]),
        enter: &mut [Cost],
    ) {
        let Some((report, loss)) = self.reports[at] else { return };
        let mut last: SmallVec<[Cost; 8]> = if report.closes {
            ahead.iter().map(|it| *it + loss).collect()
        } else {
            SmallVec::from_slice(&self.enter[(at + 1) * self.width..(at + 2) * self.width])
        };
        for (status, last) in (0..).map(StatusId).zip(last.iter_mut()) {
            *last = *last + stretch.broken(status);
        }
        let own = &mut self.enter[at * self.width..(at + 1) * self.width];
        let all = stretch.lost(|_| false);
        for (own, last) in own.iter_mut().zip(&last) {
            *own = *last + all;
        }
        let lifecycle = stretch.machine.lifecycle();
        for it in stretch.moves.iter().filter(|it| it.event.is_some()) {
            let place = it.to.0 as usize;
            let met = stretch.meets(*it, report.part) || lifecycle.status(it.to).term.is_some();
            let after = if met { to[place] } else { last[place] };
            let whole = after + stretch.lost(|part| stretch.meets(*it, part)) + stretch.cost(*it);
            let own = &mut own[it.from.0 as usize];
            *own = whole.min(*own);
        }
        if report.since as usize == at {
            enter.copy_from_slice(own);
        }
    }
}
