//! `clash`: no history satisfies the claims together.

use super::conflict::Conflict;
use crate::finding::{Finding, Severity};

pub(super) fn finding(conflict: &Conflict) -> Finding {
    let (party, bloc) = (conflict.party(), conflict.bloc());
    let (message, help) = if conflict.claims.len() == 1 {
        let message = format!("{party} in {bloc}: this claim fits no history");
        let help = "look at what the bloc's lifecycle allows, and at when bloc and party exist";
        (message, help.to_owned())
    } else {
        let message = format!("{party} in {bloc}: these claims cannot all be true");
        let help = "leave any one of them out, and the rest fit; give the better article a higher `trust`";
        (message, help.to_owned())
    };
    let mut places = conflict.places();
    if conflict.claims.len() == 1 {
        places.extend(conflict.bounds());
    }
    Finding {
        code: "clash",
        severity: Severity::Error,
        message,
        help: Some(help),
        places,
        slips: Vec::new(),
        mends: Vec::new(),
    }
}
