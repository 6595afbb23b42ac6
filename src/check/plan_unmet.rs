//! `plan-unmet`: the time of a plan is over, and what was reported later shows that it was not carried out.

use super::View;
use crate::date::Day;
use crate::finding::{Finding, Place};
use crate::infer::Part;
use crate::ledger::ClaimId;
use crate::lifecycle::{Deed, StatusSet};
use crate::pair::Pair;

pub(super) fn findings(view: View, pair: &Pair) -> Vec<Finding> {
    pair.plans(view.ledger()).iter().filter_map(|id| unmet(view, pair, *id)).collect()
}

fn unmet(view: View, pair: &Pair, id: ClaimId) -> Option<Finding> {
    let ledger = view.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let (Deed::Event(event), window) = ledger.claim(id).plan()? else { return None };
    let target = StatusSet::of(lifecycle.event(event).to);
    let mut within = pair.outcome.stretches.iter().filter(|it| !it.window.intersect(window).is_empty());
    if window.latest.is_open()
        || pair.outcome.exceeded.is_some()
        || within.any(|it| it.status.union(it.otherwise).meets(target))
    {
        return None;
    }
    // Silence afterwards is no evidence that nothing happened.
    let kept = pair.kept();
    let later = kept.filter_map(|it| {
        let days = pair.claims[it].parts.iter().filter_map(surely_spoken_of);
        days.filter(|it| *it >= window.latest).min().map(|day| (day, it))
    });
    let evidence = *pair.said[later.min()?.1].first()?;
    let (party, bloc) = (&ledger.party(pair.party).name, &ledger.bloc(pair.bloc).name);
    let message =
        format!("{party} in {bloc}: what was planned by {} did not come about by then", window.latest);
    let plan =
        Place { label: format!("a plan, for {window}").into(), ..view.place(id, pair.bloc, pair.party) };
    let finding = Finding::note("plan-unmet", message, plan).and(view.place(evidence, pair.bloc, pair.party));
    Some(finding.help("there is nothing to mend: plans never count as facts"))
}

/// The last day that a claim surely speaks of, whichever day of its window it means.
fn surely_spoken_of(part: &Part) -> Option<Day> {
    match *part {
        Part::Always { window, .. } => Some(window.latest),
        Part::Event { window, .. } | Part::Sometime { window, .. } => Some(window.earliest),
        Part::Spell { begins, .. } => Some(begins.earliest),
        Part::Act { .. } | Part::Reports { .. } => None,
    }
}
