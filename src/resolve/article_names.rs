//! The names of articles: there may be millions of them, so they are kept as short traces, and compared where these are alike.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use crate::ledger::{Article, ArticleId};
use crate::spelling::{fold, nearest};

/// Which articles have a name, by its trace; of those with one name the first.
#[derive(Debug, Default)]
pub struct ArticleNames {
    traces: Vec<(u32, ArticleId)>,
}

/// A digest of a name, however it is spelt.
pub(super) fn trace(name: &str) -> u32 {
    let mut hasher = FxHasher::default();
    let mut letters = [0; 32];
    match letters.get_mut(..name.len()).filter(|_| name.is_ascii()) {
        Some(letters) => {
            letters.copy_from_slice(name.as_bytes());
            letters.make_ascii_lowercase();
            hasher.write(letters);
        }
        None => hasher.write(fold(name).as_bytes()),
    }
    (hasher.finish() >> 32) as u32
}

impl ArticleNames {
    /// Those of all articles, and each article whose name another had before, with that one.
    pub(super) fn of(
        mut traces: Vec<(u32, ArticleId)>,
        articles: &[Article],
    ) -> (ArticleNames, Vec<(ArticleId, ArticleId)>) {
        traces.par_sort_unstable();
        let mut names: Vec<(u32, ArticleId)> = Vec::with_capacity(traces.len());
        let mut again = Vec::new();
        for (trace, id) in traces {
            let alike = names.iter().rev().take_while(|it| it.0 == trace);
            let name = |it: ArticleId| &*articles[it.0 as usize].name;
            let mut first = alike.filter(|it| fold(name(it.1)) == fold(name(id)));
            match first.next() {
                Some(first) => again.push((id, first.1)),
                None => names.push((trace, id)),
            }
        }
        (ArticleNames { traces: names }, again)
    }

    /// The articles are those that the names are of.
    pub(super) fn find(&self, name: &str, articles: &[Article]) -> Option<ArticleId> {
        let (own, folded) = (trace(name), fold(name));
        let first = self.traces.partition_point(|it| it.0 < own);
        let mut alike = self.traces[first..].iter().take_while(|it| it.0 == own);
        alike.find(|it| fold(&articles[it.1.0 as usize].name) == folded).map(|it| it.1)
    }

    /// The nearest known name, as it was declared.
    pub(super) fn nearest<'a>(&self, name: &str, articles: &'a [Article]) -> Option<&'a str> {
        nearest(name, self.traces.iter().map(|it| &*articles[it.1.0 as usize].name))
    }
}
