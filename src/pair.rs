//! The claims on one pair of party and bloc, put together for inference; each pair is inferred once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;

use crate::infer::{Claim, Outcome, Problem, infer};
use crate::ledger::{ArticleId, BlocId, ClaimId, Ledger, Parts, PartyId, Says};

/// A ledger, and the simplest histories of its pairs as they are asked for.
#[derive(Debug)]
pub struct Pairs {
    ledger: Ledger,
    known: Mutex<HashMap<(BlocId, PartyId), Arc<Pair>>>,
}

/// One party in one bloc: what is said of it, and the simplest histories.
#[derive(Debug)]
pub struct Pair {
    pub bloc: BlocId,
    pub party: PartyId,
    /// The claims of the problem: what different articles say alike is one.
    pub claims: Vec<Claim>,
    /// For each of them, the claims of the ledger that say it.
    pub said: Vec<Vec<ClaimId>>,
    pub outcome: Outcome,
}

impl Pairs {
    pub fn new(ledger: Ledger) -> Pairs {
        Pairs { ledger, known: Mutex::default() }
    }

    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub fn get(&self, bloc: BlocId, party: PartyId) -> Arc<Pair> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pair) = known().get(&(bloc, party)) {
            return Arc::clone(pair);
        }
        let (claims, said) = folded(&self.ledger, bloc, party, &Supposed::default());
        let outcome = infer(&problem(&self.ledger, bloc, party, claims.clone()));
        let pair = Arc::new(Pair { bloc, party, claims, said, outcome });
        Arc::clone(known().entry((bloc, party)).or_insert(pair))
    }
}

/// These claims of a pair, within the bounds of its bloc and party.
pub fn problem(ledger: &Ledger, bloc: BlocId, party: PartyId, claims: Vec<Claim>) -> Problem<'_> {
    let (of_bloc, of_party) = (ledger.bloc(bloc), ledger.party(party));
    Problem {
        lifecycle: ledger.lifecycle_of(bloc),
        inside: of_bloc.inside,
        begins: of_bloc.exists.begins.max(of_party.exists.begins),
        ends: of_bloc.exists.ends.into_iter().chain(of_party.exists.ends).collect(),
        claims,
    }
}

/// What is read otherwise than it is written, to see what would come of it.
#[derive(Clone, Debug, Default)]
pub struct Supposed {
    /// What claims say of the parties that they name.
    pub parts: BTreeMap<ClaimId, Parts>,
    /// What an article says besides of these parties.
    pub added: Option<(ArticleId, Parts)>,
    pub trust: Option<(ArticleId, u32)>,
}

/// The claims on a pair, and for each the claims of the ledger that say it.
///
/// Claims that say the same are one. Articles of one publisher count once, by the highest trust among them;
/// an article without a publisher speaks for itself.
pub fn folded(
    ledger: &Ledger,
    bloc: BlocId,
    party: PartyId,
    supposed: &Supposed,
) -> (Vec<Claim>, Vec<Vec<ClaimId>>) {
    let mut folded: IndexMap<&Parts, Vec<ClaimId>> = IndexMap::new();
    for id in ledger.claims_on(bloc, party) {
        let claim = ledger.claim(id);
        let Says::Holds { parts, of_others } = &claim.says else { continue };
        let named = claim.parties.contains(&party);
        let said = if named { supposed.parts.get(&id).unwrap_or(parts) } else { of_others };
        if !said.is_empty() {
            folded.entry(said).or_default().push(id);
        }
    }
    let trust_of = |article: ArticleId| match supposed.trust {
        Some((other, trust)) if other == article => trust,
        _ => ledger.article(article).trust,
    };
    let articles = |said: &[ClaimId]| said.iter().map(|it| ledger.claim(*it).article).collect::<Vec<_>>();
    let claim = |(parts, said): (&&Parts, &Vec<ClaimId>)| Claim {
        parts: (*parts).clone(),
        trust: trust(ledger, &articles(said), trust_of),
    };
    let mut claims: Vec<Claim> = folded.iter().map(claim).collect();
    let mut said: Vec<Vec<ClaimId>> = folded.into_values().collect();
    if let Some((article, parts)) = &supposed.added {
        claims.push(Claim { parts: parts.clone(), trust: trust_of(*article) });
        said.push(Vec::new());
    }
    (claims, said)
}

/// The trust of articles that say the same.
pub fn trust(ledger: &Ledger, articles: &[ArticleId], trust_of: impl Fn(ArticleId) -> u32) -> u32 {
    let mut highest: BTreeMap<(Option<&str>, u32), u32> = BTreeMap::new();
    for article in articles {
        let publisher = ledger.article(*article).publisher.as_deref();
        let voice = (publisher, if publisher.is_some() { 0 } else { article.0 });
        let trust = trust_of(*article);
        let known = highest.entry(voice).or_insert(trust);
        *known = trust.max(*known);
    }
    highest.values().fold(0, |sum: u32, it| sum.saturating_add(*it))
}
