//! Time, cut at every edge of a window: on the days of one stretch the same claims speak.

use crate::date::{Day, Window};
use crate::lifecycle::{Lifecycle, StatusSet};

use super::{EFFORT, Exceeded, Lasts, Part, Problem};

/// The stretches of time, from dawn to dusk.
pub(super) struct Axis {
    pub(super) stretches: Vec<Slot>,
}

/// One stretch, and the claims that are open on it.
pub(super) struct Slot {
    pub(super) window: Window,
    /// What the bounds of bloc and party allow.
    pub(super) allowed: StatusSet,
    /// The end of bloc or party lies here, and reports a change to outside.
    pub(super) ending: bool,
    /// The claims with a part that began by now and one that has not ended before, by place.
    pub(super) open: Vec<usize>,
    /// The parts whose window this stretch lies in.
    pub(super) active: Vec<Active>,
    /// Of `active`, those that end with this stretch.
    pub(super) closing: Vec<Active>,
    /// Where each of `open` stood in the `open` of the stretch before, if it did.
    pub(super) carried: Vec<Option<usize>>,
}

/// A part at work on a stretch.
#[derive(Clone, Copy)]
pub(super) struct Active {
    /// The claim's place in `Slot::open`.
    pub(super) slot: usize,
    /// The claim's place in the problem.
    pub(super) claim: usize,
    /// The part's place in its claim.
    pub(super) place: usize,
    pub(super) part: Part,
    /// The stretch that its window begins with.
    pub(super) since: usize,
    /// No other part of the claim ends later.
    pub(super) last: bool,
}

impl Slot {
    pub(super) fn days(&self) -> usize {
        (self.window.latest.0 - self.window.earliest.0) as usize + 1
    }

    /// The days on which a status can hold that came with the `used`-th day of the stretch at the soonest
    /// and is followed by `left` more changes within it. The open ends of time have room for any number.
    pub(super) fn holding(&self, used: usize, left: usize) -> Window {
        let Window { earliest, latest } = self.window;
        let from = if earliest.is_open() { earliest } else { Day(earliest.0 + used as i32 - 1) };
        let to = if latest.is_open() { latest } else { Day(latest.0 - left as i32) };
        Window::new(from, to)
    }
}

impl Axis {
    pub(super) fn of(problem: &Problem) -> Result<Axis, Exceeded> {
        let edges = edges(problem);
        let mut stretches: Vec<Slot> = edges.windows(2).map(|it| slot(problem, it[0], it[1])).collect();
        let end = stretches.len() - 1;
        let begins = |day: Day| (edges.partition_point(|&it| it <= day) - 1).min(end);
        let mut effort = 0;
        for (claim, said) in problem.claims.iter().enumerate() {
            let first = said.parts.iter().map(|it| begins(it.window().earliest)).min().unwrap_or(0);
            let last = said.parts.iter().map(|it| begins(it.window().latest)).max().unwrap_or(0);
            effort += last - first;
            if effort > EFFORT {
                return Err(Exceeded::Effort);
            }
            for stretch in &mut stretches[first..=last] {
                stretch.open.push(claim);
            }
            for (place, &part) in said.parts.iter().enumerate() {
                let since = begins(part.window().earliest);
                let until = begins(part.window().latest);
                for (at, stretch) in stretches.iter_mut().enumerate().take(until + 1).skip(since) {
                    let slot = stretch.open.len() - 1;
                    let active = Active { slot, claim, place, part, since, last: until == last };
                    stretch.active.push(active);
                    if at == until {
                        stretch.closing.push(active);
                    }
                }
            }
        }
        link(&mut stretches);
        Ok(Axis { stretches })
    }
}

/// The first day of each stretch, and dusk.
fn edges(problem: &Problem) -> Vec<Day> {
    let mut edges = vec![Day::DAWN, Day::DUSK, problem.begins];
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
    edges
}

fn slot(problem: &Problem, earliest: Day, end: Day) -> Slot {
    let latest = if end == Day::DUSK { end } else { end.previous() };
    let window = Window::new(earliest, latest);
    let mut allowed = problem.lifecycle.all();
    if latest < problem.begins {
        allowed = StatusSet::of(Lifecycle::INITIAL);
    }
    if problem.ends.iter().any(|it| it.latest <= earliest) {
        allowed = allowed.without(problem.inside);
    }
    Slot {
        window,
        allowed,
        ending: problem.ends.iter().any(|it| it.contains(earliest)),
        open: Vec::new(),
        active: Vec::new(),
        closing: Vec::new(),
        carried: Vec::new(),
    }
}

/// Says where the open claims of each stretch stood in the one before.
fn link(stretches: &mut [Slot]) {
    for at in 1..stretches.len() {
        let (before, after) = stretches.split_at_mut(at);
        let place = |claim: &usize| before[at - 1].open.binary_search(claim).ok();
        after[0].carried = after[0].open.iter().map(place).collect();
    }
}
