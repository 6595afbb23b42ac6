//! `overruled`: articles contradict each other, and a higher trust that somebody wrote settles it.

use super::View;
use super::contradiction::Said;
use super::disagreement::{Disagreement, Side};
use super::sources::publisher;
use crate::finding::Severity;

pub(super) fn said(view: View, it: &Disagreement) -> Option<Said> {
    if !it.settled {
        return None;
    }
    let ledger = view.ledger();
    let trust = |side: &Side| {
        let trusts = side.claims.iter().map(|it| view.for_check.voice(ledger.claim(*it).article).trust);
        trusts.max().unwrap_or(0)
    };
    let (kept, lost): (Vec<&Side>, Vec<&Side>) = it.sides.iter().partition(|it| it.kept);
    let least = kept.iter().map(|it| trust(it)).min()?;
    let most = lost.iter().map(|it| trust(it)).max()?;
    if most >= least {
        return None;
    }
    let (message, help) = view.words(|| {
        let pair = view.named(it);
        let claims = lost.iter().flat_map(|it| &it.claims);
        let mut names: Vec<&str> = claims.map(|it| publisher(ledger, ledger.claim(*it).article)).collect();
        names.sort_unstable();
        names.dedup();
        let more = names.len().saturating_sub(3);
        names.truncate(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (
            format!("{pair}: articles contradict each other, and the more trusted ones are believed"),
            format!("overruled here: {}{more}", names.join(", ")),
        )
    });
    Some(Said { code: "overruled", severity: Severity::Note, message, help, also: Vec::new() })
}
