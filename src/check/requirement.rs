//! `requirement`: a `require` does not hold, or a count that an article gives is wrong.

mod order;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::View;
use super::support::{Certainty, TRIED, certainty, shown_outside, support};
use crate::date::{Day, Window};
use crate::finding::{Finding, Place, Severity};
use crate::infer::infer;
use crate::ledger::{ClaimId, Demand, Ledger, Number, PartyId, Requirement, Says, Standing};
use crate::pair::{Supposed, folded, problem};

pub(super) fn findings(view: View) -> Vec<Finding> {
    let ledger = view.ledger();
    let counts = ledger.index.counts().par_iter();
    let mut findings: Vec<Finding> = counts.filter_map(|it| count(view, *it)).collect();
    findings.par_extend(ledger.requirements.par_iter().flat_map_iter(|it| required(view, it)));
    findings
}

fn count(view: View, id: ClaimId) -> Option<Finding> {
    let claim = view.ledger().claim(id);
    let Says::Count { number, statuses, window, throughout } = *claim.says() else { return None };
    let standing = Standing { bloc: claim.bloc, statuses };
    let roll = Roll::of(view, standing, window);
    let wrong = roll.days.iter().filter(|it| roll.wrong(**it, number).is_some());
    // On some day: it is wrong if it is wrong on all of them.
    let day = if throughout || wrong.clone().count() == roll.days.len() {
        *wrong.clone().next()?
    } else {
        return None;
    };
    let bloc = &view.ledger().bloc(claim.bloc).name;
    let mut finding = roll.finding(view, day, number, &format!("the count of {bloc} is wrong"));
    let mut place = view.place(id, claim.bloc, PartyId(0));
    place.label = counted(number).into();
    place.side = Some(0);
    finding.places.insert(0, place);
    Some(finding)
}

pub(super) fn counted(number: Number) -> String {
    match number {
        Number { least, most } if least == most => format!("exactly {least}"),
        Number { least, most: u32::MAX } => format!("at least {least}"),
        Number { most, .. } => format!("at most {most}"),
    }
}

fn required(view: View, it: &Requirement) -> Vec<Finding> {
    let place = Place::new(it.place.0, it.place.1, "required");
    let mut findings = match &it.demand {
        Demand::Size(standing, number) => {
            let (standing, number) = (*standing, *number);
            let roll = Roll::of(view, standing, it.window);
            let wrong = roll.days.iter().find(|it| roll.wrong(**it, number).is_some());
            let bloc = &view.ledger().bloc(standing.bloc).name;
            let message = format!("`{}`: {bloc} has not so many", it.name);
            wrong.map(|day| roll.finding(view, *day, number, &message)).into_iter().collect()
        }
        Demand::Exclusion(of, is) => both(view, it, [*of, *is], Certainty::Holds),
        Demand::Inclusion(of, is) => both(view, it, [*of, *is], Certainty::Fails),
        Demand::Order(steps) => order::findings(view, it, steps),
    };
    for it in &mut findings {
        it.places.insert(0, place.clone());
    }
    findings
}

/// Parties that certainly have the one standing on a day on which the other is as it must not be.
fn both(view: View, it: &Requirement, both: [Standing; 2], wrong: Certainty) -> Vec<Finding> {
    let parties: Vec<PartyId> = view.ledger().named_in(both[0].bloc).collect();
    parties.into_par_iter().filter_map(|party| broken(view, it, both, wrong, party)).collect()
}

fn broken(
    view: View,
    it: &Requirement,
    [of, is]: [Standing; 2],
    wrong: Certainty,
    party: PartyId,
) -> Option<Finding> {
    let days = days(view, &[(of, party), (is, party)], it.window);
    let at =
        |standing: Standing, day| certainty(&view.pairs.get(standing.bloc, party), day, standing.statuses);
    let day = days.into_iter().find(|day| at(of, *day) == Certainty::Holds && at(is, *day) == wrong)?;
    let message = format!(
        "`{}`: on {} {} {}, and {}",
        it.name,
        shown(day),
        view.ledger().party(party).name,
        states(view.ledger(), of, true),
        states(view.ledger(), is, wrong == Certainty::Holds)
    );
    let mut places = Vec::new();
    for (side, standing) in (0..).zip([of, is]) {
        let mut claims = support(view, standing.bloc, party, day, standing.statuses);
        if side == 1 && wrong == Certainty::Fails {
            claims.extend(shown_outside(view, standing.bloc, party, day, standing.statuses));
            claims.dedup();
        }
        places.extend(
            claims.into_iter().map(|it| Place { side: Some(side), ..view.place(it, standing.bloc, party) }),
        );
    }
    let help =
        "a claim is wrong or missing, or the requirement does not hold for this party and day".to_owned();
    Some(Finding::error("requirement", message, places).help(help))
}

/// `belongs to CSTO`, `is not suspended in CSTO`
pub(super) fn states(ledger: &Ledger, standing: Standing, holds: bool) -> String {
    let bloc = ledger.bloc(standing.bloc);
    if standing.statuses == bloc.inside {
        return format!("{} {}", if holds { "belongs to" } else { "does not belong to" }, bloc.name);
    }
    let lifecycle = ledger.lifecycle_of(standing.bloc);
    let names: Vec<&str> = standing.statuses.iter().map(|it| lifecycle.name_of(it)).collect();
    format!("{} {} in {}", if holds { "is" } else { "is not" }, names.join(" or "), bloc.name)
}

