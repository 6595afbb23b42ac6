//! `order`: acts and events are reported in an order that the lifecycle forbids.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::finding::Severity;

pub(super) fn said(view: View, it: &Disagreement) -> Said {
    let lifecycle = &view.ledger().lifecycle_of(it.bloc).name;
    let (message, help) = view.words(|| {
        (
            format!("{}: these come in an order that cannot be", view.named(it)),
            format!("a date is wrong, or the `order` lines of the lifecycle `{lifecycle}` are"),
        )
    });
    Said { code: "order", severity: Severity::Error, message, help, also: Vec::new() }
}
