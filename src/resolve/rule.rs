//! Rules, whose names are looked up and whose dates are read though nothing evaluates them yet, and requirements.

use super::question;
use super::reading::Reading;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{Demand, Requirement, Standing};
use crate::source::{FileId, Span};
use crate::syntax::{Bound, Count, Header, Implication, Line, Name, Section, Set, Succession, Time};

impl Reading<'_> {
    pub(super) fn rules(&mut self, section: &Section) {
        let file = section.file;
        for line in &section.lines {
            match line {
                Line::Implication(it) => self.implication(file, it),
                Line::Succession(it) => self.succession(file, it),
                Line::Exclusion(it) => self.bound(section, it, Demand::Exclusion),
                Line::Inclusion(it) => self.bound(section, it, Demand::Inclusion),
                Line::Size { bloc, count, time } => self.size(section, bloc, count, time.as_ref()),
                _ => {}
            }
        }
        let Header::Rule { name } = &section.header else { return };
        let message = format!("the rule `{}` is read, but accede cannot evaluate a rule yet", name.text);
        let finding = Finding::note("not-yet", message, Place::new(file, name.span, ""));
        self.find(finding.help("answers and checks leave it out of account"));
    }

    fn implication(&mut self, file: FileId, rule: &Implication) {
        self.set(file, &rule.premise);
        if let Some(bloc) = self.bloc_named(file, &rule.bloc) {
            self.plural(file, bloc, &rule.status);
        }
        for date in rule.from.iter().chain(&rule.until) {
            self.date(file, date, None);
        }
        self.time_is_readable(file, rule.time.as_ref());
    }

    fn succession(&mut self, file: FileId, rule: &Succession) {
        self.bloc_named(file, &rule.heir);
        self.bloc_named(file, &rule.bloc);
        for party in &rule.with {
            self.party_named(file, party);
        }
        self.time_is_readable(file, rule.time.as_ref());
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
        question::window(file, time).map_err(|wrong| self.said.findings.extend(wrong)).ok()
    }

    /// `member` is whatever is inside; any other word is that very status.
    fn standing(&mut self, file: FileId, name: &Name, bloc: &Name) -> Option<Standing> {
        let bloc = self.bloc_named(file, bloc)?;
        let statuses = question::singular(self.ledger, file, bloc, name);
        statuses
            .map_err(|wrong| self.said.findings.extend(wrong))
            .ok()
            .map(|statuses| Standing { bloc, statuses })
    }

    fn set(&mut self, file: FileId, set: &Set) {
        match set {
            Set::Not(set) => self.set(file, set),
            Set::All(sets) | Set::Any(sets) => sets.iter().for_each(|it| self.set(file, it)),
            Set::Belonging { of, bloc, time } => {
                if let Some(bloc) = self.bloc_named(file, bloc) {
                    self.plural(file, bloc, of);
                }
                self.time_is_readable(file, time.as_ref());
            }
        }
    }
}
