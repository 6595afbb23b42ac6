//! Claims on a bloc itself: founded, in force, dissolved, and how many belong.

use smallvec::smallvec;

use super::claim::{Meant, saying_place};
use super::lifecycle::{deed, forms};
use super::reading::Reading;
use super::time::Saying;
use super::unknown;
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::infer::Part;
use crate::ledger::{self, BlocId, Parts, Says};
use crate::lifecycle::{Lifecycle, StatusSet};
use crate::source::FileId;
use crate::spelling::{fold, nearest};
use crate::syntax::{self, Count, CountBound, Name, Number};

/// What can be said of a bloc itself.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum OfBloc {
    Founded,
    InForce,
    Dissolved,
}

/// The words for it, of each kind last the one that follows `plans to`. They are the same for every lifecycle, for they change no status.
const OF_BLOC: [(&str, OfBloc); 8] = [
    ("founded", OfBloc::Founded),
    ("found", OfBloc::Founded),
    ("in-force", OfBloc::InForce),
    ("enters-into-force", OfBloc::InForce),
    ("enter-into-force", OfBloc::InForce),
    ("dissolved", OfBloc::Dissolved),
    ("dissolves", OfBloc::Dissolved),
    ("dissolve", OfBloc::Dissolved),
];

pub(super) fn of_bloc(verb: &Name) -> Option<OfBloc> {
    let folded = fold(&verb.text);
    OF_BLOC.iter().find(|it| it.0 == folded).map(|it| it.1)
}

/// The days of which a count speaks, and whether of every one: a state that begins and ends is counted while it held.
fn counted(part: &Part, statuses: StatusSet) -> Option<(Window, bool)> {
    match *part {
        Part::Always { statuses: of, window } if of == statuses => Some((window, true)),
        Part::Sometime { statuses: of, window } if of == statuses => Some((window, false)),
        Part::Spell { begins, .. } => Some((begins, false)),
        _ => None,
    }
}

impl Reading<'_, '_> {
    /// `CSTO founded in 2002`: a claim on the bloc itself, and so on every party's membership.
    pub(super) fn bloc_claim(
        &mut self,
        saying: Saying,
        claim: &syntax::Claim,
        verb: &Name,
        planned: bool,
    ) -> Meant {
        self.no_only(saying, claim);
        let Some(of_bloc) = of_bloc(verb) else {
            let finding = self.no_object(saying.file, claim, verb);
            self.find(finding);
            return None;
        };
        let bloc = self.one_bloc(saying, claim)?;
        if planned {
            let window = self.planned(saying, claim.time.as_ref())?;
            return Some((bloc, Vec::new(), Says::OfBloc { planned, window }));
        }
        let infinitive = OF_BLOC.iter().rfind(|it| it.1 == of_bloc).map_or("", |it| it.0);
        let window = self.happened(saying, claim.time.as_ref(), infinitive)?;
        let of_others = self.bounds(bloc, of_bloc, window, saying.published);
        if of_others.is_empty() {
            return Some((bloc, Vec::new(), Says::OfBloc { planned, window }));
        }
        Some((bloc, Vec::new(), Says::holds(Parts::new(), of_others)))
    }

    /// Before it can have been founded nobody belongs; from the day it is dissolved nobody does any more.
    fn bounds(&self, bloc: BlocId, what: OfBloc, window: Window, published: Option<Window>) -> Parts {
        let outside = self.ledger.lifecycle_of(bloc).all().without(self.ledger.bloc(bloc).inside);
        match what {
            OfBloc::Founded if window.earliest > Day::DAWN => smallvec![Part::Always {
                statuses: StatusSet::of(Lifecycle::INITIAL),
                window: Window::new(Day::DAWN, window.earliest.previous()),
            }],
            OfBloc::Dissolved if window.latest.is_open() => {
                smallvec![Part::Reports { into: outside, window }]
            }
            OfBloc::Dissolved => {
                let until = published.map_or(Day::DUSK, |it| it.earliest).max(window.latest);
                let after = Window::new(window.latest, until);
                smallvec![
                    Part::Always { statuses: outside, window: after },
                    Part::Reports { into: outside, window }
                ]
            }
            OfBloc::Founded | OfBloc::InForce => Parts::new(),
        }
    }

    pub(super) fn count_claim(&mut self, saying: Saying, claim: &syntax::Claim, count: &Count) -> Meant {
        self.no_only(saying, claim);
        let bloc = self.one_bloc(saying, claim)?;
        let statuses = self.plural(saying.file, bloc, &count.of)?;
        let number = self.bounds_of_count(saying.file, count)?;
        let holding = self.holding(bloc, statuses);
        let parts = self.held(saying, claim.time.as_ref(), &holding)?;
        let (window, throughout) = parts.iter().find_map(|it| counted(it, statuses))?;
        Some((bloc, Vec::new(), Says::Count { number, statuses, window, throughout }))
    }

    pub(super) fn bounds_of_count(&mut self, file: FileId, count: &Count) -> Option<ledger::Number> {
        let number = self.number(file, &count.number)?;
        let (least, most) = match count.bound {
            CountBound::Exactly => (number, number),
            CountBound::AtMost => (0, number),
            CountBound::AtLeast => (number, u32::MAX),
        };
        Some(ledger::Number { least, most })
    }

    fn one_bloc(&mut self, saying: Saying, claim: &syntax::Claim) -> Option<BlocId> {
        if let [bloc] = &claim.subjects[..] {
            return self.joinable_named(saying.file, bloc);
        }
        let finding =
            Finding::error("several-blocs", "this is said of one bloc at a time", saying_place(saying));
        self.find(finding.help("write a line for each bloc"));
        None
    }

    /// An event without a bloc, or a word that is neither event nor said of a bloc.
    fn no_object(&self, file: FileId, claim: &syntax::Claim, verb: &Name) -> Finding {
        const PROPERTIES: [&str; 5] = ["allow", "publisher", "published", "text", "trust"];
        let property = nearest(&claim.subjects[0].text, PROPERTIES.into_iter());
        if let Some(property) =
            property.filter(|_| self.vocabulary.parties.find(&claim.subjects[0].text).is_none())
        {
            let name = &claim.subjects[0];
            if fold(&name.text) == property {
                let message = format!("this `{property}` line is not as it should be");
                let help = "write `publisher \"NAME\"`, `published 2012-12-19`, `text \"FILE\" sha256 DIGEST`, `trust 2` or `allow CODE because \"REASON\"`";
                return Finding::error("unknown-property", message, Place::new(file, claim.span, ""))
                    .help(help);
            }
            return unknown("unknown-property", "line", file, name, Some(property), "");
        }
        let known = self.ledger.lifecycles.iter().find(|it| deed(it, &verb.text).is_some());
        if known.is_some() {
            let message = format!("`{}` wants the name of a bloc after it", verb.text);
            return Finding::error("no-bloc", message, Place::new(file, verb.span, "which bloc?"))
                .help(format!("write `{} CSTO`, say", verb.text));
        }
        let all = self.ledger.lifecycles.iter().flat_map(forms).chain(OF_BLOC.iter().map(|it| it.0));
        let help = "of a bloc itself one says `founded`, `in-force` or `dissolved`";
        unknown("unknown-event", "event or act", file, verb, nearest(&verb.text, all), help)
    }

    fn number(&mut self, file: FileId, number: &Number) -> Option<u32> {
        let found = number.digits.parse().ok();
        if found.is_none() {
            let message = format!("a count is at most {}", u32::MAX);
            self.find(
                Finding::error("number-range", message, Place::new(file, number.span, ""))
                    .help("check the number"),
            );
        }
        found
    }
}
