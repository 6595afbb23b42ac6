//! Statuses that lapse by themselves: the days they need on the axis, and what a walk remembers of them.

use smallvec::SmallVec;

use crate::date::Day;
use crate::lifecycle::{StatusId, StatusSet, Term};

use super::axis::Slot;
use super::machine::{Machine, Step};
use super::state::State;
use super::{DAYS, Exceeded, Part, Problem};

/// Until when the status of a state lasts by itself, in one small number, since states are copied at every step:
/// the stretch that it lapses in, [`LASTING`], or, in the first one, more than [`PENDING`]; and whether a claim
/// reports how it was come to, by way of lapses perhaps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Tenure(u32);

/// It does not lapse.
pub(super) const LASTING: u32 = 0;
const TOLD: u32 = 1 << 31;
/// In the first stretch, whose days are not told apart: it lapses there, or later. To this is added the status that
/// an event led to, from which only lapses have led here.
const PENDING: u32 = TOLD - 1 - u8::MAX as u32;

impl Tenure {
    fn new(lapses: u32, told: bool) -> Tenure {
        Tenure(if told && lapses != LASTING { lapses | TOLD } else { lapses })
    }

    pub(super) fn lapses(self) -> u32 {
        self.0 & !TOLD
    }

    fn is_told(self) -> bool {
        self.0 & TOLD != 0
    }

    /// As a number, for hashing.
    pub(super) fn number(self) -> u64 {
        u64::from(self.0)
    }
}

/// When statuses lapse, by stretches.
///
/// Between the first and the last edge, and as far beyond as lapses reach, each stretch is one day.
/// The open ends of time have room for anything.
pub(super) struct Terms {
    /// For each status, for each stretch that it is come to in: the stretch in which it lapses.
    lapses: SmallVec<[Vec<u32>; 8]>,
}

/// Whether terms matter: nothing leads out of the status where histories begin, if nothing is said.
fn matter(problem: &Problem) -> bool {
    !problem.claims.is_empty() && problem.lifecycle.terms().next().is_some()
}

/// Cuts time into single days, as far as terms need it.
pub(super) fn cut(problem: &Problem, edges: &mut Vec<Day>) -> Result<(), Exceeded> {
    let mut bounded = edges.iter().copied().filter(|it| !it.is_open());
    let (Some(first), true) = (bounded.next(), matter(problem)) else { return Ok(()) };
    let last = bounded.next_back().unwrap_or(first);
    let longest: i64 = problem.lifecycle.terms().map(|it| i64::from(it.1.length.most_days())).sum();
    // A simplest history goes round in a circle of statuses that lapse only to satisfy one more claim.
    let parts =
        || problem.claims.iter().flat_map(|it| &it.parts).filter(|it| !matches!(it, Part::Always { .. }));
    let before = parts().filter(|it| it.window().earliest.is_open()).count() as i64;
    let after = parts().filter(|it| it.window().latest.is_open()).count() as i64;
    let from = if problem.begins.is_open() {
        i64::from(first.0) - longest * (1 + before)
    } else {
        i64::from(problem.begins.0)
    };
    let to = i64::from(last.0) + longest * (1 + after);
    if to - from > DAYS as i64 {
        return Err(Exceeded::Effort);
    }
    edges.extend((from..=to).map(|it| Day(it as i32)));
    edges.sort_unstable();
    edges.dedup();
    Ok(())
}

impl Terms {
    pub(super) fn of(problem: &Problem, slots: &[Slot]) -> Option<Terms> {
        if !matter(problem) {
            return None;
        }
        let last = slots.len() - 1;
        let mut lapses: SmallVec<[Vec<u32>; 8]> =
            SmallVec::from_elem(Vec::new(), problem.lifecycle.statuses.len());
        for (status, term) in problem.lifecycle.terms() {
            let lapse = |at: usize| {
                let day = slots[at].window.earliest;
                if at == 0 {
                    return PENDING + u32::from(status.0);
                }
                let after = (term.length.after(day).0 - day.0) as usize;
                let then = (at + after).min(last);
                let lapses = slots[then].allowed.contains(term.then);
                if lapses { then as u32 } else { LASTING }
            };
            lapses[status.0 as usize] = (0..=last).map(lapse).collect();
        }
        Some(Terms { lapses })
    }

