//! Where the claims on each pair of bloc and party are: sorted once, when all of them are read.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;

use rayon::prelude::*;

use super::{BlocId, Claim, ClaimId, PartyId, Says};

/// The claims by bloc, and in each bloc by party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// By bloc, where its pairs begin in `pairs`; one more at the end.
    blocs: Vec<u32>,
    /// Each party that a claim names, and where its claims begin in `claims`; one more at the end.
    pairs: Vec<(PartyId, u32)>,
    claims: Vec<ClaimId>,
    /// By bloc, the claims that also speak of parties they do not name.
    of_everyone: Vec<Vec<ClaimId>>,
    /// The claims of how many parties there are.
    counts: Vec<ClaimId>,
    /// Claims that were added since, by bloc and party.
    added: BTreeMap<(BlocId, PartyId), Vec<ClaimId>>,
}

/// Blocs that are put in order in one go.
const BLOCS: usize = 64;
/// Claims that are looked through in one go, at least.
const CLAIMS: usize = 1 << 14;
/// How many times each thread looks through some: another that is late, as it had other work, has fewer turns.
const TURNS: usize = 4;

impl Index {
    /// Some claims after the other are put in place by bloc, all of them at once on several threads; then those of each
    /// bloc by party.
    pub fn of(claims: &[Claim], blocs: usize) -> Index {
        let turns = TURNS * rayon::current_num_threads();
        // Each turn has a row of all blocs.
        let some = claims.len().div_ceil(turns).max(CLAIMS).max(blocs);
        Index::in_parts(claims, blocs, (some, BLOCS))
    }

    /// The same, so many claims and then so many blocs in one go: it is the same index.
    #[doc(hidden)]
    pub fn in_parts(claims: &[Claim], blocs: usize, (some, of_blocs): (usize, usize)) -> Index {
        let part = |(number, claims): (usize, &[Claim])| ByBloc::of(number * some, claims, blocs);
        let placed: Vec<ByBloc> = claims.par_chunks(some).with_max_len(1).enumerate().map(part).collect();
        let parts = (0..blocs.div_ceil(of_blocs)).into_par_iter().with_max_len(1);
        let part = |it: usize| ByParty::of(&placed, it * of_blocs..blocs.min((it + 1) * of_blocs));
        let parts: Vec<ByParty> = parts.map(part).collect();
        let mut index = Index { of_everyone: vec![Vec::new(); blocs], ..Index::default() };
        for (bloc, claim) in placed.iter().flat_map(|it| &it.of_everyone) {
            index.of_everyone[bloc.0 as usize].push(*claim);
        }
        index.counts = placed.iter().flat_map(|it| &it.counts).copied().collect();
        // They are as large as what is still to be put together.
        drop(placed);
        index.blocs.reserve_exact(blocs + 1);
        index.pairs.reserve_exact(parts.iter().map(|it| it.pairs.len()).sum::<usize>() + 1);
        index.claims.reserve_exact(parts.iter().map(|it| it.claims.len()).sum());
        for ByParty { blocs, pairs, claims } in parts {
            let (before, of_pairs) = (index.claims.len() as u32, index.pairs.len() as u32);
            index.blocs.extend(blocs.iter().map(|it| of_pairs + it));
            index.pairs.extend(pairs.iter().map(|(party, begins)| (*party, before + begins)));
            index.claims.extend(claims);
        }
        index.blocs.push(index.pairs.len() as u32);
        index.pairs.push((PartyId(u32::MAX), index.claims.len() as u32));
        index
    }

    fn pairs_of(&self, bloc: BlocId) -> &[(PartyId, u32)] {
        let bloc = bloc.0 as usize;
        &self.pairs[self.blocs[bloc] as usize..self.blocs[bloc + 1] as usize]
    }

    /// The place of a pair in `pairs`, if a claim names it that was not added since.
    fn place(&self, bloc: BlocId, party: PartyId) -> Option<usize> {
        let place = self.pairs_of(bloc).binary_search_by_key(&party, |it| it.0).ok()?;
        Some(self.blocs[bloc.0 as usize] as usize + place)
    }

    /// The claims of how many parties there are, in the order they were read in.
    pub fn counts(&self) -> &[ClaimId] {
        &self.counts
    }

