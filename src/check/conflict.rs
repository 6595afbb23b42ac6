//! Smallest conflicting sets of claims, and what their findings have in common.

use crate::finding::Place;
use crate::infer::{Lasts, Part, Rule, conflicts};
use crate::ledger::{Article, Existence, Ledger};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::pair::{Pair, problem};
use crate::source::{FileId, Sources, Span};

/// The disagreements on a pair, and what each of them breaks: one, however many articles stand on each side.
pub(super) fn conflicts_of<'a>(
    ledger: &'a Ledger,
    sources: &'a Sources,
    pair: &'a Pair,
) -> Vec<(Conflict<'a>, Rule)> {
    if pair.outcome.left_out.is_empty() {
        return Vec::new();
    }
    let problem = problem(ledger, pair.bloc, pair.party, pair.claims.clone());
    let found = conflicts(&problem, &pair.outcome.left_out).into_iter();
    found.map(|(claims, rule)| (Conflict { ledger, sources, pair, claims }, rule)).collect()
}

/// Claims that no history satisfies together, though leaving any one of them out is enough.
pub(super) struct Conflict<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) sources: &'a Sources,
    pub(super) pair: &'a Pair,
    /// Places in the pair's claims.
    pub(super) claims: Vec<usize>,
}

impl Conflict<'_> {
    pub(super) fn party(&self) -> &str {
        &self.ledger.party(self.pair.party).name
    }

    pub(super) fn bloc(&self) -> &str {
        &self.ledger.bloc(self.pair.bloc).name
    }

    pub(super) fn lifecycle(&self) -> &Lifecycle {
        self.ledger.lifecycle_of(self.pair.bloc)
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.claims.iter().flat_map(|it| &self.pair.claims[*it].parts)
    }

    /// A place for each claim of each article, those that say the same together.
    pub(super) fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for &claim in &self.claims {
            for &id in &self.pair.said[claim] {
                let said = self.ledger.claim(id);
                let mut place = Place::new(said.file, said.span, self.meaning(claim));
                let article = self.ledger.article(said.article);
                place.article = Some(article.name.clone());
                place.heading = Some(heading(article));
                places.push(place);
            }
        }
        let at = |it: &Place| (self.sources.file(it.file).path.clone(), it.span);
        let first = places.first().map(&at);
        // The side that comes first in the files comes first.
        if places.iter().map(&at).min() != first {
            places.sort_by_cached_key(at);
        }
        places
    }

    /// Where bloc and party are declared, if that sets bounds.
    pub(super) fn bounds(&self) -> Vec<Place> {
        let (bloc, party) = (self.ledger.bloc(self.pair.bloc), self.ledger.party(self.pair.party));
        let place = |(exists, place): (Existence, (FileId, Span))| {
            let from = (!exists.begins.is_open()).then(|| format!("exists from {}", exists.begins));
            let to = exists.ends.map(|it| format!("has ended by {}", it.latest));
            let label: Vec<String> = from.into_iter().chain(to).collect();
            (!label.is_empty()).then(|| Place::new(place.0, place.1, label.join(", ")))
        };
        [(bloc.exists, bloc.place), (party.exists, party.place)].into_iter().filter_map(place).collect()
    }

    /// What a claim says of this pair, with its dates resolved.
    fn meaning(&self, claim: usize) -> String {
        let parts: Vec<String> =
            self.pair.claims[claim].parts.iter().filter_map(|it| self.part(it)).collect();
        parts.join(", ")
    }

    fn part(&self, part: &Part) -> Option<String> {
        let lifecycle = self.lifecycle();
        Some(match *part {
            Part::Event { event, window } => format!("{}: {window}", lifecycle.event(event).forms[0]),
            Part::Act { act, window } => format!("{}: {window}", lifecycle.acts[act.0 as usize].forms[0]),
            Part::Always { statuses, window } => format!("{}: {window}", self.statuses(statuses)),
            Part::Sometime { statuses, window } => {
                format!("{}: some day of {window}", self.statuses(statuses))
            }
            Part::Spell { statuses, begins, lasts } => match lasts {
                Lasts::Through(day) => {
                    format!("{}: from a day of {begins} through {day}", self.statuses(statuses))
                }
                Lasts::Until(end) => {
                    format!("{}: from a day of {begins} until one of {end}", self.statuses(statuses))
                }
            },
            Part::Ends { .. } => return None,
        })
    }

    fn statuses(&self, statuses: StatusSet) -> String {
        let bloc = self.ledger.bloc(self.pair.bloc);
        if statuses == bloc.inside {
            return "belongs".into();
        }
        if statuses == self.lifecycle().all().without(bloc.inside) {
            return "does not belong".into();
        }
        let names: Vec<&str> = statuses.iter().map(|it| self.lifecycle().name_of(it)).collect();
        names.join(" or ")
    }
}

/// Publisher, date and title: what a reader knows an article by.
fn heading(article: &Article) -> String {
    let publisher = article.publisher.as_deref().unwrap_or(&article.name);
    let published = article.published.map(|it| format!(", {it}")).unwrap_or_default();
    let title = article.title.as_ref().map(|it| format!(": \"{it}\"")).unwrap_or_default();
    format!("{publisher}{published}{title}")
}
