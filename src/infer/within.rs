//! One stretch, walked change by change: its days are alike, but there may be few of them, and each holds one change.

use std::cell::Cell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::lifecycle::StatusId;

use super::Exceeded;
use super::state::{Machine, State, Step};

/// How many changes a walk has, those that nothing reports first: less is simpler.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Cost {
    pub(super) assumed: u32,
    pub(super) changes: u32,
}

impl Cost {
    fn and_change(self, assumed: bool) -> Cost {
        Cost { assumed: self.assumed + u32::from(assumed), changes: self.changes + 1 }
    }
}

impl std::ops::Add for Cost {
    type Output = Cost;

    fn add(self, other: Cost) -> Cost {
        Cost { assumed: self.assumed + other.assumed, changes: self.changes + other.changes }
    }
}

/// The assumed changes that a walk may have, and whether a way was refused because it has more.
#[derive(Clone, Copy)]
pub(super) struct Allowance<'a> {
    pub(super) most: u32,
    pub(super) refused: &'a Cell<bool>,
}

impl Allowance<'_> {
    fn refuses(&self, cost: Cost) -> bool {
        let refuses = cost.assumed > self.most;
        if refuses {
            self.refused.set(true);
        }
        refuses
    }
}

/// A place that a walk through a stretch can come to.
pub(super) struct Node {
    pub(super) state: State,
    /// Of the days of the stretch, how many are needed to come here: the first, and one for each change after it.
    pub(super) used: usize,
    /// The least that it costs to come here in so many days.
    pub(super) cost: Cost,
    /// The claims given up since the stretch began, in order.
    pub(super) dropped: SmallVec<[u32; 2]>,
    /// How walks of that cost come here.
    pub(super) before: SmallVec<[Arrival; 1]>,
}

/// The last move of a walk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The first day brought no change.
    Stayed,
    /// The first day brought a change from this status.
    Entered { from: StatusId, assumed: bool },
    /// A later day brought a change from this node.
    Changed { from: usize, assumed: bool },
}

/// All places that a walk from `entry` through the stretch can come to, but for roundabout ways.
///
/// What was given up in the stretch can be read off a state, since its claims are still open;
/// so of two ways to one state the costlier one is never part of a simplest history if it takes no fewer days.
/// Ways with more than `allowance` assumed changes are left out.
pub(super) fn walk(
    machine: &Machine,
    at: usize,
    entry: &State,
    allowance: Allowance,
) -> Result<Vec<Node>, Exceeded> {
    let mut walk = Walk { nodes: Vec::new(), known: FxHashMap::default(), allowance };
    for step in machine.stay(at, entry) {
        walk.add(step, 1, Cost::default(), Arrival::Stayed, &[]);
    }
    for to in (0..machine.problem.lifecycle.statuses.len() as u8).map(StatusId) {
        for step in machine.change(at, entry, to) {
            let arrival = Arrival::Entered { from: entry.status, assumed: step.assumed };
            let cost = Cost::default().and_change(step.assumed);
            if allowance.refuses(cost) {
                continue;
            }
            walk.add(step, 1, cost, arrival, &[]);
        }
    }
    let days = machine.axis.stretches[at].days();
    let mut layer = 0..walk.nodes.len();
    // A state is as large as the number of claims that are open.
    let weight = 1 + machine.axis.stretches[at].open.len() / 8;
    machine.effort.spend(layer.len() * weight)?;
    for used in 2..=days {
        for place in layer.clone() {
            walk.go_on(machine, at, place, used);
        }
        layer = layer.end..walk.nodes.len();
        machine.effort.spend(layer.len() * weight)?;
        if layer.is_empty() {
            break;
        }
    }
    Ok(walk.nodes)
}

struct Walk<'a> {
    nodes: Vec<Node>,
    /// For each state, the places of the nodes that have it, by days used.
    known: FxHashMap<State, SmallVec<[usize; 2]>>,
    allowance: Allowance<'a>,
}

impl Walk<'_> {
    fn go_on(&mut self, machine: &Machine, at: usize, place: usize, used: usize) {
        let Node { state, cost, dropped, .. } = &self.nodes[place];
        let (state, cost, dropped) = (state.clone(), *cost, dropped.clone());
        for to in (0..machine.problem.lifecycle.statuses.len() as u8).map(StatusId) {
            for step in machine.change(at, &state, to) {
                let arrival = Arrival::Changed { from: place, assumed: step.assumed };
                let cost = cost.and_change(step.assumed);
                if self.allowance.refuses(cost) {
                    continue;
                }
                self.add(step, used, cost, arrival, &dropped);
            }
        }
    }

    fn add(&mut self, step: Step, used: usize, cost: Cost, arrival: Arrival, before: &[u32]) {
        let known = self.known.entry(step.state.clone()).or_default();
        for &place in known.iter() {
            let node = &mut self.nodes[place];
            if node.used < used && node.cost < cost {
                return;
            }
            if node.used == used {
                if node.cost < cost {
                    return;
                }
                if node.cost > cost {
                    node.before.clear();
                    node.cost = cost;
                }
                node.before.push(arrival);
                return;
            }
        }
        known.push(self.nodes.len());
        let mut dropped: SmallVec<[u32; 2]> = before.iter().copied().chain(step.dropped).collect();
        dropped.sort_unstable();
        self.nodes.push(Node {
            state: step.state,
            used,
            cost,
            dropped,
            before: smallvec::smallvec![arrival],
        });
    }
}
