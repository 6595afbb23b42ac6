//! Questions to answers, one file for each kind.

mod blocs;
mod history;
mod members;
mod rows;
mod status;
mod when;

use crate::answer::{Change, Open, Row};
use crate::date::Window;
use crate::pair::Pairs;
use crate::resolve::Asked;
use crate::source::Sources;

/// What a question leaves open.
pub fn open(asked: &Asked) -> Open {
    let of = |party, bloc, window: Window| Open { party, bloc, days: !window.is_day() };
    match *asked {
        Asked::Members(wanted) => of(true, false, wanted.window),
        Asked::Blocs { window, .. } => of(false, true, window),
        // A row of one day alone names the party, so that the line says something.
        Asked::Status { window, .. } => of(window.is_day(), false, window),
        Asked::HistoryOfPair { .. } | Asked::When { .. } => of(false, false, Window::ALWAYS),
        Asked::HistoryOfBloc { .. } => of(true, false, Window::ALWAYS),
    }
}

/// The rows of an answer, and the changes if it is a history.
pub fn answer(pairs: &Pairs, sources: &Sources, asked: &Asked) -> (Vec<Row>, Vec<Change>) {
    let view = View { pairs, sources };
    match *asked {
        Asked::Members(wanted) => (members::rows(view, wanted), Vec::new()),
        Asked::Blocs { party, window } => (blocs::rows(view, party, window), Vec::new()),
        Asked::Status { party, bloc, window } => (status::rows(view, party, bloc, window), Vec::new()),
        Asked::HistoryOfPair { party, bloc } => history::of_pair(view, party, bloc),
        Asked::HistoryOfBloc { bloc } => history::of_bloc(view, bloc),
        Asked::When { party, wanted } => (when::rows(view, party, wanted), Vec::new()),
    }
}

/// What questions look at.
#[derive(Clone, Copy)]
struct View<'a> {
    pairs: &'a Pairs,
    sources: &'a Sources,
}
