//! `common blocs of Russia and Kazakhstan on D`

use rayon::prelude::*;

use super::View;
use super::set;
use crate::answer::Row;
use crate::date::Window;
use crate::judge::{Formula, Term};
use crate::ledger::{BlocId, PartyId, Wanted};

/// Every bloc in which all of them are, or may be.
pub(super) fn rows(view: View, parties: &[PartyId], window: Window) -> Vec<Row> {
    let ledger = view.pairs.ledger();
    let formula = Formula::All((0..parties.len()).map(Formula::Term).collect());
    let of_bloc = |bloc: &BlocId| {
        let wanted = Wanted { bloc: *bloc, statuses: ledger.bloc(*bloc).inside, window };
        let terms: Vec<Term> = parties.iter().map(|it| Term::of(wanted.into(), *it)).collect();
        set::told(view, terms, &formula)
    };
    let mut blocs: Vec<BlocId> = ledger.joinable().collect();
    blocs.sort_by_key(|it| &ledger.bloc(*it).name);
    let mut rows: Vec<Row> = blocs.par_iter().flat_map_iter(of_bloc).collect();
    rows.retain(set::may_be_in);
    rows
}
