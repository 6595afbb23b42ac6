//! Why the claims that are kept do not fit: a few of them that no other claims of the problem help to fit.
//!
//! A history that satisfies some claims is looked for as if each other claim could show the party elsewhere wherever it may.
//! If even so there is none, then none satisfies these claims together with any others.

use super::super::Part;
use super::super::hitting::{Conflicts, Set};
use super::{Claims, Desk, Lane, Listed, Unknown};

impl Desk {
    /// A conflict among the claims that are not left out: they have been tried last, and no history satisfies all of them.
    ///
    /// The claims that are left out could help it to fit, but for what stands against them and is kept: that is added.
    pub(super) fn conflict(
        &mut self,
        lane: &Lane,
        left_out: &[u32],
        known: &Conflicts,
    ) -> Result<Set, Unknown> {
        let kept = lane.without(left_out);
        let mut conflict = self.smallest(lane, &kept)?;
        let twice = lane.twice(&conflict);
        for &claim in left_out {
            let part = lane.part(claim);
            let helps = twice.iter().any(|&(event, days)| {
                let target = lane.problem.lifecycle.event(event).to;
                lane.is_elsewhere(part, target) && !part.window().intersect(days).is_empty()
            });
            if helps {
                let against = known.hit_only_by(claim, left_out).ok_or(Unknown)?;
                conflict.extend(against.iter().copied().filter(|it| *it != claim));
            }
        }
        conflict.sort_unstable();
        conflict.dedup();
        Ok(conflict.into_iter().collect())
    }

    /// Some that do not fit, of which each is needed to that end.
    fn smallest(&mut self, lane: &Lane, kept: &[u32]) -> Result<Listed, Unknown> {
        let mut conflict = Listed::new();
        let mut candidates = self.suspects(lane, kept);
        while let Some(last) = self.shortest(lane, kept, &conflict, &candidates)?.checked_sub(1) {
            conflict.push(candidates[last]);
            candidates.truncate(last);
        }
        if conflict.is_empty() { Err(Unknown) } else { Ok(conflict) }
    }

    /// Claims that do not fit: the reports that break rule 1 by themselves; or all, those first that speak of days near
    /// the one where no way leads on.
    fn suspects(&self, lane: &Lane, kept: &[u32]) -> Listed {
        if let Some((event, days)) = self.plan.reports.broken {
            let suspect = |it: &u32| match *lane.part(*it) {
                Part::Event { event: of, window } => of == event && window.intersect(days) == window,
                _ => false,
            };
            return kept.iter().copied().filter(suspect).collect();
        }
        let day = i64::from(self.stuck().0);
        let distance = |it: &u32| {
            let window = lane.part(*it).window();
            let (before, after) = (i64::from(window.earliest.0) - day, day - i64::from(window.latest.0));
            before.max(after).max(0)
        };
        let mut all = Listed::from_slice(kept);
        all.sort_by_key(distance);
        all
    }

    /// How many of the first candidates do not fit together with the conflict so far. All of them do not.
    fn shortest(
        &mut self,
        lane: &Lane,
        kept: &[u32],
        conflict: &[u32],
        candidates: &[u32],
    ) -> Result<usize, Unknown> {
        // So many fit, and so many do not.
        let (mut fit, mut clash) = (0, candidates.len());
        if !conflict.is_empty() && !self.fits(lane, kept, conflict, &[])? {
            return Ok(0);
        }
        // Nearly always the first ones do not.
        let mut step = 1;
        while clash - fit > 1 {
            let some = fit + step.clamp(1, clash - fit - 1);
            if self.fits(lane, kept, conflict, &candidates[..some])? {
                fit = some;
                step *= 2;
            } else {
                clash = some;
                step = (clash - fit) / 2;
            }
        }
        Ok(clash)
    }

    fn fits(&mut self, lane: &Lane, among: &[u32], a: &[u32], b: &[u32]) -> Result<bool, Unknown> {
        let mut kept: Listed = a.iter().chain(b).copied().collect();
        lane.sort(&mut kept);
        self.satisfies(lane, Claims { kept: &kept, among }, true)
    }
}
