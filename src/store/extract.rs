//! The articles that speak of a bloc, with just those of their claims, as rule text.

use memchr::memmem;
use rayon::prelude::*;

use crate::ledger::{Article, BlocId, ClaimId, Ledger};
use crate::source::{Sources, Span};
use crate::spelling::{in_header, quoted};

/// Rule text, and for each line the place of the file and the number of the line it was taken from.
#[derive(Clone, Debug, Default)]
pub(super) struct Extract {
    pub(super) text: String,
    pub(super) lines: Vec<(u32, u32)>,
}

/// That of each bloc; of a group nothing is claimed. Rule files have the first places among the sources.
pub(super) fn all(ledger: &Ledger, sources: &Sources) -> Vec<Extract> {
    let blocs: Vec<BlocId> = ledger.blocs().collect();
    let claims = |it: BlocId| if ledger.bloc(it).group { Vec::new() } else { ledger.index.claims_in(it) };
    let of_bloc = |it: &BlocId| of_claims(ledger, sources, &claims(*it), None);
    blocs.par_iter().map(of_bloc).collect()
}

/// What a file says of a bloc, where it is read by itself and has the place `number` among the rule files.
pub(super) fn of_file(ledger: &Ledger, sources: &Sources, bloc: BlocId, number: u32) -> Extract {
    let claims = (0u32..).zip(&ledger.claims).filter(|it| it.1.bloc == bloc).map(|it| ClaimId(it.0));
    of_claims(ledger, sources, &claims.collect::<Vec<_>>(), Some(number))
}

fn of_claims(ledger: &Ledger, sources: &Sources, claims: &[ClaimId], number: Option<u32>) -> Extract {
    let mut extract = Extract::default();
    let mut last = None;
    for id in claims {
        let claim = ledger.claim(*id);
        let article = ledger.article(claim.article);
        let file = sources.file(article.place.0);
        let place = number.unwrap_or(article.place.0.0);
        if last != Some(claim.article) {
            last = Some(claim.article);
            extract.head(ledger, article, place);
        }
        extract.text += "  ";
        extract.text += file.slice(claim.span);
        extract.text += "\n";
        extract.lines.push((place, file.line_of(claim.span.start) as u32 + 1));
    }
    extract
}

impl Extract {
    /// The lines of an article that bear on its claims. Its title bears on none.
    fn head(&mut self, ledger: &Ledger, article: &Article, place: u32) {
        let mut line = |text: String| {
            self.text += &text;
            self.lines.push((place, 0));
        };
        line(format!("article {}\n", in_header(&article.name)));
        if article.publisher.is_some() {
            line(format!("publisher {}\n", quoted(ledger.voice(article))));
        }
        match article.published {
            Some(it) if it.is_day() => line(format!("published {}\n", it.earliest)),
            Some(it) => line(format!("published {}/{}\n", it.earliest, it.latest)),
            None => {}
        }
        if article.trust != 1 {
            line(format!("trust {}\n", article.trust));
        }
    }

    /// Its text in pieces that are read at once, each of whole articles.
    pub(super) fn pieces(&self) -> Vec<Span> {
        const PIECE: usize = 1 << 15;
        const HEAD: &[u8] = b"\narticle ";
        let bytes = self.text.as_bytes();
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < bytes.len() {
            let rest = bytes.get(start + PIECE..).unwrap_or_default();
            let end = memmem::find(rest, HEAD).map_or(bytes.len(), |it| start + PIECE + it + 1);
            pieces.push(Span::new(start, end));
            start = end;
        }
        pieces
    }

    /// The lines of one file in place of those that were taken from it.
    pub(super) fn with(&self, file: u32, lines: &Extract) -> Extract {
        let first = self.lines.partition_point(|it| it.0 < file);
        let after = self.lines.partition_point(|it| it.0 <= file);
        let at = |line: usize| {
            let mut ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            if line == 0 { 0 } else { ends.nth(line - 1).map_or(self.text.len(), |it| it + 1) }
        };
        Extract {
            text: [&self.text[..at(first)], &lines.text, &self.text[at(after)..]].concat(),
            lines: [&self.lines[..first], &lines.lines, &self.lines[after..]].concat(),
        }
    }
}
