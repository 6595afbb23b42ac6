//! By what a finding is known again when lines have moved.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::finding::Finding;
use crate::render::region::Region;
use crate::source::Sources;

/// Gives each finding of a run a text of its own.
#[derive(Default)]
pub(super) struct Fingerprints {
    given: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// From the code and what stands at the places: not where they are, nor how they are indented. Those that have all
    /// this in common are numbered.
    pub(super) fn of(&mut self, finding: &Finding, sources: &Sources) -> String {
        let digest = digest(finding, sources);
        let number = self.given.entry(digest.clone()).or_default();
        *number += 1;
        format!("{digest}:{number}")
    }
}

fn digest(finding: &Finding, sources: &Sources) -> String {
    let mut texts: Vec<String> = Vec::new();
    for it in &finding.places {
        let file = sources.file(it.file);
        let text = Region::of(file, it.span).text(file);
        texts.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if texts.iter().all(String::is_empty) {
        texts.push(finding.message.clone());
    }
    // Places come in the order of the files, which may change.
    texts.sort_unstable();
    let mut digest = Sha256::new();
    for it in std::iter::once(finding.code).chain(texts.iter().map(String::as_str)) {
        digest.update((it.len() as u64).to_le_bytes());
        digest.update(it);
    }
    digest.finalize().iter().fold(String::new(), |mut hexadecimal, it| {
        write!(hexadecimal, "{it:02x}").expect("a string takes all");
        hexadecimal
    })
}
