//! For each repair, its simplest histories: forward over the stretches, backward where all repairs agree.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};
use smallvec::SmallVec;

use crate::date::Window;

use super::axis::holding;
use super::bound::{Bound, Cost};
use super::few;
use super::hitting::Conflicts;
use super::loss::{Loss, least_loss};
use super::machine::{How, Machine, Step};
use super::plain;
use super::state::State;
use super::telling::{Solution, Telling, Trace};
use super::within::{Arrival, Entry, Limit, Node, Places, Walks};
use super::{Change, Effort, Exceeded, Part, Problem, REPAIRS};

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

/// The simplest histories of all repairs; with `forced`, of the repairs among the sets that contain that claim,
/// which some repair leaves out. Shortcuts need the conflicts that are known of the problem, and may add some.
pub(super) fn solve(
    problem: &Problem,
    forced: Option<usize>,
    effort: &Effort,
    mut shortcuts: Option<&mut Conflicts>,
) -> Result<Solution, Failure> {
    if let Some(conflicts) = &mut shortcuts
        && let Some(solved) = plain::solve(problem, forced, conflicts, super::Histories::OfAll)
    {
        return solved;
    }
    let mut machine = Machine::new(problem)?;
    machine.forced.extend(forced);
    if forced.is_none() {
        let bound = Bound::of_changes(&machine);
        if let Some(solution) = cheapest(&machine, &bound, (effort, false), |it: Search| it.run())? {
            return Ok(solution);
        }
    }
    let bound = Bound::of_loss(&machine);
    if bound.enter(0, &machine.start()) == Cost::NEVER {
        return Err(Failure::Unsatisfiable);
    }
    if shortcuts.is_some()
        && let Some(solution) = few::solve(&mut machine, &bound)
    {
        return Ok(solution);
    }
    machine.lossy = true;
    let loss = least_loss(&machine, &bound, effort)?.ok_or(Failure::Unsatisfiable)?;
    // Each repair has a fewest of its own, so nothing is refused.
    let limit = Limit::none(effort);
    let solution = Search::new(&machine, Some(&loss), &limit).run()?;
    Ok(solution.expect("a repair has a history"))
}

/// Ways that cost more than the least that the bound knows of are looked at only if there is none that costs no more;
/// then, as nearly always few changes have to be assumed, ways with more of them only if there is none with fewer.
pub(super) fn cheapest<'m, 'p: 'm, T>(
    machine: &'m Machine<'p>,
    bound: &Bound,
    (effort, any_will_do): (&Effort, bool),
    look: impl for<'s> Fn(Search<'s, 'p>) -> Result<Option<T>, Exceeded>,
) -> Result<Option<T>, Exceeded> {
    const FEW_STEPS: usize = 10_000;
    let least = bound.enter(0, &machine.start());
    if least == Cost::NEVER || machine.has_to_repeat() {
        return Ok(None);
    }
    let few_steps = FEW_STEPS + machine.days();
    let own_steps = Effort::of(few_steps);
    let tries = [0, 1, 3].into_iter().filter(|it| *it >= least.assumed()).map(Cost::with_assumed);
    let all = Cost::ANY;
    for (number, most) in std::iter::once(least).chain(tries).chain([all]).enumerate() {
        let first = number == 0;
        let own = if first { &own_steps } else { effort };
        let limit = Limit { bound: Some(bound), most, any_will_do, ..Limit::none(own) };
        let found = look(Search::new(machine, None, &limit));
        if first {
            effort.spend(few_steps - own_steps.left())?;
        }
        match found {
            Err(_) if first => {}
            Ok(None) if limit.refused.get() => {}
            _ => return found,
        }
    }
    Ok(None)
}

/// A segment with so many nodes ends where it can.
const MANY: usize = 4096;

/// The claims that a walk has given up since the segment began, as a place in `Search::labels`.
type Label = u32;

/// Walks that are at one state with one label at the beginning of a stretch.
struct Point {
    at: (State, Label),
    cost: Cost,
    /// The nodes of the stretch before that lead here at that cost.
    before: SmallVec<[u32; 2]>,
}

pub(super) struct Search<'m, 'p> {
    machine: &'m Machine<'p>,
    loss: Option<&'m Loss>,
    limit: &'m Limit<'m>,
    /// What the walks cost before the segment began.
    spent: Cost,
    /// What was given up before the segment began.
    lost: u64,
    /// The stretch that the segment begins with.
    begins: usize,
    points: Vec<Point>,
    walks: Walks,
    /// Of each stretch of the segment, its first point and its first node.
    layers: Vec<(usize, usize)>,
    known: Places<(State, Label)>,
    labels: IndexSet<Vec<u32>, FxBuildHasher>,
    steps: Vec<Step>,
}

