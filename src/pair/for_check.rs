//! Many pairs, one after the other, for a check: most of them have nothing to find on them.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Pair, Pairs};
use crate::date::Day;
use crate::infer::{Histories, Part, is_reported_throughout, sift};
use crate::ledger::{ArticleId, BlocId, ClaimId, PartyId};

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
    /// The claims on those where something may be found, each with the trust of its article.
    said: Vec<(ClaimId, u32)>,
}

struct OfPair {
    bloc: BlocId,
    party: PartyId,
    claims: Range<usize>,
    /// In `said`, once it is there.
    said: Range<usize>,
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
    trusts: Vec<u32>,
}

impl Pairs {
    pub fn for_check(&self) -> ForCheck<'_> {
        ForCheck { pairs: self, trusts: self.ledger.articles.iter().map(|it| it.trust).collect() }
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
                    let said = &gathered.said[of_pair.said.clone()];
                    let mut pair = self.pairs.look_at(bloc, party, said, |it| sift(it, wanted));
                    // None is planned.
                    pair.found.plans = OnceLock::from(Box::default());
                    take(&pair);
                }
            }
        }
    }

    /// Each claim is somewhere else in a large memory, and so is each article: those of some pairs are looked up one right
    /// after the other, with nothing between them, so that the processor waits for them together.
    fn gather(&self, pairs: &[(BlocId, PartyId)], into: &mut Gathered) {
        let ledger = self.pairs.ledger();
        let Gathered { claims, parts, said, of_pairs } = into;
        claims.clear();
        said.clear();
        of_pairs.clear();
        for &(bloc, party) in pairs {
            let start = claims.len();
            match ledger.index.plain_claims(bloc, party) {
                Some(some) => claims.extend_from_slice(some),
                None => claims.extend(ledger.each_claim_on(bloc, party)),
            }
            let claims = start..claims.len();
            of_pairs.push(OfPair {
                bloc,
                party,
                claims,
                said: 0..0,
                begins: None,
                planned: false,
                is_clear: false,
            });
        }
        // First without a branch that has to wait for them.
        let is_long = |it: &ClaimId| !ledger.claim(*it).is_brief();
        let is_plan = |it: &ClaimId| ledger.claim(*it).plan().is_some();
        for it in &mut *of_pairs {
            let claims = &claims[it.claims.clone()];
            let any_long = claims.iter().fold(false, |any, it| any | is_long(it));
            it.planned = any_long && claims.iter().any(is_plan);
            let exists = [ledger.bloc(it.bloc).exists, ledger.party(it.party).exists];
            let is_endless = exists.iter().all(|it| it.ends.is_none());
            it.begins = is_endless.then(|| exists[0].begins.max(exists[1].begins));
        }
        for it in of_pairs.iter_mut().filter(|it| !it.planned) {
            let Some(begins) = it.begins else { continue };
            parts.clear();
            for claim in &claims[it.claims.clone()] {
                parts.extend_from_slice(&ledger.claim(*claim).parts_of(it.party));
            }
            it.is_clear = is_reported_throughout(ledger.lifecycle_of(it.bloc), begins, parts);
        }
        for it in of_pairs.iter_mut().filter(|it| !it.planned && !it.is_clear) {
            let start = said.len();
            said.extend(
                claims[it.claims.clone()].iter().map(|it| (*it, self.trust(ledger.claim(*it).article))),
            );
            it.said = start..said.len();
        }
    }

    fn trust(&self, article: ArticleId) -> u32 {
        let known = self.trusts.get(article.0 as usize);
        known.copied().unwrap_or_else(|| self.pairs.ledger().article(article).trust)
    }
}
