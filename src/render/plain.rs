//! One line a finding, as compilers print them and editors read them.

use super::region::Region;
use super::safe::printable;
use super::said;
use crate::finding::{Finding, Place};
use crate::source::Sources;

/// All findings, each as `path:line:column: error[code]: message`, and where its other side begins.
///
/// A file without a name is `-`; a finding of no place has only what comes after it.
pub fn findings(findings: &[Finding], sources: &Sources) -> String {
    findings.iter().map(|it| line(it, sources)).collect()
}

fn line(finding: &Finding, sources: &Sources) -> String {
    let at = finding.places.first().map(|it| {
        let (path, region) = at(it, sources);
        format!("{path}:{}:{}: ", region.line, region.column)
    });
    let also = said::other_side(finding).map(|it| {
        let (path, region) = self::at(it, sources);
        format!("; see also {path}:{}", region.line)
    });
    let (at, also) = (at.unwrap_or_default(), also.unwrap_or_default());
    let (severity, message) = (said::severity(finding.severity), printable(&finding.message));
    format!("{at}{severity}[{}]: {message}{also}\n", finding.code)
}

fn at(place: &Place, sources: &Sources) -> (String, Region) {
    let file = sources.file(place.file);
    let path = if file.path.is_empty() { "-".into() } else { printable(&file.path) };
    (path.into_owned(), Region::of(file, place.span))
}
