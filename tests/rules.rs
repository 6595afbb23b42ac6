//! Rules on random small projects, written as text, against a literal reading: day by day it is asked who certainly is
//! in the premise, what follows is written down as claims of an article, and all is read again until nothing new follows.

use std::collections::BTreeSet;

use accede::{Answer, Engine, File};
use proptest::prelude::*;

use crate::inference::cases;
use crate::questions::{DAYS, PARTIES, VOCABULARY, Written, articles, asked, claim, plain};

const BLOCS: [&str; 3] = ["X", "Y", "Z"];
/// The last of them stands for all later days too: nothing is said of these.
const ALL: std::ops::RangeInclusive<i32> = 1..=DAYS + 1;

/// A line of a rule.
#[derive(Clone, Debug)]
struct Line {
    rule: usize,
    premise: Premise,
    status: &'static str,
    bloc: &'static str,
    from: i32,
    /// The first day on which it no longer holds.
    until: Option<i32>,
}

#[derive(Clone, Debug)]
enum Premise {
    /// Whether it is denied, the status and the bloc; and whether all of them are wanted.
    Set(Vec<(bool, &'static str, &'static str)>, bool),
    /// `succeeds`, from members of a bloc.
    Members(&'static str),
    Named(&'static str),
}

fn bloc() -> impl Strategy<Value = &'static str> {
    prop::sample::select(BLOCS.to_vec())
}

fn status() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["members", "members", "members", "suspended members", "former members"])
}

fn line() -> impl Strategy<Value = Line> {
    let literal = (prop::bool::weighted(0.25), status(), bloc());
    let set = (prop::collection::vec(literal, 1..=2), any::<bool>()).prop_map(|it| Premise::Set(it.0, it.1));
    let premise = prop_oneof![
        6 => set,
        1 => bloc().prop_map(Premise::Members),
        1 => prop::sample::select(PARTIES.to_vec()).prop_map(Premise::Named),
    ];
    let until = prop::option::weighted(0.3, 1..=DAYS);
    (0usize..2, premise, status(), bloc(), 1..=DAYS, until).prop_map(
        |(rule, premise, status, bloc, from, until)| {
            let until = until.map(|it| from + it).filter(|it| *it <= DAYS);
            match premise {
                Premise::Set(..) => Line { rule, premise, status, bloc, from, until },
                _ => Line { rule, premise, status: "members", bloc, from, until: None },
            }
        },
    )
}

impl Line {
    fn text(&self) -> String {
        match &self.premise {
            Premise::Set(..) => {
                let until = self.until.map(|it| format!(" until 2000-01-0{it}")).unwrap_or_default();
                format!(
                    "{} are {} of {} from 2000-01-0{}{until}",
                    self.set(),
                    self.status,
                    self.bloc,
                    self.from
                )
            }
            Premise::Members(of) => format!("{} succeeds {of} on 2000-01-0{}", self.bloc, self.from),
            Premise::Named(party) => {
                format!("{} succeeds X on 2000-01-0{} with {party}", self.bloc, self.from)
            }
        }
    }

    /// The premise as the words of a question.
    fn set(&self) -> String {
        match &self.premise {
            Premise::Set(literals, all) => {
                let said = |it: &(bool, &str, &str)| {
                    format!("{}{} of {}", if it.0 { "not " } else { "" }, it.1, it.2)
                };
                let said: Vec<String> = literals.iter().map(said).collect();
                said.join(if *all { " and " } else { " or " })
            }
            Premise::Members(of) => format!("members of {of}"),
            Premise::Named(_) => String::new(),
        }
    }

