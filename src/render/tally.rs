//! How many findings there are of each kind.

use std::collections::BTreeMap;

use rayon::prelude::*;
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
    let add = |mut counts: BTreeMap<_, usize>, kind: (Severity, &'static str), count: usize| {
        *counts.entry(kind).or_default() += count;
        counts
    };
    let counts = findings.par_iter().fold(BTreeMap::new, |all, it| add(all, (it.severity, it.code), 1));
    let counts =
        counts.reduce(BTreeMap::new, |all, some| some.into_iter().fold(all, |all, it| add(all, it.0, it.1)));
    counts.into_iter().map(|((severity, code), count)| Count { severity, code, count }).collect()
}

pub fn text(counts: &[Count]) -> String {
    let width = counts.iter().map(|it| it.count.to_string().len()).max().unwrap_or(0);
    let line = |it: &Count| format!("{:>width$} {}[{}]\n", it.count, severity(it.severity), it.code);
    counts.iter().map(line).collect()
}

pub fn json(counts: &[Count]) -> String {
    json::write(&counts, Layout::Pretty)
}
