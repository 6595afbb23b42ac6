//! Rules and requirements: their names are looked up and their dates read; nothing evaluates them yet.

use super::Resolver;
use super::claim::unknown_status;
use super::lifecycle::status;
use crate::finding::{Finding, Place};
use crate::source::FileId;
use crate::syntax::{Bound, Header, Implication, Line, Name, Section, Set, Succession};

impl Resolver {
    pub(super) fn rules(&mut self, section: &Section) {
        let file = section.file;
        for line in &section.lines {
            match line {
                Line::Implication(it) => self.implication(file, it),
                Line::Succession(it) => self.succession(file, it),
                Line::Exclusion(it) | Line::Inclusion(it) => self.bound(file, it),
                Line::Size { bloc, count, time } => {
                    if let Some(bloc) = self.bloc_named(file, bloc) {
                        self.plural(file, bloc, &count.of);
                    }
                    self.time_is_readable(file, time.as_ref());
                }
                _ => {}
            }
        }
        let (what, name) = match &section.header {
            Header::Rule { name } => ("rule", name),
            Header::Require { name } => ("requirement", name),
            _ => return,
        };
        let message = format!("the {what} `{}` is read, but accede cannot evaluate a {what} yet", name.text);
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

    fn bound(&mut self, file: FileId, bound: &Bound) {
        for (of, bloc) in [&bound.of, &bound.is] {
            self.status_of_bloc(file, of, bloc);
        }
        self.time_is_readable(file, bound.time.as_ref());
    }

    fn status_of_bloc(&mut self, file: FileId, name: &Name, bloc: &Name) {
        let Some(bloc) = self.bloc_named(file, bloc) else { return };
        if status(self.ledger.lifecycle_of(bloc), &name.text).is_none() {
            let finding = unknown_status(self.ledger.lifecycle_of(bloc), file, name);
            self.find(finding);
        }
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
