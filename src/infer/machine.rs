//! How one day moves a state.

use smallvec::SmallVec;

use crate::date::Window;
use crate::lifecycle::{Deed, EventId, Lifecycle, StatusId, StatusSet};

use super::axis::{Active, Axis, NEW};
use super::lapse::{LASTING, Terms};
use super::state::{Deeds, MET, Standing, State, bits};
use super::{Exceeded, Part, Problem};

/// Where a day has led: the state, and the claims given up on the way.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) state: State,
    pub(super) dropped: SmallVec<[u32; 2]>,
    /// A change happened that nothing reports.
    pub(super) assumed: bool,
    /// A change happened by itself, and no claim is first met by it.
    pub(super) lapsed: bool,
}

/// How a change came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    Reported,
    Assumed,
    Lapsed,
}

impl Step {
    fn new(state: State, assumed: bool) -> Step {
        Step { state, dropped: SmallVec::new(), assumed, lapsed: false }
    }

    pub(super) fn how(&self) -> How {
        match (self.lapsed, self.assumed) {
            (true, _) => How::Lapsed,
            (false, true) => How::Assumed,
            (false, false) => How::Reported,
        }
    }
}

/// The rules of the walk: the problem, its axis, and what may be left out of account.
pub(super) struct Machine<'p> {
    pub(super) problem: &'p Problem<'p>,
    pub(super) axis: Axis,
    /// When statuses lapse, if any does.
    pub(super) terms: Option<Box<Terms>>,
    /// The events that have claims, as bits.
    watched: u64,
    /// The acts that have claims.
    pub(super) acts: SmallVec<[Deed; 2]>,
    /// The deeds that have to be remembered: acts, and events with another deed of an order.
    ordered: Deeds,
    /// The deeds that have claims.
    claimed: Deeds,
    /// The statuses that some event leads to, from each status.
    pub(super) targets: SmallVec<[StatusSet; 8]>,
    /// This claim, or these, by place, must be satisfied.
    pub(super) forced: SmallVec<[usize; 4]>,
    /// These claims, by place, count for nothing.
    pub(super) left_out: SmallVec<[usize; 4]>,
    /// Claims may be given up.
    pub(super) lossy: bool,
    /// Rule 1 holds: no event twice for nothing.
    pub(super) repeats_forbidden: bool,
    /// Orders of deeds hold.
    pub(super) orders_hold: bool,
}

