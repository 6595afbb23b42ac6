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
    /// How many times it has been made.
    pub(super) edition: u64,
    pub(super) width: usize,
    /// By the status that they are from.
    pub(super) moves: Vec<Move>,
    /// For each status, where its moves begin; one more at the end.
    begins: Vec<usize>,
    /// For each status, those from which a move leads to it.
    before: Vec<StatusSet>,
    /// The same of each set of statuses, by its bits, where there are few statuses.
    before_sets: Vec<StatusSet>,
    /// Where only some statuses are allowed: all of them, those inside, and those outside.
    apart: Vec<Apart>,
}

/// From each status to each, what the fewest changes cost that nothing reports, on days for any number of them on which
/// only some statuses are allowed.
#[derive(Debug)]
struct Apart {
    allowed: StatusSet,
    /// From one that is allowed on; from another, with the change that the first day brings.
    costs: Vec<Cost>,
}

/// Lifecycles with more statuses have too many sets of them for a table.
pub(super) const FEW: usize = 8;

impl Changes {
    pub(super) fn renew(&mut self, lifecycle: &Lifecycle, inside: StatusSet) {
        let made_of = || lifecycle.events.iter().map(|it| (it.from, it.to));
        let all = lifecycle.all();
        let allowed = [all, all.intersect(inside), all.without(inside)];
        self.width = lifecycle.statuses.len();
        let same = self.begins.len() == self.width + 1 && self.apart.iter().map(|it| it.allowed).eq(allowed);
        if same && made_of().eq(self.made_of.iter().copied()) {
            return;
        }
        self.made_of = made_of().collect();
        self.edition += 1;
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
        let before = |to| self.moves.iter().filter(|it| it.to == StatusId(to)).map(|it| it.from).collect();
        self.before = (0..self.width as u8).map(before).collect();
        let sets = if self.width <= FEW { 1 << self.width } else { 0 };
        self.before_sets = (0..sets).map(|it| self.before_each(StatusSet(it))).collect();
        self.apart = allowed.iter().map(|it| self.apart_within(*it)).collect();
    }

    fn apart_within(&self, allowed: StatusSet) -> Apart {
        let (width, assumed) = (self.width, Cost::of_change(How::Assumed));
        let mut costs = vec![Cost::NEVER; width * width];
        bits(allowed.0).map(usize::from).for_each(|it| costs[it * width + it] = Cost::default());
        // Of those that are not allowed only the first change is looked at: it leads to one that is.
        for _ in 0..=width {
            for it in self.moves.iter().filter(|it| allowed.contains(it.to)) {
                for to in 0..width {
                    let further = costs[it.to.0 as usize * width + to] + assumed;
                    let known = &mut costs[it.from.0 as usize * width + to];
                    *known = further.min(*known);
                }
            }
        }
        Apart { allowed, costs }
    }

    /// From where one change leads to these.
    pub(super) fn before(&self, to: StatusSet) -> StatusSet {
        self.before_sets.get(to.0 as usize).copied().unwrap_or_else(|| self.before_each(to))
    }

    fn before_each(&self, to: StatusSet) -> StatusSet {
        bits(to.0).fold(StatusSet::EMPTY, |all, it| all.union(self.before[it as usize]))
    }

    pub(super) fn from(&self, status: StatusId) -> &[Move] {
        let status = status.0 as usize;
        &self.moves[self.begins[status]..self.begins[status + 1]]
    }

    pub(super) fn find(&self, from: StatusId, to: StatusId) -> Option<&Move> {
        self.from(from).iter().find(|it| it.to == to)
    }

    /// Takes changes into account that nothing reports, where these statuses are allowed and there are days for any number
    /// of changes: what is to come from each of them. False if that is not for this table to say.
    pub(super) fn settle(&self, row: &mut [Cost], allowed: StatusSet) -> bool {
        let Some(apart) = self.apart(allowed) else { return false };
        let next: SmallVec<[Cost; 16]> = SmallVec::from_slice(row);
        apart.settle(&next, row);
        true
    }

    /// What is to come on such days before `next` comes: from each of their statuses, and, in `enter`, from each on the day
    /// before them.
    pub(super) fn pass(
        &self,
        next: &[Cost],
        allowed: StatusSet,
        (within, enter): (&mut [Cost], &mut [Cost]),
    ) -> bool {
        let Some(apart) = self.apart(allowed) else { return false };
        apart.settle(next, within);
        enter.copy_from_slice(within);
        for from in bits(self.all().without(allowed).0) {
            enter[from as usize] = apart.least(from, next);
        }
        true
    }

    /// The same on one such day: what is to come from its end on is `last`.
    pub(super) fn pass_a_day(&self, last: &[Cost], enter: &mut [Cost]) {
        let assumed = Cost::of_change(How::Assumed);
        let enough = last.iter().min().map_or(Cost::NEVER, |it| *it + assumed);
        for (from, enter) in enter.iter_mut().enumerate() {
            *enter = last[from];
            if *enter > enough {
                let ways = self.moves[self.begins[from]..self.begins[from + 1]].iter();
                *enter = ways.map(|it| last[it.to.0 as usize] + assumed).fold(*enter, Cost::min);
            }
        }
    }

    fn apart(&self, allowed: StatusSet) -> Option<&Apart> {
        self.apart.iter().find(|it| it.allowed == allowed)
    }

    fn all(&self) -> StatusSet {
        self.apart[0].allowed
    }
}

impl Apart {
    /// From each that is allowed.
    fn settle(&self, next: &[Cost], row: &mut [Cost]) {
        let least = bits(self.allowed.0).map(|it| next[it as usize]).min().unwrap_or(Cost::NEVER);
        // After a change no less is to come.
        let enough = least + Cost::of_change(How::Assumed);
        for from in bits(self.allowed.0) {
            let known = next[from as usize];
            row[from as usize] = if known > enough { self.least(from, next) } else { known };
        }
    }

    /// From a status.
    fn least(&self, from: u8, next: &[Cost]) -> Cost {
        let costs = &self.costs[from as usize * next.len()..][..next.len()];
        let all = bits(self.allowed.0).map(|to| next[to as usize] + costs[to as usize]);
        all.min().unwrap_or(Cost::NEVER)
    }
}
