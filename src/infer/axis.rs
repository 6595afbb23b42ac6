//! Time, cut at every edge of a window: on the days of one stretch the same claims speak.

use std::ops::Range;

use crate::date::{Day, Window};
use crate::lifecycle::{Lifecycle, StatusSet};

use super::{EFFORT, Exceeded, Lasts, Part, Problem, lapse};

/// The stretches of time, from dawn to dusk.
pub(super) struct Axis {
    pub(super) slots: Vec<Slot>,
    /// The open claims of all stretches, one after the other, by place.
    open: Vec<u32>,
    /// Where each of `open` stood among the open claims of the stretch before, or [`NEW`].
    carried: Vec<u32>,
    /// The parts at work, likewise.
    active: Vec<Active>,
}

/// Of a claim that was not open before.
pub(super) const NEW: u32 = u32::MAX;

/// One stretch.
pub(super) struct Slot {
    pub(super) window: Window,
    /// What the bounds of bloc and party allow.
    pub(super) allowed: StatusSet,
    /// The end of bloc or party lies here, and reports a change to outside.
    pub(super) ending: bool,
    open: Range<u32>,
    active: Range<u32>,
}

/// A part at work on a stretch.
#[derive(Clone, Copy)]
pub(super) struct Active {
    pub(super) part: Part,
    /// The claim's place among the open claims of the stretch.
    pub(super) slot: u32,
    /// The claim's place in the problem.
    pub(super) claim: u32,
    /// The stretch that its window begins with.
    pub(super) since: u32,
    /// The part's place in its claim.
    pub(super) place: u8,
    /// The window ends with this stretch.
    pub(super) closes: bool,
    /// No other part of the claim ends later.
    pub(super) last: bool,
}

/// Room for a part.
const NOTHING: Active = Active {
    part: Part::Reports { into: StatusSet::EMPTY, window: Window::ALWAYS },
    slot: 0,
    claim: 0,
    since: 0,
    place: 0,
    closes: false,
    last: false,
};

impl Slot {
    pub(super) fn days(&self) -> usize {
        (self.window.latest.0 - self.window.earliest.0) as usize + 1
    }

    /// Nothing speaks of its days: every change is assumed.
    pub(super) fn is_silent(&self) -> bool {
        self.active.is_empty() && !self.ending
    }
}

impl Axis {
    pub(super) fn of(problem: &Problem) -> Result<Axis, Exceeded> {
        let edges = edges(problem)?;
        let mut slots: Vec<Slot> = edges.windows(2).map(|it| slot(problem, it[0], it[1])).collect();
        let end = slots.len() - 1;
        let begins = |day: Day| (edges.partition_point(|&it| it <= day) - 1).min(end) as u32;
        let parts = problem.claims.iter().flat_map(|it| &it.parts).map(Part::window);
        let reaches: Vec<(u32, u32)> = parts.map(|it| (begins(it.earliest), begins(it.latest))).collect();
        let spans = spans(problem, &reaches);
        let effort: usize = spans.iter().map(|it| (it.1 - it.0) as usize).sum();
        if effort > EFFORT {
            return Err(Exceeded::Effort);
        }
        lay_out(&mut slots, &spans, &reaches);
        let size = |of: &Range<u32>| of.end as usize;
        let last = slots.last().expect("time has a stretch");
        let mut axis = Axis {
            open: vec![0; size(&last.open)],
            carried: vec![NEW; size(&last.open)],
            active: vec![NOTHING; size(&last.active)],
            slots,
        };
        axis.fill(problem, &spans, &reaches);
        Ok(axis)
    }

    pub(super) fn open(&self, at: usize) -> &[u32] {
        let Range { start, end } = self.slots[at].open;
        &self.open[start as usize..end as usize]
    }

    pub(super) fn carried(&self, at: usize) -> &[u32] {
        let Range { start, end } = self.slots[at].open;
        &self.carried[start as usize..end as usize]
    }

    pub(super) fn active(&self, at: usize) -> &[Active] {
        let Range { start, end } = self.slots[at].active;
        &self.active[start as usize..end as usize]
    }