impl<'p> Machine<'p> {
    pub(super) fn new(problem: &'p Problem<'p>) -> Result<Machine<'p>, Exceeded> {
        let axis = Axis::of(problem)?;
        let (mut watched, mut acts, mut claimed) = (0, SmallVec::new(), Deeds::default());
        for part in problem.claims.iter().flat_map(|it| &it.parts) {
            match *part {
                Part::Event { event, .. } => {
                    watched |= 1 << event.0;
                    claimed.insert(Deed::Event(event));
                }
                Part::Act { act, .. } if !claimed.contains(Deed::Act(act)) => {
                    acts.push(Deed::Act(act));
                    claimed.insert(Deed::Act(act));
                }
                _ => {}
            }
        }
        // Acts are remembered in any case, because they are done once.
        let mut ordered = Deeds::default();
        acts.iter().for_each(|it| ordered.insert(*it));
        for order in &problem.lifecycle.orders {
            let deeds = || order.iter().copied().filter(|it| claimed.contains(*it));
            if deeds().nth(1).is_some() {
                deeds().for_each(|it| ordered.insert(it));
            }
        }
        Ok(Machine {
            problem,
            terms: Terms::of(problem, &axis.slots).map(Box::new),
            axis,
            watched,
            acts,
            ordered,
            claimed,
            targets: targets(problem.lifecycle),
            forced: SmallVec::new(),
            left_out: SmallVec::new(),
            lossy: false,
            repeats_forbidden: true,
            orders_hold: true,
        })
    }

    pub(super) fn lifecycle(&self) -> &'p Lifecycle {
        self.problem.lifecycle
    }

    /// The single days that time is cut into where statuses lapse: searches take steps for each of them.
    pub(super) fn days(&self) -> usize {
        if self.terms.is_some() { self.axis.slots.len() } else { 0 }
    }

    /// Before the first day, and after the last.
    pub(super) fn start(&self) -> State {
        let mut state = State::new(Lifecycle::INITIAL, self.watched.count_ones() as usize);
        let open = self.axis.open(0);
        state.pass(&SmallVec::<[u32; 8]>::from_elem(NEW, open.len()), |it| self.leaves_out(open[it]));
        state
    }

    pub(super) fn leaves_out(&self, claim: u32) -> bool {
        self.left_out.contains(&(claim as usize))
    }

    /// Some order has two deeds that are claimed.
    pub(super) fn orders_matter(&self) -> bool {
        let claimed = |order: &Vec<Deed>| order.iter().filter(|it| self.claimed.contains(**it)).count();
        self.lifecycle().orders.iter().any(|it| claimed(it) > 1)
    }

    /// The trust of some claims, by place.
    pub(super) fn trust(&self, claims: &[u32]) -> u64 {
        claims.iter().map(|it| u64::from(self.problem.claims[*it as usize].trust)).sum()
    }

    /// The first day of a stretch, without a change.
    pub(super) fn stay(&self, at: usize, before: &State, steps: &mut Vec<Step>) {
        if !self.axis.slots[at].allowed.contains(before.status) || self.is_over(at, before) {
            return;
        }
        steps.push(Step::new(before.clone(), false));
        self.arrive(at, before, steps, None);
    }

    /// A day with a change to another status, which an event or a term, and the bounds, allow.
    pub(super) fn change(&self, at: usize, before: &State, to: StatusId, steps: &mut Vec<Step>) {
        let mut step = Step::new(before.clone(), true);
        step.state.status = to;
        step.lapsed = self.terms.is_some() && self.is_lapse(at, before, to);
        steps.push(step);
        let silent = self.axis.slots[at].is_silent();
        if !silent {
            for event in self.lifecycle().allowing(before.status, to) {
                self.meet(at, before, steps, event);
            }
            for step in steps.iter_mut().filter(|it| !it.assumed) {
                self.show_elsewhere(&mut step.state, |target| target != to, u32::MAX);
            }
        }
        if self.terms.is_some() {
            self.begin(at, before, steps);
        }
        if !silent {
            self.rely_on_report(at, before.status, steps);
            self.arrive(at, before, steps, Some(before.status));
        }
    }

    /// A change that an event allows meets the open claims of the event: all of them are kept, or,
    /// where rule 1 or an order forbids it or a later claim is worth more, all that it meets first are given up.
    fn meet(&self, at: usize, before: &State, steps: &mut Vec<Step>, event: EventId) {
        let speaks = |it: &&Active| matches!(it.part, Part::Event { event: of, .. } if of == event);
        let claims = || self.axis.active(at).iter().filter(speaks);
        if claims().next().is_none() {
            return;
        }
        let repeated = self.repeats_forbidden && before.met[self.watch(event)] != 0;
        let keeps = !repeated && self.in_order(before, Deed::Event(event));
        for place in (0..steps.len()).rev() {
            let step = &mut steps[place];
            let mut first: SmallVec<[&Active; 4]> = SmallVec::new();
            for active in claims() {
                match (step.state.standing(active.slot), step.state.progress(active)) {
                    (Standing::Dropped, _) => {}
                    (_, MET) => step.assumed = false,
                    _ => first.push(active),
                }
            }
            if first.is_empty() {
                continue;
            }
            let given_up = self
                .lossy
                .then(|| step.clone())
                .and_then(|mut it| first.iter().all(|active| self.drop(&mut it, active)).then_some(it));
            if keeps {
                (step.assumed, step.lapsed) = (false, false);
                step.state.met[self.watch(event)] = at as u32 + 1;
                first.iter().for_each(|it| step.state.advance(it, MET));
                self.remember(&mut step.state, Deed::Event(event));
                steps.extend(given_up);
            } else if let Some(given_up) = given_up {
                *step = given_up;
            } else {
                steps.swap_remove(place);
            }
        }
    }

    /// The end of the bloc reports the change that it forces, and some claims report what leads to a status: these are
    /// relied on.
    fn rely_on_report(&self, at: usize, from: StatusId, steps: &mut Vec<Step>) {
        let inside = self.problem.inside;
        let ends = self.axis.slots[at].ending && inside.contains(from);
        for place in 0..steps.len() {
            let step = &mut steps[place];
            let to = step.state.status;
            if !step.assumed || step.lapsed {
                continue;
            }
            if ends && !inside.contains(to) {
                step.assumed = false;
                continue;
            }
            for active in self.axis.active(at) {
                let Part::Reports { into, .. } = active.part else { continue };
                if into.contains(to) && !into.contains(from) && !steps[place].state.is_dropped(active.slot) {
                    let mut relied = Step { assumed: false, ..steps[place].clone() };
                    relied.state.stand(active.slot, Standing::Relied);
                    steps.push(relied);
                }
            }
        }
    }

    /// What a day's status means to the state claims, and which acts are done on it.
    fn arrive(&self, at: usize, before: &State, steps: &mut Vec<Step>, from: Option<StatusId>) {
        let active = self.axis.active(at);
        if !active.is_empty() {
            let day = self.axis.slots[at].window;
            steps.retain_mut(|it| self.observe(active, day, it, from));
            self.act(at, before, steps);
        }
    }

    /// False where a claim that has to hold is broken.
    fn observe(&self, open: &[Active], day: Window, step: &mut Step, from: Option<StatusId>) -> bool {
        let status = step.state.status;
        for active in open {
            if step.state.is_dropped(active.slot) {
                continue;
            }
            match active.part {
                Part::Always { statuses, .. } if !statuses.contains(status) && !self.drop(step, active) => {
                    return false;
                }
                Part::Sometime { statuses, .. } if statuses.contains(status) => {
                    step.state.advance(active, MET);
                }
                Part::Spell { statuses, begins, lasts } => {
                    if let Some(from) = from {
                        let crossing = (statuses.contains(from), statuses.contains(status));
                        step.state.spell(active, day, crossing, (begins, lasts));
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// Gives up a claim; false where it must hold.
    fn drop(&self, step: &mut Step, of: &Active) -> bool {
        match step.state.standing(of.slot) {
            Standing::Dropped => true,
            Standing::Relied => false,
            Standing::Open if !self.lossy || self.forced.contains(&(of.claim as usize)) => false,
            Standing::Open => {
                step.state.stand(of.slot, Standing::Dropped);
                step.dropped.push(of.claim);
                true
            }
        }
    }

    /// The place of an event with a claim among those that are watched.
    pub(super) fn watch(&self, event: EventId) -> usize {
        (self.watched & ((1 << event.0) - 1)).count_ones() as usize
    }

    pub(super) fn remember(&self, state: &mut State, deed: Deed) {
        if self.ordered.contains(deed) {
            state.done.insert(deed);
        }
    }

    /// Something reported shows the party in a status that is not the target of these events:
    /// what was first met before stretch `since` may be met anew.
    pub(super) fn show_elsewhere(&self, state: &mut State, elsewhere: impl Fn(StatusId) -> bool, since: u32) {
        for (event, met) in bits(self.watched).map(EventId).zip(state.met.iter_mut()) {
            if *met != 0 && *met <= since && elsewhere(self.lifecycle().event(event).to) {
                *met = 0;
            }
        }
    }

    /// After a stretch's last day: parts that end with it are judged, and the state is made ready for the next stretch.
    /// At the end of time all states are one.
    pub(super) fn close(&self, at: usize, state: &State, steps: &mut Vec<Step>) {
        let (active, window) = (self.axis.active(at), self.axis.slots[at].window);
        let ends = at + 1 == self.axis.slots.len();
        if ends && state.tenure.lapses() != LASTING {
            return;
        }
        let mut step = Step::new(state.clone(), false);
        for active in active {
            step.state.last_through(active, window);
        }
        for closing in active.iter().filter(|it| it.closes) {
            let met = match closing.part {
                Part::Always { .. } | Part::Reports { .. } => true,
                _ => step.state.progress(closing) == MET,
            };
            if !met && !self.drop(&mut step, closing) {
                return;
            }
        }
        let first = steps.len();
        steps.push(step);
        for closing in active.iter().filter(|it| it.closes) {
            for place in first..steps.len() {
                self.see(closing, place, steps);
            }
        }
        for step in &mut steps[first..] {
            if ends {
                step.state = State::new(Lifecycle::INITIAL, self.watched.count_ones() as usize);
            } else {
                let open = self.axis.open(at + 1);
                step.state.pass(self.axis.carried(at + 1), |it| self.leaves_out(open[it]));
                step.state.forget(self.axis.active(at + 1), at);
            }
        }
        if at == 0 && self.terms.is_some() {
            self.spread(steps);
        }
    }

    /// A state claim that has been satisfied shows the party elsewhere than the events that lead to other statuses.
    /// If the claim has parts still to come, this can be relied on, and then they have to hold.
    fn see(&self, closing: &Active, place: usize, steps: &mut Vec<Step>) {
        let (Part::Always { statuses, .. } | Part::Sometime { statuses, .. }) = closing.part else { return };
        let standing = steps[place].state.standing(closing.slot);
        let seen = |target: StatusId| !statuses.contains(target);
        if standing == Standing::Dropped || steps[place].state.met.iter().all(|it| *it == 0) {
            return;
        }
        if closing.last || standing == Standing::Relied {
            self.show_elsewhere(&mut steps[place].state, seen, closing.since);
            return;
        }
        let mut shown = steps[place].clone();
        self.show_elsewhere(&mut shown.state, seen, closing.since);
        if shown.state.met != steps[place].state.met {
            shown.state.stand(closing.slot, Standing::Relied);
            steps.push(shown);
        }
    }
}

fn targets(lifecycle: &Lifecycle) -> SmallVec<[StatusSet; 8]> {
    let mut targets: SmallVec<[StatusSet; 8]> =
        SmallVec::from_elem(StatusSet::EMPTY, lifecycle.statuses.len());
    for event in &lifecycle.events {
        for from in bits(event.from.0).filter(|it| *it != event.to.0) {
            targets[from as usize].insert(event.to);
        }
    }
    targets
}
