//! `idle-requirement`, `impossible-requirement`: a `require` that the vocabulary alone decides, whatever articles say.

mod order;
mod together;

use super::View;
use super::requirement::states;
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, Demand, Ledger, Number, Requirement, Standing};
use crate::lifecycle::{Lifecycle, StatusSet};

pub(super) fn findings(view: View) -> Vec<Finding> {
    let ledger = view.ledger();
    let alone = ledger.requirements.iter().filter_map(|it| Some(alone(ledger, it)?.finding(it)));
    let mut findings: Vec<Finding> = alone.collect();
    findings.extend(together::findings(ledger));
    findings
}

/// What is decided, why, and the lines that make it so.
enum Foregone {
    /// It can never fail.
    Idle(String, Vec<Place>),
    /// It can never hold, or not once there is something that it speaks of.
    Impossible(String, Vec<Place>),
}

impl Foregone {
    fn finding(self, it: &Requirement) -> Finding {
        let place = required(it);
        let (finding, places) = match self {
            Foregone::Idle(why, places) => {
                let message = format!("`{}` can never fail: {why}", it.name);
                let finding = Finding::warning("idle-requirement", message, place);
                (finding.help("take it out, or correct what it names or its days"), places)
            }
            Foregone::Impossible(why, places) => {
                let message = format!("`{}` {why}", it.name);
                let finding = Finding::warning("impossible-requirement", message, place);
                (finding.help("correct what it names, or say of which days it is to hold"), places)
            }
        };
        places.into_iter().fold(finding, Finding::and)
    }
}

fn required(it: &Requirement) -> Place {
    Place::new(it.place.0, it.place.1, "required")
}

fn alone(ledger: &Ledger, it: &Requirement) -> Option<Foregone> {
    match &it.demand {
        Demand::Exclusion(of, is) => bound(ledger, it.window, [*of, *is], false),
        Demand::Inclusion(of, is) => bound(ledger, it.window, [*of, *is], true),
        Demand::Size(standing, number) => size(ledger, it.window, *standing, *number),
        Demand::Order(steps) => order::alone(ledger, it.window, steps),
    }
}

/// Whoever has the first has the second too, or has not.
fn bound(ledger: &Ledger, window: Window, [of, is]: [Standing; 2], too: bool) -> Option<Foregone> {
    let (mut anybody, mut can_fail, mut can_hold) = (false, false, false);
    for day in pieces(ledger, window, &[of.bloc, is.bloc]) {
        let here = can(ledger, of.bloc, day).intersect(of.statuses);
        if here.is_empty() {
            continue;
        }
        let there = if of.bloc == is.bloc { here } else { can(ledger, is.bloc, day) };
        let (with, without) = (there.intersect(is.statuses), there.without(is.statuses));
        let (good, bad) = if too { (with, without) } else { (without, with) };
        anybody = true;
        can_hold |= !good.is_empty();
        can_fail |= !bad.is_empty();
    }
    if !anybody {
        let (why, places) = nobody(ledger, window, of);
        return Some(Foregone::Idle(why, places));
    }
    if can_fail && can_hold {
        return None;
    }
    let (why, places) = decided(ledger, window, [of, is], too == can_hold);
    Some(if can_fail {
        let why = format!("fails as soon as anybody {}: {why}", states(ledger, of, true));
        Foregone::Impossible(why, places)
    } else {
        Foregone::Idle(why, places)
    })
}

/// Why whoever has the first has the second too, or why he has not.
fn decided(ledger: &Ledger, window: Window, [of, is]: [Standing; 2], too: bool) -> (String, Vec<Place>) {
    let said = |it| states(ledger, it, true);
    if of.bloc == is.bloc {
        let why = if too {
            format!("whoever {} also {}", said(of), said(is))
        } else {
            format!("nobody {} and {} at once", said(of), said(is))
        };
        return (why, Vec::new());
    }
    let anyone = can_ever(ledger, is.bloc).intersect(is.statuses);
    if !too && anyone.is_empty() {
        return nobody(ledger, window, is);
    }
    if too && can_ever(ledger, is.bloc).is_subset(is.statuses) {
        return (format!("everybody {}", said(is)), Vec::new());
    }
    let places = [of, is].into_iter().filter_map(|it| existence(ledger, it.bloc)).collect();
    let who = if too { "everybody" } else { "nobody" };
    (format!("{who} {} on the days of {}{}", said(is), ledger.bloc(of.bloc).name, among(window)), places)
}