    /// Enters the claims at the stretches that they span, and their parts at those they reach.
    fn fill(&mut self, problem: &Problem, spans: &[(u32, u32)], reaches: &[(u32, u32)]) {
        // How many claims and parts each stretch has so far.
        let mut so_far = vec![(0u32, 0u32); self.slots.len()];
        let mut reaches = reaches.iter();
        for ((claim, said), &(first, last)) in problem.claims.iter().enumerate().zip(spans) {
            for at in first..=last {
                let place = (self.slots[at as usize].open.start + so_far[at as usize].0) as usize;
                self.open[place] = claim as u32;
                if at > first {
                    self.carried[place] = so_far[at as usize - 1].0 - 1;
                }
                so_far[at as usize].0 += 1;
            }
            for ((place, &part), &(since, until)) in said.parts.iter().enumerate().zip(&mut reaches) {
                for at in since..=until {
                    let (open, active) = &mut so_far[at as usize];
                    let entered = (self.slots[at as usize].active.start + *active) as usize;
                    *active += 1;
                    self.active[entered] = Active {
                        part,
                        slot: *open - 1,
                        claim: claim as u32,
                        since,
                        place: place as u8,
                        closes: at == until,
                        last: until == last,
                    };
                }
            }
        }
    }
}

/// The first and last stretch on which each claim is open: some part has begun by then, and one has not ended before.
fn spans(problem: &Problem, reaches: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut rest = reaches;
    let span = |count: usize| {
        let (own, others) = rest.split_at(count);
        rest = others;
        let first = own.iter().map(|it| it.0).min().unwrap_or(0);
        (first, own.iter().map(|it| it.1).max().unwrap_or(0))
    };
    problem.claims.iter().map(|it| it.parts.len()).map(span).collect()
}

/// Gives each stretch its room for open claims and for parts.
fn lay_out(slots: &mut [Slot], spans: &[(u32, u32)], reaches: &[(u32, u32)]) {
    for &(first, last) in spans {
        slots[first as usize..=last as usize].iter_mut().for_each(|it| it.open.end += 1);
    }
    for &(since, until) in reaches {
        slots[since as usize..=until as usize].iter_mut().for_each(|it| it.active.end += 1);
    }
    let (mut open, mut active) = (0, 0);
    for slot in slots {
        slot.open = open..open + slot.open.end;
        slot.active = active..active + slot.active.end;
        (open, active) = (slot.open.end, slot.active.end);
    }
}

/// The first day of each stretch, and dusk.
fn edges(problem: &Problem) -> Result<Vec<Day>, Exceeded> {
    let mut edges = Vec::with_capacity(3 + 2 * problem.claims.len());
    edges.extend([Day::DAWN, Day::DUSK, problem.begins]);
    let mut cut = |window: Window| edges.extend([window.earliest, window.latest.next()]);
    problem.ends.iter().for_each(|&it| {
        cut(it);
        cut(Window::day(it.latest));
    });
    for part in problem.claims.iter().flat_map(|it| &it.parts) {
        cut(part.window());
        if let Part::Spell { begins, lasts, .. } = part {
            cut(*begins);
            match lasts {
                Lasts::Through(day) => cut(Window::day(*day)),
                Lasts::Until(window) => cut(*window),
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    lapse::cut(problem, &mut edges)?;
    Ok(edges)
}

fn slot(problem: &Problem, earliest: Day, end: Day) -> Slot {
    let (window, allowed, ending) = bounds(problem, earliest, end);
    Slot { window, allowed, ending, open: 0..0, active: 0..0 }
}

/// The days from one edge to the next, what the bounds of bloc and party allow on them, and whether the end of one lies there.
pub(super) fn bounds(problem: &Problem, earliest: Day, end: Day) -> (Window, StatusSet, bool) {
    let latest = if end == Day::DUSK { end } else { end.previous() };
    let mut allowed = problem.lifecycle.all();
    if latest < problem.begins {
        allowed = StatusSet::of(Lifecycle::INITIAL);
    }
    if problem.ends.iter().any(|it| it.latest <= earliest) {
        allowed = allowed.without(problem.inside);
    }
    let ending = problem.ends.iter().any(|it| it.contains(earliest));
    (Window::new(earliest, latest), allowed, ending)
}

/// The days of a stretch on which a status can hold that came with its `used`-th day at the soonest and is followed by
/// `left` more changes within it. The open ends of time have room for any number.
pub(super) fn holding(stretch: Window, used: u32, left: u32) -> Window {
    let Window { earliest, latest } = stretch;
    let from = if earliest.is_open() { earliest } else { Day(earliest.0 + used as i32 - 1) };
    let to = if latest.is_open() { latest } else { Day(latest.0 - left as i32) };
    Window::new(from, to)
}
