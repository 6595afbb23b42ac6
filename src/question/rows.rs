//! The stretches of one pair as rows, with verdict and evidence.

use super::View;
use super::truth::Truth;
use crate::answer::{Evidence, Row, Verdict};
use crate::date::{Day, Window};
use crate::evidence::passages;
use crate::infer::{Outcome, Part, Stretch, infer};
use crate::ledger::{Claim, ClaimId, Says};
use crate::lifecycle::{Deed, StatusSet};
use crate::pair::{Pair, problem};

/// The stretches of the window in which the status is, may be, or by an overruled claim would be one of these.
pub(super) fn rows_of(view: View, pair: &Pair, window: Window, statuses: StatusSet) -> Vec<Row> {
    let spells = spells(&pair.outcome.stretches).into_iter();
    let meets = spells.filter(|it| it.status.union(it.otherwise).meets(statuses));
    let within = meets.filter(|it| !it.window.intersect(window).is_empty());
    within.map(|it| row(view, pair, &it, it.window.intersect(window))).collect()
}

/// Stretches with the same statuses and the same kind of doubt, as one; a claim that attests only some of the days
/// does not attest them all.
pub(super) fn spells(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut spells: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        let alike = |it: &&mut Stretch| {
            let doubt = |it: &Stretch| (it.status, it.otherwise, it.possible, it.disputed);
            doubt(it) == doubt(stretch)
        };
        match spells.last_mut().filter(alike) {
            Some(spell) => {
                spell.window.latest = stretch.window.latest;
                spell.attested &= stretch.attested;
                spell.heard.extend(&stretch.heard);
            }
            None => spells.push(stretch.clone()),
        }
    }
    spells
}

/// One spell on some of its days.
pub(super) fn row(view: View, pair: &Pair, spell: &Stretch, days: Window) -> Row {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let verdict = verdict(view, pair, spell, days);
    let last = if verdict == Verdict::Presumed { last_evidence(view, pair) } else { None };
    let (because, against) = grounds(view, pair, spell, days);
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
        because: evidence(view, pair, &because),
        against: evidence(view, pair, &against),
        parts: Vec::new(),
    }
}

/// The weakest verdict of the days.
pub(super) fn verdict(view: View, pair: &Pair, spell: &Stretch, days: Window) -> Verdict {
    if spell.disputed || !spell.otherwise.is_empty() {
        return Verdict::Disputed;
    }
    if spell.possible {
        return Verdict::Possible;
    }
    let within = |it: &&Stretch| !it.window.intersect(days).is_empty();
    if pair.outcome.stretches.iter().filter(within).all(|it| it.attested) {
        return Verdict::Attested;
    }
    settled(view, pair, days)
}

/// The verdict on days of which all simplest histories say the same, though no claim does.
pub(super) fn settled(view: View, pair: &Pair, days: Window) -> Verdict {
    // Before bloc and party can have existed, and after one has ended, it needs no claim.
    let bounds = problem(view.pairs.ledger(), pair.bloc, pair.party, Vec::new());
    let last = last_evidence(view, pair).unwrap_or(Day::DAWN).max(bounds.begins.previous());
    let ended = bounds.ends.iter().any(|it| it.latest <= days.earliest);
    if days.latest <= last || ended { Verdict::Inferred } else { Verdict::Presumed }
}

/// The last day that a claim of some repair speaks of; acts say nothing of a status.
pub(super) fn last_evidence(view: View, pair: &Pair) -> Option<Day> {
    let kept = (0..pair.claims.len()).filter(|it| !pair.outcome.overruled.contains(it));
    let parts = kept.flat_map(|it| &pair.claims[it].parts);
    parts.filter_map(|it| spoken_of(view, pair, it)).filter(|it| !it.is_open()).max()
}

/// The last day that a part of a claim speaks of. An event is no evidence of the days after it has happened,
/// though its own report would have let it happen later.
fn spoken_of(view: View, pair: &Pair, part: &Part) -> Option<Day> {
    match *part {
        Part::Act { .. } | Part::Ends { .. } => None,
        Part::Event { event, window } => {
            let event = view.pairs.ledger().lifecycle_of(pair.bloc).event(event);
            let allowed =
                pair.outcome.changes.iter().filter(|it| it.to == event.to && event.from.contains(it.from));
            let happened = allowed.map(|it| it.window.intersect(window)).filter(|it| !it.is_empty());
            happened.map(|it| it.latest).max().or(Some(window.latest))
        }
        _ => Some(part.window().latest),
    }
}

