//! `undated`: no article says when a party came in.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::View;
use crate::finding::Finding;
use crate::infer::Part;
use crate::ledger::{ArticleId, BlocId, ClaimId, PartyId};
use crate::lifecycle::Lifecycle;
use crate::pair::{Pair, untold};

/// A party that is shown inside, and by what.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    bloc: BlocId,
    article: ArticleId,
    party: PartyId,
    claim: ClaimId,
}

/// Of each pair, the claim that first shows the party inside though nobody says when it came in.
pub(super) fn shown_inside(view: View, pair: &Pair) -> Option<Shown> {
    let inside = view.ledger().bloc(pair.bloc).inside;
    let mut entries = pair.outcome.changes.iter();
    let first = entries.find(|it| it.from == Lifecycle::INITIAL)?;
    // What contradictory claims show is told with the contradiction.
    if pair.outcome.exceeded.is_some()
        || !pair.outcome.left_out.is_empty()
        || !first.assumed
        || !untold(pair, first)
        || !inside.contains(first.to)
    {
        return None;
    }
    let kept = pair.kept();
    let speaks = |it: &usize| {
        let parts =
            pair.claims[*it].parts.iter().filter(|it| !matches!(it, Part::Act { .. } | Part::Reports { .. }));
        parts.map(|it| it.window().latest).min().filter(|it| *it >= first.window.earliest)
    };
    let earliest = kept.filter_map(|it| speaks(&it).map(|day| (day, it))).min()?;
    // What follows by a rule is dated by what it follows from.
    let claim = *pair.said[earliest.1].first()?;
    let article = view.ledger().claim(claim).article;
    let shown = Shown { bloc: pair.bloc, article, party: pair.party, claim };
    (!view.ledger().is_derived(claim)).then_some(shown)
}

/// One note for each bloc and article.
pub(super) fn findings<'a>(
    view: View<'a>,
    shown: &'a mut [Shown],
) -> impl ParallelIterator<Item = Finding> + 'a {
    shown.par_sort_by_key(|it| (it.bloc, it.article));
    let alike = |a: &Shown, b: &Shown| (a.bloc, a.article) == (b.bloc, b.article);
    shown.par_chunk_by(alike).map(move |it| finding(view, it))
}

fn finding(view: View, shown: &[Shown]) -> Finding {
    let (message, help) = view.words(|| {
        let bloc = shown[0].bloc;
        let mut parties: Vec<PartyId> = shown.iter().map(|it| it.party).collect();
        parties.sort_by_key(|it| &view.ledger().party(*it).name);
        let (bloc, parties) = (&view.ledger().bloc(bloc).name, view.list(&parties));
        let help = "until one does, earlier days may have been inside too";
        (format!("{bloc}: no article says when {parties} came in"), Some(help.to_owned()))
    });
    let places = view.places(|| {
        let mut claims: BTreeMap<ClaimId, &Shown> = BTreeMap::new();
        for it in shown {
            claims.entry(it.claim).or_insert(it);
        }
        claims.into_iter().map(|(id, it)| view.place(id, it.bloc, it.party)).collect()
    });
    Finding { help, ..Finding::note("undated", message, places) }
}
