//! Rule 1, no event twice for nothing, as far as it can be told from the windows of claims alone.

use crate::date::Window;
use crate::lifecycle::{EventId, StatusId};

use super::machine::Machine;
use super::{Part, Problem};

/// Two reports of one event.
pub(super) struct Repeat {
    /// Where the event leads.
    target: StatusId,
    /// They cannot be of one day.
    apart: bool,
    /// The days that can lie strictly between them.
    between: Window,
}

impl Repeat {
    /// Whether a part can show the party elsewhere between the two reports.
    pub(super) fn is_settled_by(&self, problem: &Problem, part: &Part) -> bool {
        let elsewhere = match *part {
            Part::Event { event, .. } => problem.lifecycle.event(event).to != self.target,
            Part::Always { statuses, .. } | Part::Sometime { statuses, .. } => {
                !statuses.contains(self.target)
            }
            _ => false,
        };
        // What an event leads to may lapse between them.
        let lapses = match *part {
            Part::Event { event, window } => {
                let to = problem.lifecycle.event(event).to;
                let term = problem.lifecycle.status(to).term;
                let in_time = term.is_some_and(|it| it.length.after(window.earliest) <= self.between.latest);
                in_time && problem.lifecycle.lapsing(to).any(|it| it != self.target)
            }
            _ => false,
        };
        lapses || elsewhere && !part.window().intersect(self.between).is_empty()
    }
}

/// The reports of one event among some claims, two by two.
pub(super) fn repeats(problem: &Problem, among: impl Fn(usize) -> bool) -> Vec<Repeat> {
    let mut reports: Vec<(EventId, Window)> = Vec::new();
    let mut repeats = Vec::new();
    for (_, said) in problem.claims.iter().enumerate().filter(|it| among(it.0)) {
        for part in &said.parts {
            let Part::Event { event, window } = *part else { continue };
            for &(_, other) in reports.iter().filter(|it| it.0 == event) {
                let all = Window::new(window.earliest.min(other.earliest), window.latest.max(other.latest));
                repeats.push(Repeat {
                    target: problem.lifecycle.event(event).to,
                    apart: window.intersect(other).is_empty(),
                    between: Window::new(all.earliest.next(), all.latest.previous()),
                });
            }
            reports.push((event, window));
        }
    }
    repeats
}

impl Machine<'_> {
    /// Two reports of one event, and nothing that could show the party elsewhere between them: if all claims have to hold,
    /// no history satisfies them. False of more claims than are worth a look.
    pub(super) fn has_to_repeat(&self) -> bool {
        const CLAIMS: usize = 32;
        let problem = self.problem;
        if !self.repeats_forbidden || problem.claims.len() > CLAIMS {
            return false;
        }
        let counts = |it: usize| !self.left_out.contains(&it);
        let kept = problem.claims.iter().enumerate().filter(|it| counts(it.0));
        let parts = || kept.clone().flat_map(|it| &it.1.parts);
        let settled = |it: &Repeat| parts().any(|part| it.is_settled_by(problem, part));
        repeats(problem, counts).iter().any(|it| it.apart && !settled(it))
    }
}
