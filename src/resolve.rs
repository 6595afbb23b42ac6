//! Syntax to ledger: names looked up, dates read, claims turned into constraints.
//!
//! What cannot be resolved gets a finding, and everything else goes on.

mod article;
mod article_names;
mod claim;
mod complete;
mod expect;
mod group;
mod in_use;
mod lexicon;
mod lifecycle;
mod modifier;
mod names;
mod of_bloc;
mod panel;
mod plain;
mod question;
mod reading;
mod requirement;
mod rule;
mod set;
mod succession;
mod time;
mod vocabulary;

use serde::{Deserialize, Serialize};

use crate::date::{self, Date, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, Ledger, PartyId};
use crate::source::{File, FileId, Sources, Span};
use crate::spelling::fold;
use crate::syntax::{self, DateText, Name, Question, Section};

pub use article_names::ArticleNames;
pub use complete::completions;
pub use names::Names;
pub use panel::Panel;
pub use question::{Asked, Query};
pub use reading::read;
pub use vocabulary::declare_as_party;
use vocabulary::unknown_bloc;

/// The lifecycle that a bloc has which names none, where no file declares it.
const STANDARD_LIFECYCLE: &str = include_str!("../rules/membership.accede");
/// Its name.
pub const STANDARD: &str = "membership";

/// What names stand for.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    pub parties: Names<PartyId>,
    pub blocs: Names<BlocId>,
    pub groups: Names<usize>,
    pub lifecycles: Names<usize>,
    #[serde(skip)]
    pub articles: ArticleNames,
    /// The parties of each group, with the days on which they are in it.
    pub members: Vec<Vec<(PartyId, Window)>>,
    /// The names that were in use for a time.
    in_use: in_use::InUse,
}

impl Vocabulary {
    /// The party that a bloc is itself, if it is one.
    fn party_of(&self, bloc: BlocId, ledger: &Ledger) -> Option<PartyId> {
        self.parties.find(&ledger.bloc(bloc).name)
    }

    /// The party of a name, those of a group with their days, or the party that a bloc is itself; `Err` with the bloc where
    /// it is none yet.
    fn parties_of(&self, name: &str, ledger: &Ledger) -> Result<Vec<(PartyId, Window)>, Option<BlocId>> {
        if let Some(party) = self.parties.find(name) {
            return Ok(vec![(party, Window::ALWAYS)]);
        }
        if let Some(group) = self.groups.find(name) {
            return Ok(self.members.get(group).cloned().unwrap_or_default());
        }
        // The bloc may be named by another of its names than the one that the party has.
        let bloc = self.blocs.find(name);
        let party = bloc.and_then(|it| self.party_of(it, ledger));
        party.map(|it| vec![(it, Window::ALWAYS)]).ok_or(bloc)
    }
}

/// What parties, blocs, groups and lifecycles there are, and what is wrong with their sections.
pub fn vocabulary(sections: &[Section], standard_file: FileId) -> (Ledger, Vocabulary, Vec<Finding>) {
    let mut resolver =
        Resolver { ledger: Ledger::default(), vocabulary: Vocabulary::default(), findings: Vec::new() };
    resolver.lifecycles(sections, standard_file);
    resolver.vocabulary(sections);
    (resolver.ledger, resolver.vocabulary, resolver.findings)
}

/// The file of the standard lifecycle, for [`crate::source::Sources`].
pub fn standard_file() -> File {
    File::new("rules/membership.accede (shipped)", STANDARD_LIFECYCLE)
}

/// A question by itself, in a file of `sources`.
pub fn ask(
    ledger: &Ledger,
    vocabulary: &Vocabulary,
    sources: &Sources,
    file: FileId,
    question: &Question,
) -> Result<Asked, Vec<Finding>> {
    question::Asking { sources, ledger, vocabulary, file }.question(question)
}

/// A bloc by one of its names, which stands in a file of `sources`.
pub fn bloc(vocabulary: &Vocabulary, file: FileId, name: &Name) -> Result<BlocId, Finding> {
    vocabulary.blocs.find(&name.text).ok_or_else(|| unknown_bloc(vocabulary, file, name))
}

/// Blocs and days by themselves, in a file of `sources`.
pub fn panel(
    ledger: &Ledger,
    vocabulary: &Vocabulary,
    sources: &Sources,
    file: FileId,
    panel: &syntax::Panel,
) -> Result<Panel, Vec<Finding>> {
    question::Asking { sources, ledger, vocabulary, file }.panel(panel)
}

struct Resolver {
    ledger: Ledger,
    vocabulary: Vocabulary,
    findings: Vec<Finding>,
}

impl Resolver {
    fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// `None` where the date is wrong, which is then among the findings.
    fn date(&mut self, file: FileId, text: &DateText) -> Option<Date> {
        read_date(file, text, None).map_err(|it| self.find(it)).ok()
    }

    fn duplicate(&mut self, what: &str, name: &Name, file: FileId, other: (FileId, Span)) {
        self.find(duplicate(what, &name.text, (file, name.span), other));
    }
}

/// A name that stands for two things.
fn duplicate(what: &str, name: &str, again: (FileId, Span), first: (FileId, Span)) -> Finding {
    let message = format!("the name `{name}` stands for another {what} already");
    let finding = Finding::error("duplicate-name", message, Place::new(again.0, again.1, "again here"));
    finding.and(Place::new(first.0, first.1, "first here")).help("give one of them another name")
}

/// A date of the text, read by the module that knows how dates are written.
fn read_date(file: FileId, text: &DateText, published: Option<Window>) -> Result<Date, Finding> {
    date::read(&text.text, published).map_err(|error| {
        let start = text.span.start as usize;
        let span = Span::new(start + error.span.start, start + error.span.end);
        let finding = Finding::error(error.code, error.message, Place::new(file, span, ""));
        match error.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    })
}

/// A name that nothing stands behind, with the nearest one that is known.
fn unknown(
    code: &'static str,
    what: &str,
    file: FileId,
    name: &Name,
    nearest: Option<&str>,
    else_help: &str,
) -> Finding {
    let message = format!("there is no {what} `{}`", name.text);
    // The same word in another role is no misspelling.
    let nearest = nearest.filter(|it| fold(it) != fold(&name.text));
    let help = nearest.map_or_else(|| else_help.to_owned(), |it| format!("did you mean `{it}`?"));
    Finding::error(code, message, Place::new(file, name.span, format!("no {what} of this name"))).help(help)
}
