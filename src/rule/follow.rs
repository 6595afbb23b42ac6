//! What follows from one line of a rule, party by party.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{ClauseId, clause};
use crate::answer::Verdict;
use crate::date::{Day, Window};
use crate::infer::Part;
use crate::judge::{Formula, Judging, Subject, Term, candidates, grounds, last_evidence, verdict};
use crate::ledger::{Claim, ClaimId, Clause, Derived, Grounds, PartyId, Premise, Says, Set};
use crate::pair::Pairs;

/// The days that have followed of a party already.
pub(super) type Known = BTreeMap<(ClauseId, PartyId), Vec<Window>>;

/// No days.
const NEVER: Window = Window { earliest: Day::DUSK, latest: Day::DAWN };

/// Days on which the premise certainly holds, and nothing in it changes.
struct Piece {
    days: Window,
    /// It is more than presumed.
    firm: bool,
    /// What it rests on.
    claims: Vec<ClaimId>,
}

/// What follows and has not done so before: parties of which the same days follow stand together.
pub(super) fn followed(pairs: &Pairs, id: ClauseId, known: &Known) -> Vec<Derived> {
    let ledger = pairs.ledger();
    let clause = clause(ledger, id);
    let mut by_days: BTreeMap<Window, (Vec<PartyId>, Vec<Grounds>)> = BTreeMap::new();
    for (party, pieces) in holding(pairs, clause) {
        let known = known.get(&(id, party)).map_or(&[][..], Vec::as_slice);
        for days in runs(&pieces).into_iter().flat_map(|it| without(it, known)) {
            let (parties, grounds) = by_days.entry(days).or_default();
            parties.push(party);
            grounds.push(grounds_of(&pieces, days));
        }
    }
    let derived = |(window, (parties, grounds)): (Window, (Vec<PartyId>, Vec<Grounds>))| {
        let says = Says::Holds(Part::Always { statuses: clause.conclusion.statuses, window });
        let article = ledger.article_of(id.0);
        Derived { claim: Claim::new(article, clause.span, clause.conclusion.bloc, &parties, says), grounds }
    };
    by_days.into_iter().map(derived).collect()
}

pub(super) fn note(known: &mut Known, id: ClauseId, derived: &[Derived]) {
    for Derived { claim, .. } in derived {
        for party in claim.parties() {
            known.entry((id, *party)).or_default().extend(claim.says.parts().iter().map(Part::window));
        }
    }
}

/// The parties of which something follows, with the days of the conclusion.
fn holding(pairs: &Pairs, clause: &Clause) -> Vec<(PartyId, Vec<Piece>)> {
    let ledger = pairs.ledger();
    let on = |party: PartyId, pieces: Vec<Piece>| {
        let bounds = [ledger.bloc(clause.conclusion.bloc).exists, ledger.party(party).exists];
        let possible = bounds.iter().fold(clause.window, |all, it| all.intersect(it.days()));
        let within = |it: Piece| Piece { days: it.days.intersect(possible), ..it };
        let mut pieces: Vec<Piece> = pieces.into_iter().map(within).collect();
        pieces.retain(|it| !it.days.is_empty());
        (!pieces.is_empty()).then_some((party, pieces))
    };
    match &clause.premise {
        Premise::In(set) => {
            let formula = Formula::of(set);
            let parties = candidates(ledger, &set.terms(), &formula);
            parties.into_par_iter().filter_map(|it| on(it, pieces(pairs, set, &formula, it))).collect()
        }
        Premise::Was(set) => {
            let formula = Formula::of(set);
            let parties = candidates(ledger, &set.terms(), &formula);
            let carried = |it: Piece| Piece { days: clause.window, ..it };
            let of_party = |it| pieces(pairs, set, &formula, it).into_iter().map(carried).collect();
            parties.into_par_iter().filter_map(|it| on(it, of_party(it))).collect()
        }
        Premise::Named(parties) => {
            let piece = || Piece { days: clause.window, firm: true, claims: Vec::new() };
            parties.iter().filter_map(|it| on(*it, vec![piece()])).collect()
        }
    }
}

