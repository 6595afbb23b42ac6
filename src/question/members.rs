//! `members of CSTO on 2012-12-19`, `observers of CIS on D`, `former members of CSTO on D`

use rayon::prelude::*;

use super::View;
use super::rows::{planned, rows_of};
use crate::answer::{Row, Verdict};
use crate::ledger::{PartyId, Wanted};

/// Every party that has one of the statuses, or may have it, or would by an overruled claim.
///
/// Of one day, plans come last; of more, the stretches of a party stand together.
pub(super) fn rows(view: View, wanted: Wanted) -> Vec<Row> {
    let parties: Vec<PartyId> = view.pairs.ledger().named_in(wanted.bloc).collect();
    let of_party = |party: &PartyId| {
        let pair = view.pairs.get(wanted.bloc, *party);
        let mut rows = rows_of(view, &pair, wanted.window, wanted.statuses);
        rows.extend(planned(view, &pair, wanted.window, wanted.statuses));
        rows
    };
    let mut rows: Vec<Row> = parties.par_iter().with_max_len(8).flat_map_iter(of_party).collect();
    if wanted.window.is_day() {
        rows.sort_by(|a, b| standing(a).cmp(&standing(b)));
    } else {
        rows.sort_by(|a, b| (&a.party, a.from).cmp(&(&b.party, b.from)));
    }
    rows
}

/// Members apart from suspended ones; the sure apart from the possible.
fn standing(row: &Row) -> (bool, bool, &[String], &str) {
    (row.verdict == Verdict::Planned, row.status.len() > 1, &row.status, &row.party)
}
