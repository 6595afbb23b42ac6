//! The spells of one pair: how sure each of them is, and which claims it rests on.

use crate::answer::Verdict;
use crate::date::{Day, Window};
use crate::infer::{Outcome, Part, Stretch};
use crate::lifecycle::StatusSet;
use crate::pair::{Pair, Pairs, problem};

/// Stretches with the same statuses and the same kind of doubt, as one; a claim that attests only some of the days
/// does not attest them all.
pub(crate) fn spells(stretches: &[Stretch]) -> Vec<Stretch> {
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

/// The weakest verdict of the days.
pub(crate) fn verdict(pairs: &Pairs, pair: &Pair, spell: &Stretch, days: Window) -> Verdict {
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
    settled(pairs, pair, days)
}

/// The verdict on days of which all simplest histories say the same, though no claim does.
pub(crate) fn settled(pairs: &Pairs, pair: &Pair, days: Window) -> Verdict {
    let known = Known::of(pairs, pair);
    if known.ends.is_some_and(|it| it <= days.earliest) {
        return Verdict::Inferred;
    }
    if pair.claims.iter().all(|it| it.said) {
        return if days.latest <= known.last { Verdict::Inferred } else { Verdict::Presumed };
    }
    let mut firm = pair.kept_by_some().filter_map(|it| firm(pairs, pair, it));
    let evident = days.latest <= known.last || firm.any(|it| it.intersect(days) == days);
    let is_firm = || match firmly(pairs, pair) {
        Some(outcome) => statuses(&outcome, days) == statuses(&pair.outcome, days),
        None => true,
    };
    if evident && is_firm() { Verdict::Inferred } else { Verdict::Presumed }
}

/// What is known of a pair, whatever the days.
struct Known {
    /// Before bloc and party can have existed, and from this day on, when one has ended, it needs no claim.
    ends: Option<Day>,
    /// The last day that there is evidence of.
    last: Day,
}

impl Known {
    fn of(pairs: &Pairs, pair: &Pair) -> Known {
        let bounds = problem(pairs.ledger(), pair.bloc, pair.party, Vec::new());
        let last = last_evidence(pairs, pair).unwrap_or(Day::DAWN).max(bounds.begins.previous());
        Known { ends: bounds.ends.iter().map(|it| it.latest).min(), last }
    }
}

/// The days from which on the verdict on a day may be another than on the day before; between them it is one.
pub(crate) fn turns(pairs: &Pairs, pair: &Pair) -> Vec<Day> {
    let known = Known::of(pairs, pair);
    let begins = |it: &Outcome| it.stretches.iter().map(|it| it.window.earliest).collect::<Vec<Day>>();
    let mut turns = begins(&pair.outcome);
    turns.extend(known.ends);
    turns.push(known.last.next());
    if pair.claims.iter().any(|it| !it.said) {
        let firm = (0..pair.claims.len()).filter_map(|it| firm(pairs, pair, it));
        turns.extend(firm.flat_map(|it| [it.earliest, it.latest.next()]));
        turns.extend(firmly(pairs, pair).iter().flat_map(begins));
    }
    turns
}

/// Of a claim that only follows by rules, the days that it is evidence of.
fn firm(pairs: &Pairs, pair: &Pair, claim: usize) -> Option<Window> {
    if pair.claims[claim].said {
        return None;
    }
    let derived = pair.said[claim].iter().filter_map(|it| pairs.ledger().derived(*it));
    derived.filter_map(|it| it.grounds_of(pair.party)).map(|it| it.firm).max_by_key(|it| it.latest)
}

/// The simplest histories without what follows from what is presumed; `None` where nothing does.
fn firmly(pairs: &Pairs, pair: &Pair) -> Option<Outcome> {
    let mut claims = Vec::with_capacity(pair.claims.len());
    for (place, claim) in pair.claims.iter().enumerate() {
        let mut claim = claim.clone();
        if let (Some(firm), Part::Always { statuses, .. }) = (firm(pairs, pair, place), claim.parts[0]) {
            if firm.is_empty() {
                continue;
            }
            claim.parts[0] = Part::Always { statuses, window: firm };
        }
        claims.push(claim);
    }
    if claims == pair.claims {
        return None;
    }
    Some(pairs.infer(pair.bloc, pair.party, claims))
}

/// Every status that the simplest histories have on these days.
fn statuses(outcome: &Outcome, days: Window) -> StatusSet {
    let within = outcome.stretches.iter().filter(|it| !it.window.intersect(days).is_empty());
    within.fold(StatusSet::EMPTY, |all, it| all.union(it.status))
}

/// The last day that a claim of some repair speaks of; acts say nothing of a status.
pub(crate) fn last_evidence(pairs: &Pairs, pair: &Pair) -> Option<Day> {
    *pair.found.last_evidence.get_or_init(|| last_spoken_of(pairs, pair))
}

fn last_spoken_of(pairs: &Pairs, pair: &Pair) -> Option<Day> {
    let last = |claim: usize| {
        let of_part = |it: &Part| {
            firm(pairs, pair, claim).map_or_else(|| spoken_of(pairs, pair, it), |firm| Some(firm.latest))
        };
        pair.claims[claim].parts.iter().filter_map(of_part).filter(|it| !it.is_open()).max()
    };
    pair.kept_by_some().filter_map(last).max()
}

/// The last day that a part of a claim speaks of. An event is no evidence of the days after it has happened,
/// though its own report would have let it happen later.
fn spoken_of(pairs: &Pairs, pair: &Pair, part: &Part) -> Option<Day> {
    match *part {
        Part::Act { .. } | Part::Reports { .. } => None,
        Part::Event { event, window } => {
            let event = pairs.ledger().lifecycle_of(pair.bloc).event(event);
            let allowed = pair.outcome.changes.iter().filter(|it| event.allows(it.from, it.to));
            let happened = allowed.map(|it| it.window.intersect(window)).filter(|it| !it.is_empty());
            happened.map(|it| it.latest).max().or(Some(window.latest))
        }
        _ => Some(part.window().latest),
    }
}

/// The claims that the status rests on, and those that would make it another.
///
/// Of equally good repairs the first one is what it rests on; what the others keep instead stands against it.
pub(crate) fn grounds(pairs: &Pairs, pair: &Pair, spell: &Stretch, days: Window) -> (Vec<usize>, Vec<usize>) {
    let outcome = &pair.outcome;
    let near = Window::new(spell.window.earliest.previous(), spell.window.latest.next());
    let touches = |claim: &usize| {
        let mut parts = pair.claims[*claim].parts.iter();
        parts.any(|it| !matches!(it, Part::Act { .. }) && !it.window().intersect(near).is_empty())
    };
    let is_act = |claim: &usize| pair.claims[*claim].parts.iter().all(|it| matches!(it, Part::Act { .. }));
    let kept: Vec<usize> = pair.kept().collect();
    let close: Vec<usize> = kept.iter().copied().filter(touches).collect();
    let because = if close.len() == kept.len() || suffices(pairs, pair, &close, &kept, days) {
        close
    } else {
        kept.into_iter().filter(|it| !is_act(it)).collect()
    };
    let disputes = |it: &usize| spell.heard.contains(it) || spell.disputed && outcome.contested.contains(it);
    let against = outcome.left_out.iter().copied().filter(disputes).collect();
    (because, against)
}

/// With these claims alone, the days have the same status as with all that the first repair keeps.
fn suffices(pairs: &Pairs, pair: &Pair, claims: &[usize], kept: &[usize], days: Window) -> bool {
    let status = |claims: &[usize]| {
        if claims.len() == pair.claims.len() {
            return statuses(&pair.outcome, days);
        }
        let claims = claims.iter().map(|it| pair.claims[*it].clone()).collect();
        statuses(&pairs.infer(pair.bloc, pair.party, claims), days)
    };
    status(claims) == status(kept)
}
