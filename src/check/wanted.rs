//! What is wanted of a check.

use crate::finding::{Finding, Severity};
use crate::infer::Histories;

/// What is wanted of a check; by default, all of it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Findings of these codes alone, if there are any; what keeps files from being understood is told in any case.
    pub only: Vec<String>,
}

/// How much of findings is wanted, of those kinds of which there can be many.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// That there is one.
    Counted,
    /// Where it is.
    Placed,
    /// Everything that it says.
    Whole,
}

impl Wanted {
    /// Whether findings of this code are.
    pub fn has(&self, code: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|it| it == code)
    }

    /// Whether a finding on the files as they are written is.
    pub fn has_of_files(&self, finding: &Finding) -> bool {
        finding.severity == Severity::Error || self.has(finding.code)
    }

    /// Assumed changes are all that is looked for in histories.
    pub(super) fn histories(&self) -> Histories {
        let any = ["unreported", "undated"].iter().any(|it| self.has(it));
        if any { Histories::ChangesIfAllFit } else { Histories::OfNone }
    }
}
