//! What was written: sections, claims and questions with their places; no name looked up yet.

use crate::date::Window;
use crate::source::{FileId, Span};

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
    /// The claims of an article that are of the commonest shape; the others are among `lines`.
    pub plain: Vec<Plain>,
    /// From the beginning of the header to the end of the last line.
    pub span: Span,
}

impl Section {
    /// Without a line under it yet.
    pub fn new(file: FileId, header: Header, span: Span) -> Section {
        Section { file, header, lines: Vec::new(), plain: Vec::new(), span }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    Party { name: Name, title: Option<Name> },
    Bloc { name: Name, title: Option<Name> },
    Group { name: Name, members: Vec<Name> },
    Lifecycle { name: Name },
    Article { name: Name, title: Option<Name> },
    Rule { name: Name },
    Require { name: Name },
    Ask { question: Question },
}

/// A line under a header; which ones stand under which header, the grammar says.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Code(Name),
    Also(Vec<Name>),
    Exists { from: Option<DateText>, to: Option<DateText>, span: Span },
    BlocLifecycle(Name),
    Counts { status: Name, inside: bool },
    Status { names: Vec<Name>, inside: bool },
    Event { forms: Vec<Name>, from: Vec<Name>, to: Name },
    Act { forms: Vec<Name> },
    Order { deeds: Vec<Name>, span: Span },
    Publisher(Name),
    Published(DateText),
    Text { file: Name, digest: Option<Name> },
    Trust(Number),
    Allow(Allow),
    Claim(Claim),
    Implication(Implication),
    Succession(Succession),
    Exclusion(Bound),
    Inclusion(Bound),
    Size { bloc: Name, count: Count, time: Option<Time> },
    Expect(Expect),
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

/// A claim of the commonest shape: `A joins B on 1994-04-20  @7`. There are millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    pub span: Span,
    pub subject: Span,
    pub verb: PlainVerb,
    pub bloc: Span,
    pub time: Option<(PlainTime, Window)>,
    /// The line that it cites; 0 if it cites none.
    pub line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainVerb {
    Inside { not: bool },
    Deed(Span),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainTime {
    On,
    In,
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

/// A line of an answer as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    pub verdict: Option<Name>,
    pub what: Expected,
    pub names: Vec<Name>,
    pub stretch: Option<Stretch>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `none`: no row at all.
    Nothing,
    /// `member or never otherwise former`
    Rows { status: Vec<Name>, otherwise: Vec<Name> },
    /// `former to member`
    Change { from: Name, to: Name },
    /// `9`, `9 to 11`
    Count { least: Number, most: Option<Number> },
}

/// The days of a row, as answers print them, or of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub form: StretchForm,
    pub dates: Vec<DateText>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchForm {
    Always,
    On,
    /// `from A to B`
    Days,
    /// `from A on`
    From,
    Until,
    Between,
    By,
}

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
    Belonging { of: Plural, bloc: Name, time: Option<Time> },
    Not(Box<Set>),
    All(Vec<Set>),
    Any(Vec<Set>),
}

impl Set {
    /// From the first name in it to the last.
    pub fn span(&self) -> Span {
        match self {
            Set::Belonging { of, bloc, time } => {
                of.word.span.to(time.as_ref().map_or(bloc.span, |it| it.span))
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
