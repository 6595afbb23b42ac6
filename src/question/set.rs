//! `members of CSTO and not members of EAEU on D`

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::View;
use super::rows::{row, settled, spells, verdict};
use super::truth::{Formula, Term, Truth};
use crate::answer::{Row, Verdict};
use crate::date::{Day, Window};
use crate::infer::Stretch;
use crate::ledger::{Ledger, PartyId};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::pair::Pair;
use crate::resolve::{Set, Wanted};

/// Every party that is in the set, or may be.
pub(super) fn rows(view: View, set: &Set) -> Vec<Row> {
    let mut rows = judged(view, set);
    rows.retain(|it| it.status.iter().chain(&it.otherwise).any(|it| it == "yes"));
    if set.window().is_none_or(Window::is_day) {
        rows.sort_by(|a, b| (a.status.len(), &a.party).cmp(&(b.status.len(), &b.party)));
    } else {
        rows.sort_by(|a, b| (&a.party, a.from).cmp(&(&b.party, b.from)));
    }
    rows
}

/// The same with those that are certainly not in it, by party and day.
pub(super) fn judged(view: View, set: &Set) -> Vec<Row> {
    let ledger = view.pairs.ledger();
    let (terms, formula) = (set.terms(), Formula::of(set));
    let of_party = |party: &PartyId| {
        let terms: Vec<Term> = terms.iter().map(|it| Term { party: *party, wanted: *it }).collect();
        Judging::new(view, terms, &formula).rows()
    };
    candidates(ledger, &terms, &formula).par_iter().flat_map_iter(of_party).collect()
}

/// The parties that can be in a set: those named in its blocs, or all of them, if nobody need be named.
fn candidates(ledger: &Ledger, terms: &[Wanted], formula: &Formula) -> Vec<PartyId> {
    let nobody = |it: usize| Truth::of(StatusSet::of(Lifecycle::INITIAL), terms[it].statuses);
    let mut parties: Vec<PartyId> = if formula.truth(&nobody).yes {
        ledger.parties().collect()
    } else {
        let named = terms.iter().flat_map(|it| ledger.named_in(it.bloc));
        named.collect::<BTreeSet<PartyId>>().into_iter().collect()
    };
    parties.sort_by_key(|it| &ledger.party(*it).name);
    parties
}

/// One term on some days.
struct Judged {
    truth: Truth,
    /// With what overruled claims add.
    heard: Truth,
    verdict: Verdict,
    rows: Vec<Row>,
}

