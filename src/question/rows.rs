//! The stretches of one pair as rows, with verdict and evidence.

use std::sync::Arc;

use indexmap::IndexSet;

use super::{View, once};
use crate::answer::{Because, Evidence, Row, Verdict};
use crate::date::{Day, Window};
use crate::evidence::passages;
use crate::infer::Stretch;
use crate::judge::{Truth, grounds, last_evidence, spells, verdict};
use crate::ledger::{Claim, ClaimId, Ledger};
use crate::lifecycle::{Deed, StatusSet};
use crate::pair::Pair;

/// The stretches of the window in which the status is, may be, or by an overruled claim would be one of these.
pub(super) fn rows_of(view: View, pair: &Arc<Pair>, window: Window, statuses: StatusSet) -> Vec<Row> {
    let wanted = |it: &Stretch| it.status.union(it.otherwise).meets(statuses);
    let mut stretches = pair.outcome.stretches.iter();
    if !stretches.any(|it| wanted(it) && !it.window.intersect(window).is_empty()) {
        return Vec::new();
    }
    let spells = spells(&pair.outcome.stretches).into_iter();
    let within = spells.filter(wanted).filter(|it| !it.window.intersect(window).is_empty());
    within.map(|it| row(view, pair, &it, it.window.intersect(window))).collect()
}

/// One spell on some of its days.
pub(super) fn row(view: View, pair: &Arc<Pair>, spell: &Stretch, days: Window) -> Row {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let verdict = verdict(view.pairs, pair, spell, days);
    let last = if verdict == Verdict::Presumed { last_evidence(view.pairs, pair) } else { None };
    let (pairs, sources) = (view.pairs.clone(), view.sources.clone());
    let (of, spell_of) = (Arc::clone(pair), spell.clone());
    let (because, against) = Because::found(move || {
        let (because, against) = grounds(&pairs, &of, &spell_of, days);
        let view = View { pairs: &pairs, sources: &sources };
        (evidence(view, &of, &because), evidence(view, &of, &against))
    });
    Row {
        party: ledger.party(pair.party).name.clone(),
        bloc: ledger.bloc(pair.bloc).name.clone(),
        from: days.earliest,
        to: days.latest,
        status: lifecycle.names_of(spell.status),
        inside: Truth::of(spell.status, ledger.bloc(pair.bloc).inside).sure(),
        otherwise: lifecycle.names_of(spell.otherwise),
        verdict,
        last_evidence: last,
        because,
        against,
        parts: Vec::new(),
    }
}

/// Where the claims were said, in order of publication. What follows by rules comes last, each with what it follows from.
pub(super) fn evidence(view: View, pair: &Pair, claims: &[usize]) -> Vec<Evidence> {
    let ledger = view.pairs.ledger();
    let ids = published(ledger, pair, claims);
    if !ids.iter().any(|it| ledger.is_derived(*it)) {
        return ids.into_iter().map(|it| said(view, ledger.claim(it))).collect();
    }
    let mut told = IndexSet::new();
    let mut next: Vec<ClaimId> = ids.into_iter().rev().collect();
    while let Some(id) = next.pop() {
        if told.insert(id)
            && let Some(grounds) = ledger.derived(id).and_then(|it| it.grounds_of(pair.party))
        {
            next.extend(grounds.claims.iter().rev());
        }
    }
    once(told.into_iter().map(|it| said(view, ledger.claim(it))))
}

/// The claims of the ledger, in order of publication.
pub(super) fn published(ledger: &Ledger, pair: &Pair, claims: &[usize]) -> Vec<ClaimId> {
    let mut ids: Vec<ClaimId> = claims.iter().flat_map(|it| &pair.said[*it]).copied().collect();
    let published = |it: &ClaimId| ledger.article(ledger.claim(*it).article).published.map(|it| it.latest);
    ids.sort_by_key(|it| (ledger.is_derived(*it), published(it), *it));
    ids.dedup();
    ids
}

