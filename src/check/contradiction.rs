//! What the findings on contradictions have in common: sides, slips and mends. Each kind has a file of its code.

use super::disagreement::Disagreement;
use super::slip::{Seen, Told, lone, slip};
use super::{Detail, View, after_dissolution, before_founding, clash, mend, order, overruled, repeat};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place, Severity, Slip};
use crate::infer::{Part, Rule};
use crate::ledger::ClaimId;
use crate::pair::trust;

/// What a kind of finding says.
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: String,
    /// Places besides the claims.
    pub(super) also: Vec<Place>,
}

pub(super) fn finding(view: View, it: &Disagreement) -> Finding {
    let said = overruled::said(view, it)
        .or_else(|| before_founding::said(view, it))
        .or_else(|| after_dissolution::said(view, it))
        .or_else(|| repeat::said(view, it))
        .unwrap_or_else(|| match it.rule {
            Rule::Order => order::said(view, it),
            Rule::Lifecycle | Rule::Repeat => clash::said(view, it),
        });
    let seen = slips(view, it);
    // A slip is seen at a place.
    let (mut places, of_side) =
        if seen.is_empty() && view.detail == Detail::Counted { Default::default() } else { places(view, it) };
    places.extend(said.also);
    let slip = |(it, side): (Seen, Option<usize>)| Slip {
        kind: it.kind,
        place: side.map(|it| of_side[it]),
        why: it.why,
    };
    let slips: Vec<Slip> = seen.into_iter().map(slip).collect();
    // A note is settled.
    let mends = if said.severity == Severity::Error && view.detail == Detail::Whole {
        let wrong = slips.iter().find_map(|it| it.place).map(|it| &places[it]);
        mend::mends(view, it, wrong)
    } else {
        Vec::new()
    };
    Finding {
        code: said.code,
        severity: said.severity,
        message: said.message,
        help: (view.detail == Detail::Whole).then_some(said.help),
        places,
        slips,
        mends,
    }
}

/// A place for each claim, the sides in the order of the files; and for each side the number of its first place.
fn places(view: View, it: &Disagreement) -> (Vec<Place>, Vec<usize>) {
    let mut places: Vec<Place> = it
        .claims()
        .map(|(side, id)| Place { side: Some(side), ..view.place(id, it.bloc, it.parties[0]) })
        .collect();
    let at = |it: &Place| (view.sources.file(it.file).path.as_str(), it.span);
    let firsts: Vec<_> = (0..it.sides.len() as u32)
        .map(|side| places.iter().filter(|it| it.side == Some(side)).map(at).min())
        .collect();
    places.sort_by_cached_key(|it| (firsts[it.side.unwrap_or(0) as usize], it.side, at(it)));
    let mut order: Vec<Option<u32>> = places.iter().map(|it| it.side).collect();
    order.dedup();
    for place in &mut places {
        place.side = order.iter().position(|it| *it == place.side).map(|it| it as u32);
    }
    let first_of = |side: u32| {
        let number = order.iter().position(|it| *it == Some(side)).map(|it| it as u32);
        places.iter().position(|it| it.side == number).unwrap_or(0)
    };
    let of_side = (0..it.sides.len() as u32).map(first_of).collect();
    (places, of_side)
}

/// Sides beyond this are not compared with each other.
const COMPARED: usize = 8;

/// What two sides look like, or one by itself; and which side looks wrong, where that can be told.
fn slips(view: View, it: &Disagreement) -> Vec<(Seen, Option<usize>)> {
    let mut slips: Vec<(Seen, Option<usize>)> = Vec::new();
    if let [side] = &it.sides[..] {
        let deeds = deeds(view, side.claims[0]);
        let until = bounds_end(view, it);
        let seen = deeds.first().and_then(|deed| lone(told(view, it, &side.claims, deed.1), until));
        slips.extend(seen.map(|it| (it, Some(0))));
    }
    let last = it.sides.len().min(COMPARED);
    for a in 0..last {
        // The sides of the smallest set that are kept agree with each other.
        for b in (a + 1).max(it.core - 1)..last {
            if let Some(seen) = between(view, it, [a, b])
                && !slips.iter().any(|it| it.0.kind == seen.kind && it.0.why == seen.why)
            {
                let wrong = seen.second.map(|second| if second { b } else { a });
                slips.push((seen, wrong));
            }
        }
    }
    slips
}

/// The slip between two sides.
fn between(view: View, it: &Disagreement, sides: [usize; 2]) -> Option<Seen> {
    let heads = sides.map(|side| it.sides[side].claims[0]);
    for (place, a) in deeds(view, heads[0]).into_iter().enumerate() {
        let Some(b) = deeds(view, heads[1]).get(place).copied() else { continue };
        if a.0 != b.0 {
            continue;
        }
        let told = |side: usize, window| told(view, it, &it.sides[side].claims, window);
        if let Some(seen) = slip(told(sides[0], a.1), told(sides[1], b.1), a.2) {
            return Some(seen);
        }
    }
    None
}

fn told(view: View, it: &Disagreement, claims: &[ClaimId], window: Window) -> Told {
    let ledger = view.ledger();
    let articles: Vec<_> = claims.iter().map(|it| ledger.claim(*it).article).collect();
    let begins = ledger.bloc(it.bloc).exists.begins.max(ledger.party(it.parties[0]).exists.begins);
    Told {
        window,
        published: ledger.article(articles[0]).published,
        trust: trust(articles.into_iter(), |it| view.for_check.voice(it)),
        begins,
    }
}

/// The last day on which bloc and party can both have existed.
fn bounds_end(view: View, it: &Disagreement) -> Day {
    let ends = [view.ledger().bloc(it.bloc).exists.ends, view.ledger().party(it.parties[0]).exists.ends];
    ends.into_iter().flatten().map(|it| it.latest).min().unwrap_or(Day::DUSK)
}

/// What a claim dates: which deed, when, and whether it is an end. States have days that nobody wrote.
fn deeds(view: View, id: ClaimId) -> Vec<(Part, Window, bool)> {
    let claim = view.ledger().claim(id);
    let lifecycle = view.ledger().lifecycle_of(claim.bloc);
    let inside = view.ledger().bloc(claim.bloc).inside;
    let dated = |part: &Part| match *part {
        Part::Event { event, window } => {
            let it = lifecycle.event(event);
            let ends = it.from.meets(inside) && !inside.contains(it.to);
            Some((Part::Event { event, window: Window::ALWAYS }, window, ends))
        }
        Part::Act { act, window } => Some((Part::Act { act, window: Window::ALWAYS }, window, false)),
        _ => None,
    };
    claim.parts().iter().filter_map(dated).collect()
}
