//! What of a history's past its future depends on, and how one day moves it.

use std::collections::BTreeSet;

use smallvec::{SmallVec, smallvec};

use crate::date::Window;
use crate::lifecycle::{Deed, EventId, Lifecycle, StatusId};

use super::axis::{Active, Axis, Slot};
use super::{Effort, Exceeded, Lasts, Part, Problem};

/// What of a history's past its future depends on, at the end of a day of a stretch.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct State {
    pub(super) status: StatusId,
    /// For each open claim, its [`Standing`] and how far its parts have come.
    claims: SmallVec<[u8; 16]>,
    /// For each watched event, 0, or one more than the stretch in which a claim of it was first met,
    /// if nothing reported has shown the party elsewhere since.
    pub(super) met: SmallVec<[u32; 4]>,
    /// Acts done and events reported, of those that stand in an order, on days before this one.
    pub(super) done: SmallVec<[Deed; 2]>,
}

/// Whether a claim still counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// So far nothing stands against it.
    Open = 0,
    /// Something was taken from it (a report, a sight of the party elsewhere): it has to hold.
    Relied = 1,
    /// Left out of the repair.
    Dropped = 2,
}

/// How far a part has come.
const WAITING: u8 = 0;
const RUNNING: u8 = 1;
pub(super) const MET: u8 = 2;

/// Where a day has led: the state, and the claims given up on the way.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) state: State,
    pub(super) dropped: SmallVec<[u32; 2]>,
    /// A change happened that nothing reports.
    pub(super) assumed: bool,
}

/// The rules of the walk: the problem, its axis, and what may be left out of account.
pub(super) struct Machine<'p> {
    pub(super) problem: &'p Problem<'p>,
    pub(super) axis: Axis,
    /// The events that have claims.
    watched: Vec<EventId>,
    /// The deeds that have claims and stand in an order.
    pub(super) ordered: Vec<Deed>,
    /// These claims, by place, must be satisfied.
    pub(super) forced: Vec<usize>,
    /// Claims may be given up.
    pub(super) lossy: bool,
    /// Rule 1 holds: no event twice for nothing.
    pub(super) repeats_forbidden: bool,
    /// Orders of deeds hold.
    pub(super) orders_hold: bool,
    pub(super) effort: &'p Effort,
}

