//! What was meant: names interned, claims as constraints, each with where it was said.

mod ask;
mod claim;
mod edit;
mod index;
mod rule;
mod set;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Window};
use crate::lifecycle::{Deed, Lifecycle, StatusSet};
use crate::source::{FileId, Span};

pub use ask::{Ask, Expected, Named, What};
pub use claim::{Basis, Cite, CiteAt, Claim, Holds, Parts, Says};
pub use edit::Edit;
pub use index::Index;
pub use rule::{Clause, Derived, Grounds, Premise, Rule};
pub use set::{Condition, Set, Wanted};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct PartyId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct BlocId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ArticleId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub u32);

/// Everything that the rule files say.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    pub lifecycles: Vec<Lifecycle>,
    pub parties: Vec<Party>,
    pub blocs: Vec<Bloc>,
    pub articles: Vec<Article>,
    /// The names of those who published them.
    pub publishers: Vec<String>,
    /// What the articles say.
    pub claims: Vec<Claim>,
    /// What follows by rules; as claims they are counted on from those of the articles.
    pub derived: Vec<Derived>,
    pub requirements: Vec<Requirement>,
    pub rules: Vec<Rule>,
    pub asks: Vec<Ask>,
    pub allowances: Vec<Allowance>,
    /// Where the claims on each pair are.
    pub index: Index,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub title: Option<String>,
    /// Its other names, codes left out.
    pub also: Vec<String>,
    pub exists: Existence,
    /// Where it was declared.
    pub place: (FileId, Span),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// A group, whose parties are those that it is declared with: nobody joins or leaves it.
    pub group: bool,
    pub place: (FileId, Span),
}

/// Bounds that the vocabulary sets.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Existence {
    /// The first day on which it can have existed.
    pub begins: Day,
    /// The days on one of which it ended.
    pub ends: Option<Window>,
    /// The line that says so.
    pub place: Option<(FileId, Span)>,
}

impl Existence {
    /// The days on which it can have existed.
    pub fn days(&self) -> Window {
        Window::new(self.begins, self.ends.map_or(Day::DUSK, |it| it.latest.previous()))
    }
}

impl Default for Existence {
    fn default() -> Existence {
        Existence { begins: Day::DAWN, ends: None, place: None }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    pub name: Box<str>,
    pub title: Option<Box<str>>,
    /// Place in [`Ledger::publishers`].
    pub publisher: Option<u32>,
    pub published: Option<Window>,
    pub trust: u32,
    /// Where the number stands, if one is written.
    pub trust_span: Option<Span>,
    pub place: (FileId, Span),
    pub text: Option<Box<ArticleText>>,
}

impl Article {
    /// Of which nothing is said but its name.
    pub fn new(name: impl Into<Box<str>>, place: (FileId, Span)) -> Article {
        Article {
            name: name.into(),
            title: None,
            publisher: None,
            published: None,
            trust: 1,
            trust_span: None,
            place,
            text: None,
        }
    }
}

/// The file that holds an article's text, which need not be at hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ArticleText {
    pub name: String,
    pub span: Span,
    pub digest: Option<(String, Span)>,
    /// The text, where it was found.
    pub file: Option<FileId>,
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

#[derive(Clone, Debug)]
pub enum Demand {
    /// Who has the first has not the second.
    Exclusion(Standing, Standing),
    /// Who has the first has the second too.
    Inclusion(Standing, Standing),
    Size(Standing, Number),
    /// Where reported, these come in this order.
    Order(Vec<Step>),
}

/// A deed in a bloc.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub bloc: BlocId,
    pub deed: Deed,
    /// Where the requirement names it.
    pub span: Span,
}

/// To have one of these statuses in a bloc.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
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

impl Ledger {
    #[inline]
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.0 as usize]
    }

    #[inline]
    pub fn bloc(&self, id: BlocId) -> &Bloc {
        &self.blocs[id.0 as usize]
    }

    /// An article, or a rule, which is counted on from the articles.
    pub fn article(&self, id: ArticleId) -> &Article {
        let place = id.0 as usize;
        self.articles.get(place).unwrap_or_else(|| &self.rules[place - self.articles.len()].article)
    }

    #[inline]
    pub fn claim(&self, id: ClaimId) -> &Claim {
        let place = id.0 as usize;
        self.claims.get(place).unwrap_or_else(|| &self.derived[place - self.claims.len()].claim)
    }

    /// What a claim that nobody wrote rests on.
    pub fn derived(&self, id: ClaimId) -> Option<&Derived> {
        self.derived.get((id.0 as usize).checked_sub(self.claims.len())?)
    }

    pub fn is_derived(&self, id: ClaimId) -> bool {
        id.0 as usize >= self.claims.len()
    }

    /// Whether something follows from claims; what follows from groups does so in any case.
    pub fn has_rules(&self) -> bool {
        self.rules.iter().any(|it| !it.group)
    }

    /// In whose name the conclusions of a rule stand, by its place.
    pub fn article_of(&self, rule: usize) -> ArticleId {
        ArticleId((self.articles.len() + rule) as u32)
    }

    /// Adds what follows by rules.
    pub fn derive(&mut self, derived: Vec<Derived>) {
        for (id, derived) in (self.claims.len() + self.derived.len()..).zip(&derived) {
            self.index.add(ClaimId(id as u32), &derived.claim);
        }
        self.derived.extend(derived);
    }

    pub fn lifecycle_of(&self, bloc: BlocId) -> &Lifecycle {
        &self.lifecycles[self.bloc(bloc).lifecycle]
    }

    pub fn blocs(&self) -> impl Iterator<Item = BlocId> + use<> {
        (0..self.blocs.len() as u32).map(BlocId)
    }

    /// The blocs that are no groups.
    pub fn joinable(&self) -> impl Iterator<Item = BlocId> + '_ {
        self.blocs().filter(|it| !self.bloc(*it).group)
    }

    pub fn parties(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.parties.len() as u32).map(PartyId)
    }

    /// The file that a claim stands in.
    pub fn file_of(&self, claim: &Claim) -> FileId {
        self.article(claim.article).place.0
    }

    /// Whose voice an article is: its publisher's, or where it has none, its own.
    pub fn voice<'a>(&'a self, article: &'a Article) -> &'a str {
        article.publisher.map_or(&article.name, |it| &self.publishers[it as usize])
    }

    /// The parties that a claim on this bloc names, by place.
    pub fn named_in(&self, bloc: BlocId) -> impl Iterator<Item = PartyId> + '_ {
        self.index.parties(bloc)
    }

    /// The pairs that a claim names, by bloc and party.
    pub fn named_pairs(&self) -> impl Iterator<Item = (BlocId, PartyId)> + '_ {
        self.blocs().flat_map(|bloc| self.named_in(bloc).map(move |party| (bloc, party)))
    }

    /// The claim of an article that begins at a place.
    pub fn claim_at(&self, file: FileId, start: u32) -> Option<ClaimId> {
        // Claims are in the order of the files, and of their places in them.
        let place = |it: &Claim| (self.file_of(it), it.span().start);
        self.claims.binary_search_by_key(&(file, start), place).ok().map(|it| ClaimId(it as u32))
    }

    /// The claims on a pair, with those on everyone; each once, in the order they were read in.
    pub fn claims_on(&self, bloc: BlocId, party: PartyId) -> Vec<ClaimId> {
        self.each_claim_on(bloc, party).collect()
    }

    /// The same, one after the other.
    pub fn each_claim_on(&self, bloc: BlocId, party: PartyId) -> impl Iterator<Item = ClaimId> + '_ {
        self.index.claims(bloc, party)
    }
}
