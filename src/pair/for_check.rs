//! Many pairs, one after the other, for a check: most of them have nothing to find on them.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;
use std::sync::OnceLock;

use prefetch_index::prefetch_index;
use rayon::prelude::*;

use super::{Found, Pair, Pairs, Voice, alike, problem, weigh};
use crate::infer::{Histories, Part, is_reported_throughout, sift};
use crate::ledger::{ArticleId, BlocId, ClaimId, Holds, PartyId};

/// Pairs of which the claims are looked up in one go: these and as many others fit into the nearest memory.
const AT_ONCE: usize = 16;

/// Some pairs, with the claims on each.
#[derive(Default)]
struct Fetched {
    of_pairs: Vec<(BlocId, PartyId, Range<usize>)>,
    /// Those on one pair after the other.
    claims: Vec<ClaimId>,
}

/// What is quickly seen of a pair.
enum Seen {
    /// All that is said fits, and tells of every change that it takes.
    Clear,
    /// Something is planned.
    Planned,
    Nothing,
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
        let (mut here, mut coming) = (Fetched::default(), Fetched::default());
        let mut parts = Vec::new();
        for some in pairs.chunks(AT_ONCE).chain([&[][..]]) {
            self.fetch(some, &mut coming);
            for (bloc, party, claims) in here.of_pairs.drain(..) {
                let claims = &here.claims[claims];
                match self.seen((bloc, party), claims, &mut parts) {
                    _ if self.pairs.without.is_some() => take(&self.pairs.look(bloc, party)),
                    Seen::Planned => take(&self.pairs.look(bloc, party)),
                    Seen::Clear => {}
                    Seen::Nothing => take(&self.sift((bloc, party), claims, wanted)),
                }
            }
            mem::swap(&mut here, &mut coming);
        }
    }

    /// A pair of which nothing is planned.
    fn sift(&self, (bloc, party): (BlocId, PartyId), all: &[ClaimId], wanted: Histories) -> Pair {
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

    /// Each claim is somewhere else in a large memory: those of some pairs are asked for while the ones before them are
    /// looked at, so that the processor need not wait for them.
    fn fetch(&self, pairs: &[(BlocId, PartyId)], into: &mut Fetched) {
        let ledger = self.pairs.ledger();
        let Fetched { claims, of_pairs } = into;
        claims.clear();
        for &(bloc, party) in pairs {
            let start = claims.len();
            match ledger.index.plain_claims(bloc, party) {
                Some(some) => claims.extend_from_slice(some),
                None => claims.extend(ledger.each_claim_on(bloc, party)),
            }
            of_pairs.push((bloc, party, start..claims.len()));
        }
        for claim in claims {
            prefetch_index(&ledger.claims, claim.0 as usize);
        }
    }

    /// `parts` is room, used again from one pair to the next.
    fn seen(&self, (bloc, party): (BlocId, PartyId), claims: &[ClaimId], parts: &mut Vec<Part>) -> Seen {
        let ledger = self.pairs.ledger();
        parts.clear();
        for claim in claims {
            let claim = ledger.claim(*claim);
            if claim.plan().is_some() {
                return Seen::Planned;
            }
            // Nearly always one, which is put there sooner than many are copied.
            match claim.parts_of(party) {
                Holds::This(part) => parts.push(part),
                Holds::These(some) => parts.extend_from_slice(some),
            }
        }
        // When both can have begun, and neither comes to an end.
        let exists = [ledger.bloc(bloc).exists, ledger.party(party).exists];
        let begins = exists[0].begins.max(exists[1].begins);
        let is_endless = exists.iter().all(|it| it.ends.is_none());
        if is_endless && is_reported_throughout(ledger.lifecycle_of(bloc), begins, parts) {
            Seen::Clear
        } else {
            Seen::Nothing
        }
    }
}
