//! Terms of statuses.

use super::Table;
use crate::finding::{Finding, Place};
use crate::lifecycle::{Length, Lifecycle, StatusId, Term};
use crate::syntax::{self, Unit};

impl Table<'_> {
    /// Gives a status its term, if it can have that.
    pub(super) fn term(&mut self, table: &mut Lifecycle, status: StatusId, term: Option<&syntax::Term>) {
        let Some(term) = term else { return };
        let length = self.length(term);
        let then = self.status(table, &term.then);
        let (Some(length), Some(then)) = (length, then) else { return };
        let name = table.name_of(status);
        let place = |label| Place::new(self.file, term.then.span, label);
        let finding = if status == Lifecycle::INITIAL {
            let message = format!("`{name}` comes first, so every history begins with it, but it has a term");
            Finding::error("term-of-first-status", message, place("would begin when time does"))
                .help("take the term out, or put a status first that lasts")
        } else if then == status {
            let message = format!("`{name}` cannot be what follows `{name}`: its term would never end");
            Finding::error("term-to-itself", message, place("is the status itself"))
                .help("name the status that comes after it, or take the term out")
        } else if table.lapsing(then).any(|it| it == status) {
            let message =
                format!("`{name}` would follow itself: the statuses after it lapse, and lead to it again");
            Finding::error("term-to-itself", message, place("leads to itself"))
                .help("name a status that lasts, or take one of the terms out")
        } else {
            table.statuses[status.0 as usize].term = Some(Term { length, then });
            return;
        };
        self.resolver.find(finding);
    }

    fn length(&mut self, term: &syntax::Term) -> Option<Length> {
        let (days, months, years) = Length::MOST;
        let (most, unit) = match term.unit {
            Unit::Days => (days, "days"),
            Unit::Months => (months, "months"),
            Unit::Years => (years, "years"),
        };
        let count = term.count.digits.parse().ok().filter(|it: &u32| (1..=most).contains(it));
        let Some(count) = count else {
            let message = format!("`{}` is no whole number of {unit} from 1 to {most}", term.count.digits);
            let place = Place::new(self.file, term.count.span, "");
            let help = "write a number within these limits, or take the term out";
            self.resolver.find(Finding::error("term-range", message, place).help(help));
            return None;
        };
        Some(match term.unit {
            Unit::Days => Length::Days(count),
            Unit::Months => Length::Months(count),
            Unit::Years => Length::Months(12 * count),
        })
    }
}
