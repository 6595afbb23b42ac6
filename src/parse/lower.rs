//! Pairs of the grammar to syntax, one function for each kind of line.

mod expect;
mod question;
mod requirement;
mod rule;
mod term;
mod vocabulary;

use pest::iterators::Pair;
use unicode_normalization::UnicodeNormalization;

use super::{Rule, Text};
use crate::source::Span;
use crate::syntax::{
    Allow, Claim, Count, CountBound, DateText, Header, Line, Locator, Name, Number, Panel, Plural, Predicate,
    Question, Time, TimeForm,
};

/// A pair with the line it stands in.
#[derive(Clone)]
struct Node<'t, 'i> {
    line: &'t Text<'i>,
    pair: Pair<'i, Rule>,
}

/// `None` where the line is no header.
pub(super) fn header(line: &Text, pair: &Pair<Rule>) -> Option<Header> {
    let node = content(line, pair);
    Some(match node.pair.as_rule() {
        Rule::party_header => Header::Party { name: node.name(), title: node.string() },
        Rule::bloc_header => Header::Bloc { name: node.name(), title: node.string() },
        Rule::group_header => Header::Group { name: node.name(), members: node.members() },
        Rule::lifecycle_header => Header::Lifecycle { name: node.name() },
        Rule::article_header => Header::Article { name: node.name(), title: node.string() },
        Rule::rule_header => Header::Rule { name: node.name() },
        Rule::require_header => Header::Require { name: node.name() },
        Rule::ask_header => Header::Ask { question: Box::new(node.one(Rule::question).question()) },
        _ => return None,
    })
}

/// `None` where the line is a header.
pub(super) fn line(line: &Text, pair: &Pair<Rule>) -> Option<Line> {
    let node = content(line, pair);
    Some(match node.pair.as_rule() {
        Rule::code => Line::Code(node.name()),
        Rule::also => node.also(),
        Rule::exists => node.exists(),
        Rule::bloc_lifecycle => Line::BlocLifecycle(node.name()),
        Rule::counts => Line::Counts { status: node.name(), inside: node.inside() },
        Rule::status => node.status(),
        Rule::event => Line::Event {
            forms: node.names(),
            from: node.one(Rule::event_from).names(),
            to: node.one(Rule::event_to).name(),
        },
        Rule::act => Line::Act { forms: node.names() },
        Rule::order => Line::Order { deeds: node.names(), span: node.span() },
        Rule::publisher => Line::Publisher(node.string().expect("a publisher has a name")),
        Rule::published => Line::Published(node.date()),
        Rule::text => Line::Text {
            file: node.string().expect("a text has a file"),
            digest: node.maybe(Rule::digest).map(|it| it.bare_name()),
        },
        Rule::trust => Line::Trust(node.number()),
        Rule::allow => Line::Allow(node.allow()),
        Rule::claim => Line::Claim(node.claim()),
        Rule::implication => Line::Implication(node.implication()),
        Rule::succession => Line::Succession(node.succession()),
        Rule::exclusion => Line::Exclusion(node.bound()),
        Rule::inclusion => Line::Inclusion(node.bound()),
        Rule::size => node.size(),
        Rule::sequence => Line::Sequence(node.sequence()),
        Rule::expect => Line::Expect(node.expect()),
        _ => return None,
    })
}

pub(super) fn question(line: &Text, pair: &Pair<Rule>) -> Question {
    content(line, pair).question()
}

pub(super) fn panel(line: &Text, pair: &Pair<Rule>) -> Panel {
    let node = Node { line, pair: pair.clone() };
    let modifiers = node.children().filter_map(|it| it.modifier()).collect();
    Panel { blocs: node.names(), every: node.one(Rule::every).every(), modifiers }
}

/// What a line holds.
fn content<'t, 'i>(line: &'t Text<'i>, pair: &Pair<'i, Rule>) -> Node<'t, 'i> {
    let pair = pair.clone().into_inner().next().expect("a line holds something");
    Node { line, pair }
}

impl<'t, 'i> Node<'t, 'i> {
    fn children(&self) -> impl Iterator<Item = Node<'t, 'i>> + use<'t, 'i> {
        let line = self.line;
        self.pair.clone().into_inner().map(move |pair| Node { line, pair })
    }

    fn all(&self, rule: Rule) -> impl Iterator<Item = Node<'t, 'i>> + use<'t, 'i> {
        self.children().filter(move |it| it.pair.as_rule() == rule)
    }

    fn maybe(&self, rule: Rule) -> Option<Node<'t, 'i>> {
        self.all(rule).next()
    }

    fn one(&self, rule: Rule) -> Node<'t, 'i> {
        self.maybe(rule).expect("the grammar has it")
    }

    fn has(&self, rule: Rule) -> bool {
        self.maybe(rule).is_some()
    }

    fn span(&self) -> Span {
        let span = self.pair.as_span();
        self.line.span(span.start(), span.end())
    }

