//! What repairs leave out, found without trying all sets of claims: sets that hit every known conflict, by their trust.
//!
//! Claims that do not fit together are a conflict, and a repair leaves out one of each at least. So only sets that hit all
//! known conflicts are tried, and each that is tried in vain makes a further conflict known (R. Reiter, "A theory of
//! diagnosis from first principles", Artificial Intelligence 32, 1987).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use smallvec::SmallVec;

use super::Problem;

/// Claims, by place, in order.
pub(super) type Set = SmallVec<[u32; 4]>;

/// The conflicts that are known of one pair: sets of claims that do not fit, whatever others of the pair are kept.
#[derive(Clone, Debug, Default)]
pub struct Conflicts(Vec<Set>);

impl Conflicts {
    pub(super) fn add(&mut self, conflict: Set) {
        self.0.push(conflict);
    }

    /// Whether claims have one among them.
    pub(super) fn any_within(&self, claims: &[usize]) -> bool {
        self.0.iter().any(|it| it.iter().all(|it| claims.contains(&(*it as usize))))
    }

    /// One that a set hits with this claim alone.
    pub(super) fn hit_only_by(&self, claim: u32, set: &[u32]) -> Option<&Set> {
        self.0.iter().find(|it| it.contains(&claim) && it.iter().filter(|it| set.contains(it)).count() == 1)
    }
}

/// Sets of claims, of the least trust first, that hit all conflicts.
pub(super) struct HittingSets<'a> {
    problem: &'a Problem<'a>,
    /// These are not left out.
    forced: &'a [usize],
    pub(super) conflicts: &'a mut Conflicts,
    next: BinaryHeap<Reverse<Node>>,
    /// How many nodes there have been.
    count: usize,
}

/// Ordered by trust, then by age.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Node {
    pub(super) trust: u64,
    number: usize,
    pub(super) set: Set,
    /// These are left out by sets that other nodes lead to.
    barred: Set,
}

/// So many nodes are looked at.
const NODES: usize = 5_000;

/// There are too many sets.
pub(super) struct TooMany;

impl<'a> HittingSets<'a> {
    pub(super) fn of(
        problem: &'a Problem<'a>,
        forced: &'a [usize],
        conflicts: &'a mut Conflicts,
    ) -> HittingSets<'a> {
        let next = BinaryHeap::from([Reverse(Node::default())]);
        HittingSets { problem, forced, conflicts, next, count: 1 }
    }

    /// `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<Node>, TooMany> {
        while let Some(Reverse(node)) = self.next.pop() {
            let conflicts = self.conflicts.0.iter();
            let Some(conflict) = conflicts.rev().find(|it| !it.iter().any(|it| node.set.contains(it))) else {
                return Ok(Some(node));
            };
            let conflict = conflict.clone();
            self.branch(&node, &conflict)?;
        }
        Ok(None)
    }

    /// A set has not been enough: it does not hit this conflict.
    pub(super) fn insert(&mut self, conflict: Set, node: Node) {
        self.conflicts.add(conflict);
        self.next.push(Reverse(node));
    }

    /// Each set that hits the conflict comes from one child alone: the one of the first claim that it leaves out.
    fn branch(&mut self, node: &Node, conflict: &Set) -> Result<(), TooMany> {
        let mut barred = node.barred.clone();
        for &claim in conflict.iter().filter(|it| !self.forced.contains(&(**it as usize))) {
            if barred.contains(&claim) {
                continue;
            }
            let mut set = node.set.clone();
            let place = set.partition_point(|it| *it < claim);
            set.insert(place, claim);
            let trust = node.trust + u64::from(self.problem.claims[claim as usize].trust);
            self.next.push(Reverse(Node { trust, number: self.count, set, barred: barred.clone() }));
            self.count += 1;
            barred.push(claim);
        }
        if self.count > NODES { Err(TooMany) } else { Ok(()) }
    }
}
