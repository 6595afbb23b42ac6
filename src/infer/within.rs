//! One stretch, walked change by change: its days are alike, but there may be few of them, and each holds one change.

use std::cell::Cell;
use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::lifecycle::StatusId;

use super::bound::{Bound, Cost};
use super::lapse::LASTING;
use super::machine::{How, Machine, Step};
use super::state::{State, bits};
use super::{Effort, Exceeded};

/// What a whole history may cost, and whether a way was refused because it costs more.
pub(super) struct Limit<'a> {
    /// What lies ahead at least; without it no way is refused.
    pub(super) bound: Option<&'a Bound>,
    pub(super) most: Cost,
    pub(super) refused: Cell<bool>,
    /// One history is as good as all that cost no less.
    pub(super) any_will_do: bool,
    pub(super) effort: &'a Effort,
}

impl<'a> Limit<'a> {
    pub(super) fn none(effort: &'a Effort) -> Limit<'a> {
        Limit { bound: None, most: Cost::NEVER, refused: Cell::new(false), any_will_do: false, effort }
    }

    /// At the beginning of a stretch.
    pub(super) fn refuses_entry(&self, so_far: Cost, at: usize, state: &State) -> bool {
        self.bound.is_some_and(|it| self.refuses(so_far + it.enter(at, state)))
    }

    /// With a status that lapses then.
    fn refuses_within(&self, so_far: Cost, at: usize, (status, lapses): (StatusId, u32)) -> bool {
        self.bound.is_some_and(|it| self.refuses(so_far + it.within(at, status, lapses)))
    }

    fn refuses(&self, whole: Cost) -> bool {
        if whole <= self.most {
            return false;
        }
        if whole < Cost::NEVER {
            self.refused.set(true);
        }
        true
    }
}

/// A place that a walk through a stretch can come to.
pub(super) struct Node {
    pub(super) state: State,
    /// What the walk began from, as a number of the caller's.
    pub(super) entry: u32,
    /// Of the days of the stretch, how many are needed to come here: the first, and one for each change after it.
    pub(super) used: u32,
    /// The least that it costs to come here from there in so many days.
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
    Entered { from: StatusId, how: How },
    /// A later day brought a change from this node.
    Changed { from: u32, how: How },
}

/// Where walks begin.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) state: &'a State,
    /// The caller's number for it.
    pub(super) number: u32,
    /// What it cost to come here.
    pub(super) cost: Cost,
}

/// The nodes of walks, one walk after the other.
#[derive(Default)]
pub(super) struct Walks {
    pub(super) nodes: Vec<Node>,
    known: Places<State>,
    steps: Vec<Step>,
}

impl Walks {
    /// All places that a walk from `entry` through the stretch can come to, but for roundabout ways.
    ///
    /// What was given up in the stretch can be read off a state, since its claims are still open;
    /// so of two ways to one state the costlier one is never part of a simplest history if it takes no fewer days.
    pub(super) fn through(
        &mut self,
        machine: &Machine,
        at: usize,
        entry: Entry,
        limit: &Limit,
    ) -> Result<Range<usize>, Exceeded> {
        let first = self.nodes.len();
        self.known.clear();
        let mut walk = Walk { walks: self, machine, at, entry, limit, first };
        walk.stay();
        walk.change_from(None, 1);
        // A state is as large as the number of claims that are open.
        let weight = 1 + machine.axis.open(at).len() / 8;
        let mut layer = first..walk.walks.nodes.len();
        limit.effort.spend(layer.len() * weight)?;
        for used in 2..=machine.axis.slots[at].days() as u32 {
            for place in layer.clone() {
                walk.change_from(Some(place), used);
            }
            layer = layer.end..walk.walks.nodes.len();
            limit.effort.spend(layer.len() * weight)?;
            if layer.is_empty() {
                break;
            }
        }
        Ok(first..self.nodes.len())
    }
}

struct Walk<'a> {
    walks: &'a mut Walks,
    machine: &'a Machine<'a>,
    at: usize,
    entry: Entry<'a>,
    limit: &'a Limit<'a>,
    first: usize,
}

