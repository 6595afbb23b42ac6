//! What every kind of finding looks at: the pairs and the files, and how claims are shown.

use super::disagreement::Disagreement;
use super::{Detail, Wanted};
use crate::evidence::passages;
use crate::finding::{Edit, Place};
use crate::infer::{Lasts, Part, Problem, infer};
use crate::ledger::{Article, ArticleId, BlocId, ClaimId, Existence, Ledger, PartyId};
use crate::lifecycle::StatusSet;
use crate::pair::{ForCheck, Pairs, problem};
use crate::source::{File, FileId, Sources, Span};

#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) pairs: &'a Pairs,
    pub(super) for_check: &'a ForCheck<'a>,
    pub(super) sources: &'a Sources,
    pub(super) wanted: &'a Wanted,
    pub(super) detail: Detail,
}

/// Names of parties that a message lists before it counts the others.
const NAMED: usize = 6;

impl<'a> View<'a> {
    pub(super) fn ledger(self) -> &'a Ledger {
        self.pairs.ledger()
    }

    /// What is only counted is not put into words.
    pub(super) fn words<T: Default>(self, words: impl FnOnce() -> T) -> T {
        if self.detail == Detail::Whole { words() } else { T::default() }
    }

    /// Nor does it matter where it is.
    pub(super) fn places(self, places: impl FnOnce() -> Vec<Place>) -> Vec<Place> {
        if self.detail == Detail::Counted { Vec::new() } else { places() }
    }

    /// `Armenia and Belarus in CSTO`
    pub(super) fn named(self, it: &Disagreement) -> String {
        format!("{} in {}", self.parties(it), self.ledger().bloc(it.bloc).name)
    }

    pub(super) fn parties(self, it: &Disagreement) -> String {
        self.list(&it.parties)
    }

    /// Names with commas and `and`; of many, how many more there are.
    pub(super) fn list(self, parties: &[PartyId]) -> String {
        let mut names: Vec<String> =
            parties.iter().take(NAMED).map(|it| self.ledger().party(*it).name.clone()).collect();
        if parties.len() > NAMED {
            names.push(format!("{} more", parties.len() - NAMED));
        }
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => "nobody".to_owned(),
        }
    }

    /// Where a claim stands, with what it says of a party, and the article's own lines.
    pub(super) fn place(self, id: ClaimId, bloc: BlocId, party: PartyId) -> Place {
        let claim = self.ledger().claim(id);
        let file = self.ledger().file_of(claim);
        if self.detail != Detail::Whole {
            return Place::new(file, claim.span(), "");
        }
        let article = self.ledger().article(claim.article);
        let label = self.meaning(bloc, &claim.parts_of(party));
        Place {
            article: Some(article.name.clone()),
            heading: Some(heading(self.ledger(), article).into()),
            passages: passages(self.ledger(), self.sources, claim).into(),
            ..Place::new(file, claim.span(), label)
        }
    }

    /// Where bloc and party are declared, if that sets bounds.
    pub(super) fn bounds(self, it: &Disagreement, matters: impl Fn(&Existence) -> bool) -> Vec<Place> {
        let (bloc, party) = (self.ledger().bloc(it.bloc), self.ledger().party(it.parties[0]));
        let place = |(exists, place): (Existence, (FileId, Span))| {
            let from = (!exists.begins.is_open()).then(|| format!("exists from {}", exists.begins));
            let to = exists.ends.map(|it| format!("has ended by {}", it.latest));
            let label: Vec<String> = from.into_iter().chain(to).collect();
            (!label.is_empty() && matters(&exists)).then(|| Place::new(place.0, place.1, label.join(", ")))
        };
        [(bloc.exists, bloc.place), (party.exists, party.place)].into_iter().filter_map(place).collect()
    }

    /// Whether a claim by itself fits some history once its problem is changed.
    pub(super) fn fits_within(
        self,
        it: &Disagreement,
        claim: ClaimId,
        change: impl Fn(&mut Problem),
    ) -> bool {
        let pair = self.pairs.get(it.bloc, it.parties[0]);
        let Some(place) = pair.said.iter().position(|it| it.contains(&claim)) else { return false };
        let mut problem = problem(self.ledger(), it.bloc, it.parties[0], vec![pair.claims[place].clone()]);
        change(&mut problem);
        infer(&problem).left_out.is_empty()
    }

    /// The edit that gives an article a trust.
    pub(super) fn trust_line(self, article: ArticleId, trust: u32) -> Edit {
        let article = self.ledger().article(article);
        let (id, span) = article.place;
        if let Some(span) = article.trust_span {
            return Edit { file: id, span, replacement: trust.to_string() };
        }
        let file = self.sources.file(id);
        let end = file.line(file.line_of(span.start)).map_or(span.end, |it| it.end);
        Edit {
            file: id,
            span: Span { start: end, end },
            replacement: format!("{}  trust {trust}", line_end(file, end)),
        }
    }

    /// What a claim says of a pair, with its dates resolved.
    fn meaning(self, bloc: BlocId, parts: &[Part]) -> String {
        let parts: Vec<String> = parts.iter().filter_map(|it| self.part(bloc, it)).collect();
        parts.join(", ")
    }

    fn part(self, bloc: BlocId, part: &Part) -> Option<String> {
        let lifecycle = self.ledger().lifecycle_of(bloc);
        let statuses = |it| self.statuses(bloc, it);
        Some(match *part {
            Part::Event { event, window } => format!("{}: {window}", lifecycle.event(event).forms[0]),
            Part::Act { act, window } => format!("{}: {window}", lifecycle.acts[act.0 as usize].forms[0]),
            Part::Always { statuses: it, window } => format!("{}: {window}", statuses(it)),
            Part::Sometime { statuses: it, window } => format!("{}: some day of {window}", statuses(it)),
            Part::Spell { statuses: it, begins, lasts: Lasts::Through(day) } => {
                format!("{}: from a day of {begins} through {day}", statuses(it))
            }
            Part::Spell { statuses: it, begins, lasts: Lasts::Until(end) } => {
                format!("{}: from a day of {begins} until one of {end}", statuses(it))
            }
            Part::Reports { .. } => return None,
        })
    }

    fn statuses(self, bloc: BlocId, statuses: StatusSet) -> String {
        let lifecycle = self.ledger().lifecycle_of(bloc);
        let inside = self.ledger().bloc(bloc).inside;
        if statuses == inside {
            return "belongs".into();
        }
        if statuses == lifecycle.all().without(inside) {
            return "does not belong".into();
        }
        let names =
            |of: StatusSet| of.iter().map(|it| lifecycle.name_of(it)).collect::<Vec<_>>().join(" or ");
        let others = lifecycle.all().without(statuses);
        if others.len() == 1 && statuses.len() > 2 {
            return format!("not {}", names(others));
        }
        names(statuses)
    }
}

/// The line end that stands at a place, or would stand there.
pub(super) fn line_end(file: &File, at: u32) -> &'static str {
    if file.text.as_bytes()[at as usize..].starts_with(b"\r\n") { "\r\n" } else { "\n" }
}

/// Publisher, date and title: what a reader knows an article by.
pub(super) fn heading(ledger: &Ledger, article: &Article) -> String {
    let publisher = ledger.voice(article);
    let published = article.published.map(|it| format!(", {it}")).unwrap_or_default();
    let title = article.title.as_ref().map(|it| format!(": \"{it}\"")).unwrap_or_default();
    format!("{publisher}{published}{title}")
}
