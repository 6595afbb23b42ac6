//! `repeat`: one event is reported on days that exclude each other.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::finding::Severity;
use crate::infer::Part;
use crate::ledger::Says;

pub(super) fn said(view: View, it: &Disagreement) -> Said {
    let ledger = view.ledger();
    let lifecycle = ledger.lifecycle_of(it.bloc);
    let mut deeds = Vec::new();
    for id in it.smallest() {
        let Says::Holds { parts, .. } = &ledger.claim(id).says else { continue };
        deeds.extend(parts.iter().filter_map(|it| match it {
            Part::Event { event, .. } => Some(lifecycle.event(*event).forms[0].as_str()),
            Part::Act { act, .. } => Some(lifecycle.acts[act.0 as usize].forms[0].as_str()),
            _ => None,
        }));
    }
    deeds.sort_unstable();
    let twice = deeds.windows(2).find(|it| it[0] == it[1]).map_or("one event", |it| it[0]);
    let days = if it.sides.len() > 2 { "several days" } else { "two days" };
    let message = format!("{}: `{twice}` is reported on {days}, and nothing in between", view.named(it));
    let help =
        "if it happened once, a date is wrong; if more than once, write what came in between".to_owned();
    Said { code: "repeat", severity: Severity::Error, message, help, also: Vec::new() }
}
