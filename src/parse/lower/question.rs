//! Questions, sets and what they end in.

use super::{Node, Rule};
use crate::syntax::{DateText, Every, Modifier, Of, Query, Question, Set, Time};

impl Node<'_, '_> {
    pub(super) fn question(&self) -> Question {
        let query = self.children().find_map(|it| it.query()).expect("a question asks something");
        let modifiers = self.children().filter_map(|it| it.modifier()).collect();
        Question { query, modifiers, span: self.span() }
    }

    fn query(&self) -> Option<Query> {
        Some(match self.pair.as_rule() {
            Rule::set => Query::Set(self.set()),
            Rule::blocs_of => Query::Blocs { party: self.name(), time: self.time() },
            Rule::status_of => {
                Query::Status { party: self.name(), bloc: self.nth_name(1), time: self.time() }
            }
            Rule::history => Query::History { of: self.name(), bloc: self.maybe_name(1) },
            Rule::when => {
                Query::When { party: self.name(), status: self.nth_name(1), bloc: self.nth_name(2) }
            }
            Rule::changes => Query::Changes { bloc: self.name(), time: self.time() },
            Rule::common => Query::Common { parties: self.names(), time: self.time() },
            Rule::counting => Query::Count {
                set: self.one(Rule::set).set(),
                every: self.maybe(Rule::every).map(|it| it.every()),
            },
            Rule::why | Rule::why_not => Query::Why {
                not: self.pair.as_rule() == Rule::why_not,
                party: self.name(),
                bloc: self.nth_name(1),
                time: self.time(),
            },
            Rule::did => Query::Did {
                party: self.name(),
                verb: self.nth_name(1),
                bloc: self.maybe_name(2),
                time: self.time(),
            },
            _ => return None,
        })
    }

    pub(super) fn every(&self) -> Every {
        let dates: Vec<DateText> = self.all(Rule::date).map(|it| it.to_date()).collect();
        Every { period: self.one(Rule::period).bare_name(), from: dates[0].clone(), to: dates[1].clone() }
    }

    /// `and` binds before `or`.
    pub(super) fn set(&self) -> Set {
        let mut any = vec![Vec::new()];
        for child in self.children() {
            match child.pair.as_rule() {
                Rule::connective if child.has(Rule::kw_or) => any.push(Vec::new()),
                Rule::set_term => any.last_mut().expect("never empty").push(child.set_term()),
                _ => {}
            }
        }
        let any = any.into_iter().map(|all| single(all, Set::All)).collect();
        single(any, Set::Any)
    }

    fn set_term(&self) -> Set {
        let term = if let Some(set) = self.maybe(Rule::set) {
            match self.time() {
                Some(time) => at(set.set(), &time),
                None => set.set(),
            }
        } else {
            let it = self.one(Rule::belonging);
            let before = it.maybe(Rule::days_before).map(|it| it.number());
            Set::Belonging { of: it.plural(), bloc: it.belonging_of(), before, time: it.time() }
        };
        if self.has(Rule::not) { Set::Not(Box::new(term)) } else { term }
    }

    fn belonging_of(&self) -> Of {
        match self.maybe(Rule::belonging_of) {
            Some(blocs) => Of::Blocs { of: blocs.plural(), bloc: Box::new(blocs.belonging_of()) },
            None => Of::Bloc(self.name()),
        }
    }

    pub(super) fn modifier(&self) -> Option<Modifier> {
        Some(match self.pair.as_rule() {
            Rule::as_published => Modifier::AsPublishedBy(self.date()),
            Rule::according_to => Modifier::AccordingTo(self.names()),
            Rule::without => Modifier::Without(self.names()),
            Rule::assuming => Modifier::Assuming(Box::new(self.one(Rule::claim).claim())),
            _ => return None,
        })
    }
}

/// A time behind brackets is that of each term in them that has none.
fn at(set: Set, time: &Time) -> Set {
    let all = |sets: Vec<Set>| sets.into_iter().map(|it| at(it, time)).collect();
    match set {
        Set::Belonging { of, bloc, before, time: None } => {
            Set::Belonging { of, bloc, before, time: Some(time.clone()) }
        }
        Set::Belonging { .. } => set,
        Set::Not(set) => Set::Not(Box::new(at(*set, time))),
        Set::All(sets) => Set::All(all(sets)),
        Set::Any(sets) => Set::Any(all(sets)),
    }
}

fn single(mut sets: Vec<Set>, several: impl Fn(Vec<Set>) -> Set) -> Set {
    if sets.len() == 1 { sets.remove(0) } else { several(sets) }
}
