//! Lines under `party` and `bloc` that have days, to syntax.

use super::{Node, Rule};
use crate::syntax::{DateText, Line};

impl Node<'_, '_> {
    pub(super) fn also(&self) -> Line {
        let [from, to] = self.ends([Rule::also_from, Rule::also_to]);
        Line::Also { names: self.names(), from, to, span: self.span() }
    }

    pub(super) fn exists(&self) -> Line {
        let [from, to] = self.ends([Rule::exists_from, Rule::exists_to]);
        Line::Exists { from, to, span: self.span() }
    }

    fn ends(&self, rules: [Rule; 2]) -> [Option<DateText>; 2] {
        rules.map(|rule| self.maybe(rule).map(|it| it.date()))
    }
}
