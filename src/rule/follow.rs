//! What follows from one line of a rule, party by party.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rayon::prelude::*;
use smallvec::smallvec;

use super::strata::Line;
use super::{ClauseId, clause};
use crate::answer::Verdict;
use crate::date::{Day, Window};
use crate::infer::Part;
use crate::judge::{Formula, Judging, Subject, Term, candidates, grounds, last_evidence, verdict};
use crate::ledger::{Claim, ClaimId, Clause, Derived, Grounds, Ledger, Parts, PartyId, Premise, Says, Set};
use crate::lifecycle::StatusSet;
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

/// What follows and has not done so before: parties of which the same follows stand together.
pub(super) fn followed(pairs: &Pairs, line: &Line, known: &Known) -> Vec<Derived> {
    let (ledger, id) = (pairs.ledger(), line.id);
    let clause = clause(ledger, id);
    let mut alike: BTreeMap<Conclusion, (Vec<PartyId>, Vec<Grounds>)> = BTreeMap::new();
    for (party, conclusions) in conclusions(pairs, clause, line) {
        let known = known.get(&(id, party)).map_or(&[][..], Vec::as_slice);
        for Following { conclusion, pieces } in conclusions {
            for days in without(conclusion.days, known) {
                let (parties, grounds) = alike.entry(Conclusion { days, ..conclusion }).or_default();
                parties.push(party);
                grounds.push(grounds_of(&pieces, days));
            }
        }
    }
    let derived = |(conclusion, (parties, grounds)): (Conclusion, (Vec<PartyId>, Vec<Grounds>))| {
        let says = Says::holds(conclusion.parts(), Parts::new());
        let article = ledger.article_of(id.0);
        Derived { claim: Claim::new(article, clause.span, clause.conclusion.bloc, &parties, says), grounds }
    };
    alike.into_iter().map(derived).collect()
}

/// A status that follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Conclusion {
    days: Window,
    statuses: StatusSet,
    /// If it is come to on one of these days, that counts as reported.
    reported: Option<Window>,
}

impl Conclusion {
    fn parts(self) -> Parts {
        let Conclusion { days, statuses, reported } = self;
        let mut parts: Parts = smallvec![Part::Always { statuses, window: days }];
        parts.extend(reported.map(|window| Part::Reports { into: statuses, window }));
        parts
    }
}

/// A status that follows, and the days of the premise.
struct Following {
    conclusion: Conclusion,
    pieces: Rc<[Piece]>,
}

/// What follows of each party.
fn conclusions(pairs: &Pairs, clause: &Clause, line: &Line) -> BTreeMap<PartyId, Vec<Following>> {
    let mut all: BTreeMap<PartyId, Vec<Following>> = BTreeMap::new();
    let mut add = |statuses: StatusSet, holding: Vec<(PartyId, Vec<Piece>)>| {
        for (party, pieces) in holding {
            let runs = runs(&pieces);
            let pieces: Rc<[Piece]> = pieces.into();
            let conclusion = |days: Window| {
                // On the first of all days nothing changes.
                let reported = clause.reported && !days.earliest.is_open();
                let reported = reported.then(|| Window::day(days.earliest));
                let conclusion = Conclusion { days, statuses, reported };
                Following { conclusion, pieces: Rc::clone(&pieces) }
            };
            all.entry(party).or_default().extend(runs.into_iter().map(conclusion));
        }
    };
    let statuses = clause.conclusion.statuses;
    add(statuses, holding(pairs, clause, line, &clause.premise));
    if let (true, Premise::In(set)) = (clause.only, &clause.premise) {
        let lifecycle = pairs.ledger().lifecycle_of(clause.conclusion.bloc);
        let others = Premise::In(Set::Not(Box::new(set.clone())));
        add(lifecycle.all().without(statuses), holding(pairs, clause, line, &others));
        for it in all.values_mut() {
            turn(it);
        }
    }
    all
}

