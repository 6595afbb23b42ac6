//! What is contradictory among the claims, one file for each kind of finding.

mod clash;
mod conflict;
mod limit;
mod order;
mod repeat;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::infer::Rule;
use crate::ledger::{BlocId, PartyId};
use crate::pair::Pairs;
use crate::source::Sources;

/// All findings on what the articles say of each pair.
pub fn check(pairs: &Pairs, sources: &Sources) -> Vec<Finding> {
    let ledger = pairs.ledger();
    let named = ledger.blocs().flat_map(|bloc| ledger.named_in(bloc).map(move |party| (bloc, party)));
    let named: Vec<(BlocId, PartyId)> = named.collect();
    named.into_par_iter().flat_map_iter(|(bloc, party)| check_pair(pairs, sources, bloc, party)).collect()
}

fn check_pair(pairs: &Pairs, sources: &Sources, bloc: BlocId, party: PartyId) -> Vec<Finding> {
    let pair = pairs.get(bloc, party);
    let conflicts = conflict::conflicts_of(pairs.ledger(), sources, &pair);
    let findings = conflicts.iter().map(|(conflict, rule)| match rule {
        Rule::Lifecycle => clash::finding(conflict),
        Rule::Repeat => repeat::finding(conflict),
        Rule::Order => order::finding(conflict),
    });
    findings.chain(limit::finding(pairs.ledger(), &pair)).collect()
}
