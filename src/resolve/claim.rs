//! Claims to constraints.

use super::lifecycle::{deed, forms, status};
use super::of_bloc::of_bloc;
use super::reading::{Context, Reading};
use super::time::{Holding, Saying};
use super::unknown;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::infer::Part;
use crate::ledger::{Basis, BlocId, Cite, CiteAt, Claim, Parts, PartyId, Says};
use crate::lifecycle::{Deed, EventId, Lifecycle, StatusSet};
use crate::source::{FileId, Span};
use crate::spelling::{fold, nearest};
use crate::syntax::{self, Locator, Name, Number, Plural, Predicate, TimeForm};

impl Reading<'_, '_> {
    pub(super) fn claim(&mut self, context: Context, claim: &syntax::Claim) {
        let saying = Saying { file: context.file, span: claim.span, published: context.published };
        let meant = match &claim.predicate {
            Predicate::Inside { not, bloc } => self.inside_claim(saying, claim, *not, bloc),
            Predicate::Is { not, status, bloc } => self.status_claim(saying, claim, *not, status, bloc),
            Predicate::Deed { verb, object: Some(bloc) } => self.deed_claim(saying, claim, verb, bloc),
            Predicate::Deed { verb, object: None } => self.bloc_claim(saying, claim, verb, false),
            Predicate::Plan { verb, object: Some(bloc) } => self.plan_claim(saying, claim, verb, bloc),
            Predicate::Plan { verb, object: None } => self.bloc_claim(saying, claim, verb, true),
            Predicate::Count(count) => self.count_claim(saying, claim, count),
            Predicate::Will { verb, span } => self.will_claim(saying, verb, *span),
        };
        let cites = claim.locators.iter().filter_map(|it| self.cite(context.file, it)).collect();
        if let Some((bloc, parties, says)) = meant {
            let parties = self.of_the_time(saying, claim, parties, &says);
            self.names_out_of_use(context, claim);
            let basis = Basis { said_by: claim.said_by.as_ref().map(|it| it.text.clone()), cites };
            let claim = Claim::new(context.article, claim.span, bloc, &parties, says).resting_on(basis);
            self.said.claims.push(claim);
        }
    }

    /// Of a group whose parties have days of their own, those that are in it on some day that the claim speaks of.
    fn of_the_time(
        &mut self,
        saying: Saying,
        claim: &syntax::Claim,
        parties: Vec<PartyId>,
        says: &Says,
    ) -> Vec<PartyId> {
        if !claim.subjects.iter().any(|it| self.vocabulary.groups.find(&it.text).is_some()) {
            return parties;
        }
        let found = claim.subjects.iter().map(|it| self.vocabulary.parties_of(&it.text, self.ledger));
        let found: Vec<(PartyId, Window)> = found.filter_map(Result::ok).flatten().collect();
        let windows: Vec<Window> = match says {
            Says::Plan { window, .. } => vec![*window],
            _ => says.parts().iter().map(Part::window).collect(),
        };
        let meets =
            |days: Window| windows.is_empty() || windows.iter().any(|it| !it.intersect(days).is_empty());
        let then = |party: &PartyId| found.iter().any(|it| it.0 == *party && meets(it.1));
        let of_then: Vec<PartyId> = parties.iter().copied().filter(then).collect();
        if of_then.is_empty() {
            let message = "nobody was in this group on the days that the claim speaks of";
            let finding = Finding::error("nobody-then", message, saying_place(saying));
            self.find(finding.help("name the parties, or correct the days of the group"));
        }
        of_then
    }

    /// Bloc and parties; both are looked up, so that both can be found wrong.
    fn pair(&mut self, saying: Saying, claim: &syntax::Claim, bloc: &Name) -> Option<(BlocId, Vec<PartyId>)> {
        let bloc = self.joinable_named(saying.file, bloc);
        let parties = self.subjects(saying, claim);
        Some((bloc?, parties?))
    }

    /// Those that are known. Of `only`, none if one is not: without it, the list would say another thing.
    fn subjects(&mut self, saying: Saying, claim: &syntax::Claim) -> Option<Vec<PartyId>> {
        let found: Vec<_> = claim.subjects.iter().map(|it| self.party_named(saying.file, it)).collect();
        if claim.only.is_some() && found.iter().any(Option::is_none) {
            return None;
        }
        let mut parties: Vec<PartyId> = found.into_iter().flatten().flatten().collect();
        if parties.is_empty() {
            return None;
        }
        parties.sort_unstable();
        parties.dedup();
        Some(parties)
    }

