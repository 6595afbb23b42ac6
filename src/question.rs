//! Questions to answers, one file for each kind.

mod blocs;
mod history;
mod members;
mod rows;
mod status;
mod when;

use crate::answer::{Change, Row};
use crate::pair::Pairs;
use crate::resolve::Asked;
use crate::source::Sources;

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
