//! Lines of `require` sections to syntax.

use super::{Node, Rule};
use crate::syntax::{Bound, Line, Sequence, Step, Time, TimeForm};

impl Node<'_, '_> {
    /// `from D` by itself is from the first day of D on.
    fn required_time(&self) -> Option<Time> {
        let from = self.maybe(Rule::valid_from);
        let since = |it: Node| Time { form: TimeForm::Since, dates: vec![it.date()], span: it.span() };
        self.time().or(from.map(since))
    }

    pub(super) fn bound(&self) -> Bound {
        Bound {
            of: (self.nth_name(0), self.nth_name(1)),
            is: (self.nth_name(2), self.nth_name(3)),
            time: self.required_time(),
            span: self.span(),
        }
    }

    pub(super) fn size(&self) -> Line {
        Line::Size { bloc: self.name(), count: self.one(Rule::count).count(), time: self.required_time() }
    }

    pub(super) fn sequence(&self) -> Sequence {
        let step = |it: Node| Step { verb: it.name(), bloc: it.maybe_name(1), span: it.span() };
        Sequence {
            steps: self.all(Rule::step).map(step).collect(),
            time: self.required_time(),
            span: self.span(),
        }
    }
}
