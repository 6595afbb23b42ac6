//! Smallest sets of claims that no history satisfies together.

use std::cell::Cell;

use super::state::{Machine, State};
use super::within::{Allowance, walk};
use super::{Claim, Effort, Exceeded, Part, Problem};
use crate::date::Window;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

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

/// Why claims do not all fit: each of `left_out`, which are the claims that the first repair leaves out, is on a side
/// of one of the disagreements. `Err` has those that were found before the limit.
pub fn disagreements(problem: &Problem, left_out: &[usize]) -> Result<Vec<Disagreement>, Vec<Disagreement>> {
    let kept: Vec<usize> = (0..problem.claims.len()).filter(|it| !left_out.contains(it)).collect();
    let search = Search { problem, kept, effort: Effort::new() };
    let mut found = Vec::new();
    let mut open = left_out.to_vec();
    while let Some(&claim) = open.first() {
        match search.disagreement(claim, &open[1..]) {
            Ok(disagreement) => {
                open.retain(|it| *it != claim && !disagreement.sides.iter().any(|side| side.contains(it)));
                found.extend((!disagreement.sides.is_empty()).then_some(disagreement));
            }
            Err(_) => return Err(found),
        }
    }
    Ok(found)
}

/// Claims to leave out so that the others fit, each taken in its turn if it fits with those taken before;
/// for pairs whose repairs are too many to find.
pub fn some_left_out(problem: &Problem) -> Vec<usize> {
    let effort = Effort::new();
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for claim in 0..problem.claims.len() {
        kept.push(claim);
        match satisfiable(problem, &kept, &effort, |_| {}) {
            Ok(true) => {}
            Ok(false) => left_out.extend(kept.pop()),
            // What is left is not looked at.
            Err(_) => break,
        }
    }
    left_out
}

struct Search<'a> {
    problem: &'a Problem<'a>,
    kept: Vec<usize>,
    effort: Effort,
}

impl Search<'_> {
    /// What stands against a claim that is left out; `others` are left out too. Without sides, if it fits after all.
    fn disagreement(&self, claim: usize, others: &[usize]) -> Result<Disagreement, Exceeded> {
        let Some((core, rule)) = self.core(claim)? else {
            return Ok(Disagreement { rule: Rule::Lifecycle, sides: Vec::new(), core: 0 });
        };
        let mut sides = Vec::new();
        for (place, &member) in core.iter().enumerate() {
            let rest: Vec<usize> = core.iter().copied().filter(|it| *it != member).collect();
            let last = place + 1 == core.len();
            let candidates = if last { others } else { &self.kept };
            let mut side = vec![member];
            // Without others a single claim would stand for any claim that fits no history.
            if !rest.is_empty() {
                let candidates = candidates.iter().copied().filter(|it| !core.contains(it)).collect();
                side.extend(self.instead(&rest, candidates)?);
            }
            if last { sides.extend(self.agreeing(&side)?) } else { sides.push(side) }
        }
        Ok(Disagreement { rule, sides, core: core.len() })
    }

    /// A smallest set that does not fit, the claim last.
    fn core(&self, claim: usize) -> Result<Option<(Vec<usize>, Rule)>, Exceeded> {
        let (problem, effort) = (self.problem, &self.effort);
        let mut core = Vec::new();
        if fits(problem, &[claim], effort)? {
            let mut all = self.kept.clone();
            all.push(claim);
            if fits(problem, &all, effort)? {
                return Ok(None);
            }
            core = smallest(problem, &mut vec![claim], &self.kept, true, effort)?;
        }
        core.sort_unstable();
        core.push(claim);
        let rule = rule(problem, &core, effort)?;
        Ok(Some((core, rule)))
    }

    /// The candidates each of which does not fit with `rest` either.
    fn instead(&self, rest: &[usize], candidates: Vec<usize>) -> Result<Vec<usize>, Exceeded> {
        let (problem, effort) = (self.problem, &self.effort);
        let (mut instead, mut doubtful) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let set: Vec<usize> = rest.iter().copied().chain([candidate]).collect();
            if satisfiable(problem, &set, effort, |_| {})? {
                continue;
            }
            let relaxed = satisfiable(problem, &set, effort, |it| {
                it.repeats_forbidden = false;
                it.orders_hold = false;
            })?;
            if relaxed { doubtful.push(candidate) } else { instead.push(candidate) }
        }
        // By shape, and in time: neighbours are likely to be on the same side.
        let key = |it: &usize| {
            problem.claims[*it].parts.first().map(|it| (it.window().earliest, it.window().latest))
        };
        doubtful.sort_by_key(|it| (key(it), *it));
        while let Some(&first) = doubtful.first() {
            let alike: Vec<usize> =
                doubtful.iter().copied().filter(|it| alike(problem, first, *it)).collect();
            doubtful.retain(|it| !alike.contains(it));
            self.apart(rest, &alike, &mut instead)?;
        }
        instead.sort_unstable();
        Ok(instead)
    }

    /// Of claims alike, those that others do not help to fit with `rest`: all at once, if that can be seen of a claim
    /// that says less than any of them, else each half by itself.
    fn apart(&self, rest: &[usize], claims: &[usize], apart: &mut Vec<usize>) -> Result<(), Exceeded> {
        let weakest = weakest(self.problem, claims);
        let helped = match weakest {
            Some(weakest) => {
                let mut problem = self.problem.clone();
                problem.claims.push(weakest);
                let set: Vec<usize> = rest.iter().copied().chain([problem.claims.len() - 1]).collect();
                fits(&problem, &set, &self.effort)?
            }
            None => true,
        };
        match claims {
            _ if !helped => apart.extend(claims),
            [_] => {}
            _ => {
                let (left, right) = claims.split_at(claims.len() / 2);
                self.apart(rest, left, apart)?;
                self.apart(rest, right, apart)?;
            }
        }
        Ok(())
    }

    /// A side, taken apart into claims that agree with each other.
    fn agreeing(&self, side: &[usize]) -> Result<Vec<Vec<usize>>, Exceeded> {
        let mut sides: Vec<(Option<Part>, Vec<usize>)> = Vec::new();
        'claims: for &claim in side {
            let own = deed(&self.problem.claims[claim]);
            for (common, claims) in &mut sides {
                let agrees = if let (Some(common), Some(own)) = (&common, &own) {
                    met_together(common, own).map(Some)
                } else {
                    let both = [claims[0], claim];
                    satisfiable(self.problem, &both, &self.effort, |_| {})?.then_some(None)
                };
                if let Some(narrowed) = agrees {
                    claims.push(claim);
                    *common = narrowed;
                    continue 'claims;
                }
            }
            sides.push((own, vec![claim]));
        }
        Ok(sides.into_iter().map(|it| it.1).collect())
    }
}

