//! The repairs of a pair with few claims: claims are left out, the least trusted first, until the others fit.
//!
//! Where that takes many tries, `loss` and `histories` find the repairs without trying sets of claims one by one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bound::Bound;
use super::histories::{Search, cheapest};
use super::machine::Machine;
use super::telling::{Solution, Telling, Trace};
use super::{Effort, Problem};

/// Of a pair with more claims no sets are tried.
const CLAIMS: usize = 16;
/// Sets of claims that are tried.
pub(super) const TRIES: usize = 200;
/// The steps of all tries.
const STEPS: usize = 20_000;

/// The simplest histories of all repairs, of which none keeps all claims. `None` where it takes too many tries.
pub(super) fn solve(machine: &mut Machine, bound: &Bound) -> Option<Solution> {
    let claims = &machine.problem.claims;
    if claims.len() > CLAIMS || claims.iter().any(|it| it.trust == 0) {
        return None;
    }
    let traces = traces(machine, bound);
    machine.left_out.clear();
    let mut telling = Telling::new(machine);
    telling.tell(0, traces?);
    Some(telling.conclude())
}

/// The simplest histories of each repair.
fn traces(machine: &mut Machine, bound: &Bound) -> Option<Vec<Trace>> {
    let effort = Effort::of(STEPS + 32 * machine.days());
    let at_least = bound.enter(0, &machine.start()).0;
    let free = |it: usize| !machine.forced.contains(&it);
    let mut sets = Sets::of(machine.problem, free).skip_while(|it| it.0 < at_least);
    let mut least = None;
    let mut traces = Vec::new();
    for _ in 0..TRIES {
        let Some((loss, set)) = sets.next().filter(|it| least.is_none_or(|least| it.0 == least)) else {
            return (!traces.is_empty()).then_some(traces);
        };
        machine.left_out = (0..CLAIMS).filter(|it| set >> it & 1 == 1).collect();
        let bound = Bound::of_changes(machine);
        if let Some(trace) =
            cheapest(machine, &bound, (&effort, false), |it: Search| it.trace_whole()).ok()?
        {
            least = Some(loss);
            let dropped = machine.left_out.iter().map(|it| *it as u32).collect();
            traces.push(Trace { dropped, ..trace });
        }
    }
    None
}

/// Sets of claims that are free to be left out, as bits, by their trust.
struct Sets {
    /// Claims by trust.
    claims: Vec<(u64, usize)>,
    /// The trust of a set, the place of its last claim in `claims`, and the set.
    next: BinaryHeap<Reverse<(u64, usize, u32)>>,
}

impl Sets {
    fn of(problem: &Problem, free: impl Fn(usize) -> bool) -> Sets {
        let all = problem.claims.iter().enumerate().filter(|it| free(it.0));
        let mut claims: Vec<(u64, usize)> = all.map(|it| (u64::from(it.1.trust), it.0)).collect();
        claims.sort_unstable();
        let first = claims.first().map(|&(trust, claim)| Reverse((trust, 0, 1 << claim)));
        Sets { claims, next: first.into_iter().collect() }
    }
}

impl Iterator for Sets {
    type Item = (u64, u32);

    /// Each set comes from the one without its last claim, or with the claim before that instead.
    fn next(&mut self) -> Option<(u64, u32)> {
        let Reverse((trust, last, set)) = self.next.pop()?;
        let own = self.claims[last];
        if let Some(&(more, claim)) = self.claims.get(last + 1) {
            self.next.push(Reverse((trust + more, last + 1, set | 1 << claim)));
            self.next.push(Reverse((trust + more - own.0, last + 1, set & !(1 << own.1) | 1 << claim)));
        }
        Some((trust, set))
    }
}