    /// How many pairs a claim names.
    pub fn pair_count(&self) -> usize {
        let is_new = |it: &&(BlocId, PartyId)| self.place(it.0, it.1).is_none();
        self.pairs.len().saturating_sub(1) + self.added.keys().filter(is_new).count()
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
        self.place(bloc, party).is_some() || self.added.contains_key(&(bloc, party))
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

    /// The claims on a pair, where none is on everyone and none was added since.
    #[inline]
    pub fn plain_claims(&self, bloc: BlocId, party: PartyId) -> Option<&[ClaimId]> {
        let is_plain = self.added.is_empty() && self.of_everyone[bloc.0 as usize].is_empty();
        if is_plain { Some(self.named(bloc, party)) } else { None }
    }

    /// The claims that name a pair, but for those that were added since.
    fn named(&self, bloc: BlocId, party: PartyId) -> &[ClaimId] {
        let Some(place) = self.place(bloc, party) else { return &[] };
        &self.claims[self.pairs[place].1 as usize..self.pairs[place + 1].1 as usize]
    }

    /// The claims on a pair, with those on everyone; each once, in the order they were read in.
    pub fn claims(&self, bloc: BlocId, party: PartyId) -> impl Iterator<Item = ClaimId> + '_ {
        let a = self.named(bloc, party).iter().copied().peekable();
        let b = self.of_everyone[bloc.0 as usize].iter().copied().peekable();
        Merged { a, b }.chain(self.added.get(&(bloc, party)).into_iter().flatten().copied())
    }
}

/// Some of the claims, by bloc.
struct ByBloc {
    /// Where those of each begin; one more at the end.
    begins: Vec<u32>,
    /// Each party that a claim names, and the claim.
    namings: Vec<(PartyId, ClaimId)>,
    /// The claims that also speak of parties they do not name.
    of_everyone: Vec<(BlocId, ClaimId)>,
    counts: Vec<ClaimId>,
}

impl ByBloc {
    /// Counted, then put in place: those of one bloc stay in their order. The first has this number.
    fn of(first: usize, claims: &[Claim], blocs: usize) -> ByBloc {
        let mut of_blocs = vec![0; blocs];
        let (mut of_everyone, mut counts) = (Vec::new(), Vec::new());
        for (number, claim) in (first as u32..).zip(claims) {
            of_blocs[claim.bloc.0 as usize] += claim.parties().len() as u32;
            if matches!(*claim.says(), Says::Count { .. }) {
                counts.push(ClaimId(number));
            }
            if !claim.of_others().is_empty() {
                of_everyone.push((claim.bloc, ClaimId(number)));
            }
        }
        let begins = begins(&of_blocs);
        let mut namings = vec![(PartyId(0), ClaimId(0)); begins[blocs] as usize];
        let mut next = begins.clone();
        for (number, claim) in (first as u32..).zip(claims) {
            let place = &mut next[claim.bloc.0 as usize];
            for party in claim.parties() {
                namings[*place as usize] = (*party, ClaimId(number));
                *place += 1;
            }
        }
        ByBloc { begins, namings, of_everyone, counts }
    }

    fn of_bloc(&self, bloc: usize) -> &[(PartyId, ClaimId)] {
        &self.namings[self.begins[bloc] as usize..self.begins[bloc + 1] as usize]
    }
}

/// Some blocs of an index, as if there were no others.
#[derive(Default)]
struct ByParty {
    blocs: Vec<u32>,
    pairs: Vec<(PartyId, u32)>,
    claims: Vec<ClaimId>,
}

impl ByParty {
    fn of(placed: &[ByBloc], blocs: Range<usize>) -> ByParty {
        let mut all = ByParty::default();
        let (mut namings, mut room) = (Vec::new(), Vec::new());
        let of_blocs = |it: &ByBloc| (it.begins[blocs.end] - it.begins[blocs.start]) as usize;
        all.claims.reserve_exact(placed.iter().map(of_blocs).sum());
        for bloc in blocs {
            all.blocs.push(all.pairs.len() as u32);
            namings.clear();
            namings.extend(placed.iter().flat_map(|it| it.of_bloc(bloc)).copied());
            sort_by_party(&mut namings, &mut room);
            let mut last = None;
            for (party, claim) in &namings {
                if last.replace(*party) != Some(*party) {
                    all.pairs.push((*party, all.claims.len() as u32));
                }
                all.claims.push(*claim);
            }
        }
        all
    }
}

/// Of each party the claims stay in their order. Where there are hardly more parties than claims they are counted, and so
/// put in place; else they are compared.
fn sort_by_party(namings: &mut Vec<(PartyId, ClaimId)>, room: &mut Vec<(PartyId, ClaimId)>) {
    let parties = namings.iter().map(|it| it.0.0 as usize + 1).max().unwrap_or_default();
    if parties > 4 * namings.len() {
        namings.sort_by_key(|it| it.0);
        return;
    }
    let mut counts = vec![0; parties];
    for (party, _) in &*namings {
        counts[party.0 as usize] += 1;
    }
    let mut next = begins(&counts);
    room.clear();
    room.resize(namings.len(), (PartyId(0), ClaimId(0)));
    for naming in &*namings {
        let place = &mut next[naming.0.0 as usize];
        room[*place as usize] = *naming;
        *place += 1;
    }
    std::mem::swap(namings, room);
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
