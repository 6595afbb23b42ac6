//! The rows of one pair on single days, without what they rest on: stretches of days on which they are the same.

use super::View;
use super::rows::{plans_of, promised};
use crate::answer::Verdict;
use crate::date::{Day, Window};
use crate::infer::Stretch;
use crate::judge::{cut, last_evidence, spells, turns, verdict};
use crate::lifecycle::StatusSet;
use crate::pair::Pair;

/// Days on each of which, taken by itself, a row says this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) days: Window,
    pub(crate) status: StatusSet,
    pub(crate) otherwise: StatusSet,
    pub(crate) verdict: Verdict,
}

/// What a row for the pair says on each day of time.
pub(crate) fn pieces(view: View, pair: &Pair) -> Vec<Piece> {
    let turns = turns(view.pairs, pair);
    let spells: Vec<Stretch> = spells(&pair.outcome.stretches);
    let of_spell = |spell: &Stretch| {
        let piece = |days: Window| {
            let verdict = verdict(view.pairs, pair, spell, days);
            Piece { days, status: spell.status, otherwise: spell.otherwise, verdict }
        };
        cut(turns.iter().copied(), spell.window).into_iter().map(piece).collect::<Vec<_>>()
    };
    joined(spells.iter().flat_map(of_spell))
}

/// The days on which there is a row for what is planned of the pair.
pub(crate) fn planned_pieces(view: View, pair: &Pair, statuses: StatusSet) -> Vec<Piece> {
    let plans = plans_of(view, pair);
    if plans.is_empty() {
        return Vec::new();
    }
    let last = last_evidence(view.pairs, pair).unwrap_or(Day::DAWN);
    let stretches = pair.outcome.stretches.iter().map(|it| it.window.earliest);
    let begins = plans.iter().map(|it| it.window.earliest).chain([last.next()]).chain(stretches);
    let piece = |days: Window| {
        let (_, status, _) = promised(view, pair, days, statuses)?;
        Some(Piece { days, status, otherwise: StatusSet::EMPTY, verdict: Verdict::Planned })
    };
    joined(cut(begins, Window::ALWAYS).into_iter().filter_map(piece))
}

/// Pieces that follow one another and say the same, as one.
fn joined(pieces: impl Iterator<Item = Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        let goes_on = |it: &&mut Piece| {
            let says_the_same = Piece { days: it.days, ..piece } == **it;
            says_the_same && it.days.latest.next() == piece.days.earliest
        };
        match joined.last_mut().filter(goes_on) {
            Some(last) => last.days.latest = piece.days.latest,
            None => joined.push(piece),
        }
    }
    joined
}
