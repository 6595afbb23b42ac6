//! Mends: small changes of the files that would settle a contradiction, each tried before it is offered.

use smallvec::smallvec;

use super::View;
use super::disagreement::{Disagreement, Side};
use super::view::line_end;
use super::write;
use crate::date::Window;
use crate::finding::{Edit, Mend, Place};
use crate::infer::{Change, Outcome, Part, glance};
use crate::ledger::{ArticleId, Claim, ClaimId, Parts, PartyId};
use crate::lifecycle::EventId;
use crate::pair::{Pair, Said, Supposed, folded, problem, trust};
use crate::source::Span;
use crate::spelling::in_claim;
use crate::syntax::{self, Predicate};

/// More claims than this are not changed together.
const TOGETHER: usize = 3;
/// Claims on more parties than this are not tried: a list is mended by hand.
const PARTIES: usize = 40;

/// More claims on a pair than this are mended by hand.
const CLAIMS: usize = 200;

/// The mends of a disagreement: first what changes the claim that looks wrong, then the smallest.
pub(super) fn mends(view: View, it: &Disagreement, wrong: Option<&Place>) -> Vec<Mend> {
    if view.pairs.get(it.bloc, it.parties[0]).claims.len() > CLAIMS {
        return Vec::new();
    }
    let mending = Mending { view, it };
    let mut mends = mending.other_dates();
    mends.extend(mending.other_events());
    mends.extend(mending.something_between());
    mends.extend(mending.more_trust());
    let elsewhere = |mend: &Mend| {
        wrong.is_some_and(|wrong| {
            let touches = |it: &Edit| {
                it.file == wrong.file && wrong.span.start <= it.span.start && it.span.end <= wrong.span.end
            };
            !mend.edits.iter().any(touches)
        })
    };
    mends.sort_by_key(elsewhere);
    mends
}

struct Mending<'a> {
    view: View<'a>,
    it: &'a Disagreement,
}

