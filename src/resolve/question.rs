//! Questions: what is asked, with every name looked up.

use super::claim::{statuses_of, unknown_status};
use super::lifecycle::status;
use super::reading::Reading;
use super::vocabulary::{unknown_bloc, unknown_party};
use super::{Vocabulary, read_date};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place, Severity};
use crate::ledger::{BlocId, Ledger, PartyId};
use crate::lifecycle::StatusSet;
use crate::source::{FileId, Span};
use crate::spelling::fold;
use crate::syntax::{Line, Name, Query, Question, Section, Set, Time, TimeForm};

/// A question that can be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Who has one of the statuses in the bloc.
    Members(Wanted),
    /// Where a party is inside.
    Blocs {
        party: PartyId,
        window: Window,
    },
    Status {
        party: PartyId,
        bloc: BlocId,
        window: Window,
    },
    HistoryOfPair {
        party: PartyId,
        bloc: BlocId,
    },
    HistoryOfBloc {
        bloc: BlocId,
    },
    When {
        party: PartyId,
        wanted: Wanted,
    },
    Changes {
        bloc: BlocId,
        window: Window,
    },
}

/// Statuses in a bloc, on the days of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    pub bloc: BlocId,
    pub statuses: StatusSet,
    pub window: Window,
}

impl Reading<'_> {
    /// An `ask` section: its names are looked up; the answers are compared elsewhere.
    pub(super) fn ask(&mut self, section: &Section, question: &Question) {
        let asking = Asking { ledger: self.ledger, vocabulary: self.vocabulary, file: section.file };
        let wrong = asking.question(question).err().unwrap_or_default();
        // What cannot be answered yet is no mistake of the file's.
        let severity = |it: &Finding| if it.code == "not-yet" { Severity::Note } else { it.severity };
        self.said.findings.extend(wrong.into_iter().map(|it| Finding { severity: severity(&it), ..it }));
        if section.lines.iter().any(|it| matches!(it, Line::Expect { .. })) {
            let message = "what is expected here is read, but accede cannot compare it with the answer yet";
            let finding = Finding::note("not-yet", message, Place::new(section.file, question.span, ""));
            self.find(finding.help("ask the question with `accede ask`"));
        }
        for line in &section.lines {
            let Line::Expect { status: name, names, .. } = line else { continue };
            if !self.ledger.lifecycles.iter().any(|it| status(it, &name.text).is_some()) {
                let finding = unknown_status(&self.ledger.lifecycles[0], section.file, name);
                self.find(finding);
            }
            for party in names {
                self.party_named(section.file, party);
            }
        }
    }
}

/// A question being looked up. It changes nothing, so that any number can be asked of one ledger.
pub(super) struct Asking<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) file: FileId,
}

type Found<T> = Result<T, Vec<Finding>>;

