//! Questions to answers, one file for each kind.

mod blocs;
mod changes;
mod history;
mod members;
mod rows;
mod status;
mod when;

use crate::answer::{Answer, Open};
use crate::date::Window;
use crate::pair::Pairs;
use crate::resolve::Asked;
use crate::source::Sources;

/// What a question leaves open.
fn open(asked: &Asked) -> Open {
    let of = |party, bloc, window: Window| Open { party, bloc, days: !window.is_day() };
    match *asked {
        Asked::Members(wanted) => of(true, false, wanted.window),
        Asked::Blocs { window, .. } => of(false, true, window),
        // A row of one day alone names the party, so that the line says something.
        Asked::Status { window, .. } => of(window.is_day(), false, window),
        Asked::HistoryOfPair { .. } | Asked::When { .. } => of(false, false, Window::ALWAYS),
        Asked::HistoryOfBloc { .. } | Asked::Changes { .. } => of(true, false, Window::ALWAYS),
    }
}

/// The answer to a question, as it was asked in words.
pub fn answer(pairs: &Pairs, sources: &Sources, question: &str, asked: &Asked) -> Answer {
    let view = View { pairs, sources };
    let mut answer = Answer::new(question, open(asked));
    match *asked {
        Asked::Members(wanted) => answer.rows = members::rows(view, wanted),
        Asked::Blocs { party, window } => answer.rows = blocs::rows(view, party, window),
        Asked::Status { party, bloc, window } => answer.rows = status::rows(view, party, bloc, window),
        Asked::HistoryOfPair { party, bloc } => {
            (answer.rows, answer.changes) = history::of_pair(view, party, bloc);
        }
        Asked::HistoryOfBloc { bloc } => (answer.rows, answer.changes) = history::of_bloc(view, bloc),
        Asked::When { party, wanted } => answer.rows = when::rows(view, party, wanted),
        Asked::Changes { bloc, window } => answer.changes = changes::of_bloc(view, bloc, window),
    }
    answer
}

/// What questions look at.
#[derive(Clone, Copy)]
struct View<'a> {
    pairs: &'a Pairs,
    sources: &'a Sources,
}
