//! `status suspended inside for 90 days then member` to syntax.

use super::{Node, Rule};
use crate::syntax::{Line, Term, Unit};

impl Node<'_, '_> {
    pub(super) fn status(&self) -> Line {
        let term = self.maybe(Rule::term).map(|it| it.term());
        Line::Status { names: self.names(), inside: self.inside(), term }
    }

    fn term(&self) -> Term {
        let unit = self.one(Rule::unit);
        let unit = if unit.has(Rule::kw_day) || unit.has(Rule::kw_days) {
            Unit::Days
        } else if unit.has(Rule::kw_month) || unit.has(Rule::kw_months) {
            Unit::Months
        } else {
            Unit::Years
        };
        Term { count: self.number(), unit, then: self.name() }
    }
}
