//! Claims of the commonest shape to constraints, where nothing is to be said against them; else they go the usual way.

use super::lifecycle::deed;
use super::reading::{Context, Reading};
use super::time::sometime;
use crate::date::{Day, Window};
use crate::infer::Part;
use crate::ledger::{Claim, Says};
use crate::lifecycle::Deed;
use crate::parse;
use crate::syntax::{Plain, PlainTime, PlainVerb};

impl Reading<'_> {
    pub(super) fn plain(&mut self, context: Context, plain: &Plain) {
        if let Some(claim) = self.plainly(context, plain) {
            self.said.claims.push(claim);
            return;
        }
        let file = self.sources.file(context.file);
        let claim = parse::claim(context.file, file, plain.span).expect("a plain claim is a claim");
        self.claim(context, &claim);
    }

    fn plainly(&self, context: Context, plain: &Plain) -> Option<Claim> {
        let file = self.sources.file(context.file);
        let (subject, object) = (file.slice(plain.subject), file.slice(plain.bloc));
        let party = self.vocabulary.parties.find(subject)?;
        let bloc = self.vocabulary.blocs.find(object)?;
        if self.ledger.bloc(bloc).group {
            return None;
        }
        if self.vocabulary.in_use.has(subject) || self.vocabulary.in_use.has(object) {
            return None;
        }
        let lifecycle = self.ledger.lifecycle_of(bloc);
        let until = context.published.map_or(Day::DUSK, |it| it.latest);
        let part = match plain.verb {
            PlainVerb::Deed(verb) => {
                let window = plain.time.map_or(Window::ALWAYS, |it| it.1);
                let window = up_to(window, until)?;
                match deed(lifecycle, file.slice(verb))? {
                    Deed::Event(event) => Part::Event { event, window },
                    Deed::Act(act) => Part::Act { act, window },
                }
            }
            PlainVerb::Inside { not } => {
                let inside = self.ledger.bloc(bloc).inside;
                let statuses = if not { lifecycle.all().without(inside) } else { inside };
                let (form, window) = plain.time?;
                if form == PlainTime::On && !window.is_day() {
                    return None;
                }
                sometime(statuses, up_to(window, until)?)
            }
        };
        Some(
            Claim::new(context.article, plain.span, bloc, &[party], Says::Holds(part))
                .citing_line(plain.line),
        )
    }
}

/// No article reports what comes after its publication.
fn up_to(window: Window, until: Day) -> Option<Window> {
    (window.earliest <= until).then(|| Window::new(window.earliest, window.latest.min(until)))
}