impl<'m, 'p> Search<'m, 'p> {
    fn new(machine: &'m Machine<'p>, loss: Option<&'m Loss>, limit: &'m Limit<'m>) -> Search<'m, 'p> {
        let mut search = Search {
            machine,
            loss,
            limit,
            spent: Cost::default(),
            lost: 0,
            begins: 0,
            points: Vec::new(),
            walks: Walks::default(),
            layers: Vec::new(),
            known: Places::default(),
            labels: IndexSet::default(),
            steps: Vec::new(),
        };
        search.begin(0, machine.start());
        search
    }

    /// A new segment: all walks are at this one state.
    fn begin(&mut self, at: usize, state: State) {
        self.begins = at;
        if self.loss.is_some() {
            self.labels.clear();
            self.labels.insert(Vec::new());
        }
        self.walks.nodes.clear();
        self.points.clear();
        self.points.push(Point { at: (state, 0), cost: Cost::default(), before: SmallVec::new() });
        self.layers.clear();
        self.layers.push((0, 0));
    }

    /// `None` where no history satisfies all claims and none may be given up.
    fn run(mut self) -> Result<Option<Solution>, Exceeded> {
        let mut telling = Telling::new(self.machine);
        let end = self.machine.axis.slots.len();
        for at in 0..end {
            if !self.advance(at)? {
                return Ok(None);
            }
            let last = self.last_layer();
            let first = &last[0].at.0;
            let agreed = last.iter().all(|it| it.at.0 == *first) && self.is_settled(at + 1, first);
            // Where nothing is given up, a segment only keeps memory small.
            let worth_it = self.loss.is_some() || self.walks.nodes.len() > MANY;
            if agreed && worth_it || at + 1 == end {
                let first = first.clone();
                self.settle(&mut telling);
                self.begin(at + 1, first);
            } else if self.repairs() > REPAIRS {
                return Err(Exceeded::Repairs);
            }
        }
        Ok(Some(telling.conclude()))
    }

    /// All simplest histories, from dawn to dusk, where all claims hold but those that are left out.
    pub(super) fn trace_whole(mut self) -> Result<Option<Trace>, Exceeded> {
        for at in 0..self.machine.axis.slots.len() {
            if !self.advance(at)? {
                return Ok(None);
            }
        }
        let end = self.layers.last().expect("a segment has a layer").0;
        Ok(Some(self.trace(end)))
    }

    /// Whether some history satisfies all claims but those that are left out.
    pub(super) fn succeeds(mut self) -> Result<Option<()>, Exceeded> {
        for at in 0..self.machine.axis.slots.len() {
            if !self.advance(at)? {
                return Ok(None);
            }
            let first = self.layers.last().expect("a segment has a layer").0;
            self.points.drain(..first);
            self.walks.nodes.clear();
            self.layers.clear();
            self.layers.push((0, 0));
        }
        Ok(Some(()))
    }

    fn last_layer(&self) -> &[Point] {
        &self.points[self.layers.last().expect("a segment has a layer").0..]
    }

    /// The repairs that the walks of the last layer belong to.
    fn repairs(&self) -> usize {
        if self.loss.is_none() {
            return 1;
        }
        self.last_layer().iter().map(|it| it.at.1).collect::<FxHashSet<Label>>().len()
    }

    /// No claim that can attest a status is open across the boundary and may yet be given up.
    fn is_settled(&self, at: usize, state: &State) -> bool {
        if self.loss.is_none() || at == self.machine.axis.slots.len() {
            return true;
        }
        let open = (0..).zip(self.machine.axis.open(at)).zip(self.machine.axis.carried(at));
        open.filter(|it| *it.1 != super::axis::NEW).all(|((place, claim), _)| {
            let parts = &self.machine.problem.claims[*claim as usize].parts;
            state.is_dropped(place)
                || !parts.iter().any(|it| matches!(it, Part::Always { .. } | Part::Spell { .. }))
        })
    }

    /// All walks of the last layer through one more stretch; false where none comes to its end.
    fn advance(&mut self, at: usize) -> Result<bool, Exceeded> {
        let (first, _) = *self.layers.last().expect("a segment has a layer");
        let end = self.points.len();
        self.known.clear();
        for number in first..end {
            let Point { at: (state, _), cost, .. } = &self.points[number];
            let entry = Entry { state, number: number as u32, cost: self.spent + *cost };
            let nodes = self.walks.through(self.machine, at, entry, self.limit)?;
            for node in nodes {
                let mut steps = std::mem::take(&mut self.steps);
                self.machine.close(at, &self.walks.nodes[node].state, &mut steps);
                for step in steps.drain(..) {
                    self.arrive(at + 1, end, number, node, step);
                }
                self.steps = steps;
            }
        }
        self.layers.push((end, self.walks.nodes.len()));
        Ok(self.points.len() > end)
    }

