//! `also NAMES from D to D`: names that were in use for a time, and claims that use them of other days.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use super::of_bloc::{OfBloc, of_bloc};
use super::question::days_of;
use super::reading::{Context, Reading};
use super::{Resolver, read_date};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, PartyId};
use crate::source::{FileId, Span};
use crate::spelling::{fold, in_claim};
use crate::syntax::{Claim, DateText, Line, Name, Predicate, Section, TimeForm};

/// Names that were in use for a time, by how they are compared. All others are of any day.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct InUse {
    parties: IndexMap<String, Known, FxBuildHasher>,
    blocs: IndexMap<String, Known, FxBuildHasher>,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) enum Named {
    Party(PartyId),
    Bloc(BlocId),
}

#[derive(Debug, Serialize, Deserialize)]
struct Known {
    /// As it was declared.
    name: String,
    of: Named,
    /// Each with the line that says so.
    periods: Vec<(Window, (FileId, Span))>,
}

impl Known {
    fn covers(&self, days: Window) -> bool {
        self.periods.iter().any(|it| it.0.intersect(days) == days)
    }

    fn meets(&self, days: Window) -> bool {
        self.periods.iter().any(|it| !it.0.intersect(days).is_empty())
    }
}

impl InUse {
    /// Whether some party or bloc had this name for a time.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.is_empty() && {
            let name = fold(name);
            self.parties.contains_key(&name) || self.blocs.contains_key(&name)
        }
    }

    fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.blocs.is_empty()
    }
}

impl Resolver {
    /// A name that is declared without a time too is in use always.
    pub(super) fn names_in_use(&mut self, section: &Section, title: Option<&Name>, of: Named) {
        let has_time =
            |it: &Line| matches!(it, Line::Also { from, to, .. } if from.is_some() || to.is_some());
        if !section.lines.iter().any(has_time) {
            return;
        }
        let own = match of {
            Named::Party(id) => &self.ledger.party(id).name,
            Named::Bloc(id) => &self.ledger.bloc(id).name,
        };
        let mut always: FxHashSet<String> = title.map(|it| fold(&it.text)).into_iter().collect();
        always.insert(fold(own));
        let mut known: IndexMap<String, Known, FxBuildHasher> = IndexMap::default();
        for line in &section.lines {
            match line {
                Line::Code(name) => always.extend([fold(&name.text)]),
                Line::Also { names, from, to, span } => {
                    let days = self.in_use(section.file, from.as_ref(), to.as_ref(), *span);
                    let Some(days) = days.filter(|it| *it != Window::ALWAYS) else {
                        always.extend(names.iter().map(|it| fold(&it.text)));
                        continue;
                    };
                    for it in names {
                        let new = || Known { name: it.text.clone(), of, periods: Vec::new() };
                        let known = known.entry(fold(&it.text)).or_insert_with(new);
                        known.periods.push((days, (section.file, *span)));
                    }
                }
                _ => {}
            }
        }
        let vocabulary = &mut self.vocabulary;
        let is_its_own = |name: &str| match of {
            Named::Party(id) => vocabulary.parties.find(name) == Some(id),
            Named::Bloc(id) => vocabulary.blocs.find(name) == Some(id),
        };
        known.retain(|name, _| !always.contains(name) && is_its_own(name));
        match of {
            Named::Party(_) => vocabulary.in_use.parties.extend(known),
            Named::Bloc(_) => vocabulary.in_use.blocs.extend(known),
        }
    }

    /// As of what exists: from the first day of the one date; with the other it ends, on some day of it. `None` where
    /// that is no time, which is then among the findings.
    fn in_use(
        &mut self,
        file: FileId,
        from: Option<&DateText>,
        to: Option<&DateText>,
        span: Span,
    ) -> Option<Window> {
        let mut days = Window::ALWAYS;
        if let Some(from) = from {
            days.earliest = self.date(file, from)?.window.earliest;
        }
        if let Some(to) = to {
            days.latest = self.date(file, to)?.window.latest.previous();
        }
        if days.is_empty() {
            let place = Place::new(file, span, "");
            let finding = Finding::error("backwards-window", "it ends before it begins", place);
            self.find(
                finding.help("swap the dates; the first day on which the name is not in use comes last"),
            );
            return None;
        }
        Some(days)
    }
}

