//! The claims on a pair as inference takes them: what different articles say alike is one, with the trust of all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::Said;
use crate::infer::{Claim, Part};
use crate::ledger::{ArticleId, BlocId, ClaimId, Holds, Ledger, Parts, PartyId};

/// What is read otherwise than it is written, to see what would come of it.
#[derive(Clone, Debug, Default)]
pub struct Supposed {
    /// What claims say of the parties that they name.
    pub parts: BTreeMap<ClaimId, Parts>,
    /// What an article says besides of these parties.
    pub added: Option<(ArticleId, Parts)>,
    pub trust: Option<(ArticleId, u32)>,
    /// Nothing else is said.
    pub only: Option<BTreeSet<ClaimId>>,
}

impl Supposed {
    fn trust_of(&self, ledger: &Ledger, article: ArticleId) -> u32 {
        match self.trust {
            Some((other, trust)) if other == article => trust,
            _ => ledger.article(article).trust,
        }
    }
}

/// The claims on a pair, and for each the claims of the ledger that say it.
///
/// Claims that say the same are one. Articles of one publisher count once, by the highest trust among them;
/// an article without a publisher speaks for itself.
pub fn folded(ledger: &Ledger, bloc: BlocId, party: PartyId, supposed: &Supposed) -> (Vec<Claim>, Vec<Said>) {
    let all = trusted(ledger, ledger.each_claim_on(bloc, party), supposed);
    folded_of(ledger, party, &all, supposed)
}

/// Claims, each with the trust of its article.
pub(super) fn trusted(
    ledger: &Ledger,
    claims: impl Iterator<Item = ClaimId>,
    supposed: &Supposed,
) -> SmallVec<[(ClaimId, u32); 16]> {
    claims.map(|it| (it, supposed.trust_of(ledger, ledger.claim(it).article))).collect()
}

/// What [`folded`] says of claims that are looked up already, each with its trust.
pub(super) fn folded_of(
    ledger: &Ledger,
    party: PartyId,
    all: &[(ClaimId, u32)],
    supposed: &Supposed,
) -> (Vec<Claim>, Vec<Said>) {
    let mut folded = Folded::of_at_most(all.len());
    let only = |it: ClaimId| supposed.only.as_ref().is_none_or(|only| only.contains(&it));
    for (id, trust) in all.iter().filter(|it| only(it.0)) {
        let claim = ledger.claim(*id);
        let named = claim.parties().contains(&party);
        let parts = match supposed.parts.get(id) {
            Some(parts) if named => Holds::These(parts),
            _ => claim.parts_of(party),
        };
        if !parts.is_empty() {
            folded.add(&parts, *id, (*trust, !ledger.is_derived(*id)));
        }
    }
    let Folded { mut claims, mut said, .. } = folded;
    for (claim, said) in claims.iter_mut().zip(&said).filter(|it| it.1.len() > 1) {
        let articles: SmallVec<[ArticleId; 8]> = said.iter().map(|it| ledger.claim(*it).article).collect();
        claim.trust = trust(ledger, &articles, |it| supposed.trust_of(ledger, it));
    }
    if let Some((article, parts)) = &supposed.added {
        claims.push(Claim { parts: parts.clone(), trust: supposed.trust_of(ledger, *article), said: true });
        said.push(Said::new());
    }
    (claims, said)
}

/// Claims gathered by what they say.
struct Folded {
    /// Each with the trust of the first that says so.
    claims: Vec<Claim>,
    said: Vec<Said>,
    /// Where what is said stands, once that is so much that comparing takes long.
    places: FxHashMap<Parts, usize>,
}

const FEW: usize = 16;

impl Folded {
    fn of_at_most(claims: usize) -> Folded {
        let (claims, said) = (Vec::with_capacity(claims), Vec::with_capacity(claims));
        Folded { claims, said, places: FxHashMap::default() }
    }

    fn add(&mut self, parts: &[Part], id: ClaimId, (trust, said): (u32, bool)) {
        let count = self.claims.len();
        let known = if count <= FEW {
            self.claims.iter().position(|it| *it.parts == *parts)
        } else {
            self.places.get(parts).copied()
        };
        if let Some(place) = known {
            self.said[place].push(id);
            self.claims[place].said |= said;
            return;
        }
        self.claims.push(Claim { parts: SmallVec::from_slice(parts), trust, said });
        self.said.push(smallvec![id]);
        match count {
            0..FEW => {}
            FEW => self.places = self.claims.iter().map(|it| it.parts.clone()).zip(0..).collect(),
            _ => _ = self.places.insert(SmallVec::from_slice(parts), count),
        }
    }
}

/// The trust of articles that say the same.
pub fn trust(ledger: &Ledger, articles: &[ArticleId], trust_of: impl Fn(ArticleId) -> u32) -> u32 {
    let voice = |article: &ArticleId| {
        let publisher = ledger.article(*article).publisher;
        (publisher, if publisher.is_some() { 0 } else { article.0 }, Reverse(trust_of(*article)))
    };
    let mut voices: SmallVec<[_; 8]> = articles.iter().map(voice).collect();
    voices.sort_unstable();
    voices.dedup_by_key(|it| (it.0, it.1));
    voices.iter().fold(0, |sum: u32, it| sum.saturating_add(it.2.0))
}
