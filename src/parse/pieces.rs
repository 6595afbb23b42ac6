//! Where sections begin: a file is cut there, and its pieces are read in parallel.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::{Rule, Text};
use crate::source::{File, FileId, Span};

/// Bytes that are read in one go, at least.
const PIECE: usize = 1 << 16;

/// The bytes of a small article, and of another small section: of most there are fewer than this makes room for.
const SMALL_ARTICLE: usize = 128;
const SMALL_SECTION: usize = 11;

/// Sections of a file that are read in one go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    pub file: FileId,
    pub span: Span,
    /// All of them are articles; else none is.
    pub articles: bool,
    /// About how many of them there are, so as to make room.
    pub sections: usize,
}

impl Piece {
    /// One of which nothing is known but what is in it.
    pub fn new(file: FileId, span: Span, articles: bool) -> Piece {
        let small = if articles { SMALL_ARTICLE } else { SMALL_SECTION };
        Piece { file, span, articles, sections: span.range().len() / small }
    }
}

/// A file by pieces; each, but for the first, begins with a header.
pub fn pieces(id: FileId, file: &File) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut piece = Piece { file: id, span: Span::new(0, file.text.len()), articles: false, sections: 0 };
    let blocks = file.blocks().into_par_iter().with_max_len(1);
    let headers: Vec<Vec<Begins>> = blocks.map(|it| headers(id, file, it)).collect();
    for header in headers.into_iter().flatten() {
        let long = header.at_margin && (header.at - piece.span.start) as usize >= PIECE;
        if header.article != piece.articles || long {
            pieces.push(up_to(piece, header.at));
            let span = Span { start: header.at, ..piece.span };
            piece = Piece { span, articles: header.article, sections: 0, ..piece };
        }
        piece.sections += 1;
    }
    pieces.push(up_to(piece, piece.span.end));
    pieces
}

/// A piece up to where it ends. Of sections that are no articles each was seen.
fn up_to(piece: Piece, end: u32) -> Piece {
    let span = Span { end, ..piece.span };
    if piece.articles { Piece::new(piece.file, span, true) } else { Piece { span, ..piece } }
}

/// Where a section begins.
struct Begins {
    at: u32,
    article: bool,
    /// Under a bloc an indented `lifecycle` line is no header.
    at_margin: bool,
}

/// Where a file may be cut, in a block of whole lines: at each section that is no article, and of articles in a row at the
/// first, and then at one behind each [`PIECE`].
fn headers(id: FileId, file: &File, block: Span) -> Vec<Begins> {
    let text = &file.text.as_bytes()[..block.end as usize];
    let mut headers = Vec::new();
    let mut from = block.start as usize;
    loop {
        // All words in one go: to look at the beginning of each line takes longer.
        let word = |from: usize| OTHERS.find(Input::new(text).range(from..)).map(|it| it.start());
        let other = first_header(id, file, block, from, word);
        let until = other.as_ref().map_or(text.len(), |it| it.at as usize);
        let word = |from: usize| Some(from + ARTICLE.find(text.get(from..until)?)?);
        while let Some(article) = first_header(id, file, block, from, word) {
            from = file.line_from(article.at as usize, block.end).1;
            if article.at_margin {
                from = from.max(article.at as usize + PIECE);
            }
            headers.push(article);
        }
        let Some(other) = other else { return headers };
        from = file.line_from(other.at as usize, block.end).1;
        headers.push(other);
    }
}

/// The first line that opens a section, of those that have a word which is found from a place on.
fn first_header(
    id: FileId,
    file: &File,
    block: Span,
    mut from: usize,
    word: impl Fn(usize) -> Option<usize>,
) -> Option<Begins> {
    loop {
        let before = &file.text.as_bytes()[block.start as usize..word(from)?];
        let start = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1) + block.start as usize;
        let (line, next) = file.line_from(start, block.end);
        if let Some(header) = begins(id, file.slice(line), line.start) {
            return Some(header);
        }
        from = next;
    }
}

/// Finds what opens a section that is no article, wherever it stands.
static OTHERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // So few words are found by what filters beforehand: what stands behind that has to be built quickly.
    let mut builder = AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::NoncontiguousNFA)).match_kind(MatchKind::LeftmostFirst);
    let words = HEADERS.iter().filter(|it| it.1 != Rule::article_line).map(|it| it.0);
    builder.build(words).expect("a few words are no more than it can look for")
});

/// The same of an article.
static ARTICLE: LazyLock<Finder> = LazyLock::new(|| {
    let (word, _) = HEADERS.iter().find(|it| it.1 == Rule::article_line).expect("it is one of them");
    Finder::new(word)
});

fn begins(id: FileId, line: &str, at: u32) -> Option<Begins> {
    let article = header(line, None)? == Rule::article_line;
    let read = Text { id, line, offset: 0 }.beyond_limits().is_none();
    read.then(|| Begins { at, article, at_margin: !line.starts_with([' ', '\t']) })
}

/// Whether a line that opens a section can go on with these bytes, after blanks: with the first letters of a header, or
/// with a blank of another kind.
#[inline]
fn may_open(bytes: &[u8]) -> bool {
    let Some(first) = bytes.first() else { return false };
    match MAY_OPEN[*first as usize] {
        [0, 0] => false,
        [0, _] => true,
        seconds => bytes.get(1).is_some_and(|it| seconds.contains(it)),
    }
}

/// By the first byte of such a line, the second ones; a zero and something else stand for any.
const MAY_OPEN: [[u8; 2]; 256] = {
    let mut table = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        let it = byte as u8;
        if !it.is_ascii() || it.is_ascii_whitespace() && it != b'\n' {
            table[byte] = [0, 1];
        }
        byte += 1;
    }
    let mut header = 0;
    while header < HEADERS.len() {
        let word = HEADERS[header].0.as_bytes();
        let seconds = &mut table[word[0] as usize];
        assert!(seconds[0] == seconds[1], "there is room for two");
        *seconds = [word[1], if seconds[0] == 0 { word[1] } else { seconds[0] }];
        header += 1;
    }
    table
};

/// What opens a section, and which rule its lines have.
const HEADERS: [(&str, Rule); 8] = [
    ("party", Rule::party_line),
    ("bloc", Rule::bloc_line),
    ("group", Rule::group_line),
    ("lifecycle", Rule::lifecycle_line),
    ("article", Rule::article_line),
    ("rule", Rule::rule_line),
    ("require", Rule::require_line),
    ("ask", Rule::ask_line),
];

/// The rule of the section that a line opens. Under a bloc an indented `lifecycle` line names the bloc's lifecycle.
pub(super) fn header(line: &str, open: Option<Rule>) -> Option<Rule> {
    // Looked for in each line, and nearly always the first letters say no.
    let blanks = line.bytes().take_while(|it| matches!(it, b' ' | b'\t')).count();
    if !may_open(&line.as_bytes()[blanks..]) {
        return None;
    }
    let words = line.trim_start();
    let rest = words.as_bytes();
    let word = match rest.iter().position(|it| !it.is_ascii_alphabetic()) {
        // What separates words need not be of ASCII.
        Some(end) if !matches!(rest[end], b' ' | b'\t') => {
            words.split(char::is_whitespace).next()?.as_bytes()
        }
        Some(end) => &rest[..end],
        None => rest,
    };
    let (_, rule) = HEADERS.iter().find(|it| it.0.as_bytes() == word)?;
    let indented = words.len() < line.len();
    let names_lifecycle = *rule == Rule::lifecycle_line && indented && open == Some(Rule::bloc_line);
    if names_lifecycle { None } else { Some(*rule) }
}