    /// The blocs that it draws from, and whether on somebody's not being in it.
    fn draws(&self) -> Vec<(&'static str, bool)> {
        let outside = |status: &str| status.starts_with("former");
        match &self.premise {
            Premise::Set(literals, _) => {
                let draw =
                    |it: &(bool, &str, &'static str)| (it.2, it.0 || outside(it.1) || outside(self.status));
                literals.iter().map(draw).collect()
            }
            Premise::Members(of) => vec![(*of, false)],
            Premise::Named(_) => Vec::new(),
        }
    }

    /// The parties and days of its conclusion.
    fn follows(&self, engine: &Engine) -> BTreeSet<(&'static str, i32)> {
        let is = |day: i32| certain(engine, &self.set(), day);
        let parties = |of: BTreeSet<String>| PARTIES.into_iter().filter(move |it| of.contains(*it));
        match &self.premise {
            Premise::Set(..) => {
                let days = ALL.filter(|it| *it >= self.from && self.until.is_none_or(|until| *it < until));
                days.flat_map(|day| parties(is(day)).map(move |it| (it, day))).collect()
            }
            Premise::Members(_) => parties(is(self.from - 1)).map(|it| (it, self.from)).collect(),
            Premise::Named(party) => [(*party, self.from)].into(),
        }
    }

    fn claim(&self, party: &str, first: i32, last: i32) -> String {
        let last = if last > DAYS && !matches!(self.premise, Premise::Members(_) | Premise::Named(_)) {
            "..".to_owned()
        } else {
            format!("2000-01-0{last}")
        };
        let says = match self.status {
            "members" => format!("{party} member-of {}", self.bloc),
            it => format!("{party} is {} in {}", it.trim_end_matches(" members"), self.bloc),
        };
        format!("{says} throughout 2000-01-0{first}/{last}")
    }
}

/// Who certainly is in a set, whatever was overruled.
fn certain(engine: &Engine, set: &str, day: i32) -> BTreeSet<String> {
    let day = if day == 0 { "1999-12-31".to_owned() } else { format!("2000-01-0{day}") };
    // Of one term too, the answer is to be `yes` or `no`.
    let question = format!("({set}) and (members of X or not members of X) on {day}");
    let rows = asked(engine, &question).rows.into_iter();
    rows.filter(|it| it.status == ["yes"] && it.otherwise.is_empty()).map(|it| it.party).collect()
}

fn engine(articles: &[Written], rules: &str) -> Engine {
    let text: String = articles.iter().map(Written::text).collect();
    let vocabulary = format!("{VOCABULARY}bloc Z\n  exists from 2000-01-01\n  lifecycle small\n");
    let files = vec![File::new("a", vocabulary), File::new("b", text), File::new("c", rules)];
    Engine::read(files, &[])
}

fn rules(lines: &[Line], trust: [u32; 2]) -> String {
    let mut text = String::new();
    for (rule, trust) in trust.iter().enumerate() {
        text += &format!("rule r{rule}\n  trust {trust}\n");
        for line in lines.iter().filter(|it| it.rule == rule) {
            text += &format!("  {}\n", line.text());
        }
    }
    text
}

/// Whether one bloc feeds another, by way of others too.
fn feeds(lines: &[Line], from: &str, to: &str) -> bool {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(bloc) = next.pop() {
        for line in lines.iter().filter(|it| it.draws().iter().any(|it| it.0 == bloc)) {
            if reached.insert(line.bloc) {
                next.push(line.bloc);
            }
        }
    }
    reached.contains(to)
}

/// The articles, and what follows as claims of two more.
fn literally(articles: &[Written], lines: &[Line], trust: [u32; 2]) -> Vec<Written> {
    let written = |rule: usize| Written {
        name: format!("r{rule}"),
        publisher: None,
        published: None,
        trust: trust[rule],
        claims: Vec::new(),
    };
    let mut said: Vec<Written> = articles.to_vec();
    said.extend([written(0), written(1)]);
    let mut left: Vec<Line> = lines.to_vec();
    while !left.is_empty() {
        let together = |a: &str, b: &str| a == b || feeds(lines, a, b) && feeds(lines, b, a);
        let first = |it: &&Line| {
            left.iter().all(|other| together(it.bloc, other.bloc) || !feeds(lines, other.bloc, it.bloc))
        };
        let bloc = left.iter().find(first).expect("what feeds each other stands together").bloc;
        let (now, later): (Vec<Line>, Vec<Line>) =
            left.iter().cloned().partition(|it| together(it.bloc, bloc));
        left = later;
        let mut known: Vec<BTreeSet<(&str, i32)>> = vec![BTreeSet::new(); now.len()];
        loop {
            let read = engine(&said, "");
            let mut more = false;
            for (line, known) in now.iter().zip(&mut known) {
                let new: BTreeSet<_> = line.follows(&read).difference(known).copied().collect();
                for &(party, first) in new.iter().filter(|it| !new.contains(&(it.0, it.1 - 1))) {
                    let last =
                        (first..=DAYS + 1).find(|it| !new.contains(&(party, it + 1))).expect("days end");
                    said[articles.len() + line.rule].claims.push(line.claim(party, first, last));
                    more = true;
                }
                known.extend(new);
            }
            if !more {
                break;
            }
        }
    }
    said
}

fn statuses(engine: &Engine) -> Vec<String> {
    let mut all = Vec::new();
    for (bloc, party) in BLOCS.iter().flat_map(|bloc| PARTIES.map(|party| (bloc, party))) {
        for day in ALL {
            let pair = format!("{party} in {bloc} on 2000-01-0{day}");
            let row = asked(engine, &format!("status of {pair}")).rows.remove(0);
            all.push(format!("{pair}: {:?} otherwise {:?}", row.status, row.otherwise));
        }
    }
    all
}

fn counts(answer: &Answer) -> Vec<(usize, usize)> {
    answer.counts.iter().map(|it| (it.least, it.most)).collect()
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(line(), 1..=3)
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn what_follows_is_what_a_literal_reading_says(said in articles(), lines in lines(), trust in [1u32..=2, 1u32..=2]) {
        let text = rules(&lines, trust);
        let whole = engine(&said, &text);
        let circle = lines.iter().any(|it| it.draws().iter().any(|(from, strict)| {
            *strict && (*from == it.bloc || feeds(&lines, it.bloc, from))
        }));
        let told: Vec<&str> = whole.findings().iter().map(|it| it.code).filter(|it| *it == "cycle-through-not").collect();
        prop_assert_eq!(!told.is_empty(), circle, "{}", &text);
        if circle {
            return Ok(());
        }
        let literal = literally(&said, &lines, trust);
        let should: String = literal.iter().map(Written::text).collect();
        prop_assert_eq!(statuses(&whole), statuses(&engine(&literal, "")), "{}\n{}", text, should);
    }

    #[test]
    fn endings_derive_anew(said in articles(), lines in lines(), assumed in claim(), which in 0usize..3) {
        let text = rules(&lines, [1, 1]);
        let whole = engine(&said, &text);
        let question = ["members of Y on 2000-01-03", "history of A in Z", "count members of Y"][which];
        let compare = |ending: String, edited: &[Written]| {
            let (is, should) = (asked(&whole, &format!("{question} {ending}")), asked(&engine(edited, &text), question));
            prop_assert_eq!(plain(&is), plain(&should), "{} {}\n{}", question, ending, &text);
            prop_assert_eq!(counts(&is), counts(&should));
            Ok(())
        };
        for it in &said {
            let others: Vec<Written> = said.iter().filter(|other| other.name != it.name).cloned().collect();
            compare(format!("without {}", it.name), &others)?;
            compare(format!("according to {}", it.name), std::slice::from_ref(it))?;
        }
        let mut edited = said.clone();
        edited.push(Written { name: "assuming".into(), publisher: None, published: None, trust: 1_000_000, claims: vec![assumed.clone()] });
        compare(format!("assuming {assumed}"), &edited)?;
    }
}
