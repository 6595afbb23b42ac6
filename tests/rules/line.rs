//! Lines of rules: as text, and what they draw from.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::questions::{DAYS, PARTIES};

pub const BLOCS: [&str; 3] = ["X", "Y", "Z"];

/// A line of a rule.
#[derive(Clone, Debug)]
pub struct Line {
    pub rule: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Implies(Implication),
    /// Members of a bloc, or these parties, become members of another.
    Bloc {
        heir: &'static str,
        of: Result<&'static str, Vec<&'static str>>,
        day: i32,
    },
    /// A party takes the place of another, or shares it.
    Party {
        heir: &'static str,
        of: &'static str,
        continues: bool,
        blocs: Vec<&'static str>,
        day: i32,
    },
}

#[derive(Clone, Debug)]
pub struct Implication {
    pub only: bool,
    pub terms: Vec<Term>,
    /// Whether all of the terms have to hold.
    pub all: bool,
    pub fact: Option<Fact>,
    pub status: &'static str,
    pub bloc: &'static str,
    pub from: i32,
    /// The first day on which it no longer holds.
    pub until: Option<i32>,
}

#[derive(Clone, Debug)]
pub struct Term {
    pub not: bool,
    pub status: &'static str,
    pub of: Of,
}

#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// A bloc, on that day or so many before.
    Bloc(&'static str, i32),
    /// A bloc that has a status in another.
    Blocs(&'static str, &'static str),
    /// The group of [`GROUP`].
    Group,
}

/// A, B and C, each on other days.
pub const GROUP: &str = "group G = A from 2000-01-02, B until 2000-01-03, B from 2000-01-05, C\n";

/// Whether a party is in it.
pub fn in_group(party: &str, day: i32) -> bool {
    match party {
        "A" => day >= 2,
        "B" => !(3..5).contains(&day),
        party => party == "C",
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Fact {
    pub party: &'static str,
    pub not: bool,
    pub status: &'static str,
    pub bloc: &'static str,
}

fn bloc() -> impl Strategy<Value = &'static str> {
    prop::sample::select(BLOCS.to_vec())
}

fn party() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PARTIES.to_vec())
}

fn status() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["members", "members", "members", "suspended members", "former members"])
}

fn term() -> impl Strategy<Value = Term> {
    let of = prop_oneof![
        6 => bloc().prop_map(|it| Of::Bloc(it, 0)),
        1 => (bloc(), 1..=2).prop_map(|it| Of::Bloc(it.0, it.1)),
        1 => (status(), bloc()).prop_map(|it| Of::Blocs(it.0, it.1)),
        1 => Just(Of::Group),
    ];
    (prop::bool::weighted(0.25), status(), of).prop_map(|(not, status, of)| {
        let status = if matches!(of, Of::Group) { "members" } else { status };
        Term { not, status, of }
    })
}

fn implication() -> impl Strategy<Value = Implication> {
    let who = prop::sample::select(vec!["A", "B", "C", "X"]);
    let is = prop::sample::select(vec!["", "member", "suspended", "former"]);
    let fact = (who, any::<bool>(), is, bloc());
    let fact = fact.prop_map(|(party, not, status, bloc)| Fact { party, not, status, bloc });
    let set = (prop::collection::vec(term(), 1..=2), any::<bool>(), prop::option::weighted(0.15, fact));
    let days = (1..=DAYS, prop::option::weighted(0.3, 1..=DAYS));
    (prop::bool::weighted(0.15), set, status(), bloc(), days).prop_map(
        |(only, (terms, all, fact), status, bloc, (from, until))| {
            let until = until.map(|it| from + it).filter(|it| *it <= DAYS);
            Implication { only, terms, all, fact, status, bloc, from, until }
        },
    )
}

pub fn line() -> impl Strategy<Value = Line> {
    let of_bloc =
        (bloc(), bloc(), party(), any::<bool>(), 1..=DAYS).prop_map(|(heir, of, with, all, day)| {
            Kind::Bloc { heir, of: if all { Ok(of) } else { Err(vec![with]) }, day }
        });
    let blocs = prop_oneof![Just(BLOCS.to_vec()), bloc().prop_map(|it| vec![it])];
    let of_party = (party(), party(), any::<bool>(), blocs, 1..=DAYS)
        .prop_filter("two parties", |it| it.0 != it.1)
        .prop_map(|(heir, of, continues, blocs, day)| Kind::Party { heir, of, continues, blocs, day });
    let kind = prop_oneof![6 => implication().prop_map(Kind::Implies), 2 => of_bloc, 2 => of_party];
    (0usize..2, kind).prop_map(|(rule, kind)| Line { rule, kind })
}

impl Line {
    pub fn text(&self) -> String {
        match &self.kind {
            Kind::Implies(it) => it.text(),
            Kind::Bloc { heir, of: Ok(of), day } => format!("{heir} succeeds {of} on 2000-01-0{day}"),
            Kind::Bloc { heir, of: Err(with), day } => {
                format!("{heir} succeeds X on 2000-01-0{day} with {}", with.join(" and "))
            }
            Kind::Party { heir, of, continues, blocs, day } => {
                let verb = if *continues { "continues" } else { "succeeds" };
                let blocs = if blocs.len() == BLOCS.len() {
                    String::new()
                } else {
                    format!(" in {}", blocs.join(", "))
                };
                format!("{heir} {verb} {of} on 2000-01-0{day}{blocs}")
            }
        }
    }
}

impl Implication {
    fn text(&self) -> String {
        let terms: Vec<String> = self.terms.iter().map(Term::text).collect();
        let only = if self.only { "only " } else { "" };
        let set = terms.join(if self.all { " and " } else { " or " });
        let until = self.until.map(|it| format!(" until 2000-01-0{it}")).unwrap_or_default();
        let fact = self.fact.map(|it| format!(" while {}", it.text())).unwrap_or_default();
        format!("{only}{set} are {} of {} from 2000-01-0{}{until}{fact}", self.status, self.bloc, self.from)
    }

    /// The parties that it names, as blocs that are parties are named.
    pub fn named(&self) -> BTreeSet<&'static str> {
        let by_way = self.terms.iter().any(|it| matches!(it.of, Of::Blocs(..)));
        self.fact.map(|it| it.party).into_iter().chain(by_way.then_some("X")).collect()
    }
}

impl Term {
    fn text(&self) -> String {
        let not = if self.not { "not " } else { "" };
        match self.of {
            Of::Bloc(bloc, 0) => format!("{not}{} of {bloc}", self.status),
            Of::Bloc(bloc, days) => format!("{not}{} of {bloc} within {days} days before", self.status),
            Of::Blocs(status, bloc) => format!("{not}{} of {status} of {bloc}", self.status),
            Of::Group => format!("{not}members of G"),
        }
    }
}

impl Fact {
    fn text(&self) -> String {
        let Fact { party, not, status, bloc } = self;
        match (*not, *status) {
            (true, "") => format!("{party} not member-of {bloc}"),
            (false, "") => format!("{party} member-of {bloc}"),
            (true, it) => format!("{party} is not {it} in {bloc}"),
            (false, it) => format!("{party} is {it} in {bloc}"),
        }
    }
}
