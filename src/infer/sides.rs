//! Which claims stand on which side of a disagreement.

use super::conflict::Search;
use super::fitting::Asked;
use super::hitting::Conflicts;
use super::{Claim, Exceeded, Part, Problem};
use crate::date::Window;

impl Search<'_> {
    /// The sides of a smallest set, whose last claim is left out; `others` are left out too.
    pub(super) fn sides(&self, core: &[usize], others: &[usize]) -> Result<Vec<Vec<usize>>, Exceeded> {
        let mut sides = Vec::new();
        for (place, &member) in core.iter().enumerate() {
            let rest: Vec<usize> = core.iter().copied().filter(|it| *it != member).collect();
            let last = place + 1 == core.len();
            let candidates = if last { others } else { &self.kept };
            let mut side = vec![member];
            // Without others a single claim would stand for any claim that fits no history.
            if !rest.is_empty() {
                let subject = subject(&self.asked.problem.claims[member]);
                let stands = |it: &usize| {
                    !core.contains(it) && self::subject(&self.asked.problem.claims[*it]) == subject
                };
                let candidates = candidates.iter().copied().filter(stands).collect();
                side.extend(self.instead(&rest, candidates)?);
            }
            if last { sides.extend(self.agreeing(&side)?) } else { sides.push(side) }
        }
        Ok(sides)
    }

    /// The candidates each of which does not fit with `rest` either.
    fn instead(&self, rest: &[usize], candidates: Vec<usize>) -> Result<Vec<usize>, Exceeded> {
        let problem = self.asked.problem;
        let (mut instead, mut doubtful) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let set: Vec<usize> = rest.iter().copied().chain([candidate]).collect();
            match self.asked.fit_alone(&set)? {
                it if it.fit => {}
                it if it.hopeless => instead.push(candidate),
                _ => doubtful.push(candidate),
            }
        }
        // By shape, and in time: neighbours are likely to be on the same side.
        let key = |it: &usize| {
            problem.claims[*it].parts.first().map(|it| (it.window().earliest, it.window().latest))
        };
        doubtful.sort_by_key(|it| (key(it), *it));
        while let Some(&first) = doubtful.first() {
            let alike: Vec<usize> =
                doubtful.iter().copied().filter(|it| alike(problem, first, *it)).collect();
            doubtful.retain(|it| !alike.contains(it));
            self.apart(rest, &alike, &mut instead)?;
        }
        instead.sort_unstable();
        Ok(instead)
    }

    /// Of claims alike, those that others do not help to fit with `rest`: all at once, if that can be seen of a claim
    /// that says less than any of them, else each half by itself.
    fn apart(&self, rest: &[usize], claims: &[usize], apart: &mut Vec<usize>) -> Result<(), Exceeded> {
        let weakest = weakest(self.asked.problem, claims);
        let helped = match weakest {
            Some(weakest) => {
                let mut problem = self.asked.problem.clone();
                problem.claims.push(weakest);
                let set: Vec<usize> = rest.iter().copied().chain([problem.claims.len() - 1]).collect();
                Asked::of(&problem, self.asked.effort, Conflicts::default()).fits(&set)?
            }
            None => true,
        };
        match claims {
            _ if !helped => apart.extend(claims),
            [_] => {}
            _ => {
                let (left, right) = claims.split_at(claims.len() / 2);
                self.apart(rest, left, apart)?;
                self.apart(rest, right, apart)?;
            }
        }
        Ok(())
    }

    /// A side, taken apart into claims that agree with each other.
    fn agreeing(&self, side: &[usize]) -> Result<Vec<Vec<usize>>, Exceeded> {
        let mut sides: Vec<(Option<Part>, Vec<usize>)> = Vec::new();
        'claims: for &claim in side {
            let own = deed(&self.asked.problem.claims[claim]);
            for (common, claims) in &mut sides {
                let agrees = if let (Some(common), Some(own)) = (&common, &own) {
                    met_together(common, own).map(Some)
                } else {
                    let both = [claims[0], claim];
                    self.asked.satisfiable(&both)?.then_some(None)
                };
                if let Some(narrowed) = agrees {
                    claims.push(claim);
                    *common = narrowed;
                    continue 'claims;
                }
            }
            sides.push((own, vec![claim]));
        }
        Ok(sides.into_iter().map(|it| it.1).collect())
    }
}

/// What a claim speaks of: a deed of its own, or statuses.
pub(super) fn subject(claim: &Claim) -> Option<Part> {
    deed(claim).map(|it| with_window(it, Window::ALWAYS))
}

/// The event or act that a claim reports, if that is all it does.
fn deed(claim: &Claim) -> Option<Part> {
    match claim.parts[..] {
        [part @ (Part::Event { .. } | Part::Act { .. })] => Some(part),
        _ => None,
    }
}

/// Where two reports can be of one deed: what they say together.
fn met_together(a: &Part, b: &Part) -> Option<Part> {
    let window = a.window().intersect(b.window());
    match (*a, *b) {
        _ if window.is_empty() => None,
        (Part::Event { event, .. }, Part::Event { event: other, .. }) if event == other => {
            Some(Part::Event { event, window })
        }
        (Part::Act { act, .. }, Part::Act { act: other, .. }) if act == other => {
            Some(Part::Act { act, window })
        }
        _ => None,
    }
}

/// Whether two claims differ in their days alone.
fn alike(problem: &Problem, a: usize, b: usize) -> bool {
    let shape = |it: usize| {
        problem.claims[it].parts.iter().map(|it| with_window(*it, Window::ALWAYS)).collect::<Vec<_>>()
    };
    a == b || shape(a) == shape(b)
}

/// A claim that every history satisfies that satisfies one of these, which are alike.
fn weakest(problem: &Problem, claims: &[usize]) -> Option<Claim> {
    let mut weakest = problem.claims[*claims.first()?].clone();
    for &claim in &claims[1..] {
        for (part, other) in weakest.parts.iter_mut().zip(&problem.claims[claim].parts) {
            let (a, b) = (part.window(), other.window());
            let widest = Window::new(a.earliest.min(b.earliest), a.latest.max(b.latest));
            *part = with_window(*part, widest);
        }
    }
    let widens = |it: &Part| matches!(it, Part::Event { .. } | Part::Act { .. } | Part::Sometime { .. });
    (claims.len() == 1 || weakest.parts.iter().all(widens)).then_some(weakest)
}

fn with_window(part: Part, window: Window) -> Part {
    match part {
        Part::Event { event, .. } => Part::Event { event, window },
        Part::Act { act, .. } => Part::Act { act, window },
        Part::Sometime { statuses, .. } => Part::Sometime { statuses, window },
        Part::Always { .. } | Part::Spell { .. } | Part::Reports { .. } => part,
    }
}