/// The claims that the status rests on, and those that would make it another.
///
/// Of equally good repairs the first one is what it rests on; what the others keep instead stands against it.
fn grounds(view: View, pair: &Pair, spell: &Stretch, days: Window) -> (Vec<usize>, Vec<usize>) {
    let outcome = &pair.outcome;
    let near = Window::new(spell.window.earliest.previous(), spell.window.latest.next());
    let touches = |claim: &usize| {
        let mut parts = pair.claims[*claim].parts.iter();
        parts.any(|it| !matches!(it, Part::Act { .. }) && !it.window().intersect(near).is_empty())
    };
    let is_act = |claim: &usize| pair.claims[*claim].parts.iter().all(|it| matches!(it, Part::Act { .. }));
    let kept: Vec<usize> = pair.kept().collect();
    let close: Vec<usize> = kept.iter().copied().filter(touches).collect();
    let because = if close.len() == kept.len() || suffices(view, pair, &close, &kept, days) {
        close
    } else {
        kept.into_iter().filter(|it| !is_act(it)).collect()
    };
    let disputes = |it: &usize| spell.heard.contains(it) || spell.disputed && outcome.contested.contains(it);
    let against = outcome.left_out.iter().copied().filter(disputes).collect();
    (because, against)
}

/// With these claims alone, the days have the same status as with all that the first repair keeps.
fn suffices(view: View, pair: &Pair, claims: &[usize], kept: &[usize], days: Window) -> bool {
    let within = |outcome: &Outcome| {
        let within = outcome.stretches.iter().filter(|it| !it.window.intersect(days).is_empty());
        within.fold(StatusSet::EMPTY, |all, it| all.union(it.status))
    };
    let status = |claims: &[usize]| {
        if claims.len() == pair.claims.len() {
            return within(&pair.outcome);
        }
        let claims = claims.iter().map(|it| pair.claims[*it].clone()).collect();
        within(&infer(&problem(view.pairs.ledger(), pair.bloc, pair.party, claims)))
    };
    status(claims) == status(kept)
}

/// Where the claims were said, in order of publication.
pub(super) fn evidence(view: View, pair: &Pair, claims: &[usize]) -> Vec<Evidence> {
    let mut ids: Vec<ClaimId> = claims.iter().flat_map(|it| &pair.said[*it]).copied().collect();
    let ledger = view.pairs.ledger();
    let published = |it: &ClaimId| ledger.article(ledger.claim(*it).article).published.map(|it| it.latest);
    ids.sort_by_key(|it| (published(it), *it));
    ids.dedup();
    ids.into_iter().map(|it| said(view, ledger.claim(it))).collect()
}

fn said(view: View, claim: &Claim) -> Evidence {
    let ledger = view.pairs.ledger();
    let file = view.sources.file(ledger.file_of(claim));
    let passages = passages(ledger, view.sources, claim).into_iter();
    let passages: Vec<&str> = passages.map(|(text, span)| view.sources.file(text).slice(span)).collect();
    let (path, line) = file.origin(claim.span.start);
    Evidence {
        article: ledger.article(claim.article).name.to_string(),
        file: path.to_owned(),
        line,
        claim: file.slice(claim.span).to_owned(),
        cites: claim.cites().into_iter().map(|it| it.written).collect(),
        passage: if passages.is_empty() { None } else { Some(passages.join(" ... ")) },
    }
}

/// What is planned, where nothing but plans speaks of the days: a row of its own, never mixed with the others.
pub(super) fn planned(view: View, pair: &Pair, window: Window, statuses: StatusSet) -> Option<Row> {
    let ledger = view.pairs.ledger();
    let lifecycle = ledger.lifecycle_of(pair.bloc);
    let last = last_evidence(view, pair).unwrap_or(Day::DAWN);
    let mut plans: Vec<(&Claim, Window, StatusSet)> = Vec::new();
    for id in ledger.claims_on(pair.bloc, pair.party) {
        let claim = ledger.claim(id);
        if let Says::Plan { deed: Deed::Event(event), window } = claim.says {
            plans.push((claim, window, StatusSet::of(lifecycle.event(event).to)));
        }
    }
    // A plan is of the days from its own first one on, and where a claim speaks of a later day, of none.
    plans.retain(|it| it.2.meets(statuses) && it.1.earliest <= window.latest && window.latest > last);
    let from = plans.iter().map(|it| it.1.earliest).min()?.max(last.next()).max(window.earliest);
    let days = Window::new(from, window.latest);
    let held = pair.outcome.stretches.iter().filter(|it| !it.window.intersect(days).is_empty());
    let held = held.fold(StatusSet::EMPTY, |all, it| all.union(it.status));
    // What holds in any case is no longer a plan.
    plans.retain(|it| !held.meets(it.2));
    if plans.is_empty() {
        return None;
    }
    let target = plans.iter().fold(StatusSet::EMPTY, |all, it| all.union(it.2));
    let status = lifecycle.names_of(target);
    Some(Row {
        party: ledger.party(pair.party).name.clone(),
        bloc: ledger.bloc(pair.bloc).name.clone(),
        from,
        to: window.latest,
        status,
        inside: Truth::of(target, ledger.bloc(pair.bloc).inside).sure(),
        otherwise: Vec::new(),
        verdict: Verdict::Planned,
        last_evidence: None,
        because: plans.into_iter().map(|it| said(view, it.0)).collect(),
        against: Vec::new(),
        parts: Vec::new(),
    })
}
