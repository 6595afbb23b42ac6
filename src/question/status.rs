//! `status of Uzbekistan in CSTO on 2000`

use super::View;
use super::rows::{planned, rows_of};
use crate::answer::Row;
use crate::date::Window;
use crate::ledger::{BlocId, PartyId};

/// One row for each stretch of the days asked about, and what is planned.
pub(super) fn rows(view: View, party: PartyId, bloc: BlocId, window: Window) -> Vec<Row> {
    let pair = view.pairs.get(bloc, party);
    let mut rows = rows_of(view, &pair, window, view.pairs.ledger().lifecycle_of(bloc).all());
    rows.extend(planned(view, &pair, window, view.pairs.ledger().lifecycle_of(bloc).all()));
    rows
}
