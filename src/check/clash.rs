//! `clash`: no history satisfies the claims together.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::finding::Severity;

pub(super) fn said(view: View, it: &Disagreement) -> Said {
    let (what, help, also) = if it.core == 1 {
        let help = "look at what the bloc's lifecycle allows, and at when bloc and party exist";
        ("this claim fits no history", help, view.bounds(it, |_| true))
    } else if it.core > 2 || it.sides.len() > 2 {
        let help = "at least one of them is wrong: read the passages again";
        ("these claims cannot all be true", help, Vec::new())
    } else {
        let help = "one of them is wrong: read the passages again";
        ("these claims cannot both be true", help, Vec::new())
    };
    let (message, help) = view.words(|| (format!("{}: {what}", view.named(it)), help.to_owned()));
    Said { code: "clash", severity: Severity::Error, message, help, also }
}
