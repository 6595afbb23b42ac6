//! Claims: there are millions of them, so what few of them have is kept apart.

use std::borrow::Cow;
use std::ops::Deref;

use smallvec::{SmallVec, smallvec};

use super::{ArticleId, BlocId, Number, PartyId};
use crate::date::Window;
use crate::infer::Part;
use crate::lifecycle::{ActId, Deed, EventId, StatusSet};
use crate::source::Span;

/// A line of an article's section: what the article says.
#[derive(Clone, Debug)]
pub struct Claim {
    pub article: ArticleId,
    pub bloc: BlocId,
    /// The party it names, where it is brief; else [`NOBODY`].
    party: PartyId,
    /// Where it begins.
    start: u32,
    kept: Kept,
}

const NOBODY: PartyId = PartyId(u32::MAX);

#[derive(Clone, Debug)]
enum Kept {
    Brief(Brief),
    More(Box<More>),
}

/// What nearly all claims say: one thing of one party, and the line that they cite.
#[derive(Clone, Copy, Debug)]
struct Brief {
    what: What,
    window: Window,
    /// How many bytes it has.
    length: u16,
    /// The line that it cites with its last word, where that is all it cites; else 0.
    line: u16,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Event(EventId),
    Act(ActId),
    /// The statuses are among the first of their lifecycle.
    Always(u16),
    Sometime(u16),
}

#[derive(Clone, Debug)]
struct More {
    parties: SmallVec<[PartyId; 1]>,
    says: Says,
    end: u32,
    line: u32,
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

/// What a claim says has to hold of somebody.
#[derive(Clone, Copy, Debug)]
pub enum Holds<'a> {
    This(Part),
    These(&'a [Part]),
}

impl Deref for Holds<'_> {
    type Target = [Part];

    #[inline]
    fn deref(&self) -> &[Part] {
        match self {
            Holds::This(part) => std::slice::from_ref(part),
            Holds::These(parts) => parts,
        }
    }
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

impl More {
    fn new(parties: SmallVec<[PartyId; 1]>, says: Says, end: u32) -> More {
        More { parties, says, end, line: 0, basis: Basis::default() }
    }
}

impl Brief {
    /// `None` where it takes more room.
    #[inline]
    fn of(part: Part, length: u32, line: u32) -> Option<Brief> {
        let few = |it: StatusSet| u16::try_from(it.0).ok();
        let (what, window) = match part {
            Part::Event { event, window } => (What::Event(event), window),
            Part::Act { act, window } => (What::Act(act), window),
            Part::Always { statuses, window } => (What::Always(few(statuses)?), window),
            Part::Sometime { statuses, window } => (What::Sometime(few(statuses)?), window),
            Part::Spell { .. } | Part::Reports { .. } => return None,
        };
        Some(Brief { what, window, length: length.try_into().ok()?, line: line.try_into().ok()? })
    }

    #[inline]
    fn part(self) -> Part {
        let Brief { what, window, .. } = self;
        match what {
            What::Event(event) => Part::Event { event, window },
            What::Act(act) => Part::Act { act, window },
            What::Always(statuses) => Part::Always { statuses: StatusSet(statuses.into()), window },
            What::Sometime(statuses) => Part::Sometime { statuses: StatusSet(statuses.into()), window },
        }
    }
}

impl Claim {
    pub fn new(article: ArticleId, span: Span, bloc: BlocId, parties: &[PartyId], says: Says) -> Claim {
        match (parties, &says) {
            (&[party], &Says::Holds(part)) => Claim::plain(article, span, (bloc, party), part, 0),
            _ => Claim::of(article, span.start, bloc, More::new(parties.into(), says, span.end)),
        }
    }

    fn of(article: ArticleId, start: u32, bloc: BlocId, more: More) -> Claim {
        Claim { article, bloc, party: NOBODY, start, kept: Kept::More(Box::new(more)) }
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
        if let Some(brief) = Brief::of(part, span.end - span.start, line) {
            return Claim { article, bloc, party, start: span.start, kept: Kept::Brief(brief) };
        }
        let more = More::new(smallvec![party], Says::Holds(part), span.end);
        Claim::of(article, span.start, bloc, More { line, ..more })
    }

    #[must_use]
    pub fn in_article(self, article: ArticleId) -> Claim {
        Claim { article, ..self }
    }

    #[must_use]
    pub fn resting_on(self, basis: Basis) -> Claim {
        if basis.said_by.is_none() && basis.cites.is_empty() {
            return self;
        }
        let more = More::new(self.parties().into(), self.says().into_owned(), self.span().end);
        Claim::of(self.article, self.start, self.bloc, More { basis, ..more })
    }

    /// Where it stands in the file of its article.
    #[inline]
    pub fn span(&self) -> Span {
        let end = match &self.kept {
            Kept::Brief(brief) => self.start + u32::from(brief.length),
            Kept::More(more) => more.end,
        };
        Span { start: self.start, end }
    }

    pub fn says(&self) -> Cow<'_, Says> {
        match &self.kept {
            Kept::Brief(brief) => Cow::Owned(Says::Holds(brief.part())),
            Kept::More(more) => Cow::Borrowed(&more.says),
        }
    }

    /// Whether it says one thing of one party, and little else: no plan either.
    #[inline]
    pub fn is_brief(&self) -> bool {
        matches!(self.kept, Kept::Brief(_))
    }

    /// What its party is going to do, and when.
    pub fn plan(&self) -> Option<(Deed, Window)> {
        match &self.kept {
            Kept::More(more) => match more.says {
                Says::Plan { deed, window } => Some((deed, window)),
                _ => None,
            },
            Kept::Brief(_) => None,
        }
    }

    /// What holds of the parties it names; nothing, where it constrains no history.
    #[inline]
    pub fn parts(&self) -> Holds<'_> {
        match &self.kept {
            Kept::Brief(brief) => Holds::This(brief.part()),
            Kept::More(more) => Holds::These(more.says.parts()),
        }
    }

    /// What holds of every other party.
    #[inline]
    pub fn of_others(&self) -> &[Part] {
        match &self.kept {
            Kept::Brief(_) => &[],
            Kept::More(more) => more.says.of_others(),
        }
    }

    /// What it says of a party.
    #[inline]
    pub fn parts_of(&self, party: PartyId) -> Holds<'_> {
        if self.parties().contains(&party) { self.parts() } else { Holds::These(self.of_others()) }
    }

    /// The parties it names.
    #[inline]
    pub fn parties(&self) -> &[PartyId] {
        match &self.kept {
            Kept::Brief(_) => std::slice::from_ref(&self.party),
            Kept::More(more) => &more.parties,
        }
    }

    /// Whether it speaks of one party, and of nobody else.
    pub fn names_one_alone(&self) -> bool {
        self.parties().len() == 1 && self.of_others().is_empty()
    }

    /// Where in the article's text it rests.
    pub fn cites(&self) -> SmallVec<[Cite; 1]> {
        let line = match &self.kept {
            Kept::Brief(brief) => u32::from(brief.line),
            Kept::More(more) => more.line,
        };
        if line > 0 {
            let written = line.to_string();
            let end = self.span().end;
            let span = Span { start: end - written.len() as u32 - 1, end };
            let at = CiteAt::Lines(line as usize, line as usize);
            return smallvec![Cite { written, span, at }];
        }
        match &self.kept {
            Kept::More(more) => more.basis.cites.iter().cloned().collect(),
            Kept::Brief(_) => SmallVec::new(),
        }
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
const _: () = assert!(size_of::<Claim>() <= 32);
