//! A lane for the commonest pairs: each claim has one part, and no terms or orders matter.
//!
//! Rule 1 is mostly told from the windows of claims alone; where it is not, a state has a bit for each event that it has to
//! be watched for. Then a history's past is its status and which of the open demands it has met, so states are two words.
//! For a check, `table` keeps what stretches do to histories. What the lane does not take, and what it cannot decide, goes the
//! usual way; without it everything works as before.
//! `docs/inference.md` says why both come to the same.

mod ahead;
mod changes;
mod conflict;
mod plan;
mod reports;
mod row;
mod table;
mod walk;
mod ways;

use std::cell::RefCell;

use smallvec::SmallVec;

use crate::date::Day;
use crate::lifecycle::{Deed, Lifecycle};

use super::bound::Cost;
use super::few::TRIES;
use super::histories::Failure;
use super::hitting::{Conflicts, HittingSets};
use super::machine::How;
use super::state::Deeds;
use super::telling::Solution;
use super::{Histories, Part, Problem};
use ahead::Ahead;
use changes::{Changes, Move};
use plan::{Plan, Slot};
use row::Row;
use table::Tables;
use walk::Walk;
use ways::{Way, Ways};

/// It is not for the lane to say.
struct Unknown;

/// Of a pair with more claims the usual way is as good.
const CLAIMS: usize = 1024;

thread_local! {
    /// Nothing of one pair is left for the next but the room that it took.
    static ROOM: RefCell<Room> = RefCell::default();
}

/// What is wanted of the simplest histories, if all claims fit: trust has no say in that. Else one conflict more is known,
/// where the lane can tell.
pub(super) fn fit(problem: &Problem, conflicts: &mut Conflicts, wanted: Histories) -> Option<Solution> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, 0..problem.claims.len() as u32, changes)?;
        if let Some(row) = desk.row(&lane, &[], told(wanted, true)).ok()? {
            return Some(row::alone(&[], row));
        }
        let conflict = desk.conflict(&lane, &[], conflicts).ok()?;
        conflicts.add(conflict);
        None
    })
}

/// The repairs, and their simplest histories where these are wanted, as `histories::solve` finds them; `None` where that
/// has to.
pub(super) fn solve(
    problem: &Problem,
    forced: Option<usize>,
    conflicts: &mut Conflicts,
    wanted: Histories,
) -> Option<Result<Solution, Failure>> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, 0..problem.claims.len() as u32, changes)?;
        repairs(&lane, HittingSets::of(problem, forced.as_slice(), conflicts), desk, wanted)
    })
}

/// Sets of claims are left out, the least trusted first, until the others fit.
///
/// Since each claim has some trust, no repair's set holds another's.
fn repairs(
    lane: &Lane,
    mut sets: HittingSets,
    desk: &mut Desk,
    wanted: Histories,
) -> Option<Result<Solution, Failure>> {
    if lane.problem.claims.iter().any(|it| it.trust == 0) {
        return None;
    }
    let (mut least, mut rows) = (None, Vec::new());
    for _ in 0..TRIES {
        let Some(node) = sets.next().ok()?.filter(|it| least.is_none_or(|least| it.trust == least)) else {
            let none = rows.is_empty();
            return Some(if none { Err(Failure::Unsatisfiable) } else { Ok(row::solution(rows)) });
        };
        if let Some(row) = desk.row(lane, &node.set, told(wanted, node.set.is_empty())).ok()? {
            least = Some(node.trust);
            rows.push((node.set, row));
        } else if least.is_none() {
            let conflict = desk.conflict(lane, &node.set, sets.conflicts).ok()?;
            sets.insert(conflict, node);
        }
    }
    None
}

/// Whether some history satisfies these claims, with rule 1 or without; `None` where others have to say.
pub(super) fn satisfiable(problem: &Problem, claims: &[usize], repeats_forbidden: bool) -> Option<bool> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, claims.iter().map(|it| *it as u32), changes)?;
        let claims = Claims { kept: &lane.order, among: &lane.order };
        desk.satisfies(&lane, claims, repeats_forbidden).ok()
    })
}

/// Whether no history satisfies these claims, even if any others of the problem show the party elsewhere wherever they
/// could; `None` where others have to say.
pub(super) fn hopeless(problem: &Problem, claims: &[usize]) -> Option<bool> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, 0..problem.claims.len() as u32, changes)?;
        let kept: Listed = lane.order.iter().copied().filter(|it| claims.contains(&(*it as usize))).collect();
        desk.satisfies(&lane, Claims { kept: &kept, among: &lane.order }, true).ok().map(|it| !it)
    })
}

/// Whether some history satisfies these claims together, and whatever others of the problem it takes to that end; `None`
/// where others have to say.
pub(super) fn fits(problem: &Problem, claims: &[usize], conflicts: &mut Conflicts) -> Option<bool> {
    ROOM.with_borrow_mut(|Room { changes, desk }| {
        let lane = Lane::of(problem, 0..problem.claims.len() as u32, changes)?;
        let mut sets = HittingSets::of(problem, claims, conflicts);
        for _ in 0..TRIES {
            let Some(node) = sets.next().ok()? else { return Some(false) };
            let kept = lane.without(&node.set);
            if desk.satisfies(&lane, Claims { kept: &kept, among: &kept }, true).ok()? {
                return Some(true);
            }
            let conflict = desk.conflict(&lane, &node.set, sets.conflicts).ok()?;
            sets.insert(conflict, node);
        }
        None
    })
}

/// A problem that the lane takes.
struct Lane<'p> {
    problem: &'p Problem<'p>,
    changes: &'p Changes,
    /// The claims, by the first day of their windows.
    order: Listed,
}