impl Mending<'_> {
    /// `returns` for `joins`: another event that leads to the same status.
    fn other_events(&self) -> Vec<Mend> {
        let lifecycle = self.view.ledger().lifecycle_of(self.it.bloc);
        let mut mends = Vec::new();
        for side in &self.it.sides[..self.it.core] {
            let [id] = side.claims[..] else { continue };
            let Some((event, window)) = self.event_of(id) else { continue };
            let Some(verb) = self.verb(id) else { continue };
            let to = lifecycle.event(event).to;
            let others = (0..lifecycle.events.len() as u8).map(EventId);
            let others = others.filter(|it| *it != event && lifecycle.event(*it).to == to);
            let tried = others.filter_map(|other| {
                let parts: Parts = smallvec![Part::Event { event: other, window }];
                let supposed = Supposed { parts: [(id, parts)].into(), ..Supposed::default() };
                if !self.settles(&supposed, &[id]) {
                    return None;
                }
                Some((self.assumed(&supposed, &[id])?, other))
            });
            // More than one assumption is no small change.
            let Some((_, other)) = tried.min().filter(|it| it.0 <= 1) else { continue };
            let form = in_claim(&lifecycle.event(other).forms[0]);
            let claim = self.view.ledger().claim(id);
            let file = self.view.ledger().file_of(claim);
            let message = format!("write `{form}` for `{}`", self.view.sources.file(file).slice(verb));
            let edit = Edit { file, span: verb, replacement: form.into_owned() };
            mends.push(Mend { message, edits: vec![edit] });
        }
        mends
    }

    /// The changes that have to be assumed of the parties, at most.
    fn assumed(&self, supposed: &Supposed, changed: &[ClaimId]) -> Option<usize> {
        let outcomes = self.outcomes(supposed, changed)?;
        let of_one = |outcome: &Outcome| outcome.changes.iter().filter(|it| it.assumed).count();
        outcomes.iter().map(|(_, _, outcome)| of_one(outcome)).max()
    }

    /// The date of one side for that of the others, where they speak of the same.
    fn other_dates(&self) -> Vec<Mend> {
        let mut mends = Vec::new();
        for (number, side) in self.it.sides.iter().enumerate() {
            let others = self.it.sides.iter().enumerate().filter(|it| it.0 != number);
            let wrong: Vec<ClaimId> = others.flat_map(|it| it.1.claims.iter().copied()).collect();
            if wrong.len() > TOGETHER || wrong.is_empty() {
                continue;
            }
            let what = |id: ClaimId| self.deed_of(id).map(|it| with_window(it, Window::ALWAYS));
            let alike: Vec<ClaimId> = side
                .claims
                .iter()
                .copied()
                .filter(|it| wrong.iter().all(|id| what(*id) == what(*it)))
                .collect();
            mends.extend(self.common_window(&alike).and_then(|window| self.date(&wrong, window)));
        }
        mends
    }

    fn date(&self, wrong: &[ClaimId], window: Window) -> Option<Mend> {
        if window.earliest.is_placeholder() {
            return None;
        }
        let mut supposed = Supposed::default();
        let mut edits = Vec::new();
        let mut written = Vec::new();
        for &id in wrong {
            let claim = self.view.ledger().claim(id);
            let until = self.view.ledger().article(claim.article).published.map(|it| it.latest);
            let own = Window::new(window.earliest, until.map_or(window.latest, |it| it.min(window.latest)));
            if own.is_empty() {
                return None;
            }
            supposed.parts.insert(id, smallvec![with_window(self.deed_of(id)?, own)]);
            let (span, before, time) = self.time(id)?;
            let replacement = format!("{before}{}", write::time(window)?);
            edits.push(Edit { file: self.view.ledger().file_of(claim), span, replacement });
            written.push(time);
        }
        if !self.settles(&supposed, wrong) {
            return None;
        }
        written.dedup();
        let message = format!("write `{}` for {}", write::time(window)?, written.join(" and "));
        Some(Mend { message, edits })
    }

    /// The change that nobody reported between two reports of one event.
    fn something_between(&self) -> Option<Mend> {
        let [first, second] = self.it.smallest()[..] else { return None };
        let lifecycle = self.view.ledger().lifecycle_of(self.it.bloc);
        let (mut a, mut b) = (self.event_of(first)?, self.event_of(second)?);
        let mut later = second;
        if a.1.latest > b.1.latest {
            std::mem::swap(&mut a, &mut b);
            later = first;
        }
        let window = Window::new(a.1.latest.next(), b.1.earliest.previous());
        if a.0 != b.0 || window.is_empty() || self.it.parties.len() > 1 {
            return None;
        }
        let event = lifecycle.event(a.0);
        let between = (0..lifecycle.events.len() as u8).map(EventId).find(|it| {
            let other = lifecycle.event(*it);
            other.from.contains(event.to) && event.from.contains(other.to)
        })?;
        let claim = self.view.ledger().claim(later);
        let parts: Parts = smallvec![Part::Event { event: between, window }];
        let supposed = Supposed { added: Some((claim.article, parts)), ..Supposed::default() };
        if !self.settles(&supposed, &[]) {
            return None;
        }
        let verb = &lifecycle.event(between).forms[0];
        added(self.view, claim, self.it.parties[0], verb, window)
    }

    /// A higher trust for an article of a side, so that it settles what is true.
    fn more_trust(&self) -> Vec<Mend> {
        let core = &self.it.sides[..self.it.core];
        let mut mends = Vec::new();
        if core.len() < 2 {
            return mends;
        }
        for (number, side) in core.iter().enumerate() {
            let articles = |claims: &[ClaimId]| -> Vec<ArticleId> {
                claims.iter().map(|it| self.view.ledger().claim(*it).article).collect()
            };
            let others = self.it.sides.iter().enumerate().filter(|it| it.0 != number);
            let against: Vec<ArticleId> = others.flat_map(|it| articles(&it.1.claims)).collect();
            let Some(article) = articles(&side.claims).into_iter().find(|it| !against.contains(it)) else {
                continue;
            };
            mends.extend(self.trust(article, &against, number));
        }
        mends
    }

    fn trust(&self, article: ArticleId, against: &[ArticleId], side: usize) -> Option<Mend> {
        let ledger = self.view.ledger();
        let of_others = trust(against.iter().copied(), |it| self.view.for_check.voice(it));
        let trust = of_others.checked_add(1)?.max(ledger.article(article).trust);
        let supposed = Supposed { trust: Some((article, trust)), ..Supposed::default() };
        let outcomes = self.outcomes(&supposed, &[])?;
        let others = self.it.sides.iter().enumerate().filter(|it| it.0 != side);
        let lost: Vec<ClaimId> = others.flat_map(|it| it.1.claims.iter().copied()).collect();
        // Each of the others is now left out by every repair.
        let settled = outcomes.iter().all(|(said, _, new)| {
            let overruled = |it: &usize| said[*it].iter().any(|id| lost.contains(id));
            new.contested.is_empty() && new.overruled.iter().any(overruled)
        });
        let named = self.it.sides[side].claims.iter().all(|id| {
            outcomes.iter().all(|(said, _, new)| !new.left_out.iter().any(|it| said[*it].contains(id)))
        });
        // As `overruled` has it: each side that is left out is trusted less than every other.
        let is_lost = |side: &&Side| {
            let overruled = |(said, _, new): &(Vec<Said>, Vec<u32>, Outcome)| {
                new.overruled.iter().any(|it| said[*it].iter().any(|id| side.claims.contains(id)))
            };
            outcomes.iter().all(overruled)
        };
        let trust_of = |side: &Side| {
            let articles = side.claims.iter().map(|it| ledger.claim(*it).article);
            articles.map(|it| if it == article { trust } else { ledger.article(it).trust }).max()
        };
        let (lost, kept): (Vec<&Side>, Vec<&Side>) = self.it.sides.iter().partition(is_lost);
        let believed = lost.iter().map(|it| trust_of(it)).max() < kept.iter().map(|it| trust_of(it)).min();
        if !settled || !named || !believed {
            return None;
        }
        let name = &ledger.article(article).name;
        let edit = self.view.trust_line(article, trust);
        Some(Mend { message: format!("trust `{name}` more: `trust {trust}`"), edits: vec![edit] })
    }

    /// Whether what is supposed settles the whole disagreement on every party, and makes nothing else worse.
    fn settles(&self, supposed: &Supposed, changed: &[ClaimId]) -> bool {
        let Some(outcomes) = self.outcomes(supposed, changed) else { return false };
        let lost =
            |outcome: &Outcome, trust: &[u32]| outcome.left_out.iter().map(|it| u64::from(trust[*it])).sum();
        outcomes.iter().enumerate().all(|(place, (_, trust, new))| {
            let party = self.parties(changed)[place];
            let old = self.view.pairs.get(self.it.bloc, party);
            let old_trust: Vec<u32> = old.claims.iter().map(|it| it.trust).collect();
            let (before, after): (u64, u64) = (lost(&old.outcome, &old_trust), lost(new, trust));
            if !self.it.parties.contains(&party) {
                return after <= before;
            }
            let sides = self.it.sides.iter().flat_map(|it| &it.claims);
            let own = |it: &&usize| old.said[**it].iter().any(|id| sides.clone().any(|other| other == id));
            let of_it: u64 =
                old.outcome.left_out.iter().filter(own).map(|it| u64::from(old_trust[*it])).sum();
            of_it > 0 && after + of_it <= before
        })
    }

    fn parties(&self, changed: &[ClaimId]) -> Vec<PartyId> {
        let mut parties = self.it.parties.clone();
        for id in changed {
            parties.extend(self.view.ledger().claim(*id).parties());
        }
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    /// What comes of it for each party: the claims of the ledger, their trust, and the outcome. `None` beyond a limit.
    #[expect(clippy::type_complexity)]
    fn outcomes(
        &self,
        supposed: &Supposed,
        changed: &[ClaimId],
    ) -> Option<Vec<(Vec<Said>, Vec<u32>, Outcome)>> {
        let ledger = self.view.ledger();
        let parties = self.parties(changed);
        if parties.len() > PARTIES {
            return None;
        }
        let of_party = |party: &PartyId| {
            let (claims, said) = folded(ledger, self.it.bloc, *party, supposed);
            let trust = claims.iter().map(|it| it.trust).collect();
            let outcome = glance(&problem(ledger, self.it.bloc, *party, claims))?;
            Some((said, trust, outcome))
        };
        parties.iter().map(of_party).collect()
    }

    fn parsed(&self, id: ClaimId) -> Option<syntax::Claim> {
        let claim = self.view.ledger().claim(id);
        let file = self.view.ledger().file_of(claim);
        crate::parse::claim(file, self.view.sources.file(file), claim.span())
    }

    fn verb(&self, id: ClaimId) -> Option<Span> {
        match self.parsed(id)?.predicate {
            Predicate::Deed { verb, .. } => Some(verb.span),
            _ => None,
        }
    }

    /// Where a claim has its time, what to write before another one, and the time as it is written.
    fn time(&self, id: ClaimId) -> Option<(Span, &'static str, String)> {
        let parsed = self.parsed(id)?;
        let file = self.view.sources.file(self.view.ledger().file_of(self.view.ledger().claim(id)));
        if let Some(time) = parsed.time {
            return Some((time.span, "", format!("`{}`", file.slice(time.span))));
        }
        let Predicate::Deed { object: Some(object), .. } = parsed.predicate else { return None };
        Some((Span { start: object.span.end, end: object.span.end }, " ", "no date".into()))
    }

    fn deed_of(&self, id: ClaimId) -> Option<Part> {
        match *self.view.ledger().claim(id).parts() {
            [part @ (Part::Event { .. } | Part::Act { .. })] => Some(part),
            _ => None,
        }
    }

    fn event_of(&self, id: ClaimId) -> Option<(EventId, Window)> {
        match self.deed_of(id)? {
            Part::Event { event, window } => Some((event, window)),
            _ => None,
        }
    }

    /// What the claims of a side say of the date together.
    fn common_window(&self, claims: &[ClaimId]) -> Option<Window> {
        let mut windows = claims.iter().map(|it| self.deed_of(*it).map(|it| it.window()));
        let first = windows.next()??;
        let common = windows.try_fold(first, |all, it| it.map(|it| all.intersect(it)))?;
        (!common.is_empty()).then_some(common)
    }
}

