//! Where articles contradict each other: which claims stand on which side, over all parties they disagree on.

use rustc_hash::FxHashMap;

use crate::infer::{self, Exceeded, Rule};
use crate::ledger::{BlocId, ClaimId, PartyId};
use crate::pair::{Pair, Pairs, problem};

/// One disagreement, however many articles stand on each side, and however many parties it is about.
pub(super) struct Disagreement {
    pub(super) bloc: BlocId,
    pub(super) parties: Vec<PartyId>,
    pub(super) rule: Rule,
    /// What is said, and by which claims; the first `core` of them are a smallest set of contradictory statements.
    pub(super) sides: Vec<Side>,
    pub(super) core: usize,
    /// Every repair leaves the same sides out.
    pub(super) settled: bool,
    /// Some claim speaks of one party alone: no other pair has the same disagreement.
    pub(super) alone: bool,
}

/// Claims that say the same, or nearly: that agree with each other.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Side {
    /// In the order they were read in.
    pub(super) claims: Vec<ClaimId>,
    /// The first repair keeps them.
    pub(super) kept: bool,
}

/// Those of all pairs, gathered: a list of members against another one is one disagreement, on many parties.
pub(super) fn gathered(of_pairs: impl Iterator<Item = Disagreement>) -> Vec<Disagreement> {
    let mut gathered: Vec<Disagreement> = Vec::new();
    let mut places: FxHashMap<_, usize> = FxHashMap::default();
    for it in of_pairs {
        let key = (it.bloc, it.rule, it.sides.clone(), it.settled);
        let place = *places.entry(key).or_insert(gathered.len());
        match gathered.get_mut(place) {
            Some(known) => known.parties.extend(it.parties),
            None => gathered.push(it),
        }
    }
    gathered
}

/// What claims on a pair disagree on.
pub(super) fn of_pair(pairs: &Pairs, pair: &Pair) -> Vec<Disagreement> {
    let ledger = pairs.ledger();
    let outcome = &pair.outcome;
    let unknown = matches!(outcome.exceeded, Some(Exceeded::Effort | Exceeded::Repairs));
    if outcome.left_out.is_empty() && !unknown {
        return Vec::new();
    }
    let problem = problem(ledger, pair.bloc, pair.party, pair.claims.clone());
    let kept: Vec<usize> = pair.kept().collect();
    // What is beyond the limit, `limit` tells.
    let found = if unknown {
        infer::disagreements_nearby(&problem)
    } else {
        let known = pair.found.conflicts.clone();
        infer::disagreements(&problem, &kept, &outcome.left_out, known).unwrap_or_else(|found| found)
    };
    let disagreement = |it: infer::Disagreement| {
        let side = |(number, claims): (usize, &Vec<usize>)| {
            let claims = claims.iter().flat_map(|it| &pair.said[*it]).copied().collect();
            Side { claims, kept: number + 1 < it.core }
        };
        let overruled = |claims: &Vec<usize>| claims.iter().all(|it| outcome.overruled.contains(it));
        let sides: Vec<Side> = it.sides.iter().enumerate().map(side).collect();
        let mut claims = sides.iter().flat_map(|it| &it.claims);
        Disagreement {
            bloc: pair.bloc,
            parties: vec![pair.party],
            rule: it.rule,
            alone: claims.any(|it| ledger.claim(*it).names_one_alone()),
            sides,
            core: it.core,
            settled: !unknown && it.sides[it.core - 1..].iter().all(overruled),
        }
    };
    found.into_iter().map(disagreement).collect()
}

impl Disagreement {
    /// A smallest set of contradictory claims.
    pub(super) fn smallest(&self) -> Vec<ClaimId> {
        self.sides[..self.core].iter().map(|it| it.claims[0]).collect()
    }

    /// All claims, each with the number of its side.
    pub(super) fn claims(&self) -> impl Iterator<Item = (u32, ClaimId)> + '_ {
        let numbered = (0u32..).zip(&self.sides);
        numbered.flat_map(|(number, side)| side.claims.iter().map(move |it| (number, *it)))
    }
}
