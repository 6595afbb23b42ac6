//! Whether claims fit together: whether some history satisfies them.

use std::cell::RefCell;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::bound::{Bound, Cost};
use super::histories::{Search, cheapest};
use super::hitting::Conflicts;
use super::machine::Machine;
use super::plain;
use super::repeat::repeats;
use super::state::State;
use super::within::{Entry, Limit, Walks};
use super::{Effort, Exceeded, Part, Problem};

/// Claims, as a problem of their own.
pub(super) struct Fitting<'p> {
    pub(super) machine: Machine<'p>,
    /// It leaves rule 1 and orders out of account: it is the same without them.
    bound: Bound,
    effort: &'p Effort,
}

impl<'p> Fitting<'p> {
    pub(super) fn subset<'a>(problem: &Problem<'a>, claims: &[usize]) -> Problem<'a> {
        let claims = claims.iter().map(|&it| problem.claims[it].clone()).collect();
        Problem { claims, ends: problem.ends.clone(), ..*problem }
    }

    pub(super) fn of(problem: &'p Problem<'p>, effort: &'p Effort) -> Result<Fitting<'p>, Exceeded> {
        let machine = Machine::new(problem)?;
        let bound = Bound::of_changes(&machine);
        // To look at all stretches is work too, even if no walk is begun.
        effort.spend(1 + machine.axis.slots.len() / 8)?;
        Ok(Fitting { machine, bound, effort })
    }

    /// Whether some history satisfies all of them.
    pub(super) fn succeeds(&self) -> Result<bool, Exceeded> {
        Ok(cheapest(&self.machine, &self.bound, (self.effort, true), |it: Search| it.succeeds())?.is_some())
    }

    /// Whether rule 1 and orders are all that stands against it.
    pub(super) fn succeeds_relaxed(&mut self) -> Result<bool, Exceeded> {
        self.machine.repeats_forbidden = false;
        self.machine.orders_hold = false;
        self.succeeds()
    }
}

/// What is asked of the claims of one problem, one set after the other.
pub(super) struct Asked<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) effort: &'a Effort,
    /// What is known of it so far.
    conflicts: RefCell<Conflicts>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(problem: &'a Problem<'a>, effort: &'a Effort, known: Conflicts) -> Asked<'a> {
        Asked { problem, effort, conflicts: RefCell::new(known) }
    }

    /// Whether some history satisfies these claims.
    pub(super) fn satisfiable(&self, claims: &[usize]) -> Result<bool, Exceeded> {
        if let Some(known) = plain::satisfiable(self.problem, claims, true) {
            return Ok(known);
        }
        Fitting::of(&Fitting::subset(self.problem, claims), self.effort)?.succeeds()
    }

    /// Whether some history satisfies these claims together, and whatever others of the problem it takes to that end.
    ///
    /// Others can help: with "not member in 1999" between them, "joins 1994" and "joins 2006" fit. Counted like this,
    /// a part of what fits always fits.
    pub(super) fn fits(&self, claims: &[usize]) -> Result<bool, Exceeded> {
        let alone = self.fit_alone(claims)?;
        // Others help only against rule 1 and against an order.
        if alone.fit || alone.hopeless {
            return Ok(alone.fit);
        }
        if !alone.orders_matter && claims.len() <= CLAIMS {
            let mut helpers = helpers(self.problem, claims);
            if helpers.is_empty() {
                return Ok(false);
            }
            helpers.truncate(HELPERS);
            for helper in helpers {
                let with: Vec<usize> = claims.iter().copied().chain([helper]).collect();
                if self.satisfiable(&with)? {
                    return Ok(true);
                }
            }
        }
        if let Some(known) = plain::fits(self.problem, claims, &mut self.conflicts.borrow_mut()) {
            return Ok(known);
        }
        fits_with_others(self.problem, claims, self.effort)
    }

    /// Whether claims fit by themselves, and if not, whether it is known that others cannot help.
    pub(super) fn fit_alone(&self, claims: &[usize]) -> Result<Alone, Exceeded> {
        let known = |fit: bool, hopeless: bool| Alone { fit, hopeless, orders_matter: false };
        if self.conflicts.borrow().any_within(claims) {
            return Ok(known(false, true));
        }
        if let Some(fit) = plain::satisfiable(self.problem, claims, true) {
            if fit {
                return Ok(known(true, false));
            }
            // Where the lane does not take all others: whether they fit without rule 1, against which alone others help.
            let relaxed = || plain::satisfiable(self.problem, claims, false);
            let hopeless = plain::hopeless(self.problem, claims).or_else(|| relaxed().map(|it| !it));
            if let Some(hopeless) = hopeless {
                return Ok(known(false, hopeless));
            }
        }
        let subset = Fitting::subset(self.problem, claims);
        let mut fitting = Fitting::of(&subset, self.effort)?;
        let fit = fitting.succeeds()?;
        let orders_matter = fitting.machine.orders_matter();
        Ok(Alone { fit, hopeless: !fit && !fitting.succeeds_relaxed()?, orders_matter })
    }
}

