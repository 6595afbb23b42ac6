//! The claims of one pair of party and bloc, to the simplest histories that fit them.
//!
//! Pure: no names, no text, no files; statuses and events are places in a [`Lifecycle`]'s tables.
//! `docs/inference.md` says what is computed and why the result is exact; in short:
//!
//! 1. `axis` cuts time into stretches at every edge of a window, so that the days of one stretch are alike;
//! 2. `state` is what of a history's past its future depends on, `machine` how one day moves it, `order` the
//!    same for acts and their orders;
//! 3. `bound` tells what at least lies ahead of a status;
//! 4. `within` walks one stretch, change by change;
//! 5. `histories` keeps, for each repair, the walks with the fewest assumed and then the fewest changes, and
//!    `telling` puts together what these say of each day;
//! 6. `few` finds the repairs of a pair with few claims; `loss` the least trust that must be given up in any case,
//!    from every state to the end;
//! 7. `plain` is a lane for the commonest pairs, past most of this;
//! 8. `fitting` tells whether claims fit together, `conflict` finds smallest sets that do not, and `sides` who stands
//!    where on them;
//! 9. `witness` sees of most pairs in which nobody errs, and of which all is told, that a check has nothing to say of them.

mod axis;
mod bound;
mod conflict;
mod few;
mod fitting;
mod histories;
mod hitting;
mod lapse;
mod loss;
mod machine;
mod order;
mod plain;
mod repeat;
mod sides;
mod state;
mod telling;
mod within;
mod witness;

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{ActId, EventId, Lifecycle, StatusId, StatusSet};

pub use conflict::{Disagreement, Rule, disagreements, disagreements_nearby};
pub use hitting::Conflicts;
pub use witness::is_reported_throughout;

/// All that is said of one pair.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    pub lifecycle: &'a Lifecycle,
    /// The statuses that count as belonging to this bloc.
    pub inside: StatusSet,
    /// The first day on which both bloc and party can have existed; before it, the status is the initial one.
    pub begins: Day,
    /// When the bloc, or the party, came to an end: from the latest day of each on, the status is outside,
    /// and the change that this forces counts as reported.
    pub ends: Vec<Window>,
    pub claims: Vec<Claim>,
}

/// What has to hold for one claim, and what is lost where a history does not satisfy it.
///
/// Claims that say the same are one `Claim`, their trust added up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// All of them have to hold; at most [`Claim::PARTS`].
    pub parts: SmallVec<[Part; 2]>,
    pub trust: u32,
    /// Somebody says so, and it does not only follow: it can attest a day.
    pub said: bool,
}

impl Claim {
    pub const PARTS: usize = 3;
}

/// One constraint on a history. Windows are not empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub enum Part {
    /// On some day of the window there is a change that the event allows.
    Event { event: EventId, window: Window },
    /// The act was done on some day of the window; an act is done once.
    Act { act: ActId, window: Window },
    /// The status is one of these on every day of the window.
    Always { statuses: StatusSet, window: Window },
    /// The status is one of these on some day of the window.
    Sometime { statuses: StatusSet, window: Window },
    /// A spell of these statuses begins on a day of `begins` and lasts as said.
    Spell { statuses: StatusSet, begins: Window, lasts: Lasts },
    /// Constrains nothing: a change to one of these statuses, from any other, counts as reported in the window.
    Reports { into: StatusSet, window: Window },
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub enum Lasts {
    /// Through this day at least.
    Through(Day),
    /// Until a day of this window, the first one that it no longer holds on.
    Until(Window),
}

impl Part {
    /// The days on which a history's status or changes bear on it.
    pub fn window(&self) -> Window {
        match *self {
            Part::Event { window, .. }
            | Part::Act { window, .. }
            | Part::Always { window, .. }
            | Part::Sometime { window, .. }
            | Part::Reports { window, .. } => window,
            Part::Spell { begins, lasts: Lasts::Through(day), .. } => {
                Window::new(begins.earliest, begins.latest.max(day))
            }
            Part::Spell { begins, lasts: Lasts::Until(end), .. } => {
                Window::new(begins.earliest, begins.latest.max(end.latest))
            }
        }
    }
}

