//! How the claims of each article and publisher fare beside those of the others.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::Finding;
use crate::infer::Part;
use crate::ledger::{ArticleId, ClaimId, Ledger};
use crate::pair::{Pair, Pairs};

/// The codes of findings in which claims stand against claims.
pub(super) const CONTRADICTIONS: [&str; 6] =
    ["clash", "repeat", "order", "before-founding", "after-dissolution", "overruled"];

/// All sources, by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    pub publishers: Vec<Source>,
    pub articles: Vec<Source>,
}

/// An article, or a publisher with all its articles; an article without a publisher is one of its own.
///
/// Each claim on a membership is either in conflict, or confirmed, or alone. Plans and counts are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Source {
    pub name: String,
    pub claims: usize,
    /// Another publisher says the same, or something that can be the same event or state.
    pub confirmed: usize,
    /// Nobody else speaks of it.
    pub alone: usize,
    /// It is on a side of a contradiction.
    pub in_conflict: usize,
    /// Of those in conflict: every repair leaves them out.
    pub overruled: usize,
    /// Slips by kind, where a claim of this source looks wrong.
    pub slips: BTreeMap<&'static str, usize>,
    /// Slips by kind between this source and others, where it cannot be told who is wrong.
    pub shared_slips: BTreeMap<&'static str, usize>,
}

/// The claims of a run and what was found on them.
pub(super) struct Standing<'a> {
    ledger: &'a Ledger,
    confirmed: BTreeSet<ClaimId>,
    overruled: BTreeSet<ClaimId>,
    findings: &'a [Finding],
}

/// The summary of all sources.
pub fn summary(pairs: &Pairs, findings: &[Finding]) -> Summary {
    let standing = Standing::of(pairs, findings);
    let ledger = pairs.ledger();
    let publisher = |it: ArticleId| publisher(ledger, it).to_owned();
    let article = |it: ArticleId| ledger.article(it).name.to_string();
    Summary { publishers: standing.sources(publisher), articles: standing.sources(article) }
}

pub(super) fn publisher(ledger: &Ledger, article: ArticleId) -> &str {
    ledger.voice(ledger.article(article))
}

impl<'a> Standing<'a> {
    fn of(pairs: &'a Pairs, findings: &'a [Finding]) -> Standing<'a> {
        let ledger = pairs.ledger();
        let mut it = Standing { ledger, confirmed: BTreeSet::new(), overruled: BTreeSet::new(), findings };
        for (bloc, party) in ledger.named_pairs() {
            it.look_at(&pairs.look(bloc, party));
        }
        it
    }

    fn look_at(&mut self, pair: &Pair) {
        for claim in &pair.outcome.overruled {
            self.overruled.extend(&pair.said[*claim]);
        }
        let sources = |claim: usize| -> BTreeSet<&str> {
            let said = pair.said[claim].iter().filter(|it| !self.ledger.is_derived(**it));
            said.map(|it| publisher(self.ledger, self.ledger.claim(*it).article)).collect()
        };
        // Of claims that speak of one thing it is enough to look at neighbours in time.
        let mut by_subject: BTreeMap<(u8, u64), Vec<usize>> = BTreeMap::new();
        for (place, claim) in pair.claims.iter().enumerate().filter(|it| it.1.said) {
            let subject = claim.parts.first().map(subject);
            by_subject.entry(subject.unwrap_or_default()).or_default().push(place);
        }
        let mut confirmed = Vec::new();
        for claims in by_subject.values_mut() {
            let window = |it: &usize| pair.claims[*it].parts[0].window();
            claims.sort_by_key(|it| window(it).earliest);
            for (place, &claim) in claims.iter().enumerate() {
                let own = sources(claim);
                if own.len() > 1 {
                    confirmed.push(claim);
                }
                let meets = |other: &&usize| window(other).earliest <= window(&claim).latest;
                for &other in claims[place + 1..].iter().take_while(meets) {
                    let others = sources(other);
                    if others.iter().any(|it| !own.contains(it)) || own.iter().any(|it| !others.contains(it))
                    {
                        confirmed.extend([claim, other]);
                    }
                }
            }
        }
        self.confirmed.extend(confirmed.into_iter().flat_map(|it| pair.said[it].iter().copied()));
    }

    /// The contradictions, and the claims on each.
    fn conflicts(&self) -> impl Iterator<Item = (&'a Finding, Vec<ClaimId>)> + '_ {
        let conflicts = self.findings.iter().filter(|it| CONTRADICTIONS.contains(&it.code));
        conflicts.map(|it| (it, it.places.iter().filter_map(|it| self.claim_at(it)).collect()))
    }

    fn claim_at(&self, place: &crate::finding::Place) -> Option<ClaimId> {
        self.ledger.claim_at(place.file, place.span.start)
    }

    fn sources(&self, name: impl Fn(ArticleId) -> String) -> Vec<Source> {
        let mut sources: BTreeMap<String, Source> = BTreeMap::new();
        let in_conflict: BTreeSet<ClaimId> = self.conflicts().flat_map(|it| it.1).collect();
        for (number, claim) in self.ledger.claims.iter().enumerate() {
            if !claim.says().constrains() {
                continue;
            }
            let id = ClaimId(number as u32);
            let source = sources.entry(name(claim.article)).or_default();
            source.claims += 1;
            source.overruled += usize::from(self.overruled.contains(&id));
            if in_conflict.contains(&id) {
                source.in_conflict += 1;
            } else if self.confirmed.contains(&id) {
                source.confirmed += 1;
            } else {
                source.alone += 1;
            }
        }
        for (finding, claims) in self.conflicts() {
            for slip in &finding.slips {
                let wrong = slip.place.and_then(|it| self.claim_at(&finding.places[it]));
                if let Some(id) = wrong {
                    let source = sources.entry(name(self.ledger.claim(id).article)).or_default();
                    *source.slips.entry(slip.kind).or_default() += 1;
                } else {
                    let names: BTreeSet<String> =
                        claims.iter().map(|it| name(self.ledger.claim(*it).article)).collect();
                    for it in names {
                        *sources.entry(it).or_default().shared_slips.entry(slip.kind).or_default() += 1;
                    }
                }
            }
        }
        sources.into_iter().map(|(name, source)| Source { name, ..source }).collect()
    }
}

/// What a part speaks of: reports of one event, or sights of the same statuses, can confirm each other.
fn subject(part: &Part) -> (u8, u64) {
    match *part {
        Part::Event { event, .. } => (0, u64::from(event.0)),
        Part::Act { act, .. } => (1, u64::from(act.0)),
        Part::Always { statuses, .. } | Part::Sometime { statuses, .. } | Part::Spell { statuses, .. } => {
            (2, statuses.0)
        }
        Part::Reports { .. } => (3, 0),
    }
}
