//! The order in which rules are evaluated: what feeds a line comes before it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{ClauseId, clause, place};
use crate::finding::Finding;
use crate::ledger::{BlocId, Ledger, Set};

/// Lines that are evaluated together.
pub(super) struct Stratum {
    pub(super) clauses: Vec<ClauseId>,
    /// They feed each other, or themselves.
    pub(super) recursive: bool,
}

/// A line draws from one bloc what it says of another.
struct Edge {
    from: BlocId,
    to: BlocId,
    clause: ClauseId,
    /// More in the one may mean less in the other: there is a `not`, or a status that counts as outside.
    strict: bool,
}

/// The strata in their order. Lines in a circle that leads through a `not` are left out, and told of.
pub(super) fn of(ledger: &Ledger, findings: &mut Vec<Finding>) -> Vec<Stratum> {
    let mut clauses: Vec<ClauseId> = (0..ledger.rules.len())
        .flat_map(|rule| (0..ledger.rules[rule].clauses.len()).map(move |line| (rule, line)))
        .collect();
    let mut edges: Vec<Edge> = clauses.iter().flat_map(|it| edges_of(ledger, *it)).collect();
    while let Some(circle) = strict_circle(&edges) {
        let those: BTreeSet<ClauseId> = circle.iter().map(|it| edges[*it].clause).collect();
        findings.push(told(ledger, &circle.iter().map(|it| &edges[*it]).collect::<Vec<_>>()));
        clauses.retain(|it| !those.contains(it));
        edges.retain(|it| !those.contains(&it.clause));
    }
    let place_of = places(&edges);
    // Blocs that nothing feeds come first.
    let place = |bloc: BlocId| place_of.get(&bloc).map_or(0, |it| it + 1);
    let mut strata: BTreeMap<usize, Stratum> = BTreeMap::new();
    for id in clauses {
        let to = place(clause(ledger, id).conclusion.bloc);
        let stratum = strata.entry(to).or_insert(Stratum { clauses: Vec::new(), recursive: false });
        stratum.recursive |= clause(ledger, id).premise.blocs().iter().any(|it| place(*it) == to);
        stratum.clauses.push(id);
    }
    strata.into_values().collect()
}

fn edges_of(ledger: &Ledger, id: ClauseId) -> Vec<Edge> {
    let clause = clause(ledger, id);
    let to = clause.conclusion.bloc;
    let outside = !clause.conclusion.statuses.is_subset(ledger.bloc(to).inside);
    let mut edges = Vec::new();
    if let Some(set) = clause.premise.set() {
        draws(ledger, set, false, &mut |from, strict| {
            edges.push(Edge { from, to, clause: id, strict: strict || outside });
        });
    }
    edges
}

/// The blocs that a set depends on, and whether on somebody's not belonging to it.
fn draws(ledger: &Ledger, set: &Set, denied: bool, found: &mut impl FnMut(BlocId, bool)) {
    match set {
        Set::Of(it) => found(it.bloc, denied || !it.statuses.is_subset(ledger.bloc(it.bloc).inside)),
        Set::Not(set) => draws(ledger, set, !denied, found),
        Set::All(sets) | Set::Any(sets) => sets.iter().for_each(|it| draws(ledger, it, denied, found)),
    }
}

/// For each bloc the edges at it, by place.
fn by_bloc(edges: &[Edge], end: impl Fn(&Edge) -> BlocId) -> BTreeMap<BlocId, Vec<usize>> {
    let mut by_bloc: BTreeMap<BlocId, Vec<usize>> = BTreeMap::new();
    for (place, edge) in edges.iter().enumerate() {
        by_bloc.entry(end(edge)).or_default().push(place);
    }
    by_bloc
}

/// Blocs in the order in which they feed each other; those that do so in a circle have the same place.
///
/// These are the strongly connected components, found as Kosaraju does: the blocs in the order in which walks along
/// the edges leave them for good, and then, from the last of these on, walks against the edges.
fn places(edges: &[Edge]) -> BTreeMap<BlocId, usize> {
    let (out, into) = (by_bloc(edges, |it| it.from), by_bloc(edges, |it| it.to));
    let blocs: BTreeSet<BlocId> = edges.iter().flat_map(|it| [it.from, it.to]).collect();
    let (mut known, mut left) = (BTreeSet::new(), Vec::new());
    for start in blocs {
        let mut walk = Vec::new();
        if known.insert(start) {
            walk.push((start, 0));
        }
        while let Some((bloc, next)) = walk.last_mut() {
            if let Some(edge) = out.get(bloc).and_then(|it| it.get(*next)) {
                *next += 1;
                let to = edges[*edge].to;
                if known.insert(to) {
                    walk.push((to, 0));
                }
            } else {
                left.push(*bloc);
                walk.pop();
            }
        }
    }
    let mut places = BTreeMap::new();
    for (place, start) in left.into_iter().rev().enumerate() {
        let mut next = vec![start];
        while let Some(bloc) = next.pop() {
            if let Entry::Vacant(free) = places.entry(bloc) {
                free.insert(place);
                next.extend(into.get(&bloc).into_iter().flatten().map(|it| edges[*it].from));
            }
        }
    }
    places
}

/// The edges of a shortest circle through the first strict edge that is in one.
fn strict_circle(edges: &[Edge]) -> Option<Vec<usize>> {
    let place_of = places(edges);
    let strict = edges.iter().position(|it| it.strict && place_of[&it.from] == place_of[&it.to])?;
    let mut circle = vec![strict];
    circle.extend(path(edges, edges[strict].to, edges[strict].from));
    Some(circle)
}

/// A shortest way; none where there is no way, or no need of one.
fn path(edges: &[Edge], from: BlocId, to: BlocId) -> Vec<usize> {
    let out = by_bloc(edges, |it| it.from);
    let mut by: BTreeMap<BlocId, usize> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(bloc) = next.pop_front().filter(|it| *it != to) {
        for place in out.get(&bloc).into_iter().flatten() {
            let reached = edges[*place].to;
            if reached != from && !by.contains_key(&reached) {
                by.insert(reached, *place);
                next.push_back(reached);
            }
        }
    }
    let mut way = Vec::new();
    let mut bloc = to;
    while let Some(place) = by.get(&bloc).filter(|_| bloc != from) {
        way.push(*place);
        bloc = edges[*place].from;
    }
    way.reverse();
    way
}

fn told(ledger: &Ledger, circle: &[&Edge]) -> Finding {
    let name = |it: BlocId| &ledger.bloc(it).name;
    let step = |it: &&Edge| format!("by `{}` to {}", ledger.rules[it.clause.0].name, name(it.to));
    let path: Vec<String> = circle.iter().map(step).collect();
    let message = format!(
        "these rules lead in a circle through a `not` or a status outside: from {} {}",
        name(circle[0].from),
        path.join(", ")
    );
    let place = |it: &Edge| place(ledger, it.clause, format!("from {} to {}", name(it.from), name(it.to)));
    let finding = Finding::error("cycle-through-not", message, place(circle[0]));
    let mut known = BTreeSet::from([circle[0].clause]);
    let others = circle[1..].iter().filter(|it| known.insert(it.clause)).map(|it| place(it));
    let help = "who belongs would follow from who does not, and the other way round: leave one of these lines out; till then all of them are left out";
    others.fold(finding, Finding::and).help(help)
}
