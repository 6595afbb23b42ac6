//! What is contradictory among the claims, and what is missing: one file for each kind of finding.

mod after_dissolution;
mod allow;
mod before_founding;
mod clash;
mod contradiction;
mod disagreement;
mod limit;
mod mend;
mod order;
mod overruled;
mod plan_unmet;
mod recurring_slip;
mod repeat;
mod requirement;
mod slip;
mod sources;
mod support;
mod undated;
mod unreported;
mod view;
mod write;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::ledger::{BlocId, ClaimId, PartyId};
use crate::pair::{Pair, Pairs};
use crate::source::Sources;
pub use allow::{allowed, may_pass};
pub use sources::{Source, Summary, summary};
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
    findings.extend(recurring_slip::findings(ledger, &findings));
    let of_pairs = named.par_iter().map(|(bloc, party)| of_pair(view, &pairs.get(*bloc, *party)));
    let of_pairs: Vec<_> = of_pairs.collect();
    let mut shown = Vec::new();
    for ((bloc, party), (found, claim)) in named.into_iter().zip(of_pairs) {
        findings.extend(found);
        shown.extend(claim.map(|it| (bloc, party, it)));
    }
    findings.extend(undated::findings(view, shown));
    findings.extend(requirement::findings(view));
    findings
}

/// What is found on a pair by itself, and the claim that shows the party inside though nobody says since when.
fn of_pair(view: View, pair: &Pair) -> (Vec<Finding>, Option<ClaimId>) {
    let mut findings: Vec<Finding> = limit::finding(view, pair).into_iter().collect();
    findings.extend(unreported::findings(view, pair));
    findings.extend(plan_unmet::findings(view, pair));
    (findings, undated::shown_inside(view, pair))
}
