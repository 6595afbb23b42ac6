//! The reports of each event, and whether rule 1 lets them stand: no event twice for nothing.

use crate::date::Window;
use crate::lifecycle::{EventId, StatusId};

use super::super::Part;
use super::{Lane, Unknown};

/// Reports of one event that have to be of one change.
#[derive(Clone, Copy)]
pub(super) struct Report {
    pub(super) event: EventId,
    /// The days that all of them allow.
    pub(super) within: Window,
    /// The days that some of them speaks of.
    pub(super) spoken: Window,
    /// They do not all speak of the same days.
    several: bool,
}

/// The reports of the claims that are kept, in the order of their first days; false if rule 1 is broken by every history.
pub(super) fn gather(
    lane: &Lane,
    kept: u64,
    repeats_forbidden: bool,
    reports: &mut Vec<Report>,
) -> Result<bool, Unknown> {
    collect(lane, kept, reports);
    if repeats_forbidden {
        return stand(lane, kept, reports);
    }
    // Then each of several could have a change of its own.
    if reports.iter().any(|it| it.several) { Err(Unknown) } else { Ok(true) }
}

fn collect(lane: &Lane, kept: u64, reports: &mut Vec<Report>) {
    reports.clear();
    for part in parts(lane, kept) {
        let Part::Event { event, window } = *part else { continue };
        let last = reports.iter_mut().rev().find(|it| it.event == event);
        match last.filter(|it| window.earliest <= it.spoken.latest) {
            Some(report) => {
                report.several |= report.within != window || report.spoken != window;
                report.within = report.within.intersect(window);
                report.spoken.latest = report.spoken.latest.max(window.latest);
            }
            None => reports.push(Report { event, within: window, spoken: window, several: false }),
        }
    }
}

/// Whether a claim shows the party elsewhere between two reports of one event.
fn between(lane: &Lane, kept: u64, before: &Report, report: &Report) -> Option<Shown> {
    let target = lane.problem.lifecycle.event(report.event).to;
    let most = inner(Window::new(before.spoken.earliest, report.spoken.latest));
    let least = inner(Window::new(before.within.latest, report.within.earliest));
    shown_elsewhere(lane, kept, target, most, least)
}

/// Whether rule 1 lets them stand.
fn stand(lane: &Lane, kept: u64, reports: &[Report]) -> Result<bool, Unknown> {
    let mut unknown = false;
    for (place, report) in reports.iter().enumerate() {
        if report.several {
            let target = lane.problem.lifecycle.event(report.event).to;
            // Two changes could meet them if something between shows the party elsewhere.
            let apart = inner(report.spoken);
            if shown_elsewhere(lane, kept, target, apart, apart).is_some() {
                unknown = true;
            } else if report.within.is_empty() {
                return Ok(false);
            }
        }
        let Some(before) = reports[..place].iter().rev().find(|it| it.event == report.event) else {
            continue;
        };
        match between(lane, kept, before, report) {
            None => return Ok(false),
            Some(Shown::Perhaps) => unknown = true,
            Some(Shown::Surely) => {}
        }
    }
    if unknown { Err(Unknown) } else { Ok(true) }
}

enum Shown {
    Surely,
    Perhaps,
}

/// Whether a claim shows the party elsewhere than in `target`, on some day of `most` or surely within `least`.
fn shown_elsewhere(lane: &Lane, kept: u64, target: StatusId, most: Window, least: Window) -> Option<Shown> {
    let mut shown = None;
    for part in parts(lane, kept) {
        let window = part.window();
        let (elsewhere, surely) = match *part {
            Part::Always { statuses, .. } => {
                (!statuses.contains(target), !window.intersect(least).is_empty())
            }
            Part::Sometime { statuses, .. } => {
                (!statuses.contains(target), window.intersect(least) == window)
            }
            Part::Event { event, .. } => {
                (lane.problem.lifecycle.event(event).to != target, window.intersect(least) == window)
            }
            _ => (false, false),
        };
        if elsewhere && surely {
            return Some(Shown::Surely);
        }
        if elsewhere && !window.intersect(most).is_empty() {
            shown = Some(Shown::Perhaps);
        }
    }
    shown
}

fn parts<'a>(lane: &'a Lane, kept: u64) -> impl Iterator<Item = &'a Part> {
    let kept = lane.order.iter().filter(move |it| kept >> **it & 1 == 1);
    kept.map(|it| &lane.problem.claims[*it as usize].parts[0])
}

/// The days between the first and the last.
fn inner(window: Window) -> Window {
    Window::new(window.earliest.next(), window.latest.previous())
}
