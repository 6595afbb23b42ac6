//! Where the claims on each pair of bloc and party are: sorted once, when all of them are read.

use std::collections::BTreeMap;
use std::iter::Peekable;

use rayon::prelude::*;

use super::{BlocId, Claim, ClaimId, PartyId};

/// The claims by bloc, and in each bloc by party.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// By bloc, where its pairs begin in `pairs`; one more at the end.
    blocs: Vec<u32>,
    /// Each party that a claim names, and where its claims begin in `claims`; one more at the end.
    pairs: Vec<(PartyId, u32)>,
    claims: Vec<ClaimId>,
    /// By bloc, the claims that also speak of parties they do not name.
    of_everyone: Vec<Vec<ClaimId>>,
    /// Claims that were added since, by bloc and party.
    added: BTreeMap<(BlocId, PartyId), Vec<ClaimId>>,
}

impl Index {
    /// Counted by bloc, then sorted in each bloc.
    pub fn of<'c>(claims: impl Iterator<Item = &'c Claim> + Clone, blocs: usize) -> Index {
        let mut of_everyone = vec![Vec::new(); blocs];
        let mut ends = vec![0usize; blocs + 1];
        for claim in claims.clone() {
            ends[claim.bloc.0 as usize + 1] += claim.parties().len();
        }
        for bloc in 0..blocs {
            ends[bloc + 1] += ends[bloc];
        }
        let mut named: Vec<(PartyId, ClaimId)> = vec![(PartyId(0), ClaimId(0)); ends[blocs]];
        let mut free = ends.clone();
        for (number, claim) in (0u32..).zip(claims) {
            let bloc = claim.bloc.0 as usize;
            for party in claim.parties() {
                named[free[bloc]] = (*party, ClaimId(number));
                free[bloc] += 1;
            }
            if !claim.says.of_others().is_empty() {
                of_everyone[bloc].push(ClaimId(number));
            }
        }
        let mut rest = &mut named[..];
        let mut of_blocs = Vec::with_capacity(blocs);
        for bloc in 0..blocs {
            let (of_bloc, others) = rest.split_at_mut(ends[bloc + 1] - ends[bloc]);
            of_blocs.push(of_bloc);
            rest = others;
        }
        of_blocs.into_par_iter().for_each(<[_]>::sort_unstable);
        Index::sorted(&named, &ends, of_everyone)
    }

    fn sorted(named: &[(PartyId, ClaimId)], ends: &[usize], of_everyone: Vec<Vec<ClaimId>>) -> Index {
        let mut index =
            Index { claims: named.iter().map(|it| it.1).collect(), of_everyone, ..Index::default() };
        for of_bloc in ends.windows(2) {
            index.blocs.push(index.pairs.len() as u32);
            let mut last = None;
            for (place, (party, _)) in (of_bloc[0]..).zip(&named[of_bloc[0]..of_bloc[1]]) {
                if last != Some(*party) {
                    index.pairs.push((*party, place as u32));
                    last = Some(*party);
                }
            }
        }
        index.blocs.push(index.pairs.len() as u32);
        index.pairs.push((PartyId(u32::MAX), named.len() as u32));
        index
    }

    fn pairs_of(&self, bloc: BlocId) -> &[(PartyId, u32)] {
        let bloc = bloc.0 as usize;
        &self.pairs[self.blocs[bloc] as usize..self.blocs[bloc + 1] as usize]
    }

    /// Adds a claim that speaks of nobody but the parties that it names, later than all others.
    pub fn add(&mut self, id: ClaimId, claim: &Claim) {
        for party in claim.parties() {
            self.added.entry((claim.bloc, *party)).or_default().push(id);
        }
    }

    /// The parties that claims on a bloc name.
    pub fn parties(&self, bloc: BlocId) -> impl Iterator<Item = PartyId> + '_ {
        let all = (bloc, PartyId(0))..=(bloc, PartyId(u32::MAX));
        Merged {
            a: self.pairs_of(bloc).iter().map(|it| it.0).peekable(),
            b: self.added.range(all).map(|it| it.0.1).peekable(),
        }
    }

    /// Whether a claim names the pair.
    pub fn names(&self, bloc: BlocId, party: PartyId) -> bool {
        let pairs = self.pairs_of(bloc);
        pairs.binary_search_by_key(&party, |it| it.0).is_ok() || self.added.contains_key(&(bloc, party))
    }

    /// The claims that speak of some party in a bloc, in the order they were read in.
    pub fn claims_in(&self, bloc: BlocId) -> Vec<ClaimId> {
        let place = |it: usize| self.pairs[self.blocs[it] as usize].1 as usize;
        let named = &self.claims[place(bloc.0 as usize)..place(bloc.0 as usize + 1)];
        let mut claims = named.to_vec();
        claims.extend(&self.of_everyone[bloc.0 as usize]);
        let all = (bloc, PartyId(0))..=(bloc, PartyId(u32::MAX));
        claims.extend(self.added.range(all).flat_map(|it| it.1));
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The claims on a pair, with those on everyone; each once, in the order they were read in.
    pub fn claims(&self, bloc: BlocId, party: PartyId) -> Vec<ClaimId> {
        let everyone = &self.of_everyone[bloc.0 as usize];
        let mut claims = match self.pairs_of(bloc).binary_search_by_key(&party, |it| it.0) {
            Ok(place) => {
                let place = self.blocs[bloc.0 as usize] as usize + place;
                self.claims[self.pairs[place].1 as usize..self.pairs[place + 1].1 as usize].to_vec()
            }
            Err(_) => Vec::new(),
        };
        if !everyone.is_empty() {
            claims.extend(everyone);
            claims.sort_unstable();
            claims.dedup();
        }
        claims.extend(self.added.get(&(bloc, party)).into_iter().flatten());
        claims
    }
}

/// Both of two rows in order, each party once.
struct Merged<A: Iterator, B: Iterator> {
    a: Peekable<A>,
    b: Peekable<B>,
}

impl<A: Iterator<Item = PartyId>, B: Iterator<Item = PartyId>> Iterator for Merged<A, B> {
    type Item = PartyId;

    fn next(&mut self) -> Option<PartyId> {
        match (self.a.peek(), self.b.peek()) {
            (Some(a), Some(b)) if a == b => {
                self.b.next();
                self.a.next()
            }
            (Some(a), Some(b)) if b < a => self.b.next(),
            (Some(_), _) => self.a.next(),
            (None, _) => self.b.next(),
        }
    }
}