impl<'p> Machine<'p> {
    pub(super) fn new(
        problem: &'p Problem<'p>,
        forced: &[usize],
        effort: &'p Effort,
    ) -> Result<Machine<'p>, Exceeded> {
        let deed = |part: &Part| match *part {
            Part::Event { event, .. } => Some(Deed::Event(event)),
            Part::Act { act, .. } => Some(Deed::Act(act)),
            _ => None,
        };
        let deeds: BTreeSet<Deed> = problem.claims.iter().flat_map(|it| &it.parts).filter_map(deed).collect();
        let event = |it: &Deed| if let Deed::Event(event) = it { Some(*event) } else { None };
        let watched = deeds.iter().filter_map(event).collect();
        // Acts are remembered in any case, because they are done once.
        let in_order = |it: &Deed| problem.lifecycle.orders.iter().any(|order| order.contains(it));
        let ordered = deeds.into_iter().filter(|it| event(it).is_none() || in_order(it)).collect();
        let axis = Axis::of(problem)?;
        Ok(Machine {
            problem,
            axis,
            watched,
            ordered,
            forced: forced.to_vec(),
            lossy: true,
            repeats_forbidden: true,
            orders_hold: true,
            effort,
        })
    }

    pub(super) fn lifecycle(&self) -> &Lifecycle {
        self.problem.lifecycle
    }

    /// Before the first day, and after the last.
    pub(super) fn start(&self) -> State {
        State {
            status: Lifecycle::INITIAL,
            claims: smallvec![0; self.axis.stretches[0].open.len()],
            met: smallvec![0; self.watched.len()],
            done: SmallVec::new(),
        }
    }

    /// The first day of a stretch, without a change.
    pub(super) fn stay(&self, at: usize, before: &State) -> Vec<Step> {
        let step = Step { state: before.clone(), dropped: SmallVec::new(), assumed: false };
        self.arrive(at, before, vec![step], None)
    }

    /// A day with a change to another status; no step where the lifecycle or the bounds do not allow it.
    pub(super) fn change(&self, at: usize, before: &State, to: StatusId) -> Vec<Step> {
        let allowing: SmallVec<[EventId; 4]> = self.lifecycle().allowing(before.status, to).collect();
        if allowing.is_empty() || !self.axis.stretches[at].allowed.contains(to) {
            return Vec::new();
        }
        let mut state = before.clone();
        state.status = to;
        let mut steps = vec![Step { state, dropped: SmallVec::new(), assumed: true }];
        for event in allowing {
            steps = steps.into_iter().flat_map(|it| self.meet(at, before, it, event)).collect();
        }
        for step in &mut steps {
            if !step.assumed {
                self.show_elsewhere(&mut step.state, |target| target != to, u32::MAX);
            }
        }
        let steps = steps.into_iter().flat_map(|it| self.rely_on_end(at, before.status, it)).collect();
        self.arrive(at, before, steps, Some(before.status))
    }

    /// A change that an event allows meets the open claims of the event: all of them are kept, or,
    /// where rule 1 or an order forbids it or a later claim is worth more, all that it meets first are given up.
    fn meet(&self, at: usize, before: &State, mut step: Step, event: EventId) -> Vec<Step> {
        let slot = &self.axis.stretches[at];
        let claims =
            slot.active.iter().filter(|it| matches!(it.part, Part::Event { event: of, .. } if of == event));
        let mut first: SmallVec<[Active; 4]> = SmallVec::new();
        for active in claims {
            match (step.state.standing(active.slot), step.state.progress(active.slot, active.place)) {
                (Standing::Dropped, _) => {}
                (_, MET) => step.assumed = false,
                _ => first.push(*active),
            }
        }
        if first.is_empty() {
            return vec![step];
        }
        let watched = self.watch(event);
        let mut steps = Vec::new();
        let mut given_up = step.clone();
        if first.iter().all(|it| self.drop(&mut given_up, it.slot, it.claim)) {
            steps.push(given_up);
        }
        let repeated = self.repeats_forbidden && before.met[watched] != 0;
        if !repeated && self.in_order(before, Deed::Event(event)) {
            step.assumed = false;
            step.state.met[watched] = at as u32 + 1;
            first.iter().for_each(|it| step.state.advance(it.slot, it.place, MET));
            self.remember(&mut step.state, Deed::Event(event));
            steps.push(step);
        }
        steps
    }

    /// The end of the bloc reports the change that it forces; if it is a claim that says so, the claim is relied on.
    fn rely_on_end(&self, at: usize, from: StatusId, step: Step) -> Vec<Step> {
        let inside = self.problem.inside;
        if !step.assumed || !inside.contains(from) || inside.contains(step.state.status) {
            return vec![step];
        }
        let slot = &self.axis.stretches[at];
        if slot.ending {
            return vec![Step { assumed: false, ..step }];
        }
        let mut steps = Vec::new();
        for active in slot.active.iter().filter(|it| matches!(it.part, Part::Ends { .. })) {
            if step.state.standing(active.slot) != Standing::Dropped {
                let mut relied = Step { assumed: false, ..step.clone() };
                relied.state.stand(active.slot, Standing::Relied);
                steps.push(relied);
            }
        }
        steps.push(step);
        steps
    }

    /// What a day's status means to the state claims, and which acts are done on it.
    fn arrive(&self, at: usize, before: &State, steps: Vec<Step>, from: Option<StatusId>) -> Vec<Step> {
        let slot = &self.axis.stretches[at];
        let mut arrived = Vec::with_capacity(steps.len());
        for mut step in steps {
            if slot.allowed.contains(step.state.status) && self.observe(slot, &mut step, from) {
                arrived.push(step);
            }
        }
        self.act(at, before, arrived)
    }

    /// False where a claim that has to hold is broken.
    fn observe(&self, slot: &Slot, step: &mut Step, from: Option<StatusId>) -> bool {
        let status = step.state.status;
        for active in &slot.active {
            if step.state.standing(active.slot) == Standing::Dropped {
                continue;
            }
            match active.part {
                Part::Always { statuses, .. }
                    if !statuses.contains(status) && !self.drop(step, active.slot, active.claim) =>
                {
                    return false;
                }
                Part::Sometime { statuses, .. } if statuses.contains(status) => {
                    step.state.advance(active.slot, active.place, MET);
                }
                Part::Spell { statuses, begins, lasts } => {
                    if let Some(from) = from {
                        let crossing = (statuses.contains(from), statuses.contains(status));
                        step.state.spell(active, slot.window, crossing, begins, lasts);
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// Gives up a claim; false where it must hold.
    fn drop(&self, step: &mut Step, slot: usize, claim: usize) -> bool {
        match step.state.standing(slot) {
            Standing::Dropped => true,
            Standing::Relied => false,
            Standing::Open if !self.lossy || self.forced.contains(&claim) => false,
            Standing::Open => {
                step.state.stand(slot, Standing::Dropped);
                step.dropped.push(claim as u32);
                true
            }
        }
    }

    pub(super) fn watch(&self, event: EventId) -> usize {
        self.watched.binary_search(&event).expect("an event with a claim is watched")
    }

    /// Something reported shows the party in a status that is not the target of these events:
    /// what was first met before stretch `since` may be met anew.
    fn show_elsewhere(&self, state: &mut State, elsewhere: impl Fn(StatusId) -> bool, since: u32) {
        for (place, event) in self.watched.iter().enumerate() {
            if elsewhere(self.lifecycle().event(*event).to) && state.met[place] <= since {
                state.met[place] = 0;
            }
        }
    }

    /// After a stretch's last day: parts that end with it are judged, and the state is made ready for the next stretch.
    /// At the end of time all states are one.
    pub(super) fn close(&self, at: usize, state: &State) -> Vec<Step> {
        let mut step = Step { state: state.clone(), dropped: SmallVec::new(), assumed: false };
        let slot = &self.axis.stretches[at];
        for active in &slot.active {
            step.state.last_through(active, slot.window);
        }
        for active in &slot.closing {
            let met = match active.part {
                Part::Always { .. } | Part::Ends { .. } => true,
                _ => step.state.progress(active.slot, active.place) == MET,
            };
            if !met && !self.drop(&mut step, active.slot, active.claim) {
                return Vec::new();
            }
        }
        let mut steps = vec![step];
        for active in &slot.closing {
            steps = steps.into_iter().flat_map(|it| self.seen(active, it)).collect();
        }
        for step in &mut steps {
            match self.axis.stretches.get(at + 1) {
                Some(next) => step.state.pass(next, at),
                None => step.state = self.start(),
            }
        }
        steps
    }

    /// A state claim that has been satisfied shows the party elsewhere than the events that lead to other statuses.
    /// If the claim has parts still to come, this can be relied on, and then they have to hold.
    fn seen(&self, active: &Active, step: Step) -> Vec<Step> {
        let (Part::Always { statuses, .. } | Part::Sometime { statuses, .. }) = active.part else {
            return vec![step];
        };
        let standing = step.state.standing(active.slot);
        if standing == Standing::Dropped {
            return vec![step];
        }
        let mut shown = step.clone();
        self.show_elsewhere(&mut shown.state, |target| !statuses.contains(target), active.since as u32);
        if shown.state.met == step.state.met {
            return vec![step];
        }
        if active.last || standing == Standing::Relied {
            return vec![shown];
        }
        shown.state.stand(active.slot, Standing::Relied);
        vec![shown, step]
    }
}

impl State {
    pub(super) fn standing(&self, slot: usize) -> Standing {
        match self.claims[slot] & 3 {
            0 => Standing::Open,
            1 => Standing::Relied,
            _ => Standing::Dropped,
        }
    }

    pub(super) fn is_dropped(&self, slot: usize) -> bool {
        self.standing(slot) == Standing::Dropped
    }

    /// A dropped claim keeps no memory of its parts.
    fn stand(&mut self, slot: usize, standing: Standing) {
        let parts = if standing == Standing::Dropped { 0 } else { self.claims[slot] & !3 };
        self.claims[slot] = parts | standing as u8;
    }

    fn progress(&self, slot: usize, place: usize) -> u8 {
        self.claims[slot] >> (2 + 2 * place) & 3
    }

    pub(super) fn advance(&mut self, slot: usize, place: usize, progress: u8) {
        let shift = 2 + 2 * place;
        self.claims[slot] = self.claims[slot] & !(3 << shift) | progress << shift;
    }

    /// A change, seen from a claim of a spell: `crossing` is whether the statuses before and after belong to it.
    fn spell(&mut self, active: &Active, day: Window, crossing: (bool, bool), begins: Window, lasts: Lasts) {
        let progress = self.progress(active.slot, active.place);
        let next = match (progress, crossing) {
            (MET, _) => MET,
            (_, (false, true)) if begins.contains(day.earliest) => match lasts {
                Lasts::Through(until) if until < day.earliest => MET,
                _ => RUNNING,
            },
            (RUNNING, (true, false)) => match lasts {
                Lasts::Until(end) if end.contains(day.earliest) => MET,
                _ => WAITING,
            },
            (unchanged, _) => unchanged,
        };
        self.advance(active.slot, active.place, next);
    }

    /// The end of a stretch, seen from a claim of a spell: it has lasted through it.
    fn last_through(&mut self, active: &Active, stretch: Window) {
        if let Part::Spell { lasts: Lasts::Through(until), .. } = active.part
            && self.standing(active.slot) != Standing::Dropped
            && self.progress(active.slot, active.place) == RUNNING
            && until <= stretch.latest
        {
            self.advance(active.slot, active.place, MET);
        }
    }

    /// Into the next stretch: claims that have ended are forgotten, those that begin are waited for.
    fn pass(&mut self, next: &Slot, at: usize) {
        self.claims = next.carried.iter().map(|it| it.map_or(0, |slot| self.claims[slot])).collect();
        self.forget(next, at);
    }

    /// When an event was first met matters only as far as an open sight of the party elsewhere began after it:
    /// states that differ in nothing else are one.
    fn forget(&mut self, next: &Slot, at: usize) {
        for met in &mut self.met {
            if *met > 0 {
                let later = |it: &&Active| {
                    matches!(it.part, Part::Sometime { .. }) && it.since <= at && (it.since as u32) < *met
                };
                *met = next.active.iter().filter(later).map(|it| it.since as u32 + 1).max().unwrap_or(1);
            }
        }
    }
}