    /// A walk from a point by a node has come to the beginning of a stretch, whose points begin at `first`.
    fn arrive(&mut self, at: usize, first: usize, number: usize, node: usize, step: Step) {
        let cost = self.points[number].cost + self.walks.nodes[node].cost;
        if self.limit.refuses_entry(self.spent + cost, at, &step.state) {
            return;
        }
        let label = self.points[number].at.1;
        let Some(label) = self.extend((at, &step.state), label, node, &step.dropped) else { return };
        let key = (step.state, label);
        let found = self.known.of(&key, &self.points[first..], |it| &it.at);
        let Some(place) = found.first().map(|it| first + it) else {
            self.points.push(Point { at: key, cost, before: smallvec::smallvec![node as u32] });
            return;
        };
        let point = &mut self.points[place];
        if cost < point.cost {
            point.cost = cost;
            point.before.clear();
        }
        if cost == point.cost {
            point.before.push(node as u32);
        }
    }
}

// Looking back.
impl Search<'_, '_> {
    /// The label with what was given up since added; `None` where that is on no repair's way.
    fn extend(
        &mut self,
        (at, state): (usize, &State),
        label: Label,
        node: usize,
        dropped: &[u32],
    ) -> Option<Label> {
        let Some(loss) = self.loss else { return Some(label) };
        let remaining = loss.remaining(at, state)?;
        let mut set = self.labels[label as usize].clone();
        set.extend_from_slice(&self.walks.nodes[node].dropped);
        set.extend_from_slice(dropped);
        set.sort_unstable();
        let given_up = self.machine.trust(&set);
        (self.lost + given_up + remaining == loss.least).then(|| self.labels.insert_full(set).0 as Label)
    }

    /// The segment has ended at a state on which all repairs agree: what each of them says of its days.
    fn settle(&mut self, telling: &mut Telling) {
        let last = self.layers.last().expect("a segment has a layer").0;
        let least = self.points[last..].iter().map(|it| it.cost).min();
        self.spent = self.spent + least.unwrap_or_default();
        let traces: Vec<Trace> = (last..self.points.len()).map(|it| self.trace(it)).collect();
        self.lost += self.machine.trust(&traces[0].dropped);
        telling.tell(self.begins, traces);
    }

    /// All simplest histories of one repair, backward from the end of the segment.
    fn trace(&self, end: usize) -> Trace {
        let dropped = self.labels.get_index(self.points[end].at.1 as usize).cloned().unwrap_or_default();
        let mut trace = Trace { dropped, ..Trace::default() };
        // How few changes each node that is on a simplest history has ahead in its stretch.
        let mut ahead = vec![u32::MAX; self.walks.nodes.len()];
        let mut marked = vec![false; self.points.len()];
        marked[end] = true;
        for place in (0..self.layers.len() - 1).rev() {
            let (next, nodes_end) = self.layers[place + 1];
            let points_end = self.layers.get(place + 2).map_or(self.points.len(), |it| it.0);
            for point in (next..points_end).filter(|it| marked[*it]) {
                self.points[point].before.iter().for_each(|it| ahead[*it as usize] = 0);
            }
            let first = trace.holds.len();
            for node in (self.layers[place].1..nodes_end).rev() {
                if ahead[node] < u32::MAX {
                    marked[self.walks.nodes[node].entry as usize] = true;
                    self.mark(self.begins + place, node, &mut ahead, &mut trace);
                }
            }
            trace.stretches.push(first..trace.holds.len());
        }
        trace.stretches.reverse();
        trace
    }

    /// The days of one node, and the changes that lead to it.
    fn mark(&self, at: usize, node: usize, ahead: &mut [u32], trace: &mut Trace) {
        let slot = &self.machine.axis.slots[at];
        let left = ahead[node];
        let Node { state, used, before, .. } = &self.walks.nodes[node];
        let window = holding(slot.window, *used, left);
        trace.holds.push((window, state.status));
        for arrival in before {
            let (from, how, window) = match *arrival {
                Arrival::Stayed => continue,
                Arrival::Entered { from, how } => {
                    let latest = window.earliest.max(slot.window.earliest);
                    (from, how, Window::new(window.earliest, latest))
                }
                Arrival::Changed { from, how } => {
                    let place = from as usize;
                    ahead[place] = (left + 1).min(ahead[place]);
                    (self.walks.nodes[place].state.status, how, window)
                }
            };
            let (assumed, lapsed) = (how == How::Assumed, how == How::Lapsed);
            trace.changes.push(Change { window, from, to: state.status, assumed, lapsed });
        }
    }
}
