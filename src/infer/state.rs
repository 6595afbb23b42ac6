//! What of a history's past its future depends on.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use crate::date::Window;
use crate::lifecycle::{Deed, StatusId};

use super::axis::{Active, NEW};
use super::lapse::Tenure;
use super::{Lasts, Part};

/// What of a history's past its future depends on, at the end of a day of a stretch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct State {
    pub(super) status: StatusId,
    /// How long it lasts.
    pub(super) tenure: Tenure,
    /// For each open claim, its [`Standing`] and how far its parts have come.
    claims: Row<u8, 8>,
    /// For each watched event, 0, or one more than the stretch in which a claim of it was first met,
    /// if nothing reported has shown the party elsewhere since.
    pub(super) met: Row<u32, 4>,
    /// Acts done and events reported, of those that stand in an order, on days before this one.
    pub(super) done: Deeds,
}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // In one number, so that what lasts costs no more than its status alone.
        hasher.write_u64(self.tenure.number() << 8 | u64::from(self.status.0));
        self.claims.hash(hasher);
        self.met.hash(hasher);
        self.done.hash(hasher);
    }
}

/// A row of numbers that begin at zero. A few are kept in place: states are copied at every step.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Row<T, const N: usize> {
    few: [T; N],
    many: Option<Box<[T]>>,
}

impl<T: Copy + Default, const N: usize> Row<T, N> {
    pub(super) fn of(length: usize) -> Row<T, N> {
        let many = (length > N).then(|| vec![T::default(); length].into_boxed_slice());
        Row { few: [T::default(); N], many }
    }
}

impl<T, const N: usize> Deref for Row<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.many.as_deref().unwrap_or(&self.few)
    }
}

impl<T, const N: usize> DerefMut for Row<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.many.as_deref_mut().unwrap_or(&mut self.few)
    }
}

/// The places of the bits of a set.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let place = (set != 0).then(|| set.trailing_zeros() as u8)?;
        set &= set - 1;
        Some(place)
    })
}

/// A set of deeds of one lifecycle.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Deeds(u128);

impl Deeds {
    fn of(deed: Deed) -> Deeds {
        match deed {
            Deed::Event(event) => Deeds(1 << event.0),
            Deed::Act(act) => Deeds(1 << (64 + act.0)),
        }
    }

    pub(super) fn insert(&mut self, deed: Deed) {
        self.0 |= Deeds::of(deed).0;
    }

    pub(super) fn contains(self, deed: Deed) -> bool {
        self.0 & Deeds::of(deed).0 != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Whether a claim still counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// So far nothing stands against it.
    Open = 0,
    /// Something was taken from it (a report, a sight of the party elsewhere): it has to hold.
    Relied = 1,
    /// Left out of the repair.
    Dropped = 2,
}

/// How far a part has come.
const WAITING: u8 = 0;
const RUNNING: u8 = 1;
pub(super) const MET: u8 = 2;

impl State {
    pub(super) fn new(status: StatusId, watched: usize) -> State {
        State {
            status,
            tenure: Tenure::default(),
            claims: Row::of(0),
            met: Row::of(watched),
            done: Deeds::default(),
        }
    }

    pub(super) fn standing(&self, slot: u32) -> Standing {
        match self.claims[slot as usize] & 3 {
            0 => Standing::Open,
            1 => Standing::Relied,
            _ => Standing::Dropped,
        }
    }

    pub(super) fn is_dropped(&self, slot: u32) -> bool {
        self.standing(slot) == Standing::Dropped
    }

    /// A dropped claim keeps no memory of its parts.
    pub(super) fn stand(&mut self, slot: u32, standing: Standing) {
        let claim = &mut self.claims[slot as usize];
        let parts = if standing == Standing::Dropped { 0 } else { *claim & !3 };
        *claim = parts | standing as u8;
    }

    pub(super) fn progress(&self, active: &Active) -> u8 {
        self.claims[active.slot as usize] >> (2 + 2 * active.place) & 3
    }

    pub(super) fn advance(&mut self, active: &Active, progress: u8) {
        let shift = 2 + 2 * active.place;
        let claim = &mut self.claims[active.slot as usize];
        *claim = *claim & !(3 << shift) | progress << shift;
    }

    /// A change, seen from a claim of a spell: `crossing` is whether the statuses before and after belong to it.
    pub(super) fn spell(
        &mut self,
        active: &Active,
        day: Window,
        crossing: (bool, bool),
        (begins, lasts): (Window, Lasts),
    ) {
        let next = match (self.progress(active), crossing) {
            (MET, _) => MET,
            (_, (false, true)) if begins.contains(day.earliest) => match lasts {
                Lasts::Through(until) if until < day.earliest => MET,
                _ => RUNNING,
            },
            (RUNNING, (true, false)) => match lasts {
                Lasts::Until(end) if end.contains(day.earliest) => MET,
                _ => WAITING,
            },
            (unchanged, _) => unchanged,
        };
        self.advance(active, next);
    }

    /// The end of a stretch, seen from a claim of a spell: it has lasted through it.
    pub(super) fn last_through(&mut self, active: &Active, stretch: Window) {
        if let Part::Spell { lasts: Lasts::Through(until), .. } = active.part
            && self.standing(active.slot) != Standing::Dropped
            && self.progress(active) == RUNNING
            && until <= stretch.latest
        {
            self.advance(active, MET);
        }
    }

    /// Into the next stretch: claims that have ended are forgotten, those that begin are waited for,
    /// but those that are `left_out`.
    pub(super) fn pass(&mut self, carried: &[u32], left_out: impl Fn(usize) -> bool) {
        let mut claims = Row::of(carried.len());
        for (place, &from) in carried.iter().enumerate() {
            claims[place] = match from {
                NEW if left_out(place) => Standing::Dropped as u8,
                NEW => 0,
                from => self.claims[from as usize],
            };
        }
        self.claims = claims;
    }

    /// When an event was first met matters only as far as an open sight of the party elsewhere began after it:
    /// states that differ in nothing else are one. `next` are the parts of the stretch after `at`.
    pub(super) fn forget(&mut self, next: &[Active], at: usize) {
        for met in self.met.iter_mut().filter(|it| **it > 0) {
            let later = |it: &&Active| {
                matches!(it.part, Part::Sometime { .. }) && it.since as usize <= at && it.since < *met
            };
            *met = next.iter().filter(later).map(|it| it.since + 1).max().unwrap_or(1);
        }
    }
}
