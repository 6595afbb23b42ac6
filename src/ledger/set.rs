//! Sets of parties, with every name looked up.

use serde::{Deserialize, Serialize};

use super::{BlocId, PartyId};
use crate::date::Window;
use crate::lifecycle::StatusSet;

/// Statuses in a bloc, on the days of a window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    pub bloc: BlocId,
    pub statuses: StatusSet,
    pub window: Window,
}

/// A term of a set: somebody has one of the statuses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Whoever is asked about, where nobody is named.
    pub who: Option<PartyId>,
    pub wanted: Wanted,
    /// Of a day it is said if it holds on that day, or on one of so many days before it.
    pub before: u32,
}

impl From<Wanted> for Condition {
    fn from(wanted: Wanted) -> Condition {
        Condition { who: None, wanted, before: 0 }
    }
}

/// A set of parties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Set {
    Of(Condition),
    Not(Box<Set>),
    All(Vec<Set>),
    Any(Vec<Set>),
}

impl Set {
    /// What it is put together from, from left to right.
    pub fn terms(&self) -> Vec<Condition> {
        match self {
            Set::Of(condition) => vec![*condition],
            Set::Not(set) => set.terms(),
            Set::All(sets) | Set::Any(sets) => sets.iter().flat_map(Set::terms).collect(),
        }
    }

    /// The same on other days.
    #[must_use]
    pub fn within(self, window: Window) -> Set {
        let all = |sets: Vec<Set>| sets.into_iter().map(|it| it.within(window)).collect();
        match self {
            Set::Of(it) => Set::Of(Condition { wanted: Wanted { window, ..it.wanted }, ..it }),
            Set::Not(set) => Set::Not(Box::new(set.within(window))),
            Set::All(sets) => Set::All(all(sets)),
            Set::Any(sets) => Set::Any(all(sets)),
        }
    }

    /// The window of all its terms, if they have the same.
    pub fn window(&self) -> Option<Window> {
        let terms = self.terms();
        let first = terms.first()?.wanted.window;
        terms.iter().all(|it| it.wanted.window == first).then_some(first)
    }
}
