//! What at least lies ahead of a status that lapses, by the stretch that it lapses in.
//!
//! Such a status is left on some day up to that of its lapse. What is to come is then the least, over these days, of what
//! it costs to stay until then and to leave: the least of a stretch of a row, which a tree finds.

use smallvec::SmallVec;

use super::{Cost, Move, Stretch};
use crate::infer::lapse::LASTING;
use crate::infer::machine::Machine;
use crate::lifecycle::{Status, StatusId};

pub(super) struct Until {
    /// For each status, if it lapses.
    rows: Vec<Option<Row>>,
    /// For each status, what is to come at the beginning of the last stretch.
    open_end: Vec<Cost>,
    last: usize,
}

/// What a status that lapses costs, stretch by stretch.
struct Row {
    /// What is lost on a day of it by claims that its statuses break.
    day: Vec<Cost>,
    /// What is lost by staying from a stretch on; where it cannot stay, nothing.
    stay: Vec<i64>,
    /// The first stretch, from this one on, where it cannot stay.
    barrier: Vec<usize>,
    /// What is to come if an event ends it, less what is lost by staying from there on.
    leave: Tree,
    /// What is to come if it lapses, likewise.
    lapse: Vec<i64>,
}

/// More than anything costs.
const NEVER: i64 = i64::MAX;

impl Row {
    fn of(stretches: usize) -> Row {
        Row {
            day: vec![Cost(0); stretches],
            stay: vec![0; stretches + 1],
            barrier: vec![stretches; stretches + 1],
            leave: Tree::of(stretches),
            lapse: vec![NEVER; stretches],
        }
    }

    /// What is to come after a stretch, and what is lost by staying in it.
    fn enter(&mut self, at: usize, stay: Cost, (leave, lapse): (Cost, Cost)) {
        let stays = i64::try_from(stay.0).ok();
        self.stay[at] = self.stay[at + 1] + stays.unwrap_or(0);
        self.barrier[at] = if stays.is_some() { self.barrier[at + 1] } else { at };
        let less = |it: Cost| i64::try_from(it.0).map_or(NEVER, |cost| cost - self.stay[at]);
        self.lapse[at] = less(lapse);
        self.leave.set(at, less(leave));
    }

    /// The least that is to come at the beginning of a stretch.
    fn least(&self, at: usize, lapses: usize) -> Cost {
        let barrier = self.barrier[at];
        let left = self.leave.least(at, lapses.min(barrier));
        let lapsed = if barrier < lapses { NEVER } else { self.lapse[lapses] };
        match left.min(lapsed) {
            NEVER => Cost::NEVER,
            least => Cost((least + self.stay[at]).unsigned_abs()),
        }
    }
}

impl Until {
    pub(super) fn of(machine: &Machine) -> Until {
        let stretches = machine.axis.slots.len();
        let row = |it: &Status| it.term.map(|_| Row::of(stretches));
        let rows = machine.lifecycle().statuses.iter().map(row).collect();
        Until { rows, open_end: Vec::new(), last: stretches - 1 }
    }

    /// From the end of the day before a stretch; `None` of a status that lasts, and of the open ends of time.
    pub(super) fn enter(&self, at: usize, status: StatusId, lapses: u32) -> Option<Cost> {
        if lapses == LASTING || at == 0 || at >= self.last {
            return None;
        }
        Some(self.rows[status.0 as usize].as_ref()?.least(at, lapses as usize))
    }

    /// From a day of it.
    pub(super) fn within(&self, at: usize, status: StatusId, lapses: u32) -> Option<Cost> {
        if lapses == LASTING || at == 0 || at == self.last {
            return None;
        }
        let row = self.rows[status.0 as usize].as_ref()?;
        let ahead = if at + 1 == self.last {
            self.open_end[status.0 as usize]
        } else {
            row.least(at + 1, lapses as usize)
        };
        Some(row.day[at] + ahead)
    }

