//! The workload shaped like real data: 60 parties, 12 blocs, and articles that mostly say again what others said.

use std::collections::BTreeSet;

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::{Article, CLAIMS_OF_AN_ARTICLE, Claim, Day, Only, Pair, What, Workload, XorShiftRng};
use super::{day, history, numbers, told};

const PARTIES: u32 = 60;
const BLOCS: u32 = 12;

impl Workload {
    pub(crate) fn repeated(claims: usize) -> Workload {
        let mut numbers = numbers();
        let places = (0..BLOCS).flat_map(|bloc| (0..PARTIES).map(move |party| (party, bloc)));
        let pairs: Vec<Pair> =
            places.map(|(party, bloc)| Pair { party, bloc, changes: history(12, &mut numbers) }).collect();
        let copied: Vec<Vec<Day>> = pairs.iter().map(|it| mistaken(it, &mut numbers)).collect();
        let article = |_| article(&pairs, &copied, &mut numbers);
        let articles = (0..claims / CLAIMS_OF_AN_ARTICLE).map(article).collect();
        Workload { parties: PARTIES, blocs: BLOCS, pairs, articles, publishers: 40 }
    }
}

/// For each change the wrong day that articles copy from each other.
fn mistaken(pair: &Pair, numbers: &mut XorShiftRng) -> Vec<Day> {
    pair.changes.iter().map(|it| it.0 + numbers.random_range(1..400)).collect()
}

/// About one bloc: its parties' changes, what belonged when, and now and then the whole list.
fn article(pairs: &[Pair], copied: &[Vec<Day>], numbers: &mut XorShiftRng) -> Article {
    let bloc = numbers.random_range(0..BLOCS);
    let listed = numbers.random_bool(0.2);
    let first = bloc * PARTIES;
    let claims = (usize::from(listed)..CLAIMS_OF_AN_ARTICLE).map(|_| {
        let place = first + numbers.random_range(0..PARTIES);
        claim(place, &pairs[place as usize], &copied[place as usize], numbers)
    });
    let claims = claims.collect();
    let only = listed.then(|| only(bloc, &pairs[first as usize..][..PARTIES as usize], numbers));
    Article { claims, only }
}

fn claim(place: u32, pair: &Pair, copied: &[Day], numbers: &mut XorShiftRng) -> Claim {
    // Most articles speak of what everybody speaks of.
    if numbers.random_bool(0.8) {
        let at = numbers.random_range(0..pair.changes.len());
        let (on, what) = pair.changes[at];
        let on = if numbers.random_bool(0.01) { copied[at] } else { on };
        return Claim { pair: place, what, day: on, told: told(numbers) };
    }
    // Summits: a few days of each year on which people look.
    let years: Vec<i32> = (1950..2020).collect();
    let on = day(*years.choose(numbers).expect("a year"), *[3, 6, 12].choose(numbers).expect("a month"), 15);
    let what = if pair.is_inside(on) { What::Member } else { What::NotMember };
    Claim { pair: place, what, day: on, told: super::Told::Day }
}

fn only(bloc: u32, pairs: &[Pair], numbers: &mut XorShiftRng) -> Only {
    let on = day(numbers.random_range(1975..2020), 6, 15);
    let mut parties: BTreeSet<u32> = pairs.iter().filter(|it| it.is_inside(on)).map(|it| it.party).collect();
    if parties.is_empty() || numbers.random_bool(0.02) {
        parties.insert(numbers.random_range(0..PARTIES));
    }
    Only { bloc, day: on, parties }
}
