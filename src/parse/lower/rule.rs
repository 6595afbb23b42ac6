//! Rules and groups.

use super::{Node, Rule};
use crate::syntax::{Carried, Fact, Implication, Member, Succession, Validity};

impl Node<'_, '_> {
    pub(super) fn implication(&self) -> Implication {
        let facts = self.maybe(Rule::while_);
        Implication {
            only: self.has(Rule::only),
            premise: self.one(Rule::set).set(),
            status: self.plural(),
            bloc: self.name(),
            validity: self.validity(),
            time: self.time(),
            facts: facts.iter().flat_map(|it| it.all(Rule::fact)).map(|it| it.fact()).collect(),
            span: self.span(),
        }
    }

    fn validity(&self) -> Option<Validity> {
        let validity = self.maybe(Rule::validity)?;
        let bound = |rule: Rule| validity.maybe(rule).map(|it| it.date());
        Some(Validity { from: bound(Rule::valid_from), until: bound(Rule::valid_until) })
    }

    fn fact(&self) -> Fact {
        let party = self.name();
        if let Some(inside) = self.maybe(Rule::inside) {
            return Fact { party, not: inside.has(Rule::not), status: None, bloc: inside.name() };
        }
        let is = self.one(Rule::is_status);
        Fact { party, not: is.has(Rule::not), status: Some(is.name()), bloc: is.nth_name(1) }
    }

    pub(super) fn succession(&self) -> Succession {
        let carried = match (self.maybe(Rule::carried), self.maybe(Rule::kept_in)) {
            (Some(with), _) => Carried::With(with.names()),
            (_, Some(kept)) if kept.has(Rule::but_not) => Carried::NotIn(kept.names()),
            (_, Some(kept)) => Carried::In(kept.names()),
            (None, None) => Carried::Everything,
        };
        Succession {
            heir: self.name(),
            of: self.nth_name(1),
            continues: self.has(Rule::kw_continues),
            time: self.time(),
            carried,
            span: self.span(),
        }
    }

    pub(super) fn members(&self) -> Vec<Member> {
        let member = |it: Node| Member { name: it.name(), validity: it.validity() };
        self.all(Rule::group_member).map(member).collect()
    }
}
