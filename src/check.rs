//! What is contradictory among the claims, and what is missing: one file for each kind of finding.

mod after_dissolution;
mod allow;
mod before_founding;
mod clash;
mod contradiction;
mod disagreement;
mod foregone;
mod limit;
mod mend;
mod order;
mod overruled;
mod plan_unmet;
mod recurring_slip;
mod repeat;
mod requirement;
mod slip;
mod sources;
mod support;
mod undated;
mod unreported;
mod view;
mod wanted;
mod write;

use std::mem;

use rayon::prelude::*;

use crate::finding::{Finding, Tally};
use crate::ledger::{BlocId, PartyId};
use crate::pair::Pairs;
use crate::source::Sources;
pub use allow::{allowed, may_pass};
use disagreement::Disagreement;
use recurring_slip::Slips;
pub use sources::{Source, Summary, summary};
use view::View;
use wanted::Detail;
pub use wanted::Wanted;

/// All findings on what the articles say, of those that are wanted.
///
/// Tells how many pairs it has looked at, each time it has looked at some more.
pub fn check(
    pairs: &Pairs,
    sources: &Sources,
    wanted: &Wanted,
    looked_at: &(dyn Fn(usize) + Sync),
) -> Vec<Finding> {
    find(pairs, sources, wanted, Detail::Whole, looked_at).findings
}

/// How many findings there are, of those that can be counted where they are found; and the others.
pub fn count(
    pairs: &Pairs,
    sources: &Sources,
    wanted: &Wanted,
    looked_at: &(dyn Fn(usize) + Sync),
) -> (Tally, Vec<Finding>) {
    // Whether one is allowed is told by where it is.
    let detail = if pairs.ledger().allowances.is_empty() { Detail::Counted } else { Detail::Placed };
    let found = find(pairs, sources, wanted, detail, looked_at);
    (found.counted, found.findings)
}

fn find(
    pairs: &Pairs,
    sources: &Sources,
    wanted: &Wanted,
    detail: Detail,
    looked_at: &(dyn Fn(usize) + Sync),
) -> Found {
    let for_check = pairs.for_check();
    let view = View { pairs, for_check: &for_check, sources, wanted, detail };
    let ledger = pairs.ledger();
    let mut named: Vec<(BlocId, PartyId)> = Vec::with_capacity(ledger.index.pair_count());
    named.extend(ledger.named_pairs());
    // One pair after the other is looked at and forgotten: all of them would not fit into memory.
    let on = |some: &[(BlocId, PartyId)]| {
        let found = Found::on(view, some);
        looked_at(some.len());
        found
    };
    let together = named.len().div_ceil(TURNS).clamp(1, TOGETHER);
    let mut found: Vec<Found> = named.par_chunks(together).with_max_len(1).map(on).collect();
    let wide = disagreement::gathered(found.iter_mut().flat_map(|it| mem::take(&mut it.wide)));
    let mut shown: Vec<_> = found.iter().flat_map(|it| &it.shown).copied().collect();
    let undated = undated::findings(view, &mut shown);
    let (wide, undated) = rayon::join(
        || Found::of_each(wide.into_par_iter(), |found, it| found.contradiction(view, &it)),
        || Found::of_each(undated, |found, it| found.add(view, it)),
    );
    found.extend(wide.into_iter().chain(undated));
    let slips: Vec<&Slips> = found.iter().flat_map(|it| &it.slips).collect();
    let recurring = recurring_slip::findings(ledger, &slips);
    let others = recurring.into_iter().chain(requirement::findings(view)).chain(foregone::findings(view));
    let mut all = Found::default();
    // There can be many, and they are large.
    all.findings.reserve(found.iter().map(|it| it.findings.len()).sum());
    others.for_each(|it| all.add(view, it));
    for it in found {
        all.findings.extend(it.findings);
        all.counted.add_all(&it.counted);
    }
    all
}

/// Pairs that are looked at in one go, at most.
const TOGETHER: usize = 512;
/// In how many turns pairs are looked at, if there are few: all threads are to have some.
const TURNS: usize = 64;

/// What is found: on some pairs, each by itself, or beyond them.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    /// Findings that are not kept, as they are only counted.
    counted: Tally,
    /// The slips of each contradiction.
    slips: Vec<Slips>,
    /// Disagreements that other pairs can have too.
    wide: Vec<Disagreement>,
    /// The parties that are shown inside though nobody says since when.
    shown: Vec<undated::Shown>,
}

impl Found {
    fn on(view: View, pairs: &[(BlocId, PartyId)]) -> Found {
        let mut found = Found::default();
        // On most of them there is nothing to find.
        view.for_check.each(pairs, view.wanted.histories(), |pair| {
            for it in disagreement::of_pair(view.pairs, pair) {
                // What it is about is still near.
                if it.alone { found.contradiction(view, &it) } else { found.wide.push(it) }
            }
            let others = limit::finding(view, pair).into_iter();
            let others = others.chain(unreported::findings(view, pair));
            others.chain(plan_unmet::findings(view, pair)).for_each(|it| found.add(view, it));
            found.shown.extend(undated::shown_inside(view, pair));
        });
        found
    }

    fn contradiction(&mut self, view: View, it: &Disagreement) {
        let finding = contradiction::finding(view, it);
        self.slips.push(Slips::of(view.ledger(), it, &finding));
        self.add(view, finding);
    }

    fn add(&mut self, view: View, finding: Finding) {
        if !view.wanted.has(finding.code) {
            return;
        }
        // Those that there can be twice, and that are then one, have a message.
        if view.detail == Detail::Counted && finding.message.is_empty() {
            self.counted.add(finding.severity, finding.code, 1);
        } else {
            self.findings.push(finding);
        }
    }

    fn of_each<T>(all: impl ParallelIterator<Item = T>, add: impl Fn(&mut Found, T) + Sync) -> Vec<Found> {
        let with = |mut found: Found, it| {
            add(&mut found, it);
            found
        };
        all.fold(Found::default, with).collect()
    }
}
