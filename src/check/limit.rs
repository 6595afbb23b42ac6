//! `limit`: what is said of a pair is more than accede takes in.

use super::View;
use crate::finding::{Finding, Place};
use crate::infer::{EFFORT, Exceeded, HEARINGS, REPAIRS};
use crate::pair::Pair;

pub(super) fn finding(view: View, pair: &Pair) -> Option<Finding> {
    let exceeded = pair.outcome.exceeded?;
    let ledger = view.ledger();
    let (party, bloc) = (&ledger.party(pair.party).name, &ledger.bloc(pair.bloc).name);
    let limit = match exceeded {
        Exceeded::Effort => format!("its histories take more than {EFFORT} steps to search"),
        Exceeded::Repairs => format!("there are more than {REPAIRS} equally good ways to mend it"),
        Exceeded::Hearings => {
            format!(
                "more than {HEARINGS} claims are overruled, or their hearings take more than {EFFORT} steps"
            )
        }
    };
    let claim = ledger.claim(*pair.said.first()?.first()?);
    let message = format!("{party} in {bloc}: {limit}");
    let help = match exceeded {
        Exceeded::Hearings => "the answers are exact, but some overruled claims are not heard",
        _ => {
            "every status is given as possible, and contradictions may be missing; give better articles a higher `trust`, or ask fewer articles"
        }
    };
    Some(
        Finding::warning("limit", message, Place::new(view.ledger().file_of(claim), claim.span(), ""))
            .help(help),
    )
}
