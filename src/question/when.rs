//! `when was Uzbekistan member of CSTO`

use super::View;
use super::rows::rows_of;
use crate::answer::Row;
use crate::ledger::{PartyId, Wanted};

/// The stretches in which the party had the status, or may have had it.
pub(super) fn rows(view: View, party: PartyId, wanted: Wanted) -> Vec<Row> {
    let pair = view.pairs.get(wanted.bloc, party);
    rows_of(view, &pair, wanted.window, wanted.statuses)
}
