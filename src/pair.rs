//! The claims on one pair of party and bloc, put together for inference; each pair is inferred once.

mod folded;
mod for_check;
mod inferred;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::infer::{Change, Claim, Conflicts, Lasts, Outcome, Part, Problem, infer};
use crate::ledger::{BlocId, ClaimId, Derived, Ledger, PartyId};
use crate::lifecycle::{Deed, StatusSet};
use folded::{alike, weigh};
use inferred::Memory;

pub use folded::{Supposed, Voice, folded, trust};
pub use for_check::ForCheck;
pub use inferred::Inferred;

/// A ledger, and the simplest histories of its pairs as they are asked for.
#[derive(Clone, Debug)]
pub struct Pairs {
    ledger: Arc<Ledger>,
    known: Arc<Mutex<Known>>,
    /// A claim that is read as if it were not there.
    without: Option<ClaimId>,
    /// Where what is inferred is looked up, and kept.
    memory: Option<Arc<Memory>>,
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
    /// The claims that are plans for a change of status.
    pub fn plans(&self, ledger: &Ledger) -> &[ClaimId] {
        let is_plan = |it: &ClaimId| matches!(ledger.claim(*it).plan(), Some((Deed::Event(_), _)));
        let plans = || ledger.each_claim_on(self.bloc, self.party).filter(is_plan).collect();
        self.found.plans.get_or_init(plans)
    }

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
        Pairs { ledger: Arc::new(ledger), known: Arc::default(), without: None, memory: None }
    }

    /// The same ledger as if a claim were not in it.
    #[must_use]
    pub fn without(&self, claim: ClaimId) -> Pairs {
        Pairs { without: Some(claim), ..self.clone() }
    }

    /// The same, with what was inferred of them before; if that is nothing, what they come to is remembered.
    #[must_use]
    pub fn remembering(self, before: Inferred) -> Pairs {
        Pairs { memory: Some(Arc::new(Memory::of(before))), ..self }
    }

    /// What was inferred of them, where it was to be remembered and is all about one bloc.
    pub fn remembered(&self) -> Option<Inferred> {
        self.memory.as_ref()?.since()
    }

    /// The simplest histories of a pair of which this is said.
    pub fn infer(&self, bloc: BlocId, party: PartyId, claims: Vec<Claim>) -> Outcome {
        self.outcome((bloc, party), &problem(&self.ledger, bloc, party, claims))
    }

    fn outcome(&self, pair: (BlocId, PartyId), problem: &Problem) -> Outcome {
        self.memory.as_ref().map_or_else(|| infer(problem), |it| it.infer(pair, problem))
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
        let all = self.ledger.each_claim_on(bloc, party).filter(|it| Some(*it) != self.without);
        let all: SmallVec<[ClaimId; 16]> = all.collect();
        let (mut claims, said) = alike(&self.ledger, party, &all, &BTreeMap::new());
        weigh(&self.ledger, &mut claims, &said, |it| Voice::of(self.ledger.article(it)));
        let problem = problem(&self.ledger, bloc, party, claims);
        let outcome = self.outcome((bloc, party), &problem);
        Pair { bloc, party, claims: problem.claims, said, outcome, found: Found::default() }
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
