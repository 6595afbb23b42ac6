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
    let parties = view.pairs.ledger().named_in(bloc);
    let mut changes: Vec<Change> = parties.flat_map(|it| of_pair(view, &view.pairs.get(bloc, it))).collect();
    changes.retain(|it| !Window::new(it.earliest, it.latest).intersect(window).is_empty());
    changes.sort_by(|a, b| (a.earliest, a.latest, &a.party).cmp(&(b.earliest, b.latest, &b.party)));
    changes
}

/// Every change of a pair, and the claims that report it.
pub(super) fn of_pair(view: View, pair: &Pair) -> Vec<Change> {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let change = |it: &infer::Change| {
        let within = |window: Window| !window.intersect(it.window).is_empty();
        let assumed = it.assumed && untold(pair, it);
        Change {
            party: ledger.party(pair.party).name.clone(),
            bloc: ledger.bloc(pair.bloc).name.clone(),
            from: lifecycle.name_of(it.from).to_owned(),
            to: lifecycle.name_of(it.to).to_owned(),
            earliest: it.window.earliest,
            latest: it.window.latest,
            assumed,
            disputed: pair.outcome.stretches.iter().any(|it| it.disputed && within(it.window)),
            because: if assumed { Vec::new() } else { evidence(view, pair, &reports(view, pair, it)) },
        }
    };
    pair.outcome.changes.iter().map(change).collect()
}

/// The claims that some repair keeps and that tell of a change.
pub(super) fn reports(view: View, pair: &Pair, change: &infer::Change) -> Vec<usize> {
    let lifecycle = view.pairs.ledger().lifecycle_of(pair.bloc);
    let tells = |part: &Part| match *part {
        Part::Event { event, window } => {
            let event = lifecycle.event(event);
            let allows = event.to == change.to && event.from.contains(change.from);
            allows && !window.intersect(change.window).is_empty()
        }
        _ => false,
    };
    let kept = (0..pair.claims.len()).filter(|it| !pair.outcome.overruled.contains(it));
    let mut reports: Vec<usize> = kept.filter(|it| pair.claims[*it].parts.iter().any(tells)).collect();
    // A state that began or ended then.
    reports.extend(telling(pair, change));
    reports.sort_unstable();
    reports.dedup();
    reports
}
