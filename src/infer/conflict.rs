//! Smallest sets of claims that no history satisfies together.

use super::state::{Machine, State};
use super::within::walk;
use super::{Effort, Exceeded, Problem};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// What a set of claims breaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// No history has such statuses and changes at all.
    Lifecycle,
    /// It would take one event twice for nothing (rule 1).
    Repeat,
    /// The acts and events would stand in a forbidden order.
    Order,
}

/// Whether some history satisfies these claims together, and whatever others of the problem it takes to that end.
///
/// Others can help: with "not member in 1999" between them, "joins 1994" and "joins 2006" fit. Counted like this,
/// a part of what fits always fits.
fn fits(problem: &Problem, claims: &[usize], effort: &Effort) -> Result<bool, Exceeded> {
    if satisfiable(problem, claims, effort, |_| {})? {
        return Ok(true);
    }
    // Others help only against rule 1 and against an order.
    let relaxed = satisfiable(problem, claims, effort, |it| {
        it.repeats_forbidden = false;
        it.orders_hold = false;
    })?;
    if !relaxed {
        return Ok(false);
    }
    let mut machine = Machine::new(problem, claims, effort)?;
    machine.lossy = true;
    reaches_the_end(&machine)
}

/// For each claim that the first repair leaves out, a smallest set with it that does not fit, and why; those that
/// are found within the limit.
///
/// Leave any claim of such a set out, and the rest fit.
pub fn conflicts(problem: &Problem, left_out: &[usize]) -> Vec<(Vec<usize>, Rule)> {
    let kept: Vec<usize> = (0..problem.claims.len()).filter(|it| !left_out.contains(it)).collect();
    let effort = Effort::new();
    let mut found: Vec<(Vec<usize>, Rule)> = Vec::new();
    for &claim in left_out {
        let Ok(conflict) = conflict(problem, claim, &kept, &effort) else { break };
        if !found.contains(&conflict) {
            found.push(conflict);
        }
    }
    found
}

fn conflict(
    problem: &Problem,
    claim: usize,
    kept: &[usize],
    effort: &Effort,
) -> Result<(Vec<usize>, Rule), Exceeded> {
    let mut set = vec![claim];
    if fits(problem, &set, effort)? {
        set.extend(smallest(problem, &mut vec![claim], kept, true, effort)?);
    }
    set.sort_unstable();
    let rule = rule(problem, &set, effort)?;
    Ok((set, rule))
}

fn rule(problem: &Problem, set: &[usize], effort: &Effort) -> Result<Rule, Exceeded> {
    if satisfiable(problem, set, effort, |it| it.repeats_forbidden = false)? {
        return Ok(Rule::Repeat);
    }
    let ordered = satisfiable(problem, set, effort, |it| it.orders_hold = false)?;
    Ok(if ordered { Rule::Order } else { Rule::Lifecycle })
}

/// Of `candidates`, a smallest set that does not fit together with `given`; they do not fit all together.
///
/// Halves the candidates as `QuickXplain` does (Junker, AAAI 2004), so that a few culprits among many cost few searches.
fn smallest(
    problem: &Problem,
    given: &mut Vec<usize>,
    candidates: &[usize],
    grown: bool,
    effort: &Effort,
) -> Result<Vec<usize>, Exceeded> {
    if !grown && !fits(problem, given, effort)? {
        return Ok(Vec::new());
    }
    if candidates.len() <= 1 {
        return Ok(candidates.to_vec());
    }
    let (left, right) = candidates.split_at(candidates.len() / 2);
    let length = given.len();
    given.extend(left);
    let mut set = smallest(problem, given, right, left.is_empty(), effort)?;
    given.truncate(length);
    given.extend(&set);
    let rest = smallest(problem, given, left, set.is_empty(), effort)?;
    given.truncate(length);
    set.extend(rest);
    Ok(set)
}

/// Whether some history satisfies these claims alone, where some rules are relaxed.
fn satisfiable(
    problem: &Problem,
    claims: &[usize],
    effort: &Effort,
    relax: impl Fn(&mut Machine),
) -> Result<bool, Exceeded> {
    let claims = claims.iter().map(|&it| problem.claims[it].clone()).collect();
    let subset = Problem { claims, ends: problem.ends.clone(), ..*problem };
    let mut machine = Machine::new(&subset, &[], effort)?;
    machine.lossy = false;
    relax(&mut machine);
    reaches_the_end(&machine)
}

fn reaches_the_end(machine: &Machine) -> Result<bool, Exceeded> {
    let mut layer: IndexSet<State, FxBuildHasher> = IndexSet::from_iter([machine.start()]);
    for at in 0..machine.axis.stretches.len() {
        let mut next = IndexSet::default();
        for state in &layer {
            for node in walk(machine, at, state)? {
                next.extend(machine.close(at, &node.state).into_iter().map(|it| it.state));
            }
        }
        layer = next;
    }
    Ok(!layer.is_empty())
}
