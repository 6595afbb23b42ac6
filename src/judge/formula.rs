//! What may be true of a set of parties, put together from what may be true of its terms.

use crate::answer::Verdict;
use crate::ledger::{Condition, PartyId, Set};
use crate::lifecycle::StatusSet;

/// What may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) yes: bool,
    pub(crate) no: bool,
}

impl Truth {
    pub(crate) const NOTHING: Truth = Truth { yes: false, no: false };

    pub(crate) const ANY: Truth = Truth { yes: true, no: true };

    pub(crate) const NO: Truth = Truth { yes: false, no: true };

    /// Whether a status is one of these, if it is one of those.
    pub(crate) fn of(is: StatusSet, these: StatusSet) -> Truth {
        Truth { yes: is.meets(these), no: !is.is_subset(these) }
    }

    pub(crate) fn or_else(self, other: Truth) -> Truth {
        Truth { yes: self.yes || other.yes, no: self.no || other.no }
    }

    /// What it is for sure.
    pub(crate) fn sure(self) -> Option<bool> {
        (self.yes != self.no).then_some(self.yes)
    }

    pub(crate) fn words(self) -> Vec<String> {
        let words = [(self.no, "no"), (self.yes, "yes")].into_iter();
        words.filter(|it| it.0).map(|it| it.1.to_owned()).collect()
    }
}

/// A term of a formula: a party has one of the statuses in a bloc.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) party: PartyId,
    pub(crate) condition: Condition,
}

impl Term {
    /// A term of a set, asked of a party.
    pub(crate) fn of(condition: Condition, asked: PartyId) -> Term {
        Term { party: condition.who.unwrap_or(asked), condition }
    }
}

/// A set, its terms numbered from left to right.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    Term(usize),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

impl Formula {
    pub(crate) fn of(set: &Set) -> Formula {
        numbered(set, &mut 0)
    }

    /// What may be, if this may be of each term, whatever the others are.
    pub(crate) fn truth(&self, of: &dyn Fn(usize) -> Truth) -> Truth {
        match self {
            Formula::Term(number) => of(*number),
            Formula::Not(formula) => {
                let truth = formula.truth(of);
                Truth { yes: truth.no, no: truth.yes }
            }
            Formula::All(formulas) => formulas.iter().fold(Truth { yes: true, no: false }, |all, it| {
                let truth = it.truth(of);
                Truth { yes: all.yes && truth.yes, no: all.no || truth.no }
            }),
            Formula::Any(formulas) => formulas.iter().fold(Truth { yes: false, no: true }, |all, it| {
                let truth = it.truth(of);
                Truth { yes: all.yes || truth.yes, no: all.no && truth.no }
            }),
        }
    }

    /// The terms that make it so for sure, and the weakest of their verdicts: where several ways do, the best of them.
    pub(crate) fn decided(
        &self,
        so: bool,
        of: &dyn Fn(usize) -> Option<(bool, Verdict)>,
    ) -> Option<(Verdict, Vec<usize>)> {
        let (formulas, each) = match self {
            Formula::Term(number) => {
                let (is, verdict) = of(*number)?;
                return (is == so).then(|| (verdict, vec![*number]));
            }
            Formula::Not(formula) => return formula.decided(!so, of),
            Formula::All(formulas) => (formulas, so),
            Formula::Any(formulas) => (formulas, !so),
        };
        let mut ways = formulas.iter().map(|it| it.decided(so, of));
        if each {
            ways.try_fold((Verdict::Attested, Vec::new()), |all, it| {
                let it = it?;
                Some((all.0.max(it.0), [all.1, it.1].concat()))
            })
        } else {
            ways.flatten().min_by_key(|it| it.0)
        }
    }
}

fn numbered(set: &Set, next: &mut usize) -> Formula {
    match set {
        Set::Of(_) => {
            *next += 1;
            Formula::Term(*next - 1)
        }
        Set::Not(set) => Formula::Not(Box::new(numbered(set, next))),
        Set::All(sets) => Formula::All(sets.iter().map(|it| numbered(it, next)).collect()),
        Set::Any(sets) => Formula::Any(sets.iter().map(|it| numbered(it, next)).collect()),
    }
}
