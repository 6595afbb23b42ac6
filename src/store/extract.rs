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
    blocs.par_iter().map(|it| of_claims(ledger, sources, &claims(*it))).collect()
}

fn of_claims(ledger: &Ledger, sources: &Sources, claims: &[ClaimId]) -> Extract {
    let mut extract = Extract::default();
    let mut last = None;
    for id in claims {
        let claim = ledger.claim(*id);
        let article = ledger.article(claim.article);
        let file = sources.file(article.place.0);
        let place = article.place.0.0;
        if last != Some(claim.article) {
            last = Some(claim.article);
            extract.head(ledger, article, place);
        }
        extract.text += "  ";
        extract.text += file.slice(claim.span());
        extract.text += "\n";
        extract.lines.push((place, file.line_of(claim.span().start) as u32 + 1));
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

    /// Where its lines from one file are; nothing, where they would be, if there are none.
    pub(super) fn lines_of(&self, file: u32) -> Span {
        let first = self.lines.partition_point(|it| it.0 < file);
        let after = self.lines.partition_point(|it| it.0 <= file);
        let at = |line: usize| {
            let mut ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            if line == 0 { 0 } else { ends.nth(line - 1).map_or(self.text.len(), |it| it + 1) }
        };
        Span::new(at(first), at(after))
    }

    /// Some of its text in pieces that are read at once, each of whole articles.
    pub(super) fn pieces(&self, span: Span) -> Vec<Span> {
        const PIECE: usize = 1 << 15;
        const HEAD: &[u8] = b"\narticle ";
        let (mut start, last) = (span.start as usize, span.end as usize);
        let bytes = &self.text.as_bytes()[..last];
        let mut pieces = Vec::new();
        while start < last {
            let rest = bytes.get(start + PIECE..).unwrap_or_default();
            let end = memmem::find(rest, HEAD).map_or(last, |it| start + PIECE + it + 1);
            pieces.push(Span::new(start, end));
            start = end;
        }
        pieces
    }
}
