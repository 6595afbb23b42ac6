//! Smallest sets of claims that no history satisfies together.

use std::collections::VecDeque;

use super::fitting::{Asked, Fitting};
use super::hitting::Conflicts;
use super::plain;
use super::sides::subject;
use super::{Effort, Exceeded, Problem};

/// What a set of claims breaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Rule {
    /// No history has such statuses and changes at all.
    Lifecycle,
    /// It would take one event twice for nothing (rule 1).
    Repeat,
    /// The acts and events would stand in a forbidden order.
    Order,
}

/// Claims that stand against each other, gathered by what they say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disagreement {
    pub rule: Rule,
    /// Sides of claims, by place. The first claims of the first [`Disagreement::core`] sides are a smallest set that does
    /// not fit: leave any of them out, and the rest fit. Every other claim of such a side could stand there instead of
    /// the first; the claims of the sides after them could stand instead of the last.
    pub sides: Vec<Vec<usize>>,
    pub core: usize,
}

impl Disagreement {
    /// A smallest set that does not fit.
    pub fn smallest(&self) -> impl Iterator<Item = usize> + '_ {
        self.sides[..self.core].iter().map(|it| it[0])
    }
}

/// Why claims do not all fit: each of `left_out`, which no history satisfies together with all that are kept, is on a side
/// of one of the disagreements. `Err` has those that were found before the limit. Conflicts that are known spare work.
pub fn disagreements(
    problem: &Problem,
    kept: &[usize],
    left_out: &[usize],
    known: Conflicts,
) -> Result<Vec<Disagreement>, Vec<Disagreement>> {
    let effort = Effort::new();
    let asked = Asked::of(problem, &effort, known);
    let search = Search { asked: &asked, kept: kept.to_vec() };
    let mut found = Vec::new();
    let mut open = left_out.to_vec();
    while let Some(&claim) = open.first() {
        let Ok(core) = search.core(claim) else { return Err(found) };
        let Some((core, rule)) = core else {
            open.remove(0);
            continue;
        };
        let sides = search.sides(&core, &open[1..]);
        let exceeded = sides.is_err();
        // Beyond the limit at least what stands against it is told.
        let sides = sides.unwrap_or_else(|_| alone(&core));
        open.retain(|it| *it != claim && !sides.iter().any(|side| side.contains(it)));
        found.push(Disagreement { rule, sides, core: core.len() });
        if exceeded {
            return Err(found);
        }
    }
    Ok(found)
}

/// Disagreements among claims that speak of days near each other, for pairs whose repairs are too many to find:
/// each claim, in the order of their days, against the last sixteen that fit together. Those that are found within the limit.
pub fn disagreements_nearby(problem: &Problem) -> Vec<Disagreement> {
    let effort = Effort::new();
    let asked = Asked::of(problem, &effort, Conflicts::default());
    let first_day = |it: usize| problem.claims[it].parts.iter().map(|it| it.window().earliest).min();
    let mut open: Vec<usize> = (0..problem.claims.len()).collect();
    open.sort_by_key(|it| (first_day(*it), *it));
    open.reverse();
    let mut near: VecDeque<usize> = VecDeque::new();
    let mut found = Vec::new();
    while let Some(claim) = open.pop() {
        let search = Search { asked: &asked, kept: near.iter().copied().collect() };
        let Ok(core) = search.core(claim) else { break };
        let Some((core, rule)) = core else {
            near.push_back(claim);
            if near.len() > NEAR {
                near.pop_front();
            }
            continue;
        };
        let sides = search.sides(&core, &open);
        let exceeded = sides.is_err();
        let sides = sides.unwrap_or_else(|_| alone(&core));
        open.retain(|it| !sides.iter().any(|side| side.contains(it)));
        found.push(Disagreement { rule, sides, core: core.len() });
        if exceeded {
            break;
        }
    }
    found
}

/// A side for each claim.
fn alone(core: &[usize]) -> Vec<Vec<usize>> {
    core.iter().map(|it| vec![*it]).collect()
}

/// How many claims are near.
const NEAR: usize = 16;

pub(super) struct Search<'a> {
    pub(super) asked: &'a Asked<'a>,
    /// Claims that fit together.
    pub(super) kept: Vec<usize>,
}

impl Search<'_> {
    /// A smallest set that does not fit, the claim last.
    fn core(&self, claim: usize) -> Result<Option<(Vec<usize>, Rule)>, Exceeded> {
        let Asked { problem, effort, .. } = *self.asked;
        let mut core = Vec::new();
        if self.asked.fits(&[claim])? {
            // What speaks of the same stands against it more plainly than what does not.
            let own = subject(&problem.claims[claim]);
            let alike = self.kept.iter().copied().filter(|it| subject(&problem.claims[*it]) == own);
            let alike: Vec<usize> = alike.collect();
            let against = [&alike, &self.kept];
            let mut found = None;
            for candidates in against {
                let all: Vec<usize> = candidates.iter().copied().chain([claim]).collect();
                if !self.asked.fits(&all)? {
                    found = Some(smallest(self.asked, &mut vec![claim], candidates, true)?);
                    break;
                }
            }
            let Some(found) = found else { return Ok(None) };
            core = found;
        }
        core.sort_unstable();
        core.push(claim);
        let rule = rule(problem, &core, effort)?;
        Ok(Some((core, rule)))
    }
}

fn rule(problem: &Problem, set: &[usize], effort: &Effort) -> Result<Rule, Exceeded> {
    if let Some(repeats) = plain::satisfiable(problem, set, false) {
        return Ok(if repeats { Rule::Repeat } else { Rule::Lifecycle });
    }
    let subset = Fitting::subset(problem, set);
    let mut fitting = Fitting::of(&subset, effort)?;
    fitting.machine.repeats_forbidden = false;
    if fitting.succeeds()? {
        return Ok(Rule::Repeat);
    }
    fitting.machine.repeats_forbidden = true;
    fitting.machine.orders_hold = false;
    Ok(if fitting.succeeds()? { Rule::Order } else { Rule::Lifecycle })
}

/// Of `candidates`, a smallest set that does not fit together with `given`; they do not fit all together.
///
/// Halves the candidates as `QuickXplain` does (Junker, AAAI 2004), so that a few culprits among many cost few searches.
fn smallest(
    asked: &Asked,
    given: &mut Vec<usize>,
    candidates: &[usize],
    grown: bool,
) -> Result<Vec<usize>, Exceeded> {
    if !grown && !asked.fits(given)? {
        return Ok(Vec::new());
    }
    if candidates.len() <= 1 {
        return Ok(candidates.to_vec());
    }
    let (left, right) = candidates.split_at(candidates.len() / 2);
    let length = given.len();
    given.extend(left);
    let mut set = smallest(asked, given, right, left.is_empty())?;
    given.truncate(length);
    given.extend(&set);
    let rest = smallest(asked, given, left, set.is_empty())?;
    given.truncate(length);
    set.extend(rest);
    Ok(set)
}
