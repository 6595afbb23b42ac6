//! What is wanted of a check.

use crate::finding::{Finding, Severity};
use crate::infer::Histories;

/// How much of a check is wanted; by default, all of it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub detail: Detail,
    /// Findings of these codes alone, if there are any; what keeps files from being understood is told in any case.
    pub only: Vec<String>,
}

/// How much of a finding is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Detail {
    /// Everything that it says.
    #[default]
    Whole,
    /// What it takes to count it: labels, headings, helps and mends are left out, and messages where there can be many.
    Counted,
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