/// A formula being judged.
pub(super) struct Judging<'a> {
    view: View<'a>,
    terms: Vec<Term>,
    formula: &'a Formula,
    /// For each term, its pair, and the spells of that.
    pairs: Vec<(Arc<Pair>, Vec<Stretch>)>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(view: View<'a>, terms: Vec<Term>, formula: &'a Formula) -> Judging<'a> {
        let pair = |it: &Term| {
            let pair = view.pairs.get(it.wanted.bloc, it.party);
            let spells = spells(&pair.outcome.stretches);
            (pair, spells)
        };
        let pairs = terms.iter().map(pair).collect();
        Judging { view, terms, formula, pairs }
    }

    /// Where all terms speak of the same days, a row for each stretch of these; else one row, each term met on some
    /// day of its own.
    pub(super) fn rows(&self) -> Vec<Row> {
        let Some(first) = self.terms.first() else { return Vec::new() };
        let window = first.wanted.window;
        if self.terms.iter().any(|it| it.wanted.window != window) {
            let judged = (0..self.terms.len()).map(|it| self.sometime(it)).collect();
            let windows = || self.terms.iter().map(|it| it.wanted.window);
            let (earliest, latest) = windows()
                .fold((Day::DUSK, Day::DAWN), |all, it| (all.0.min(it.earliest), all.1.max(it.latest)));
            return vec![self.row(judged, Window::new(earliest, latest), false)];
        }
        let window = self.terms.iter().fold(window, |all, it| all.intersect(self.exists(it.party)));
        let mut begins: Vec<Day> =
            self.pairs.iter().flat_map(|it| &it.1).map(|it| it.window.earliest).collect();
        begins.push(window.earliest);
        begins.retain(|it| window.contains(*it));
        begins.sort_unstable();
        begins.dedup();
        let end = |place: usize| begins.get(place + 1).map_or(window.latest, |it| it.previous());
        let days = begins.iter().enumerate().map(|(place, from)| Window::new(*from, end(place)));
        days.map(|days| self.row((0..self.terms.len()).map(|it| self.on(it, days)).collect(), days, true))
            .collect()
    }

    /// The days on which a party can have existed.
    fn exists(&self, party: PartyId) -> Window {
        let exists = self.view.pairs.ledger().party(party).exists;
        Window::new(exists.begins, exists.ends.map_or(Day::DUSK, |it| it.latest.previous()))
    }

    /// A term on days that lie in one of its spells.
    fn on(&self, term: usize, days: Window) -> Judged {
        let (pair, spells) = &self.pairs[term];
        let spell = &spells[spells.partition_point(|it| it.window.latest < days.earliest)];
        let these = self.terms[term].wanted.statuses;
        let truth = Truth::of(spell.status, these);
        let heard = Truth::of(spell.status.union(spell.otherwise), these);
        let verdict = match verdict(self.view, pair, spell, days) {
            // The statuses differ, but not in whether they are among these.
            Verdict::Possible | Verdict::Disputed if heard.sure().is_some() => settled(self.view, pair, days),
            it => it,
        };
        Judged { truth, heard, verdict, rows: vec![row(self.view, pair, spell, days)] }
    }

    /// A term on some day of its window. Days are taken apart: what no history does in spite of it counts as possible.
    fn sometime(&self, term: usize) -> Judged {
        let (_, spells) = &self.pairs[term];
        let window = self.terms[term].wanted.window;
        let days = spells.iter().map(|it| it.window.intersect(window)).filter(|it| !it.is_empty());
        let all: Vec<Judged> = days.map(|days| self.on(term, days)).collect();
        let some = |truth: &dyn Fn(&Judged) -> Truth| Truth {
            yes: all.iter().any(|it| truth(it).yes),
            no: all.iter().all(|it| truth(it).no),
        };
        let (truth, heard) = (some(&|it| it.truth), some(&|it| it.heard));
        let sure = all.iter().filter(|it| it.truth.sure() == Some(true)).map(|it| it.verdict).min();
        let verdict = sure.or(all.iter().map(|it| it.verdict).max()).unwrap_or(Verdict::Presumed);
        Judged { truth, heard, verdict, rows: all.into_iter().flat_map(|it| it.rows).collect() }
    }

    fn row(&self, judged: Vec<Judged>, days: Window, alike: bool) -> Row {
        let truth = self.truth(&judged, alike, |it| it.truth, |it| it.status);
        let heard = self.truth(&judged, alike, |it| it.heard, |it| it.status.union(it.otherwise));
        let (verdict, terms) = self.verdict(&judged, truth, heard);
        let otherwise = Truth { yes: heard.yes && !truth.yes, no: heard.no && !truth.no };
        let ledger = self.view.pairs.ledger();
        let joined = |names: &mut dyn Iterator<Item = &'a str>| {
            let mut known = BTreeSet::new();
            names.filter(|it| known.insert(*it)).collect::<Vec<_>>().join(", ")
        };
        let rests = || terms.iter().flat_map(|it| &judged[*it].rows);
        let (because, against) = (rests().flat_map(|it| &it.because), rests().flat_map(|it| &it.against));
        let last = rests().filter_map(|it| it.last_evidence).min();
        let mut parts: Vec<Row> = Vec::new();
        let mut row = Row {
            party: joined(&mut self.terms.iter().map(|it| ledger.party(it.party).name.as_str())),
            bloc: joined(&mut self.terms.iter().map(|it| ledger.bloc(it.wanted.bloc).name.as_str())),
            from: days.earliest,
            to: days.latest,
            status: truth.words(),
            inside: truth.sure(),
            otherwise: otherwise.words(),
            verdict,
            last_evidence: last.filter(|_| verdict == Verdict::Presumed),
            because: super::once(because.cloned()),
            against: super::once(against.cloned()),
            parts: Vec::new(),
        };
        for it in judged.into_iter().flat_map(|it| it.rows) {
            if !parts.contains(&it) {
                parts.push(it);
            }
        }
        row.parts = parts;
        row
    }

    /// What may be true of the whole. Terms on one pair and the same days do not differ freely: each of the statuses that
    /// the pair may have is tried, if they are not too many together.
    fn truth(
        &self,
        judged: &[Judged],
        alike: bool,
        of: impl Fn(&Judged) -> Truth,
        status: impl Fn(&Stretch) -> StatusSet,
    ) -> Truth {
        const MOST: usize = 4096;
        let apart = self.formula.truth(&|it| of(&judged[it]));
        if apart.sure().is_some() || !alike {
            return apart;
        }
        let pair = |it: usize| (self.terms[it].party, self.terms[it].wanted.bloc);
        let mut pairs: Vec<_> = (0..self.terms.len()).map(pair).collect();
        pairs.sort_unstable();
        let twice: BTreeSet<_> = pairs.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0]).collect();
        let mut ways: Vec<Vec<(usize, StatusSet)>> = vec![Vec::new()];
        for same in twice {
            let terms: Vec<usize> = (0..self.terms.len()).filter(|it| pair(*it) == same).collect();
            let day = judged[terms[0]].rows[0].from;
            let spell = self.pairs[terms[0]].1.iter().find(|it| it.window.contains(day));
            let statuses: Vec<StatusSet> =
                spell.map_or(StatusSet::EMPTY, &status).iter().map(StatusSet::of).collect();
            if ways.len() * statuses.len() > MOST {
                return apart;
            }
            let with = |way: &Vec<(usize, StatusSet)>, is: StatusSet| {
                way.iter().copied().chain(terms.iter().map(|it| (*it, is))).collect::<Vec<_>>()
            };
            ways = ways
                .iter()
                .flat_map(|way| statuses.iter().map(move |is| (way, *is)))
                .map(|it| with(it.0, it.1))
                .collect();
        }
        let truth = |way: &Vec<(usize, StatusSet)>| {
            self.formula.truth(&|term| match way.iter().find(|it| it.0 == term) {
                Some((_, is)) => Truth::of(*is, self.terms[term].wanted.statuses),
                None => of(&judged[term]),
            })
        };
        ways.iter().map(truth).fold(Truth::NOTHING, Truth::or_else)
    }

    /// How sure that is, and the terms that it rests on.
    fn verdict(&self, judged: &[Judged], truth: Truth, heard: Truth) -> (Verdict, Vec<usize>) {
        let all = || (0..self.terms.len()).collect::<Vec<_>>();
        let Some(so) = truth.sure() else {
            let open = judged.iter().filter(|it| it.truth.sure().is_none());
            let disputed = open.map(|it| it.verdict).any(|it| it == Verdict::Disputed);
            return (if disputed { Verdict::Disputed } else { Verdict::Possible }, all());
        };
        if heard != truth {
            return (Verdict::Disputed, all());
        }
        let sure = |it: usize| judged[it].truth.sure().map(|is| (is, judged[it].verdict));
        self.formula.decided(so, &sure).unwrap_or_else(|| {
            // The terms decide it together, and none by itself.
            let settled =
                |it: &Judged| if it.verdict == Verdict::Presumed { it.verdict } else { Verdict::Inferred };
            (judged.iter().map(settled).max().unwrap_or(Verdict::Presumed), all())
        })
    }
}