/// How claims fit without others.
#[derive(Clone, Copy)]
pub(super) struct Alone {
    pub(super) fit: bool,
    /// No others help.
    pub(super) hopeless: bool,
    orders_matter: bool,
}

/// Of more claims it is not looked what could help them.
const CLAIMS: usize = 32;

/// Claims that are tried as help one by one, before all are.
const HELPERS: usize = 4;

/// The other claims that can show the party elsewhere between two reports of one event among these claims:
/// without such a one, what breaks rule 1 breaks it with any others too.
fn helpers(problem: &Problem, claims: &[usize]) -> Vec<usize> {
    let repeated = repeats(problem, |it| claims.contains(&it));
    let shows = |part: &Part| repeated.iter().any(|it| it.is_settled_by(problem, part));
    let others = (0..problem.claims.len()).filter(|it| !claims.contains(it));
    others.filter(|it| problem.claims[*it].parts.iter().any(shows)).collect()
}

/// The same with all other claims, any of which may be given up. Ways with few assumed changes are tried first:
/// mostly there is one.
fn fits_with_others(problem: &Problem, claims: &[usize], effort: &Effort) -> Result<bool, Exceeded> {
    let mut machine = Machine::new(problem)?;
    machine.forced.extend_from_slice(claims);
    machine.lossy = true;
    let bound = Bound::of_forced(&machine);
    for most in [Cost::with_assumed(1), Cost::ANY] {
        let limit = Limit { bound: Some(&bound), most, any_will_do: true, ..Limit::none(effort) };
        if reaches_the_end(&machine, &limit)? {
            return Ok(true);
        }
        if !limit.refused.get() {
            break;
        }
    }
    Ok(false)
}

fn reaches_the_end(machine: &Machine, limit: &Limit) -> Result<bool, Exceeded> {
    let (mut walks, mut steps) = (Walks::default(), Vec::new());
    // For each state, the least cost so far.
    let mut layer: IndexMap<State, Cost, FxBuildHasher> = IndexMap::from_iter([(machine.start(), Cost(0))]);
    for at in 0..machine.axis.slots.len() {
        let mut next: IndexMap<State, Cost, FxBuildHasher> = IndexMap::default();
        for (state, &cost) in &layer {
            walks.nodes.clear();
            walks.through(machine, at, Entry { state, number: 0, cost }, limit)?;
            for node in &walks.nodes {
                machine.close(at, &node.state, &mut steps);
                for step in steps.drain(..) {
                    let so_far = cost + node.cost;
                    if !limit.refuses_entry(so_far, at + 1, &step.state) {
                        let least = next.entry(step.state).or_insert(so_far);
                        *least = so_far.min(*least);
                    }
                }
            }
        }
        layer = next;
    }
    Ok(!layer.is_empty())
}