/// The event or act that a claim reports, if that is all it does.
fn deed(claim: &Claim) -> Option<Part> {
    match claim.parts[..] {
        [part @ (Part::Event { .. } | Part::Act { .. })] => Some(part),
        _ => None,
    }
}

/// Where two reports can be of one deed: what they say together.
fn met_together(a: &Part, b: &Part) -> Option<Part> {
    let window = a.window().intersect(b.window());
    match (*a, *b) {
        _ if window.is_empty() => None,
        (Part::Event { event, .. }, Part::Event { event: other, .. }) if event == other => {
            Some(Part::Event { event, window })
        }
        (Part::Act { act, .. }, Part::Act { act: other, .. }) if act == other => {
            Some(Part::Act { act, window })
        }
        _ => None,
    }
}

/// Whether two claims differ in their days alone.
fn alike(problem: &Problem, a: usize, b: usize) -> bool {
    let shape = |it: usize| {
        problem.claims[it].parts.iter().map(|it| with_window(*it, Window::ALWAYS)).collect::<Vec<_>>()
    };
    a == b || shape(a) == shape(b)
}

/// A claim that every history satisfies that satisfies one of these, which are alike.
fn weakest(problem: &Problem, claims: &[usize]) -> Option<Claim> {
    let mut weakest = problem.claims[*claims.first()?].clone();
    for &claim in &claims[1..] {
        for (part, other) in weakest.parts.iter_mut().zip(&problem.claims[claim].parts) {
            let (a, b) = (part.window(), other.window());
            let widest = Window::new(a.earliest.min(b.earliest), a.latest.max(b.latest));
            *part = with_window(*part, widest);
        }
    }
    let widens = |it: &Part| matches!(it, Part::Event { .. } | Part::Act { .. } | Part::Sometime { .. });
    (claims.len() == 1 || weakest.parts.iter().all(widens)).then_some(weakest)
}

fn with_window(part: Part, window: Window) -> Part {
    match part {
        Part::Event { event, .. } => Part::Event { event, window },
        Part::Act { act, .. } => Part::Act { act, window },
        Part::Sometime { statuses, .. } => Part::Sometime { statuses, window },
        Part::Always { .. } | Part::Spell { .. } | Part::Ends { .. } => part,
    }
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

/// Ways with few assumed changes are tried first: mostly there is one.
fn reaches_the_end(machine: &Machine) -> Result<bool, Exceeded> {
    for most in [1, u32::MAX] {
        let refused = Cell::new(false);
        if reaches(machine, most, &refused)? {
            return Ok(true);
        }
        if !refused.get() {
            break;
        }
    }
    Ok(false)
}

fn reaches(machine: &Machine, most: u32, refused: &Cell<bool>) -> Result<bool, Exceeded> {
    // For each state, the fewest assumed changes so far.
    let mut layer: IndexMap<State, u32, FxBuildHasher> = IndexMap::from_iter([(machine.start(), 0)]);
    for at in 0..machine.axis.stretches.len() {
        let mut next: IndexMap<State, u32, FxBuildHasher> = IndexMap::default();
        for (state, assumed) in &layer {
            let allowance = Allowance { most: most - assumed, refused };
            for node in walk(machine, at, state, allowance)? {
                // Where nothing is refused, nothing has to be counted.
                let so_far = if most == u32::MAX { 0 } else { assumed + node.cost.assumed };
                for step in machine.close(at, &node.state) {
                    let fewest = next.entry(step.state).or_insert(so_far);
                    *fewest = so_far.min(*fewest);
                }
            }
        }
        layer = next;
    }
    Ok(!layer.is_empty())
}
