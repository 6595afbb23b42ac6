//! `rule` sections.

use super::claim::unknown_status;
use super::lifecycle::status;
use super::question::{Asking, window};
use super::reading::Reading;
use super::{Resolver, read_date};
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{Article, BlocId, Clause, Condition, Premise, Rule, Set, Standing, Wanted};
use crate::lifecycle::StatusSet;
use crate::source::FileId;
use crate::syntax::{self, Fact, Implication, Line, Name, Section, Time, Validity};

impl Reading<'_, '_> {
    pub(super) fn rule(&mut self, section: &Section, name: &Name) {
        let file = section.file;
        let article = Article::new(format!("rule {}", name.text), (file, name.span));
        let place = (file, section.span);
        let mut rule = Rule { name: name.text.clone(), group: false, place, article, clauses: Vec::new() };
        for line in &section.lines {
            match line {
                Line::Implication(it) => rule.clauses.extend(self.implication(file, it)),
                Line::Succession(it) => rule.clauses.extend(self.succession(file, it)),
                Line::Trust(number) => self.trust_line(file, &mut rule.article, number, "the rule"),
                _ => {}
            }
        }
        self.said.rules.push(rule);
    }

    fn implication(&mut self, file: FileId, rule: &Implication) -> Option<Clause> {
        let premise = self.premise(file, &rule.premise);
        let facts: Vec<_> = rule.facts.iter().map(|it| self.fact(file, it)).collect();
        let conclusion = self.joinable_named(file, &rule.bloc).and_then(|bloc| {
            let statuses = self.plural(file, bloc, &rule.status)?;
            Some(Standing { bloc, statuses })
        });
        let window = match (&rule.validity, &rule.time) {
            (Some(validity), _) => self.read(|| valid(file, validity)),
            (None, time) => self.required_time(file, time.as_ref()),
        };
        let facts: Option<Vec<_>> = facts.into_iter().collect();
        let (premise, mut all, conclusion, window) = (premise?, facts?, conclusion?, window?);
        let premise = if all.is_empty() {
            premise
        } else {
            all.insert(0, premise);
            Set::All(all)
        };
        let premise = Premise::In(premise.within(window));
        let (span, only) = (rule.span, rule.only);
        Some(Clause { span, premise, parties: None, conclusion, only, window, reported: false })
    }

    /// A set that one is in day by day.
    fn premise(&mut self, file: FileId, set: &syntax::Set) -> Option<Set> {
        if let Some(time) = set.times().into_iter().flatten().next() {
            let message = "a rule draws each day on the same day, and its premise has no days of its own";
            let finding = Finding::error("time-form", message, Place::new(file, time.span, ""));
            self.find(finding.help("say at the end of the line on which days the rule holds"));
            return None;
        }
        let asking = Asking { sources: self.sources, ledger: self.ledger, vocabulary: self.vocabulary, file };
        asking.set(set).map_err(|wrong| self.said.findings.extend(wrong)).ok()
    }

    /// What has to hold of a party by name, or of all parties of a group.
    fn fact(&mut self, file: FileId, fact: &Fact) -> Option<Set> {
        let parties = self.party_named(file, &fact.party);
        let bloc = self.bloc_named(file, &fact.bloc)?;
        let statuses = match &fact.status {
            None => self.ledger.bloc(bloc).inside,
            Some(name) => self.very_status(file, bloc, name)?,
        };
        let wanted = Wanted { bloc, statuses, window: Window::ALWAYS };
        let of_party = |it| {
            let it = Set::Of(Condition { who: Some(it), wanted, before: 0 });
            if fact.not { Set::Not(Box::new(it)) } else { it }
        };
        Some(Set::All(parties?.into_iter().map(of_party).collect()))
    }

    /// As in a claim, `member` is that very status.
    fn very_status(&mut self, file: FileId, bloc: BlocId, name: &Name) -> Option<StatusSet> {
        let lifecycle = self.ledger.lifecycle_of(bloc);
        let found = status(lifecycle, &name.text);
        if found.is_none() {
            self.find(unknown_status(lifecycle, file, name));
        }
        found.map(StatusSet::of)
    }

    pub(super) fn required_time(&mut self, file: FileId, time: Option<&Time>) -> Option<Window> {
        self.read(|| window(file, time))
    }

    /// What can be read without the vocabulary, or the findings.
    fn read<T>(&mut self, read: impl FnOnce() -> Result<T, Vec<Finding>>) -> Option<T> {
        read().map_err(|wrong| self.said.findings.extend(wrong)).ok()
    }
}

impl Resolver {
    /// The days of a validity, all of time where there is none.
    pub(super) fn validity(&mut self, file: FileId, validity: Option<&Validity>) -> Option<Window> {
        let Some(validity) = validity else { return Some(Window::ALWAYS) };
        valid(file, validity).map_err(|wrong| self.findings.extend(wrong)).ok()
    }
}

/// From the first day of the one date to the last day before the other.
fn valid(file: FileId, validity: &Validity) -> Result<Window, Vec<Finding>> {
    let first = |date| read_date(file, date, None).map(|it| it.window.earliest).map_err(|it| vec![it]);
    let mut days = Window::ALWAYS;
    if let Some(from) = &validity.from {
        days.earliest = first(from)?;
    }
    if let Some(until) = &validity.until {
        days.latest = first(until)?.previous();
        if days.is_empty() {
            let place = Place::new(file, until.span, "");
            let finding = Finding::error("backwards-window", "it ends before it begins", place);
            return Err(vec![finding.help("swap the dates")]);
        }
    }
    Ok(days)
}
