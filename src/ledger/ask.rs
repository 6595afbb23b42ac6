//! What rule files ask, and the answers that they expect.

use super::{BlocId, PartyId};
use crate::date::Window;
use crate::source::{FileId, Span};

/// An `ask` section.
#[derive(Clone, Debug)]
pub struct Ask {
    pub file: FileId,
    /// The question itself.
    pub question: Span,
    pub named: Named,
    /// The parties and blocs that the question names.
    pub parties: Vec<PartyId>,
    pub blocs: Vec<BlocId>,
    /// Its `expect` lines, in their order.
    pub expected: Vec<Expected>,
}

/// What the rows of an answer are told apart by, beside their days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    Parties,
    Blocs,
    /// The question names them.
    Nothing,
}

/// An `expect` line.
#[derive(Clone, Debug)]
pub struct Expected {
    /// From the word `expect` to the last one of it.
    pub span: Span,
    /// The verdict, where it is to be compared.
    pub verdict: Option<String>,
    /// `None` where a name or day of the line is wrong: a finding says so, and no answer is like it.
    pub what: Option<What>,
    /// The names of parties or blocs as they are declared.
    pub names: Vec<String>,
    pub window: Option<Window>,
}

/// What a row, a change or a count says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// There is no row.
    Nothing,
    Rows {
        status: Vec<String>,
        otherwise: Vec<String>,
    },
    Change {
        from: String,
        to: String,
    },
    Count {
        least: usize,
        most: usize,
    },
}
