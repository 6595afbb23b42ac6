//! The order in which rules are evaluated: what feeds a line comes before it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::{ClauseId, clause, place};
use crate::finding::Finding;
use crate::ledger::{BlocId, Clause, Condition, Ledger, PartyId, Premise, Set, Wanted};

/// Lines that are evaluated together.
pub(super) struct Stratum {
    pub(super) lines: Vec<Line>,
    /// They feed each other, or themselves.
    pub(super) recursive: bool,
}

/// A line of a rule, as far as it speaks of some parties.
pub(super) struct Line {
    pub(super) id: ClauseId,
    pub(super) scope: Scope,
}

pub(super) enum Scope {
    /// A party that some rule names.
    Party(PartyId),
    /// All but these.
    Others(Arc<BTreeSet<PartyId>>),
}

impl Scope {
    pub(super) fn contains(&self, party: PartyId) -> bool {
        match self {
            Scope::Party(it) => *it == party,
            Scope::Others(named) => !named.contains(&party),
        }
    }
}

/// The memberships in a bloc that are told apart: those of a party that some rule names, and those of all others.
/// What follows of one party from its own memberships touches no other party.
type Spot = (BlocId, Option<PartyId>);

/// A line draws from one spot what it says of another.
struct Edge {
    from: Spot,
    to: Spot,
    clause: ClauseId,
    /// More in the one may mean less in the other: there is a `not`, or a status that counts as outside.
    strict: bool,
}

/// The strata in their order. Lines in a circle that leads through a `not` are left out, and told of.
pub(super) fn of(ledger: &Ledger, findings: &mut Vec<Finding>) -> Vec<Stratum> {
    let mut clauses: Vec<ClauseId> = (0..ledger.rules.len())
        .flat_map(|rule| (0..ledger.rules[rule].clauses.len()).map(move |line| (rule, line)))
        .collect();
    let named = Arc::new(named(ledger, &clauses));
    let mut edges: Vec<Edge> = clauses.iter().flat_map(|it| edges_of(ledger, &named, *it)).collect();
    while let Some(circle) = strict_circle(&edges) {
        // With all that its lines come down to.
        let line = |it: ClauseId| (it.0, clause(ledger, it).span.start);
        let lines: BTreeSet<_> = circle.iter().map(|it| line(edges[*it].clause)).collect();
        let those: BTreeSet<ClauseId> =
            clauses.iter().copied().filter(|it| lines.contains(&line(*it))).collect();
        findings.push(told(ledger, &circle.iter().map(|it| &edges[*it]).collect::<Vec<_>>()));
        clauses.retain(|it| !those.contains(it));
        edges.retain(|it| !those.contains(&it.clause));
    }
    let place_of = places(&edges);
    // What nothing feeds comes first.
    let place = |spot: Spot| place_of.get(&spot).map_or(0, |it| it + 1);
    let recursive: BTreeSet<usize> =
        edges.iter().filter(|it| place(it.from) == place(it.to)).map(|it| place(it.to)).collect();
    let mut strata: BTreeMap<usize, Stratum> = BTreeMap::new();
    for id in clauses {
        for party in spoken_of(clause(ledger, id), &named) {
            let to = place((clause(ledger, id).conclusion.bloc, party));
            let stratum = strata.entry(to).or_insert(Stratum { lines: Vec::new(), recursive: false });
            stratum.recursive = recursive.contains(&to);
            let scope = party.map_or_else(|| Scope::Others(Arc::clone(&named)), Scope::Party);
            stratum.lines.push(Line { id, scope });
        }
    }
    strata.into_values().collect()
}

/// The parties that lines name.
fn named(ledger: &Ledger, clauses: &[ClauseId]) -> BTreeSet<PartyId> {
    let of = |it: &ClauseId| {
        let clause = clause(ledger, *it);
        let named = clause.premise.terms().into_iter().filter_map(|it| it.who).collect::<Vec<_>>();
        // Of whom alone it is said without a premise, that feeds as it would of anybody.
        let parties = clause.parties.iter().filter(|_| !matches!(clause.premise, Premise::Nothing));
        parties.flatten().copied().chain(named).collect::<Vec<_>>()
    };
    clauses.iter().flat_map(of).collect()
}

/// Whom a line speaks of: parties that are named, and all others.
fn spoken_of(clause: &Clause, named: &BTreeSet<PartyId>) -> BTreeSet<Option<PartyId>> {
    let spot = |it: &PartyId| named.get(it).copied();
    match &clause.parties {
        Some(parties) => parties.iter().map(spot).collect(),
        None => named.iter().map(|it| Some(*it)).chain([None]).collect(),
    }
}

