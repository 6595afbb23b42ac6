//! How many findings there are of each kind.

use super::json::{self, Layout};
use super::said::severity;
use crate::finding::Tally;

pub fn text(tally: &Tally) -> String {
    let width = tally.iter().map(|it| it.count.to_string().len()).max().unwrap_or(0);
    let lines =
        tally.iter().map(|it| format!("{:>width$} {}[{}]\n", it.count, severity(it.severity), it.code));
    lines.collect()
}

pub fn json(tally: &Tally) -> String {
    json::write(tally, Layout::Pretty)
}
