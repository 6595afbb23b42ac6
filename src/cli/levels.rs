//! How bad findings are, as the user says: by `accede.toml` and by options.

use std::collections::BTreeMap;

use super::Stop;
use super::check::unknown_code;
use crate::check;
use crate::engine::Report;
use crate::explain;
use crate::finding::{Finding, Severity};

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

    /// What is not to be reported is allowed; a line that is not used is always told.
    pub(super) fn apply(&self, report: &mut Report) {
        let passes = |finding: &mut Finding| {
            let said = self.said.get(finding.code).or_else(|| self.said.get(ALL));
            match said {
                Some(Some(severity)) => finding.severity = *severity,
                Some(None) => return check::may_pass(finding),
                None => {}
            }
            false
        };
        report.allowed.extend(report.findings.extract_if(.., passes));
    }
}
