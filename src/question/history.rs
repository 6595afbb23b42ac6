//! `history of Uzbekistan in CSTO`, `history of CSTO`

use super::rows::{planned, rows_of};
use super::{View, changes};
use crate::answer::{Change, Row};
use crate::date::Window;
use crate::ledger::{BlocId, PartyId};
use crate::lifecycle::{Lifecycle, StatusSet};

/// All stretches of a pair, and the days on which each change can have happened.
pub(super) fn of_pair(view: View, party: PartyId, bloc: BlocId) -> (Vec<Row>, Vec<Change>) {
    let pair = view.pairs.get(bloc, party);
    let ledger = view.pairs.ledger();
    let mut rows = rows_of(view, &pair, Window::ALWAYS, ledger.lifecycle_of(bloc).all());
    rows.extend(planned(view, &pair, Window::ALWAYS, ledger.lifecycle_of(bloc).all()));
    (rows, changes::of_pair(view, &pair))
}

/// The same for every party that had a part in the bloc; stretches in which it had none yet are left out.
pub(super) fn of_bloc(view: View, bloc: BlocId) -> (Vec<Row>, Vec<Change>) {
    let ledger = view.pairs.ledger();
    let begun = ledger.lifecycle_of(bloc).all().without(StatusSet::of(Lifecycle::INITIAL));
    let mut parties: Vec<PartyId> = ledger.named_in(bloc).collect();
    parties.sort_by_key(|it| &ledger.party(*it).name);
    let mut rows = Vec::new();
    let mut all_changes = Vec::new();
    for party in parties {
        let pair = view.pairs.get(bloc, party);
        rows.extend(rows_of(view, &pair, Window::ALWAYS, begun));
        rows.extend(planned(view, &pair, Window::ALWAYS, ledger.lifecycle_of(bloc).all()));
        all_changes.extend(changes::of_pair(view, &pair));
    }
    (rows, all_changes)
}
