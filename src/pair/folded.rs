//! The claims on a pair as inference takes them: what different articles say alike is one, with the trust of all of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::Said;
use crate::infer::{Claim, Part};
use crate::ledger::{Article, ArticleId, BlocId, ClaimId, Holds, Ledger, Parts, PartyId};

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

/// The claims on a pair, and for each the claims of the ledger that say it.
///
/// Claims that say the same are one. Articles of one publisher count once, by the highest trust among them;
/// an article without a publisher speaks for itself.
pub fn folded(ledger: &Ledger, bloc: BlocId, party: PartyId, supposed: &Supposed) -> (Vec<Claim>, Vec<Said>) {
    let only = |it: &ClaimId| supposed.only.as_ref().is_none_or(|only| only.contains(it));
    let all: SmallVec<[ClaimId; 16]> = ledger.each_claim_on(bloc, party).filter(only).collect();
    let (mut claims, mut said) = alike(ledger, party, &all, &supposed.parts);
    let voice = |it: ArticleId| match supposed.trust {
        Some((other, trust)) if other == it => Voice { trust, ..Voice::of(ledger.article(it)) },
        _ => Voice::of(ledger.article(it)),
    };
    weigh(ledger, &mut claims, &said, voice);
    if let Some((article, parts)) = &supposed.added {
        claims.push(Claim { parts: parts.clone(), trust: voice(*article).trust, said: true });
        said.push(Said::new());
    }
    (claims, said)
}

/// Claims of the ledger by what they say of a party, some of them by what they are supposed to say; not weighed yet.
pub(super) fn alike(
    ledger: &Ledger,
    party: PartyId,
    all: &[ClaimId],
    supposed: &BTreeMap<ClaimId, Parts>,
) -> (Vec<Claim>, Vec<Said>) {
    let mut folded = Folded::of_at_most(all.len());
    for id in all {
        let claim = ledger.claim(*id);
        let parts = match supposed.get(id) {
            Some(parts) if claim.parties().contains(&party) => Holds::These(parts),
            _ => claim.parts_of(party),
        };
        if !parts.is_empty() {
            folded.add(&parts, *id, !ledger.is_derived(*id));
        }
    }
    (folded.claims, folded.said)
}

/// Gives each of these claims the trust of the articles that say it.
pub(super) fn weigh(
    ledger: &Ledger,
    claims: &mut [Claim],
    said: &[Said],
    voice: impl Fn(ArticleId) -> Voice,
) {
    for (claim, said) in claims.iter_mut().zip(said) {
        claim.trust = match said[..] {
            [only] => voice(ledger.claim(only).article).trust,
            _ => trust(said.iter().map(|it| ledger.claim(*it).article), &voice),
        };
    }
}

/// Claims gathered by what they say.
struct Folded {
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

    fn add(&mut self, parts: &[Part], id: ClaimId, said: bool) {
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
        self.claims.push(Claim { parts: SmallVec::from_slice(parts), trust: 1, said });
        self.said.push(smallvec![id]);
        match count {
            0..FEW => {}
            FEW => self.places = self.claims.iter().map(|it| it.parts.clone()).zip(0..).collect(),
            _ => _ = self.places.insert(SmallVec::from_slice(parts), count),
        }
    }
}

/// In whose name an article speaks, and how much it is trusted.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    publisher: Option<u32>,
    pub trust: u32,
}

impl Voice {
    pub fn of(article: &Article) -> Voice {
        Voice { publisher: article.publisher, trust: article.trust }
    }
}

/// The trust of articles that say the same.
pub fn trust(articles: impl Iterator<Item = ArticleId>, voice: impl Fn(ArticleId) -> Voice) -> u32 {
    let voice = |article: ArticleId| {
        let Voice { publisher, trust } = voice(article);
        (publisher, if publisher.is_some() { 0 } else { article.0 }, Reverse(trust))
    };
    let mut voices: SmallVec<[_; 8]> = articles.map(voice).collect();
    voices.sort_unstable();
    voices.dedup_by_key(|it| (it.0, it.1));
    voices.iter().fold(0, |sum: u32, it| sum.saturating_add(it.2.0))
}
