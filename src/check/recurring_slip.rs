//! `recurring-slip`: a source slips in one way far more often than chance would have it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use statrs::distribution::{Binomial, DiscreteCDF};

use super::disagreement::Disagreement;
use super::slip::KINDS;
use super::sources::publisher;
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

/// The slips of `findings`, which are about these disagreements, that some source makes again and again.
pub(super) fn findings(
    ledger: &Ledger,
    disagreements: &[Disagreement],
    findings: &[Finding],
) -> Vec<Finding> {
    let sources_of = |it: &Disagreement| -> Sources {
        it.claims().map(|(_, claim)| publisher(ledger, ledger.claim(claim).article)).collect()
    };
    let source_at = |place: &Place| {
        let claim = ledger.claim_at(place.file, place.span.start)?;
        Some(publisher(ledger, ledger.claim(claim).article))
    };
    let mut slips: BTreeMap<(Sources, &'static str), Vec<(&Finding, &Slip)>> = BTreeMap::new();
    for (finding, disagreement) in findings.iter().zip(disagreements) {
        for slip in &finding.slips {
            let wrong = slip.place.and_then(|it| source_at(&finding.places[it]));
            let who = wrong.map_or_else(|| sources_of(disagreement), |it| BTreeSet::from([it]));
            let alike = slips.entry((who, slip.kind)).or_default();
            // One pair of dates given of many parties is one slip.
            if !alike.iter().any(|it: &(&Finding, &Slip)| it.1.why == slip.why) {
                alike.push((finding, slip));
            }
        }
    }
    slips.retain(|_, examples| examples.len() >= FEWEST);
    if slips.is_empty() {
        return Vec::new();
    }
    let of_all: Vec<Sources> = disagreements.par_iter().map(sources_of).collect();
    let mut found = Vec::new();
    for ((who, kind), examples) in slips {
        let all = of_all.iter().filter(|it| who.is_subset(it)).count();
        if let Some(expected) = beyond_chance(kind, examples.len(), all) {
            found.push(finding(&who, kind, &examples, all, expected));
        }
    }
    found
}

/// How many chance would have made, if these are far more.
fn beyond_chance(kind: &str, slips: usize, all: usize) -> Option<f64> {
    let chance = KINDS.iter().find(|it| it.0 == kind)?.2;
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
