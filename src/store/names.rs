//! The names of a project's articles, to see whether another one has the name of a new one.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::evidence;
use crate::ledger::{Article, Ledger};
use crate::source::kept::Kept;
use crate::spelling::fold;

/// What is kept of an article's name, to see whether another one has it: the beginning of its digest.
pub(super) fn trace(name: &str) -> [u8; 8] {
    short_digest(fold(name).as_bytes())
}

fn short_digest(bytes: &[u8]) -> [u8; 8] {
    let mut digest = [0; 8];
    digest.copy_from_slice(&evidence::sha256(bytes)[..8]);
    digest
}

/// The trace of each article's name, with the place of its file; sorted.
pub(super) fn all(ledger: &Ledger) -> Vec<u8> {
    let name = |it: &Article| {
        let mut name = [0; NAME];
        name[..8].copy_from_slice(&trace(&it.name));
        name[8..].copy_from_slice(&it.place.0.0.to_le_bytes());
        name
    };
    let mut names: Vec<[u8; NAME]> = ledger.articles.par_iter().map(name).collect();
    names.par_sort_unstable();
    names.concat()
}

/// How many bytes a trace and the place of a file have.
const NAME: usize = 12;

/// How many leading bits the traces of a bundle share: few of a million are looked at.
const SHARED: u32 = 10;

fn bundle(name: &[u8]) -> usize {
    usize::from(u16::from_be_bytes([name[0], name[1]]) >> (16 - SHARED))
}

/// A bundle of [`all`]: how many bytes end with it, and the beginning of its digest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bundle {
    end: u64,
    digest: [u8; 8],
}

impl Bundle {
    /// Those of all names.
    pub(super) fn all(names: &[u8]) -> Vec<Bundle> {
        let (each, _) = names.as_chunks::<NAME>();
        let end = |number: usize| each.partition_point(|it| bundle(it) <= number) * NAME;
        let of = |number: usize| {
            let (start, end) = (number.checked_sub(1).map_or(0, end), end(number));
            Bundle { end: end as u64, digest: short_digest(&names[start..end]) }
        };
        (0..1 << SHARED).map(of).collect()
    }
}

/// What [`all`] has written.
pub(super) struct Names {
    /// Where they begin in the store.
    pub(super) start: u64,
    pub(super) bundles: Vec<Bundle>,
}

impl Names {
    /// Whether an article of a file that is none of some has a name; `None` where the store is broken.
    pub(super) fn has(&self, kept: &Kept, trace: [u8; 8], but: impl Fn(u32) -> bool) -> Option<bool> {
        let number = bundle(&trace);
        let start = number.checked_sub(1).map_or(Some(0), |it| Some(self.bundles.get(it)?.end))?;
        let bundle = self.bundles.get(number)?;
        let names = kept.bytes(self.start.checked_add(start)?, bundle.end.checked_sub(start)?)?;
        if short_digest(&names) != bundle.digest {
            return None;
        }
        let mut same = names.as_chunks::<NAME>().0.iter().filter(|it| it[..8] == trace[..]);
        Some(same.any(|it| !but(u32::from_le_bytes([it[8], it[9], it[10], it[11]]))))
    }
}