/// The days on which a party is certainly in a set.
fn pieces(pairs: &Pairs, set: &Set, formula: &Formula, party: PartyId) -> Vec<Piece> {
    let terms = set.terms().into_iter().map(|wanted| Term { party, wanted }).collect();
    let judging = Judging::new(pairs, terms, formula);
    let Some(window) = judging.window() else { return Vec::new() };
    let mut pieces = Vec::new();
    for days in judging.days(window, evidence_ends(pairs, &judging).into_iter()) {
        let on_days = |it: &Subject| {
            it.on(Some(days)).map(|(spell, days)| verdict(pairs, &it.pair, spell, days)).collect()
        };
        let verdicts: Vec<Vec<Verdict>> = judging.subjects.iter().map(on_days).collect();
        let judged = judging.judge(Some(days), &verdicts);
        if !judged.holds() {
            continue;
        }
        let mut claims = Vec::new();
        for subject in judged.decisive.iter().map(|it| &judging.subjects[*it]) {
            for (spell, days) in subject.on(Some(days)) {
                let because = grounds(pairs, &subject.pair, spell, days).0;
                claims.extend(because.into_iter().flat_map(|it| subject.pair.said[it].iter().copied()));
            }
        }
        pieces.push(Piece { days, firm: judged.verdict <= Verdict::Inferred, claims });
    }
    pieces
}

/// The days from which on it may be presumed what was more before, or the other way round.
fn evidence_ends(pairs: &Pairs, judging: &Judging) -> Vec<Day> {
    let ledger = pairs.ledger();
    let mut days = Vec::new();
    for subject in &judging.subjects {
        let pair = &subject.pair;
        days.extend(last_evidence(pairs, pair).map(Day::next));
        days.extend(pair.said.iter().flatten().filter_map(|it| ledger.derived(*it)).filter_map(|it| {
            it.grounds_of(pair.party).filter(|it| !it.firm.is_empty()).map(|it| it.firm.latest.next())
        }));
        for exists in [ledger.bloc(pair.bloc).exists, ledger.party(pair.party).exists] {
            days.extend([exists.begins].into_iter().chain(exists.ends.map(|it| it.latest)));
        }
    }
    days
}

/// Pieces that follow one another without a gap, as one.
fn runs(pieces: &[Piece]) -> Vec<Window> {
    let mut runs: Vec<Window> = Vec::new();
    for piece in pieces {
        match runs.last_mut().filter(|it| piece.days.earliest <= it.latest.next()) {
            Some(run) => run.latest = run.latest.max(piece.days.latest),
            None => runs.push(piece.days),
        }
    }
    runs
}

/// What is left of a run without days that are known.
fn without(run: Window, known: &[Window]) -> Vec<Window> {
    let mut left = vec![run];
    for known in known {
        let parts = |it: Window| {
            if it.intersect(*known).is_empty() {
                return vec![it];
            }
            let mut parts = Vec::new();
            if it.earliest < known.earliest {
                parts.push(Window::new(it.earliest, known.earliest.previous()));
            }
            if known.latest < it.latest {
                parts.push(Window::new(known.latest.next(), it.latest));
            }
            parts
        };
        left = left.into_iter().flat_map(parts).collect();
    }
    left
}

fn grounds_of(pieces: &[Piece], days: Window) -> Grounds {
    let within: Vec<&Piece> = pieces.iter().filter(|it| !it.days.intersect(days).is_empty()).collect();
    let mut known = BTreeSet::new();
    let claims = within.iter().flat_map(|it| &it.claims).copied().filter(|it| known.insert(*it)).collect();
    let firm = within.iter().take_while(|it| it.firm).last();
    Grounds {
        claims,
        firm: firm.map_or(NEVER, |it| Window::new(days.earliest, it.days.latest.min(days.latest))),
    }
}
