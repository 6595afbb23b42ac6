//! Deeds in several blocs that come in an order which a `require` forbids.

use rayon::prelude::*;

use super::View;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::infer::Part;
use crate::ledger::{ClaimId, PartyId, Requirement, Step};
use crate::lifecycle::{ActId, Deed, EventId};
use crate::pair::Pair;

/// One for each party, of two deeds of the list that it has the wrong way round.
pub(super) fn findings(view: View, it: &Requirement, steps: &[Step]) -> Vec<Finding> {
    let mut parties: Vec<PartyId> = steps.iter().flat_map(|it| view.ledger().named_in(it.bloc)).collect();
    parties.sort_unstable();
    parties.dedup();
    parties.into_par_iter().filter_map(|party| broken(view, it, steps, party)).collect()
}

fn broken(view: View, it: &Requirement, steps: &[Step], party: PartyId) -> Option<Finding> {
    let told: Vec<Option<Told>> = steps.iter().map(|it| Told::of(view, *it, party)).collect();
    // Of those before it, the one that begins last.
    let mut last: Option<(usize, Window)> = None;
    let mut wrong = None;
    for (at, told) in told.iter().enumerate() {
        let Some(told) = told else { continue };
        if let (Some((first, may)), Some(must)) = (last, told.surely(it.window))
            && must.latest < may.earliest
        {
            wrong = Some((first, at, [may, must]));
            break;
        }
        if last.is_none_or(|it| it.1.earliest < told.may.earliest) {
            last = Some((at, told.may));
        }
    }
    let (a, b, days) = wrong?;
    let named = |at: usize| view.sources.file(it.place.0).slice(steps[at].span);
    let message = format!(
        "`{}`: {} {} ({}) before it {} ({})",
        it.name,
        view.ledger().party(party).name,
        named(b),
        days[1],
        named(a),
        days[0]
    );
    let mut places = Vec::new();
    for (side, at, within) in [(0, a, Window::ALWAYS), (1, b, it.window)] {
        let reports = told[at].iter().flat_map(|it| &it.reports).filter(|it| it.lies(within));
        let place = |it: &Report| view.place(it.claim, steps[at].bloc, party);
        places.extend(reports.map(|it| Place { side: Some(side), ..place(it) }));
    }
    let help =
        "a date is wrong, or an earlier report is missing, or the requirement does not hold for this party";
    Some(Finding::error("requirement", message, places).help(help))
}

/// A deed of a party, as claims report it that some repair keeps.
struct Told {
    /// The days on which it can first have happened.
    may: Window,
    reports: Vec<Report>,
}

struct Report {
    claim: ClaimId,
    /// It happened on one of these.
    days: Window,
    /// Every repair keeps the claim.
    sure: bool,
}

impl Report {
    fn lies(&self, within: Window) -> bool {
        self.days.intersect(within) == self.days
    }
}

impl Told {
    fn of(view: View, step: Step, party: PartyId) -> Option<Told> {
        let pair = view.pairs.get(step.bloc, party);
        if pair.outcome.exceeded.is_some() {
            return None;
        }
        match step.deed {
            Deed::Event(event) => Told::of_event(view, &pair, event),
            Deed::Act(act) => Told::of_act(&pair, act),
        }
    }

    fn of_event(view: View, pair: &Pair, event: EventId) -> Option<Told> {
        let table = view.ledger().lifecycle_of(pair.bloc).event(event);
        let allowed = pair.outcome.changes.iter().filter(|it| table.allows(it.from, it.to));
        let changes: Vec<Window> = allowed.map(|it| it.window).collect();
        // What is assumed may have been the deed too.
        let may = changes.iter().min().copied()?;
        Told::reported(pair, may, |part| match *part {
            Part::Event { event: of, window } if of == event => {
                let days = changes.iter().map(|it| it.intersect(window)).filter(|it| !it.is_empty());
                days.reduce(around)
            }
            _ => None,
        })
    }

    /// It is done once, on a day that all reports share.
    fn of_act(pair: &Pair, act: ActId) -> Option<Told> {
        let days = |part: &Part| match *part {
            Part::Act { act: of, window } if of == act => Some(window),
            _ => None,
        };
        let mut told = Told::reported(pair, Window::ALWAYS, days)?;
        let shared = told.reports.iter().filter(|it| it.sure).map(|it| it.days).reduce(Window::intersect);
        if let Some(shared) = shared {
            told.reports.iter_mut().filter(|it| it.sure).for_each(|it| it.days = shared);
        }
        told.may = shared.or_else(|| told.reports.iter().map(|it| it.days).min())?;
        Some(told)
    }

    fn reported(pair: &Pair, may: Window, days: impl Fn(&Part) -> Option<Window>) -> Option<Told> {
        let report = |it: usize| {
            // Of those who say the same, the first stands for all.
            let claim = *pair.said[it].first()?;
            let days = pair.claims[it].parts.iter().find_map(&days)?;
            Some(Report { claim, days, sure: !pair.outcome.contested.contains(&it) })
        };
        let reports: Vec<Report> = pair.kept_by_some().filter_map(report).collect();
        (!reports.is_empty()).then_some(Told { may, reports })
    }

    /// The days on one of which the first that lies wholly in a window has certainly happened; where repairs differ on
    /// all of them, whichever a repair keeps.
    fn surely(&self, within: Window) -> Option<Window> {
        let days = |sure: bool| {
            let reports = self.reports.iter().filter(move |it| it.sure == sure && it.lies(within));
            reports.map(|it| it.days)
        };
        days(true).min_by_key(|it| (it.latest, it.earliest)).or_else(|| days(false).reduce(around))
    }
}

/// From the beginning of the one that begins first to the end of the one that ends last.
fn around(a: Window, b: Window) -> Window {
    Window::new(a.earliest.min(b.earliest), a.latest.max(b.latest))
}
