//! A workload of states alone, and what a solver is told of it: which fewest claims have to go so that the rest fit.
//!
//! Without events any status can follow any other, so a pair fits exactly if each stretch of days between two bounds can
//! have a status: one of the two sides on a single day, both on a longer stretch. The solvers are told these stretches.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rand::RngExt;

use super::{Article, CLAIMS_OF_A_PAIR, Claim, Day, Told, What, Workload, day, numbers, pairs, size, told};

impl Workload {
    /// Claims of one pair stand in articles of their own, and no article has a publisher: each counts 1.
    pub(crate) fn states(claims: usize) -> Workload {
        let mut numbers = numbers();
        let (parties, blocs) = size(claims);
        let pairs = pairs(claims / CLAIMS_OF_A_PAIR, parties, blocs, &mut numbers);
        let mut articles = Vec::new();
        for (block, of_pairs) in pairs.chunks(10).enumerate() {
            for _ in 0..CLAIMS_OF_A_PAIR {
                let claims = of_pairs.iter().enumerate().map(|(at, pair)| {
                    let on = numbers.random_range(day(1990, 1, 1)..day(2020, 1, 1));
                    let inside = pair.is_inside(on) != numbers.random_bool(0.05);
                    let what = if inside { What::Member } else { What::NotMember };
                    let throughout = Told::Throughout(on + numbers.random_range(30..2_000));
                    let told = if numbers.random_bool(0.5) { throughout } else { told(&mut numbers) };
                    let day = if throughout == told { on } else { on.min(day(2019, 12, 31)) };
                    Claim { pair: (block * 10 + at) as u32, what, day, told }
                });
                articles.push(Article { claims: claims.collect(), only: None });
            }
        }
        Workload { parties, blocs, pairs, articles, publishers: 0 }
    }

    fn claims_by_pair(&self) -> Vec<Vec<Claim>> {
        let mut by_pair = vec![Vec::new(); self.pairs.len()];
        let all = self.articles.iter().flat_map(|it| &it.claims);
        all.for_each(|it| by_pair[it.pair as usize].push(*it));
        by_pair
    }

    /// Facts for clingo and for `solve.py`: `side(C, PAIR, 0 or 1, all or 1 if some day is enough)`, `covers(C, STRETCH)`,
    /// `single(STRETCH)`.
    pub(crate) fn facts(&self) -> String {
        let mut text = String::new();
        let (mut claim, mut stretch) = (0, 0);
        for (place, claims) in self.claims_by_pair().iter().enumerate() {
            let bounds: BTreeSet<Day> =
                claims.iter().flat_map(|it| [it.window().0, it.window().1 + 1]).collect();
            let bounds: Vec<Day> = bounds.into_iter().collect();
            for it in claims {
                let (side, some) = (u8::from(it.what.is_inside()), u8::from(is_some_day(it)));
                writeln!(text, "side({claim},{place},{side},{some}).").expect("a string takes all");
                for (at, _) in bounds.iter().enumerate().filter(|(_, day)| within(it, **day)) {
                    writeln!(text, "covers({claim},{}).", stretch + at).expect("a string takes all");
                }
                claim += 1;
            }
            for (at, days) in bounds.windows(2).enumerate() {
                let kind = if days[1] - days[0] == 1 { "single" } else { "long" };
                writeln!(text, "{kind}({}).", stretch + at).expect("a string takes all");
            }
            stretch += bounds.len();
        }
        text
    }
}

fn is_some_day(claim: &Claim) -> bool {
    matches!(claim.told, Told::Month | Told::Year)
}

fn within(claim: &Claim, day: Day) -> bool {
    let (from, to) = claim.window();
    (from..=to).contains(&day)
}