pub(super) fn said(view: View, claim: &Claim) -> Evidence {
    let ledger = view.pairs.ledger();
    let file = view.sources.file(ledger.file_of(claim));
    let passages = passages(ledger, view.sources, claim).into_iter();
    let passages: Vec<&str> = passages.map(|(text, span)| view.sources.file(text).slice(span)).collect();
    let (path, line) = file.origin(claim.span().start);
    Evidence {
        article: ledger.article(claim.article).name.to_string(),
        file: path.to_owned(),
        line,
        claim: file.slice(claim.span()).to_owned(),
        cites: claim.cites().into_iter().map(|it| it.written).collect(),
        passage: if passages.is_empty() { None } else { Some(passages.join(" ... ")) },
    }
}

/// Whether a plan for these days, or some of them, came about.
fn carried_out(pair: &Pair, window: Window, target: StatusSet) -> bool {
    let mut stretches = pair.outcome.stretches.iter().filter(|it| !it.window.intersect(window).is_empty());
    !pair.claims.is_empty() && stretches.any(|it| it.status.is_subset(target))
}

/// A plan for a change of a status.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) claim: &'a Claim,
    pub(super) window: Window,
    to: StatusSet,
}

/// All plans for a pair.
pub(super) fn plans_of<'a>(view: View<'a>, pair: &Pair) -> Vec<Plan<'a>> {
    let ledger = view.pairs.ledger();
    let plan = |id: ClaimId| {
        let claim = ledger.claim(id);
        let (Deed::Event(event), window) = claim.plan()? else { return None };
        let to = StatusSet::of(ledger.lifecycle_of(pair.bloc).event(event).to);
        Some(Plan { claim, window, to })
    };
    pair.plans(ledger).iter().filter_map(|it| plan(*it)).collect()
}

/// Where nothing but plans speaks of some days: the first of them, the statuses that are planned, and the plans.
pub(super) fn promised<'a>(
    view: View<'a>,
    pair: &Pair,
    window: Window,
    statuses: StatusSet,
) -> Option<(Day, StatusSet, Vec<Plan<'a>>)> {
    let mut plans = plans_of(view, pair);
    if plans.is_empty() {
        return None;
    }
    let last = last_evidence(view.pairs, pair).unwrap_or(Day::DAWN);
    // A plan is of the days from its own first one on, until a claim speaks of a later day, or its time is over.
    plans.retain(|it| it.to.meets(statuses) && it.window.earliest <= window.latest);
    plans
        .retain(|it| window.latest > last && it.window.latest > last && !carried_out(pair, it.window, it.to));
    let from = plans.iter().map(|it| it.window.earliest).min()?.max(last.next()).max(window.earliest);
    let days = Window::new(from, window.latest);
    let held = pair.outcome.stretches.iter().filter(|it| !it.window.intersect(days).is_empty());
    let held = held.fold(StatusSet::EMPTY, |all, it| all.union(it.status));
    // What holds in any case is no longer a plan.
    plans.retain(|it| !held.meets(it.to));
    let to = plans.iter().fold(StatusSet::EMPTY, |all, it| all.union(it.to));
    (!plans.is_empty()).then_some((from, to, plans))
}

/// What is planned, where nothing but plans speaks of the days: a row of its own, never mixed with the others.
pub(super) fn planned(view: View, pair: &Pair, window: Window, statuses: StatusSet) -> Option<Row> {
    let (from, to, plans) = promised(view, pair, window, statuses)?;
    let ledger = view.pairs.ledger();
    Some(Row {
        party: ledger.party(pair.party).name.clone(),
        bloc: ledger.bloc(pair.bloc).name.clone(),
        from,
        to: window.latest,
        status: ledger.lifecycle_of(pair.bloc).names_of(to),
        inside: Truth::of(to, ledger.bloc(pair.bloc).inside).sure(),
        otherwise: Vec::new(),
        verdict: Verdict::Planned,
        last_evidence: None,
        because: plans.into_iter().map(|it| said(view, it.claim)).collect::<Vec<_>>().into(),
        against: Vec::new().into(),
        parts: Vec::new(),
    })
}
