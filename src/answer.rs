//! An answer: one table, each row with how sure it is and what it rests on.

mod because;

use rayon::prelude::*;
use serde::Serialize;

use crate::date::Day;

pub use because::Because;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// As it was asked.
    pub question: String,
    #[serde(rename = "answers")]
    pub rows: Vec<Row>,
    /// What the question leaves open, and each row has to say.
    #[serde(skip)]
    pub open: Open,
    /// Of a history, and of `changes in`: when each change can have happened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Of `count`: how many there are, one for each date or stretch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
    /// Of `why`: the chain from the answer to the articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
}

impl Answer {
    /// Without anything in it yet.
    pub(crate) fn new(question: &str, open: Open) -> Answer {
        let question = question.to_owned();
        Answer { question, rows: Vec::new(), open, changes: Vec::new(), counts: Vec::new(), why: None }
    }

    /// Puts together what the rows rest on, many at once; otherwise each is when it is first looked at.
    pub(crate) fn gather(&self) {
        self.rows.par_iter().with_max_len(8).for_each(|it| _ = it.because.first());
    }
}

/// What the rows of an answer differ in, by the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Open {
    pub party: bool,
    pub bloc: bool,
    /// More than a day is asked about.
    pub days: bool,
}

/// A party in a bloc on some days.
///
/// Of a set (`members of A and not members of B`) and of `common blocs of` it is a party in several blocs, or several
/// parties in a bloc, their names joined by `, `; `status` is then `yes`, or `no` and `yes`, and `parts` has a row for
/// each. Of `did` the status is `yes`, `no` or both.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Row {
    pub party: String,
    pub bloc: String,
    /// The first day; `null` in JSON where nothing says when it begins.
    pub from: Day,
    /// The last day; `null` in JSON where it has not ended.
    pub to: Day,
    /// Every status that the simplest histories have on these days, sorted.
    pub status: Vec<String>,
    /// Whether that counts as belonging; `null` in JSON where it may or may not.
    pub inside: Option<bool>,
    /// What overruled claims, given a hearing, would add, sorted.
    pub otherwise: Vec<String>,
    pub verdict: Verdict,
    /// Where the verdict is presumed: the last day that a claim speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_evidence: Option<Day>,
    pub because: Because,
    pub against: Because,
    /// What it is put together from, where that is several rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Row>,
}

/// How good an answer is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A claim of every repair says so for that very day.
    Attested,
    /// All simplest histories agree, and there is evidence of that day or a later one.
    Inferred,
    /// All agree, but the last evidence is earlier.
    Presumed,
    /// Simplest histories of one repair differ.
    Possible,
    /// Repairs differ, or an overruled claim would make the day another.
    Disputed,
    /// Only a plan speaks of it.
    Planned,
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Attested => "attested",
            Verdict::Inferred => "inferred",
            Verdict::Presumed => "presumed",
            Verdict::Possible => "possible",
            Verdict::Disputed => "disputed",
            Verdict::Planned => "planned",
        }
    }
}

/// A claim that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Evidence {
    pub article: String,
    /// The rule file that has the claim, and its line there, counted from 1.
    pub file: String,
    pub line: usize,
    /// The claim as it was written.
    pub claim: String,
    /// Where in the article's text: `7`, `7-9` or quoted words, as cited.
    pub cites: Vec<String>,
    /// The article's own words, where its text is at hand; several passages are joined by ` ... `.
    pub passage: Option<String>,
}

/// A change of a history, and the days on one of which it happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    pub party: String,
    pub bloc: String,
    #[serde(rename = "from_status")]
    pub from: String,
    #[serde(rename = "to_status")]
    pub to: String,
    pub earliest: Day,
    pub latest: Day,
    /// No article reports it: some history needs it.
    pub assumed: bool,
    /// It comes by itself, at the end of a term.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lapsed: bool,
    /// Claims contradict each other on some of these days.
    pub disputed: bool,
    /// The claims that report it; none, where it is assumed or lapses.
    pub because: Vec<Evidence>,
}

/// A party in a bloc on a day: one line of a panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cell {
    pub bloc: String,
    pub party: String,
    pub date: Day,
    /// As [`Row::status`].
    pub status: Vec<String>,
    pub inside: Option<bool>,
    pub otherwise: Vec<String>,
    pub verdict: Verdict,
}

/// How many parties a set has on some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Count {
    /// The first day; `null` in JSON where nothing says when it begins.
    pub from: Day,
    /// The last day; `null` in JSON where it has not ended.
    pub to: Day,
    /// Those that belong in any case.
    pub least: usize,
    /// With those that may belong.
    pub most: usize,
    /// The weakest verdict among them.
    pub verdict: Verdict,
    pub sure: Vec<String>,
    pub possible: Vec<String>,
    pub because: Vec<Evidence>,
    pub against: Vec<Evidence>,
}

/// A conclusion, the rule it follows by, and what it follows from: a tree that ends in claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// A sentence.
    pub conclusion: String,
    /// The name of the rule, as `docs/json.md` lists them.
    pub rule: &'static str,
    pub premises: Vec<Reason>,
    /// The claim, where that is what it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

impl Reason {
    pub fn new(conclusion: impl Into<String>, rule: &'static str, premises: Vec<Reason>) -> Reason {
        Reason { conclusion: conclusion.into(), rule, premises, evidence: None }
    }

    /// That a claim says so.
    pub fn claim(evidence: Evidence) -> Reason {
        let conclusion = format!("{} says: {}", evidence.article, evidence.claim);
        Reason { conclusion, rule: "claim", premises: Vec::new(), evidence: Some(evidence) }
    }

    /// Whether it is another one, or rests on it.
    pub(crate) fn has(&self, other: &Reason) -> bool {
        self == other || self.premises.iter().any(|it| it.has(other))
    }
}
