//! Sets of parties, on days on which nothing changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::cut;
use super::formula::{Formula, Term, Truth};
use super::spell::{settled, spells};
use crate::answer::Verdict;
use crate::date::{Day, Window};
use crate::infer::Stretch;
use crate::ledger::{Condition, Ledger, PartyId};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::pair::{Pair, Pairs};

/// The parties that can be in a set: those named in its blocs, or all of them, if nobody need be named.
pub(crate) fn candidates(ledger: &Ledger, terms: &[Condition], formula: &Formula) -> Vec<PartyId> {
    let nobody = |it: usize| match terms[it].who {
        Some(_) => Truth::ANY,
        None => Truth::of(StatusSet::of(Lifecycle::INITIAL), terms[it].wanted.statuses),
    };
    let mut parties: Vec<PartyId> = if formula.truth(&nobody).yes {
        ledger.parties().collect()
    } else {
        let asked = terms.iter().filter(|it| it.who.is_none());
        let named = asked.flat_map(|it| ledger.named_in(it.wanted.bloc));
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
pub(crate) struct Subject {
    pub(crate) term: Term,
    pub(crate) pair: Arc<Pair>,
    pub(crate) spells: Vec<Stretch>,
}

impl Subject {
    /// Its spells on days that are shared, or on its own.
    pub(crate) fn on(&self, shared: Option<Window>) -> impl Iterator<Item = (&Stretch, Window)> {
        let Condition { wanted, before, .. } = self.term.condition;
        let mut window = shared.unwrap_or(wanted.window);
        if before > 0 {
            // Days on which the same spells lie before.
            let last = shared.map_or(window.latest, |it| it.earliest);
            window = Window::new(window.earliest.minus(before), last);
        }
        let spells = self.spells.iter().map(move |it| (it, it.window.intersect(window)));
        spells.filter(|it| !it.1.is_empty())
    }
}

/// A formula being judged.
pub(crate) struct Judging<'a> {
    pairs: &'a Pairs,
    formula: &'a Formula,
    pub(crate) terms: Vec<Term>,
    pub(crate) subjects: Vec<Subject>,
    /// For each term the place of its subject.
    of: Vec<usize>,
}

/// Whether the formula is true on some days.
pub(crate) struct Judgement {
    pub(crate) truth: Truth,
    /// With what overruled claims add.
    pub(crate) heard: Truth,
    pub(crate) verdict: Verdict,
    /// The places of the subjects that it rests on.
    pub(crate) decisive: BTreeSet<usize>,
}

impl Judgement {
    /// All simplest histories make it true, and nothing that was overruled would make it otherwise.
    pub(crate) fn holds(&self) -> bool {
        self.truth.sure() == Some(true) && self.heard == self.truth
    }
}

impl<'a> Judging<'a> {
    pub(crate) fn new(pairs: &'a Pairs, terms: Vec<Term>, formula: &'a Formula) -> Judging<'a> {
        let mut known: IndexMap<_, (Term, usize)> = IndexMap::new();
        let mut of = Vec::with_capacity(terms.len());
        for term in &terms {
            let next = known.len();
            let Condition { wanted, before, .. } = term.condition;
            let subject =
                known.entry((term.party, wanted.bloc, wanted.window, before)).or_insert((*term, next));
            of.push(subject.1);
        }
        let subject = |(term, _): (Term, usize)| {
            let pair = pairs.get(term.condition.wanted.bloc, term.party);
            let spells = spells(&pair.outcome.stretches);
            Subject { term, pair, spells }
        };
        let subjects = known.into_values().map(subject).collect();
        Judging { pairs, formula, terms, subjects, of }
    }

    /// The window of all terms, if they have the same, as far as those asked about can have existed.
    pub(crate) fn window(&self) -> Option<Window> {
        let window = self.terms.first()?.condition.wanted.window;
        let same = self.terms.iter().all(|it| it.condition.wanted.window == window);
        let asked = self.terms.iter().filter(|it| it.condition.who.is_none());
        let exists = |it: &Term| self.pairs.ledger().party(it.party).exists.days();
        same.then(|| asked.fold(window, |all, it| all.intersect(exists(it))))
    }

    /// These days, cut where a spell begins, or something else.
    pub(crate) fn days(&self, window: Window, others: impl Iterator<Item = Day>) -> Vec<Window> {
        let edges = |it: &Subject| -> Vec<Day> {
            let before = it.term.condition.before;
            let begins = it.spells.iter().map(|it| it.window.earliest);
            // So many days later a spell before it is out of sight.
            let passed = begins.clone().filter(|_| before > 0).map(|it| it.plus(before));
            begins.chain(passed).collect()
        };
        cut(self.subjects.iter().flat_map(edges).chain(others), window)
    }

    /// `shared` are days that lie in one spell of each subject; without them, each term has its own. `verdicts` are those
    /// of the subjects on these days, spell by spell.
    pub(crate) fn judge(&self, shared: Option<Window>, verdicts: &[Vec<Verdict>]) -> Judgement {
        let judged: Vec<Judged> = (0..self.terms.len()).map(|it| self.term(it, shared, verdicts)).collect();
        let truth = self.truth(&judged, shared, |it| it.truth, |it| it.status);
        let heard = self.truth(&judged, shared, |it| it.heard, |it| it.status.union(it.otherwise));
        let (verdict, terms) = self.verdict(&judged, truth, heard);
        Judgement { truth, heard, verdict, decisive: terms.into_iter().map(|it| self.of[it]).collect() }
    }

    /// A term, true on some of the days. Days are taken apart: what no history does in spite of it counts as possible.
    fn term(&self, term: usize, shared: Option<Window>, verdicts: &[Vec<Verdict>]) -> Judged {
        let these = self.terms[term].condition.wanted.statuses;
        let subject = &self.subjects[self.of[term]];
        let (mut all, mut sure): (Option<Judged>, Option<Verdict>) = (None, None);
        for ((spell, days), verdict) in subject.on(shared).zip(&verdicts[self.of[term]]) {
            let truth = Truth::of(spell.status, these);
            let heard = Truth::of(spell.status.union(spell.otherwise), these);
            let verdict = match *verdict {
                // The statuses differ, but not in whether they are among these.
                Verdict::Possible | Verdict::Disputed if heard.sure().is_some() => {
                    settled(self.pairs, &subject.pair, days)
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
        let spoken_of = |subject: usize| match self.subjects[subject].term.condition.before {
            0 => self.of.iter().filter(|it| **it == subject).count(),
            _ => 0,
        };
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
                Some(is) => Truth::of(is, self.terms[term].condition.wanted.statuses),
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
