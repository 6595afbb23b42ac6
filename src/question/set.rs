//! `members of CSTO and not members of EAEU on D`

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;

use super::rows::{row, settled, spells};
use super::truth::{Formula, Term, Truth};
use super::{View, cut};
use crate::answer::{Row, Verdict};
use crate::date::{Day, Window};
use crate::infer::Stretch;
use crate::ledger::{BlocId, Ledger, PartyId};
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
}

/// What terms speak of: a pair, and some days.
struct Subject {
    term: Term,
    pair: Arc<Pair>,
    spells: Vec<Stretch>,
}

/// A formula being judged.
pub(super) struct Judging<'a> {
    view: View<'a>,
    formula: &'a Formula,
    terms: Vec<Term>,
    subjects: Vec<Subject>,
    /// For each term the place of its subject.
    of: Vec<usize>,
}

impl<'a> Judging<'a> {
    pub(super) fn new(view: View<'a>, terms: Vec<Term>, formula: &'a Formula) -> Judging<'a> {
        let mut known = IndexMap::new();
        let mut of = Vec::with_capacity(terms.len());
        for term in &terms {
            let next = known.len();
            of.push(*known.entry((term.party, term.wanted.bloc, term.wanted.window)).or_insert(next));
        }
        let subject = |(party, bloc, window): (PartyId, BlocId, Window)| {
            let pair = view.pairs.get(bloc, party);
            let spells = spells(&pair.outcome.stretches);
            let wanted = Wanted { bloc, window, statuses: StatusSet::EMPTY };
            Subject { term: Term { party, wanted }, pair, spells }
        };
        let subjects = known.into_keys().map(subject).collect();
        Judging { view, formula, terms, subjects, of }
    }

    /// Where all terms speak of the same days, a row for each stretch of these; else one row, each term met on some
    /// day of its own.
    pub(super) fn rows(&self) -> Vec<Row> {
        let Some(first) = self.terms.first() else { return Vec::new() };
        let window = first.wanted.window;
        if self.terms.iter().any(|it| it.wanted.window != window) {
            let windows = || self.terms.iter().map(|it| it.wanted.window);
            let earliest = windows().map(|it| it.earliest).min().unwrap_or(Day::DAWN);
            let latest = windows().map(|it| it.latest).max().unwrap_or(Day::DUSK);
            return vec![self.row(Window::new(earliest, latest), None)];
        }
        let window = self.terms.iter().fold(window, |all, it| all.intersect(self.exists(it.party)));
        let spells = self.subjects.iter().flat_map(|it| &it.spells);
        let days = cut(spells.map(|it| it.window.earliest), window);
        let mut rows: Vec<Row> = Vec::new();
        for row in days.into_iter().map(|it| self.row(it, Some(it))) {
            match rows.last_mut().filter(|it| are_alike(it, &row)) {
                Some(last) => prolong(last, &row),
                None => rows.push(row),
            }
        }
        rows
    }

    /// The days on which a party can have existed.
    fn exists(&self, party: PartyId) -> Window {
        let exists = self.view.pairs.ledger().party(party).exists;
        Window::new(exists.begins, exists.ends.map_or(Day::DUSK, |it| it.latest.previous()))
    }

    /// `shared` are days that lie in one spell of each subject; without them, each term has its own.
    fn row(&self, days: Window, shared: Option<Window>) -> Row {
        let told: Vec<Vec<(&Stretch, Row)>> = self.subjects.iter().map(|it| self.told(it, shared)).collect();
        let judged: Vec<Judged> =
            (0..self.terms.len()).map(|it| self.judge(it, &told[self.of[it]])).collect();
        let truth = self.truth(&judged, shared, |it| it.truth, |it| it.status);
        let heard = self.truth(&judged, shared, |it| it.heard, |it| it.status.union(it.otherwise));
        let (verdict, terms) = self.verdict(&judged, truth, heard);
        let otherwise = Truth { yes: heard.yes && !truth.yes, no: heard.no && !truth.no };
        let decisive: BTreeSet<usize> = terms.into_iter().map(|it| self.of[it]).collect();
        let rests = || decisive.iter().flat_map(|it| &told[*it]).map(|it| &it.1);
        let last = rests().filter_map(|it| it.last_evidence).min();
        let ledger = self.view.pairs.ledger();
        Row {
            party: joined(self.terms.iter().map(|it| ledger.party(it.party).name.as_str())),
            bloc: joined(self.terms.iter().map(|it| ledger.bloc(it.wanted.bloc).name.as_str())),
            from: days.earliest,
            to: days.latest,
            status: truth.words(),
            inside: truth.sure(),
            otherwise: otherwise.words(),
            verdict,
            last_evidence: last.filter(|_| verdict == Verdict::Presumed),
            because: super::once(rests().flat_map(|it| &it.because).cloned()),
            against: super::once(rests().flat_map(|it| &it.against).cloned()),
            parts: rests().cloned().collect(),
        }
    }

    /// The spells of a subject on its days, and their rows.
    fn told<'s>(&self, subject: &'s Subject, shared: Option<Window>) -> Vec<(&'s Stretch, Row)> {
        let window = shared.unwrap_or(subject.term.wanted.window);
        let spells = subject.spells.iter().filter(|it| !it.window.intersect(window).is_empty());
        spells.map(|it| (it, row(self.view, &subject.pair, it, it.window.intersect(window)))).collect()
    }

    /// A term, true on some of the days that are told of. Days are taken apart: what no history does in spite of it counts
    /// as possible.
    fn judge(&self, term: usize, told: &[(&Stretch, Row)]) -> Judged {
        let these = self.terms[term].wanted.statuses;
        let pair = &self.subjects[self.of[term]].pair;
        let (mut all, mut sure): (Option<Judged>, Option<Verdict>) = (None, None);
        for (spell, row) in told {
            let truth = Truth::of(spell.status, these);
            let heard = Truth::of(spell.status.union(spell.otherwise), these);
            let verdict = match row.verdict {
                // The statuses differ, but not in whether they are among these.
                Verdict::Possible | Verdict::Disputed if heard.sure().is_some() => {
                    settled(self.view, pair, Window::new(row.from, row.to))
                }
                it => it,
            };
            if truth.sure() == Some(true) {
                sure = Some(sure.map_or(verdict, |it| it.min(verdict)));
            }
            let some = |a: Truth, b: Truth| Truth { yes: a.yes || b.yes, no: a.no && b.no };
            all = Some(match all {
                Some(it) => Judged {
                    truth: some(it.truth, truth),
                    heard: some(it.heard, heard),
                    verdict: it.verdict.max(verdict),
                },
                None => Judged { truth, heard, verdict },
            });
        }
        let all = all.unwrap_or(Judged { truth: Truth::NO, heard: Truth::NO, verdict: Verdict::Presumed });
        Judged { verdict: sure.unwrap_or(all.verdict), ..all }
    }

    /// What may be true of the whole. Terms on one pair and the same days do not differ freely: each of the statuses that
    /// the pair may have is tried, if they are not too many together.
    fn truth(
        &self,
        judged: &[Judged],
        shared: Option<Window>,
        of: impl Fn(&Judged) -> Truth,
        status: impl Fn(&Stretch) -> StatusSet,
    ) -> Truth {
        const MOST: usize = 4096;
        let apart = self.formula.truth(&|it| of(&judged[it]));
        let Some(days) = shared.filter(|_| apart.sure().is_none()) else { return apart };
        let spoken_of = |subject: usize| self.of.iter().filter(|it| **it == subject).count();
        let mut ways: Vec<Vec<Option<StatusSet>>> = vec![vec![None; self.subjects.len()]];
        for place in (0..self.subjects.len()).filter(|it| spoken_of(*it) > 1) {
            let spell = self.subjects[place].spells.iter().find(|it| it.window.contains(days.earliest));
            let statuses = spell.map_or(StatusSet::EMPTY, &status);
            if ways.len() * statuses.len() as usize > MOST {
                return apart;
            }
            let mut next = Vec::new();
            for way in &ways {
                for is in statuses.iter() {
                    let mut way = way.clone();
                    way[place] = Some(StatusSet::of(is));
                    next.push(way);
                }
            }
            ways = next;
        }
        let truth = |way: &Vec<Option<StatusSet>>| {
            self.formula.truth(&|term| match way[self.of[term]] {
                Some(is) => Truth::of(is, self.terms[term].wanted.statuses),
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

/// Two rows, one after the other, that differ in nothing but their days.
fn are_alike(a: &Row, b: &Row) -> bool {
    let says = |it: &Row| (it.status.clone(), it.otherwise.clone(), it.verdict, it.last_evidence);
    let rests = |it: &Row| (it.because.clone(), it.against.clone());
    let same_parts =
        || a.parts.len() == b.parts.len() && a.parts.iter().zip(&b.parts).all(|it| are_alike(it.0, it.1));
    (&a.party, &a.bloc) == (&b.party, &b.bloc) && says(a) == says(b) && rests(a) == rests(b) && same_parts()
}

fn prolong(row: &mut Row, by: &Row) {
    row.to = by.to;
    row.parts.iter_mut().zip(&by.parts).for_each(|it| prolong(it.0, it.1));
}

/// Each name once.
fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<IndexSet<&str>>().into_iter().collect::<Vec<_>>().join(", ")
}
