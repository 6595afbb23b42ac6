//! `members of CSTO on 2012-12-19`, `observers of CIS on D`, `former members of CSTO on D`

use super::View;
use super::rows::{planned, rows_of};
use crate::answer::{Row, Verdict};
use crate::resolve::Wanted;

/// Every party that has one of the statuses, or may have it, or would by an overruled claim.
///
/// Of one day, plans come last; of more, the stretches of a party stand together.
pub(super) fn rows(view: View, wanted: Wanted) -> Vec<Row> {
    let mut rows = Vec::new();
    for party in view.pairs.ledger().named_in(wanted.bloc) {
        let pair = view.pairs.get(wanted.bloc, party);
        rows.extend(rows_of(view, &pair, wanted.window, wanted.statuses));
        rows.extend(planned(view, &pair, wanted.window, wanted.statuses));
    }
    // Members apart from suspended ones; the sure apart from the possible.
    let standing = |it: &Row| (it.verdict == Verdict::Planned, it.status.len() > 1, it.status.clone());
    if wanted.window.is_day() {
        rows.sort_by(|a, b| (standing(a), &a.party).cmp(&(standing(b), &b.party)));
    } else {
        rows.sort_by(|a, b| (&a.party, a.from).cmp(&(&b.party, b.from)));
    }
    rows
}