impl Walk<'_> {
    fn stay(&mut self) {
        let Entry { state, cost, .. } = self.entry;
        if self.limit.refuses_within(cost, self.at, (state.status, state.tenure.lapses())) {
            return;
        }
        let mut steps = std::mem::take(&mut self.walks.steps);
        self.machine.stay(self.at, state, &mut steps);
        for step in steps.drain(..) {
            self.add(step, 1, Cost::default(), Arrival::Stayed, None);
        }
        self.walks.steps = steps;
    }

    /// The changes of a day after a node, or of the first day.
    fn change_from(&mut self, place: Option<usize>, used: u32) {
        let (machine, at) = (self.machine, self.at);
        let slot = &machine.axis.slots[at];
        let before = place.map_or(self.entry.state, |it| &self.walks.nodes[it].state);
        let (from, targets) = (before.status, machine.targets(at, before));
        let so_far = place.map_or(Cost::default(), |it| self.walks.nodes[it].cost);
        let spent = self.entry.cost + so_far;
        let least = Cost::of_change(if slot.is_silent() { How::Assumed } else { How::Reported });
        let mut steps = std::mem::take(&mut self.walks.steps);
        for to in bits(targets.0).map(StatusId) {
            let before = place.map_or(self.entry.state, |it| &self.walks.nodes[it].state);
            let (mut least, mut arrives) = (least, (to, LASTING));
            if machine.terms.is_some() {
                arrives.1 = machine.lapse(at, before, to);
                if machine.is_lapse(at, before, to) {
                    least = Cost::default();
                }
            }
            if self.limit.refuses_within(spent + least, at, arrives) {
                continue;
            }
            machine.change(at, before, to, &mut steps);
            for step in steps.drain(..) {
                let how = step.how();
                let cost = Cost::of_change(how);
                if self.limit.refuses_within(spent + cost, at, arrives) {
                    continue;
                }
                let arrival = match place {
                    None => Arrival::Entered { from, how },
                    Some(from) => Arrival::Changed { from: from as u32, how },
                };
                self.add(step, used, so_far + cost, arrival, place);
            }
        }
        self.walks.steps = steps;
    }

    fn add(&mut self, step: Step, used: u32, cost: Cost, arrival: Arrival, before: Option<usize>) {
        let Walks { nodes, known, .. } = &mut *self.walks;
        for place in known.of(&step.state, &nodes[self.first..], |it| &it.state) {
            let node = &mut nodes[self.first + place];
            if node.used < used && node.cost < cost {
                return;
            }
            if self.limit.any_will_do && node.used <= used && node.cost <= cost {
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
        let mut dropped = step.dropped;
        if let Some(before) = before.map(|it| &nodes[it].dropped).filter(|it| !it.is_empty()) {
            dropped.extend_from_slice(before);
        }
        dropped.sort_unstable();
        let before = smallvec::smallvec![arrival];
        let node = Node { state: step.state, entry: self.entry.number, used, cost, dropped, before };
        nodes.push(node);
    }
}

/// Finds things by what they are known by: a few by looking at each of them, many by hashing.
pub(super) struct Places<K> {
    hashed: FxHashMap<K, SmallVec<[usize; 2]>>,
    /// How many are hashed.
    count: usize,
}

impl<K> Default for Places<K> {
    fn default() -> Places<K> {
        Places { hashed: FxHashMap::default(), count: 0 }
    }
}

impl<K: Clone + Eq + Hash> Places<K> {
    const FEW: usize = 16;

    pub(super) fn clear(&mut self) {
        if self.count > 0 {
            self.hashed.clear();
            self.count = 0;
        }
    }

    /// The places among `all`, to which things are only ever added.
    pub(super) fn of<T>(&mut self, key: &K, all: &[T], of: impl Fn(&T) -> &K) -> SmallVec<[usize; 2]> {
        if all.len() <= Self::FEW {
            return (0..all.len()).filter(|it| of(&all[*it]) == key).collect();
        }
        for (place, it) in all.iter().enumerate().skip(self.count) {
            self.hashed.entry(of(it).clone()).or_default().push(place);
        }
        self.count = all.len();
        self.hashed.get(key).cloned().unwrap_or_default()
    }
}