    fn inside_claim(&mut self, saying: Saying, claim: &syntax::Claim, not: bool, bloc: &Name) -> Meant {
        let (bloc, parties) = self.pair(saying, claim, bloc)?;
        let all = self.ledger.lifecycle_of(bloc).all();
        let inside = self.ledger.bloc(bloc).inside;
        let statuses = if not { all.without(inside) } else { inside };
        self.state(saying, claim, bloc, parties, statuses)
    }

    fn status_claim(
        &mut self,
        saying: Saying,
        claim: &syntax::Claim,
        not: bool,
        name: &Name,
        bloc: &Name,
    ) -> Meant {
        let (bloc, parties) = self.pair(saying, claim, bloc)?;
        let Some(found) = status(self.ledger.lifecycle_of(bloc), &name.text) else {
            let finding = unknown_status(self.ledger.lifecycle_of(bloc), saying.file, name);
            self.find(finding);
            return None;
        };
        let one = StatusSet::of(found);
        let statuses = if not { self.ledger.lifecycle_of(bloc).all().without(one) } else { one };
        self.state(saying, claim, bloc, parties, statuses)
    }

    fn state(
        &mut self,
        saying: Saying,
        claim: &syntax::Claim,
        bloc: BlocId,
        parties: Vec<PartyId>,
        statuses: StatusSet,
    ) -> Meant {
        let all = self.ledger.lifecycle_of(bloc).all();
        let time = claim.time.as_ref();
        let holding = self.holding(bloc, statuses);
        let parts = self.held(saying, time, &holding)?;
        let mut of_others = Parts::new();
        if let Some(only) = claim.only {
            if time.is_some_and(|it| matches!(it.form, TimeForm::Since | TimeForm::FromTo)) {
                let message = "`only` cannot be said of a beginning or an end";
                let help = "say it of a day with `on`, or of a longer time with `throughout`";
                self.find(Finding::error("time-form", message, Place::new(saying.file, only, "")).help(help));
            } else {
                let holding = self.holding(bloc, all.without(statuses));
                of_others = self.held(saying, time, &holding)?;
            }
        }
        Some((bloc, parties, Says::holds(parts, of_others)))
    }

    pub(super) fn holding(&self, bloc: BlocId, statuses: StatusSet) -> Holding {
        let table = self.ledger.lifecycle_of(bloc);
        let leads =
            (0..table.events.len() as u8).map(EventId).find(|it| statuses.contains(table.event(*it).to));
        let infinitive = leads.map_or("...".to_owned(), |it| infinitive(table, Deed::Event(it)));
        Holding { statuses, all: table.all(), infinitive }
    }

    fn deed_claim(&mut self, saying: Saying, claim: &syntax::Claim, verb: &Name, bloc: &Name) -> Meant {
        self.no_only(saying, claim);
        if fold(&verb.text) == "is" {
            let message = "a status is said with the name of a bloc";
            let finding =
                Finding::error("no-bloc", message, Place::new(saying.file, bloc.span, "in which bloc?"));
            self.find(finding.help(format!("write `is {} in CSTO`, say", bloc.text)));
            return None;
        }
        let (bloc, parties) = self.pair(saying, claim, bloc)?;
        let deed = self.deed_named(saying.file, bloc, verb)?;
        let infinitive = infinitive(self.ledger.lifecycle_of(bloc), deed);
        let window = self.happened(saying, claim.time.as_ref(), &infinitive)?;
        let part = match deed {
            Deed::Event(event) => Part::Event { event, window },
            Deed::Act(act) => Part::Act { act, window },
        };
        Some((bloc, parties, Says::Holds(part)))
    }

    fn plan_claim(&mut self, saying: Saying, claim: &syntax::Claim, verb: &Name, bloc: &Name) -> Meant {
        self.no_only(saying, claim);
        let (bloc, parties) = self.pair(saying, claim, bloc)?;
        let deed = self.deed_named(saying.file, bloc, verb)?;
        let window = self.planned(saying, claim.time.as_ref())?;
        Some((bloc, parties, Says::Plan { deed, window }))
    }

    fn will_claim(&mut self, saying: Saying, verb: &Name, span: Span) -> Meant {
        let message = "what is to come is a plan, and never a fact";
        let finding = Finding::error("future", message, Place::new(saying.file, span, ""));
        self.find(finding.help(format!("write `plans to {}`", verb.text)));
        None
    }

