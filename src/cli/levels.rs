//! How bad findings are, as the user says: by `accede.toml` and by options.

use std::collections::BTreeMap;

use super::Stop;
use super::check::unknown_code;
use crate::check;
use crate::engine::{Counted, Report};
use crate::explain;
use crate::finding::{Finding, Severity, Tally};

/// Every code.
const ALL: &str = "all";

/// What is said of codes; what is said of a code itself counts before what is said of all.
#[derive(Default)]
pub(super) struct Levels {
    /// `None` for what is not to be reported.
    said: BTreeMap<String, Option<Severity>>,
}

impl Levels {
    /// What is said later counts; of what is said at once, `deny` before `warn` before `allow`.
    pub(super) fn add(&mut self, deny: &[String], warn: &[String], allow: &[String]) -> Result<(), Stop> {
        let kinds = [(allow, None), (warn, Some(Severity::Warning)), (deny, Some(Severity::Error))];
        for (codes, severity) in kinds {
            for code in codes {
                if code != ALL && explain::page(code).is_none() {
                    return Err(unknown_code(code));
                }
                self.said.insert(code.clone(), severity);
            }
        }
        Ok(())
    }

    /// What is not to be reported is allowed.
    pub(super) fn apply(&self, report: &mut Report) {
        let passes = |finding: &mut Finding| {
            let severity = self.of(finding.severity, finding.code);
            finding.severity = severity.unwrap_or(finding.severity);
            severity.is_none()
        };
        report.allowed.extend(report.findings.extract_if(.., passes));
    }

    /// The same of findings that are counted.
    pub(super) fn apply_to_counts(&self, counted: &mut Counted) {
        let mut found = Tally::default();
        for it in counted.found.iter() {
            match self.of(it.severity, it.code) {
                Some(severity) => found.add(severity, it.code, it.count),
                None => counted.allowed.add(it.severity, it.code, it.count),
            }
        }
        counted.found = found;
    }

    /// How bad findings of a kind are, but for those that are let pass; a line that is not used is always told.
    fn of(&self, severity: Severity, code: &str) -> Option<Severity> {
        match self.said.get(code).or_else(|| self.said.get(ALL)) {
            Some(Some(said)) => Some(*said),
            Some(None) if check::may_pass(severity, code) => None,
            _ => Some(severity),
        }
    }
}
