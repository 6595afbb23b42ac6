//! `repeat`: one event is reported on days that exclude each other.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::finding::Severity;
use crate::infer::{Part, Rule};

/// Where rule 1 is what cannot be met, or the claims report one event or act and nothing else.
pub(super) fn said(view: View, it: &Disagreement) -> Option<Said> {
    let ledger = view.ledger();
    let lifecycle = ledger.lifecycle_of(it.bloc);
    let mut deeds = Vec::new();
    let mut others = 0;
    for id in it.smallest() {
        for part in &*ledger.claim(id).parts() {
            match part {
                Part::Event { event, .. } => deeds.push(lifecycle.event(*event).forms[0].as_str()),
                Part::Act { act, .. } => deeds.push(lifecycle.acts[act.0 as usize].forms[0].as_str()),
                _ => others += 1,
            }
        }
    }
    deeds.sort_unstable();
    let one = others == 0 && deeds.len() > 1 && deeds.iter().all(|it| *it == deeds[0]);
    if it.rule != Rule::Repeat && !one {
        return None;
    }
    let twice = deeds.windows(2).find(|it| it[0] == it[1]).map_or("one event", |it| it[0]);
    let days = if it.sides.len() > 2 { "several days" } else { "two days" };
    let help = "if it happened once, a date is wrong; if more than once, write what came in between";
    let (message, help) = view.words(|| {
        let pair = view.named(it);
        (format!("{pair}: `{twice}` is reported on {days}, and nothing in between"), help.to_owned())
    });
    Some(Said { code: "repeat", severity: Severity::Error, message, help, also: Vec::new() })
}
