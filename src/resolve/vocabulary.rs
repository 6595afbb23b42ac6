//! `party`, `bloc` and `group` sections.

use indexmap::IndexSet;

use super::in_use::Named;
use super::lifecycle::status;
use super::{Resolver, STANDARD, unknown};
use crate::date::{End, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{Bloc, BlocId, Existence, Ledger, Party, PartyId};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::source::{FileId, Span};
use crate::spelling::{in_header, nearest};
use crate::syntax::{DateText, Header, Line, Name, Section};

impl Resolver {
    pub(super) fn vocabulary(&mut self, sections: &[Section]) {
        for section in sections {
            match &section.header {
                Header::Party { name, title } => self.party(section, name, title.as_ref()),
                Header::Bloc { name, title } => self.bloc(section, name, title.as_ref()),
                _ => {}
            }
        }
        for section in sections {
            if let Header::Group { name, members } = &section.header {
                self.group(section, name, members);
            }
        }
    }

    fn party(&mut self, section: &Section, name: &Name, title: Option<&Name>) {
        let id = PartyId(self.ledger.parties.len() as u32);
        let place = (section.file, name.span);
        if let Err(other) = self.vocabulary.parties.declare(&name.text, id, place) {
            self.duplicate("party", name, section.file, other);
            return;
        }
        let title_text = title.map(|it| it.text.clone());
        let exists = Existence::default();
        let also = also(section);
        self.ledger.parties.push(Party { name: name.text.clone(), title: title_text, also, exists, place });
        for alias in title.into_iter().chain(section.lines.iter().flat_map(aliases)) {
            if let Err(other) = self.vocabulary.parties.declare(&alias.text, id, (section.file, alias.span)) {
                self.duplicate("party", alias, section.file, other);
            }
        }
        self.names_in_use(section, title, Named::Party(id));
        let exists = self.exists(section);
        self.ledger.parties[id.0 as usize].exists = exists;
    }

    fn bloc(&mut self, section: &Section, name: &Name, title: Option<&Name>) {
        let id = BlocId(self.ledger.blocs.len() as u32);
        let place = (section.file, name.span);
        if let Err(other) = self.vocabulary.blocs.declare(&name.text, id, place) {
            self.duplicate("bloc", name, section.file, other);
            return;
        }
        let lifecycle = self.lifecycle_named(section);
        let title_text = title.map(|it| it.text.clone());
        let exists = self.exists(section);
        let inside = self.inside(section, lifecycle);
        self.ledger.blocs.push(Bloc {
            name: name.text.clone(),
            title: title_text,
            also: also(section),
            exists,
            lifecycle,
            inside,
            group: false,
            place,
        });
        for alias in title.into_iter().chain(section.lines.iter().flat_map(aliases)) {
            if let Err(other) = self.vocabulary.blocs.declare(&alias.text, id, (section.file, alias.span)) {
                self.duplicate("bloc", alias, section.file, other);
            }
        }
        self.names_in_use(section, title, Named::Bloc(id));
    }

    fn lifecycle_named(&mut self, section: &Section) -> usize {
        let standard =
            self.vocabulary.lifecycles.find(STANDARD).expect("the standard lifecycle is always read");
        let named = section
            .lines
            .iter()
            .find_map(|it| if let Line::BlocLifecycle(it) = it { Some(it) } else { None });
        let Some(name) = named else { return standard };
        let found = self.vocabulary.lifecycles.find(&name.text);
        if found.is_none() {
            let near = self.vocabulary.lifecycles.nearest(&name.text);
            let help = "declare it with a `lifecycle` section";
            let finding = unknown("unknown-lifecycle", "lifecycle", section.file, name, near, help);
            self.find(finding);
        }
        found.unwrap_or(standard)
    }

    /// The statuses that count as belonging: as the lifecycle says, but where the bloc says otherwise.
    fn inside(&mut self, section: &Section, lifecycle: usize) -> StatusSet {
        let mut set = self.ledger.lifecycles[lifecycle].inside();
        for line in &section.lines {
            let Line::Counts { status: name, inside } = line else { continue };
            match status(&self.ledger.lifecycles[lifecycle], &name.text) {
                Some(Lifecycle::INITIAL) if *inside => {
                    let message =
                        format!("every history begins with `{}`, so it cannot be inside", name.text);
                    let place = Place::new(section.file, name.span, "");
                    self.find(
                        Finding::error("lifecycle-begins-inside", message, place).help("take this line out"),
                    );
                }
                Some(it) if *inside => set.insert(it),
                Some(it) => set.remove(it),
                None => {
                    let table = &self.ledger.lifecycles[lifecycle];
                    let near = nearest(&name.text, table.statuses.iter().map(|it| it.name.as_str()));
                    let help = format!("the lifecycle `{}` has no such status", table.name);
                    let finding = unknown("unknown-status", "status", section.file, name, near, &help);
                    self.find(finding);
                }
            }
        }
        set
    }

    fn exists(&mut self, section: &Section) -> Existence {
        let mut exists = Existence::default();
        for line in &section.lines {
            let Line::Exists { from, to, span } = line else { continue };
            let mut read = |date: &Option<DateText>| date.as_ref().and_then(|it| self.date(section.file, it));
            let (begins, ends) = (read(from), read(to));
            if let Some(date) = begins {
                exists.begins = date.window.earliest;
            }
            exists.ends = ends.filter(|it| it.end == End::Known).map(|it| it.window);
            exists.place = Some((section.file, *span));
            self.judge_existence(section.file, *span, exists);
        }
        exists
    }

    fn judge_existence(&mut self, file: FileId, span: Span, exists: Existence) {
        let backwards = |it: Window| it.latest < exists.begins;
        if exists.ends.is_some_and(backwards) {
            let finding =
                Finding::error("backwards-window", "it ends before it begins", Place::new(file, span, ""));
            self.find(finding.help("swap the dates"));
        }
    }
}

/// A bloc that is itself a party.
pub fn declare_as_party(bloc: BlocId, ledger: &mut Ledger, vocabulary: &mut super::Vocabulary) {
    let Bloc { name, title, also, exists, place, .. } = ledger.bloc(bloc).clone();
    let id = PartyId(ledger.parties.len() as u32);
    if vocabulary.parties.declare(&name, id, place).is_ok() {
        ledger.parties.push(Party { name, title, also, exists, place });
    }
}

pub(super) fn unknown_party(vocabulary: &super::Vocabulary, file: FileId, name: &Name) -> Finding {
    if vocabulary.groups.find(&name.text).is_some() {
        let message = format!("`{}` is a group, and no party", name.text);
        let finding =
            Finding::error("unknown-party", message, Place::new(file, name.span, "a party stands here"));
        return finding.help("ask for each of its parties");
    }
    let near = vocabulary.parties.nearest(&name.text).or_else(|| vocabulary.groups.nearest(&name.text));
    let help = format!("declare it in a rule file: `party {}`", in_header(&name.text));
    unknown("unknown-party", "party", file, name, near, &help)
}

pub(super) fn unknown_bloc(vocabulary: &super::Vocabulary, file: FileId, name: &Name) -> Finding {
    if vocabulary.parties.find(&name.text).is_some() || vocabulary.groups.find(&name.text).is_some() {
        let message = format!("`{}` is a party or group, and no bloc", name.text);
        let place = Place::new(file, name.span, "a bloc stands here");
        return Finding::error("unknown-bloc", message, place)
            .help("write the party before the bloc: `A joins X`, `blocs of A`");
    }
    let help = format!("declare it in a rule file: `bloc {}`", in_header(&name.text));
    unknown("unknown-bloc", "bloc", file, name, vocabulary.blocs.nearest(&name.text), &help)
}

/// The names of its `also` lines; one that was in use twice has two.
fn also(section: &Section) -> Vec<String> {
    let lines = section.lines.iter();
    let names = lines.filter_map(|it| if let Line::Also { names, .. } = it { Some(names) } else { None });
    let names: IndexSet<&str> = names.flatten().map(|it| it.text.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

fn aliases(line: &Line) -> &[Name] {
    match line {
        Line::Also { names, .. } => names,
        Line::Code(name) => std::slice::from_ref(name),
        _ => &[],
    }
}
