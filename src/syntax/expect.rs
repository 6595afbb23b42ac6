//! Answers as they are to be.

use super::{DateText, Name, Number};
use crate::source::Span;

/// A line of an answer as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    pub verdict: Option<Name>,
    pub what: Expected,
    pub names: Vec<Name>,
    pub stretch: Option<Stretch>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `none`: no row at all.
    Nothing,
    /// `member or never otherwise former`
    Rows { status: Vec<Name>, otherwise: Vec<Name> },
    /// `former to member`
    Change { from: Name, to: Name },
    /// `9`, `9 to 11`
    Count { least: Number, most: Option<Number> },
}

/// The days of a row, as answers print them, or of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub form: StretchForm,
    pub dates: Vec<DateText>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchForm {
    Always,
    On,
    /// `from A to B`
    Days,
    /// `from A on`
    From,
    Until,
    Between,
    By,
}