    pub(super) fn no_only(&mut self, saying: Saying, claim: &syntax::Claim) {
        if let Some(only) = claim.only {
            let message = "`only` goes with a state: these and nobody else";
            let help = "write `only ... member-of`, or leave it out";
            self.find(Finding::error("only-of-event", message, Place::new(saying.file, only, "")).help(help));
        }
    }

    pub(super) fn deed_named(&mut self, file: FileId, bloc: BlocId, verb: &Name) -> Option<Deed> {
        let table = self.ledger.lifecycle_of(bloc);
        let found = deed(table, &verb.text);
        if found.is_none() {
            let mut finding = unknown_deed(table, file, verb);
            if of_bloc(verb).is_some() {
                let help =
                    format!("it is said of the bloc itself: `{} {}`", self.ledger.bloc(bloc).name, verb.text);
                finding = finding.help(help);
            }
            self.find(finding);
        }
        found
    }

    pub(super) fn plural(&mut self, file: FileId, bloc: BlocId, plural: &Plural) -> Option<StatusSet> {
        let found = statuses_of(self.ledger.lifecycle_of(bloc), self.ledger.bloc(bloc).inside, plural);
        if found.is_none() {
            let finding = unknown_status(self.ledger.lifecycle_of(bloc), file, &plural.word);
            self.find(finding);
        }
        found
    }

    fn cite(&mut self, file: FileId, locator: &Locator) -> Option<Cite> {
        match locator {
            Locator::Words { words, span } => {
                let at = CiteAt::Words(words.text.clone());
                Some(Cite { written: format!("\"{}\"", words.text), span: *span, at })
            }
            Locator::Lines { first, last, span } => {
                let line = |it: &Number| it.digits.parse::<usize>().ok().filter(|it| *it > 0);
                let (Some(from), Some(to)) = (line(first), line(last)) else {
                    let message = "lines of an article are counted from 1";
                    self.find(
                        Finding::error("line-range", message, Place::new(file, *span, ""))
                            .help("check the number"),
                    );
                    return None;
                };
                if to < from {
                    let message = "these lines run backwards";
                    let finding = Finding::error("line-range", message, Place::new(file, *span, ""));
                    self.find(finding.help(format!("write `@{to}-{from}`")));
                    return None;
                }
                let written = if from == to { from.to_string() } else { format!("{from}-{to}") };
                Some(Cite { written, span: *span, at: CiteAt::Lines(from, to) })
            }
        }
    }
}

pub(super) type Meant = Option<(BlocId, Vec<PartyId>, Says)>;

pub(super) fn saying_place(saying: Saying) -> Place {
    Place::new(saying.file, saying.span, "")
}

/// The form that follows `plans to`: by convention the one after the name.
fn infinitive(table: &Lifecycle, deed: Deed) -> String {
    let forms = match deed {
        Deed::Event(event) => &table.event(event).forms,
        Deed::Act(act) => &table.acts[act.0 as usize].forms,
    };
    forms.get(1).unwrap_or(&forms[0]).clone()
}

/// `members` is all that is inside; `observers`, `former members` name a status.
pub(super) fn statuses_of(table: &Lifecycle, inside: StatusSet, plural: &Plural) -> Option<StatusSet> {
    let word = fold(&plural.word.text);
    if matches!(word.as_str(), "members" | "member") && !plural.members {
        return Some(inside);
    }
    let singular = word.strip_suffix('s').and_then(|it| status(table, it));
    // `1 observer` is as good as `2 observers`.
    singular.or_else(|| status(table, &word)).map(StatusSet::of)
}

pub(super) fn unknown_status(table: &Lifecycle, file: FileId, name: &Name) -> Finding {
    let statuses = || table.statuses.iter().map(|it| it.name.as_str());
    let help = format!("the statuses of `{}` are {}", table.name, statuses().collect::<Vec<_>>().join(", "));
    unknown("unknown-status", "status", file, name, nearest(&name.text, statuses()), &help)
}

pub(super) fn unknown_deed(table: &Lifecycle, file: FileId, verb: &Name) -> Finding {
    let near = nearest(&verb.text, forms(table));
    let names: Vec<&str> = table.events.iter().map(|it| it.forms[0].as_str()).collect();
    let help = match fold(&verb.text).as_str() {
        "member" | "members" => "write `member-of` in one word".to_owned(),
        _ => format!("the events of `{}` are {}", table.name, names.join(", ")),
    };
    let near = near.filter(|_| !help.starts_with("write"));
    unknown("unknown-event", "event or act", file, verb, near, &help)
}
