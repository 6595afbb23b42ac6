//! What is contradictory among the claims, and what is missing: one file for each kind of finding.

mod after_dissolution;
mod allow;
mod before_founding;
mod clash;
mod contradiction;
mod disagreement;
mod foregone;
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
mod wanted;
mod write;

use rayon::prelude::*;

use crate::finding::Finding;
use crate::ledger::{BlocId, PartyId};
use crate::pair::{ForCheck, Pairs};
use crate::source::Sources;
pub use allow::{allowed, may_pass};
use disagreement::Disagreement;
pub use sources::{Source, Summary, summary};
use view::View;
pub use wanted::{Detail, Wanted};

/// All findings on what the articles say, of those that are wanted.
///
/// Tells how many pairs it has looked at, each time it has looked at some more.
pub fn check(
    pairs: &Pairs,
    sources: &Sources,
    wanted: &Wanted,
    looked_at: &(dyn Fn(usize) + Sync),
) -> Vec<Finding> {
    let view = View { pairs, sources, wanted };
    let ledger = pairs.ledger();
    let mut named: Vec<(BlocId, PartyId)> = Vec::with_capacity(ledger.index.pair_count());
    named.extend(ledger.named_pairs());
    let for_check = pairs.for_check();
    // One pair after the other is looked at and forgotten: all of them would not fit into memory.
    let on = |some: &[(BlocId, PartyId)]| {
        let found = Found::on(view, &for_check, some);
        looked_at(some.len());
        found
    };
    let mut of_pairs: Vec<Found> = named.par_chunks(TOGETHER).with_max_len(1).map(on).collect();
    let disagreements = of_pairs.iter_mut().flat_map(|it| it.disagreements.drain(..));
    let disagreements = disagreement::gathered(disagreements);
    let shown: Vec<_> = of_pairs.iter().flat_map(|it| &it.shown).copied().collect();
    // There can be many, and they are large.
    let of_each: usize = of_pairs.iter().map(|it| it.findings.len()).sum();
    let mut findings = Vec::with_capacity(disagreements.len() + shown.len() + of_each);
    let contradictions = disagreements.par_iter().map(|it| contradiction::finding(view, it));
    let ((), undated) =
        rayon::join(|| contradictions.collect_into_vec(&mut findings), || undated::findings(view, shown));
    findings.extend(undated);
    findings.extend(of_pairs.into_iter().flat_map(|it| it.findings));
    findings.extend(recurring_slip::findings(ledger, &disagreements, &findings));
    let others = || [requirement::findings(view), foregone::findings(view)];
    let ((), others) = rayon::join(|| drop(disagreements), others);
    findings.extend(others.into_iter().flatten());
    findings.retain(|it| wanted.has(it.code));
    findings
}

/// Pairs that are looked at in one go.
const TOGETHER: usize = 128;

/// What is found on some pairs, each by itself.
#[derive(Default)]
struct Found {
    disagreements: Vec<Disagreement>,
    findings: Vec<Finding>,
    /// The parties that are shown inside though nobody says since when.
    shown: Vec<undated::Shown>,
}

impl Found {
    fn on(view: View, for_check: &ForCheck, pairs: &[(BlocId, PartyId)]) -> Found {
        let mut found = Found::default();
        // On most of them there is nothing to find.
        for_check.each(pairs, view.wanted.histories(), |pair| {
            found.disagreements.extend(disagreement::of_pair(view.pairs, pair));
            found.findings.extend(limit::finding(view, pair));
            found.findings.extend(unreported::findings(view, pair));
            found.findings.extend(plan_unmet::findings(view, pair));
            found.shown.extend(undated::shown_inside(view, pair));
        });
        found
    }
}