    /// The `place`-th name among the children, if there are so many.
    fn maybe_name(&self, place: usize) -> Option<Name> {
        self.all(Rule::name).nth(place).map(|it| it.to_name())
    }

    fn nth_name(&self, place: usize) -> Name {
        self.maybe_name(place).expect("the grammar has it")
    }

    fn name(&self) -> Name {
        self.nth_name(0)
    }

    /// The names of a list among the children; none where there is no list.
    fn names(&self) -> Vec<Name> {
        self.maybe(Rule::names)
            .map(|it| it.all(Rule::name).map(|it| it.to_name()).collect())
            .unwrap_or_default()
    }

    fn string(&self) -> Option<Name> {
        self.maybe(Rule::string).map(|it| it.quoted_name())
    }

    fn to_name(&self) -> Name {
        self.string().unwrap_or_else(|| self.bare_name())
    }

    /// A text in quotes: the span takes the quotes in.
    fn quoted_name(&self) -> Name {
        let inner = self.one(Rule::inner);
        let text = inner.pair.as_str().replace("\\\"", "\"").replace("\\\\", "\\");
        Name { text: composed(&text), span: self.span() }
    }

    fn bare_name(&self) -> Name {
        Name { text: composed(self.pair.as_str()), span: self.span() }
    }

    fn number(&self) -> Number {
        self.one(Rule::number).to_number()
    }

    fn to_number(&self) -> Number {
        Number { digits: self.pair.as_str().to_owned(), span: self.span() }
    }

    fn date(&self) -> DateText {
        self.one(Rule::date).to_date()
    }

    fn to_date(&self) -> DateText {
        DateText { text: self.pair.as_str().to_owned(), span: self.span() }
    }

    fn inside(&self) -> bool {
        self.one(Rule::side).has(Rule::kw_inside)
    }

    fn time(&self) -> Option<Time> {
        let form = self.maybe(Rule::time)?.children().next()?;
        let dates = form.all(Rule::date).map(|it| it.to_date()).collect();
        Some(Time { form: form.time_form(), dates, span: form.span() })
    }

    fn time_form(&self) -> TimeForm {
        match self.pair.as_rule() {
            Rule::on => TimeForm::On,
            Rule::in_ => TimeForm::In,
            Rule::before => TimeForm::Before,
            Rule::by => TimeForm::By,
            Rule::after => TimeForm::After,
            Rule::between => TimeForm::Between,
            Rule::at_end => TimeForm::AtTheEndOf,
            Rule::throughout => TimeForm::Throughout,
            Rule::since => TimeForm::Since,
            Rule::from_to => TimeForm::FromTo,
            rule => unreachable!("{rule:?} is no time"),
        }
    }

    fn claim(&self) -> Claim {
        let said_by = self.maybe(Rule::said_by).and_then(|it| it.string());
        Claim {
            span: self.span(),
            only: self.maybe(Rule::only).map(|it| it.span()),
            subjects: self.names(),
            predicate: self.children().find_map(|it| it.predicate()).expect("a claim has a predicate"),
            time: self.time(),
            said_by,
            locators: self.all(Rule::locator).map(|it| it.locator()).collect(),
            allows: self.all(Rule::allow).map(|it| it.allow()).collect(),
        }
    }

    fn allow(&self) -> Allow {
        let because = self.string().expect("a reason is given");
        Allow { code: self.name(), because, span: self.span() }
    }

    fn predicate(&self) -> Option<Predicate> {
        let not = self.has(Rule::not);
        Some(match self.pair.as_rule() {
            Rule::inside => Predicate::Inside { not, bloc: self.name() },
            Rule::is_status => Predicate::Is { not, status: self.name(), bloc: self.nth_name(1) },
            Rule::deed => Predicate::Deed { verb: self.name(), object: self.maybe_name(1) },
            Rule::plan => Predicate::Plan { verb: self.name(), object: self.maybe_name(1) },
            Rule::will => Predicate::Will { verb: self.name(), span: self.span() },
            Rule::count => Predicate::Count(self.count()),
            _ => return None,
        })
    }

    fn count(&self) -> Count {
        let bound = match self.maybe(Rule::bound) {
            Some(it) if it.has(Rule::kw_most) => CountBound::AtMost,
            Some(it) if it.has(Rule::kw_least) => CountBound::AtLeast,
            _ => CountBound::Exactly,
        };
        Count { bound, number: self.number(), of: self.plural() }
    }

    fn plural(&self) -> Plural {
        let plural = self.one(Rule::plural);
        Plural { word: plural.name(), members: plural.has(Rule::kw_members) }
    }

    fn locator(&self) -> Locator {
        let span = self.span();
        if let Some(words) = self.string() {
            return Locator::Words { words, span };
        }
        let numbers: Vec<Number> = self.one(Rule::lines).all(Rule::number).map(|it| it.to_number()).collect();
        let last = numbers.last().expect("a line has a number").clone();
        Locator::Lines { first: numbers[0].clone(), last, span }
    }
}

/// Unicode's composed form.
fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}
