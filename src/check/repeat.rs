//! `repeat`: one event is reported on days that exclude each other.

use super::conflict::Conflict;
use crate::finding::{Finding, Severity};
use crate::infer::Part;

pub(super) fn finding(conflict: &Conflict) -> Finding {
    let (party, bloc) = (conflict.party(), conflict.bloc());
    let events = conflict.parts().filter_map(|it| match it {
        Part::Event { event, .. } => Some(conflict.lifecycle().event(*event).forms[0].as_str()),
        _ => None,
    });
    let mut events: Vec<&str> = events.collect();
    events.sort_unstable();
    let twice = events.windows(2).find(|it| it[0] == it[1]).map_or("the event", |it| it[0]);
    let message = format!("{party} {twice} {bloc} twice, and nothing is reported in between");
    let help = format!(
        "if it happened once, one of the dates is wrong; if it happened twice, write what came between: when {party} was out, or back in"
    );
    Finding {
        code: "repeat",
        severity: Severity::Error,
        message,
        help: Some(help),
        places: conflict.places(),
        slips: Vec::new(),
        mends: Vec::new(),
    }
}