/// Of what holds by turns it is known when it changes: between the last day of the one and the first day of the other.
fn turn(conclusions: &mut [Following]) {
    conclusions.sort_by_key(|it| it.conclusion.days);
    for place in 1..conclusions.len() {
        let before = conclusions[place - 1].conclusion;
        let it = &mut conclusions[place].conclusion;
        if before.statuses != it.statuses {
            it.reported = Some(Window::new(before.days.latest.next(), it.days.earliest));
        }
    }
}

pub(super) fn note(known: &mut Known, id: ClauseId, derived: &[Derived]) {
    for Derived { claim, .. } in derived {
        for party in claim.parties() {
            known.entry((id, *party)).or_default().extend(claim.parts().first().map(Part::window));
        }
    }
}

/// The parties of which a premise holds, with the days of the conclusion.
fn holding(pairs: &Pairs, clause: &Clause, line: &Line, premise: &Premise) -> Vec<(PartyId, Vec<Piece>)> {
    let ledger = pairs.ledger();
    let bloc = clause.conclusion.bloc;
    let whole = || Piece { days: clause.window, firm: true, claims: Vec::new() };
    let formula = premise.set().map(Formula::of);
    let of_party = |party: PartyId| match (premise, &formula) {
        (Premise::In(set), Some(formula)) => pieces(pairs, set, formula, party),
        (Premise::Was(set), Some(formula)) => {
            let carried = |it: Piece| Piece { days: clause.window, ..it };
            pieces(pairs, set, formula, party).into_iter().map(carried).collect()
        }
        (Premise::Mentioned, _) if !ledger.index.names(bloc, party) => Vec::new(),
        _ => vec![whole()],
    };
    let on = |party: PartyId| {
        let possible = ledger.bloc(bloc).exists.days().intersect(ledger.party(party).exists.days());
        let within = |it: Piece| Piece { days: it.days.intersect(possible).intersect(clause.window), ..it };
        let mut pieces: Vec<Piece> = of_party(party).into_iter().map(within).collect();
        pieces.retain(|it| !it.days.is_empty());
        (!pieces.is_empty()).then_some((party, pieces))
    };
    let mut parties = speakable(ledger, clause);
    parties.retain(|it| line.scope.contains(*it));
    parties.into_par_iter().filter_map(on).collect()
}

/// The parties of which something can follow. Where nobody else is to belong, that is everyone of whom somebody else
/// could say that he does.
fn speakable(ledger: &Ledger, clause: &Clause) -> Vec<PartyId> {
    let found = |it: &Clause| match (&it.parties, it.premise.set()) {
        (Some(parties), _) => parties.clone(),
        (None, set) => set.map(|it| candidates(ledger, &it.terms(), &Formula::of(it))).unwrap_or_default(),
    };
    if !clause.only {
        return found(clause);
    }
    let bloc = clause.conclusion.bloc;
    let clauses = ledger.rules.iter().flat_map(|it| &it.clauses);
    let said = clauses.filter(|it| it.conclusion.bloc == bloc).flat_map(found);
    said.chain(ledger.named_in(bloc)).collect::<BTreeSet<PartyId>>().into_iter().collect()
}

/// The days on which a party is certainly in a set.
fn pieces(pairs: &Pairs, set: &Set, formula: &Formula, party: PartyId) -> Vec<Piece> {
    let terms = set.terms().into_iter().map(|it| Term::of(it, party)).collect();
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
        let (pair, before) = (&subject.pair, subject.term.condition.before);
        let first = days.len();
        days.extend(last_evidence(pairs, pair).map(Day::next));
        days.extend(pair.said.iter().flatten().filter_map(|it| ledger.derived(*it)).filter_map(|it| {
            it.grounds_of(pair.party).filter(|it| !it.firm.is_empty()).map(|it| it.firm.latest.next())
        }));
        for exists in [ledger.bloc(pair.bloc).exists, ledger.party(pair.party).exists] {
            days.extend([exists.begins].into_iter().chain(exists.ends.map(|it| it.latest)));
        }
        if before > 0 {
            let passed: Vec<Day> = days[first..].iter().map(|it| it.plus(before)).collect();
            days.extend(passed);
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
