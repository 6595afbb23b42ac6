//! `unreported`: a history needs a change that no article reports, out of a status that was reported.

use super::View;
use super::mend::added;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::infer::{Change, Part};
use crate::ledger::ClaimId;
use crate::lifecycle::Lifecycle;
use crate::pair::{Pair, untold};

pub(super) fn findings(view: View, pair: &Pair) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    // What contradictory claims need is told with the contradiction.
    if pair.outcome.exceeded.is_some() || !pair.outcome.left_out.is_empty() {
        return findings;
    }
    for change in pair.outcome.changes.iter().filter(|it| it.assumed && untold(pair, it)) {
        // A first entry that is not dated is another thing.
        if change.from == Lifecycle::INITIAL || !reported(view, pair, change) {
            continue;
        }
        findings.extend(finding(view, pair, change));
    }
    findings.dedup_by(|a, b| a.places == b.places);
    findings
}

/// Whether some claim that is kept reports or attests the status that the change leads out of.
fn reported(view: View, pair: &Pair, change: &Change) -> bool {
    let lifecycle = view.ledger().lifecycle_of(pair.bloc);
    kept(pair).flat_map(|it| &pair.claims[it].parts).any(|part| match *part {
        Part::Event { event, window } => {
            lifecycle.event(event).to == change.from && window.earliest <= change.window.latest
        }
        Part::Always { statuses, window } | Part::Sometime { statuses, window } => {
            statuses.contains(change.from) && window.earliest < change.window.latest
        }
        Part::Spell { statuses, begins, .. } => {
            statuses.contains(change.from) && begins.earliest < change.window.latest
        }
        Part::Act { .. } | Part::Ends { .. } => false,
    })
}

fn kept(pair: &Pair) -> impl Iterator<Item = usize> {
    (0..pair.claims.len()).filter(|it| !pair.outcome.left_out.contains(it))
}

fn finding(view: View, pair: &Pair, change: &Change) -> Option<Finding> {
    let ledger = view.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let (party, bloc) = (&ledger.party(pair.party).name, &ledger.bloc(pair.bloc).name);
    let event = lifecycle.allowing(change.from, change.to).next().map(|it| &lifecycle.event(it).forms[0])?;
    let message = format!(
        "{party} in {bloc}: no article reports the change from {} to {} between {} and {}, which the others need",
        lifecycle.name_of(change.from),
        lifecycle.name_of(change.to),
        change.window.earliest,
        change.window.latest
    );
    let (before, after) = neighbours(pair, change);
    let mut places: Vec<Place> = Vec::new();
    for (side, id) in (0u32..).zip([before, after]) {
        places.extend(id.map(|id| Place { side: Some(side), ..view.place(id, pair.bloc, pair.party) }));
    }
    let first = places.first()?.clone();
    let claim = ledger.claim(after.or(before)?);
    let mends = added(view, claim, pair.party, event, change.window).into_iter().collect();
    let help = format!("look for an article that says so, and write `{event}`; or one of the dates is wrong");
    Some(Finding { places, mends, ..Finding::warning("unreported", message, first).help(help) })
}

/// The claims on both sides of a change: the last that is wholly before its end, and the first that ends after it.
fn neighbours(pair: &Pair, change: &Change) -> (Option<ClaimId>, Option<ClaimId>) {
    let spoken = |it: &usize| {
        let parts = pair.claims[*it].parts.iter().filter(|it| !matches!(it, Part::Act { .. }));
        let both = |a: Window, b: Window| Window::new(a.earliest.min(b.earliest), a.latest.max(b.latest));
        parts.map(Part::window).reduce(both)
    };
    let windows: Vec<(usize, Window)> =
        kept(pair).filter_map(|it| spoken(&it).map(|window| (it, window))).collect();
    let end = change.window.latest;
    let before = windows.iter().filter(|it| it.1.latest <= end).max_by_key(|it| (it.1.latest, it.1.earliest));
    let before =
        before.or_else(|| windows.iter().filter(|it| it.1.earliest < end).min_by_key(|it| it.1.earliest));
    let others = windows.iter().filter(|it| it.1.latest >= end && Some(it.0) != before.map(|it| it.0));
    let after = others.min_by_key(|it| (it.1.latest, it.1.earliest));
    let said = |it: Option<&(usize, Window)>| it.and_then(|it| pair.said[it.0].first().copied());
    (said(before), said(after))
}
