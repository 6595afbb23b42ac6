//! Claims of the commonest shape to constraints, where nothing is to be said against them; else they go the usual way.

use super::lexicon::Lexicon;
use super::reading::{Context, Reading};
use super::time::sometime;
use crate::date::{Day, Window};
use crate::infer::Part;
use crate::ledger::{BlocId, Claim, PartyId};
use crate::lifecycle::Deed;
use crate::parse;
use crate::syntax::{Plain, PlainTime, PlainVerb};

impl Reading<'_, '_> {
    pub(super) fn plain(&mut self, context: Context, plain: &Plain, lexicon: &Lexicon) {
        if let Some(claim) = self.plainly(context, plain, lexicon) {
            if context.only.is_none_or(|it| it == claim.bloc) {
                self.said.claims.push(claim);
            }
            return;
        }
        let file = self.sources.file(context.file);
        let claim = parse::claim(context.file, file, plain.span).expect("a plain claim is a claim");
        self.claim(context, &claim);
    }

    #[inline]
    fn plainly(&self, context: Context, plain: &Plain, lexicon: &Lexicon) -> Option<Claim> {
        let bloc = BlocId(plain.bloc);
        let of_bloc = self.ledger.bloc(bloc);
        let until = context.published.map_or(Day::DUSK, |it| it.latest);
        let part = match plain.verb {
            // Nothing that happens does so throughout.
            PlainVerb::Deed(_) if plain.time.is_some_and(|it| it.0 == PlainTime::Throughout) => return None,
            PlainVerb::Deed(verb) => {
                let window = plain.time.map_or(Window::ALWAYS, |it| it.1);
                let window = up_to(window, until)?;
                match lexicon.deed(of_bloc.lifecycle, verb)? {
                    Deed::Event(event) => Part::Event { event, window },
                    Deed::Act(act) => Part::Act { act, window },
                }
            }
            PlainVerb::Inside { not } => {
                let inside = of_bloc.inside;
                let all = || self.ledger.lifecycles[of_bloc.lifecycle].all();
                let statuses = if not { all().without(inside) } else { inside };
                let (form, window) = plain.time?;
                if form == PlainTime::On && !window.is_day() {
                    return None;
                }
                let window = up_to(window, until)?;
                match form {
                    PlainTime::Throughout => Part::Always { statuses, window },
                    PlainTime::On | PlainTime::In => sometime(statuses, window),
                }
            }
        };
        let pair = (bloc, PartyId(plain.party));
        Some(Claim::plain(context.article, plain.span, pair, part, plain.line))
    }
}

/// No article reports what comes after its publication.
fn up_to(window: Window, until: Day) -> Option<Window> {
    (window.earliest <= until).then(|| Window::new(window.earliest, window.latest.min(until)))
}