/// What the simplest histories say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// From the dawn to the dusk of time, without gaps; neighbours differ.
    pub stretches: Vec<Stretch>,
    /// The changes of the simplest histories, by day.
    pub changes: Vec<Change>,
    /// Claims, by place, that some repair leaves out though another keeps them.
    pub contested: Vec<usize>,
    /// Claims, by place, that every repair leaves out.
    pub overruled: Vec<usize>,
    /// Claims, by place, that the first repair leaves out: of equally good ones, the one that keeps earlier claims.
    pub left_out: Vec<usize>,
    /// A stated limit was met; then `stretches` have every status the lifecycle has, and say so as disputed.
    pub exceeded: Option<Exceeded>,
}

impl Outcome {
    /// Without hearings.
    fn unheard(of: telling::Solution) -> Outcome {
        let telling::Solution { stretches, changes, contested, overruled, left_out } = of;
        Outcome { stretches, changes, contested, overruled, left_out, exceeded: None }
    }

    /// The stretch that a day lies in.
    pub fn on(&self, day: Day) -> &Stretch {
        &self.stretches[self.stretches.partition_point(|it| it.window.latest < day)]
    }
}

/// Days on which the simplest histories say the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    pub window: Window,
    pub status: StatusSet,
    /// What overruled claims, given a hearing, add to `status`.
    pub otherwise: StatusSet,
    /// The overruled claims that add it, by place.
    pub heard: Vec<usize>,
    /// Simplest histories of one repair differ.
    pub possible: bool,
    /// Repairs differ.
    pub disputed: bool,
    /// A claim of every repair says so for these very days.
    pub attested: bool,
}

/// A change that simplest histories have, and the days on which they have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    pub window: Window,
    pub from: StatusId,
    pub to: StatusId,
    /// No event claim reports it.
    pub assumed: bool,
    /// It comes by itself, at the end of a term, and no event claim is first met by it.
    pub lapsed: bool,
}

/// The limits of an inference, all on one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exceeded {
    /// Histories take more than [`EFFORT`] steps.
    Effort,
    /// More than [`REPAIRS`] repairs between two days on which all agree.
    Repairs,
    /// More than [`HEARINGS`] overruled claims, or their hearings take more than [`EFFORT`] steps.
    Hearings,
}

/// The single days that time is cut into where statuses lapse by themselves.
pub const DAYS: usize = 40_000;
/// The steps that may be taken for the histories of one pair, for all its hearings together, and for its conflicts:
/// seconds of work each.
pub const EFFORT: usize = 1_000_000;
/// The repairs that are told apart between two days on which all of them agree.
pub const REPAIRS: usize = 512;
/// The overruled claims of one pair that get a hearing.
pub const HEARINGS: usize = 128;

/// Steps that may still be taken.
struct Effort(Cell<usize>);

impl Effort {
    fn new() -> Effort {
        Effort::of(EFFORT)
    }

    fn of(steps: usize) -> Effort {
        Effort(Cell::new(steps))
    }

    fn left(&self) -> usize {
        self.0.get()
    }

    fn spend(&self, steps: usize) -> Result<(), Exceeded> {
        let left = self.left().checked_sub(steps).ok_or(Exceeded::Effort)?;
        self.0.set(left);
        Ok(())
    }
}

/// The simplest histories of one pair.
pub fn infer(problem: &Problem) -> Outcome {
    inferred(problem, true)
}

/// The same without the lane for the commonest pairs and what is done for few claims, to be compared with.
#[doc(hidden)]
pub fn infer_the_long_way(problem: &Problem) -> Outcome {
    inferred(problem, false)
}

