//! `group` sections: sets of parties, some of them with days of their own. A group can stand wherever a party can, and
//! then stands for its parties, and wherever a bloc can, for it is one that nobody joins: who is in it follows from its
//! definition.

use std::collections::BTreeMap;

use super::Resolver;
use super::vocabulary::{declare_as_party, unknown_party};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{Article, Bloc, BlocId, Clause, Existence, PartyId, Premise, Rule, Standing};
use crate::lifecycle::{Event, Lifecycle, Status, StatusId, StatusSet};
use crate::source::{FileId, Span};
use crate::syntax::{Member, Name, Section};

/// The name of its lifecycle, which cannot be written.
const LIFECYCLE: &str = "a group's";
const MEMBER: StatusId = StatusId(1);
const FORMER: StatusId = StatusId(2);

impl Resolver {
    pub(super) fn group(&mut self, section: &Section, name: &Name, members: &[Member]) {
        let file = section.file;
        let taken = self.vocabulary.parties.place(&name.text);
        let id = self.vocabulary.members.len();
        let declared = self.vocabulary.groups.declare(&name.text, id, (file, name.span));
        if let Some(other) = taken.or(declared.err()) {
            self.duplicate("party or group", name, file, other);
            return;
        }
        let mut parties: Vec<(PartyId, Window)> = Vec::new();
        for Member { name: member, validity } in members {
            if self.vocabulary.groups.find(&member.text) == Some(id) {
                let finding = Finding::error(
                    "group-of-itself",
                    "a group cannot have itself as a member",
                    Place::new(file, member.span, ""),
                );
                self.find(finding.help("name its parties, or groups that are declared before it"));
                continue;
            }
            let window = self.validity(file, validity.as_ref());
            let (Some(of_member), Some(window)) = (self.party_named(file, member), window) else { continue };
            let within = of_member.into_iter().map(|(party, days)| (party, days.intersect(window)));
            parties.extend(within.filter(|it| !it.1.is_empty()));
        }
        self.as_bloc(file, section.span, name, &parties);
        self.vocabulary.members.push(parties);
    }

    /// The party of a name, those of a group, or a bloc that is itself a party; a finding where there is none.
    fn party_named(&mut self, file: FileId, name: &Name) -> Option<Vec<(PartyId, Window)>> {
        match self.vocabulary.parties_of(&name.text, &self.ledger) {
            Ok(_) => {}
            Err(Some(bloc)) => declare_as_party(bloc, &mut self.ledger, &mut self.vocabulary),
            Err(None) => self.find(unknown_party(&self.vocabulary, file, name)),
        }
        self.vocabulary.parties_of(&name.text, &self.ledger).ok()
    }

    /// What can be asked of a bloc can be asked of a group too, unless its name is a bloc's already.
    fn as_bloc(&mut self, file: FileId, span: Span, name: &Name, parties: &[(PartyId, Window)]) {
        let id = BlocId(self.ledger.blocs.len() as u32);
        let place = (file, name.span);
        if self.vocabulary.blocs.declare(&name.text, id, place).is_err() {
            return;
        }
        let lifecycle = self.lifecycle_of_groups();
        self.ledger.blocs.push(Bloc {
            name: name.text.clone(),
            title: None,
            also: Vec::new(),
            exists: Existence::default(),
            lifecycle,
            inside: StatusSet::of(MEMBER),
            group: true,
            place,
        });
        let all = self.ledger.lifecycles[lifecycle].all();
        let clause = |parties: &[PartyId], statuses, window| Clause {
            span,
            premise: Premise::Nothing,
            parties: Some(parties.to_vec()),
            conclusion: Standing { bloc: id, statuses },
            only: false,
            window,
            reported: true,
        };
        let mut clauses = Vec::new();
        for (days, parties) in by_days(parties) {
            let inside = days.iter().map(|it| clause(&parties, StatusSet::of(MEMBER), *it));
            let outside = between(&days).into_iter();
            let outside = outside.map(|it| clause(&parties, all.without(StatusSet::of(MEMBER)), it));
            clauses.extend(inside.chain(outside).collect::<Vec<_>>());
        }
        let article = Article::new(format!("group {}", name.text), place);
        let rule = Rule { name: name.text.clone(), group: true, place: (file, span), article, clauses };
        self.ledger.rules.push(rule);
    }

    fn lifecycle_of_groups(&mut self) -> usize {
        let known = self.ledger.lifecycles.iter().position(|it| it.name == LIFECYCLE);
        known.unwrap_or_else(|| {
            self.ledger.lifecycles.push(lifecycle());
            self.ledger.lifecycles.len() - 1
        })
    }
}

/// One is in a group or not, and may have been before.
fn lifecycle() -> Lifecycle {
    let status = |name: &str, inside| Status { name: name.to_owned(), inside, term: None };
    let event = |name: &str, from, to| Event { forms: vec![name.to_owned()], from, to };
    let outside = StatusSet::of(Lifecycle::INITIAL).union(StatusSet::of(FORMER));
    Lifecycle {
        name: LIFECYCLE.to_owned(),
        statuses: vec![status("never", false), status("member", true), status("former", false)],
        events: vec![event("enters", outside, MEMBER), event("leaves", StatusSet::of(MEMBER), FORMER)],
        acts: Vec::new(),
        orders: Vec::new(),
    }
}

/// The parties that are in a group on the same days.
fn by_days(parties: &[(PartyId, Window)]) -> BTreeMap<Vec<Window>, Vec<PartyId>> {
    let mut days: BTreeMap<PartyId, Vec<Window>> = BTreeMap::new();
    for (party, window) in parties {
        days.entry(*party).or_default().push(*window);
    }
    let mut by_days: BTreeMap<Vec<Window>, Vec<PartyId>> = BTreeMap::new();
    for (party, mut days) in days {
        days.sort_unstable();
        let mut joined: Vec<Window> = Vec::new();
        for it in days {
            match joined.last_mut().filter(|last| it.earliest <= last.latest.next()) {
                Some(last) => last.latest = last.latest.max(it.latest),
                None => joined.push(it),
            }
        }
        by_days.entry(joined).or_default().push(party);
    }
    by_days
}

/// The days before, between and after these, which are in order and do not touch.
fn between(days: &[Window]) -> Vec<Window> {
    let mut between = Vec::new();
    let mut from = Some(Day::DAWN);
    for it in days {
        if let Some(from) = from.filter(|from| *from < it.earliest) {
            between.push(Window::new(from, it.earliest.previous()));
        }
        from = Some(it.latest.next()).filter(|_| !it.latest.is_open());
    }
    between.extend(from.map(|from| Window::new(from, Day::DUSK)));
    between
}
