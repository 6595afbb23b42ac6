//! `why Uzbekistan in CSTO on D`, `why not Armenia in EurAsEC on D`

use super::View;
use super::changes::reports;
use super::rows::{published, row, said};
use crate::answer::{Answer, Reason, Verdict};
use crate::date::{Day, Window};
use crate::infer::{self, Conflicts, Part, Stretch, disagreements, infer};
use crate::judge::{last_evidence, spells, verdict};
use crate::ledger::{BlocId, ClaimId, PartyId};
use crate::lifecycle::StatusSet;
use crate::pair::{Found, Pair, problem, untold};

/// The rows of the days, and for each the chain from it to the articles.
pub(super) fn tell(view: View, answer: &mut Answer, (party, bloc): (PartyId, BlocId), window: Window) {
    let pair = view.pairs.get(bloc, party);
    let mut reasons = Vec::new();
    for spell in spells(&pair.outcome.stretches) {
        let days = spell.window.intersect(window);
        if !days.is_empty() {
            answer.rows.push(row(view, &pair, &spell, days));
            reasons.push(Because { view, pair: enough(view, &pair, &spell, days), days }.reason());
        }
    }
    let names = names(view, &pair);
    answer.why = Some(match reasons.len() {
        1 => reasons.remove(0),
        _ => Reason::new(format!("{names}, {}", during(window)), "stretches", reasons),
    });
}

fn names(view: View, pair: &Pair) -> String {
    let ledger = view.pairs.ledger();
    format!("{} in {}", ledger.party(pair.party).name, ledger.bloc(pair.bloc).name)
}

fn during(days: Window) -> String {
    days.said("at any time")
}

/// The pair with as few claims as give these days the same answer: each is left out, and stays so where it is not missed.
fn enough(view: View, pair: &Pair, spell: &Stretch, days: Window) -> Pair {
    /// Of a pair with more claims all are named.
    const MOST: usize = 64;
    let says = |pair: &Pair, spell: &Stretch| {
        let verdict = verdict(view.pairs, pair, spell, days);
        let last = (verdict == Verdict::Presumed).then(|| last_evidence(view.pairs, pair)).flatten();
        (spell.status, spell.otherwise, verdict, last, leading(pair, spell, days))
    };
    let said = says(pair, spell);
    let same = |pair: &Pair| {
        let spells = spells(&pair.outcome.stretches);
        spells.iter().any(|it| it.window.intersect(days) == days && says(pair, it) == said)
    };
    let mut kept: Vec<usize> = (0..pair.claims.len()).collect();
    // Those that speak of other days go first.
    let distance = |claim: &usize| {
        let parts = pair.claims[*claim].parts.iter().map(Part::window);
        parts
            .map(|it| {
                (it.earliest.0.saturating_sub(days.latest.0)).max(days.earliest.0.saturating_sub(it.latest.0))
            })
            .min()
    };
    let mut order = kept.clone();
    order.sort_by_key(|it| (distance(it), *it));
    if order.len() <= MOST {
        for claim in order.into_iter().rev() {
            let rest: Vec<usize> = kept.iter().copied().filter(|it| *it != claim).collect();
            if same(&only(view, pair, &rest)) {
                kept = rest;
            }
        }
    }
    only(view, pair, &kept)
}

/// The changes that led to the statuses of these days: the latest to each.
fn leading(pair: &Pair, spell: &Stretch, days: Window) -> Vec<infer::Change> {
    let mut latest: Vec<infer::Change> = Vec::new();
    for change in &pair.outcome.changes {
        if change.window.earliest <= days.latest && spell.status.contains(change.to) {
            latest.retain(|it| it.to != change.to || it.window.earliest == change.window.earliest);
            latest.push(*change);
        }
    }
    latest
}

/// The pair as it is with these claims alone.
fn only(view: View, pair: &Pair, claims: &[usize]) -> Pair {
    let kept = claims.iter().map(|it| pair.claims[*it].clone()).collect();
    let problem = problem(view.pairs.ledger(), pair.bloc, pair.party, kept);
    let outcome = infer(&problem);
    let said = claims.iter().map(|it| pair.said[*it].clone()).collect();
    Pair {
        bloc: pair.bloc,
        party: pair.party,
        claims: problem.claims,
        said,
        outcome,
        found: Found::default(),
    }
}

/// A pair, and days of which all its histories say the same.
struct Because<'a> {
    view: View<'a>,
    pair: Pair,
    days: Window,
}