impl Reading<'_, '_> {
    /// Tells of the names in a claim that were in use on none of its days.
    pub(super) fn names_out_of_use(&mut self, context: Context, claim: &Claim) {
        if self.vocabulary.in_use.is_empty() {
            return;
        }
        let Some(days) = days(context, claim) else { return };
        let of_bloc = object(&claim.predicate).is_none();
        let findings: Vec<Finding> = claim
            .subjects
            .iter()
            .map(|it| (it, of_bloc || !self.is_party(it)))
            .chain(object(&claim.predicate).map(|it| (it, true)))
            .filter_map(|(name, is_bloc)| self.out_of_use(context.file, name, is_bloc, days))
            .collect();
        self.said.findings.extend(findings);
    }

    fn is_party(&self, name: &Name) -> bool {
        self.vocabulary.parties.find(&name.text).is_some()
            || self.vocabulary.groups.find(&name.text).is_some()
    }

    fn out_of_use(&self, file: FileId, name: &Name, is_bloc: bool, days: Window) -> Option<Finding> {
        let InUse { parties, blocs } = &self.vocabulary.in_use;
        let names = if is_bloc { blocs } else { parties };
        let known = names.get(&fold(&name.text)).filter(|it| !it.meets(days))?;
        let own = match known.of {
            Named::Party(id) => &self.ledger.party(id).name,
            Named::Bloc(id) => &self.ledger.bloc(id).name,
        };
        let message = format!("`{}` was no name of {own} {}", name.text, days.said("ever"));
        let mut finding = Finding::warning("name-not-in-use", message, Place::new(file, name.span, ""));
        for (days, (file, span)) in &known.periods {
            finding = finding.and(Place::new(*file, *span, format!("in use {}", days.said("ever"))));
        }
        let then = names.values().find(|it| it.of == known.of && it.covers(days));
        let then = then.map(|it| format!(", or `{}`, which was in use then", in_claim(&it.name)));
        Some(finding.help(format!("write `{}`{}", in_claim(own), then.unwrap_or_default())))
    }
}

/// The name of the bloc, where the subjects are parties.
fn object(predicate: &Predicate) -> Option<&Name> {
    match predicate {
        Predicate::Inside { bloc, .. } | Predicate::Is { bloc, .. } => Some(bloc),
        Predicate::Deed { object, .. } | Predicate::Plan { object, .. } => object.as_ref(),
        Predicate::Will { .. } | Predicate::Count(_) => None,
    }
}

/// The days that a claim speaks of. `None` where its dates are wrong, which is told elsewhere.
fn days(context: Context, claim: &Claim) -> Option<Window> {
    let published = context.published.unwrap_or(Window::ALWAYS);
    let Some(time) = &claim.time else {
        return Some(match claim.predicate {
            Predicate::Plan { .. } => Window::new(published.earliest, Day::DUSK),
            Predicate::Deed { .. } => Window::new(Day::DAWN, published.latest),
            _ => published,
        });
    };
    let read = |it| read_date(context.file, it, context.published).ok().map(|it| it.window);
    let dates: Option<Vec<Window>> = time.dates.iter().map(read).collect();
    let dates = dates?;
    let (first, last) = (dates[0], dates[dates.len() - 1]);
    let mut days = match time.form {
        // The status changes on the day after.
        TimeForm::AtTheEndOf => Window::new(first.latest, first.latest.next()),
        TimeForm::FromTo => Window::new(first.earliest, last.latest.previous()),
        form => days_of(form, first, last),
    };
    match &claim.predicate {
        // Whoever plans uses the names of his own day.
        Predicate::Plan { .. } => days.earliest = published.earliest,
        // The first day without a bloc is the first one without its name.
        Predicate::Deed { verb, object: None } if of_bloc(verb) == Some(OfBloc::Dissolved) => {
            days.earliest = days.earliest.previous();
        }
        _ => {}
    }
    if !matches!(claim.predicate, Predicate::Plan { .. }) {
        days.latest = days.latest.min(published.latest);
    }
    (!days.is_empty()).then_some(days)
}
