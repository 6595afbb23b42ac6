//! Rules, and the claims that follow from them.

use serde::{Deserialize, Serialize};

use super::{Article, Claim, ClaimId, Condition, PartyId, Set, Standing};
use crate::date::Window;
use crate::source::{FileId, Span};

/// A `rule` section, or a group: who is in it follows from its definition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    /// It is a group.
    pub group: bool,
    pub place: (FileId, Span),
    /// In whose name its conclusions stand: `rule NAME`, with the trust of the rule.
    pub article: Article,
    pub clauses: Vec<Clause>,
}

/// A line of a rule, or what it comes down to in one bloc.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Clause {
    pub span: Span,
    pub premise: Premise,
    /// Of whom it is said; of everyone whom the premise holds of, where nobody is named.
    pub parties: Option<Vec<PartyId>>,
    pub conclusion: Standing,
    /// Whoever is certainly not in the premise has another status.
    pub only: bool,
    /// The days on which it holds.
    pub window: Window,
    /// The change to the conclusion counts as reported, on the first of these days.
    pub reported: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Premise {
    /// It needs none.
    Nothing,
    /// To be in the set, on each day on which one is.
    In(Set),
    /// To have been in the set on a day, which is the window of its terms.
    Was(Set),
    /// That a claim speaks of one's standing in the bloc.
    Mentioned,
}

impl Premise {
    pub fn set(&self) -> Option<&Set> {
        match self {
            Premise::In(set) | Premise::Was(set) => Some(set),
            Premise::Nothing | Premise::Mentioned => None,
        }
    }

    /// What it depends on.
    pub fn terms(&self) -> Vec<Condition> {
        self.set().map(Set::terms).unwrap_or_default()
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
