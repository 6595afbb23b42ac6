//! What the simplest histories of a repair say of each day, and what those of all repairs have in common.

use smallvec::SmallVec;

use crate::date::{Day, Window};
use crate::lifecycle::{StatusId, StatusSet};

use super::super::state::bits;
use super::super::telling::{Solution, gather, is_one_side, push};
use super::super::{Change, Part, Problem, Stretch};
use super::plan::{Plan, Slot};

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
    pub(super) fn tell(&mut self, problem: &Problem, plan: &Plan, slot: &Slot, holds: &[(Window, StatusId)]) {
        let window = slot.window;
        if holds.iter().all(|it| it.0 == window) {
            let statuses = holds.iter().map(|it| it.1).collect();
            self.cell(problem, plan, slot, window.earliest, statuses);
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
            self.cell(problem, plan, slot, from, statuses);
        }
    }

    fn cell(&mut self, problem: &Problem, plan: &Plan, slot: &Slot, from: Day, statuses: StatusSet) {
        let attested = statuses.len() == 1 && plan.attests(problem, slot, statuses);
        self.cells.push(Cell { from, statuses, attested });
    }
}

impl Plan {
    /// Some claim says of every day of the stretch this very status, or the side that it is on.
    fn attests(&self, problem: &Problem, slot: &Slot, status: StatusSet) -> bool {
        bits(self.kept).map(|it| &problem.claims[it as usize]).any(|claim| {
            let says = match claim.parts[0] {
                Part::Always { statuses, window } => {
                    window.contains(slot.window.earliest)
                        && status.is_subset(statuses)
                        && is_one_side(problem, statuses)
                }
                Part::Event { event, window } => {
                    window == slot.window
                        && window.is_day()
                        && StatusSet::of(problem.lifecycle.event(event).to) == status
                }
                _ => false,
            };
            says && claim.said
        })
    }
}

/// What all repairs say, each with the claims that it leaves out, as bits.
pub(super) fn solution(mut rows: Vec<(u64, Row)>) -> Solution {
    // Of equally good repairs the first is the one that keeps the earlier claims.
    rows.sort_by_cached_key(|it| std::cmp::Reverse(bits(it.0).collect::<Vec<u8>>()));
    let changes = rows.iter_mut().flat_map(|it| std::mem::take(&mut it.1.changes)).collect();
    let some = rows.iter().fold(0, |all, it| all | it.0);
    let every = rows.iter().fold(u64::MAX, |all, it| all & it.0);
    let claims = |of: u64| bits(of).map(usize::from).collect();
    let left_out = claims(rows[0].0);
    let rows: SmallVec<[&[Cell]; 4]> = rows.iter().map(|it| &it.1.cells[..]).collect();
    Solution {
        stretches: stretches(&rows),
        changes: gather(changes),
        contested: claims(some & !every),
        overruled: claims(every),
        left_out,
    }
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