fn inferred(problem: &Problem, shortcuts: bool) -> Outcome {
    let mut conflicts = hitting::Conflicts::default();
    let mut solve = |forced: Option<usize>, effort: &Effort| {
        histories::solve(problem, forced, effort, shortcuts.then_some(&mut conflicts))
    };
    let solution = match solve(None, &Effort::new()) {
        Ok(solution) => solution,
        Err(exceeded) => return unknown(problem, &exceeded),
    };
    let mut outcome = Outcome::unheard(solution);
    let effort = Effort::new();
    for (count, &claim) in outcome.overruled.iter().enumerate() {
        if count == HEARINGS {
            outcome.exceeded = Some(Exceeded::Hearings);
            break;
        }
        match solve(Some(claim), &effort) {
            Ok(heard) => outcome.stretches = hear(outcome.stretches, &heard.stretches, claim),
            Err(histories::Failure::Unsatisfiable) => {}
            Err(histories::Failure::Exceeded(_)) => {
                outcome.exceeded = Some(Exceeded::Hearings);
                break;
            }
        }
    }
    outcome
}

/// Of which repairs the simplest histories are wanted, and what of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Histories {
    OfAll,
    /// The changes of those that keep all claims, where they fit.
    ChangesIfAllFit,
    OfNone,
}

/// What the repairs leave out, as [`infer`] has it, and no hearings; what is not wanted there may not be. Besides it, the
/// conflicts that were found on the way. Claims are weighed, each given its trust, only if not all of them fit: most do.
pub fn sift(
    problem: &mut Problem,
    wanted: Histories,
    weigh: impl FnOnce(&mut [Claim]),
) -> (Outcome, Conflicts) {
    let mut conflicts = Conflicts::default();
    if let Some(solution) = plain::fit(problem, &mut conflicts, wanted) {
        return (Outcome::unheard(solution), conflicts);
    }
    weigh(&mut problem.claims);
    let solution = plain::solve(problem, None, &mut conflicts, wanted).and_then(Result::ok);
    (solution.map_or_else(|| infer(problem), Outcome::unheard), conflicts)
}

/// The same without hearings and in few steps, to see what would come of a change; `None` if these do not suffice.
pub fn glance(problem: &Problem) -> Option<Outcome> {
    const STEPS: usize = 20_000;
    let conflicts = &mut hitting::Conflicts::default();
    histories::solve(problem, None, &Effort::of(STEPS), Some(conflicts)).ok().map(Outcome::unheard)
}

/// Every status on every day, where a limit ended the search.
fn unknown(problem: &Problem, failure: &histories::Failure) -> Outcome {
    let histories::Failure::Exceeded(limit) = failure else {
        unreachable!("the history without a change satisfies the empty set of claims")
    };
    let anything = Stretch {
        window: Window::ALWAYS,
        status: problem.lifecycle.all(),
        otherwise: StatusSet::EMPTY,
        heard: Vec::new(),
        possible: true,
        disputed: true,
        attested: false,
    };
    Outcome {
        stretches: vec![anything],
        changes: Vec::new(),
        contested: Vec::new(),
        overruled: Vec::new(),
        left_out: Vec::new(),
        exceeded: Some(*limit),
    }
}

/// Adds what the hearing of a claim adds to the status of each day.
fn hear(base: Vec<Stretch>, heard: &[Stretch], claim: usize) -> Vec<Stretch> {
    let mut result = Vec::with_capacity(base.len());
    let mut place = 0;
    for stretch in base {
        let mut from = stretch.window.earliest;
        loop {
            let other = &heard[place];
            let to = stretch.window.latest.min(other.window.latest);
            let mut part = Stretch { window: Window::new(from, to), ..stretch.clone() };
            let added = other.status.without(part.status);
            if !added.is_empty() {
                part.otherwise = part.otherwise.union(added);
                part.heard.push(claim);
            }
            telling::push(&mut result, part);
            if other.window.latest == to && to < Day::DUSK {
                place += 1;
            }
            if to == stretch.window.latest {
                break;
            }
            from = to.next();
        }
    }
    result
}
