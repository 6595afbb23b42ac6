//! How many findings there are of each kind.

use serde::Serialize;

use super::{Finding, Severity};

/// A kind of finding, and how many there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Count {
    pub severity: Severity,
    pub code: &'static str,
    pub count: usize,
}

/// The kinds of finding that there are: the worst first, then by code.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Tally(Vec<Count>);

impl Tally {
    pub fn of(findings: &[Finding]) -> Tally {
        let mut tally = Tally::default();
        for it in findings {
            tally.add(it.severity, it.code, 1);
        }
        tally
    }

    pub fn add(&mut self, severity: Severity, code: &'static str, count: usize) {
        match self.0.binary_search_by_key(&(severity, code), |it| (it.severity, it.code)) {
            Ok(place) => self.0[place].count += count,
            Err(place) => self.0.insert(place, Count { severity, code, count }),
        }
    }

    pub fn add_all(&mut self, others: &Tally) {
        for it in others.iter() {
            self.add(it.severity, it.code, it.count);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Count> {
        self.0.iter()
    }

    pub fn total(&self) -> usize {
        self.iter().map(|it| it.count).sum()
    }

    pub fn of_severity(&self, severity: Severity) -> usize {
        self.iter().filter(|it| it.severity == severity).map(|it| it.count).sum()
    }
}
