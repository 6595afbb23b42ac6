//! Commands of a GitHub Actions workflow, which show findings beside the lines of a change.

use super::region::Region;
use super::safe::printable;
use super::said;
use crate::finding::{Finding, Severity};
use crate::source::Sources;

/// All findings, each a line such as `::error file=a.accede,line=3,...,title=clash::message`.
pub fn findings(findings: &[Finding], sources: &Sources) -> String {
    findings.iter().map(|it| command(it, sources)).collect()
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let name = match finding.severity {
        Severity::Note => "notice",
        it => said::severity(it),
    };
    let at = place(finding, sources).map(|it| it + ",").unwrap_or_default();
    format!("::{name} {at}title={}::{}\n", property(finding.code), data(&said::all(finding, sources)))
}

/// Where the finding is; GitHub takes columns only of places that are on one line.
fn place(finding: &Finding, sources: &Sources) -> Option<String> {
    let place = finding.places.first()?;
    let file = sources.file(place.file);
    if file.path.is_empty() {
        return None;
    }
    let path = property(&printable(&file.path));
    let Region { line, column, end_line, end_column, .. } = Region::of(file, place.span);
    Some(if line == end_line {
        format!("file={path},line={line},col={column},endLine={end_line},endColumn={end_column}")
    } else {
        format!("file={path},line={line},endLine={end_line}")
    })
}

/// Text after the second `::`, in which a line feed would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or colon would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
