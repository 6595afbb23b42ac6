//! The claims on one pair of party and bloc, put together for inference; each pair is inferred once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::date::{Day, Window};
use crate::infer::{
    Change, Claim, Conflicts, Histories, Lasts, Outcome, Part, Problem, infer, is_reported_throughout, sift,
};
use crate::ledger::{ArticleId, BlocId, ClaimId, Derived, Ledger, Parts, PartyId, Says};
use crate::lifecycle::StatusSet;

/// A ledger, and the simplest histories of its pairs as they are asked for.
#[derive(Clone, Debug)]
pub struct Pairs {
    ledger: Arc<Ledger>,
    known: Arc<Mutex<Known>>,
    /// A claim that is read as if it were not there.
    without: Option<ClaimId>,
}

type Known = FxHashMap<(BlocId, PartyId), Arc<Pair>>;

/// One party in one bloc: what is said of it, and the simplest histories.
#[derive(Debug)]
pub struct Pair {
    pub bloc: BlocId,
    pub party: PartyId,
    /// The claims of the problem: what different articles say alike is one.
    pub claims: Vec<Claim>,
    /// For each of them, the claims of the ledger that say it.
    pub said: Vec<Said>,
    pub outcome: Outcome,
    pub found: Found,
}

/// What was found out of a pair, kept for the next question.
#[derive(Debug, Default)]
pub struct Found {
    /// On the way to its outcome.
    pub conflicts: Conflicts,
    pub last_evidence: OnceLock<Option<Day>>,
    /// The claims that are plans.
    pub plans: OnceLock<Box<[ClaimId]>>,
}

/// Claims of the ledger that say the same.
pub type Said = SmallVec<[ClaimId; 4]>;

impl Pair {
    /// The claims that the first repair keeps, by place.
    pub fn kept(&self) -> impl Iterator<Item = usize> + '_ {
        // What is left out is in order.
        let left_out = &self.outcome.left_out;
        (0..self.claims.len()).filter(move |it| left_out.binary_search(it).is_err())
    }

    /// The claims that some repair keeps, by place.
    pub fn kept_by_some(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.claims.len()).filter(|it| !self.outcome.overruled.contains(it))
    }
}

impl Pairs {
    pub fn new(ledger: Ledger) -> Pairs {
        Pairs { ledger: Arc::new(ledger), known: Arc::default(), without: None }
    }

    /// The same ledger as if a claim were not in it.
    #[must_use]
    pub fn without(&self, claim: ClaimId) -> Pairs {
        Pairs { ledger: Arc::clone(&self.ledger), known: Arc::clone(&self.known), without: Some(claim) }
    }

    /// The claim that is read as if it were not there.
    pub fn omitted(&self) -> Option<ClaimId> {
        self.without
    }

    /// The same ledger with what follows by rules besides.
    #[must_use]
    pub fn with(mut self, derived: Vec<Derived>) -> Pairs {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for Derived { claim, .. } in &derived {
            for party in claim.parties() {
                known.remove(&(claim.bloc, *party));
            }
        }
        drop(known);
        Arc::make_mut(&mut self.ledger).derive(derived);
        self
    }

    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// A pair, inferred anew.
    pub fn look(&self, bloc: BlocId, party: PartyId) -> Pair {
        self.look_with(bloc, party, |it| (infer(it), Conflicts::default()))
    }

    /// The same with what a check asks for: there may be no stretches and no changes where these histories are not wanted, but
    /// where something is planned. `None` where there is nothing to find: all that is said fits, tells of every change that
    /// it takes, and is no plan; as far as that is quickly seen.
    pub fn check(&self, (bloc, party): (BlocId, PartyId), planned: bool, wanted: Histories) -> Option<Pair> {
        if planned || self.without.is_some() {
            return Some(self.look(bloc, party));
        }
        let ledger = &self.ledger;
        let exists = [ledger.bloc(bloc).exists, ledger.party(party).exists];
        let mut parts: SmallVec<[Part; 16]> = SmallVec::new();
        for claim in ledger.each_claim_on(bloc, party) {
            parts.extend_from_slice(ledger.claim(claim).parts_of(party));
        }
        let begins = exists[0].begins.max(exists[1].begins);
        let is_endless = exists.iter().all(|it| it.ends.is_none());
        let nothing = is_endless && is_reported_throughout(ledger.lifecycle_of(bloc), begins, &parts);
        (!nothing).then(|| self.look_with(bloc, party, |it| sift(it, wanted)))
    }

    /// Of each of some pairs, whether something is planned. Each claim is somewhere else in a large memory: those of many pairs
    /// are looked up one after the other, so that the processor waits for them together.
    pub fn planned(&self, pairs: &[(BlocId, PartyId)]) -> Vec<bool> {
        let is_plan = |it| matches!(self.ledger.claim(it).says, Says::Plan { .. });
        let any = |it: &(BlocId, PartyId)| {
            self.ledger.each_claim_on(it.0, it.1).fold(false, |any, it| any | is_plan(it))
        };
        pairs.iter().map(any).collect()
    }

    fn look_with(
        &self,
        bloc: BlocId,
        party: PartyId,
        infer: impl Fn(&Problem) -> (Outcome, Conflicts),
    ) -> Pair {
        let only = self.without.filter(|it| self.bears(*it, bloc, party)).map(|without| {
            let others = self.ledger.claims_on(bloc, party).into_iter();
            others.filter(|it| *it != without).collect()
        });
        let supposed = Supposed { only, ..Supposed::default() };
        let (claims, said) = folded(&self.ledger, bloc, party, &supposed);
        let problem = problem(&self.ledger, bloc, party, claims);
        let (outcome, conflicts) = infer(&problem);
        let found = Found { conflicts, ..Found::default() };
        Pair { bloc, party, claims: problem.claims, said, outcome, found }
    }

