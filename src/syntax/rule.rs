//! Lines of rules and requirements.

use super::{DateText, Name, Plural, Set, Time};
use crate::source::Span;

/// `members of EAEU are members of CU from 2015-01-01`
#[derive(Clone, Debug, PartialEq)]
pub struct Implication {
    pub premise: Set,
    pub status: Plural,
    pub bloc: Name,
    pub from: Option<DateText>,
    pub until: Option<DateText>,
    pub time: Option<Time>,
    pub span: Span,
}

/// `EAEU succeeds EurAsEC on 2015-01-01 with Belarus and Russia`
#[derive(Clone, Debug, PartialEq)]
pub struct Succession {
    pub heir: Name,
    pub bloc: Name,
    pub time: Option<Time>,
    pub with: Vec<Name>,
    pub span: Span,
}

/// `no member of CSTO is member of NATO`, `every member of EAEU is member of CIS`
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub of: (Name, Name),
    pub is: (Name, Name),
    pub time: Option<Time>,
    pub span: Span,
}
