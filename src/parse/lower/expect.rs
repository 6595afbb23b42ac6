//! `expect` lines to syntax.

use super::{Node, Rule};
use crate::syntax::{DateText, Expect, Expected, Name, Number, Stretch, StretchForm};

impl Node<'_, '_> {
    pub(super) fn expect(&self) -> Expect {
        let form = self.children().find(|it| it.pair.as_rule() != Rule::kw_expect && !it.is_verdict());
        let form = form.expect("something is expected");
        Expect {
            verdict: self.maybe(Rule::verdict).map(|it| it.bare_name()),
            what: form.expected(),
            names: form.maybe(Rule::expect_names).map(|it| it.names()).unwrap_or_default(),
            stretch: form.maybe(Rule::stretch).map(|it| it.stretch()),
            span: self.span(),
        }
    }

    fn is_verdict(&self) -> bool {
        self.pair.as_rule() == Rule::verdict
    }

    fn expected(&self) -> Expected {
        match self.pair.as_rule() {
            Rule::expect_count => {
                let mut numbers: Vec<Number> = self.all(Rule::number).map(|it| it.to_number()).collect();
                let most = if numbers.len() > 1 { numbers.pop() } else { None };
                Expected::Count { least: numbers.remove(0), most }
            }
            Rule::expect_change => {
                let mut statuses = self.statuses();
                let to = statuses.pop().expect("a change leads somewhere");
                Expected::Change { from: statuses.remove(0), to }
            }
            Rule::expect_rows => Expected::Rows {
                status: self.one(Rule::expect_statuses).statuses(),
                otherwise: self
                    .maybe(Rule::expect_otherwise)
                    .map(|it| it.one(Rule::expect_statuses).statuses())
                    .unwrap_or_default(),
            },
            _ => Expected::Nothing,
        }
    }

    fn statuses(&self) -> Vec<Name> {
        self.all(Rule::expect_status).map(|it| it.name()).collect()
    }

    fn stretch(&self) -> Stretch {
        let form = self.children().next().expect("a stretch has a form");
        let dates: Vec<DateText> = form.all(Rule::date).map(|it| it.to_date()).collect();
        let (form, span) = (form.stretch_form(), self.span());
        Stretch { form, dates, span }
    }

    fn stretch_form(&self) -> StretchForm {
        match self.pair.as_rule() {
            Rule::kw_always => StretchForm::Always,
            Rule::on => StretchForm::On,
            Rule::days => StretchForm::Days,
            Rule::from_on => StretchForm::From,
            Rule::until_day => StretchForm::Until,
            Rule::between => StretchForm::Between,
            Rule::by => StretchForm::By,
            rule => unreachable!("{rule:?} is no stretch"),
        }
    }
}
