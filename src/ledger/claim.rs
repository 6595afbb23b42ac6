//! Claims: there are millions of them, so what few of them have is kept apart.

use smallvec::{SmallVec, smallvec};

use super::{ArticleId, BlocId, Number, PartyId};
use crate::date::Window;
use crate::infer::Part;
use crate::lifecycle::{Deed, StatusSet};
use crate::source::Span;

/// A line of an article's section: what the article says.
#[derive(Clone, Debug)]
pub struct Claim {
    pub article: ArticleId,
    pub span: Span,
    pub bloc: BlocId,
    /// The party it names, or the first of them; [`NOBODY`] where it names none.
    party: PartyId,
    /// The line that it cites with its last word, where that is all it cites; else 0.
    line: u32,
    pub says: Says,
    /// What does not fit above.
    more: Option<Box<More>>,
}

const NOBODY: PartyId = PartyId(u32::MAX);

#[derive(Clone, Debug)]
struct More {
    parties: Vec<PartyId>,
    basis: Basis,
}

/// What a claim rests on, by its own words.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    pub said_by: Option<String>,
    pub cites: Vec<Cite>,
}

/// What has to hold for a claim.
pub type Parts = SmallVec<[Part; 2]>;

#[derive(Clone, Debug)]
pub enum Says {
    /// This holds of the parties it names.
    Holds(Part),
    /// These hold of the parties it names, and of every other known party `of_others`, if anything.
    Several(Box<(Parts, Parts)>),
    /// What a party is going to do constrains nothing.
    Plan { deed: Deed, window: Window },
    /// What is going to become of the bloc itself, or a date of it that changes no membership.
    OfBloc { planned: bool, window: Window },
    /// How many parties have one of the statuses.
    Count { number: Number, statuses: StatusSet, window: Window, throughout: bool },
}

impl Says {
    pub fn holds(parts: Parts, of_others: Parts) -> Says {
        match parts[..] {
            [part] if of_others.is_empty() => Says::Holds(part),
            _ => Says::Several(Box::new((parts, of_others))),
        }
    }

    /// What holds of the parties it names; nothing, where it constrains no history.
    pub fn parts(&self) -> &[Part] {
        match self {
            Says::Holds(part) => std::slice::from_ref(part),
            Says::Several(parts) => &parts.0,
            _ => &[],
        }
    }

    /// What holds of every other party.
    pub fn of_others(&self) -> &[Part] {
        match self {
            Says::Several(parts) => &parts.1,
            _ => &[],
        }
    }

    /// Whether it says something of histories, and is no plan and no count.
    pub fn constrains(&self) -> bool {
        matches!(self, Says::Holds(_) | Says::Several(_))
    }
}

impl Claim {
    pub fn new(article: ArticleId, span: Span, bloc: BlocId, parties: &[PartyId], says: Says) -> Claim {
        let party = parties.first().copied().unwrap_or(NOBODY);
        let basis = Basis::default();
        let more = (parties.len() > 1).then(|| Box::new(More { parties: parties.to_vec(), basis }));
        Claim { article, span, bloc, party, line: 0, says, more }
    }

    /// On one party, citing the line if it is not 0.
    #[inline]
    pub fn plain(
        article: ArticleId,
        span: Span,
        (bloc, party): (BlocId, PartyId),
        part: Part,
        line: u32,
    ) -> Claim {
        Claim { article, span, bloc, party, line, says: Says::Holds(part), more: None }
    }

    #[must_use]
    pub fn in_article(self, article: ArticleId) -> Claim {
        Claim { article, ..self }
    }

    #[must_use]
    pub fn resting_on(mut self, basis: Basis) -> Claim {
        if basis.said_by.is_some() || !basis.cites.is_empty() {
            let parties = if self.more.is_some() { Vec::new() } else { self.parties().to_vec() };
            self.more.get_or_insert_with(|| Box::new(More { parties, basis: Basis::default() })).basis =
                basis;
        }
        self
    }

    /// The parties it names.
    #[inline]
    pub fn parties(&self) -> &[PartyId] {
        match &self.more {
            Some(more) => &more.parties,
            None if self.party == NOBODY => &[],
            None => std::slice::from_ref(&self.party),
        }
    }

    /// Whether it speaks of one party, and of nobody else.
    pub fn names_one_alone(&self) -> bool {
        self.parties().len() == 1 && self.says.of_others().is_empty()
    }

    /// What it says of a party.
    pub fn parts_of(&self, party: PartyId) -> &[Part] {
        if self.parties().contains(&party) { self.says.parts() } else { self.says.of_others() }
    }

    /// Where in the article's text it rests.
    pub fn cites(&self) -> SmallVec<[Cite; 1]> {
        if self.line > 0 {
            let written = self.line.to_string();
            let start = self.span.end - written.len() as u32 - 1;
            let at = CiteAt::Lines(self.line as usize, self.line as usize);
            return smallvec![Cite { written, span: Span { start, end: self.span.end }, at }];
        }
        self.more.iter().flat_map(|it| &it.basis.cites).cloned().collect()
    }
}

/// A place in an article's text.
#[derive(Clone, Debug)]
pub struct Cite {
    /// As it is written after the `@`.
    pub written: String,
    pub span: Span,
    pub at: CiteAt,
}

#[derive(Clone, Debug)]
pub enum CiteAt {
    /// Lines of the text, counted from 1.
    Lines(usize, usize),
    /// Words that occur in it exactly once.
    Words(String),
}

// There are millions of them.
const _: () = assert!(size_of::<Claim>() <= 64);
