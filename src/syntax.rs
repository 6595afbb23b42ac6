//! What was written: sections, claims and questions with their places; no name looked up yet.

mod expect;
mod question;
mod rule;

use std::ops::Range;

use crate::date::Window;
use crate::source::{FileId, Span};

pub use expect::{Expect, Expected, Stretch, StretchForm};
pub use question::{Every, Modifier, Of, Panel, Query, Question, Set};
pub use rule::{Bound, Carried, Fact, Implication, Member, Sequence, Step, Succession, Validity};

/// A name or a text in quotes, in Unicode's composed form (NFC), without its quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A date as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct DateText {
    pub text: String,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// As it was written: it may be larger than any number can be.
    pub digits: String,
    pub span: Span,
}

/// A header line and the lines under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub file: FileId,
    pub header: Header,
    pub lines: Vec<Line>,
    /// The lines of an article that are of the commonest shape; the others are among `lines`.
    pub plain: PlainLines,
    /// From the beginning of the header to the end of the last line.
    pub span: Span,
}

impl Section {
    /// Without a line under it yet.
    pub fn new(file: FileId, header: Header, span: Span) -> Section {
        Section { file, header, lines: Vec::new(), plain: PlainLines::default(), span }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    Party { name: Name, title: Option<Name> },
    Bloc { name: Name, title: Option<Name> },
    Group { name: Name, members: Vec<Member> },
    Lifecycle { name: Name },
    Article { name: Name, title: Option<Name> },
    Rule { name: Name },
    Require { name: Name },
    Ask { question: Box<Question> },
}

/// A line under a header; which ones stand under which header, the grammar says.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Code(Name),
    /// More names, and when they were in use.
    Also {
        names: Vec<Name>,
        from: Option<DateText>,
        to: Option<DateText>,
        span: Span,
    },
    Exists {
        from: Option<DateText>,
        to: Option<DateText>,
        span: Span,
    },
    BlocLifecycle(Name),
    Counts {
        status: Name,
        inside: bool,
    },
    Status {
        names: Vec<Name>,
        inside: bool,
        term: Option<Term>,
    },
    Event {
        forms: Vec<Name>,
        from: Vec<Name>,
        to: Name,
    },
    Act {
        forms: Vec<Name>,
    },
    Order {
        deeds: Vec<Name>,
        span: Span,
    },
    Publisher(Name),
    Published(DateText),
    Text {
        file: Name,
        digest: Option<Name>,
    },
    Trust(Number),
    Allow(Allow),
    Claim(Claim),
    Implication(Implication),
    Succession(Succession),
    Exclusion(Bound),
    Inclusion(Bound),
    Size {
        bloc: Name,
        count: Count,
        time: Option<Time>,
    },
    Sequence(Sequence),
    Expect(Expect),
}

/// How long a status lasts, and what comes after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub count: Number,
    pub unit: Unit,
    pub then: Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Months,
    Years,
}

/// What an article says, on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub span: Span,
    /// `only`: and nobody else.
    pub only: Option<Span>,
    pub subjects: Vec<Name>,
    pub predicate: Predicate,
    pub time: Option<Time>,
    pub said_by: Option<Name>,
    pub locators: Vec<Locator>,
    pub allows: Vec<Allow>,
}

/// What an article's lines of the commonest shape say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainLines {
    /// The name that stands in quotes.
    pub publisher: Option<Span>,
    pub published: Option<Window>,
    /// The places of its claims among those of all sections that were read in one go.
    pub claims: Range<u32>,
}

/// A claim of the commonest shape: `A joins B on 1994-04-20  @7`. There are millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    pub span: Span,
    /// What its words stand for, by their numbers in the lexicon.
    pub party: u32,
    pub bloc: u32,
    pub verb: PlainVerb,
    pub time: Option<(PlainTime, Window)>,
    /// The line that it cites; 0 if it cites none.
    pub line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainVerb {
    Inside { not: bool },
    Deed(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainTime {
    On,
    In,
    Throughout,
}

/// `allow clash because "..."`: findings of this code are as they should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    pub code: Name,
    pub because: Name,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// `member-of B`, `not member-of B`
    Inside { not: bool, bloc: Name },
    /// `is suspended in B`, `is not observer in B`
    Is { not: bool, status: Name, bloc: Name },
    /// `joins B`, `founded`
    Deed { verb: Name, object: Option<Name> },
    /// `plans to join B`
    Plan { verb: Name, object: Option<Name> },
    /// `will join B`: to be told what to write instead.
    Will { verb: Name, span: Span },
    /// `has 6 members`
    Count(Count),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    pub bound: CountBound,
    pub number: Number,
    pub of: Plural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountBound {
    Exactly,
    AtMost,
    AtLeast,
}

/// `members`, `observers`, `former members`
#[derive(Clone, Debug, PartialEq)]
pub struct Plural {
    pub word: Name,
    /// The word is followed by `members`.
    pub members: bool,
}

/// Where in the article's text a claim rests.
#[derive(Clone, Debug, PartialEq)]
pub enum Locator {
    /// `@7`, `@7-9`
    Lines { first: Number, last: Number, span: Span },
    /// `@"words"`
    Words { words: Name, span: Span },
}

/// A preposition of time with its dates: two for `between` and `from ... to`, else one.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    pub form: TimeForm,
    pub dates: Vec<DateText>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeForm {
    On,
    In,
    Before,
    By,
    After,
    Between,
    AtTheEndOf,
    Throughout,
    Since,
    FromTo,
}

impl TimeForm {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            TimeForm::On => "on",
            TimeForm::In => "in",
            TimeForm::Before => "before",
            TimeForm::By => "by",
            TimeForm::After => "after",
            TimeForm::Between => "between",
            TimeForm::AtTheEndOf => "at the end of",
            TimeForm::Throughout => "throughout",
            TimeForm::Since => "since",
            TimeForm::FromTo => "from ... to",
        }
    }
}