/// Claims, by place.
type Listed = SmallVec<[u32; 16]>;

/// What a history has to satisfy, in the order of a lane.
#[derive(Clone, Copy)]
struct Claims<'a> {
    kept: &'a [u32],
    /// They and others, of which it may satisfy any to show the party elsewhere.
    among: &'a [u32],
}

impl<'p> Lane<'p> {
    /// Where only these claims are looked at.
    fn of(
        problem: &'p Problem<'p>,
        claims: impl ExactSizeIterator<Item = u32>,
        changes: &'p mut Changes,
    ) -> Option<Lane<'p>> {
        let lifecycle = problem.lifecycle;
        if claims.len() > CLAIMS || lifecycle.terms().next().is_some() {
            return None;
        }
        let mut reported = Deeds::default();
        let mut order = Listed::with_capacity(claims.len());
        for claim in claims {
            match problem.claims[claim as usize].parts[..] {
                [Part::Event { event, .. }] => reported.insert(Deed::Event(event)),
                [Part::Always { .. } | Part::Sometime { .. }] => {}
                _ => return None,
            }
            order.push(claim);
        }
        let ordered = |it: &Vec<Deed>| it.iter().filter(|it| reported.contains(**it)).count() > 1;
        if lifecycle.orders.iter().any(ordered) {
            return None;
        }
        changes.renew(lifecycle, problem.inside);
        let mut lane = Lane { problem, changes, order: Listed::new() };
        lane.sort(&mut order);
        lane.order = order;
        Some(lane)
    }

    /// By the first day of their windows.
    fn sort(&self, claims: &mut [u32]) {
        let keyed = claims.iter().map(|it| (self.part(*it).window().earliest, *it));
        let mut keyed: SmallVec<[(Day, u32); 16]> = keyed.collect();
        keyed.sort_unstable();
        claims.iter_mut().zip(keyed).for_each(|(claim, (_, it))| *claim = it);
    }

    /// All but these.
    fn without(&self, left_out: &[u32]) -> Listed {
        self.order.iter().copied().filter(|it| !left_out.contains(it)).collect()
    }

    /// What a claim says.
    fn part(&self, claim: u32) -> &'p Part {
        &self.problem.claims[claim as usize].parts[0]
    }

    fn parts<'a>(&'a self, claims: &'a [u32]) -> impl Iterator<Item = &'a Part> {
        claims.iter().map(|it| self.part(*it))
    }

    /// What a change costs.
    fn cost(&self, slot: &Slot, it: &Move) -> Cost {
        let inside = self.problem.inside;
        let ends = slot.ending && inside.contains(it.from) && !inside.contains(it.to);
        let reported = it.events & slot.reported != 0 || ends;
        Cost::of_change(if reported { How::Reported } else { How::Assumed })
    }
}

/// What of histories is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Changes,
    /// And what is so on each day.
    Days,
}

/// What is wanted of the histories of a repair.
fn told(wanted: Histories, all_fit: bool) -> Option<Told> {
    match wanted {
        Histories::OfAll => Some(Told::Days),
        Histories::ChangesIfAllFit => all_fit.then_some(Told::Changes),
        Histories::OfNone => None,
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
    ways: Ways,
    ahead: Ahead,
    walk: Walk,
    tables: Tables,
}

impl Desk {
    /// What the simplest histories without these claims say of each day, if there is any; nothing where that is not wanted.
    fn row(&mut self, lane: &Lane, left_out: &[u32], wanted: Option<Told>) -> Result<Option<Row>, Unknown> {
        let fewer: Listed;
        let kept = if left_out.is_empty() {
            &lane.order
        } else {
            fewer = lane.without(left_out);
            &fewer
        };
        let claims = Claims { kept, among: kept };
        let Some(wanted) = wanted else {
            return Ok(self.satisfies(lane, claims, true)?.then(Row::default));
        };
        if !self.plan.draw(lane, claims, true)? {
            return Ok(None);
        }
        if wanted == Told::Changes && self.tables.lead(lane, &self.plan) == Some(true) {
            let changes = self.tables.changes(lane, &self.plan);
            return Ok(Some(Row { changes, ..Row::default() }));
        }
        if self.ways.look(lane, &self.plan) == Way::None {
            return Ok(None);
        }
        let least = self.least(lane)?;
        Ok(least.map(|least| self.walk.back(lane, &self.plan, least)))
    }

    fn satisfies(&mut self, lane: &Lane, claims: Claims, repeats_forbidden: bool) -> Result<bool, Unknown> {
        if !self.plan.draw(lane, claims, repeats_forbidden)? {
            return Ok(false);
        }
        Ok(match self.ways.look(lane, &self.plan) {
            Way::None => false,
            Way::Perhaps => self.ways.lead_if_placed(lane, &self.plan) || self.least(lane)?.is_some(),
            Way::Some => true,
        })
    }

    /// The least cost of a history. Nearly always it is what the bound says.
    fn least(&mut self, lane: &Lane) -> Result<Option<Cost>, Unknown> {
        self.ahead.look(lane, &self.plan);
        let least = self.ahead.least();
        for most in [least, Cost::ANY] {
            let found = self.walk.forward(lane, (&self.plan, &self.ahead), Lifecycle::INITIAL, most)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Of the claims that were tried last, in vain: the first day of the stretch where no way led on.
    fn stuck(&self) -> Day {
        let stretch = if self.ways.lead() { self.walk.stuck() } else { self.ways.stuck() };
        self.plan.slots[stretch].window.earliest
    }
}