impl Asking<'_> {
    pub(super) fn question(&self, question: &Question) -> Found<Asked> {
        let asked = self.query(&question.query, question.span);
        if asked.is_ok() && !question.modifiers.is_empty() {
            return self.not_yet(
                "a question with `as published by`, `according to`, `without` or `assuming`",
                question.span,
            );
        }
        asked
    }

    fn query(&self, query: &Query, span: Span) -> Found<Asked> {
        match query {
            Query::Set(Set::Belonging { of, bloc, time }) => {
                let (bloc, window) = both(self.bloc(bloc), window(self.file, time.as_ref()))?;
                let table = self.ledger.lifecycle_of(bloc);
                let statuses = statuses_of(table, self.ledger.bloc(bloc).inside, of);
                let statuses = statuses.ok_or_else(|| vec![unknown_status(table, self.file, &of.word)])?;
                Ok(Asked::Members(Wanted { bloc, statuses, window }))
            }
            Query::Blocs { party, time } => {
                let (party, window) = both(self.party(party), window(self.file, time.as_ref()))?;
                Ok(Asked::Blocs { party, window })
            }
            Query::Status { party, bloc, time } => {
                let (pair, window) =
                    both(both(self.party(party), self.bloc(bloc)), window(self.file, time.as_ref()))?;
                Ok(Asked::Status { party: pair.0, bloc: pair.1, window })
            }
            Query::History { of, bloc: Some(bloc) } => {
                let (party, bloc) = both(self.party(of), self.bloc(bloc))?;
                Ok(Asked::HistoryOfPair { party, bloc })
            }
            Query::History { of, bloc: None } => Ok(Asked::HistoryOfBloc { bloc: self.bloc(of)? }),
            Query::When { party, status: name, bloc } => {
                let (party, bloc) = both(self.party(party), self.bloc(bloc))?;
                let statuses = singular(self.ledger, self.file, bloc, name)?;
                Ok(Asked::When { party, wanted: Wanted { bloc, statuses, window: Window::ALWAYS } })
            }
            Query::Set(_) => self.not_yet("sets with `and`, `or`, `not`", span),
            Query::Changes { bloc, time } => {
                let (bloc, window) = both(self.bloc(bloc), window(self.file, time.as_ref()))?;
                Ok(Asked::Changes { bloc, window })
            }
            Query::Common { .. } => self.not_yet("`common blocs of`", span),
            Query::Count { .. } => self.not_yet("`count`", span),
            Query::Why { .. } => self.not_yet("`why`", span),
            Query::Did { .. } => self.not_yet("`did`", span),
        }
    }

    fn party(&self, name: &Name) -> Found<PartyId> {
        let found = self.vocabulary.parties.find(&name.text);
        found.ok_or_else(|| match self.vocabulary.blocs.find(&name.text) {
            Some(_) => {
                let message =
                    format!("`{}` is a bloc, and no article speaks of it as a member of another", name.text);
                let place = Place::new(self.file, name.span, "a bloc");
                vec![
                    Finding::error("unknown-party", message, place)
                        .help("ask `members of` or `history of` it"),
                ]
            }
            None => vec![unknown_party(self.vocabulary, self.file, name)],
        })
    }

    fn bloc(&self, name: &Name) -> Found<BlocId> {
        let found = self.vocabulary.blocs.find(&name.text);
        found.ok_or_else(|| vec![unknown_bloc(self.vocabulary, self.file, name)])
    }

    fn not_yet<T>(&self, what: &str, span: Span) -> Found<T> {
        let message = format!("accede can read {what}, but not answer it yet");
        let finding = Finding::error("not-yet", message, Place::new(self.file, span, ""));
        let help = "ask `members of`, `observers of`, `blocs of`, `status of`, `history of` or `when was`";
        Err(vec![finding.help(help)])
    }
}

/// Both, or what is wrong with either.
fn both<A, B>(a: Found<A>, b: Found<B>) -> Found<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err([a.err().unwrap_or_default(), b.err().unwrap_or_default()].concat()),
    }
}

/// `member` is whatever is inside; any other word is that very status.
pub(super) fn singular(ledger: &Ledger, file: FileId, bloc: BlocId, name: &Name) -> Found<StatusSet> {
    if fold(&name.text) == "member" {
        return Ok(ledger.bloc(bloc).inside);
    }
    let table = ledger.lifecycle_of(bloc);
    let found = status(table, &name.text).map(StatusSet::of);
    found.ok_or_else(|| vec![unknown_status(table, file, name)])
}

/// The days that are asked about; all of time where no date is given.
pub(super) fn window(file: FileId, time: Option<&Time>) -> Found<Window> {
    let Some(time) = time else { return Ok(Window::ALWAYS) };
    let dates: Result<Vec<_>, Finding> = time.dates.iter().map(|it| read_date(file, it, None)).collect();
    let dates = dates.map_err(|it| vec![it])?;
    let (first, last) = (dates[0].window, dates[dates.len() - 1].window);
    let window = match time.form {
        TimeForm::On | TimeForm::In | TimeForm::Throughout => first,
        TimeForm::Between | TimeForm::FromTo => Window::new(first.earliest, last.latest),
        TimeForm::Since => Window::new(first.earliest, Day::DUSK),
        TimeForm::After => Window::new(first.latest.next(), Day::DUSK),
        TimeForm::AtTheEndOf => Window::day(first.latest),
        TimeForm::By => Window::new(Day::DAWN, first.latest),
        TimeForm::Before => Window::new(Day::DAWN, first.earliest.previous()),
    };
    if window.is_empty() {
        let finding =
            Finding::error("backwards-window", "it ends before it begins", Place::new(file, time.span, ""));
        return Err(vec![finding.help("swap the dates")]);
    }
    Ok(window)
}
