//! `order`: acts and events are reported in an order that the lifecycle forbids.

use super::conflict::Conflict;
use crate::finding::{Finding, Severity};

pub(super) fn finding(conflict: &Conflict) -> Finding {
    let (party, bloc) = (conflict.party(), conflict.bloc());
    let message = format!("{party} in {bloc}: these come in an order that cannot be");
    let help = format!(
        "see the `order` lines of the lifecycle `{}`; one of the dates is wrong",
        conflict.lifecycle().name
    );
    Finding {
        code: "order",
        severity: Severity::Error,
        message,
        help: Some(help),
        places: conflict.places(),
        slips: Vec::new(),
        mends: Vec::new(),
    }
}
