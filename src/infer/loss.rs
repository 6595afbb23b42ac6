//! The least trust that has to be given up between a state and the end of time.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::bound::{Bound, Cost};
use super::machine::Machine;
use super::state::State;
use super::within::{Entry, Limit, Walks};
use super::{Effort, Exceeded};

/// For each stretch, the least loss from each state at its beginning to the end.
pub(super) struct Loss {
    remaining: Vec<FxHashMap<State, u64>>,
    pub(super) least: u64,
}

impl Loss {
    /// The least loss still to come for a state at the beginning of a stretch; `None` where it is on no repair's way.
    pub(super) fn remaining(&self, at: usize, state: &State) -> Option<u64> {
        self.remaining[at].get(state).copied()
    }
}

/// A state at the beginning of a stretch, met on the way forward.
#[derive(Default)]
struct Reached {
    /// The least loss so far.
    loss: u64,
    /// Where it leads in the next stretch, and what is given up on the way.
    leads: Vec<(usize, u64)>,
}

type Layer = IndexMap<State, Reached, FxBuildHasher>;

/// `None` where no history satisfies the claim that is forced.
///
/// Budgets double until one suffices, so that states which give up far too much are never looked at.
pub(super) fn least_loss(
    machine: &Machine,
    bound: &Bound,
    effort: &Effort,
) -> Result<Option<Loss>, Exceeded> {
    let all: u64 = machine.problem.claims.iter().map(|it| u64::from(it.trust)).sum();
    let mut budget = bound.enter(0, &machine.start()).0.max(1).next_power_of_two();
    loop {
        if let Some(layers) = forward(machine, budget, bound, effort)? {
            return Ok(Some(backward(layers)));
        }
        if budget >= all {
            return Ok(None);
        }
        budget *= 2;
    }
}

fn forward(
    machine: &Machine,
    budget: u64,
    bound: &Bound,
    effort: &Effort,
) -> Result<Option<Vec<Layer>>, Exceeded> {
    let limit = Limit::none(effort);
    let (mut walks, mut steps) = (Walks::default(), Vec::new());
    let mut layers = vec![Layer::default()];
    layers[0].insert(machine.start(), Reached::default());
    for at in 0..machine.axis.slots.len() {
        let mut next = Layer::default();
        for place in 0..layers[at].len() {
            let (state, reached) = layers[at].get_index(place).expect("in the layer");
            let so_far = reached.loss;
            let mut leads = FxHashMap::default();
            walks.nodes.clear();
            let entry = Entry { state, number: 0, cost: Cost::default() };
            walks.through(machine, at, entry, &limit)?;
            for node in &walks.nodes {
                machine.close(at, &node.state, &mut steps);
                for step in steps.drain(..) {
                    let loss = machine.trust(&node.dropped) + machine.trust(&step.dropped);
                    let ahead = bound.enter(at + 1, &step.state);
                    // It counts once more what has been given up and is still open.
                    let ahead = match ahead {
                        Cost::NEVER => ahead,
                        _ => Cost(ahead.0.saturating_sub(still_open(machine, at + 1, &step.state))),
                    };
                    if Cost(so_far + loss) + ahead > Cost(budget) {
                        continue;
                    }
                    let to = next.entry(step.state);
                    let to_place = to.index();
                    let reached = to.or_insert(Reached { loss: u64::MAX, leads: Vec::new() });
                    reached.loss = reached.loss.min(so_far + loss);
                    let known = leads.entry(to_place).or_insert(loss);
                    *known = loss.min(*known);
                }
            }
            layers[at][place].leads = leads.into_iter().collect();
        }
        if next.is_empty() {
            return Ok(None);
        }
        layers.push(next);
    }
    Ok(Some(layers))
}

/// The trust of the open claims that have been given up.
fn still_open(machine: &Machine, at: usize, state: &State) -> u64 {
    if at == machine.axis.slots.len() {
        return 0;
    }
    let open = (0..).zip(machine.axis.open(at)).filter(|it| state.is_dropped(it.0));
    open.map(|it| u64::from(machine.problem.claims[*it.1 as usize].trust)).sum()
}

fn backward(layers: Vec<Layer>) -> Loss {
    let mut remaining: Vec<Vec<Option<u64>>> = vec![Vec::new(); layers.len()];
    for (at, layer) in layers.iter().enumerate().rev() {
        let ahead = remaining.get(at + 1).cloned().unwrap_or_default();
        let least = |reached: &Reached| {
            let ways = reached.leads.iter().filter_map(|&(to, loss)| ahead[to].map(|it| it + loss));
            if at + 1 == layers.len() { Some(0) } else { ways.min() }
        };
        remaining[at] = layer.values().map(least).collect();
    }
    let least = remaining[0][0].expect("the end was reached");
    let keep = |(layer, remaining): (Layer, Vec<Option<u64>>)| {
        let pairs = layer.into_iter().zip(remaining);
        let on_the_way = pairs.filter_map(|((state, reached), left)| {
            left.filter(|it| reached.loss + it == least).map(|it| (state, it))
        });
        on_the_way.collect()
    };
    Loss { remaining: layers.into_iter().zip(remaining).map(keep).collect(), least }
}
