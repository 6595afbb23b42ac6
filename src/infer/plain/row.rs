//! What the simplest histories of a repair say of each day, and what those of all repairs have in common.

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{StatusId, StatusSet};

use super::super::hitting::Set;
use super::super::telling::{Solution, gather, push};
use super::super::{Change, Stretch};
use super::plan::Slot;

/// One repair: what its simplest histories say.
#[derive(Default)]
pub(super) struct Row {
    /// All of time, one day after the other.
    pub(super) cells: Vec<Cell>,
    pub(super) changes: Vec<Change>,
}

/// Days on which they say the same.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    from: Day,
    statuses: StatusSet,
    /// A claim says so of these very days.
    attested: bool,
}

impl Row {
    /// Adds the days of a stretch, the last ones first.
    pub(super) fn tell(&mut self, slot: &Slot, holds: &[(Window, StatusId)]) {
        let window = slot.window;
        if holds.iter().all(|it| it.0 == window) {
            let statuses = holds.iter().map(|it| it.1).collect();
            self.cell(slot, window.earliest, statuses);
            return;
        }
        let mut edges: SmallVec<[Day; 16]> = SmallVec::new();
        edges.push(window.earliest);
        for (it, _) in holds {
            edges.extend([it.earliest, it.latest.next()]);
        }
        edges.retain(|it| window.contains(*it));
        edges.sort_unstable();
        edges.dedup();
        for from in edges.into_iter().rev() {
            let statuses = holds.iter().filter(|it| it.0.contains(from)).map(|it| it.1).collect();
            self.cell(slot, from, statuses);
        }
    }

    fn cell(&mut self, slot: &Slot, from: Day, statuses: StatusSet) {
        let attested = statuses.len() == 1 && statuses.is_subset(slot.attested);
        self.cells.push(Cell { from, statuses, attested });
    }
}

/// What all repairs say, if anything, each with the claims that it leaves out.
pub(super) fn solution(mut rows: Vec<(Set, Row)>) -> Solution {
    if let [(left_out, row)] = &mut rows[..] {
        return alone(left_out, std::mem::take(row));
    }
    // Of equally good repairs the first is the one that keeps the earlier claims.
    rows.sort_by(|a, b| b.0.cmp(&a.0));
    let changes = rows.iter_mut().flat_map(|it| std::mem::take(&mut it.1.changes)).collect();
    let mut some: Vec<u32> = rows.iter().flat_map(|it| it.0.iter().copied()).collect();
    some.sort_unstable();
    some.dedup();
    let every = |it: &u32| rows.iter().all(|(left_out, _)| left_out.contains(it));
    let (overruled, contested): (Vec<u32>, Vec<u32>) = some.into_iter().partition(every);
    let (overruled, contested) = (places(&overruled), places(&contested));
    let left_out = places(&rows[0].0);
    let rows: SmallVec<[&[Cell]; 4]> = rows.iter().map(|it| &it.1.cells[..]).collect();
    let is_told = rows.iter().all(|it| !it.is_empty());
    Solution {
        stretches: if is_told { stretches(&rows) } else { Vec::new() },
        changes: gather(changes),
        contested,
        overruled,
        left_out,
    }
}

/// What one repair says.
pub(super) fn alone(left_out: &[u32], row: Row) -> Solution {
    let left_out = places(left_out);
    Solution {
        stretches: stretches_of_one(&row.cells),
        changes: gather(row.changes),
        contested: Vec::new(),
        overruled: left_out.clone(),
        left_out,
    }
}

fn places(claims: &[u32]) -> Vec<usize> {
    claims.iter().map(|it| *it as usize).collect()
}

/// What one row says of each day.
fn stretches_of_one(cells: &[Cell]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::with_capacity(cells.len());
    for it in cells {
        match stretches.last_mut() {
            Some(last) if (last.status, last.attested) == (it.statuses, it.attested) => {}
            last => {
                if let Some(last) = last {
                    last.window.latest = it.from.previous();
                }
                stretches.push(Stretch {
                    window: Window::new(it.from, Day::DUSK),
                    status: it.statuses,
                    otherwise: StatusSet::EMPTY,
                    heard: Vec::new(),
                    possible: it.statuses.len() > 1,
                    disputed: false,
                    attested: it.attested,
                });
            }
        }
    }
    stretches
}

/// What several rows say of each day.
fn stretches(rows: &[&[Cell]]) -> Vec<Stretch> {
    let mut at: SmallVec<[usize; 4]> = rows.iter().map(|_| 0).collect();
    let mut stretches = Vec::with_capacity(rows[0].len());
    let mut from = Day::DAWN;
    loop {
        let cells: SmallVec<[Cell; 4]> = rows.iter().zip(&at).map(|(row, at)| row[*at]).collect();
        let next = rows.iter().zip(&at).filter_map(|(row, at)| row.get(at + 1)).map(|it| it.from).min();
        let status = cells.iter().fold(StatusSet::EMPTY, |all, it| all.union(it.statuses));
        let stretch = Stretch {
            window: Window::new(from, next.map_or(Day::DUSK, Day::previous)),
            status,
            otherwise: StatusSet::EMPTY,
            heard: Vec::new(),
            possible: cells.iter().any(|it| it.statuses.len() > 1),
            disputed: cells.iter().any(|it| it.statuses != cells[0].statuses),
            attested: status.len() == 1 && cells.iter().all(|it| it.attested),
        };
        push(&mut stretches, stretch);
        let Some(next) = next else { return stretches };
        from = next;
        for (row, at) in rows.iter().zip(&mut at) {
            *at += usize::from(row.get(*at + 1).is_some_and(|it| it.from == next));
        }
    }
}
