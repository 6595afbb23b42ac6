//! Where the claims on each pair of bloc and party are: sorted once, when all of them are read.

use std::collections::BTreeMap;
use std::iter::Peekable;

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

/// A claim that names some party.
#[derive(Clone, Copy, Default)]
struct Naming {
    bloc: u32,
    claim: u32,
}

impl Index {
    /// Counted and put in place by party, then by bloc: each time those of one stay in their order.
    pub fn of<'c>(claims: impl Iterator<Item = &'c Claim> + Clone + Send + Sync, blocs: usize) -> Index {
        let (begins_of_parties, (begins_of_blocs, of_everyone)) =
            rayon::join(|| by_party(claims.clone()), || by_bloc(claims.clone(), blocs));
        let count = begins_of_parties.last().copied().unwrap_or_default();
        let mut namings = vec![Naming::default(); count as usize];
        // Where the next of each party comes; in the end, where the next party begins.
        let mut ends = begins_of_parties;
        for (number, claim) in (0u32..).zip(claims) {
            for party in claim.parties() {
                let place = &mut ends[party.0 as usize];
                namings[*place as usize] = Naming { bloc: claim.bloc.0, claim: number };
                *place += 1;
            }
        }
        Index { of_everyone, ..Index::sorted(&namings, &ends, begins_of_blocs) }
    }

    fn sorted(namings: &[Naming], ends_of_parties: &[u32], begins_of_blocs: Vec<u32>) -> Index {
        let of_parties = || {
            let begins = std::iter::once(0).chain(ends_of_parties.iter().copied());
            let stretches = begins.zip(ends_of_parties);
            (0u32..).zip(stretches.map(|(begin, end)| &namings[begin as usize..*end as usize]))
        };
        let blocs = begins_of_blocs.len();
        let mut last = vec![u32::MAX; blocs];
        let mut pairs_of_blocs = vec![0; blocs];
        for (party, namings) in of_parties() {
            for it in namings {
                let is_first = std::mem::replace(&mut last[it.bloc as usize], party) != party;
                pairs_of_blocs[it.bloc as usize] += u32::from(is_first);
            }
        }
        let begins_of_pairs = begins(&pairs_of_blocs);
        let count = begins_of_pairs.last().copied().unwrap_or_default() as usize;
        let mut pairs = vec![(PartyId(u32::MAX), namings.len() as u32); count + 1];
        let mut claims = vec![ClaimId(0); namings.len()];
        let (mut next_pair, mut next_claim) = (begins_of_pairs.clone(), begins_of_blocs);
        last.fill(u32::MAX);
        for (party, namings) in of_parties() {
            for it in namings {
                let bloc = it.bloc as usize;
                if std::mem::replace(&mut last[bloc], party) != party {
                    pairs[next_pair[bloc] as usize] = (PartyId(party), next_claim[bloc]);
                    next_pair[bloc] += 1;
                }
                claims[next_claim[bloc] as usize] = ClaimId(it.claim);
                next_claim[bloc] += 1;
            }
        }
        Index { blocs: begins_of_pairs, pairs, claims, ..Index::default() }
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
    pub fn claims(&self, bloc: BlocId, party: PartyId) -> impl Iterator<Item = ClaimId> + '_ {
        let named = match self.pairs_of(bloc).binary_search_by_key(&party, |it| it.0) {
            Ok(place) => {
                let place = self.blocs[bloc.0 as usize] as usize + place;
                &self.claims[self.pairs[place].1 as usize..self.pairs[place + 1].1 as usize]
            }
            Err(_) => &[],
        };
        let a = named.iter().copied().peekable();
        let b = self.of_everyone[bloc.0 as usize].iter().copied().peekable();
        Merged { a, b }.chain(self.added.get(&(bloc, party)).into_iter().flatten().copied())
    }
}

/// By party, where the claims that name it begin.
fn by_party<'c>(claims: impl Iterator<Item = &'c Claim>) -> Vec<u32> {
    let mut counts = Vec::new();
    for party in claims.flat_map(Claim::parties) {
        let place = party.0 as usize;
        if place >= counts.len() {
            counts.resize(place + 1, 0);
        }
        counts[place] += 1;
    }
    begins(&counts)
}

/// By bloc, where its claims begin, and which of them also speak of parties they do not name.
fn by_bloc<'c>(claims: impl Iterator<Item = &'c Claim>, blocs: usize) -> (Vec<u32>, Vec<Vec<ClaimId>>) {
    let mut counts = vec![0; blocs];
    let mut of_everyone = vec![Vec::new(); blocs];
    for (number, claim) in (0u32..).zip(claims) {
        counts[claim.bloc.0 as usize] += claim.parties().len() as u32;
        if !claim.says.of_others().is_empty() {
            of_everyone[claim.bloc.0 as usize].push(ClaimId(number));
        }
    }
    (begins(&counts), of_everyone)
}

/// Where each begins, and the end, one after the other.
fn begins(counts: &[u32]) -> Vec<u32> {
    let mut sum = 0;
    let ends = counts.iter().map(|it| {
        sum += it;
        sum
    });
    std::iter::once(0).chain(ends).collect()
}

/// Both of two rows in order, what is in both of them once.
struct Merged<A: Iterator, B: Iterator> {
    a: Peekable<A>,
    b: Peekable<B>,
}

impl<T: Ord, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Merged<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
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