/// Who has a standing, on the first day of each stretch in which nothing changes.
struct Roll {
    standing: Standing,
    parties: Vec<PartyId>,
    days: Vec<Day>,
    holds: Vec<Vec<PartyId>>,
    may: Vec<Vec<PartyId>>,
}

impl Roll {
    fn of(view: View, standing: Standing, window: Window) -> Roll {
        let parties: Vec<PartyId> = view.ledger().named_in(standing.bloc).collect();
        let pairs: Vec<(Standing, PartyId)> = parties.iter().map(|it| (standing, *it)).collect();
        let days = days(view, &pairs, window);
        let (mut holds, mut may) = (vec![Vec::new(); days.len()], vec![Vec::new(); days.len()]);
        for &party in &parties {
            let pair = view.pairs.get(standing.bloc, party);
            for (place, &day) in days.iter().enumerate() {
                match certainty(&pair, day, standing.statuses) {
                    Certainty::Holds => {
                        holds[place].push(party);
                        may[place].push(party);
                    }
                    Certainty::Open => may[place].push(party),
                    Certainty::Fails => {}
                }
            }
        }
        Roll { standing, parties, days, holds, may }
    }

    /// Whether too many certainly have it on a day, or too few can.
    fn wrong(&self, day: Day, number: Number) -> Option<bool> {
        let place = self.days.binary_search(&day).ok()?;
        let (holds, may) = (self.holds[place].len(), self.may[place].len());
        if holds > number.most as usize {
            return Some(true);
        }
        (may < number.least as usize).then_some(false)
    }

    /// Leaves out claims without which there are still too many.
    fn leave_out(&self, view: View, day: Day, number: Number, claims: &mut BTreeMap<ClaimId, PartyId>) {
        if claims.len() > TRIED {
            return;
        }
        let Standing { bloc, statuses } = self.standing;
        let holds = |party: PartyId, only: BTreeSet<ClaimId>| {
            let supposed = Supposed { only: Some(only), ..Supposed::default() };
            let (said, _) = folded(view.ledger(), bloc, party, &supposed);
            if said.is_empty() {
                return false;
            }
            let outcome = infer(&problem(view.ledger(), bloc, party, said));
            outcome.exceeded.is_none() && outcome.on(day).status.is_subset(statuses)
        };
        let all: BTreeSet<ClaimId> = claims.keys().copied().collect();
        let mut those: BTreeSet<PartyId> =
            self.parties.iter().copied().filter(|it| holds(*it, all.clone())).collect();
        for id in all {
            let rest: BTreeSet<ClaimId> = claims.keys().copied().filter(|it| *it != id).collect();
            // Only those it speaks of can be others without it.
            let claim = view.ledger().claim(id);
            let everyone = !claim.of_others().is_empty();
            let concerned = if everyone { &self.parties[..] } else { claim.parties() };
            let mut without = those.clone();
            for party in concerned {
                if holds(*party, rest.clone()) {
                    without.insert(*party);
                } else {
                    without.remove(party);
                }
            }
            if without.len() > number.most as usize {
                claims.remove(&id);
                those = without;
            }
        }
    }

    fn finding(&self, view: View, day: Day, number: Number, message: &str) -> Finding {
        let place = self.days.binary_search(&day).expect("one of the days");
        let too_many = self.wrong(day, number) == Some(true);
        let those = if too_many { &self.holds[place] } else { &self.may[place] };
        let have = match (too_many, those.len()) {
            (true, 1) => "there is",
            (true, _) => "there are",
            (false, _) => "there can only be",
        };
        let message = format!("{message}: on {} {have} {} ({})", shown(day), those.len(), view.list(those));
        let parties: Vec<PartyId> = if too_many {
            those.iter().take(number.most as usize + 1).copied().collect()
        } else {
            self.parties.iter().filter(|it| !self.may[place].contains(it)).copied().collect()
        };
        let mut claims: BTreeMap<ClaimId, PartyId> = BTreeMap::new();
        let Standing { bloc, statuses } = self.standing;
        for party in parties {
            let why = if too_many {
                support(view, bloc, party, day, statuses)
            } else {
                shown_outside(view, bloc, party, day, statuses).into_iter().collect()
            };
            for claim in why {
                claims.entry(claim).or_insert(party);
            }
        }
        if too_many {
            self.leave_out(view, day, number, &mut claims);
        }
        let place = |(id, party): (&ClaimId, &PartyId)| Place {
            side: Some(1),
            ..view.place(*id, self.standing.bloc, *party)
        };
        let places = claims.iter().map(place).collect();
        let help = if too_many {
            "the count is wrong, or one of the claims on these members"
        } else {
            "the count is wrong, or a claim is missing, or one that says a party was outside is wrong"
        };
        Finding {
            code: "requirement",
            severity: Severity::Error,
            message,
            help: Some(help.to_owned()),
            places,
            slips: Vec::new(),
            mends: Vec::new(),
        }
    }
}

/// The first day of the window and of each stretch that begins in it.
fn days(view: View, pairs: &[(Standing, PartyId)], window: Window) -> Vec<Day> {
    let mut days = vec![window.earliest];
    for (standing, party) in pairs {
        let pair = view.pairs.get(standing.bloc, *party);
        days.extend(
            pair.outcome.stretches.iter().map(|it| it.window.earliest).filter(|it| window.contains(*it)),
        );
    }
    days.sort_unstable();
    days.dedup();
    days
}

fn shown(day: Day) -> String {
    if day.is_open() { "the first day".to_owned() } else { day.to_string() }
}
