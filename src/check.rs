//! What is contradictory among the claims, and what is missing: one file for each kind of finding.

mod after_dissolution;
mod before_founding;
mod clash;
mod contradiction;
mod disagreement;
mod limit;
mod mend;
mod order;
mod overruled;
mod repeat;
mod slip;
mod view;
mod write;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::ledger::{BlocId, PartyId};
use crate::pair::Pairs;
use crate::source::Sources;
use view::View;

/// All findings on what the articles say.
pub fn check(pairs: &Pairs, sources: &Sources) -> Vec<Finding> {
    let view = View { pairs, sources };
    let ledger = pairs.ledger();
    let named = ledger.blocs().flat_map(|bloc| ledger.named_in(bloc).map(move |party| (bloc, party)));
    let named: Vec<(BlocId, PartyId)> = named.collect();
    let disagreements = disagreement::disagreements(pairs, &named);
    let mut findings: Vec<Finding> =
        disagreements.par_iter().map(|it| contradiction::finding(view, it)).collect();
    findings.par_extend(
        named.par_iter().filter_map(|(bloc, party)| limit::finding(view, &pairs.get(*bloc, *party))),
    );
    findings
}
