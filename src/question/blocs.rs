//! `blocs of Kyrgyzstan on 2005-04-08`

use super::View;
use super::rows::{planned, rows_of};
use crate::answer::{Row, Verdict};
use crate::date::Window;
use crate::ledger::PartyId;

/// Every bloc that the party belongs to, or may belong to; plans last.
pub(super) fn rows(view: View, party: PartyId, window: Window) -> Vec<Row> {
    let mut rows = Vec::new();
    for bloc in view.pairs.ledger().blocs() {
        let pair = view.pairs.get(bloc, party);
        let inside = view.pairs.ledger().bloc(bloc).inside;
        rows.extend(rows_of(view, &pair, window, inside));
        rows.extend(planned(view, &pair, window, inside));
    }
    rows.sort_by(|a, b| {
        let planned = |it: &Row| it.verdict == Verdict::Planned;
        (planned(a), &a.bloc, a.from).cmp(&(planned(b), &b.bloc, b.from))
    });
    rows
}
