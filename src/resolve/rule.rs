//! Rules and requirements.

use super::question::{Asking, singular, window};
use super::reading::Reading;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{Article, Clause, Demand, Premise, Requirement, Rule, Set, Standing, Wanted};
use crate::source::{FileId, Span};
use crate::syntax::{self, Bound, Count, Header, Implication, Line, Name, Section, Succession, Time};

impl Reading<'_> {
    pub(super) fn rule(&mut self, section: &Section, name: &Name) {
        let file = section.file;
        let article = Article {
            name: format!("rule {}", name.text).into(),
            title: None,
            publisher: None,
            published: None,
            trust: 1,
            trust_span: None,
            place: (file, name.span),
            text: None,
        };
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
        if let Some(time) = first_time(set) {
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

    pub(super) fn requirement(&mut self, section: &Section) {
        for line in &section.lines {
            match line {
                Line::Exclusion(it) => self.bound(section, it, Demand::Exclusion),
                Line::Inclusion(it) => self.bound(section, it, Demand::Inclusion),
                Line::Size { bloc, count, time } => self.size(section, bloc, count, time.as_ref()),
                _ => {}
            }
        }
    }

    fn bound(&mut self, section: &Section, bound: &Bound, demand: impl Fn(Standing, Standing) -> Demand) {
        let file = section.file;
        let [of, is] = [&bound.of, &bound.is].map(|(status, bloc)| self.standing(file, status, bloc));
        let window = self.required_time(file, bound.time.as_ref());
        if let (Some(of), Some(is), Some(window)) = (of, is, window) {
            self.require(section, bound.span, window, demand(of, is));
        }
    }

    fn size(&mut self, section: &Section, bloc: &Name, count: &Count, time: Option<&Time>) {
        let file = section.file;
        let span =
            Span { start: bloc.span.start, end: time.map_or(count.of.word.span.end, |it| it.span.end) };
        let window = self.required_time(file, time);
        let number = self.bounds_of_count(file, count);
        let Some(bloc) = self.bloc_named(file, bloc) else { return };
        let statuses = self.plural(file, bloc, &count.of);
        if let (Some(statuses), Some(number), Some(window)) = (statuses, number, window) {
            self.require(section, span, window, Demand::Size(Standing { bloc, statuses }, number));
        }
    }

    fn require(&mut self, section: &Section, span: Span, window: Window, demand: Demand) {
        let Header::Require { name } = &section.header else { return };
        let place = (section.file, span);
        self.said.requirements.push(Requirement { name: name.text.clone(), place, window, demand });
    }

    fn required_time(&mut self, file: FileId, time: Option<&Time>) -> Option<Window> {
        window(file, time).map_err(|wrong| self.said.findings.extend(wrong)).ok()
    }

    /// `member` is whatever is inside; any other word is that very status.
    fn standing(&mut self, file: FileId, name: &Name, bloc: &Name) -> Option<Standing> {
        let bloc = self.bloc_named(file, bloc)?;
        let statuses = singular(self.ledger, file, bloc, name);
        statuses
            .map_err(|wrong| self.said.findings.extend(wrong))
            .ok()
            .map(|statuses| Standing { bloc, statuses })
    }
}

fn first_time(set: &syntax::Set) -> Option<&Time> {
    match set {
        syntax::Set::Belonging { time, .. } => time.as_ref(),
        syntax::Set::Not(set) => first_time(set),
        syntax::Set::All(sets) | syntax::Set::Any(sets) => sets.iter().find_map(first_time),
    }
}
