//! `lifecycle` sections to tables.

mod term;

use super::{Resolver, STANDARD, unknown};
use crate::finding::{Finding, Place};
use crate::lifecycle::{Act, Deed, Event, Lifecycle, Status, StatusId, StatusSet};
use crate::source::FileId;
use crate::spelling::{fold, nearest};
use crate::syntax::{Header, Line, Name, Section};

impl Resolver {
    /// All lifecycles; the standard one is read from its shipped file where no file declares it.
    pub(super) fn lifecycles(&mut self, sections: &[Section], standard_file: FileId) {
        for section in sections {
            let Header::Lifecycle { name } = &section.header else { continue };
            if section.file == standard_file && self.vocabulary.lifecycles.find(STANDARD).is_some() {
                continue;
            }
            let lifecycle = Table { file: section.file, resolver: self }.read(name, &section.lines);
            if lifecycle.statuses.is_empty() {
                continue;
            }
            let id = self.ledger.lifecycles.len();
            match self.vocabulary.lifecycles.declare(&name.text, id, (section.file, name.span)) {
                Ok(()) => self.ledger.lifecycles.push(lifecycle),
                Err(other) => self.duplicate("lifecycle", name, section.file, other),
            }
        }
    }
}

/// A lifecycle being read.
struct Table<'r> {
    file: FileId,
    resolver: &'r mut Resolver,
}

