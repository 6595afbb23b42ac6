//! Who is in one bloc, day by day: what `members of` it says, prepared once for any number of days.
//!
//! [`Engine::roster`](crate::Engine::roster) finds the simplest histories of all pairs of the bloc. Then [`Roster::on`]
//! has the rows that `members of CSTO on D` has, in their order: looked up, and nothing inferred or allocated. What a row
//! rests on is put together when it is asked for.
//!
//! ```
//! use accede::{Engine, File, Verdict};
//! use accede::date::Day;
//!
//! let file = File::new("csto.accede", r#"
//! bloc CSTO
//! party Uzbekistan
//! article times
//!   published 2012-12-19
//!   Uzbekistan joins CSTO in 2006
//!   Uzbekistan leaves CSTO on 2012-12-19
//! "#);
//! let engine = Engine::read(vec![file], &[]);
//! let roster = engine.roster("CSTO").unwrap();
//!
//! // Some day of 2006 was the first.
//! let day = Day::of(2006, 5, 1).unwrap();
//! let entry = roster.on(day).next().unwrap();
//! assert_eq!((entry.party(), entry.status()), ("Uzbekistan", &["member", "never"][..]));
//! assert_eq!((entry.inside(), entry.verdict()), (None, Verdict::Possible));
//! assert_eq!(entry.row().because[0].line, 6);
//!
//! let days = [Day::of(2005, 12, 31), Day::of(2006, 12, 31), Day::of(2012, 12, 19)];
//! let inside = |day: Day| roster.on(day).filter(|it| it.inside() == Some(true)).count();
//! assert_eq!(days.map(|it| inside(it.unwrap())), [0, 1, 0]);
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use rayon::prelude::*;

use crate::answer::{Row, Verdict};
use crate::date::Day;
use crate::judge::{Truth, last_evidence};
use crate::ledger::{BlocId, PartyId};
use crate::lifecycle::StatusSet;
use crate::question::{Piece, View, pieces, planned_pieces, row_on};

/// The members of one bloc through time.
#[derive(Debug)]
pub struct Roster<'e> {
    view: View<'e>,
    bloc: BlocId,
    /// The sets of statuses that entries have, as names, sorted.
    statuses: Vec<Vec<&'e str>>,
    /// By party, the last day that a claim speaks of, where something is presumed.
    last_evidence: BTreeMap<PartyId, Day>,
    /// By their first days.
    buckets: Vec<Bucket>,
}

/// Some days in a row, and whoever is in the roster on one of them, in the order of answers: each is looked at for a day.
#[derive(Debug)]
struct Bucket {
    from: Day,
    stays: Vec<Stay>,
}

/// Days on which an entry is the same.
#[derive(Clone, Copy, Debug)]
struct Stay {
    from: Day,
    to: Day,
    party: PartyId,
    /// Places in [`Roster::statuses`].
    status: u32,
    otherwise: u32,
    inside: Option<bool>,
    verdict: Verdict,
}

impl<'e> Roster<'e> {
    pub(crate) fn new(view: View<'e>, bloc: BlocId) -> Roster<'e> {
        let ledger = view.pairs.ledger();
        let (lifecycle, inside) = (ledger.lifecycle_of(bloc), ledger.bloc(bloc).inside);
        let parties: Vec<PartyId> = ledger.named_in(bloc).collect();
        let of_party = |party: &PartyId| {
            // Only what comes of a pair is kept.
            let pair = view.pairs.look(bloc, *party);
            let mut all = pieces(view, &pair);
            all.retain(|it| it.status.union(it.otherwise).meets(inside));
            let presumed = all.iter().any(|it| it.verdict == Verdict::Presumed);
            all.extend(planned_pieces(view, &pair, inside));
            (*party, all, presumed.then(|| last_evidence(view.pairs, &pair)).flatten())
        };
        let of_parties: Vec<(PartyId, Vec<Piece>, Option<Day>)> = parties.par_iter().map(of_party).collect();
        let last_evidence = of_parties.iter().filter_map(|it| Some((it.0, it.2?))).collect();
        let all = of_parties.iter().flat_map(|(party, pieces, _)| pieces.iter().map(move |it| (*party, it)));
        let sets = all.clone().flat_map(|(_, it)| [it.status, it.otherwise]);
        let mut sets: Vec<StatusSet> = sets.collect::<BTreeSet<StatusSet>>().into_iter().collect();
        sets.sort_by_key(|it| lifecycle.names_of(*it));
        let places: BTreeMap<StatusSet, u32> = sets.iter().copied().zip(0..).collect();
        let stay = |(party, it): (PartyId, &Piece)| Stay {
            from: it.days.earliest,
            to: it.days.latest,
            party,
            status: places[&it.status],
            otherwise: places[&it.otherwise],
            inside: Truth::of(it.status, inside).sure(),
            verdict: it.verdict,
        };
        let mut stays: Vec<Stay> = all.map(stay).collect();
        let names = |set: &StatusSet| {
            let mut names: Vec<&str> = set.iter().map(|it| lifecycle.name_of(it)).collect();
            names.sort_unstable();
            names
        };
        let statuses: Vec<Vec<&str>> = sets.iter().map(names).collect();
        // As the rows of an answer are: sets of statuses are in the order of their names.
        stays.sort_by_key(|it| {
            let several = statuses[it.status as usize].len() > 1;
            (it.verdict == Verdict::Planned, several, it.status, ledger.party(it.party).name.as_str())
        });
        Roster { view, bloc, statuses, last_evidence, buckets: buckets(&stays) }
    }

    /// The name of the bloc.
    pub fn bloc(&self) -> &'e str {
        &self.view.pairs.ledger().bloc(self.bloc).name
    }

