//! Rules, evaluated: the certain part of some memberships makes others, which are added to the ledger as claims.
//!
//! Lines that feed each other are evaluated together, after those that feed them, until nothing new follows. The days of
//! what follows only grow, so that it ends even where articles contradict it.

mod follow;
mod strata;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::finding::{Finding, Place};
use crate::ledger::{Clause, Derived, Ledger};
use crate::pair::Pairs;
use follow::{Known, followed};
use strata::Line;

/// As many rounds more than there are lines are taken to see what follows from what follows.
const ROUNDS: usize = 256;

/// A line of a rule, by the places of both.
type ClauseId = (usize, usize);

/// The ledger with what follows by its rules, and what is wrong with these.
pub fn evaluate(ledger: Ledger) -> (Pairs, Vec<Finding>) {
    let mut pairs = Pairs::new(ledger);
    let mut findings = Vec::new();
    if pairs.ledger().rules.is_empty() {
        return (pairs, findings);
    }
    for stratum in strata::of(pairs.ledger(), &mut findings) {
        let mut known = Known::new();
        for round in 0.. {
            let of_line = |it: &Line| followed(&pairs, it, &known);
            let new: Vec<Vec<Derived>> = stratum.lines.par_iter().map(of_line).collect();
            if new.iter().all(Vec::is_empty) {
                break;
            }
            if round == ROUNDS + stratum.lines.len() {
                findings.push(endless(pairs.ledger(), &stratum.lines));
                break;
            }
            for (line, derived) in stratum.lines.iter().zip(&new) {
                follow::note(&mut known, line.id, derived);
            }
            pairs = pairs.with(new.concat());
            if !stratum.recursive {
                break;
            }
        }
    }
    (pairs, findings)
}

fn clause(ledger: &Ledger, (rule, line): ClauseId) -> &Clause {
    &ledger.rules[rule].clauses[line]
}

fn place(ledger: &Ledger, id: ClauseId, label: impl Into<Box<str>>) -> Place {
    Place::new(ledger.rules[id.0].place.0, clause(ledger, id).span, label)
}

fn endless(ledger: &Ledger, lines: &[Line]) -> Finding {
    let clauses: BTreeSet<ClauseId> = lines.iter().map(|it| it.id).collect();
    let mut places = clauses.iter().map(|it| place(ledger, *it, ""));
    let message =
        format!("these rules feed each other, and more still follows after {} rounds", ROUNDS + lines.len());
    let first = places.next().expect("a stratum has lines");
    let finding = Finding::warning("limit", message, first);
    places.fold(finding, Finding::and).help("what followed so far counts; write fewer rules in a circle")
}
