//! What was inferred of pairs, to be looked up where the same is said of one again.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::infer::{Outcome, Problem, infer};
use crate::ledger::{BlocId, PartyId};

/// Outcomes, and the very claims that each is of. The lifecycle and the bounds of a pair are those that they were.
///
/// They are kept as bytes, which are compared as they are, and read when they are asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Inferred {
    /// By pair, once it is [`sorted`](Inferred::sorted).
    entries: Vec<Entry>,
    bytes: Vec<u8>,
}

/// Where the claims begin, where the outcome does after them, and where it ends.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Entry {
    pair: (BlocId, PartyId),
    claims: u32,
    outcome: u32,
    end: u32,
}

impl Inferred {
    /// `None` where nothing of the kind is known, or what is written cannot be read.
    fn find(&self, pair: (BlocId, PartyId), claims: &[u8]) -> Option<Outcome> {
        let first = self.entries.partition_point(|it| it.pair < pair);
        let of_pair = self.entries[first..].iter().take_while(|it| it.pair == pair);
        let slice = |start: u32, end: u32| self.bytes.get(start as usize..end as usize);
        let mut same = of_pair.filter(|it| slice(it.claims, it.outcome) == Some(claims));
        let entry = same.next()?;
        postcard::from_bytes(slice(entry.outcome, entry.end)?).ok()
    }

    fn add(&mut self, pair: (BlocId, PartyId), claims: &[u8], outcome: &Outcome) -> Option<()> {
        let begins = self.bytes.len() as u32;
        self.bytes.extend(claims);
        let outcome_begins = self.bytes.len() as u32;
        self.bytes = postcard::to_extend(outcome, std::mem::take(&mut self.bytes)).ok()?;
        let end = self.bytes.len() as u32;
        self.entries.push(Entry { pair, claims: begins, outcome: outcome_begins, end });
        Some(())
    }

    fn sorted(mut self) -> Inferred {
        self.entries.sort_by_key(|it| it.pair);
        self
    }

    /// The bloc that it is all about.
    pub fn bloc(&self) -> Option<BlocId> {
        let bloc = self.entries.first()?.pair.0;
        self.entries.iter().all(|it| it.pair.0 == bloc).then_some(bloc)
    }
}

/// Of more bytes nothing is remembered: it would take as much room as the claims.
const MOST: usize = 1 << 20;

/// What is known from before, and what comes to be known: as long as that is all about one bloc.
#[derive(Debug)]
pub(super) struct Memory {
    before: Inferred,
    since: Mutex<Option<Inferred>>,
}

impl Memory {
    /// Beside what is kept from before there is little that is not, and it is not remembered.
    pub(super) fn of(before: Inferred) -> Memory {
        let since = before.entries.is_empty().then(Inferred::default);
        Memory { before, since: Mutex::new(since) }
    }

    pub(super) fn infer(&self, pair: (BlocId, PartyId), problem: &Problem) -> Outcome {
        let Ok(claims) = postcard::to_stdvec(&problem.claims) else { return infer(problem) };
        if let Some(known) = self.before.find(pair, &claims) {
            return known;
        }
        let outcome = infer(problem);
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inferred) = &mut *since {
            let is_of_one_bloc = inferred.entries.first().is_none_or(|it| it.pair.0 == pair.0);
            let added = if is_of_one_bloc { inferred.add(pair, &claims, &outcome) } else { None };
            if added.is_none() || inferred.bytes.len() > MOST {
                *since = None;
            }
        }
        outcome
    }

    /// What to keep.
    pub(super) fn since(&self) -> Option<Inferred> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner).clone().map(Inferred::sorted)
    }
}