    /// A pair, inferred when it is first asked for and then kept.
    pub fn get(&self, bloc: BlocId, party: PartyId) -> Arc<Pair> {
        if self.without.is_some_and(|it| self.bears(it, bloc, party)) {
            return Arc::new(self.look(bloc, party));
        }
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pair) = known().get(&(bloc, party)) {
            return Arc::clone(pair);
        }
        let pair = Arc::new(self.look(bloc, party));
        Arc::clone(known().entry((bloc, party)).or_insert(pair))
    }

    fn bears(&self, claim: ClaimId, bloc: BlocId, party: PartyId) -> bool {
        let claim = self.ledger.claim(claim);
        claim.bloc == bloc && !claim.parts_of(party).is_empty()
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

/// Whether no claim that is kept tells of a change.
pub fn untold(pair: &Pair, change: &Change) -> bool {
    telling(pair, change).next().is_none()
}

/// The claims that are kept and say of a change that it happened within its days, by telling when a state began or ended:
/// inference counts such a change as assumed, for no event is reported.
pub fn telling<'a>(pair: &'a Pair, change: &'a Change) -> impl Iterator<Item = usize> + 'a {
    let within = move |window: Window| window.intersect(change.window) == change.window;
    let enters = move |statuses: StatusSet| statuses.contains(change.to) && !statuses.contains(change.from);
    let leaves = move |statuses: StatusSet| statuses.contains(change.from) && !statuses.contains(change.to);
    let tells = move |parts: &[Part]| {
        let by_a_spell = |part: &Part| match *part {
            Part::Spell { statuses, begins, .. } if enters(statuses) => within(begins),
            Part::Spell { statuses, lasts: Lasts::Until(end), .. } if leaves(statuses) => within(end),
            Part::Reports { into, window } if enters(into) => within(window),
            _ => false,
        };
        let by_neighbours = |it: &[Part]| match (states(&it[0]), states(&it[1])) {
            (Some((a, before)), Some((b, after))) if before.latest.next() == after.earliest => {
                let between = Window::new(before.earliest.next(), after.latest);
                !a.meets(b) && within(between) && (enters(b) || leaves(a))
            }
            _ => false,
        };
        parts.iter().any(by_a_spell) || parts.windows(2).any(by_neighbours)
    };
    pair.kept().filter(move |it| tells(&pair.claims[*it].parts))
}

fn states(part: &Part) -> Option<(StatusSet, Window)> {
    match *part {
        Part::Always { statuses, window } | Part::Sometime { statuses, window } => Some((statuses, window)),
        _ => None,
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
    /// Nothing else is said.
    pub only: Option<BTreeSet<ClaimId>>,
}

/// The claims on a pair, and for each the claims of the ledger that say it.
///
/// Claims that say the same are one. Articles of one publisher count once, by the highest trust among them;
/// an article without a publisher speaks for itself.
pub fn folded(ledger: &Ledger, bloc: BlocId, party: PartyId, supposed: &Supposed) -> (Vec<Claim>, Vec<Said>) {
    // All are looked up before one is looked at: each is somewhere else in a large memory, and is waited for.
    let looked_up = |it| {
        let claim = ledger.claim(it);
        (it, claim, claim.article)
    };
    let all: SmallVec<[_; 16]> = ledger.each_claim_on(bloc, party).map(looked_up).collect();
    let mut folded = Folded::of_at_most(all.len());
    let only = |it: ClaimId| supposed.only.as_ref().is_none_or(|only| only.contains(&it));
    for (id, claim, _) in all.iter().filter(|it| only(it.0)) {
        let named = claim.parties().contains(&party);
        let said = match supposed.parts.get(id) {
            Some(parts) if named => parts,
            _ => claim.parts_of(party),
        };
        if !said.is_empty() {
            folded.add(said, *id);
        }
    }
    let trust_of = |article: ArticleId| match supposed.trust {
        Some((other, trust)) if other == article => trust,
        _ => ledger.article(article).trust,
    };
    let articles = |said: &[ClaimId]| said.iter().map(|it| ledger.claim(*it).article).collect::<Vec<_>>();
    let claim = |(parts, said): (&&[Part], &Said)| Claim {
        parts: SmallVec::from_slice(parts),
        trust: match said[..] {
            [only] => trust_of(ledger.claim(only).article),
            _ => trust(ledger, &articles(said), trust_of),
        },
        said: said.iter().any(|it| !ledger.is_derived(*it)),
    };
    let mut claims: Vec<Claim> = folded.parts.iter().zip(&folded.said).map(claim).collect();
    let mut said = folded.said;
    if let Some((article, parts)) = &supposed.added {
        claims.push(Claim { parts: parts.clone(), trust: trust_of(*article), said: true });
        said.push(Said::new());
    }
    (claims, said)
}

/// Claims gathered by what they say.
struct Folded<'a> {
    parts: Vec<&'a [Part]>,
    said: Vec<Said>,
    /// Their places, once they are so many that comparing each with each takes long.
    places: FxHashMap<&'a [Part], usize>,
}

impl<'a> Folded<'a> {
    const FEW: usize = 16;

    fn of_at_most(claims: usize) -> Folded<'a> {
        let (parts, said) = (Vec::with_capacity(claims), Vec::with_capacity(claims));
        Folded { parts, said, places: FxHashMap::default() }
    }

    fn add(&mut self, parts: &'a [Part], id: ClaimId) {
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
