//! Questions: what is asked, with every name looked up.

use std::collections::BTreeSet;

use super::claim::{statuses_of, unknown_deed, unknown_status};
use super::lifecycle::{deed, status};
use super::vocabulary::{unknown_bloc, unknown_party};
use super::{Vocabulary, read_date};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, Edit, Ledger, PartyId, Set, Wanted};
use crate::lifecycle::{Deed, StatusSet};
use crate::source::{FileId, Sources, Span};
use crate::spelling::fold;
use crate::syntax::{self, Name, Plural, Question, Time, TimeForm};

/// A question that can be answered.
#[derive(Clone, Debug)]
pub struct Asked {
    pub query: Query,
    /// Which articles count, and what is assumed.
    pub edit: Edit,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Who has one of the statuses in the bloc.
    Members(Wanted),
    /// Who is in a set of parties.
    Set(Set),
    /// Where a party is inside.
    Blocs {
        party: PartyId,
        window: Window,
    },
    /// Where several parties are inside.
    Common {
        parties: Vec<PartyId>,
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
    /// How many are in a set, on each of some days, or without these in each stretch.
    Count {
        set: Set,
        days: Option<Vec<Day>>,
        place: (FileId, Span),
    },
    /// Why a party is in a bloc, or is not.
    Why {
        party: PartyId,
        bloc: BlocId,
        window: Window,
    },
    /// Whether something happened.
    Did {
        party: PartyId,
        bloc: BlocId,
        deed: Deed,
        window: Window,
    },
}

/// A question being looked up. It changes nothing, so that any number can be asked of one ledger.
pub(super) struct Asking<'a> {
    pub(super) sources: &'a Sources,
    pub(super) ledger: &'a Ledger,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) file: FileId,
}

pub(super) type Found<T> = Result<T, Vec<Finding>>;

