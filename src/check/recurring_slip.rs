//! `recurring-slip`: a source slips in one way far more often than chance would have it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use smallvec::SmallVec;
use statrs::distribution::{Binomial, DiscreteCDF};

use super::disagreement::Disagreement;
use super::slip::KINDS;
use super::sources::publisher;
use crate::finding::{Finding, Place, Slip};
use crate::ledger::{ArticleId, Ledger};

/// Fewer slips than this are never called recurring.
const FEWEST: usize = 5;
/// Chance would bring so many about less often than once in so many checks.
const ODDS: f64 = 1e-6;
/// Examples that are shown.
const SHOWN: usize = 3;

/// A publisher whose claims look wrong, or those between whom it cannot be told.
type Sources<'a> = BTreeSet<&'a str>;

/// What a contradiction tells of the sources that take part in it.
pub(super) struct Slips {
    articles: SmallVec<[ArticleId; 8]>,
    examples: Vec<Example>,
}

struct Example {
    kind: &'static str,
    why: String,
    /// The one that looks wrong, where that can be told.
    wrong: Option<ArticleId>,
    places: Vec<Place>,
}

impl Slips {
    pub(super) fn of(ledger: &Ledger, it: &Disagreement, finding: &Finding) -> Slips {
        let article = |it| ledger.claim(it).article;
        let example = |slip: &Slip| {
            let wrong = slip.place.map(|it| &finding.places[it]);
            let wrong = wrong.and_then(|it| ledger.claim_at(it.file, it.span.start)).map(article);
            Example { kind: slip.kind, why: slip.why.clone(), wrong, places: both_sides(finding, slip) }
        };
        let articles = it.claims().map(|it| article(it.1)).collect();
        Slips { articles, examples: finding.slips.iter().map(example).collect() }
    }

    fn sources<'a>(&self, ledger: &'a Ledger) -> Sources<'a> {
        self.articles.iter().map(|it| publisher(ledger, *it)).collect()
    }
}

/// The slips, of all contradictions, that some source makes again and again.
pub(super) fn findings(ledger: &Ledger, of_all: &[&Slips]) -> Vec<Finding> {
    let mut slips: BTreeMap<(Sources, &'static str), Vec<&Example>> = BTreeMap::new();
    for it in of_all {
        for example in &it.examples {
            let wrong = example.wrong.map(|it| publisher(ledger, it));
            let who = wrong.map_or_else(|| it.sources(ledger), |it| BTreeSet::from([it]));
            let alike = slips.entry((who, example.kind)).or_default();
            // One pair of dates given of many parties is one slip.
            if !alike.iter().any(|it| it.why == example.why) {
                alike.push(example);
            }
        }
    }
    slips.retain(|_, examples| examples.len() >= FEWEST);
    if slips.is_empty() {
        return Vec::new();
    }
    let of_all: Vec<Sources> = of_all.par_iter().map(|it| it.sources(ledger)).collect();
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

fn finding(who: &Sources, kind: &str, examples: &[&Example], all: usize, expected: f64) -> Finding {
    let who: Vec<&str> = who.iter().copied().collect();
    let between = if who.len() > 1 { "between " } else { "" };
    let words = KINDS.iter().find(|it| it.0 == kind).map_or(kind, |it| it.1);
    let message = format!(
        "{between}{}: {} of {all} contradictions look like {words}; chance would make about {}",
        who.join(" and "),
        examples.len(),
        if expected < 1.0 { "none".to_owned() } else { format!("{expected:.0}") }
    );
    let places: Vec<Place> = examples.iter().take(SHOWN).flat_map(|it| it.places.iter().cloned()).collect();
    let help = "look at how its dates were written down, and mend them all at once";
    Finding::warning("recurring-slip", message, places).help(help)
}

/// The place that looks wrong, or the first, and one of another side.
fn both_sides(finding: &Finding, slip: &Slip) -> Vec<Place> {
    let wrong = &finding.places[slip.place.unwrap_or(0)];
    let other = finding.places.iter().find(|it| it.side != wrong.side);
    [Some(wrong), other].into_iter().flatten().map(|it| Place { side: None, ..it.clone() }).collect()
}
