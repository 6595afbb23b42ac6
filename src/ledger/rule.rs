//! Rules, and the claims that follow from them.

use super::{Article, BlocId, Claim, ClaimId, PartyId, Set, Standing};
use crate::date::Window;
use crate::source::{FileId, Span};

/// A `rule` section.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub place: (FileId, Span),
    /// In whose name its conclusions stand: `rule NAME`, with the trust of the rule.
    pub article: Article,
    pub clauses: Vec<Clause>,
}

/// A line of a rule.
#[derive(Clone, Debug)]
pub struct Clause {
    pub span: Span,
    pub premise: Premise,
    pub conclusion: Standing,
    /// The days on which it holds.
    pub window: Window,
}

#[derive(Clone, Debug)]
pub enum Premise {
    /// Whoever is in the set, on each day on which he is.
    In(Set),
    /// Whoever was in the set on a day, which is the window of its terms.
    Was(Set),
    Named(Vec<PartyId>),
}

impl Premise {
    pub fn set(&self) -> Option<&Set> {
        match self {
            Premise::In(set) | Premise::Was(set) => Some(set),
            Premise::Named(_) => None,
        }
    }

    /// The blocs that it depends on.
    pub fn blocs(&self) -> Vec<BlocId> {
        self.set().map(Set::terms).unwrap_or_default().into_iter().map(|it| it.bloc).collect()
    }
}

/// What follows from a rule: a claim that nobody wrote.
#[derive(Clone, Debug)]
pub struct Derived {
    pub claim: Claim,
    /// For each party that it names, in their order.
    pub grounds: Vec<Grounds>,
}

/// What a conclusion rests on.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// The claims that its premises rest on; all of them were there before it.
    pub claims: Vec<ClaimId>,
    /// Its first days, as far as the premises are more than presumed: it is evidence of these. It may be empty.
    pub firm: Window,
}

impl Derived {
    pub fn grounds_of(&self, party: PartyId) -> Option<&Grounds> {
        let place = self.claim.parties().iter().position(|it| *it == party)?;
        self.grounds.get(place)
    }
}
