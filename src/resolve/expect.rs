//! `ask` sections: their questions are looked up, and what is expected of the answers.

use indexmap::IndexSet;

use super::claim::unknown_status;
use super::lifecycle::status;
use super::question::Asking;
use super::reading::Reading;
use super::vocabulary::{unknown_bloc, unknown_party};
use super::{read_date, unknown};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{Ask, BlocId, Expected, Named, PartyId, What};
use crate::source::FileId;
use crate::spelling::{fold, nearest};
use crate::syntax::{self, Expect, Line, Name, Number, Query, Question, Section, Set, Stretch, StretchForm};

impl Reading<'_, '_> {
    /// What is asked is looked up here; the answers are compared elsewhere.
    pub(super) fn ask(&mut self, section: &Section, question: &Question) {
        let Reading { sources, ledger, vocabulary, .. } = *self;
        let asking = Asking { sources, ledger, vocabulary, file: section.file };
        self.said.findings.extend(asking.question(question).err().unwrap_or_default());
        let subject = Subject::of(&question.query);
        let parties: Vec<PartyId> =
            subject.parties.iter().filter_map(|it| self.vocabulary.parties.find(&it.text)).collect();
        let blocs: Vec<BlocId> =
            subject.blocs.iter().filter_map(|it| self.vocabulary.blocs.find(&it.text)).collect();
        let mut expecting = Expecting {
            reading: self,
            file: section.file,
            named: subject.named,
            yes_or_no: subject.yes_or_no,
            parties: &parties,
            blocs: &blocs,
        };
        let lines = section.lines.iter();
        let lines = lines.filter_map(|it| if let Line::Expect(it) = it { Some(it) } else { None });
        let expected = lines.map(|it| expecting.line(it)).collect();
        let (file, named) = (section.file, subject.named);
        self.said.asks.push(Ask { file, question: question.span, named, parties, blocs, expected });
    }
}

/// What a question names, and what its answer tells apart.
struct Subject<'q> {
    named: Named,
    parties: Vec<&'q Name>,
    blocs: Vec<&'q Name>,
    /// Its rows say `yes` or `no`, and no status.
    yes_or_no: bool,
}

impl<'q> Subject<'q> {
    fn of(query: &'q Query) -> Subject<'q> {
        let of = |named, parties, blocs| Subject { named, parties, blocs, yes_or_no: false };
        match query {
            Query::Set(set) => {
                let yes_or_no = set.members().is_none();
                Subject { yes_or_no, ..of(Named::Parties, Vec::new(), blocs_of(set)) }
            }
            Query::Blocs { party, .. } => of(Named::Blocs, vec![party], Vec::new()),
            Query::Status { party, bloc, .. }
            | Query::When { party, bloc, .. }
            | Query::Why { party, bloc, .. }
            | Query::History { of: party, bloc: Some(bloc) } => of(Named::Nothing, vec![party], vec![bloc]),
            Query::History { of: bloc, bloc: None } | Query::Changes { bloc, .. } => {
                of(Named::Parties, Vec::new(), vec![bloc])
            }
            Query::Common { parties, .. } => {
                Subject { yes_or_no: true, ..of(Named::Blocs, parties.iter().collect(), Vec::new()) }
            }
            Query::Count { set, .. } => of(Named::Nothing, Vec::new(), blocs_of(set)),
            Query::Did { party, bloc, .. } => {
                let blocs = bloc.iter().collect();
                Subject { yes_or_no: true, ..of(Named::Nothing, vec![party], blocs) }
            }
        }
    }
}

fn blocs_of(set: &Set) -> Vec<&Name> {
    match set {
        Set::Belonging { bloc, .. } => vec![bloc.bloc()],
        Set::Not(set) => blocs_of(set),
        Set::All(sets) | Set::Any(sets) => sets.iter().flat_map(blocs_of).collect(),
    }
}

/// The `expect` lines of a question being looked up.
struct Expecting<'a, 'r, 's> {
    reading: &'a mut Reading<'r, 's>,
    file: FileId,
    named: Named,
    yes_or_no: bool,
    parties: &'a [PartyId],
    blocs: &'a [BlocId],
}

