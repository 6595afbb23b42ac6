//! What was meant: names interned, claims as constraints, each with where it was said.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::infer::Part;
use crate::lifecycle::{Deed, Lifecycle, StatusSet};
use crate::source::{FileId, Span};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartyId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlocId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ArticleId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub u32);

/// Everything that the rule files say.
#[derive(Debug, Default)]
pub struct Ledger {
    pub lifecycles: Vec<Lifecycle>,
    pub parties: Vec<Party>,
    pub blocs: Vec<Bloc>,
    pub articles: Vec<Article>,
    pub claims: Vec<Claim>,
    pub requirements: Vec<Requirement>,
    pub allowances: Vec<Allowance>,
    /// By bloc: where its claims are.
    pub of_bloc: Vec<ClaimsOfBloc>,
}

/// The places of the claims on one bloc.
#[derive(Debug, Default)]
pub struct ClaimsOfBloc {
    /// Of each party that a claim names.
    pub of_party: BTreeMap<PartyId, Vec<ClaimId>>,
    /// Those that also speak of parties they do not name.
    pub of_everyone: Vec<ClaimId>,
}

#[derive(Clone, Debug)]
pub struct Party {
    pub name: String,
    pub title: Option<String>,
    /// Its other names, codes left out.
    pub also: Vec<String>,
    pub exists: Existence,
    /// Where it was declared.
    pub place: (FileId, Span),
}

#[derive(Clone, Debug)]
pub struct Bloc {
    pub name: String,
    pub title: Option<String>,
    /// Its other names, codes left out.
    pub also: Vec<String>,
    pub exists: Existence,
    /// Place in [`Ledger::lifecycles`].
    pub lifecycle: usize,
    /// The statuses that count as belonging to it.
    pub inside: StatusSet,
    pub place: (FileId, Span),
}

/// Bounds that the vocabulary sets.
#[derive(Clone, Copy, Debug)]
pub struct Existence {
    /// The first day on which it can have existed.
    pub begins: Day,
    /// The days on one of which it ended.
    pub ends: Option<Window>,
}

impl Default for Existence {
    fn default() -> Existence {
        Existence { begins: Day::DAWN, ends: None }
    }
}

#[derive(Clone, Debug)]
pub struct Article {
    pub name: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Window>,
    pub trust: u32,
    /// Where the number stands, if one is written.
    pub trust_span: Option<Span>,
    pub place: (FileId, Span),
    pub text: Option<ArticleText>,
}

/// The file that holds an article's text, which need not be at hand.
#[derive(Clone, Debug)]
pub struct ArticleText {
    pub name: String,
    pub span: Span,
    pub digest: Option<(String, Span)>,
    /// The text, where it was found.
    pub file: Option<FileId>,
}

/// A line of an article's section: what the article says.
#[derive(Clone, Debug)]
pub struct Claim {
    pub article: ArticleId,
    pub file: FileId,
    pub span: Span,
    pub said_by: Option<String>,
    pub cites: Vec<Cite>,
    pub bloc: BlocId,
    /// The parties it names.
    pub parties: Vec<PartyId>,
    pub says: Says,
}

/// What has to hold for a claim.
pub type Parts = SmallVec<[Part; 2]>;

#[derive(Clone, Debug)]
pub enum Says {
    /// These hold of the parties it names, and of every other known party `of_others`, if anything.
    Holds { parts: Parts, of_others: Parts },
    /// What a party is going to do constrains nothing.
    Plan { deed: Deed, window: Window },
    /// What is going to become of the bloc itself, or a date of it that changes no membership.
    OfBloc { planned: bool, window: Window },
    /// How many parties have one of the statuses.
    Count { number: Number, statuses: StatusSet, window: Window, throughout: bool },
}

/// Bounds of a count, both taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number {
    pub least: u32,
    pub most: u32,
}

/// What has to hold on every day of a window, whatever articles say.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub name: String,
    /// The line that says so.
    pub place: (FileId, Span),
    pub window: Window,
    pub demand: Demand,
}

#[derive(Clone, Copy, Debug)]
pub enum Demand {
    /// Who has the first has not the second.
    Exclusion(Standing, Standing),
    /// Who has the first has the second too.
    Inclusion(Standing, Standing),
    Size(Standing, Number),
}

/// To have one of these statuses in a bloc.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub bloc: BlocId,
    pub statuses: StatusSet,
}

/// A kind of finding that is as it should be, in an article or on one of its claims.
#[derive(Clone, Debug)]
pub struct Allowance {
    pub code: String,
    pub because: String,
    pub file: FileId,
    /// The words `allow CODE because "..."`.
    pub span: Span,
    /// The claim or the section of the article.
    pub scope: Span,
}

/// Where in the article's text a claim rests.
#[derive(Clone, Debug)]
pub struct Cite {
    /// As it is written after the `@`.
    pub written: String,
    pub span: Span,
    pub at: CiteAt,
    /// The passage, where the text is at hand.
    pub passage: Option<(FileId, Span)>,
}

#[derive(Clone, Debug)]
pub enum CiteAt {
    /// Lines of the text, counted from 1.
    Lines(usize, usize),
    /// Words that occur in it exactly once.
    Words(String),
}

impl Ledger {
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.0 as usize]
    }

    pub fn bloc(&self, id: BlocId) -> &Bloc {
        &self.blocs[id.0 as usize]
    }

    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0 as usize]
    }

    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.0 as usize]
    }

    pub fn lifecycle_of(&self, bloc: BlocId) -> &Lifecycle {
        &self.lifecycles[self.bloc(bloc).lifecycle]
    }

    pub fn blocs(&self) -> impl Iterator<Item = BlocId> + use<> {
        (0..self.blocs.len() as u32).map(BlocId)
    }

    pub fn parties(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.parties.len() as u32).map(PartyId)
    }

    /// Enters a claim where questions look for it.
    pub fn enter(&mut self, claim: Claim) {
        let id = ClaimId(self.claims.len() as u32);
        let of_bloc = &mut self.of_bloc[claim.bloc.0 as usize];
        for party in &claim.parties {
            of_bloc.of_party.entry(*party).or_default().push(id);
        }
        if matches!(&claim.says, Says::Holds { of_others, .. } if !of_others.is_empty()) {
            of_bloc.of_everyone.push(id);
        }
        self.claims.push(claim);
    }

    /// The parties that a claim on this bloc names, by place.
    pub fn named_in(&self, bloc: BlocId) -> impl Iterator<Item = PartyId> + '_ {
        self.of_bloc[bloc.0 as usize].of_party.keys().copied()
    }

    /// The claims on a pair, with those on everyone; each once, in the order they were read in.
    pub fn claims_on(&self, bloc: BlocId, party: PartyId) -> Vec<ClaimId> {
        let of_bloc = &self.of_bloc[bloc.0 as usize];
        let mut claims: Vec<ClaimId> = of_bloc.of_party.get(&party).cloned().unwrap_or_default();
        claims.extend(&of_bloc.of_everyone);
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}
