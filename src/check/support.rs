//! Which claims make an answer certain: as few as will do.

use super::View;
use crate::date::Day;
use crate::infer::{Part, infer};
use crate::ledger::{BlocId, ClaimId, PartyId};
use crate::lifecycle::StatusSet;
use crate::pair::{Pair, problem};

/// More claims than this on a pair are not tried one by one: all of them are named.
pub(super) const TRIED: usize = 64;

/// What the simplest histories say of a status on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Certainty {
    Holds,
    Fails,
    Open,
}

pub(super) fn certainty(pair: &Pair, day: Day, statuses: StatusSet) -> Certainty {
    of(pair.outcome.on(day).status, statuses)
}

fn of(status: StatusSet, statuses: StatusSet) -> Certainty {
    if status.is_subset(statuses) {
        Certainty::Holds
    } else if status.meets(statuses) {
        Certainty::Open
    } else {
        Certainty::Fails
    }
}

/// A smallest set of claims that alone make it as certain as all do: leave out any of them, and it is so no longer.
/// Empty where nothing has to be said for it.
pub(super) fn support(
    view: View,
    bloc: BlocId,
    party: PartyId,
    day: Day,
    statuses: StatusSet,
) -> Vec<ClaimId> {
    let pair = view.pairs.get(bloc, party);
    let wanted = certainty(&pair, day, statuses);
    let certain = |claims: &[usize]| {
        let claims = claims.iter().map(|it| pair.claims[*it].clone()).collect();
        let outcome = infer(&problem(view.ledger(), bloc, party, claims));
        of(outcome.on(day).status, statuses) == wanted
    };
    let mut kept: Vec<usize> = pair.kept().collect();
    if kept.len() <= TRIED && certain(&kept) {
        let mut place = 0;
        while place < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(place);
            if certain(&fewer) {
                kept = fewer;
                place = 0;
            } else {
                place += 1;
            }
        }
    }
    // Of those who say the same, the first stands for all.
    kept.iter().filter_map(|it| pair.said[*it].first().copied()).collect()
}

/// The last claim that shows a party out of these statuses on a day, or before it; nothing has to be said of one that
/// was never in them, so no smallest set would name it.
pub(super) fn shown_outside(
    view: View,
    bloc: BlocId,
    party: PartyId,
    day: Day,
    statuses: StatusSet,
) -> Option<ClaimId> {
    let pair = view.pairs.get(bloc, party);
    let lifecycle = view.ledger().lifecycle_of(bloc);
    let shows = |part: &Part| match *part {
        Part::Event { event, window } => {
            (!statuses.contains(lifecycle.event(event).to) && window.earliest <= day).then_some(window.latest)
        }
        Part::Always { statuses: held, window } => {
            (!held.meets(statuses) && window.earliest <= day).then_some(window.latest)
        }
        _ => None,
    };
    let kept = pair.kept();
    let last =
        kept.filter_map(|it| pair.claims[it].parts.iter().filter_map(shows).max().map(|day| (day, it)));
    pair.said[last.max()?.1].first().copied()
}
