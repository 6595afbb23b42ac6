//! `blocs of Kyrgyzstan on 2005-04-08`

use std::sync::Arc;

use rayon::prelude::*;

use super::View;
use super::rows::{planned, rows_of};
use crate::answer::{Row, Verdict};
use crate::date::Window;
use crate::ledger::{BlocId, PartyId};

/// Every bloc that the party belongs to, or may belong to; plans last.
pub(super) fn rows(view: View, party: PartyId, window: Window) -> Vec<Row> {
    let blocs: Vec<BlocId> = view.pairs.ledger().joinable().collect();
    let of_bloc = |bloc: &BlocId| {
        // There may be a million blocs: their pairs are not kept.
        let pair = Arc::new(view.pairs.look(*bloc, party));
        let inside = view.pairs.ledger().bloc(*bloc).inside;
        let mut rows = rows_of(view, &pair, window, inside);
        rows.extend(planned(view, &pair, window, inside));
        // Until this is looked at, a row keeps the pair.
        for it in &rows {
            _ = it.because.first();
        }
        rows
    };
    let mut rows: Vec<Row> = blocs.par_iter().flat_map_iter(of_bloc).collect();
    rows.sort_by(|a, b| {
        let planned = |it: &Row| it.verdict == Verdict::Planned;
        (planned(a), &a.bloc, a.from).cmp(&(planned(b), &b.bloc, b.from))
    });
    rows
}
