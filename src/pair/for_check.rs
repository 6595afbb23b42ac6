//! Many pairs, one after the other, for a check: most of them have nothing to find on them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::{Found, Pair, Pairs, Voice, alike, problem, weigh};
use crate::date::Day;
use crate::infer::{Histories, Part, is_reported_throughout, sift};
use crate::ledger::{ArticleId, BlocId, ClaimId, Holds, PartyId};

/// Pairs of which the claims are looked up in one go: these fit into the nearest memory.
const AT_ONCE: usize = 32;

/// What is looked up of some pairs.
#[derive(Default)]
struct Gathered {
    of_pairs: Vec<OfPair>,
    /// The claims on one pair after the other.
    claims: Vec<ClaimId>,
    /// What is said of one of them.
    parts: Vec<Part>,
}

struct OfPair {
    bloc: BlocId,
    party: PartyId,
    claims: Range<usize>,
    /// When both can have begun, where neither has ended.
    begins: Option<Day>,
    planned: bool,
    /// All that is said fits, and tells of every change that it takes.
    is_clear: bool,
}

/// Pairs, as a check looks at them.
#[derive(Debug)]
pub struct ForCheck<'a> {
    pairs: &'a Pairs,
    /// By article: all of them are in the near memory, where the articles have no room.
    voices: Vec<Voice>,
}

impl Pairs {
    pub fn for_check(&self) -> ForCheck<'_> {
        ForCheck { pairs: self, voices: self.ledger.articles.par_iter().map(Voice::of).collect() }
    }
}

impl ForCheck<'_> {
    /// Some pairs with what a check asks for: of their histories there may be what is wanted alone, but where something is
    /// planned. Left out are those on which there is nothing to find: all that is said fits, tells of every change that it
    /// takes, and is no plan; as far as that is quickly seen.
    pub fn each(&self, pairs: &[(BlocId, PartyId)], wanted: Histories, mut take: impl FnMut(&Pair)) {
        let mut gathered = Gathered::default();
        for some in pairs.chunks(AT_ONCE) {
            self.gather(some, &mut gathered);
            for of_pair in &gathered.of_pairs {
                let OfPair { bloc, party, .. } = *of_pair;
                if of_pair.planned || self.pairs.without.is_some() {
                    take(&self.pairs.look(bloc, party));
                } else if !of_pair.is_clear {
                    take(&self.sift(of_pair, &gathered.claims[of_pair.claims.clone()], wanted));
                }
            }
        }
    }

    /// A pair of which nothing is planned.
    fn sift(&self, of_pair: &OfPair, all: &[ClaimId], wanted: Histories) -> Pair {
        let OfPair { bloc, party, .. } = *of_pair;
        let ledger = self.pairs.ledger();
        let (claims, said) = alike(ledger, party, all, &BTreeMap::new());
        let mut problem = problem(ledger, bloc, party, claims);
        let (outcome, conflicts) =
            sift(&mut problem, wanted, |it| weigh(ledger, it, &said, |it| self.voice(it)));
        let found = Found { conflicts, plans: OnceLock::from(Box::default()), ..Found::default() };
        Pair { bloc, party, claims: problem.claims, said, outcome, found }
    }

    pub fn voice(&self, article: ArticleId) -> Voice {
        let known = self.voices.get(article.0 as usize);
        known.copied().unwrap_or_else(|| Voice::of(self.pairs.ledger().article(article)))
    }

    /// Each claim is somewhere else in a large memory: those of some pairs are looked up one right after the other, with
    /// nothing between them, so that the processor waits for them together.
    fn gather(&self, pairs: &[(BlocId, PartyId)], into: &mut Gathered) {
        let ledger = self.pairs.ledger();
        let Gathered { claims, parts, of_pairs } = into;
        claims.clear();
        of_pairs.clear();
        for &(bloc, party) in pairs {
            let start = claims.len();
            match ledger.index.plain_claims(bloc, party) {
                Some(some) => claims.extend_from_slice(some),
                None => claims.extend(ledger.each_claim_on(bloc, party)),
            }
            let claims = start..claims.len();
            of_pairs.push(OfPair { bloc, party, claims, begins: None, planned: false, is_clear: false });
        }
        // First all of them, without a branch that has to wait for one.
        let any_long = claims.iter().fold(false, |any, it| any | !ledger.claim(*it).is_brief());
        let is_plan = |it: &ClaimId| ledger.claim(*it).plan().is_some();
        for it in &mut *of_pairs {
            it.planned = any_long && claims[it.claims.clone()].iter().any(is_plan);
            let exists = [ledger.bloc(it.bloc).exists, ledger.party(it.party).exists];
            let is_endless = exists.iter().all(|it| it.ends.is_none());
            it.begins = is_endless.then(|| exists[0].begins.max(exists[1].begins));
        }
        for it in of_pairs.iter_mut().filter(|it| !it.planned) {
            let Some(begins) = it.begins else { continue };
            parts.clear();
            for claim in &claims[it.claims.clone()] {
                // Nearly always one, which is put there sooner than many are copied.
                match ledger.claim(*claim).parts_of(it.party) {
                    Holds::This(part) => parts.push(part),
                    Holds::These(some) => parts.extend_from_slice(some),
                }
            }
            it.is_clear = is_reported_throughout(ledger.lifecycle_of(it.bloc), begins, parts);
        }
    }
}
