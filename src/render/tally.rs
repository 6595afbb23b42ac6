//! How many findings there are of each kind.

use serde::Serialize;

use super::json::{self, Layout};
use super::said::severity;
use crate::finding::{Finding, Severity};

/// A kind of finding, and how many there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Count {
    pub severity: Severity,
    pub code: &'static str,
    pub count: usize,
}

/// The worst first, then by code.
pub fn of(findings: &[Finding]) -> Vec<Count> {
    // There are few kinds.
    let mut counts: Vec<Count> = Vec::new();
    for &Finding { severity, code, .. } in findings {
        match counts.iter_mut().find(|it| (it.severity, it.code) == (severity, code)) {
            Some(known) => known.count += 1,
            None => counts.push(Count { severity, code, count: 1 }),
        }
    }
    counts.sort_by_key(|it| (it.severity, it.code));
    counts
}

pub fn text(counts: &[Count]) -> String {
    let width = counts.iter().map(|it| it.count.to_string().len()).max().unwrap_or(0);
    let line = |it: &Count| format!("{:>width$} {}[{}]\n", it.count, severity(it.severity), it.code);
    counts.iter().map(line).collect()
}

pub fn json(counts: &[Count]) -> String {
    json::write(&counts, Layout::Pretty)
}