    /// One more stretch, from the end of time backward: what is to come on its days, and at its beginning.
    /// Returns what is to come on its days for statuses that are come to there.
    pub(super) fn stretch(
        &mut self,
        at: usize,
        stretch: &Stretch,
        ahead: &[Cost],
        (within, enter): (&mut [Cost], &mut [Cost]),
    ) -> SmallVec<[Cost; 8]> {
        if at == 0 || at == self.last || stretch.machine.axis.slots[at].days() > 1 {
            stretch.finish(&self.outlasting(at, stretch.machine, ahead), within);
            stretch.many_days(within, enter);
            if at == self.last {
                self.open_end = enter.to_vec();
            }
            let end = |it: usize| if at == self.last { enter[it] } else { Cost::NEVER };
            for (status, row) in self.rows.iter_mut().enumerate() {
                if let Some(row) = row {
                    row.enter(at, Cost::NEVER, (end(status), end(status)));
                }
            }
            return SmallVec::new();
        }
        stretch.finish(ahead, within);
        let events = stretch.moves.partition_point(|it| it.event.is_some());
        let day = Stretch { moves: &stretch.moves[..events], ..*stretch };
        let mut to: SmallVec<[Cost; 8]> = SmallVec::from_slice(within);
        for status in (0..self.rows.len() as u8).map(StatusId) {
            let place = status.0 as usize;
            if let Some(row) = &mut self.rows[place] {
                row.day[at] = day.broken(status);
            }
            let lapses = day.machine.terms.as_ref().map_or(LASTING, |it| it.lapse(at, status));
            to[place] = self.within(at, status, lapses).unwrap_or(within[place]);
        }
        day.one_day(within, &to, enter);
        let all = day.lost(|_| false);
        let after = |it: &Move| to[it.to.0 as usize] + day.lost(|part| day.meets(*it, part)) + day.cost(*it);
        let least = |moves: &[Move], from: usize| {
            moves.iter().filter(|it| it.from.0 as usize == from).map(after).min().unwrap_or(Cost::NEVER)
        };
        let (events, lapses) = stretch.moves.split_at(events);
        for (status, row) in self.rows.iter_mut().enumerate() {
            if let Some(row) = row {
                row.enter(at, row.day[at] + all, (least(events, status), least(lapses, status)));
            }
        }
        to
    }

    /// What is to come after the first stretch for a status that outlasts it: it can lapse on several days.
    fn outlasting(&self, at: usize, machine: &Machine, ahead: &[Cost]) -> SmallVec<[Cost; 8]> {
        let mut outlasting = SmallVec::from_slice(ahead);
        if at == self.last || at > 0 {
            return outlasting;
        }
        for status in machine.axis.slots[0].allowed.iter() {
            if machine.lifecycle().status(status).term.is_some() {
                let lasting = ahead[status.0 as usize];
                let lapses = machine.pending(status, status);
                let all = lapses.iter().map(|it| self.enter(1, status, *it).unwrap_or(lasting));
                outlasting[status.0 as usize] = all.min().unwrap_or(lasting);
            }
        }
        outlasting
    }
}

/// Finds the least of neighbours.
struct Tree {
    /// Of each node the least of its two children; the leaves are the second half.
    nodes: Vec<i64>,
}

impl Tree {
    fn of(leaves: usize) -> Tree {
        Tree { nodes: vec![NEVER; 2 * leaves] }
    }

    fn set(&mut self, leaf: usize, value: i64) {
        let mut node = leaf + self.nodes.len() / 2;
        self.nodes[node] = value;
        while node > 1 {
            node /= 2;
            self.nodes[node] = self.nodes[2 * node].min(self.nodes[2 * node + 1]);
        }
    }

    /// Of the leaves from one to another, both taken in.
    fn least(&self, first: usize, last: usize) -> i64 {
        let leaves = self.nodes.len() / 2;
        let (mut from, mut to) = (first + leaves, last.min(leaves - 1) + leaves + 1);
        let mut least = NEVER;
        while from < to {
            if from % 2 == 1 {
                least = least.min(self.nodes[from]);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                least = least.min(self.nodes[to]);
            }
            (from, to) = (from / 2, to / 2);
        }
        least
    }
}
