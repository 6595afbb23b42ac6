//! `recurring-slip`: a source slips in one way far more often than chance would have it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use statrs::distribution::{Binomial, DiscreteCDF};

use super::slip::KINDS;
use super::sources::{CONTRADICTIONS, publisher};
use crate::finding::{Finding, Place, Slip};
use crate::ledger::Ledger;

/// Fewer slips than this are never called recurring.
const FEWEST: usize = 5;
/// Chance would bring so many about less often than once in so many checks.
const ODDS: f64 = 1e-6;
/// Examples that are shown.
const SHOWN: usize = 3;

/// A publisher whose claims look wrong, or those between whom it cannot be told.
type Sources<'a> = BTreeSet<&'a str>;

/// The slips of `findings` that some source makes again and again.
pub(super) fn findings(ledger: &Ledger, findings: &[Finding]) -> Vec<Finding> {
    let source_of = |place: &Place| {
        let claim = ledger.claim_at(place.file, place.span.start)?;
        Some(publisher(ledger, ledger.claim(claim).article))
    };
    let conflicts: Vec<(&Finding, Sources)> = findings
        .par_iter()
        .filter(|it| CONTRADICTIONS.contains(&it.code))
        .map(|it| (it, it.places.iter().filter_map(source_of).collect()))
        .collect();
    let mut slips: BTreeMap<(Sources, &'static str), Vec<(&Finding, &Slip)>> = BTreeMap::new();
    for (finding, sources) in &conflicts {
        for slip in &finding.slips {
            let wrong = slip.place.and_then(|it| source_of(&finding.places[it]));
            let who = wrong.map_or_else(|| sources.clone(), |it| BTreeSet::from([it]));
            let alike = slips.entry((who, slip.kind)).or_default();
            // One pair of dates given of many parties is one slip.
            if !alike.iter().any(|it: &(&Finding, &Slip)| it.1.why == slip.why) {
                alike.push((finding, slip));
            }
        }
    }
    let mut found = Vec::new();
    for ((who, kind), examples) in slips {
        let all = conflicts.iter().filter(|it| who.is_subset(&it.1)).count();
        if let Some(expected) = beyond_chance(kind, examples.len(), all) {
            found.push(finding(&who, kind, &examples, all, expected));
        }
    }
    found
}

/// How many chance would have made, if these are far more.
fn beyond_chance(kind: &str, slips: usize, all: usize) -> Option<f64> {
    let chance = KINDS.iter().find(|it| it.0 == kind)?.2;
    if slips < FEWEST {
        return None;
    }
    let so_many = Binomial::new(chance, all as u64).ok()?.sf(slips as u64 - 1);
    (so_many < ODDS).then_some(chance * f64::from(all as u32))
}

fn finding(who: &Sources, kind: &str, examples: &[(&Finding, &Slip)], all: usize, expected: f64) -> Finding {
    let who: Vec<&str> = who.iter().copied().collect();
    let between = if who.len() > 1 { "between " } else { "" };
    let words = KINDS.iter().find(|it| it.0 == kind).map_or(kind, |it| it.1);
    let message = format!(
        "{between}{}: {} of {all} contradictions look like {words}; chance would make about {}",
        who.join(" and "),
        examples.len(),
        if expected < 1.0 { "none".to_owned() } else { format!("{expected:.0}") }
    );
    let places: Vec<Place> = examples.iter().take(SHOWN).flat_map(|it| both_sides(it.0, it.1)).collect();
    let first = places[0].clone();
    let help = "look at how its dates were written down, and mend them all at once";
    Finding { places, ..Finding::warning("recurring-slip", message, first).help(help) }
}

/// The place that looks wrong, or the first, and one of another side.
fn both_sides(finding: &Finding, slip: &Slip) -> Vec<Place> {
    let wrong = &finding.places[slip.place.unwrap_or(0)];
    let other = finding.places.iter().find(|it| it.side != wrong.side);
    [Some(wrong), other].into_iter().flatten().map(|it| Place { side: None, ..it.clone() }).collect()
}
