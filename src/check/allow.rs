//! `allow CODE because "..."`: findings that somebody has looked at and lets pass.

use super::Wanted;
use super::sources::CONTRADICTIONS;
use crate::finding::{Finding, Place, Severity};
use crate::ledger::{Allowance, Ledger};

/// The findings, without those that are allowed; and those. A line that allows nothing is told where what it allows was looked
/// for.
pub fn allowed(findings: Vec<Finding>, ledger: &Ledger, wanted: &Wanted) -> (Vec<Finding>, Vec<Finding>) {
    if ledger.allowances.is_empty() {
        return (findings, Vec::new());
    }
    let mut used = vec![false; ledger.allowances.len()];
    let (allowed, mut kept): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| {
        let mut any = false;
        for (allowance, used) in ledger.allowances.iter().zip(&mut used) {
            if covers(allowance, finding) {
                any = true;
                *used = true;
            }
        }
        any
    });
    let unused = ledger.allowances.iter().zip(used).filter(|it| !it.1 && wanted.has(&it.0.code));
    for (allowance, _) in unused.filter(|_| wanted.has("unused-allow")) {
        let message = format!("there is no `{}` here to allow", allowance.code);
        let place = Place::new(allowance.file, allowance.span, "");
        kept.push(Finding::warning("unused-allow", message, place).help("take it out"));
    }
    (kept, allowed)
}

/// Whether findings of this kind can be let pass: not those that say that a line is not used.
pub fn may_pass(severity: Severity, code: &str) -> bool {
    severity != Severity::Error || CONTRADICTIONS.contains(&code) || code == "requirement"
}

fn covers(allowance: &Allowance, finding: &Finding) -> bool {
    let within = |place: &Place| {
        place.file == allowance.file
            && allowance.scope.start <= place.span.start
            && place.span.end <= allowance.scope.end
    };
    finding.code == allowance.code
        && may_pass(finding.severity, finding.code)
        && finding.places.iter().any(within)
}
