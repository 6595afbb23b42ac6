//! Questions, sets and tables.

use super::{Claim, DateText, Name, Number, Plural, Time};
use crate::source::Span;

/// A question with its modifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub query: Query,
    pub modifiers: Vec<Modifier>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Set(Set),
    Blocs {
        party: Name,
        time: Option<Time>,
    },
    Status {
        party: Name,
        bloc: Name,
        time: Option<Time>,
    },
    /// Of a pair, or of a bloc.
    History {
        of: Name,
        bloc: Option<Name>,
    },
    When {
        party: Name,
        status: Name,
        bloc: Name,
    },
    Changes {
        bloc: Name,
        time: Option<Time>,
    },
    Common {
        parties: Vec<Name>,
        time: Option<Time>,
    },
    Count {
        set: Set,
        every: Option<Every>,
    },
    Why {
        not: bool,
        party: Name,
        bloc: Name,
        time: Option<Time>,
    },
    Did {
        party: Name,
        verb: Name,
        bloc: Option<Name>,
        time: Option<Time>,
    },
}

/// Sets of parties; `and` binds before `or`.
#[derive(Clone, Debug, PartialEq)]
pub enum Set {
    Belonging { of: Plural, bloc: Of, before: Option<Number>, time: Option<Time> },
    Not(Box<Set>),
    All(Vec<Set>),
    Any(Vec<Set>),
}

/// What one belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    Bloc(Name),
    /// A bloc that itself belongs to another: `members of members of WTO`.
    Blocs {
        of: Plural,
        bloc: Box<Of>,
    },
}

impl Of {
    /// The bloc that is named.
    pub fn bloc(&self) -> &Name {
        match self {
            Of::Bloc(name) => name,
            Of::Blocs { bloc, .. } => bloc.bloc(),
        }
    }
}

impl Set {
    /// `members of CSTO on D`, which is asked with statuses, and not with yes or no.
    pub fn members(&self) -> Option<(&Plural, &Name, Option<&Time>)> {
        match self {
            Set::Belonging { of, bloc: Of::Bloc(bloc), before: None, time } => {
                Some((of, bloc, time.as_ref()))
            }
            _ => None,
        }
    }

    /// The times of its terms, from left to right.
    pub fn times(&self) -> Vec<Option<&Time>> {
        match self {
            Set::Belonging { time, .. } => vec![time.as_ref()],
            Set::Not(set) => set.times(),
            Set::All(sets) | Set::Any(sets) => sets.iter().flat_map(Set::times).collect(),
        }
    }

    /// From the first name in it to the last.
    pub fn span(&self) -> Span {
        match self {
            Set::Belonging { of, bloc, time, .. } => {
                of.word.span.to(time.as_ref().map_or(bloc.bloc().span, |it| it.span))
            }
            Set::Not(set) => set.span(),
            Set::All(sets) | Set::Any(sets) => match (sets.first(), sets.last()) {
                (Some(first), Some(last)) => first.span().to(last.span()),
                _ => Span::default(),
            },
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Every {
    pub period: Name,
    pub from: DateText,
    pub to: DateText,
}

/// What a table of all parties is about: blocs, all of them where none is named, and days.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub blocs: Vec<Name>,
    pub every: Every,
    pub modifiers: Vec<Modifier>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Modifier {
    AsPublishedBy(DateText),
    AccordingTo(Vec<Name>),
    Without(Vec<Name>),
    Assuming(Box<Claim>),
}
