//! `after-dissolution`: what is reported happened when the bloc, or the party, had ended.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::finding::Severity;
use crate::infer::{Part, Rule};

pub(super) fn said(view: View, it: &Disagreement) -> Option<Said> {
    let ledger = view.ledger();
    let dissolved = |id| {
        let claim = ledger.claim(id);
        claim.parts().is_empty() && claim.of_others().iter().any(|it| matches!(it, Part::Reports { .. }))
    };
    let core = it.smallest();
    let by_a_claim = core.len() == 2 && it.rule == Rule::Lifecycle && core.iter().any(|it| dissolved(*it));
    let by_bounds = core.len() == 1 && view.fits_within(it, core[0], |problem| problem.ends.clear());
    if !by_a_claim && !by_bounds {
        return None;
    }
    let (bloc, party) = (ledger.bloc(it.bloc), ledger.party(it.parties[0]));
    let which = if by_a_claim || bloc.exists.ends.is_some() { &bloc.name } else { &party.name };
    let (message, help) = view.words(|| {
        (
            format!("{}: this is said of a time when {which} had ended", view.named(it)),
            format!("the date is wrong, or the day on which `{which}` is said to have ended"),
        )
    });
    let also = if by_bounds { view.bounds(it, |exists| exists.ends.is_some()) } else { Vec::new() };
    Some(Said { code: "after-dissolution", severity: Severity::Error, message, help, also })
}
