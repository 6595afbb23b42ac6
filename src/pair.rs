//! The claims on one pair of party and bloc, put together for inference; each pair is inferred once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;

use crate::infer::{Claim, Outcome, Problem, infer};
use crate::ledger::{BlocId, ClaimId, Ledger, Parts, PartyId, Says};

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
        let (claims, said) = folded(&self.ledger, bloc, party);
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

/// Claims that say the same are one. Articles of one publisher count once, by the highest trust among them;
/// an article without a publisher speaks for itself.
fn folded(ledger: &Ledger, bloc: BlocId, party: PartyId) -> (Vec<Claim>, Vec<Vec<ClaimId>>) {
    let mut folded: IndexMap<&Parts, Vec<ClaimId>> = IndexMap::new();
    for id in ledger.claims_on(bloc, party) {
        let claim = ledger.claim(id);
        let Says::Holds { parts, of_others } = &claim.says else { continue };
        let said = if claim.parties.contains(&party) { parts } else { of_others };
        if !said.is_empty() {
            folded.entry(said).or_default().push(id);
        }
    }
    let claim = |(parts, said): (&&Parts, &Vec<ClaimId>)| Claim {
        parts: (*parts).clone(),
        trust: trust(ledger, said),
    };
    (folded.iter().map(claim).collect(), folded.into_values().collect())
}

fn trust(ledger: &Ledger, said: &[ClaimId]) -> u32 {
    let mut highest: BTreeMap<(Option<&str>, u32), u32> = BTreeMap::new();
    for id in said {
        let article = ledger.claim(*id).article;
        let publisher = ledger.article(article).publisher.as_deref();
        let voice = (publisher, if publisher.is_some() { 0 } else { article.0 });
        let trust = ledger.article(article).trust;
        let known = highest.entry(voice).or_insert(trust);
        *known = trust.max(*known);
    }
    highest.values().fold(0, |sum: u32, it| sum.saturating_add(*it))
}