impl Table<'_> {
    fn read(&mut self, name: &Name, lines: &[Line]) -> Lifecycle {
        let mut table = Lifecycle { name: name.text.clone(), ..Lifecycle::default() };
        let mut terms = Vec::new();
        for line in lines {
            if let Line::Status { names, inside, term } = line {
                let declared = self.statuses(&mut table, names, *inside);
                terms.extend(declared.into_iter().zip(std::iter::repeat(term)));
            }
        }
        for (status, term) in terms {
            self.term(&mut table, status, term.as_ref());
        }
        for line in lines {
            match line {
                Line::Event { forms, from, to } => self.event(&mut table, forms, from, to),
                Line::Act { forms } => self.act(&mut table, forms),
                _ => {}
            }
        }
        for line in lines {
            if let Line::Order { deeds, .. } = line {
                self.order(&mut table, deeds);
            }
        }
        self.judge(&table, name);
        // Before a bloc there is nothing to belong to.
        if let Some(first) = table.statuses.first_mut() {
            first.inside = false;
        }
        table
    }

    /// Those that are declared here for the first time.
    fn statuses(&mut self, table: &mut Lifecycle, names: &[Name], inside: bool) -> Vec<StatusId> {
        let mut declared = Vec::new();
        for name in names {
            if status(table, &name.text).is_some() {
                self.again("status", name);
            } else if self.has_room(table.statuses.len(), "statuses", name) {
                declared.push(StatusId(table.statuses.len() as u8));
                table.statuses.push(Status { name: name.text.clone(), inside, term: None });
            }
        }
        declared
    }

    fn event(&mut self, table: &mut Lifecycle, forms: &[Name], from: &[Name], to: &Name) {
        let forms = self.forms(table, forms);
        let set: StatusSet = from.iter().filter_map(|it| self.status(table, it)).collect();
        let Some(target) = self.status(table, to) else { return };
        if let Some(own) = from.iter().find(|it| status(table, &it.text) == Some(target)) {
            let message = format!("an event cannot lead from `{0}` to `{0}`: that is no change", own.text);
            let place = Place::new(self.file, own.span, "is where it leads to");
            self.resolver
                .find(Finding::error("event-to-itself", message, place).help("take it out of the list"));
        }
        let mut from = set;
        from.remove(target);
        if !forms.is_empty() && self.has_room(table.events.len(), "events", to) {
            table.events.push(Event { forms, from, to: target });
        }
    }

    fn act(&mut self, table: &mut Lifecycle, forms: &[Name]) {
        let names = self.forms(table, forms);
        if !names.is_empty() && self.has_room(table.acts.len(), "acts", &forms[0]) {
            table.acts.push(Act { forms: names });
        }
    }

    /// The forms that no other event or act has.
    fn forms(&mut self, table: &Lifecycle, forms: &[Name]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for form in forms {
            let folded = fold(&form.text);
            if deed(table, &form.text).is_some() || kept.iter().any(|it| fold(it) == folded) {
                self.again("event or act", form);
            } else {
                kept.push(form.text.clone());
            }
        }
        kept
    }

    fn order(&mut self, table: &mut Lifecycle, deeds: &[Name]) {
        let mut order: Vec<Deed> = Vec::new();
        for name in deeds {
            match deed(table, &name.text) {
                Some(it) if order.contains(&it) => self.again("place in this order", name),
                Some(it) => order.push(it),
                None => {
                    let near = nearest(&name.text, forms(table));
                    let finding =
                        unknown("unknown-event", "event or act", self.file, name, near, "declare it above");
                    self.resolver.find(finding);
                }
            }
        }
        if order.len() > 1 {
            table.orders.push(order);
        }
    }

    fn status(&mut self, table: &Lifecycle, name: &Name) -> Option<StatusId> {
        let found = status(table, &name.text);
        if found.is_none() {
            let near = nearest(&name.text, table.statuses.iter().map(|it| it.name.as_str()));
            let help = "declare it with a `status` line";
            let finding = unknown("unknown-status", "status", self.file, name, near, help);
            self.resolver.find(finding);
        }
        found
    }

    /// What is odd about a lifecycle as a whole.
    fn judge(&mut self, table: &Lifecycle, name: &Name) {
        let place = |label: &str| Place::new(self.file, name.span, label);
        let Some(first) = table.statuses.first() else {
            let message = format!("the lifecycle `{}` has no statuses", name.text);
            let finding = Finding::error("lifecycle-empty", message, place(""));
            let help = "add lines such as `status never, former outside`; under a bloc, indent the line to name its lifecycle";
            self.resolver.find(finding.help(help));
            return;
        };
        if first.inside {
            let message =
                format!("`{}` comes first, so every history begins with it, but it is inside", first.name);
            let finding = Finding::error("lifecycle-begins-inside", message, place("begins inside"));
            self.resolver.find(finding.help("put a status that is outside first, such as `never`"));
        }
        self.unreachable(table, name);
    }

    /// A status that no event leads to, step by step from the first.
    fn unreachable(&mut self, table: &Lifecycle, name: &Name) {
        for status in table.all().without(table.reached()).iter() {
            let message = format!("no event leads to the status `{}`", table.name_of(status));
            let place = Place::new(self.file, name.span, "");
            let finding = Finding::note("unreachable-status", message, place);
            self.resolver
                .find(finding.help("a claim of this status fits no history: add an event that leads to it"));
        }
    }

    fn again(&mut self, what: &str, name: &Name) {
        let message = format!("`{}` is the name of a {what} here already", name.text);
        let finding = Finding::error("duplicate-name", message, Place::new(self.file, name.span, "again"));
        self.resolver.find(finding.help("take it out, or give it another name"));
    }

    fn has_room(&mut self, count: usize, what: &str, name: &Name) -> bool {
        let room = count < StatusSet::LIMIT;
        if !room {
            let message = format!("a lifecycle has at most {} {what}", StatusSet::LIMIT);
            let finding = Finding::error(
                "lifecycle-too-large",
                message,
                Place::new(self.file, name.span, "one too many"),
            );
            self.resolver.find(finding.help("split it into several lifecycles"));
        }
        room
    }
}

pub(super) fn status(table: &Lifecycle, name: &str) -> Option<StatusId> {
    let name = fold(name);
    let place = table.statuses.iter().position(|it| fold(&it.name) == name)?;
    Some(StatusId(place as u8))
}

pub(super) fn deed(table: &Lifecycle, form: &str) -> Option<Deed> {
    // Nearly always it is written as it was declared.
    if let Some(deed) = table.deed(form) {
        return Some(deed);
    }
    let form = fold(form);
    let known = forms(table).find(|it| fold(it) == form)?;
    table.deed(known)
}

pub(super) fn forms(table: &Lifecycle) -> impl Iterator<Item = &str> {
    let events = table.events.iter().flat_map(|it| &it.forms);
    events.chain(table.acts.iter().flat_map(|it| &it.forms)).map(String::as_str)
}
