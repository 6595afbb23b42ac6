//! `EAEU succeeds EurAsEC on D`, `Russia continues USSR on D`: what carries over on a day.

use super::reading::Reading;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, Clause, Condition, PartyId, Premise, Set, Standing, Wanted};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::source::FileId;
use crate::syntax::{Carried, Name, Succession};

impl Reading<'_, '_> {
    pub(super) fn succession(&mut self, file: FileId, rule: &Succession) -> Vec<Clause> {
        let is_party = |it: &Name| self.vocabulary.parties.find(&it.text).is_some();
        let is_bloc = |it: &Name| self.vocabulary.blocs.find(&it.text).is_some();
        let names = [&rule.heir, &rule.of];
        // What is both is meant as a bloc, unless it stands beside a party.
        let parties = !names.iter().all(|it| is_bloc(it)) && names.iter().any(|it| is_party(it));
        let day = self.day_of(file, rule);
        if parties { self.of_party(file, rule, day) } else { self.of_bloc(file, rule, day) }
            .unwrap_or_default()
    }

    /// The members of one bloc become those of another.
    fn of_bloc(&mut self, file: FileId, rule: &Succession, day: Option<Window>) -> Option<Vec<Clause>> {
        let heir = self.joinable_named(file, &rule.heir);
        let bloc = self.bloc_named(file, &rule.of);
        let with = if let Carried::With(names) = &rule.carried { &names[..] } else { &[] };
        let named: Vec<_> = with.iter().map(|it| self.party_named(file, it)).collect();
        if rule.continues {
            let message = "a bloc that continues another is one bloc by two names";
            let help = "write its other name as `also NAME from D until D` under `bloc`, or `succeeds` here";
            return self.wrong(file, &rule.of, message, help);
        }
        if let Carried::In(blocs) | Carried::NotIn(blocs) = &rule.carried {
            let help = "name the members that are carried over after `with`, or leave this out";
            return self.wrong(file, &blocs[0], "one bloc succeeds another in nothing but its members", help);
        }
        let named: Option<Vec<_>> = named.into_iter().collect();
        let (heir, bloc, named, day) = (heir?, bloc?, named?.concat(), day?);
        let (premise, parties) = if with.is_empty() {
            (was(None, bloc, self.ledger.bloc(bloc).inside, day), None)
        } else {
            let mut parties = named;
            parties.sort_unstable();
            parties.dedup();
            (Premise::Nothing, Some(parties))
        };
        let conclusion = Standing { bloc: heir, statuses: self.ledger.bloc(heir).inside };
        let (span, window) = (rule.span, day);
        Some(vec![Clause { span, premise, parties, conclusion, only: false, window, reported: true }])
    }

    /// In each bloc the status of one party becomes that of another. Who continues another takes its place, which the
    /// other has no more.
    fn of_party(&mut self, file: FileId, rule: &Succession, day: Option<Window>) -> Option<Vec<Clause>> {
        let heir = self.one_party(file, &rule.heir);
        let of = self.one_party(file, &rule.of);
        let blocs = self.carried_in(file, &rule.carried);
        let (heir, of, blocs, day) = (heir?, of?, blocs?, day?);
        let mut clauses = Vec::new();
        for bloc in blocs {
            let clause = |party, premise, statuses| Clause {
                span: rule.span,
                premise,
                parties: Some(vec![party]),
                conclusion: Standing { bloc, statuses },
                only: false,
                window: day,
                reported: true,
            };
            let lifecycle = self.ledger.lifecycle_of(bloc);
            let statuses = lifecycle.all().without(StatusSet::of(Lifecycle::INITIAL));
            for status in statuses.iter().map(StatusSet::of) {
                clauses.push(clause(heir, was(Some(of), bloc, status, day), status));
            }
            if rule.continues {
                let outside = lifecycle.all().without(self.ledger.bloc(bloc).inside);
                clauses.push(clause(of, Premise::Mentioned, outside));
            }
        }
        Some(clauses)
    }

    fn one_party(&mut self, file: FileId, name: &Name) -> Option<PartyId> {
        let found = self.party_named(file, name)?;
        if let ([party], None) = (&found[..], self.vocabulary.groups.find(&name.text)) {
            return Some(*party);
        }
        self.wrong(file, name, "one party continues or succeeds another, and this is a group", "name a party")
    }

    fn carried_in(&mut self, file: FileId, carried: &Carried) -> Option<Vec<BlocId>> {
        match carried {
            Carried::Everything => Some(self.ledger.joinable().collect()),
            Carried::In(names) => self.blocs_named(file, names),
            Carried::NotIn(names) => {
                let these = self.blocs_named(file, names)?;
                Some(self.ledger.joinable().filter(|it| !these.contains(it)).collect())
            }
            Carried::With(names) => {
                let help = "name the blocs in which it does: `in UN and IMF`, or `but not in CMEA`";
                self.wrong(file, &names[0], "one party succeeds another in blocs", help)
            }
        }
    }

    fn blocs_named(&mut self, file: FileId, names: &[Name]) -> Option<Vec<BlocId>> {
        let found: Vec<_> = names.iter().map(|it| self.joinable_named(file, it)).collect();
        let mut blocs: Vec<BlocId> = found.into_iter().collect::<Option<_>>()?;
        blocs.sort_unstable();
        blocs.dedup();
        Some(blocs)
    }

    fn day_of(&mut self, file: FileId, rule: &Succession) -> Option<Window> {
        let help = "write one day: `on 2015-01-01`";
        let Some(time) = &rule.time else {
            let place = Place::new(file, rule.span, "no day");
            self.find(Finding::error("time-form", "a succession has a day", place).help(help));
            return None;
        };
        let days = self.required_time(file, Some(time))?;
        if days.is_day() {
            return Some(days);
        }
        let place = Place::new(file, time.span, "");
        self.find(Finding::error("time-form", "a succession has a single day", place).help(help));
        None
    }

    fn wrong<T>(&mut self, file: FileId, name: &Name, message: &str, help: &str) -> Option<T> {
        self.find(Finding::error("succession", message, Place::new(file, name.span, "")).help(help));
        None
    }
}

/// To have had one of these statuses on the day before.
fn was(who: Option<PartyId>, bloc: BlocId, statuses: StatusSet, day: Window) -> Premise {
    let window = Window::day(day.earliest.previous());
    Premise::Was(Set::Of(Condition { who, wanted: Wanted { bloc, statuses, window }, before: 0 }))
}