/// Why nobody can have a standing on any of these days.
fn nobody(ledger: &Ledger, window: Window, standing: Standing) -> (String, Vec<Place>) {
    let lifecycle = ledger.lifecycle_of(standing.bloc);
    if !can_ever(ledger, standing.bloc).meets(standing.statuses) {
        let names: Vec<String> =
            standing.statuses.iter().map(|it| format!("`{}`", lifecycle.name_of(it))).collect();
        let (names, table) = (names.join(" or "), &lifecycle.name);
        return (format!("no event of the lifecycle `{table}` leads to {names}"), Vec::new());
    }
    let why = format!("nobody {}{}", states(ledger, standing, true), among(window));
    (why, existence(ledger, standing.bloc).into_iter().collect())
}

fn size(ledger: &Ledger, window: Window, standing: Standing, number: Number) -> Option<Foregone> {
    if number == (Number { least: 0, most: u32::MAX }) {
        let why = format!("every count is from 0 to {}", u32::MAX);
        return Some(Foregone::Idle(why, Vec::new()));
    }
    let days = pieces(ledger, window, &[standing.bloc]);
    let anybody = |it: &Day| can(ledger, standing.bloc, *it).meets(standing.statuses);
    let without = *days.iter().find(|it| !anybody(it))?;
    let never = !days.iter().any(anybody);
    if number.least == 0 {
        let (why, places) = nobody(ledger, window, standing);
        return never.then_some(Foregone::Idle(why, places));
    }
    let (why, places) = if never {
        nobody(ledger, window, standing)
    } else {
        let exists = ledger.bloc(standing.bloc).exists;
        let day = if without.is_open() { exists.begins.previous() } else { without };
        nobody(ledger, Window::day(day), standing)
    };
    Some(Foregone::Impossible(format!("can never hold: {why}"), places))
}

/// The first days of the pieces of a window in each of which these blocs are alike on all days.
fn pieces(ledger: &Ledger, window: Window, blocs: &[BlocId]) -> Vec<Day> {
    let mut days = vec![window.earliest];
    for bloc in blocs {
        let exists = ledger.bloc(*bloc).exists;
        days.extend(exists.ends.map(|it| it.latest).into_iter().chain([exists.begins]));
    }
    days.retain(|it| window.contains(*it));
    days.sort_unstable();
    days.dedup();
    days
}

/// The statuses that a party can have in a bloc on a day.
fn can(ledger: &Ledger, bloc: BlocId, day: Day) -> StatusSet {
    let it = ledger.bloc(bloc);
    if day < it.exists.begins {
        return StatusSet::of(Lifecycle::INITIAL);
    }
    let ever = can_ever(ledger, bloc);
    if it.exists.ends.is_some_and(|ends| ends.latest <= day) { ever.without(it.inside) } else { ever }
}

/// The statuses that a party can ever have in a bloc.
fn can_ever(ledger: &Ledger, bloc: BlocId) -> StatusSet {
    ledger.lifecycle_of(bloc).reached()
}

/// The line that says when a bloc existed.
fn existence(ledger: &Ledger, bloc: BlocId) -> Option<Place> {
    let exists = ledger.bloc(bloc).exists;
    let from = (!exists.begins.is_open()).then(|| format!("exists from {}", exists.begins));
    let to = exists.ends.map(|it| format!("has ended by {}", it.latest));
    let label: Vec<String> = from.into_iter().chain(to).collect();
    let (file, span) = exists.place?;
    Some(Place::new(file, span, label.join(", ")))
}

/// ` on 2012-12-19`, ` from 1940-01-01 on`; nothing of all days.
fn among(window: Window) -> String {
    let Window { earliest, latest } = window;
    match (earliest.is_open(), latest.is_open()) {
        (true, true) => String::new(),
        (true, false) => format!(" up to {latest}"),
        (false, true) => format!(" from {earliest} on"),
        (false, false) if window.is_day() => format!(" on {earliest}"),
        (false, false) => format!(" from {window}"),
    }
}
