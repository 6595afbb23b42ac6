//! Answers kept as tests: what rule files ask and expect, compared with what is answered.

mod accept;
mod canonical;
mod compare;
mod coverage;
mod difference;

use rayon::prelude::*;
use serde::Serialize;

use crate::answer::Answer;
use crate::finding::{Edit, Finding, Severity};
use crate::ledger::{Ask, Ledger};
use crate::pair::Pairs;
use crate::resolve::Vocabulary;
use crate::source::Sources;

pub use accept::accept;
use compare::Compared;
pub use coverage::{Coverage, Part, Untested, coverage};

/// The tests of a project, by file and line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Run {
    pub tests: Vec<Test>,
    /// Questions that were not wanted.
    pub left_out: usize,
    /// What is wrong with the files, and may have changed an answer.
    pub findings: Vec<Finding>,
}

/// An `ask` section, and how it fared.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Test {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub question: String,
    pub outcome: Outcome,
    /// Why the question cannot be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What stands after each `expect`.
    pub expected: Vec<String>,
    /// What would have to stand there.
    pub got: Vec<String>,
    /// What is expected and not answered, row by row.
    pub missing: Vec<String>,
    /// What is answered and not expected.
    pub unexpected: Vec<String>,
    /// The claims that make the difference.
    pub claims: Vec<Claim>,
    /// Both, with the rows that agree beside them.
    #[serde(skip)]
    pub diff: Vec<(Sign, String)>,
    /// What makes the section expect what is answered.
    #[serde(skip)]
    edits: Vec<Edit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Passed,
    /// The answer is another.
    Failed,
    /// Nothing is expected.
    Unexpected,
    /// The question cannot be answered.
    Unanswered,
    /// What is answered is now expected.
    Accepted,
}

/// Of a row that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Missing,
    Unexpected,
    Same,
    /// Rows that agree are left out here.
    Gap,
}

/// A claim that a row which differs rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Claim {
    pub article: String,
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub claim: String,
    /// Without this claim alone the row would be as expected.
    pub decisive: bool,
}

/// How a question is answered, here from a ledger with or without some claim.
pub type Answering<'a> = dyn Fn(&Pairs, &str) -> Result<Answer, Vec<Finding>> + Sync + 'a;

/// What tests look at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a function has none")]
pub struct View<'a> {
    pub pairs: &'a Pairs,
    pub sources: &'a Sources,
    pub vocabulary: &'a Vocabulary,
    pub answering: &'a Answering<'a>,
}

impl<'a> View<'a> {
    fn ledger(&self) -> &'a Ledger {
        self.pairs.ledger()
    }

    fn question(&self, ask: &Ask) -> &'a str {
        self.sources.file(ask.file).slice(ask.question)
    }

    /// The questions that contain a text, whatever the case, by file and line; and how many others there are.
    fn asks(&self, filter: Option<&str>) -> (Vec<&'a Ask>, usize) {
        let filter = filter.unwrap_or_default().to_lowercase();
        let all = &self.ledger().asks;
        let mut asks: Vec<&Ask> =
            all.iter().filter(|it| self.question(it).to_lowercase().contains(&filter)).collect();
        asks.sort_by_key(|it| (&self.sources.file(it.file).path, it.question.start));
        let left_out = all.len() - asks.len();
        (asks, left_out)
    }
}

/// Compares the answers to the questions that contain a text with what is expected of them.
pub fn run(view: View, filter: Option<&str>, findings: Vec<Finding>) -> Run {
    let (asks, left_out) = view.asks(filter);
    let tests = asks.into_par_iter().map(|it| test(view, it)).collect();
    Run { tests, left_out, findings }
}

impl Run {
    pub fn count(&self, outcome: Outcome) -> usize {
        self.tests.iter().filter(|it| it.outcome == outcome).count()
    }

    /// All answers are as expected, and nothing is wrong with the files.
    pub fn is_well(&self) -> bool {
        self.tests.iter().all(Test::is_well) && self.findings.iter().all(|it| it.severity == Severity::Note)
    }
}

impl Test {
    pub fn is_well(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Accepted)
    }
}

fn test(view: View, ask: &Ask) -> Test {
    let file = view.sources.file(ask.file);
    let question = view.question(ask);
    let expected: Vec<String> =
        ask.expected.iter().map(|it| canonical::after_expect(file.slice(it.span)).to_owned()).collect();
    let mut test = Test {
        file: file.path.clone(),
        line: file.position(ask.question.start).0,
        question: question.to_owned(),
        outcome: Outcome::Passed,
        message: None,
        expected,
        got: Vec::new(),
        missing: Vec::new(),
        unexpected: Vec::new(),
        claims: Vec::new(),
        diff: Vec::new(),
        edits: Vec::new(),
    };
    let answer = match (view.answering)(view.pairs, question) {
        Ok(it) => it,
        Err(findings) => {
            let said = |it: &Finding| match &it.help {
                Some(help) => format!("{} ({help})", it.message),
                None => it.message.clone(),
            };
            test.message = Some(findings.iter().map(said).collect::<Vec<_>>().join("; "));
            return Test { outcome: Outcome::Unanswered, ..test };
        }
    };
    let compared = Compared::new(ask, &answer);
    test.got = compared.written();
    if compared.agrees() {
        return test;
    }
    test.outcome = if ask.expected.is_empty() { Outcome::Unexpected } else { Outcome::Failed };
    test.edits = accept::edits(file, ask, &compared);
    (test.missing, test.unexpected) = compared.differences(file);
    test.diff = compared.diff(file);
    if test.outcome == Outcome::Failed {
        test.claims = difference::claims(view, ask, &answer, &compared);
    }
    test
}
