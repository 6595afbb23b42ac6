//! For each repair, its simplest histories: forward over the stretches, backward where all repairs agree.

use std::cell::Cell;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::date::Window;
use crate::lifecycle::{StatusId, StatusSet};

use super::loss::{Loss, least_loss};
use super::state::{Machine, State};
use super::within::{Allowance, Arrival, Cost, Node, walk};
use super::{Change, Effort, Exceeded, Part, Problem, REPAIRS, Stretch, merge};

/// What the repairs of one problem, or those that keep one claim, have in common.
pub(super) struct Solution {
    pub(super) stretches: Vec<Stretch>,
    pub(super) changes: Vec<Change>,
    pub(super) contested: Vec<usize>,
    pub(super) overruled: Vec<usize>,
    pub(super) left_out: Vec<usize>,
}

#[derive(Debug)]
pub(super) enum Failure {
    /// No history satisfies the claim that must be satisfied.
    Unsatisfiable,
    Exceeded(Exceeded),
}

impl From<Exceeded> for Failure {
    fn from(exceeded: Exceeded) -> Failure {
        Failure::Exceeded(exceeded)
    }
}

/// The simplest histories of all repairs; with `forced`, of the repairs among the sets that contain that claim.
pub(super) fn solve(problem: &Problem, forced: Option<usize>, effort: &Effort) -> Result<Solution, Failure> {
    let mut machine = Machine::new(problem, forced.as_slice(), effort)?;
    machine.lossy = false;
    // Nearly always few changes have to be assumed: histories with more are looked at only if there is none with fewer.
    for most in [0, 1, 3, u32::MAX] {
        let refused = Cell::new(false);
        let allowance = Allowance { most, refused: &refused };
        if let Some(solution) = Search::new(&machine, None, allowance).run()? {
            return Ok(solution);
        }
        if !refused.get() {
            break;
        }
    }
    machine.lossy = true;
    let loss = least_loss(&machine)?.ok_or(Failure::Unsatisfiable)?;
    // Each repair has a fewest of its own, so nothing is refused.
    let everything = Allowance { most: u32::MAX, refused: &Cell::new(false) };
    let solution = Search::new(&machine, Some(&loss), everything).run()?;
    Ok(solution.expect("a repair has a history"))
}

/// The claims that a walk has given up since the segment began, as a place in `Search::labels`.
type Label = usize;

/// Walks that are at one state with one label at the beginning of a stretch.
struct Walks {
    cost: Cost,
    /// The walks and nodes of the stretch before that lead here at that cost.
    before: Vec<(usize, usize)>,
}

type Layer = IndexMap<(State, Label), Walks, FxBuildHasher>;

struct Search<'m, 'p> {
    machine: &'m Machine<'p>,
    loss: Option<&'m Loss>,
    allowance: Allowance<'m>,
    /// What was assumed before the segment began.
    assumed: u32,
    /// What was given up before the segment began.
    lost: u64,
    /// The stretch that the segment begins with.
    begins: usize,
    layers: Vec<Layer>,
    nodes: Vec<Vec<Vec<Node>>>,
    labels: IndexSet<Vec<u32>, FxBuildHasher>,
    stretches: Vec<Stretch>,
    changes: Vec<Change>,
    /// For each claim, whether some repair, every repair, and the first repair leaves it out.
    dropped: Vec<[bool; 3]>,
}

impl<'m, 'p> Search<'m, 'p> {
    fn new(machine: &'m Machine<'p>, loss: Option<&'m Loss>, allowance: Allowance<'m>) -> Search<'m, 'p> {
        let mut search = Search {
            machine,
            loss,
            allowance,
            assumed: 0,
            lost: 0,
            begins: 0,
            layers: Vec::new(),
            nodes: Vec::new(),
            labels: IndexSet::default(),
            stretches: Vec::new(),
            changes: Vec::new(),
            dropped: vec![[false; 3]; machine.problem.claims.len()],
        };
        search.begin(0, machine.start());
        search
    }

    /// A new segment: all walks are at this one state.
    fn begin(&mut self, at: usize, state: State) {
        self.begins = at;
        self.labels.clear();
        self.labels.insert(Vec::new());
        self.nodes.clear();
        let walks = Walks { cost: Cost::default(), before: Vec::new() };
        self.layers = vec![std::iter::once(((state, 0), walks)).collect()];
    }

    /// `None` where no history satisfies all claims and none may be given up.
    fn run(mut self) -> Result<Option<Solution>, Exceeded> {
        let end = self.machine.axis.stretches.len();
        for at in 0..end {
            let next = self.advance(at)?;
            if next.is_empty() {
                return Ok(None);
            }
            let first = next.get_index(0).expect("not empty").0.0.clone();
            let agreed = next.keys().all(|(state, _)| *state == first) && self.is_settled(at + 1, &first);
            self.layers.push(next);
            if agreed || at + 1 == end {
                self.settle();
                let last = self.layers.last().expect("a layer");
                self.assumed += last.values().map(|it| it.cost.assumed).min().unwrap_or(0);
                self.begin(at + 1, first);
            } else if self.repairs() > REPAIRS {
                return Err(Exceeded::Repairs);
            }
        }
        Ok(Some(self.conclude()))
    }

