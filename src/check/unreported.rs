//! `unreported`: a history needs a change that no article reports, out of a status that was reported.

use super::mend::{added, fitting};
use super::{Detail, View};
use crate::finding::{Finding, Place};
use crate::infer::{Change, Part};
use crate::ledger::ClaimId;
use crate::lifecycle::{EventId, Lifecycle};
use crate::pair::{Pair, untold};

pub(super) fn findings(view: View, pair: &Pair) -> Vec<Finding> {
    let mut findings: Vec<(Between, Finding)> = Vec::new();
    // What contradictory claims need is told with the contradiction.
    if pair.outcome.exceeded.is_some() || !pair.outcome.left_out.is_empty() {
        return Vec::new();
    }
    for change in pair.outcome.changes.iter().filter(|it| it.assumed && untold(pair, it)) {
        // A first entry that is not dated is another thing.
        if change.from != Lifecycle::INITIAL {
            findings.extend(finding(view, pair, change));
        }
    }
    findings.dedup_by(|a, b| a.0 == b.0);
    findings.into_iter().map(|it| it.1).collect()
}

/// The claim before a change, and the one after it.
type Between = [Option<ClaimId>; 2];

fn finding(view: View, pair: &Pair, change: &Change) -> Option<(Between, Finding)> {
    let ledger = view.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let (party, bloc) = (&ledger.party(pair.party).name, &ledger.bloc(pair.bloc).name);
    let event = lifecycle.allowing(change.from, change.to).next()?;
    let before = before(view, pair, change)?;
    let after = after(pair, change, before);
    // No article need report what a rule brings about.
    if [Some(before), after].into_iter().flatten().any(|it| !pair.claims[it].said) {
        return None;
    }
    let message = view.words(|| {
        format!(
            "{party} in {bloc}: the change from {} to {} ({}) is needed, and no article reports it",
            lifecycle.name_of(change.from),
            lifecycle.name_of(change.to),
            change.window
        )
    });
    let said = |it: usize| pair.said[it].first().copied();
    let between = [said(before), after.and_then(said)];
    let claim = ledger.claim(between[1].or(between[0])?);
    let places = view.places(|| {
        let place = |it| view.place(it, pair.bloc, pair.party);
        let sides = (0..).zip(between);
        sides.filter_map(|(side, it)| Some(Place { side: Some(side), ..place(it?) })).collect()
    });
    let finding = Finding::warning("unreported", message, places);
    if view.detail != Detail::Whole {
        return Some((between, finding));
    }
    let fitting = fitting(view, pair, change, claim.article);
    let form = |event: EventId| &lifecycle.event(event).forms[0];
    let mends = fitting.and_then(|it| added(view, claim, pair.party, form(it), change.window));
    let mends = mends.into_iter().collect();
    let event = form(fitting.unwrap_or(event));
    let help = format!("look for an article that says so, and write `{event}`; or one of the dates is wrong");
    Some((between, Finding { mends, ..finding.help(help) }))
}

/// The last claim that reports or attests, before the change, the status that it leads out of.
fn before(view: View, pair: &Pair, change: &Change) -> Option<usize> {
    let lifecycle = view.ledger().lifecycle_of(pair.bloc);
    let end = change.window.latest;
    let says = |part: &Part| match *part {
        Part::Event { event, window } => (lifecycle.event(event).to == change.from).then_some(window.latest),
        Part::Always { statuses, window } => {
            statuses.contains(change.from).then_some(window.latest.min(end).max(window.earliest))
        }
        Part::Sometime { statuses, window } => statuses.contains(change.from).then_some(window.latest),
        Part::Spell { statuses, begins, .. } => statuses.contains(change.from).then_some(begins.latest),
        Part::Act { .. } | Part::Reports { .. } => None,
    };
    let last = |it: usize| {
        let days = pair.claims[it].parts.iter().filter_map(says);
        days.filter(|it| *it <= end).max().map(|day| (day, it))
    };
    pair.kept().filter_map(last).max().map(|it| it.1)
}

/// The first claim that speaks of the days after the change.
fn after(pair: &Pair, change: &Change, before: usize) -> Option<usize> {
    let speaks = |it: usize| {
        let parts =
            pair.claims[it].parts.iter().filter(|it| !matches!(it, Part::Act { .. } | Part::Reports { .. }));
        let windows = parts.map(Part::window).filter(|it| it.latest >= change.window.latest);
        windows.map(|it| (it.latest, it.earliest)).min().map(|days| (days, it))
    };
    pair.kept().filter(|it| *it != before).filter_map(speaks).min().map(|it| it.1)
}
