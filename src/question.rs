//! Questions to answers, one file for each kind.

mod blocs;
mod changes;
mod common;
mod count;
mod did;
mod history;
mod members;
pub mod panel;
mod piece;
mod rows;
mod set;
mod status;
mod when;
mod why;

use indexmap::IndexSet;

use crate::answer::{Answer, Evidence, Open, Row};
use crate::date::{Day, Window};
use crate::finding::Finding;
use crate::ledger::{BlocId, PartyId};
use crate::pair::Pairs;
use crate::resolve::Query;
use crate::source::Sources;

pub(crate) use piece::{Piece, pieces, planned_pieces};

/// What a question leaves open.
fn open(query: &Query) -> Open {
    let of = |party, bloc, window: Window| Open { party, bloc, days: !window.is_day() };
    match *query {
        Query::Members(wanted) => of(true, false, wanted.window),
        Query::Set(ref set) => {
            Open { party: true, bloc: false, days: set.window().is_some_and(|it| !it.is_day()) }
        }
        Query::Blocs { window, .. } | Query::Common { window, .. } => of(false, true, window),
        // A row of one day alone names the party, so that the line says something.
        Query::Status { window, .. } | Query::Why { window, .. } => of(window.is_day(), false, window),
        Query::Did { .. } => Open { party: true, bloc: false, days: false },
        Query::HistoryOfPair { .. } | Query::When { .. } | Query::Count { .. } => {
            of(false, false, Window::ALWAYS)
        }
        Query::HistoryOfBloc { .. } | Query::Changes { .. } => of(true, false, Window::ALWAYS),
    }
}

/// The answer to a question, as it was asked in words.
pub fn answer(view: View, question: &str, query: &Query) -> Result<Answer, Finding> {
    let mut answer = Answer::new(question, open(query));
    match *query {
        Query::Members(wanted) => answer.rows = members::rows(view, wanted),
        Query::Set(ref set) => answer.rows = set::rows(view, set),
        Query::Blocs { party, window } => answer.rows = blocs::rows(view, party, window),
        Query::Common { ref parties, window } => answer.rows = common::rows(view, parties, window),
        Query::Status { party, bloc, window } => answer.rows = status::rows(view, party, bloc, window),
        Query::HistoryOfPair { party, bloc } => {
            (answer.rows, answer.changes) = history::of_pair(view, party, bloc);
        }
        Query::HistoryOfBloc { bloc } => (answer.rows, answer.changes) = history::of_bloc(view, bloc),
        Query::When { party, wanted } => answer.rows = when::rows(view, party, wanted),
        Query::Changes { bloc, window } => answer.changes = changes::of_bloc(view, bloc, window),
        Query::Count { ref set, ref days, place } => {
            answer.counts = count::counts(view, set, days.as_deref(), place)?;
        }
        Query::Why { party, bloc, window } => why::tell(view, &mut answer, (party, bloc), window),
        Query::Did { party, bloc, deed, window } => {
            did::tell(view, &mut answer, (party, bloc), deed, window);
        }
    }
    Ok(answer)
}

/// The row of a pair in `members of` its bloc on a day: what is planned, or what is said otherwise.
pub(crate) fn row_on(view: View, bloc: BlocId, party: PartyId, day: Day, planned: bool) -> Option<Row> {
    let pair = view.pairs.get(bloc, party);
    let inside = view.pairs.ledger().bloc(bloc).inside;
    if planned {
        return rows::planned(view, &pair, Window::day(day), inside);
    }
    rows::rows_of(view, &pair, Window::day(day), inside).pop()
}

/// Each claim once, where it first stands.
fn once(evidence: impl Iterator<Item = Evidence>) -> Vec<Evidence> {
    evidence.collect::<IndexSet<Evidence>>().into_iter().collect()
}

/// What questions look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub pairs: &'a Pairs,
    pub sources: &'a Sources,
}