/// The first event by which an article could report a change without contradicting a claim.
pub(super) fn fitting(view: View, pair: &Pair, change: &Change, article: ArticleId) -> Option<EventId> {
    let ledger = view.ledger();
    let fits = |event: &EventId| {
        let parts: Parts = smallvec![Part::Event { event: *event, window: change.window }];
        let supposed = Supposed { added: Some((article, parts)), ..Supposed::default() };
        let (claims, _) = folded(ledger, pair.bloc, pair.party, &supposed);
        glance(&problem(ledger, pair.bloc, pair.party, claims)).is_some_and(|it| it.left_out.is_empty())
    };
    ledger.lifecycle_of(pair.bloc).allowing(change.from, change.to).find(fits)
}

/// A line with another claim below one, in the same article.
pub(super) fn added(view: View, below: &Claim, party: PartyId, verb: &str, window: Window) -> Option<Mend> {
    let ledger = view.ledger();
    let id = ledger.file_of(below);
    let file = view.sources.file(id);
    let line = file.line(file.line_of(below.span().start))?;
    let indent = file.text.get(line.start as usize..below.span().start as usize);
    let (party, bloc) = (in_claim(&ledger.party(party).name), in_claim(&ledger.bloc(below.bloc).name));
    let verb = in_claim(verb);
    let claim = format!("{party} {verb} {bloc} {}", write::time(window)?);
    let replacement = format!("{}{indent}{claim}", line_end(file, line.end));
    let edit = Edit { file: id, span: Span { start: line.end, end: line.end }, replacement };
    let article = &ledger.article(below.article).name;
    Some(Mend {
        message: format!("if an article says so, add `{claim}`, say to `{article}`"),
        edits: vec![edit],
    })
}

fn with_window(part: Part, window: Window) -> Part {
    match part {
        Part::Event { event, .. } => Part::Event { event, window },
        Part::Act { act, .. } => Part::Act { act, window },
        other => other,
    }
}
