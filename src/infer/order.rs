//! Acts, which are done once and change no status, and the orders that deeds come in.

use crate::lifecycle::{ActId, Deed};

use super::Part;
use super::state::{MET, Machine, Standing, State, Step};

impl Machine<'_> {
    /// Each choice of acts that can be done on a day like this one.
    pub(super) fn act(&self, at: usize, before: &State, mut steps: Vec<Step>) -> Vec<Step> {
        for deed in &self.ordered {
            let Deed::Act(act) = *deed else { continue };
            let doing: Vec<Step> = steps.iter().filter_map(|it| self.do_act(at, before, it, act)).collect();
            steps.extend(doing);
        }
        steps
    }

    fn do_act(&self, at: usize, before: &State, step: &Step, act: ActId) -> Option<Step> {
        let deed = Deed::Act(act);
        if before.done.contains(&deed) || !self.in_order(before, deed) {
            return None;
        }
        let claims = self.axis.stretches[at].active.iter();
        let mut done: Option<Step> = None;
        for active in claims.filter(|it| matches!(it.part, Part::Act { act: of, .. } if of == act)) {
            if step.state.standing(active.slot) != Standing::Dropped {
                let state = &mut done.get_or_insert_with(|| step.clone()).state;
                state.advance(active.slot, active.place, MET);
            }
        }
        let mut done = done?;
        self.remember(&mut done.state, deed);
        Some(done)
    }

    /// Whether a deed may be done after all that was done on the days before.
    ///
    /// Of two deeds in an order, the first may not come after the second, unless the second can come again: an event
    /// since which something reported has shown the party elsewhere, or an act before which the first came too.
    pub(super) fn in_order(&self, before: &State, deed: Deed) -> bool {
        if !self.orders_hold {
            return true;
        }
        let may_follow = |later: &Deed| match *later {
            Deed::Event(event) => before.met[self.watch(event)] == 0,
            Deed::Act(_) => matches!(deed, Deed::Event(_)) && before.done.contains(&deed),
        };
        self.lifecycle().orders.iter().all(|order| {
            let Some(place) = order.iter().position(|it| *it == deed) else { return true };
            order[place + 1..].iter().all(|it| !before.done.contains(it) || may_follow(it))
        })
    }

    pub(super) fn remember(&self, state: &mut State, deed: Deed) {
        if self.ordered.contains(&deed)
            && let Err(place) = state.done.binary_search(&deed)
        {
            state.done.insert(place, deed);
        }
    }
}
