//! `before-founding`: what is reported happened before the bloc, or the party, can have existed.

use super::View;
use super::contradiction::Said;
use super::disagreement::Disagreement;
use crate::date::Day;
use crate::finding::Severity;
use crate::infer::{Part, Rule};

pub(super) fn said(view: View, it: &Disagreement) -> Option<Said> {
    let ledger = view.ledger();
    let founded = |id| {
        let claim = ledger.claim(id);
        claim.says().constrains()
            && claim.parts().is_empty()
            && !claim.of_others().iter().any(|it| matches!(it, Part::Reports { .. }))
    };
    let core = it.smallest();
    let by_a_claim = core.len() == 2 && it.rule == Rule::Lifecycle && core.iter().any(|it| founded(*it));
    let (bloc, party) = (ledger.bloc(it.bloc), ledger.party(it.parties[0]));
    let by_bounds = core.len() == 1 && view.fits_within(it, core[0], |problem| problem.begins = Day::DAWN);
    if !by_a_claim && !by_bounds {
        return None;
    }
    let which =
        if by_a_claim || bloc.exists.begins >= party.exists.begins { &bloc.name } else { &party.name };
    let (message, help) = view.words(|| {
        (
            format!("{}: this is said of a time before {which} existed", view.named(it)),
            format!("the date is wrong, or the day from which `{which}` is said to exist"),
        )
    });
    let also = if by_bounds {
        view.bounds(it, |exists| exists.begins == bloc.exists.begins.max(party.exists.begins))
    } else {
        Vec::new()
    };
    Some(Said { code: "before-founding", severity: Severity::Error, message, help, also })
}
