//! `did Uzbekistan leave CSTO in 1999`

use super::rows::{evidence, rows_of};
use super::{View, changes, once};
use crate::answer::{Answer, Row, Verdict};
use crate::date::Window;
use crate::infer::{self, Part, Stretch};
use crate::judge::{Truth, settled, spells};
use crate::ledger::{BlocId, PartyId};
use crate::lifecycle::{ActId, Deed, EventId, Lifecycle, StatusSet};
use crate::pair::Pair;

/// One row, and of an event the changes that it can have made.
pub(super) fn tell(
    view: View,
    answer: &mut Answer,
    (party, bloc): (PartyId, BlocId),
    deed: Deed,
    window: Window,
) {
    let pair = view.pairs.get(bloc, party);
    let did = match deed {
        Deed::Event(event) => {
            let may: Vec<&infer::Change> = pair
                .outcome
                .changes
                .iter()
                .filter(|it| allows(view, &pair, event, it) && !it.window.intersect(window).is_empty())
                .collect();
            answer.changes = may.iter().map(|it| changes::told(view, &pair, it)).collect();
            of_event(view, &pair, event, window, &may)
        }
        Deed::Act(act) => of_act(&pair, act, window),
    };
    let ledger = view.pairs.ledger();
    // Where nothing reports it, the status of these days is what speaks for it or against it.
    let silent = did.because.is_empty() && did.against.is_empty();
    let status: Vec<Row> =
        if silent { rows_of(view, &pair, window, ledger.lifecycle_of(bloc).all()) } else { Vec::new() };
    answer.rows.push(Row {
        party: ledger.party(party).name.clone(),
        bloc: ledger.bloc(bloc).name.clone(),
        from: window.earliest,
        to: window.latest,
        status: did.truth.words(),
        inside: did.truth.sure(),
        otherwise: Vec::new(),
        verdict: did.verdict,
        last_evidence: None,
        because: if silent {
            once(status.into_iter().flat_map(|it| it.because)).into()
        } else {
            evidence(view, &pair, &did.because).into()
        },
        against: evidence(view, &pair, &did.against).into(),
        parts: Vec::new(),
    });
}

/// Whether it happened, how sure that is, and the claims, by place.
struct Did {
    truth: Truth,
    verdict: Verdict,
    because: Vec<usize>,
    against: Vec<usize>,
}

fn allows(view: View, pair: &Pair, event: EventId, change: &infer::Change) -> bool {
    view.pairs.ledger().lifecycle_of(pair.bloc).event(event).allows(change.from, change.to)
}

/// `may` are the changes that can have been of the event.
fn of_event(view: View, pair: &Pair, event: EventId, window: Window, may: &[&infer::Change]) -> Did {
    let within = |it: Window| !it.intersect(window).is_empty();
    let truth =
        Truth { yes: !may.is_empty(), no: may.is_empty() || can_do_without(view, pair, event, window) };
    let spells: Vec<Stretch> = spells(&pair.outcome.stretches);
    // What is sure, it is by all repairs.
    let open = truth.sure().is_none();
    let doubted = |it: &Stretch| within(it.window) && (open && it.disputed || !it.otherwise.is_empty());
    let reports: Vec<usize> = may.iter().flat_map(|it| changes::reports(view, pair, it)).collect();
    let tells = |it: &Part| matches!(*it, Part::Event { event: of, window: it } if of == event && it.intersect(window) == it);
    let attests =
        |it: &usize| pair.claims[*it].parts.iter().any(tells) && !pair.outcome.contested.contains(it);
    let verdict = match truth.sure() {
        _ if spells.iter().any(doubted) => Verdict::Disputed,
        None => Verdict::Possible,
        Some(true) if reports.iter().any(attests) => Verdict::Attested,
        Some(true) => Verdict::Inferred,
        Some(false) => settled(view.pairs, pair, window),
    };
    let against = pair
        .outcome
        .left_out
        .iter()
        .copied()
        .filter(|it| pair.claims[*it].parts.iter().any(|it| within(it.window())));
    Did {
        truth,
        verdict,
        because: reports,
        against: if verdict == Verdict::Disputed { against.collect() } else { Vec::new() },
    }
}

/// Whether some way leads through the window by changes of simplest histories, none of which the event allows. There may
/// be more ways than histories: then it is possible, where it is not sure.
fn can_do_without(view: View, pair: &Pair, event: EventId, window: Window) -> bool {
    let changes = pair.outcome.changes.iter().filter(|it| !allows(view, pair, event, it));
    let changes: Vec<&infer::Change> = changes.collect();
    let mut reached = if window.earliest.is_open() {
        StatusSet::of(Lifecycle::INITIAL)
    } else {
        pair.outcome.on(window.earliest.previous()).status
    };
    for stretch in &pair.outcome.stretches {
        let days = stretch.window.intersect(window);
        if days.is_empty() {
            continue;
        }
        let mut before = StatusSet::EMPTY;
        while before != reached {
            before = reached;
            let follows =
                changes.iter().filter(|it| before.contains(it.from) && !it.window.intersect(days).is_empty());
            follows.for_each(|it| reached.insert(it.to));
        }
        reached = stretch.status.without(stretch.status.without(reached));
    }
    !reached.is_empty()
}

/// An act is done once, on a day that all reports of it have in common.
fn of_act(pair: &Pair, act: ActId, window: Window) -> Did {
    let done = |it: usize| {
        pair.claims[it].parts.iter().find_map(|it| match *it {
            Part::Act { act: of, window } if of == act => Some(window),
            _ => None,
        })
    };
    let because: Vec<usize> = pair.kept().filter(|it| done(*it).is_some()).collect();
    let against: Vec<usize> =
        pair.outcome.left_out.iter().copied().filter(|it| done(*it).is_some()).collect();
    let days = because.iter().filter_map(|it| done(*it)).fold(Window::ALWAYS, Window::intersect);
    let (truth, verdict) = if because.is_empty() {
        (Truth { yes: false, no: true }, Verdict::Presumed)
    } else {
        let inside = days.intersect(window);
        let truth = Truth { yes: !inside.is_empty(), no: inside != days };
        (
            truth,
            if truth.sure().is_none() {
                Verdict::Possible
            } else if truth.yes {
                Verdict::Attested
            } else {
                Verdict::Inferred
            },
        )
    };
    Did { truth, verdict: if against.is_empty() { verdict } else { Verdict::Disputed }, because, against }
}
