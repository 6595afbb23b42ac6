//! How tests fared, for people and as JSON, and what no test rests on.

use serde::Serialize;

use super::json::{self, Layout};
use super::safe::printable;
use super::text::Style;
use crate::expect::{Claim, Coverage, Outcome, Part, Run, Sign, Test};

/// Each test that failed or was accepted, the files that were changed, and a summary; every line with a line end.
pub fn text(run: &Run, changed: &[String], style: Style) -> String {
    let mut text = String::new();
    for test in run.tests.iter().filter(|it| it.outcome != Outcome::Passed) {
        text += &self::test(test, style);
        text += if test.outcome == Outcome::Accepted { "" } else { "\n" };
    }
    for file in changed {
        text += &format!("changed: {}\n", printable(file));
    }
    text + &summary(run) + "\n"
}

/// One object: counts, files that were changed, and all tests.
pub fn json(run: &Run, changed: &[String]) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        passed: usize,
        failed: usize,
        accepted: usize,
        left_out: usize,
        changed: &'a [String],
        tests: &'a [Test],
    }
    let (passed, accepted) = (run.count(Outcome::Passed), run.count(Outcome::Accepted));
    let failed = run.tests.len() - passed - accepted;
    let Run { left_out, tests, .. } = run;
    json::write(&Document { passed, failed, accepted, left_out: *left_out, changed, tests }, Layout::Pretty)
}

fn summary(run: &Run) -> String {
    let (passed, accepted) = (run.count(Outcome::Passed), run.count(Outcome::Accepted));
    let failed = run.tests.len() - passed - accepted;
    let mut counts = vec![format!("{passed} passed")];
    if run.tests.is_empty() {
        counts = vec!["no tests".to_owned()];
    }
    counts.extend((accepted > 0).then(|| format!("{accepted} accepted")));
    counts.extend((failed > 0).then(|| format!("{failed} failed")));
    counts.extend((run.left_out > 0).then(|| format!("{} left out", run.left_out)));
    counts.join(", ")
}

/// A line that says which test it is, and what there is to say of it.
fn test(test: &Test, style: Style) -> String {
    let word = if test.outcome == Outcome::Accepted { "accepted" } else { "failed" };
    let question = test.question.split_whitespace().collect::<Vec<_>>().join(" ");
    let (question, file) = (printable(&question), printable(&test.file));
    let head = format!("{word}: {question}  ({file}:{})\n", test.line);
    if test.outcome == Outcome::Accepted { head } else { head + &said(test, style) }
}

/// Why a test failed.
pub(super) fn said(test: &Test, style: Style) -> String {
    match test.outcome {
        Outcome::Passed | Outcome::Accepted => String::new(),
        Outcome::Unanswered => {
            let why = test.message.as_deref().unwrap_or_default();
            wrapped(&format!("cannot be answered: {why}"), "  ", "    ", style)
        }
        Outcome::Unexpected => {
            let lines: String =
                test.got.iter().map(|it| row(Sign::Unexpected, &format!("expect {it}"), style)).collect();
            format!("  nothing is expected; `accede test --accept` writes\n{lines}")
        }
        Outcome::Failed => {
            let rows: String = test.diff.iter().map(|(sign, text)| row(*sign, text, style)).collect();
            rows + &claims(test, style)
        }
    }
}

fn row(sign: Sign, text: &str, style: Style) -> String {
    let text = printable(text);
    let line = match sign {
        Sign::Missing => format!("- {text}"),
        Sign::Unexpected => format!("+ {text}"),
        Sign::Same => format!("  {text}"),
        Sign::Gap => "  ...".to_owned(),
    };
    match sign {
        Sign::Missing if style.color => format!("  \u{1b}[31m{line}\u{1b}[0m\n"),
        Sign::Unexpected if style.color => format!("  \u{1b}[32m{line}\u{1b}[0m\n"),
        _ => format!("  {line}\n"),
    }
}

fn claims(test: &Test, style: Style) -> String {
    let (decisive, others): (Vec<&Claim>, Vec<&Claim>) = test.claims.iter().partition(|it| it.decisive);
    let list = |head: &str, claims: &[&Claim]| {
        let claim = |it: &&Claim| {
            let head = format!("{}  ({}:{})", it.article, it.file, it.line);
            let claim = it.claim.split_whitespace().collect::<Vec<_>>().join(" ");
            wrapped(&head, "    ", "      ", style) + &wrapped(&claim, "      ", "      ", style)
        };
        let claims: String = claims.iter().map(claim).collect();
        if claims.is_empty() { String::new() } else { format!("  {head}\n{claims}") }
    };
    let without = match (decisive.len(), others.len()) {
        (1, 0) => "without this claim the answer would be as expected:",
        (1, _) => "without this claim a row would be as expected:",
        _ => "without any one of these claims a row would be as expected:",
    };
    list(without, &decisive) + &list("it rests on:", &others)
}

fn wrapped(text: &str, first: &str, rest: &str, style: Style) -> String {
    let text = printable(text);
    let width = style.width.max(Style::NARROWEST);
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
    textwrap::wrap(&text, options).iter().map(|it| format!("{}\n", it.trim_end())).collect()
}

/// What bears on no tested answer, and how much does.
pub fn coverage(coverage: &Coverage) -> String {
    let mut text = String::new();
    let mut list = |head: &str, part: &Part| {
        if part.untested.is_empty() {
            return;
        }
        text += &format!("{head} that bear on no tested answer\n");
        for it in &part.untested {
            let place = match (&it.file, it.line) {
                (Some(file), Some(line)) => format!("{file}:{line}"),
                _ => it.of.clone(),
            };
            let what = if it.what == "rule" { &it.of } else { &it.what };
            text += &format!("  {}  {}\n", printable(&place), printable(what));
        }
        text += "\n";
    };
    let Coverage { tests, claims, rules, events } = coverage;
    list("claims", claims);
    list("rules", rules);
    list("events", events);
    let tested = |what: &str, part: &Part| {
        let Part { all, untested } = part;
        format!("{} of {all} {what}", all - untested.len())
    };
    let parts = [tested("claims", claims), tested("rules", rules), tested("events", events)];
    let tests = if *tests == 1 { "1 test".to_owned() } else { format!("{tests} tests") };
    text + &format!("{tests}: {}\n", parts.join(", "))
}

pub fn coverage_json(coverage: &Coverage) -> String {
    json::write(coverage, Layout::Pretty)
}