    /// The repairs that the walks of the last layer belong to.
    fn repairs(&self) -> usize {
        let walks = self.layers.last().expect("a layer").keys();
        walks.map(|it| it.1).collect::<FxHashSet<Label>>().len()
    }

    /// No claim that can attest a status is open across the boundary and may yet be given up.
    fn is_settled(&self, at: usize, state: &State) -> bool {
        let Some(slot) = self.machine.axis.stretches.get(at) else { return true };
        slot.carried.iter().enumerate().filter(|it| it.1.is_some()).all(|(place, _)| {
            let parts = &self.machine.problem.claims[slot.open[place]].parts;
            state.is_dropped(place)
                || !parts.iter().any(|it| matches!(it, Part::Always { .. } | Part::Spell { .. }))
        })
    }

    /// All walks of the last layer through one more stretch.
    fn advance(&mut self, at: usize) -> Result<Layer, Exceeded> {
        let layer = self.layers.last().expect("a segment has a layer");
        let mut next = Layer::default();
        let mut all = Vec::with_capacity(layer.len());
        for (walks, ((entry, label), so_far)) in layer.iter().enumerate() {
            // Only walks that give nothing up have one cost, that can be allowed for.
            let spent = if self.loss.is_none() { self.assumed + so_far.cost.assumed } else { 0 };
            let allowance = Allowance { most: self.allowance.most.saturating_sub(spent), ..self.allowance };
            let nodes = walk(self.machine, at, entry, allowance)?;
            for (place, node) in nodes.iter().enumerate() {
                for step in self.machine.close(at, &node.state) {
                    let Some(label) = extend(
                        self.machine,
                        self.loss,
                        &mut self.labels,
                        self.lost,
                        (at + 1, &step.state),
                        *label,
                        [&node.dropped, &step.dropped],
                    ) else {
                        continue;
                    };
                    let cost = so_far.cost + node.cost;
                    let to = next.entry((step.state, label)).or_insert(Walks { cost, before: Vec::new() });
                    if cost < to.cost {
                        *to = Walks { cost, before: Vec::new() };
                    }
                    if cost == to.cost {
                        to.before.push((walks, place));
                    }
                }
            }
            all.push(nodes);
        }
        self.nodes.push(all);
        Ok(next)
    }

    /// The segment has ended at a state on which all repairs agree: what each of them says of its days.
    fn settle(&mut self) {
        let ends: Vec<(usize, Label)> = self
            .layers
            .last()
            .expect("a layer")
            .keys()
            .enumerate()
            .map(|(place, it)| (place, it.1))
            .collect();
        let mut traces: Vec<Trace> = ends.iter().map(|&(place, label)| self.trace(place, label)).collect();
        // Of equally good repairs the first is the one that keeps the earlier claims.
        traces.sort_by(|a, b| b.dropped.cmp(&a.dropped));
        for claim in traces.iter().flat_map(|it| &it.dropped) {
            self.dropped[*claim as usize][0] = true;
        }
        for claim in &traces[0].dropped {
            let everywhere = traces.iter().all(|it| it.dropped.contains(claim));
            self.dropped[*claim as usize] = [true, everywhere, true];
        }
        let lost =
            traces[0].dropped.iter().map(|&it| u64::from(self.machine.problem.claims[it as usize].trust));
        self.lost += lost.sum::<u64>();
        for place in 0..self.nodes.len() {
            self.describe(self.begins + place, &traces);
        }
        self.changes.extend(traces.into_iter().flat_map(|it| it.changes));
    }

    /// All simplest histories of one repair, backward from the end of the segment.
    fn trace(&self, end: usize, label: Label) -> Trace {
        let mut trace = Trace {
            dropped: self.labels[label].clone(),
            holds: vec![Vec::new(); self.nodes.len()],
            changes: Vec::new(),
        };
        let mut ends: Vec<usize> = vec![end];
        for place in (0..self.nodes.len()).rev() {
            // For each walk of the stretch, its nodes on simplest histories, and how few changes they have ahead in it.
            let mut marked: IndexMap<usize, FxHashMap<usize, usize>, FxBuildHasher> = IndexMap::default();
            for end in ends {
                for &(walks, node) in &self.layers[place + 1][end].before {
                    marked.entry(walks).or_default().insert(node, 0);
                }
            }
            let slot = &self.machine.axis.stretches[self.begins + place];
            for (&walks, marks) in &mut marked {
                let nodes = &self.nodes[place][walks];
                for node in (0..nodes.len()).rev() {
                    let Some(&left) = marks.get(&node) else { continue };
                    let Node { state, used, before, .. } = &nodes[node];
                    let window = slot.holding(*used, left);
                    trace.holds[place].push((window, state.status));
                    for arrival in before {
                        let (from, assumed, window) = match *arrival {
                            Arrival::Stayed => continue,
                            Arrival::Entered { from, assumed } => (
                                from,
                                assumed,
                                Window::new(window.earliest, window.earliest.max(slot.window.earliest)),
                            ),
                            Arrival::Changed { from, assumed } => {
                                let ahead = marks.entry(from).or_insert(usize::MAX);
                                *ahead = (left + 1).min(*ahead);
                                (nodes[from].state.status, assumed, window)
                            }
                        };
                        trace.changes.push(Change { window, from, to: state.status, assumed });
                    }
                }
            }
            ends = marked.into_keys().collect();
        }
        trace
    }