impl Because<'_> {
    fn reason(&self) -> Reason {
        let spells = spells(&self.pair.outcome.stretches);
        let spell = spells.iter().find(|it| it.window.contains(self.days.earliest));
        let spell = spell.expect("stretches leave no gap");
        let verdict = verdict(self.view.pairs, &self.pair, spell, self.days);
        let mut premises = self.bounds();
        premises.extend(self.attested());
        premises.extend(self.followed());
        premises.extend(leading(&self.pair, spell, self.days).iter().map(|it| self.change(it)));
        premises.extend(self.disputes(spell));
        premises.extend(self.others(&premises));
        premises.extend(self.persists(verdict));
        Reason::new(self.conclusion(spell, verdict), "simplest-history", premises)
    }

    fn conclusion(&self, spell: &Stretch, verdict: Verdict) -> String {
        let ledger = self.view.pairs.ledger();
        let (party, bloc) = (ledger.party(self.pair.party), ledger.bloc(self.pair.bloc));
        let mut said = format!("{} is {} in {}", party.name, self.statuses(spell.status), bloc.name);
        if !spell.otherwise.is_empty() {
            said += &format!(", otherwise {}", self.statuses(spell.otherwise));
        }
        if spell.status.is_subset(bloc.inside) {
            said += ", and so inside,";
        } else if !spell.status.meets(bloc.inside) {
            said += ", and so outside,";
        }
        format!("{said} {}: {}", during(self.days), verdict.word())
    }

    fn statuses(&self, statuses: StatusSet) -> String {
        let lifecycle = self.view.pairs.ledger().lifecycle_of(self.pair.bloc);
        let mut names: Vec<&str> = statuses.iter().map(|it| lifecycle.name_of(it)).collect();
        names.sort_unstable();
        names.join(" or ")
    }

    /// The days lie before bloc and party can both have existed, or after one of them has ended.
    fn bounds(&self) -> Vec<Reason> {
        let ledger = self.view.pairs.ledger();
        let (bloc, party) = (ledger.bloc(self.pair.bloc), ledger.party(self.pair.party));
        let mut premises = Vec::new();
        for (name, exists) in [(&bloc.name, bloc.exists), (&party.name, party.exists)] {
            if self.days.latest < exists.begins {
                let conclusion = format!("{name} cannot have existed before {}", exists.begins);
                premises.push(Reason::new(conclusion, "existence", Vec::new()));
            }
            if let Some(ends) = exists.ends.filter(|it| it.latest <= self.days.latest) {
                let conclusion = format!("{name} no longer exists from {} on", ends.latest);
                premises.push(Reason::new(conclusion, "existence", Vec::new()));
            }
        }
        premises
    }

    /// The claims that speak of all these days.
    fn speaking(&self) -> impl Iterator<Item = usize> + '_ {
        let speaks = |it: &Part| match *it {
            Part::Always { window, .. } => window.intersect(self.days) == self.days,
            _ => false,
        };
        self.pair.kept_by_some().filter(move |it| self.pair.claims[*it].parts.iter().any(speaks))
    }

    /// What follows of all these days by rules.
    fn followed(&self) -> Vec<Reason> {
        self.leaves(&self.speaking().filter(|it| !self.pair.claims[*it].said).collect::<Vec<_>>())
    }

    fn attested(&self) -> Option<Reason> {
        let claims: Vec<usize> = self.speaking().filter(|it| self.pair.claims[*it].said).collect();
        if claims.is_empty() {
            return None;
        }
        let conclusion =
            format!("it is said of {}", if self.days.is_day() { "that day" } else { "those days" });
        Some(Reason::new(conclusion, "attested", self.leaves(&claims)))
    }

    fn leaves(&self, claims: &[usize]) -> Vec<Reason> {
        let mut leaves: Vec<Reason> = Vec::new();
        for id in published(self.view.pairs.ledger(), &self.pair, claims) {
            let leaf = self.leaf(id, &mut Vec::new());
            // Two stretches may follow from the same.
            if self.view.pairs.ledger().derived(id).is_none() || !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        }
        leaves
    }

    /// A claim, or a line of a rule with what it follows from; what was `told` before is not told again.
    fn leaf(&self, id: ClaimId, told: &mut Vec<ClaimId>) -> Reason {
        /// What follows from more than this is told without it.
        const MOST: usize = 128;
        let ledger = self.view.pairs.ledger();
        let evidence = said(self.view, ledger.claim(id));
        let Some(grounds) = ledger.derived(id).and_then(|it| it.grounds_of(self.pair.party)) else {
            return Reason::claim(evidence);
        };
        let mut premises: Vec<Reason> = Vec::new();
        if told.len() < MOST && !told.contains(&id) {
            told.push(id);
            for it in &grounds.claims {
                let premise = self.leaf(*it, told);
                if !premises.contains(&premise) {
                    premises.push(premise);
                }
            }
        }
        Reason { evidence: Some(evidence.clone()), ..Reason::new(evidence.claim, "rule", premises) }
    }

    fn change(&self, change: &infer::Change) -> Reason {
        let lifecycle = self.view.pairs.ledger().lifecycle_of(self.pair.bloc);
        let (from, to) = (lifecycle.name_of(change.from), lifecycle.name_of(change.to));
        let when = match (change.window.earliest.is_open(), change.window.latest.is_open()) {
            (false, false) if !change.window.is_day() => {
                format!("between {} and {}", change.window.earliest, change.window.latest)
            }
            _ => during(change.window),
        };
        let change_said = format!("{from} to {to} {when}");
        if change.lapsed {
            let conclusion = format!("{change_said} comes by itself: the term of {from} is over");
            return Reason::new(
                conclusion,
                "lapse",
                self.begun(change).iter().map(|it| self.change(it)).collect(),
            );
        }
        if change.assumed && untold(&self.pair, change) {
            let conclusion = format!("{change_said} is assumed: no article reports it, and these need it");
            return Reason::new(conclusion, "assumed", self.leaves(&self.needs(change)));
        }
        let reports = reports(self.view, &self.pair, change);
        if reports.is_empty() {
            return Reason::new(
                format!("{change_said} follows from when bloc and party existed"),
                "existence",
                Vec::new(),
            );
        }
        Reason::new(format!("{change_said} is reported"), "reported", self.leaves(&reports))
    }

    /// The last changes to the status that lapses.
    fn begun(&self, lapse: &infer::Change) -> Vec<infer::Change> {
        let begins = |it: &&infer::Change| it.to == lapse.from && it.window.earliest < lapse.window.earliest;
        let begun = || self.pair.outcome.changes.iter().filter(begins);
        let last = begun().map(|it| it.window.earliest).max();
        begun().filter(|it| Some(it.window.earliest) == last).copied().collect()
    }

    /// A smallest set of claims whose simplest histories assume a change.
    fn needs(&self, change: &infer::Change) -> Vec<usize> {
        let assumes = |pair: &Pair| {
            let alike = |it: &infer::Change| {
                it.assumed
                    && (it.from, it.to) == (change.from, change.to)
                    && !it.window.intersect(change.window).is_empty()
            };
            pair.outcome.changes.iter().any(alike)
        };
        let mut needed: Vec<usize> = self.pair.kept_by_some().collect();
        for claim in self.pair.kept_by_some() {
            let rest: Vec<usize> = needed.iter().copied().filter(|it| *it != claim).collect();
            if assumes(&only(self.view, &self.pair, &rest)) {
                needed = rest;
            }
        }
        needed
    }

    /// Claims that do not fit together, and on which sides they stand.
    fn disputes(&self, spell: &Stretch) -> Vec<Reason> {
        let left_out = &self.pair.outcome.left_out;
        if left_out.is_empty() {
            return Vec::new();
        }
        let kept: Vec<usize> = self.pair.kept().collect();
        let ledger = self.view.pairs.ledger();
        let problem = problem(ledger, self.pair.bloc, self.pair.party, self.pair.claims.clone());
        let found = disagreements(&problem, &kept, left_out, Conflicts::default()).unwrap_or_else(|it| it);
        let reason = |it: &infer::Disagreement| {
            let side = |(number, side): (usize, &Vec<usize>)| {
                Reason::new(format!("side {}", number + 1), "side", self.leaves(side))
            };
            let overruled = it.sides.iter().flatten().any(|it| self.pair.outcome.overruled.contains(it));
            let (said, rule) = if overruled && !spell.disputed {
                ("these do not fit together, and the less trusted ones are overruled", "overruled")
            } else {
                ("these do not fit together", "dispute")
            };
            Reason::new(said.to_owned(), rule, it.sides.iter().enumerate().map(side).collect())
        };
        found.iter().map(reason).collect()
    }

    /// Claims that have not been named yet.
    fn others(&self, premises: &[Reason]) -> Option<Reason> {
        let mut leaves = self.leaves(&(0..self.pair.claims.len()).collect::<Vec<_>>());
        leaves.retain(|leaf| !premises.iter().any(|it| it.has(leaf)));
        if leaves.is_empty() {
            return None;
        }
        Some(Reason::new("these narrow it down".to_owned(), "narrowed", leaves))
    }

    fn persists(&self, verdict: Verdict) -> Option<Reason> {
        let said = match verdict {
            Verdict::Presumed => match last_evidence(self.view.pairs, &self.pair) {
                Some(last) if last > Day::DAWN => format!("no article speaks of a later day than {last}"),
                _ => "no article speaks of it".to_owned(),
            },
            Verdict::Inferred if !self.pair.claims.is_empty() => {
                "a status lasts until something else is reported or has to be assumed".to_owned()
            }
            _ => return None,
        };
        Some(Reason::new(said, "persistence", Vec::new()))
    }
}
