//! What the simplest histories come to: of a pair the spells, how sure they are and what they rest on, and of a set of
//! parties the days on which one is in it.

mod formula;
mod set;
mod spell;

use crate::date::{Day, Window};

pub(crate) use formula::{Formula, Term, Truth};
pub(crate) use set::{Judging, Subject, candidates};
pub(crate) use spell::{grounds, last_evidence, settled, spells, turns, verdict};

/// Days cut where something begins on one of them.
pub(crate) fn cut(begins: impl Iterator<Item = Day>, whole: Window) -> Vec<Window> {
    let mut begins: Vec<Day> = begins.chain([whole.earliest]).filter(|it| whole.contains(*it)).collect();
    begins.sort_unstable();
    begins.dedup();
    let end = |place: usize| begins.get(place + 1).map_or(whole.latest, |it| it.previous());
    begins.iter().enumerate().map(|(place, from)| Window::new(*from, end(place))).collect()
}
