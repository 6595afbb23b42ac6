//! `rule` sections.

use super::question::{Asking, window};
use super::reading::Reading;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{Article, Clause, Premise, Rule, Set, Standing, Wanted};
use crate::source::FileId;
use crate::syntax::{self, Implication, Line, Name, Section, Succession, Time};

impl Reading<'_> {
    pub(super) fn rule(&mut self, section: &Section, name: &Name) {
        let file = section.file;
        let article = Article::new(format!("rule {}", name.text), (file, name.span));
        let place = (file, section.span);
        let mut rule = Rule { name: name.text.clone(), place, article, clauses: Vec::new() };
        for line in &section.lines {
            let clause = match line {
                Line::Implication(it) => self.implication(file, it),
                Line::Succession(it) => self.succession(file, it),
                Line::Trust(number) => {
                    self.trust_line(file, &mut rule.article, number, "the rule");
                    None
                }
                _ => None,
            };
            rule.clauses.extend(clause);
        }
        self.said.rules.push(rule);
    }

    fn implication(&mut self, file: FileId, rule: &Implication) -> Option<Clause> {
        let premise = self.premise(file, &rule.premise);
        let conclusion = self.bloc_named(file, &rule.bloc).and_then(|bloc| {
            let statuses = self.plural(file, bloc, &rule.status)?;
            Some(Standing { bloc, statuses })
        });
        let window = self.validity(file, rule);
        let (premise, conclusion, window) = (premise?, conclusion?, window?);
        Some(Clause { span: rule.span, premise: Premise::In(premise.within(window)), conclusion, window })
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

    /// From the first day of the one date to the last day before the other.
    fn validity(&mut self, file: FileId, rule: &Implication) -> Option<Window> {
        if rule.time.is_some() {
            return self.required_time(file, rule.time.as_ref());
        }
        let mut days = Window::ALWAYS;
        if let Some(from) = &rule.from {
            days.earliest = self.date(file, from, None)?.window.earliest;
        }
        if let Some(until) = &rule.until {
            days.latest = self.date(file, until, None)?.window.earliest.previous();
            if days.is_empty() {
                let place = Place::new(file, until.span, "");
                let finding = Finding::error("backwards-window", "it ends before it begins", place);
                self.find(finding.help("swap the dates"));
                return None;
            }
        }
        Some(days)
    }

    fn succession(&mut self, file: FileId, rule: &Succession) -> Option<Clause> {
        let heir = self.bloc_named(file, &rule.heir);
        let bloc = self.bloc_named(file, &rule.bloc);
        let named: Vec<_> = rule.with.iter().map(|it| self.party_named(file, it)).collect();
        let day = self.day_of(file, rule);
        let named: Option<Vec<_>> = named.into_iter().collect();
        let (heir, bloc, named, day) = (heir?, bloc?, named?.concat(), day?);
        let premise = if rule.with.is_empty() {
            let window = Window::day(day.earliest.previous());
            Premise::Was(Set::Of(Wanted { bloc, statuses: self.ledger.bloc(bloc).inside, window }))
        } else {
            let mut parties = named;
            parties.sort_unstable();
            parties.dedup();
            Premise::Named(parties)
        };
        let conclusion = Standing { bloc: heir, statuses: self.ledger.bloc(heir).inside };
        Some(Clause { span: rule.span, premise, conclusion, window: day })
    }

    fn day_of(&mut self, file: FileId, rule: &Succession) -> Option<Window> {
        let help = "write one day: `on 2015-01-01`";
        let Some(time) = &rule.time else {
            let message = "one bloc succeeds another on a day";
            self.find(Finding::error("time-form", message, Place::new(file, rule.span, "no day")).help(help));
            return None;
        };
        let days = self.required_time(file, Some(time))?;
        if days.is_day() {
            return Some(days);
        }
        let message = "one bloc succeeds another on a single day";
        self.find(Finding::error("time-form", message, Place::new(file, time.span, "")).help(help));
        None
    }

    pub(super) fn required_time(&mut self, file: FileId, time: Option<&Time>) -> Option<Window> {
        window(file, time).map_err(|wrong| self.said.findings.extend(wrong)).ok()
    }
}
