//! The claims on a pair as inference takes them: what different articles say alike is one, with the trust of all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::Said;
use crate::infer::{Claim, Part};
use crate::ledger::{ArticleId, BlocId, ClaimId, Ledger, Parts, PartyId};

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
        let said = match supposed.parts.get(id) {
            Some(parts) if named => parts,
            _ => claim.parts_of(party),
        };
        if !said.is_empty() {
            folded.add(said, *id, *trust);
        }
    }
    let articles = |said: &[ClaimId]| said.iter().map(|it| ledger.claim(*it).article).collect::<Vec<_>>();
    let claim = |((parts, said), trust_of_first): ((&&[Part], &Said), &u32)| Claim {
        parts: SmallVec::from_slice(parts),
        trust: if said.len() == 1 {
            *trust_of_first
        } else {
            trust(ledger, &articles(said), |it| supposed.trust_of(ledger, it))
        },
        said: said.iter().any(|it| !ledger.is_derived(*it)),
    };
    let mut claims: Vec<Claim> =
        folded.parts.iter().zip(&folded.said).zip(&folded.trust_of_first).map(claim).collect();
    let mut said = folded.said;
    if let Some((article, parts)) = &supposed.added {
        claims.push(Claim { parts: parts.clone(), trust: supposed.trust_of(ledger, *article), said: true });
        said.push(Said::new());
    }
    (claims, said)
}

/// Claims gathered by what they say.
struct Folded<'a> {
    parts: Vec<&'a [Part]>,
    said: Vec<Said>,
    trust_of_first: Vec<u32>,
    /// Their places, once they are so many that comparing each with each takes long.
    places: FxHashMap<&'a [Part], usize>,
}

impl<'a> Folded<'a> {
    const FEW: usize = 16;

    fn of_at_most(claims: usize) -> Folded<'a> {
        let (parts, said) = (Vec::with_capacity(claims), Vec::with_capacity(claims));
        Folded { parts, said, trust_of_first: Vec::with_capacity(claims), places: FxHashMap::default() }
    }

    fn add(&mut self, parts: &'a [Part], id: ClaimId, trust: u32) {
        let known = if self.parts.len() < Self::FEW {
            self.parts.iter().position(|it| *it == parts)
        } else {
            if self.places.is_empty() {
                self.places = self.parts.iter().copied().zip(0..).collect();
            }
            self.places.get(parts).copied()
        };
        let Some(place) = known else {
            if !self.places.is_empty() {
                self.places.insert(parts, self.parts.len());
            }
            self.parts.push(parts);
            self.said.push(smallvec![id]);
            self.trust_of_first.push(trust);
            return;
        };
        self.said[place].push(id);
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
