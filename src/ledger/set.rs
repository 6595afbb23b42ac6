//! Sets of parties, with every name looked up.

use super::BlocId;
use crate::date::Window;
use crate::lifecycle::StatusSet;

/// Statuses in a bloc, on the days of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    pub bloc: BlocId,
    pub statuses: StatusSet,
    pub window: Window,
}

/// A set of parties.
#[derive(Clone, Debug, PartialEq)]
pub enum Set {
    Of(Wanted),
    Not(Box<Set>),
    All(Vec<Set>),
    Any(Vec<Set>),
}

impl Set {
    /// What it is put together from, from left to right.
    pub fn terms(&self) -> Vec<Wanted> {
        match self {
            Set::Of(wanted) => vec![*wanted],
            Set::Not(set) => set.terms(),
            Set::All(sets) | Set::Any(sets) => sets.iter().flat_map(Set::terms).collect(),
        }
    }

    /// The same on other days.
    #[must_use]
    pub fn within(self, window: Window) -> Set {
        let all = |sets: Vec<Set>| sets.into_iter().map(|it| it.within(window)).collect();
        match self {
            Set::Of(wanted) => Set::Of(Wanted { window, ..wanted }),
            Set::Not(set) => Set::Not(Box::new(set.within(window))),
            Set::All(sets) => Set::All(all(sets)),
            Set::Any(sets) => Set::Any(all(sets)),
        }
    }

    /// The window of all its terms, if they have the same.
    pub fn window(&self) -> Option<Window> {
        let terms = self.terms();
        terms.iter().all(|it| it.window == terms[0].window).then(|| terms[0].window)
    }
}
