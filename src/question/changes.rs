//! `changes in CSTO between 1999 and 2013`: who joined, left, was suspended.

use super::View;
use super::rows::evidence;
use crate::answer::Change;
use crate::date::Window;
use crate::infer::{self, Part};
use crate::ledger::BlocId;
use crate::pair::{Pair, telling, untold};

/// Every change that can have happened in the window, of every party, by day.
pub(super) fn of_bloc(view: View, bloc: BlocId, window: Window) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for party in view.pairs.ledger().named_in(bloc) {
        let pair = view.pairs.get(bloc, party);
        let within = shown(view, &pair).filter(|it| !it.window.intersect(window).is_empty());
        changes.extend(within.map(|it| told(view, &pair, it)));
    }
    changes.sort_by(|a, b| (a.earliest, a.latest, &a.party).cmp(&(b.earliest, b.latest, &b.party)));
    changes
}

/// Every change of a pair.
pub(super) fn of_pair(view: View, pair: &Pair) -> Vec<Change> {
    shown(view, pair).map(|it| told(view, pair, it)).collect()
}

/// Who has been in a group for all of time has not come into it.
fn shown<'a>(view: View, pair: &'a Pair) -> impl Iterator<Item = &'a infer::Change> {
    let group = view.pairs.ledger().bloc(pair.bloc).group;
    pair.outcome.changes.iter().filter(move |it| !(group && it.window.earliest.is_open()))
}

/// A change, and the claims that report it.
pub(super) fn told(view: View, pair: &Pair, change: &infer::Change) -> Change {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let within = |window: Window| !window.intersect(change.window).is_empty();
    let assumed = change.assumed && untold(pair, change);
    Change {
        party: ledger.party(pair.party).name.clone(),
        bloc: ledger.bloc(pair.bloc).name.clone(),
        from: lifecycle.name_of(change.from).to_owned(),
        to: lifecycle.name_of(change.to).to_owned(),
        earliest: change.window.earliest,
        latest: change.window.latest,
        assumed,
        lapsed: change.lapsed,
        disputed: pair.outcome.stretches.iter().any(|it| it.disputed && within(it.window)),
        because: if assumed || change.lapsed {
            Vec::new()
        } else {
            evidence(view, pair, &reports(view, pair, change))
        },
    }
}

/// The claims that some repair keeps and that tell of a change.
pub(super) fn reports(view: View, pair: &Pair, change: &infer::Change) -> Vec<usize> {
    let lifecycle = view.pairs.ledger().lifecycle_of(pair.bloc);
    let tells = |part: &Part| match *part {
        Part::Event { event, window } => {
            let allows = lifecycle.event(event).allows(change.from, change.to);
            allows && !window.intersect(change.window).is_empty()
        }
        _ => false,
    };
    let kept = pair.kept_by_some();
    let mut reports: Vec<usize> = kept.filter(|it| pair.claims[*it].parts.iter().any(tells)).collect();
    // A state that began or ended then.
    reports.extend(telling(pair, change));
    reports.sort_unstable();
    reports.dedup();
    reports
}
