//! Lines of rules and requirements.

use super::{DateText, Name, Plural, Set, Time};
use crate::source::Span;

/// `members of EAEU are members of CU from 2015-01-01`
#[derive(Clone, Debug, PartialEq)]
pub struct Implication {
    /// And nobody else is.
    pub only: bool,
    pub premise: Set,
    pub status: Plural,
    pub bloc: Name,
    pub validity: Option<Validity>,
    pub time: Option<Time>,
    /// What else has to hold.
    pub facts: Vec<Fact>,
    pub span: Span,
}

/// `from 2015-01-01 until 2020`, or one of them
#[derive(Clone, Debug, PartialEq)]
pub struct Validity {
    pub from: Option<DateText>,
    pub until: Option<DateText>,
}

/// `Russia member-of CU`, `Russia is not observer in CU`
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub party: Name,
    pub not: bool,
    /// Whatever is inside, where none is named.
    pub status: Option<Name>,
    pub bloc: Name,
}

/// `EAEU succeeds EurAsEC on 2015-01-01 with Belarus and Russia`, `Russia continues USSR on 1991-12-24 in UN`
#[derive(Clone, Debug, PartialEq)]
pub struct Succession {
    pub heir: Name,
    pub of: Name,
    /// The heir is the same under another name.
    pub continues: bool,
    pub time: Option<Time>,
    pub carried: Carried,
    pub span: Span,
}

/// What a succession carries over.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    Everything,
    /// These members of a bloc.
    With(Vec<Name>),
    /// The standing in these blocs.
    In(Vec<Name>),
    NotIn(Vec<Name>),
}

/// A party of a group, or those of another group: `Czechia from 1993-01-01`
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: Name,
    pub validity: Option<Validity>,
}

/// `no member of CSTO is member of NATO`, `every member of EAEU is member of CIS`
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub of: (Name, Name),
    pub is: (Name, Name),
    pub time: Option<Time>,
    pub span: Span,
}

/// `order signs CIS, joins CIS, joins EAEU`
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    pub steps: Vec<Step>,
    pub time: Option<Time>,
    pub span: Span,
}

/// An event or act in a bloc; without the name of one it is understood to say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub verb: Name,
    pub bloc: Option<Name>,
    pub span: Span,
}
