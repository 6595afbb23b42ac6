//! What no tested answer rests on: claims, rules, and events of lifecycles.

use std::collections::HashSet;

use rayon::prelude::*;
use serde::Serialize;
use smallvec::SmallVec;

use super::View;
use crate::answer::{Answer, Change, Evidence, Reason, Row};
use crate::infer;
use crate::ledger::{Claim, Ledger};
use crate::lifecycle::{Deed, EventId};

/// How much of a project tested answers rest on.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Questions with an expectation that can be answered.
    pub tests: usize,
    pub claims: Part,
    pub rules: Part,
    pub events: Part,
}

#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Part {
    pub all: usize,
    pub untested: Vec<Untested>,
}

/// Something that bears on no tested answer.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Untested {
    /// Where it is written; of an event there is no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The name of the article, of the rule or of the lifecycle.
    pub of: String,
    /// The claim, the word `rule`, or the event.
    pub what: String,
}

/// Of the answers to the questions that contain a text.
pub fn coverage(view: View, filter: Option<&str>) -> Coverage {
    let (asks, _) = view.asks(filter);
    let expecting: Vec<_> = asks.into_iter().filter(|it| !it.expected.is_empty()).collect();
    let rests: Vec<Rests> = expecting
        .into_par_iter()
        .filter_map(|it| (view.answering)(view.pairs, view.question(it)).ok())
        .map(|it| Rests::of(view.ledger(), &it))
        .collect();
    let tests = rests.len();
    let mut all = Rests::default();
    for it in rests {
        all.lines.extend(it.lines);
        all.events.extend(it.events);
    }
    let claims = claims(view, &mut all);
    Coverage { tests, claims, rules: rules(view, &all), events: events(view.ledger(), &all) }
}

/// What an answer rests on.
#[derive(Default)]
struct Rests {
    /// Files and lines.
    lines: HashSet<(String, usize)>,
    /// Lifecycles and events.
    events: HashSet<(usize, EventId)>,
}

impl Rests {
    fn of(ledger: &Ledger, answer: &Answer) -> Rests {
        let mut rests = Rests::default();
        answer.rows.iter().for_each(|it| rests.row(it));
        for it in &answer.counts {
            rests.evidence(it.because.iter().chain(&it.against));
        }
        answer.why.iter().for_each(|it| rests.reason(it));
        for it in &answer.changes {
            rests.evidence(it.because.iter());
            rests.change(ledger, it);
        }
        rests
    }

    fn evidence<'e>(&mut self, evidence: impl Iterator<Item = &'e Evidence>) {
        self.lines.extend(evidence.map(|it| (it.file.clone(), it.line)));
    }

    fn row(&mut self, row: &Row) {
        self.evidence(row.because.iter().chain(&row.against));
        row.parts.iter().for_each(|it| self.row(it));
    }

    fn reason(&mut self, reason: &Reason) {
        self.evidence(reason.evidence.iter());
        reason.premises.iter().for_each(|it| self.reason(it));
    }

    /// The events that allow a change.
    fn change(&mut self, ledger: &Ledger, change: &Change) {
        let bloc = ledger.blocs().find(|it| ledger.bloc(*it).name == change.bloc);
        let Some(bloc) = bloc else { return };
        let lifecycle = ledger.lifecycle_of(bloc);
        let named = |name: &str| lifecycle.all().iter().find(|it| lifecycle.name_of(*it) == name);
        let (Some(from), Some(to)) = (named(&change.from), named(&change.to)) else { return };
        let events = lifecycle.allowing(from, to);
        self.events.extend(events.map(|it| (ledger.bloc(bloc).lifecycle, it)));
    }
}

/// The claims that could bear on an answer, and those of them that bear on none. Notes the events of the others.
fn claims(view: View, rests: &mut Rests) -> Part {
    let ledger = view.ledger();
    let mut part = Part { all: 0, untested: Vec::new() };
    for claim in ledger.claims.iter().filter(|it| can_bear(it)) {
        part.all += 1;
        let file = view.sources.file(ledger.file_of(claim));
        let (path, line) = file.origin(claim.span().start);
        if rests.lines.contains(&(path.to_owned(), line)) {
            let lifecycle = ledger.bloc(claim.bloc).lifecycle;
            rests.events.extend(events_of(claim).into_iter().map(|it| (lifecycle, it)));
        } else {
            part.untested.push(Untested {
                file: Some(path.to_owned()),
                line: Some(line),
                of: ledger.article(claim.article).name.to_string(),
                what: file.slice(claim.span()).to_owned(),
            });
        }
    }
    part
}

/// Counts, and what is said of a bloc without a word on who belonged, make no answer another.
fn can_bear(claim: &Claim) -> bool {
    match claim.plan() {
        Some((deed, _)) => matches!(deed, Deed::Event(_)),
        None => claim.says().constrains(),
    }
}

fn events_of(claim: &Claim) -> SmallVec<[EventId; 2]> {
    let planned = match claim.plan() {
        Some((Deed::Event(event), _)) => Some(event),
        _ => None,
    };
    let parts = claim.parts();
    let reported = parts.iter().filter_map(|it| match it {
        infer::Part::Event { event, .. } => Some(*event),
        _ => None,
    });
    reported.chain(planned).collect()
}

/// A rule bears on an answer that has a line of it among its evidence.
fn rules(view: View, rests: &Rests) -> Part {
    let mut part = Part { all: 0, untested: Vec::new() };
    for rule in view.ledger().rules.iter().filter(|it| !it.group) {
        part.all += 1;
        let file = view.sources.file(rule.place.0);
        let (first, last) = (file.position(rule.place.1.start).0, file.position(rule.place.1.end).0);
        if !(first..=last).any(|it| rests.lines.contains(&(file.path.clone(), it))) {
            part.untested.push(Untested {
                file: Some(file.path.clone()),
                line: Some(first),
                of: rule.name.clone(),
                what: "rule".to_owned(),
            });
        }
    }
    part
}

/// Those of the lifecycles that blocs have.
fn events(ledger: &Ledger, rests: &Rests) -> Part {
    let used: HashSet<usize> = ledger.joinable().map(|it| ledger.bloc(it).lifecycle).collect();
    let mut part = Part { all: 0, untested: Vec::new() };
    for (place, lifecycle) in ledger.lifecycles.iter().enumerate().filter(|it| used.contains(&it.0)) {
        for (number, event) in lifecycle.events.iter().enumerate() {
            part.all += 1;
            if !rests.events.contains(&(place, EventId(number as u8))) {
                let (of, what) = (lifecycle.name.clone(), event.forms[0].clone());
                part.untested.push(Untested { file: None, line: None, of, what });
            }
        }
    }
    part
}
