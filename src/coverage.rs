//! What the articles' texts name that no claim rests on yet, and drafts of claims for a new text.
//!
//! A line counts that names a known party and a known bloc. What counts as a name, `docs/coverage.md` says.

mod draft;
mod gazetteer;
mod report;
mod words;

use rustc_hash::FxHashMap;

use crate::evidence;
use crate::ledger::{ArticleId, Ledger};
use crate::source::{File, FileId, Sources, Span};

pub use draft::draft;
pub use gazetteer::{Gazetteer, Mention, Sides};
pub use report::{Entry, Report, report};

/// How far the claims cover the articles' texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    pub summary: Summary,
    /// By article, in the ledger's order, then by line.
    pub uncovered: Vec<Uncovered>,
}

/// A line that names a party and a bloc, and that no claim of its article rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncovered {
    pub article: ArticleId,
    /// Counted from 1.
    pub line: usize,
    /// The line in the article's text, its end of line left out.
    pub place: (FileId, Span),
    pub named: Sides,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Articles whose text is at hand.
    pub with_text: usize,
    /// The other articles.
    pub without_text: usize,
    /// Lines of the texts that name a party and a bloc.
    pub lines: usize,
    /// Those of them that a claim rests on.
    pub covered: usize,
}

/// The lines that name a party and a bloc, but on which no claim of the article rests.
pub fn uncovered(ledger: &Ledger, sources: &Sources) -> Coverage {
    let gazetteer = Gazetteer::new(ledger);
    let mut passages: FxHashMap<ArticleId, Vec<Span>> = FxHashMap::default();
    for claim in &ledger.claims {
        let spans = evidence::passages(ledger, sources, claim).into_iter().map(|it| it.1);
        passages.entry(claim.article).or_default().extend(spans);
    }
    let mut coverage = Coverage::default();
    for (place, article) in ledger.articles.iter().enumerate() {
        let Some(id) = article.text.as_ref().and_then(|it| it.file) else {
            coverage.summary.without_text += 1;
            continue;
        };
        coverage.summary.with_text += 1;
        let article = ArticleId(place as u32);
        let text = sources.file(id);
        let rests = claimed(text, passages.get(&article).map_or(&[], Vec::as_slice));
        for (number, span, named) in naming(&gazetteer, text) {
            coverage.summary.lines += 1;
            if rests[number] {
                coverage.summary.covered += 1;
            } else {
                coverage.uncovered.push(Uncovered { article, line: number + 1, place: (id, span), named });
            }
        }
    }
    coverage
}

/// The lines of a text that name a party and a bloc, counted from 0.
fn naming<'t>(
    gazetteer: &'t Gazetteer,
    text: &'t File,
) -> impl Iterator<Item = (usize, Span, Sides)> + use<'t> {
    let lines = (0..text.line_count()).filter_map(|it| Some((it, text.line(it)?)));
    lines.filter_map(|(number, span)| Some((number, span, gazetteer.sides(text.slice(span))?)))
}

/// Of each line, whether one of the passages touches it.
fn claimed(text: &File, passages: &[Span]) -> Vec<bool> {
    let count = text.line_count();
    // Where passages begin and end is noted first and summed up then, as many claims may rest on many lines.
    let mut changes = vec![0i64; count + 1];
    for span in passages {
        let last = span.end.max(span.start + 1) - 1;
        changes[text.line_of(span.start).min(count)] += 1;
        changes[(text.line_of(last) + 1).min(count)] -= 1;
    }
    let open = |depth: &mut i64, change: i64| {
        *depth += change;
        Some(*depth > 0)
    };
    changes.into_iter().take(count).scan(0, open).collect()
}
