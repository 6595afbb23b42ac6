//! A lane for the commonest pairs: few claims, each of one part, and rule 1 can be told from their windows alone.
//!
//! Then a history's past is its status and which of the open demands it has met, so states are two words, and nothing
//! has to be remembered of what was met when. What the lane does not take, and what it cannot decide, goes the usual
//! way; without it everything works as before. `docs/inference.md` says why both come to the same.

mod ahead;
mod changes;
mod plan;
mod reports;
mod row;
mod walk;

use std::cell::RefCell;

use smallvec::SmallVec;

use crate::lifecycle::Deed;

use super::bound::Cost;
use super::few::{self, Sets};
use super::histories::Failure;
use super::machine::How;
use super::state::{Deeds, bits};
use super::telling::Solution;
use super::{Part, Problem};
use ahead::Ahead;
use changes::{Changes, Move};
use plan::{Plan, Slot};
use row::Row;
use walk::Walk;

/// It is not for the lane to say.
struct Unknown;

thread_local! {
    /// Nothing of one pair is left for the next but the room that it took.
    static ROOM: RefCell<Room> = RefCell::default();
}

/// The simplest histories of all repairs, as `histories::solve` finds them; `None` where that has to.
pub(super) fn solve(problem: &Problem, forced: Option<usize>) -> Option<Result<Solution, Failure>> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, every(problem.claims.len())?, changes)?;
        if forced.is_none()
            && let Some(row) = desk.row(&lane, 0).ok()?
        {
            return Some(Ok(row::solution(vec![(0, row)])));
        }
        repairs(&lane, forced, desk)
    })
}

/// Those of all repairs, of which none keeps all claims.
fn repairs(lane: &Lane, forced: Option<usize>, desk: &mut Desk) -> Option<Result<Solution, Failure>> {
    let claims = &lane.problem.claims;
    if claims.len() > few::CLAIMS || claims.iter().any(|it| it.trust == 0) {
        return None;
    }
    let mut sets = Sets::of(lane.problem, |it| forced != Some(it));
    let (mut least, mut rows) = (None, Vec::new());
    for _ in 0..few::TRIES {
        let Some((loss, set)) = sets.next().filter(|it| least.is_none_or(|least| it.0 == least)) else {
            let none = rows.is_empty();
            return Some(if none { Err(Failure::Unsatisfiable) } else { Ok(row::solution(rows)) });
        };
        if let Some(row) = desk.row(lane, u64::from(set)).ok()? {
            least = Some(loss);
            rows.push((u64::from(set), row));
        }
    }
    None
}

/// Whether some history satisfies these claims, with rule 1 or without; `None` where others have to say.
pub(super) fn satisfiable(problem: &Problem, claims: &[usize], repeats_forbidden: bool) -> Option<bool> {
    every(problem.claims.len())?;
    let kept = claims.iter().fold(0, |all, it| all | 1 << it);
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, kept, changes)?;
        desk.satisfies(&lane, kept, repeats_forbidden).ok()
    })
}

/// A problem that the lane takes.
struct Lane<'p> {
    problem: &'p Problem<'p>,
    changes: &'p Changes,
    /// The claims, by the first day of their windows.
    order: SmallVec<[u8; 16]>,
}

impl<'p> Lane<'p> {
    /// Where only these claims are looked at.
    fn of(problem: &'p Problem<'p>, claims: u64, changes: &'p mut Changes) -> Option<Lane<'p>> {
        let lifecycle = problem.lifecycle;
        if lifecycle.terms().next().is_some() {
            return None;
        }
        let mut reported = Deeds::default();
        for claim in bits(claims) {
            match problem.claims[claim as usize].parts[..] {
                [Part::Event { event, .. }] => reported.insert(Deed::Event(event)),
                [Part::Always { .. } | Part::Sometime { .. }] => {}
                _ => return None,
            }
        }
        let ordered = |it: &Vec<Deed>| it.iter().filter(|it| reported.contains(**it)).count() > 1;
        if lifecycle.orders.iter().any(ordered) {
            return None;
        }
        let first_day = |it: &u8| problem.claims[*it as usize].parts[0].window().earliest;
        let mut order: SmallVec<[u8; 16]> = bits(claims).collect();
        order.sort_by_key(first_day);
        changes.renew(lifecycle, problem.inside);
        Some(Lane { problem, changes, order })
    }

    /// As bits.
    fn claims(&self) -> u64 {
        self.order.iter().fold(0, |all, it| all | 1 << it)
    }

    /// What a change costs.
    fn cost(&self, slot: &Slot, it: &Move) -> Cost {
        let inside = self.problem.inside;
        let ends = slot.ending && inside.contains(it.from) && !inside.contains(it.to);
        let reported = it.events & slot.reported != 0 || ends;
        Cost::of_change(if reported { How::Reported } else { How::Assumed })
    }
}

#[derive(Default)]
struct Room {
    changes: Changes,
    desk: Desk,
}

/// Where a set of claims is tried.
#[derive(Default)]
struct Desk {
    plan: Plan,
    ahead: Ahead,
    walk: Walk,
}

impl Desk {
    /// What the simplest histories without these claims say of each day, if there is any.
    fn row(&mut self, lane: &Lane, left_out: u64) -> Result<Option<Row>, Unknown> {
        let kept = lane.claims() & !left_out;
        if !self.plan.draw(lane, kept, true)? {
            return Ok(None);
        }
        self.ahead.look(lane, &self.plan);
        let least = self.least(lane)?;
        Ok(least.map(|least| self.walk.back(lane, &self.plan, least)))
    }

    fn satisfies(&mut self, lane: &Lane, kept: u64, repeats_forbidden: bool) -> Result<bool, Unknown> {
        if !self.plan.draw(lane, kept, repeats_forbidden)? {
            return Ok(false);
        }
        let exact = self.ahead.look(lane, &self.plan);
        Ok(if exact { self.ahead.least() < Cost::NEVER } else { self.least(lane)?.is_some() })
    }

    /// The least cost of a history. Nearly always it is what the bound says.
    fn least(&mut self, lane: &Lane) -> Result<Option<Cost>, Unknown> {
        let least = self.ahead.least();
        if least == Cost::NEVER {
            return Ok(None);
        }
        let any = Cost(Cost::NEVER.0 - 1);
        for most in [least, any] {
            let found = self.walk.forward(lane, (&self.plan, &self.ahead), most)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

/// So many claims, as bits, where there are bits for them.
fn every(count: usize) -> Option<u64> {
    match count {
        0..64 => Some((1 << count) - 1),
        64 => Some(u64::MAX),
        _ => None,
    }
}
