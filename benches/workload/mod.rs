//! The workload of the benches: made here, the same on every machine, so that no data need be kept or fetched.
//!
//! `mixed` is a true history for each pair and claims drawn from it: 80 % on a day, 15 % in a month, 5 % in a year, and
//! 1 % with a wrong day. `repeated` is shaped like real articles: few parties, many articles that say the same again,
//! long histories, the same mistake copied, `only` lists. `states` has no events, so that a solver can be told exactly
//! what accede is told. What peers read is in `ready`, the worst cases in `worst`.

#![allow(dead_code, reason = "no bench uses all of it")]

pub(crate) mod memberships;
pub(crate) mod ready;
pub(crate) mod repeated;
pub(crate) mod states;
pub(crate) mod worst;
mod write;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
pub(crate) use rand_xorshift::XorShiftRng;

/// Days are counted as in the calendar of chrono, from the first day of the year 1.
pub(crate) type Day = i32;

/// No history has a change after it.
pub(crate) const OPEN: Day = 740_000;

pub(crate) const CLAIMS_OF_A_PAIR: usize = 8;
pub(crate) const CLAIMS_OF_AN_ARTICLE: usize = 10;

pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar").num_days_from_ce()
}

pub(crate) fn date(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).expect("a day of the calendar")
}

/// Always the same numbers.
pub(crate) fn numbers() -> XorShiftRng {
    XorShiftRng::seed_from_u64(7)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Joins,
    Leaves,
    Suspended,
    Reinstated,
    Member,
    NotMember,
}

impl What {
    pub(crate) fn is_inside(self) -> bool {
        !matches!(self, What::Leaves | What::NotMember)
    }

    pub(crate) fn is_event(self) -> bool {
        !matches!(self, What::Member | What::NotMember)
    }
}

/// How much of its date an article tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Day,
    Month,
    Year,
    /// Every day up to this one.
    Throughout(Day),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) pair: u32,
    pub(crate) what: What,
    pub(crate) day: Day,
    pub(crate) told: Told,
}

impl Claim {
    /// The first and the last day that its date can mean.
    pub(crate) fn window(&self) -> (Day, Day) {
        let it = date(self.day);
        let next_month = if it.month() == 12 { (it.year() + 1, 1) } else { (it.year(), it.month() + 1) };
        match self.told {
            Told::Day => (self.day, self.day),
            Told::Month => (day(it.year(), it.month(), 1), day(next_month.0, next_month.1, 1) - 1),
            Told::Year => (day(it.year(), 1, 1), day(it.year(), 12, 31)),
            Told::Throughout(last) => (self.day, last),
        }
    }
}

/// One party in one bloc, and what truly happened: each change, and whether the party belongs from then on.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) party: u32,
    pub(crate) bloc: u32,
    pub(crate) changes: Vec<(Day, What)>,
}

impl Pair {
    pub(crate) fn is_inside(&self, day: Day) -> bool {
        self.changes.iter().take_while(|it| it.0 <= day).last().is_some_and(|it| it.1.is_inside())
    }
}

/// Who belonged, and that nobody else did.
#[derive(Clone, Debug)]
pub(crate) struct Only {
    pub(crate) bloc: u32,
    pub(crate) day: Day,
    pub(crate) parties: BTreeSet<u32>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    pub(crate) claims: Vec<Claim>,
    pub(crate) only: Option<Only>,
}

#[derive(Clone, Debug)]
pub(crate) struct Workload {
    pub(crate) parties: u32,
    pub(crate) blocs: u32,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) articles: Vec<Article>,
    /// Each article has one of so many publishers; none has one where it is 0.
    pub(crate) publishers: usize,
}

impl Workload {
    pub(crate) fn claims(&self) -> usize {
        self.articles.iter().map(|it| it.claims.len() + usize::from(it.only.is_some())).sum()
    }

    pub(crate) fn mixed(claims: usize) -> Workload {
        let mut numbers = numbers();
        let (parties, blocs) = size(claims);
        let pairs = pairs(claims / CLAIMS_OF_A_PAIR, parties, blocs, &mut numbers);
        let mut all = Vec::with_capacity(claims);
        for (place, pair) in pairs.iter().enumerate() {
            all.extend((0..CLAIMS_OF_A_PAIR).map(|_| drawn(place as u32, pair, &mut numbers)));
        }
        all.shuffle(&mut numbers);
        let article = |it: &[Claim]| Article { claims: it.to_vec(), only: None };
        let articles = all.chunks(CLAIMS_OF_AN_ARTICLE).map(article).collect();
        Workload { parties, blocs, pairs, articles, publishers: 997 }
    }
}

/// Parties and blocs, for so many claims.
fn size(claims: usize) -> (u32, u32) {
    match claims {
        0..=20_000 => (100, 25),
        20_001..=200_000 => (400, 100),
        200_001..=2_000_000 => (1_000, 500),
        _ => (3_000, 1_700),
    }
}

/// So many different pairs, in no order.
fn pairs(count: usize, parties: u32, blocs: u32, numbers: &mut XorShiftRng) -> Vec<Pair> {
    let mut all: Vec<(u32, u32)> = (0..blocs).flat_map(|b| (0..parties).map(move |p| (p, b))).collect();
    assert!(count <= all.len(), "there are only {} pairs", all.len());
    all.shuffle(numbers);
    all.truncate(count);
    all.into_iter().map(|(party, bloc)| Pair { party, bloc, changes: history(4, numbers) }).collect()
}

/// A true history with at most so many changes.
pub(crate) fn history(longest: usize, numbers: &mut XorShiftRng) -> Vec<(Day, What)> {
    let (first, last) = (day(1950, 1, 1), day(2020, 1, 1));
    let mut today = numbers.random_range(first..last - 8_000);
    let mut changes = vec![(today, What::Joins)];
    for _ in 0..numbers.random_range(0..longest) {
        today += numbers.random_range(400..4_000);
        if today >= last {
            break;
        }
        let next = match changes.last().map_or(What::Leaves, |it| it.1) {
            What::Leaves => What::Joins,
            What::Suspended if numbers.random_bool(0.7) => What::Reinstated,
            What::Joins | What::Reinstated if numbers.random_bool(0.5) => What::Suspended,
            _ => What::Leaves,
        };
        changes.push((today, next));
    }
    changes
}

/// A claim on this pair; one of a hundred is wrong.
fn drawn(place: u32, pair: &Pair, numbers: &mut XorShiftRng) -> Claim {
    let (mut on, what) = if numbers.random_bool(0.55) {
        pair.changes[numbers.random_range(0..pair.changes.len())]
    } else {
        let on = numbers.random_range(day(1950, 1, 1)..day(2020, 1, 1));
        (on, if pair.is_inside(on) { What::Member } else { What::NotMember })
    };
    if numbers.random_bool(0.01) {
        on += if numbers.random_bool(0.5) { 1 } else { -1 } * numbers.random_range(1..3_000);
    }
    Claim { pair: place, what, day: on.min(day(2020, 12, 31)), told: told(numbers) }
}

pub(crate) fn told(numbers: &mut XorShiftRng) -> Told {
    match numbers.random_range(0..100) {
        0..80 => Told::Day,
        80..95 => Told::Month,
        _ => Told::Year,
    }
}
