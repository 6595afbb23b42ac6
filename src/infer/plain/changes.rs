//! The changes that a lifecycle allows, as a table: made anew only where it is another lifecycle than last time.

use smallvec::SmallVec;

use crate::lifecycle::{EventId, Lifecycle, StatusId, StatusSet};

use super::super::bound::Cost;
use super::super::machine::How;
use super::super::state::bits;

/// A change that some events allow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub(super) from: StatusId,
    pub(super) to: StatusId,
    /// As bits.
    pub(super) events: u64,
}

#[derive(Debug, Default)]
pub(super) struct Changes {
    /// What it was made of: the events, and how many statuses there are.
    made_of: Vec<(StatusSet, StatusId)>,
    pub(super) width: usize,
    /// By the status that they are from.
    pub(super) moves: Vec<Move>,
    /// For each status, where its moves begin; one more at the end.
    begins: Vec<usize>,
    /// Where only some statuses are allowed, from each to each, what the fewest changes cost that nothing reports: for all
    /// of them, and for those inside and outside.
    apart: Vec<(StatusSet, Vec<Cost>)>,
}

impl Changes {
    pub(super) fn renew(&mut self, lifecycle: &Lifecycle, inside: StatusSet) {
        let made_of = || lifecycle.events.iter().map(|it| (it.from, it.to));
        let all = lifecycle.all();
        let allowed = [all, all.intersect(inside), all.without(inside)];
        self.width = lifecycle.statuses.len();
        let same = self.begins.len() == self.width + 1 && self.apart.iter().map(|it| it.0).eq(allowed);
        if same && made_of().eq(self.made_of.iter().copied()) {
            return;
        }
        self.made_of = made_of().collect();
        self.moves.clear();
        for (event, it) in (0..).map(EventId).zip(&lifecycle.events) {
            for from in bits(it.from.0).map(StatusId).filter(|from| *from != it.to) {
                match self.moves.iter_mut().find(|known| (known.from, known.to) == (from, it.to)) {
                    Some(known) => known.events |= 1 << event.0,
                    None => self.moves.push(Move { from, to: it.to, events: 1 << event.0 }),
                }
            }
        }
        self.moves.sort_by_key(|it| (it.from, it.to));
        let statuses = 0..=self.width as u8;
        self.begins = statuses.map(|it| self.moves.partition_point(|known| known.from.0 < it)).collect();
        self.apart = allowed.iter().map(|it| (*it, self.apart_within(*it))).collect();
    }

    fn apart_within(&self, allowed: StatusSet) -> Vec<Cost> {
        let (width, assumed) = (self.width, Cost::of_change(How::Assumed));
        let mut apart = vec![Cost::NEVER; width * width];
        (0..width).for_each(|it| apart[it * width + it] = Cost::default());
        let may = |it: &&Move| allowed.contains(it.from) && allowed.contains(it.to);
        for _ in 0..width {
            for it in self.moves.iter().filter(may) {
                for to in 0..width {
                    let further = apart[it.to.0 as usize * width + to] + assumed;
                    let known = &mut apart[it.from.0 as usize * width + to];
                    *known = further.min(*known);
                }
            }
        }
        apart
    }

    pub(super) fn from(&self, status: StatusId) -> &[Move] {
        let status = status.0 as usize;
        &self.moves[self.begins[status]..self.begins[status + 1]]
    }

    pub(super) fn find(&self, from: StatusId, to: StatusId) -> Option<&Move> {
        self.from(from).iter().find(|it| it.to == to)
    }

    /// Takes changes into account that nothing reports, where these statuses are allowed and there are days for any number
    /// of changes: what is to come from each status. False if that is not for this table to say.
    pub(super) fn settle(&self, row: &mut [Cost], allowed: StatusSet) -> bool {
        let Some((_, apart)) = self.apart.iter().find(|it| it.0 == allowed) else { return false };
        let Some(least) = row.iter().min().copied() else { return true };
        // After a change no less is to come.
        let enough = least + Cost::of_change(How::Assumed);
        let next: SmallVec<[Cost; 16]> = SmallVec::from_slice(row);
        for (row, apart) in row.iter_mut().zip(apart.chunks_exact(self.width)) {
            if *row > enough {
                *row = next.iter().zip(apart).map(|(next, apart)| *next + *apart).fold(*row, Cost::min);
            }
        }
        true
    }
}
