//! Tests as `JUnit` XML, for what shows the results of tests; without times, so that it is the same in each run.

use std::collections::HashSet;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::safe::printable;
use super::tests::said;
use super::text::Style;
use crate::expect::{Outcome, Run, Test};

/// A suite for each file, a case for each question.
pub fn tests(run: &Run) -> String {
    let mut report = Report::new("accede");
    for of_file in run.tests.chunk_by(|a, b| a.file == b.file) {
        let mut suite = TestSuite::new(printable(&of_file[0].file));
        let mut known = HashSet::new();
        for test in of_file {
            let again = !known.insert(test.question.as_str());
            suite.add_test_case(case(test, again));
        }
        report.add_test_suite(suite);
    }
    let xml = report.to_string().expect("a string takes all");
    if xml.ends_with('\n') { xml } else { xml + "\n" }
}

/// Cases of a suite are told apart by their names.
fn case(test: &Test, again: bool) -> TestCase {
    let question = printable(&test.question);
    let name = if again { format!("{question} (line {})", test.line) } else { question.into_owned() };
    let status = if test.is_well() { TestCaseStatus::success() } else { failure(test) };
    let mut case = TestCase::new(name, status);
    case.set_classname(printable(&test.file));
    case.extra.insert("line".into(), test.line.to_string().into());
    case
}

fn failure(test: &Test) -> TestCaseStatus {
    let (kind, message) = match test.outcome {
        Outcome::Unanswered => ("unanswered", "the question cannot be answered"),
        Outcome::Unexpected => ("unexpected", "nothing is expected"),
        _ => ("failed", "the answer is not as expected"),
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let plain = Style { width: 100, color: false, unicode: true };
    status.set_type(kind).set_message(message).set_description(said(test, plain));
    status
}