    /// The rows of `members of` the bloc on a day, in their order: every party that is inside, or may be, or would be by
    /// an overruled claim, and then what is planned.
    #[inline]
    pub fn on(&self, day: Day) -> Entries<'_> {
        let bucket = self.buckets.partition_point(|it| it.from <= day).checked_sub(1);
        let stays = bucket.map_or(&[][..], |it| &self.buckets[it].stays);
        Entries { roster: self, day, stays: stays.iter() }
    }
}

/// Cuts time where so many have come that looking at each of them would be more work than those that are there.
fn buckets(stays: &[Stay]) -> Vec<Bucket> {
    /// Of those who are there when a bucket begins, the part that may come later.
    const PART: usize = 4;
    const FEW: usize = 16;
    let mut coming: Vec<u32> = (0..stays.len() as u32).collect();
    coming.sort_by_key(|it| stays[*it as usize].from);
    let mut buckets = Vec::new();
    let (mut from, mut there, mut room) = (Day::DAWN, Vec::new(), 0);
    for some in coming.chunk_by(|a, b| stays[*a as usize].from == stays[*b as usize].from) {
        let day = stays[some[0] as usize].from;
        if some.len() > room {
            buckets.push(bucket(stays, from, &mut there));
            there.retain(|it| stays[*it as usize].to >= day);
            (from, room) = (day, FEW.max((there.len() + some.len()) / PART));
        } else {
            room -= some.len();
        }
        there.extend(some);
    }
    buckets.push(bucket(stays, from, &mut there));
    buckets.retain(|it| !it.stays.is_empty());
    buckets
}

fn bucket(stays: &[Stay], from: Day, there: &mut [u32]) -> Bucket {
    there.sort_unstable();
    Bucket { from, stays: there.iter().map(|it| stays[*it as usize]).collect() }
}

/// The entries of a roster on a day.
#[derive(Clone, Debug)]
pub struct Entries<'r> {
    roster: &'r Roster<'r>,
    day: Day,
    stays: slice::Iter<'r, Stay>,
}

impl<'r> Iterator for Entries<'r> {
    type Item = Entry<'r>;

    #[inline]
    fn next(&mut self) -> Option<Entry<'r>> {
        let day = self.day;
        let stay = self.stays.find(|it| it.from <= day && day <= it.to)?;
        Some(Entry { roster: self.roster, day, stay })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.stays.len()))
    }
}

/// A party in a bloc on a day.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'r> {
    roster: &'r Roster<'r>,
    day: Day,
    stay: &'r Stay,
}

impl<'r> Entry<'r> {
    pub fn party(self) -> &'r str {
        &self.roster.view.pairs.ledger().party(self.stay.party).name
    }

    /// A number for the party, the same in all rosters of an engine.
    #[inline]
    pub fn party_id(self) -> u32 {
        self.stay.party.0
    }

    /// Every status that the simplest histories have on the day, sorted.
    #[inline]
    pub fn status(self) -> &'r [&'r str] {
        &self.roster.statuses[self.stay.status as usize]
    }

    /// Whether that counts as belonging; `None` where it may or may not.
    #[inline]
    pub fn inside(self) -> Option<bool> {
        self.stay.inside
    }

    /// What overruled claims, given a hearing, would add, sorted.
    #[inline]
    pub fn otherwise(self) -> &'r [&'r str] {
        &self.roster.statuses[self.stay.otherwise as usize]
    }

    #[inline]
    pub fn verdict(self) -> Verdict {
        self.stay.verdict
    }

    /// Where the verdict is presumed: the last day that a claim speaks of.
    pub fn last_evidence(self) -> Option<Day> {
        let known = self.roster.last_evidence.get(&self.stay.party);
        known.copied().filter(|_| self.stay.verdict == Verdict::Presumed)
    }

    /// The row of an answer, with the claims that it rests on: put together now, as a question would.
    pub fn row(self) -> Row {
        let Roster { view, bloc, .. } = *self.roster;
        let planned = self.stay.verdict == Verdict::Planned;
        row_on(view, bloc, self.stay.party, self.day, planned)
            .expect("a stay is made of days that have a row")
    }
}
