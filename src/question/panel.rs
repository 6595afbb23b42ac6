//! Each party in a bloc, on each of some days: what statistical software wants.

use rayon::prelude::*;

use super::View;
use super::piece::pieces;
use crate::answer::Cell;
use crate::date::Day;
use crate::judge::Truth;
use crate::ledger::{BlocId, PartyId};

/// By party and day. A party is left out on days on which it cannot have existed.
pub fn of_bloc(view: View, bloc: BlocId, days: &[Day]) -> Vec<Cell> {
    let ledger = view.pairs.ledger();
    let mut parties: Vec<PartyId> = ledger.parties().collect();
    parties.sort_by_key(|it| &ledger.party(*it).name);
    parties.par_iter().flat_map_iter(|it| of_pair(view, bloc, *it, days)).collect()
}

fn of_pair(view: View, bloc: BlocId, party: PartyId, days: &[Day]) -> Vec<Cell> {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(bloc);
    let exists = ledger.party(party).exists.days();
    let pair = view.pairs.look(bloc, party);
    let pieces = pieces(view, &pair);
    let cell = |day: &Day| {
        let piece = &pieces[pieces.partition_point(|it| it.days.latest < *day)];
        Cell {
            bloc: ledger.bloc(bloc).name.clone(),
            party: ledger.party(party).name.clone(),
            date: *day,
            status: lifecycle.names_of(piece.status),
            inside: Truth::of(piece.status, ledger.bloc(bloc).inside).sure(),
            otherwise: lifecycle.names_of(piece.otherwise),
            verdict: piece.verdict,
        }
    };
    days.iter().filter(|it| exists.contains(**it)).map(cell).collect()
}