    /// What the repairs say of the days of one stretch.
    fn describe(&mut self, at: usize, traces: &[Trace]) {
        let place = at - self.begins;
        let slot = &self.machine.axis.stretches[at];
        let holds = |it: &Trace| it.holds[place].clone();
        let mut edges = vec![slot.window.earliest];
        for (window, _) in traces.iter().flat_map(holds) {
            edges.extend([window.earliest, window.latest.next()]);
        }
        edges.retain(|it| slot.window.contains(*it));
        edges.sort_unstable();
        edges.dedup();
        for (number, &from) in edges.iter().enumerate() {
            let to = edges.get(number + 1).map_or(slot.window.latest, |it| it.previous());
            let days = Window::new(from, to);
            let says = |it: &Trace| -> StatusSet {
                it.holds[place].iter().filter(|it| it.0.contains(from)).map(|it| it.1).collect()
            };
            let said: Vec<StatusSet> = traces.iter().map(says).collect();
            let status = said.iter().fold(StatusSet::EMPTY, |all, it| all.union(*it));
            self.stretches.push(Stretch {
                window: days,
                status,
                otherwise: StatusSet::EMPTY,
                heard: Vec::new(),
                possible: said.iter().any(|it| it.len() > 1),
                disputed: said.iter().any(|it| *it != said[0]),
                attested: status.len() == 1 && traces.iter().all(|it| self.attests(at, it, status)),
            });
        }
    }

    /// Some claim of the repair says of every day of the stretch this very status, or the side that it is on.
    fn attests(&self, at: usize, repair: &Trace, status: StatusSet) -> bool {
        let slot = &self.machine.axis.stretches[at];
        slot.active.iter().any(|it| {
            let says = match it.part {
                Part::Always { statuses, .. } => status.is_subset(statuses) && self.is_one_side(statuses),
                Part::Event { event, window } => {
                    window.is_day() && StatusSet::of(self.machine.problem.lifecycle.event(event).to) == status
                }
                _ => false,
            };
            says && !repair.dropped.contains(&(it.claim as u32)) && !self.dropped[it.claim][1]
        })
    }

    /// All inside, or all outside.
    fn is_one_side(&self, statuses: StatusSet) -> bool {
        let inside = self.machine.problem.inside;
        statuses.is_subset(inside) || !statuses.meets(inside)
    }

    fn conclude(self) -> Solution {
        let claims = |which: usize| -> Vec<usize> {
            (0..self.dropped.len()).filter(|&it| self.dropped[it][which]).collect()
        };
        let overruled = claims(1);
        let contested = claims(0).into_iter().filter(|it| !overruled.contains(it)).collect();
        let left_out = claims(2);
        Solution {
            stretches: merge(self.stretches),
            changes: gather(self.changes),
            contested,
            overruled,
            left_out,
        }
    }
}

/// The simplest histories of one repair, within a segment.
struct Trace {
    dropped: Vec<u32>,
    /// For each stretch, the days on which a status can hold.
    holds: Vec<Vec<(Window, StatusId)>>,
    changes: Vec<Change>,
}

/// The label with what was given up since added; `None` where that is on no repair's way.
fn extend(
    machine: &Machine,
    loss: Option<&Loss>,
    labels: &mut IndexSet<Vec<u32>, FxBuildHasher>,
    lost: u64,
    (at, state): (usize, &State),
    label: Label,
    dropped: [&[u32]; 2],
) -> Option<Label> {
    let Some(loss) = loss else { return Some(label) };
    let remaining = loss.remaining(at, state)?;
    let mut set = labels[label].clone();
    set.extend(dropped.iter().copied().flatten());
    set.sort_unstable();
    let given_up: u64 = set.iter().map(|&it| u64::from(machine.problem.claims[it as usize].trust)).sum();
    (lost + given_up + remaining == loss.least).then(|| labels.insert_full(set).0)
}

/// One row for each change, over all the days on which it can happen without a gap.
fn gather(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|it| (it.from, it.to, it.window, it.assumed));
    let mut rows: Vec<Change> = Vec::new();
    for change in changes {
        match rows.last_mut() {
            Some(row)
                if (row.from, row.to) == (change.from, change.to)
                    && change.window.earliest <= row.window.latest.next() =>
            {
                row.window.latest = row.window.latest.max(change.window.latest);
                row.assumed |= change.assumed;
            }
            _ => rows.push(change),
        }
    }
    rows.sort();
    rows
}