impl Asking<'_> {
    pub(super) fn question(&self, question: &Question) -> Found<Asked> {
        let (query, edit) = both(self.query(&question.query), self.edit(&question.modifiers))?;
        Ok(Asked { query, edit })
    }

    fn query(&self, query: &syntax::Query) -> Found<Query> {
        match query {
            syntax::Query::Set(set) => match set.members() {
                Some((of, bloc, time)) => Ok(Query::Members(self.wanted(of, bloc, time)?)),
                None => Ok(Query::Set(self.set(set)?)),
            },
            syntax::Query::Blocs { party, time } => {
                let (party, window) = both(self.party(party), self.window(time.as_ref()))?;
                Ok(Query::Blocs { party, window })
            }
            syntax::Query::Common { parties, time } => {
                let (parties, window) = both(self.parties(parties), self.window(time.as_ref()))?;
                Ok(Query::Common { parties, window })
            }
            syntax::Query::Status { party, bloc, time } => {
                let (party, bloc, window) = self.pair(party, bloc, time.as_ref())?;
                Ok(Query::Status { party, bloc, window })
            }
            syntax::Query::History { of, bloc: Some(bloc) } => {
                let (party, bloc) = both(self.party(of), self.bloc(bloc))?;
                Ok(Query::HistoryOfPair { party, bloc })
            }
            syntax::Query::History { of, bloc: None } => Ok(Query::HistoryOfBloc { bloc: self.bloc(of)? }),
            syntax::Query::When { party, status: name, bloc } => {
                let (party, bloc) = both(self.party(party), self.bloc(bloc))?;
                let statuses = singular(self.ledger, self.file, bloc, name)?;
                Ok(Query::When { party, wanted: Wanted { bloc, statuses, window: Window::ALWAYS } })
            }
            syntax::Query::Changes { bloc, time } => {
                let (bloc, window) = both(self.bloc(bloc), self.window(time.as_ref()))?;
                Ok(Query::Changes { bloc, window })
            }
            syntax::Query::Count { set, every } => self.count(set, every.as_ref()),
            syntax::Query::Why { party, bloc, time, .. } => {
                let (party, bloc, window) = self.pair(party, bloc, time.as_ref())?;
                Ok(Query::Why { party, bloc, window })
            }
            syntax::Query::Did { party, verb, bloc, time } => {
                self.did(party, verb, bloc.as_ref(), time.as_ref())
            }
        }
    }

    pub(super) fn wanted(&self, of: &Plural, bloc: &Name, time: Option<&Time>) -> Found<Wanted> {
        let (bloc, window) = both(self.bloc(bloc), self.window(time))?;
        let table = self.ledger.lifecycle_of(bloc);
        let statuses = statuses_of(table, self.ledger.bloc(bloc).inside, of);
        let statuses = statuses.ok_or_else(|| vec![unknown_status(table, self.file, &of.word)])?;
        Ok(Wanted { bloc, statuses, window })
    }

    fn pair(&self, party: &Name, bloc: &Name, time: Option<&Time>) -> Found<(PartyId, BlocId, Window)> {
        let ((party, bloc), window) = both(both(self.party(party), self.bloc(bloc)), self.window(time))?;
        Ok((party, bloc, window))
    }

    fn did(&self, party: &Name, verb: &Name, bloc: Option<&Name>, time: Option<&Time>) -> Found<Query> {
        let Some(bloc) = bloc else {
            let place = Place::new(self.file, verb.span, "in which bloc?");
            let finding = Finding::error("no-bloc", "what happened is asked of a party in a bloc", place);
            return Err(vec![finding.help(format!("ask `did {} {} CSTO`, say", party.text, verb.text))]);
        };
        let (party, bloc, window) = self.pair(party, bloc, time)?;
        let table = self.ledger.lifecycle_of(bloc);
        let deed = deed(table, &verb.text).ok_or_else(|| vec![unknown_deed(table, self.file, verb)])?;
        Ok(Query::Did { party, bloc, deed, window })
    }

    /// Each of them, and those of groups.
    fn parties(&self, names: &[Name]) -> Found<Vec<PartyId>> {
        let (mut parties, mut wrong) = (Vec::new(), Vec::new());
        for name in names {
            match self.vocabulary.parties_of(&name.text, self.ledger) {
                Ok(some) => parties.extend(some.into_iter().map(|it| it.0)),
                Err(_) => wrong.extend(self.party(name).err().unwrap_or_default()),
            }
        }
        let mut known = BTreeSet::new();
        parties.retain(|it| known.insert(*it));
        if wrong.is_empty() { Ok(parties) } else { Err(wrong) }
    }

    pub(super) fn window(&self, time: Option<&Time>) -> Found<Window> {
        window(self.file, time)
    }

    fn party(&self, name: &Name) -> Found<PartyId> {
        let found = self.vocabulary.parties.find(&name.text);
        let bloc = self.vocabulary.blocs.find(&name.text).filter(|it| !self.ledger.bloc(*it).group);
        found.ok_or_else(|| match bloc {
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

    pub(super) fn bloc(&self, name: &Name) -> Found<BlocId> {
        let found = self.vocabulary.blocs.find(&name.text);
        found.ok_or_else(|| vec![unknown_bloc(self.vocabulary, self.file, name)])
    }
}

/// Both, or what is wrong with either.
pub(super) fn both<A, B>(a: Found<A>, b: Found<B>) -> Found<(A, B)> {
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
    let window = days_of(time.form, first, last);
    if window.is_empty() {
        let finding =
            Finding::error("backwards-window", "it ends before it begins", Place::new(file, time.span, ""));
        return Err(vec![finding.help("swap the dates")]);
    }
    Ok(window)
}

/// The days that a time speaks of, by its first date and its last.
pub(super) fn days_of(form: TimeForm, first: Window, last: Window) -> Window {
    match form {
        TimeForm::On | TimeForm::In | TimeForm::Throughout => first,
        TimeForm::Between | TimeForm::FromTo => Window::new(first.earliest, last.latest),
        TimeForm::Since => Window::new(first.earliest, Day::DUSK),
        TimeForm::After => Window::new(first.latest.next(), Day::DUSK),
        TimeForm::AtTheEndOf => Window::day(first.latest),
        TimeForm::By => Window::new(Day::DAWN, first.latest),
        TimeForm::Before => Window::new(Day::DAWN, first.earliest.previous()),
    }
}
