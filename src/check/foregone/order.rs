//! Orders across blocs that cannot be broken, or cannot be kept.

use std::collections::BTreeMap;

use super::{Foregone, among, can_ever, existence};
use crate::date::{Day, Window};
use crate::finding::Place;
use crate::ledger::{BlocId, Ledger, Step};
use crate::lifecycle::Deed;

pub(super) fn alone(ledger: &Ledger, window: Window, steps: &[Step]) -> Option<Foregone> {
    if let Some(twice) = twice(ledger, steps) {
        return Some(twice);
    }
    let days: Vec<Option<Window>> = steps.iter().map(|it| days(ledger, *it)).collect();
    let mut idle = true;
    // Of the deeds so far, the last day of any, and the one that begins last.
    let (mut latest, mut last): (Option<Day>, Option<(Step, Day)>) = (None, None);
    for (step, days) in steps.iter().zip(&days) {
        let Some(days) = days else { continue };
        let counted = days.intersect(window);
        if !counted.is_empty() {
            idle &= latest.is_none_or(|it| it <= counted.earliest);
            if let Some((before, _)) = last.filter(|it| counted.latest < it.1) {
                let [a, b] = [before, *step].map(|it| named(ledger, it));
                let why = format!("fails wherever both are reported: {b} comes before {a} in any case");
                return Some(Foregone::Impossible(why, places(ledger, &[before, *step])));
            }
        }
        latest = latest.max(Some(days.latest));
        if last.is_none_or(|it| it.1 < days.earliest) {
            last = Some((*step, days.earliest));
        }
    }
    idle.then(|| Foregone::Idle(why_idle(ledger, window, steps, &days), places(ledger, steps)))
}

/// The same event or act at two places.
fn twice(ledger: &Ledger, steps: &[Step]) -> Option<Foregone> {
    let mut known: BTreeMap<(BlocId, Deed), usize> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        let Some(before) = known.insert(key(*step), at) else { continue };
        let name = named(ledger, *step);
        if before + 1 < at {
            let other = named(ledger, steps[before + 1]);
            let why = format!("can only hold on one day: {name} is to come before {other} and after it");
            return Some(Foregone::Impossible(why, Vec::new()));
        }
        if known.len() == 1 && at + 1 == steps.len() {
            return Some(Foregone::Idle(format!("{name} cannot come before itself"), Vec::new()));
        }
    }
    None
}

pub(super) fn key(step: Step) -> (BlocId, Deed) {
    (step.bloc, step.deed)
}

/// The days on which it can happen; `None` where no history has it. An act has no bounds.
fn days(ledger: &Ledger, step: Step) -> Option<Window> {
    let Deed::Event(event) = step.deed else { return Some(Window::ALWAYS) };
    let event = ledger.lifecycle_of(step.bloc).event(event);
    let bloc = ledger.bloc(step.bloc);
    let from = event.from.intersect(can_ever(ledger, step.bloc));
    let latest = bloc.exists.ends.map_or(Day::DUSK, |it| {
        if bloc.inside.contains(event.to) {
            it.latest.previous()
        } else if from.is_subset(bloc.inside) {
            it.latest
        } else {
            // From one status outside to another, one can come at any time.
            Day::DUSK
        }
    });
    let days = Window::new(bloc.exists.begins, latest);
    (!from.is_empty() && !days.is_empty()).then_some(days)
}

fn why_idle(ledger: &Ledger, window: Window, steps: &[Step], days: &[Option<Window>]) -> String {
    let names: Vec<String> = steps.iter().map(|it| named(ledger, *it)).collect();
    if days[1..].iter().flatten().all(|it| it.intersect(window).is_empty()) {
        return format!("{} cannot happen{}", names[1..].join(", "), among(window));
    }
    if let Some(never) = days.iter().position(Option::is_none).filter(|_| steps.len() == 2) {
        return format!("{} cannot happen: no event leads to what it begins from", names[never]);
    }
    format!("{} come in this order in any case", names.join(", "))
}

/// `joins EAEU`, in back-quotes
pub(super) fn named(ledger: &Ledger, step: Step) -> String {
    let lifecycle = ledger.lifecycle_of(step.bloc);
    let form = match step.deed {
        Deed::Event(event) => &lifecycle.event(event).forms[0],
        Deed::Act(act) => &lifecycle.acts[act.0 as usize].forms[0],
    };
    format!("`{form} {}`", ledger.bloc(step.bloc).name)
}

fn places(ledger: &Ledger, steps: &[Step]) -> Vec<Place> {
    let mut blocs: Vec<_> = steps.iter().map(|it| it.bloc).collect();
    blocs.sort_unstable();
    blocs.dedup();
    blocs.into_iter().filter_map(|it| existence(ledger, it)).collect()
}