impl Expecting<'_, '_, '_> {
    fn line(&mut self, line: &Expect) -> Expected {
        // All that is wrong with a line is told at once.
        let what = self.what(&line.what);
        let names = self.names(&line.names);
        let is_change = matches!(line.what, syntax::Expected::Change { .. });
        let window = match &line.stretch {
            Some(it) => self.window(it, is_change).map(Some),
            None => Some(is_change.then_some(Window::ALWAYS)),
        };
        let verdict = line.verdict.as_ref().map(|it| it.text.clone());
        match (what, names, window) {
            (Some(what), Some(names), Some(window)) => {
                Expected { span: line.span, verdict, what: Some(what), names, window }
            }
            _ => Expected { span: line.span, verdict, what: None, names: Vec::new(), window: None },
        }
    }

    fn find(&mut self, finding: Finding) {
        self.reading.find(finding);
    }

    fn what(&mut self, what: &syntax::Expected) -> Option<What> {
        Some(match what {
            syntax::Expected::Nothing => What::Nothing,
            syntax::Expected::Rows { status, otherwise } => {
                let (status, otherwise) = (self.statuses(status), self.statuses(otherwise));
                What::Rows { status: status?, otherwise: otherwise? }
            }
            syntax::Expected::Change { from, to } => {
                let (from, to) = (self.status(from), self.status(to));
                What::Change { from: from?, to: to? }
            }
            syntax::Expected::Count { least, most } => {
                let (least, most) = (self.number(least), self.number(most.as_ref().unwrap_or(least)));
                What::Count { least: least?, most: most? }
            }
        })
    }

    fn number(&mut self, number: &Number) -> Option<usize> {
        let read = number.digits.parse::<u32>().ok();
        if read.is_none() {
            let message = format!("`{}` is more than can be counted", number.digits);
            self.find(
                Finding::error("number-range", message, Place::new(self.file, number.span, ""))
                    .help("a count is at most 4294967295"),
            );
        }
        read.map(|it| it as usize)
    }

    /// Sorted, as answers have them.
    fn statuses(&mut self, names: &[Name]) -> Option<Vec<String>> {
        let found: Vec<Option<String>> = names.iter().map(|it| self.status(it)).collect();
        let mut found: Vec<String> = found.into_iter().collect::<Option<_>>()?;
        found.sort();
        found.dedup();
        Some(found)
    }

    fn status(&mut self, name: &Name) -> Option<String> {
        if self.yes_or_no {
            let known = ["yes", "no"];
            let found = known.iter().find(|it| fold(&name.text) == **it);
            if found.is_none() {
                let near = nearest(&name.text, known.into_iter());
                let help = "the answer to this question is `yes`, `no`, or where it is in doubt `no or yes`";
                self.find(unknown("unknown-status", "status", self.file, name, near, help));
            }
            return found.map(|it| (*it).to_owned());
        }
        let ledger = self.reading.ledger;
        let of_blocs = self.blocs.iter().map(|it| ledger.lifecycle_of(*it));
        let tables: Vec<_> =
            if self.blocs.is_empty() { ledger.lifecycles.iter().collect() } else { of_blocs.collect() };
        let found =
            tables.iter().find_map(|it| status(it, &name.text).map(|found| it.name_of(found).to_owned()));
        if found.is_none() {
            self.find(unknown_status(tables[0], self.file, name));
        }
        found
    }

    fn names(&mut self, names: &[Name]) -> Option<Vec<String>> {
        let mut found: IndexSet<String> = IndexSet::new();
        let mut all_known = true;
        for name in names {
            match self.name(name) {
                Ok(it) => found.extend(it),
                Err(finding) => {
                    self.find(finding);
                    all_known = false;
                }
            }
        }
        // Of a question on one party the name may be left out.
        let own = self.parties.iter().map(|it| &self.reading.ledger.party(*it).name);
        if self.named == Named::Nothing && own.eq(&found) {
            found.clear();
        }
        all_known.then(|| found.into_iter().collect())
    }

    fn name(&self, name: &Name) -> Result<Vec<String>, Finding> {
        let (ledger, vocabulary) = (self.reading.ledger, self.reading.vocabulary);
        if self.named == Named::Blocs {
            let found = vocabulary.blocs.find(&name.text).map(|it| vec![ledger.bloc(it).name.clone()]);
            return found.ok_or_else(|| unknown_bloc(vocabulary, self.file, name));
        }
        // An expectation must not make a bloc a party, for that could change answers.
        match vocabulary.parties_of(&name.text, ledger) {
            Ok(parties) => Ok(parties.into_iter().map(|it| ledger.party(it.0).name.clone()).collect()),
            Err(Some(_)) => {
                let message =
                    format!("`{}` is a bloc, and no article speaks of it as a member of another", name.text);
                let place = Place::new(self.file, name.span, "a party stands here");
                Err(Finding::error("unknown-party", message, place).help("name a party"))
            }
            Err(None) => Err(unknown_party(vocabulary, self.file, name)),
        }
    }

    fn window(&mut self, stretch: &Stretch, is_change: bool) -> Option<Window> {
        use StretchForm::{Always, Between, By, Days, From, On, Until};
        let fits = match stretch.form {
            Between | By => is_change,
            Always | Days | Until => !is_change,
            On | From => true,
        };
        if !fits {
            let (message, help) = if is_change {
                ("a change happens on one day", "write `on D`, `between A and B`, `by D` or `from D on`")
            } else {
                (
                    "a row has all of its days",
                    "write `on D`, `from A to B`, `until D`, `from D on` or `always`",
                )
            };
            let place = Place::new(self.file, stretch.span, "");
            self.find(Finding::error("time-form", message, place).help(help));
            return None;
        }
        let mut days = Vec::new();
        for date in &stretch.dates {
            match read_date(self.file, date, None) {
                Ok(it) if it.window.is_day() => days.push(it.window.earliest),
                Ok(_) => {
                    let message = format!("`{}` is no single day", date.text);
                    let place = Place::new(self.file, date.span, "");
                    let help = "write the day as the answer has it, such as `2006-12-31`";
                    self.find(Finding::error("time-form", message, place).help(help));
                }
                Err(finding) => self.find(finding),
            }
        }
        let window = match (stretch.form, days[..].as_ref()) {
            (Always, _) => Window::ALWAYS,
            (On, &[day]) => Window::day(day),
            (Days | Between, &[first, last]) => Window::new(first, last),
            (From, &[day]) => Window::new(day, Day::DUSK),
            (Until | By, &[day]) => Window::new(Day::DAWN, day),
            _ => return None,
        };
        if window.is_empty() {
            let place = Place::new(self.file, stretch.span, "");
            let finding = Finding::error("backwards-window", "it ends before it begins", place);
            self.find(finding.help("swap the dates"));
            return None;
        }
        Some(window)
    }
}