    /// When a status lapses that is come to in a stretch.
    pub(super) fn lapse(&self, at: usize, status: StatusId) -> u32 {
        self.lapses[status.0 as usize].get(at).copied().unwrap_or(LASTING)
    }
}

impl Machine<'_> {
    /// The status that comes by itself on a day of a stretch.
    fn due(&self, at: usize, before: &State) -> Option<StatusId> {
        let lapses = before.tenure.lapses();
        let due = lapses != LASTING && (lapses == at as u32 || lapses >= PENDING);
        let term = if due { self.lifecycle().status(before.status).term } else { None };
        term.map(|it| it.then)
    }

    /// The statuses that a day of a stretch can lead to.
    #[inline]
    pub(super) fn targets(&self, at: usize, before: &State) -> StatusSet {
        let mut targets = self.targets[before.status.0 as usize];
        if before.tenure.lapses() != LASTING {
            targets.extend(self.due(at, before));
        }
        targets.intersect(self.axis.slots[at].allowed)
    }

    pub(super) fn is_lapse(&self, at: usize, before: &State, to: StatusId) -> bool {
        self.due(at, before) == Some(to)
    }

    /// The day on which a status lapses is its first one without it. Of the open end of time that is some day.
    pub(super) fn is_over(&self, at: usize, before: &State) -> bool {
        let lapses = before.tenure.lapses();
        lapses != LASTING && lapses == at as u32 && at + 1 < self.axis.slots.len()
    }

    /// When a status lapses that a change leads to.
    pub(super) fn lapse(&self, at: usize, before: &State, to: StatusId) -> u32 {
        let Some(terms) = &self.terms else { return LASTING };
        let lapses = terms.lapse(at, to);
        // The first stretch: what an event led to, lapses have led on from.
        if at == 0 && lapses != LASTING && self.is_lapse(at, before, to) {
            before.tenure.lapses()
        } else {
            lapses
        }
    }

    /// A change has led to a status: how long that lasts, and what it tells.
    pub(super) fn begin(&self, at: usize, before: &State, steps: &mut [Step]) {
        for step in steps {
            let told = !step.assumed || step.lapsed && before.tenure.is_told();
            let to = step.state.status;
            if told && step.lapsed {
                self.show_elsewhere(&mut step.state, |target| target != to, u32::MAX);
            }
            let lapses = self.lapse(at, before, to);
            step.state.tenure = Tenure::new(lapses, told);
        }
    }

    /// The first stretch has ended with a status that lapses: on each of the days that it can have begun on, if it outlasts that.
    pub(super) fn spread(&self, steps: &mut Vec<Step>) {
        for place in (0..steps.len()).rev() {
            let tenure = steps[place].state.tenure;
            let (lapses, told) = (tenure.lapses(), tenure.is_told());
            if lapses >= PENDING {
                let step = steps.swap_remove(place);
                let led_to = StatusId((lapses - PENDING) as u8);
                for lapses in self.pending(led_to, step.state.status) {
                    let mut step = step.clone();
                    step.state.tenure = Tenure::new(lapses, told);
                    steps.push(step);
                }
            }
        }
    }

    /// When a status lapses to which an event in the first stretch, to another status perhaps, and then lapses have led.
    pub(super) fn pending(&self, event_to: StatusId, status: StatusId) -> Vec<u32> {
        let lifecycle = self.lifecycle();
        let led = std::iter::once(event_to).chain(lifecycle.lapsing(event_to));
        let before = led.take_while(|it| *it != status).filter_map(|it| lifecycle.status(it).term);
        let before: SmallVec<[Term; 4]> = before.collect();
        let Some(term) = lifecycle.status(status).term else { return vec![LASTING] };
        let end = self.axis.slots[0].window.latest;
        let mut found = Vec::new();
        for event in (0..).map(|it| Day(end.0 - it)) {
            let begin = before.iter().fold(event, |day, it| it.length.after(day));
            let lapse = term.length.after(begin);
            if lapse <= end {
                break;
            }
            if begin <= end {
                let at = ((lapse.0 - end.0) as usize).min(self.axis.slots.len() - 1);
                let lapses = self.axis.slots[at].allowed.contains(term.then);
                found.push(if lapses { at as u32 } else { LASTING });
            }
        }
        found.dedup();
        found
    }
}
