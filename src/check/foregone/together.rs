//! Two requirements that cannot both hold.

use std::collections::BTreeMap;

use super::order::{key, named};
use super::{among, can, pieces, required};
use crate::date::Window;
use crate::finding::Finding;
use crate::ledger::{BlocId, Demand, Ledger, Number, Requirement, Standing, Step};
use crate::lifecycle::Deed;

use super::super::requirement::{counted, states};

/// Each is compared with so many before it, so that any number takes no long time.
const COMPARED: usize = 1_000;
/// Two deeds of one order are compared with those of others if they stand no farther apart.
const NEAR: usize = 16;

/// Of each requirement, one that it cannot go with and that stands before it.
pub(super) fn findings(ledger: &Ledger) -> Vec<Finding> {
    let mut findings = Vec::new();
    sizes(ledger, &mut findings);
    bounds(ledger, &mut findings);
    orders(ledger, &mut findings);
    findings
}

fn finding(a: &Requirement, b: &Requirement, why: &str) -> Finding {
    let days = among(a.window.intersect(b.window));
    let message = if a.name == b.name {
        format!("two lines of `{}` cannot both hold{days}: {why}", a.name)
    } else {
        format!("`{}` and `{}` cannot both hold{days}: {why}", a.name, b.name)
    };
    let finding = Finding::warning("impossible-requirement", message, required(a));
    finding.and(required(b)).help("correct one of them, or say of which days each is to hold")
}

/// More are to have some statuses than are to have these and perhaps others.
fn sizes(ledger: &Ledger, findings: &mut Vec<Finding>) {
    let mut of_bloc: BTreeMap<BlocId, Vec<(&Requirement, Standing, Number)>> = BTreeMap::new();
    for it in &ledger.requirements {
        if let Demand::Size(standing, number) = &it.demand {
            of_bloc.entry(standing.bloc).or_default().push((it, *standing, *number));
        }
    }
    let exceeds = |a: &(&Requirement, Standing, Number), b: &(&Requirement, Standing, Number)| {
        a.2.least > b.2.most && a.1.statuses.is_subset(b.1.statuses)
    };
    for sizes in of_bloc.into_values() {
        for (at, b) in sizes.iter().enumerate() {
            let days = |a: &Requirement| a.window.intersect(b.0.window);
            let cannot = |a: &&(&Requirement, Standing, Number)| {
                !days(a.0).is_empty() && (exceeds(a, b) || exceeds(b, a))
            };
            if let Some(a) = sizes[..at].iter().rev().take(COMPARED).find(cannot) {
                let (more, fewer) = if exceeds(a, b) { (a, b) } else { (b, a) };
                let mut why = format!("no number is {} and {}", counted(more.2), counted(fewer.2));
                if more.1.statuses != fewer.1.statuses {
                    let [one, other] = [more.1, fewer.1].map(|it| states(ledger, it, true));
                    why = format!("whoever {one} also {other}, and {why}");
                }
                findings.push(finding(a.0, b.0, &why));
            }
        }
    }
}

/// Whoever has a standing is to have another, and is not to.
fn bounds(ledger: &Ledger, findings: &mut Vec<Finding>) {
    let mut forbidden: BTreeMap<[BlocId; 2], Vec<(&Requirement, [Standing; 2])>> = BTreeMap::new();
    for it in &ledger.requirements {
        if let Demand::Exclusion(of, is) = it.demand {
            forbidden.entry([of.bloc, is.bloc]).or_default().push((it, [of, is]));
            forbidden.entry([is.bloc, of.bloc]).or_default().push((it, [is, of]));
        }
    }
    let within = |a: Standing, b: Standing| a.statuses.is_subset(b.statuses);
    for it in &ledger.requirements {
        let Demand::Inclusion(of, is) = it.demand else { continue };
        let anybody = |window: Window| {
            let days = pieces(ledger, window, &[of.bloc]);
            days.iter().any(|it| can(ledger, of.bloc, *it).meets(of.statuses))
        };
        let cannot = |other: &&(&Requirement, [Standing; 2])| {
            let (other, [from, to]) = **other;
            let days = other.window.intersect(it.window);
            within(of, from) && within(is, to) && !days.is_empty() && anybody(days)
        };
        let Some((other, _)) =
            forbidden.get(&[of.bloc, is.bloc]).and_then(|all| all.iter().take(COMPARED).find(cannot))
        else {
            continue;
        };
        let why = format!("one of them fails as soon as anybody {}", states(ledger, of, true));
        findings.push(finding(it, other, &why));
    }
}

/// Of two deeds, each is to come before the other.
fn orders(ledger: &Ledger, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<[(BlocId, Deed); 2], Vec<&Requirement>> = BTreeMap::new();
    for it in &ledger.requirements {
        let Demand::Order(steps) = &it.demand else { continue };
        let pairs = pairs(steps);
        let reversed = pairs.iter().find_map(|pair| {
            let mut others = known.get(&[key(pair[1]), key(pair[0])])?.iter().take(COMPARED);
            Some((pair, others.find(|other| !other.window.intersect(it.window).is_empty())?))
        });
        if let Some(([a, b], other)) = reversed {
            let why = format!(
                "{} is to come before {} and after it, which is so on one day at most",
                named(ledger, *a),
                named(ledger, *b)
            );
            findings.push(finding(other, it, &why));
        }
        for [a, b] in pairs {
            known.entry([key(a), key(b)]).or_default().push(it);
        }
    }
}

fn pairs(steps: &[Step]) -> Vec<[Step; 2]> {
    let all = steps.iter().enumerate();
    let pairs = all.flat_map(|(at, a)| steps[at + 1..].iter().take(NEAR).map(|b| [*a, *b]));
    pairs.filter(|[a, b]| key(*a) != key(*b)).collect()
}
