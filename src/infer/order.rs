//! Acts, which are done once and change no status, and the orders that deeds come in.

use crate::lifecycle::{ActId, Deed};

use super::Part;
use super::axis::Active;
use super::machine::{Machine, Step};
use super::state::{MET, State};

impl Machine<'_> {
    /// Each choice of acts that can be done on a day like this one.
    pub(super) fn act(&self, at: usize, before: &State, steps: &mut Vec<Step>) {
        for deed in &self.acts {
            let Deed::Act(act) = *deed else { continue };
            let reports = |it: &Active| matches!(it.part, Part::Act { act: of, .. } if of == act);
            if !self.axis.active(at).iter().any(reports) {
                continue;
            }
            for place in 0..steps.len() {
                let done = self.do_act(at, before, &steps[place], act);
                steps.extend(done);
            }
        }
    }

    fn do_act(&self, at: usize, before: &State, step: &Step, act: ActId) -> Option<Step> {
        let deed = Deed::Act(act);
        if before.done.contains(deed) || !self.in_order(before, deed) {
            return None;
        }
        let claims = self.axis.active(at).iter();
        let mut done: Option<Step> = None;
        for active in claims.filter(|it| matches!(it.part, Part::Act { act: of, .. } if of == act)) {
            if !step.state.is_dropped(active.slot) {
                done.get_or_insert_with(|| step.clone()).state.advance(active, MET);
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
        if !self.orders_hold || before.done.is_empty() {
            return true;
        }
        let may_follow = |later: Deed| match later {
            Deed::Event(event) => before.met[self.watch(event)] == 0,
            Deed::Act(_) => matches!(deed, Deed::Event(_)) && before.done.contains(deed),
        };
        self.lifecycle().orders.iter().all(|order| {
            let Some(place) = order.iter().position(|it| *it == deed) else { return true };
            order[place + 1..].iter().all(|it| !before.done.contains(*it) || may_follow(*it))
        })
    }
}
