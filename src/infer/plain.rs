//! A lane for the commonest pairs: few claims, each of one part, and rule 1 can be told from their windows alone.
//!
//! Then a history's past is its status and which of the open demands it has met, so states are two words, and nothing
//! has to be remembered of what was met when. What the lane does not take, and what it cannot decide, goes the usual
//! way; without it everything works as before. `docs/inference.md` says why both come to the same.

mod ahead;
mod plan;
mod reports;
mod row;
mod walk;

use smallvec::SmallVec;

use crate::lifecycle::{Deed, EventId, Lifecycle, StatusId};

use super::bound::Cost;
use super::few::{self, Sets};
use super::histories::Failure;
use super::machine::How;
use super::state::{Deeds, bits};
use super::telling::Solution;
use super::{Part, Problem};
use ahead::Ahead;
use plan::{Plan, Slot};
use row::Row;
use walk::Walk;

/// It is not for the lane to say.
struct Unknown;

/// The simplest histories of all repairs, as `histories::solve` finds them; `None` where that has to.
pub(super) fn solve(problem: &Problem, forced: Option<usize>) -> Option<Result<Solution, Failure>> {
    let lane = Lane::of(problem, every(problem.claims.len())?)?;
    let mut room = Room::default();
    if forced.is_none()
        && let Some(row) = room.row(&lane, 0).ok()?
    {
        return Some(Ok(row::solution(vec![(0, row)])));
    }
    if problem.claims.len() > few::CLAIMS || problem.claims.iter().any(|it| it.trust == 0) {
        return None;
    }
    let mut sets = Sets::of(problem, |it| forced != Some(it));
    let (mut least, mut rows) = (None, Vec::new());
    for _ in 0..few::TRIES {
        let Some((loss, set)) = sets.next().filter(|it| least.is_none_or(|least| it.0 == least)) else {
            let none = rows.is_empty();
            return Some(if none { Err(Failure::Unsatisfiable) } else { Ok(row::solution(rows)) });
        };
        if let Some(row) = room.row(&lane, u64::from(set)).ok()? {
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
    let lane = Lane::of(problem, kept)?;
    Room::default().satisfies(&lane, kept, repeats_forbidden).ok()
}

/// A problem that the lane takes.
struct Lane<'p> {
    problem: &'p Problem<'p>,
    moves: Moves,
    /// The claims, by the first day of their windows.
    order: SmallVec<[u8; 16]>,
}

impl<'p> Lane<'p> {
    /// Where only these claims are looked at.
    fn of(problem: &'p Problem<'p>, claims: u64) -> Option<Lane<'p>> {
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
        Some(Lane { problem, moves: moves(lifecycle), order })
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

/// Room to try a set of claims in, used again for the next one.
#[derive(Default)]
struct Room {
    plan: Plan,
    ahead: Ahead,
    walk: Walk,
}

impl Room {
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

/// A change that some events allow.
struct Move {
    from: StatusId,
    to: StatusId,
    /// As bits.
    events: u64,
}

type Moves = SmallVec<[Move; 16]>;

fn moves(lifecycle: &Lifecycle) -> Moves {
    let mut moves = Moves::new();
    for (event, it) in (0..).map(EventId).zip(&lifecycle.events) {
        for from in bits(it.from.0).map(StatusId).filter(|from| *from != it.to) {
            match moves.iter_mut().find(|known| (known.from, known.to) == (from, it.to)) {
                Some(known) => known.events |= 1 << event.0,
                None => moves.push(Move { from, to: it.to, events: 1 << event.0 }),
            }
        }
    }
    moves
}