fn edges_of(ledger: &Ledger, named: &BTreeSet<PartyId>, id: ClauseId) -> Vec<Edge> {
    let clause = clause(ledger, id);
    let bloc = clause.conclusion.bloc;
    let outside = !clause.conclusion.statuses.is_subset(ledger.bloc(bloc).inside);
    let mut edges = Vec::new();
    for party in spoken_of(clause, named) {
        let to = (bloc, party);
        match &clause.premise {
            Premise::Nothing => {}
            // The more is said, the more is mentioned.
            Premise::Mentioned => edges.push(Edge { from: to, to, clause: id, strict: false }),
            Premise::In(set) | Premise::Was(set) => draws(ledger, set, false, &mut |it, strict| {
                let from = (it.wanted.bloc, it.who.or(party));
                edges.push(Edge { from, to, clause: id, strict: strict || outside || clause.only });
            }),
        }
    }
    edges
}

/// What a set depends on, and whether on somebody's not belonging to it.
fn draws(ledger: &Ledger, set: &Set, denied: bool, found: &mut impl FnMut(Condition, bool)) {
    match set {
        Set::Of(it) => {
            let Wanted { bloc, statuses, .. } = it.wanted;
            found(*it, denied || !statuses.is_subset(ledger.bloc(bloc).inside));
        }
        Set::Not(set) => draws(ledger, set, !denied, found),
        Set::All(sets) | Set::Any(sets) => sets.iter().for_each(|it| draws(ledger, it, denied, found)),
    }
}

/// For each spot the edges at it, by place.
fn by_spot(edges: &[Edge], end: impl Fn(&Edge) -> Spot) -> BTreeMap<Spot, Vec<usize>> {
    let mut by_spot: BTreeMap<Spot, Vec<usize>> = BTreeMap::new();
    for (place, edge) in edges.iter().enumerate() {
        by_spot.entry(end(edge)).or_default().push(place);
    }
    by_spot
}

/// Spots in the order in which they feed each other; those that do so in a circle have the same place.
///
/// These are the strongly connected components, found as Kosaraju does: the spots in the order in which walks along
/// the edges leave them for good, and then, from the last of these on, walks against the edges.
fn places(edges: &[Edge]) -> BTreeMap<Spot, usize> {
    let (out, into) = (by_spot(edges, |it| it.from), by_spot(edges, |it| it.to));
    let spots: BTreeSet<Spot> = edges.iter().flat_map(|it| [it.from, it.to]).collect();
    let (mut known, mut left) = (BTreeSet::new(), Vec::new());
    for start in spots {
        let mut walk = Vec::new();
        if known.insert(start) {
            walk.push((start, 0));
        }
        while let Some((spot, next)) = walk.last_mut() {
            if let Some(edge) = out.get(spot).and_then(|it| it.get(*next)) {
                *next += 1;
                let to = edges[*edge].to;
                if known.insert(to) {
                    walk.push((to, 0));
                }
            } else {
                left.push(*spot);
                walk.pop();
            }
        }
    }
    let mut places = BTreeMap::new();
    for (place, start) in left.into_iter().rev().enumerate() {
        let mut next = vec![start];
        while let Some(spot) = next.pop() {
            if let Entry::Vacant(free) = places.entry(spot) {
                free.insert(place);
                next.extend(into.get(&spot).into_iter().flatten().map(|it| edges[*it].from));
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
fn path(edges: &[Edge], from: Spot, to: Spot) -> Vec<usize> {
    let out = by_spot(edges, |it| it.from);
    let mut by: BTreeMap<Spot, usize> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(spot) = next.pop_front().filter(|it| *it != to) {
        for place in out.get(&spot).into_iter().flatten() {
            let reached = edges[*place].to;
            if reached != from && !by.contains_key(&reached) {
                by.insert(reached, *place);
                next.push_back(reached);
            }
        }
    }
    let mut way = Vec::new();
    let mut spot = to;
    while let Some(place) = by.get(&spot).filter(|_| spot != from) {
        way.push(*place);
        spot = edges[*place].from;
    }
    way.reverse();
    way
}

fn told(ledger: &Ledger, circle: &[&Edge]) -> Finding {
    let name = |it: Spot| &ledger.bloc(it.0).name;
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
