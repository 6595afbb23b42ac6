//! Text to syntax, line by line: the only module that sees pest.
//!
//! A line that is wrong costs that line and no other: each gets a finding, and the good ones still answer.

mod expected;
mod forms;
mod lexicon;
mod lower;
mod pieces;
mod plain;

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

use crate::finding::{Finding, Place};
use crate::source::{File, FileId, Span};
use crate::syntax::{Claim, Header, Line, Panel, Plain, Question, Section};

pub use lexicon::{Lexicon, Words};
use pieces::header;
pub use pieces::{Piece, pieces};
use plain::Property;

#[derive(Parser)]
#[grammar = "grammar/accede.pest"]
struct Grammar;

/// The longest line that is read, in bytes.
pub const LINE_LIMIT: usize = 65_536;
/// How deep brackets may stand in each other.
pub const DEPTH_LIMIT: usize = 64;

/// The bytes of a small claim of the commonest shape: of most there are fewer than this makes room for.
const SMALL_CLAIM: usize = 32;

/// The sections of a piece, and what is wrong with its lines.
pub fn parse(piece: Piece, file: &File) -> (Vec<Section>, Vec<Finding>) {
    let Parsed { sections, findings, .. } = parse_with(piece, file, &Lexicon::default());
    (sections, findings)
}

/// What a piece says.
#[derive(Debug, Default)]
pub struct Parsed {
    pub sections: Vec<Section>,
    /// The claims of the commonest shape of all sections, one after the other.
    pub claims: Vec<Plain>,
    /// What is wrong with its lines.
    pub findings: Vec<Finding>,
}

/// The same, where the words of claims of the commonest shape are known.
pub fn parse_with(piece: Piece, file: &File, lexicon: &Lexicon) -> Parsed {
    let mut parse = Parse { id: piece.file, lexicon, parsed: Parsed::default(), open: None };
    parse.parsed.sections.reserve_exact(piece.sections);
    if piece.articles {
        parse.parsed.claims.reserve(piece.span.range().len() / SMALL_CLAIM);
    }
    let text = &file.text.as_bytes()[..piece.span.end as usize];
    let mut at = piece.span.start as usize;
    while at < text.len() {
        at = parse.plain(text, at).unwrap_or_else(|| {
            let (line, next) = file.line_from(at, piece.span.end);
            parse.line(file.slice(line), line.start);
            next
        });
    }
    parse.parsed
}

/// A question by itself.
pub fn question(id: FileId, file: &File) -> Result<Question, Finding> {
    let line = Text { id, line: file.text.whole(), offset: 0 };
    if let Some(finding) = line.beyond_limits() {
        return Err(finding);
    }
    line.pair(Rule::question_line).map(|it| lower::question(&line, &it))
}

/// Blocs and days by themselves.
pub fn panel(id: FileId, file: &File) -> Result<Panel, Finding> {
    let line = Text { id, line: file.text.whole(), offset: 0 };
    if let Some(finding) = line.beyond_limits() {
        return Err(finding);
    }
    line.pair(Rule::panel_line).map(|it| lower::panel(&line, &it))
}

/// A claim by itself, from the line of an article's section that it was read from.
pub fn claim(id: FileId, file: &File, span: Span) -> Option<Claim> {
    let line = file.line_around(span.start);
    let text = Text { id, line: file.slice(line), offset: line.start };
    match lower::line(&text, &text.pair(Rule::article_line).ok()?)? {
        Line::Claim(claim) => Some(claim),
        _ => None,
    }
}

/// A line, and where in its file it begins.
#[derive(Clone, Copy)]
struct Text<'a> {
    id: FileId,
    line: &'a str,
    offset: u32,
}

impl Text<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset as usize + start, self.offset as usize + end)
    }

    fn place(&self, start: usize, end: usize, label: impl Into<Box<str>>) -> Place {
        Place::new(self.id, self.span(start, end), label)
    }

    fn pair(&self, rule: Rule) -> Result<Pair<'_, Rule>, Finding> {
        match Grammar::parse(rule, self.line) {
            Ok(mut pairs) => Ok(pairs.next().expect("a rule that matches has a pair")),
            Err(error) => Err(expected::finding(self, rule, &error)),
        }
    }

    fn beyond_limits(&self) -> Option<Finding> {
        if self.line.len() > LINE_LIMIT {
            let message = format!("this line is {} bytes long; the limit is {LINE_LIMIT}", self.line.len());
            let end = self.line.char_indices().nth(40).map_or(self.line.len(), |it| it.0);
            let finding = Finding::error("line-too-long", message, self.place(0, end, "begins here"));
            return Some(finding.help("write one statement a line"));
        }
        let at = too_deep(self.line)?;
        let message = format!("brackets stand in each other more than {DEPTH_LIMIT} deep here");
        let finding = Finding::error("too-deep", message, self.place(at, at + 1, "one bracket too many"));
        Some(finding.help("ask the parts as questions of their own"))
    }
}

/// The first bracket that stands too deep, outside quotes and comments.
fn too_deep(line: &str) -> Option<usize> {
    // Most lines are too short for it.
    if line.len() <= DEPTH_LIMIT {
        return None;
    }
    let mut depth = 0usize;
    let mut quoted = false;
    for (at, it) in line.bytes().enumerate() {
        match it {
            b'"' => quoted = !quoted,
            b'#' if !quoted => return None,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_LIMIT {
            return Some(at);
        }
    }
    None
}

struct Parse<'l> {
    id: FileId,
    lexicon: &'l Lexicon,
    parsed: Parsed,
    /// The rule of the section's lines, and whether its header was understood; lines under one that was not
    /// are still read, for what is wrong with them.
    open: Option<(Rule, bool)>,
}

impl Parse<'_> {
    fn line(&mut self, text: &str, offset: u32) {
        let line = Text { id: self.id, line: text, offset };
        let words = text.trim_start();
        if words.is_empty() || words.starts_with('#') {
            return;
        }
        if let Some(finding) = line.beyond_limits() {
            self.parsed.findings.push(finding);
            return;
        }
        match header(text, self.open.map(|it| it.0)) {
            Some(rule) => self.header(line, rule),
            None => self.below(line),
        }
    }

    /// Reads one of the commonest lines; where the next begins, or `None` of another line.
    #[inline]
    fn plain(&mut self, text: &[u8], start: usize) -> Option<usize> {
        if text[start] == b'\n' {
            return Some(start + 1);
        }
        if let Some((header, ending)) = plain::header(&mut plain::Line::new(text, start)) {
            let rule = match header {
                Header::Party { .. } => Rule::party_line,
                Header::Bloc { .. } => Rule::bloc_line,
                _ => Rule::article_line,
            };
            self.open(rule, header, Span { start: start as u32, end: ending.end });
            return Some(ending.next);
        }
        if self.open != Some((Rule::article_line, true)) {
            return None;
        }
        let ending = self.plain_below(text, start)?;
        self.parsed.sections.last_mut().expect("a section is open").span.end = ending.end;
        Some(ending.next)
    }

    /// A line under the header of an article.
    #[inline]
    fn plain_below(&mut self, text: &[u8], start: usize) -> Option<plain::Ending> {
        if let Some((claim, ending)) = plain::claim(&mut plain::Line::new(text, start), self.lexicon) {
            self.parsed.claims.push(claim);
            let section = self.parsed.sections.last_mut().expect("a section is open");
            section.plain.claims.end += 1;
            return Some(ending);
        }
        let (property, ending) = plain::property(&mut plain::Line::new(text, start))?;
        let section = self.parsed.sections.last_mut().expect("a section is open");
        let head = &mut section.plain;
        match property {
            // What it says twice, or has said in another way, is to be told.
            Property::Publisher(name) if head.publisher.is_none() && section.lines.is_empty() => {
                head.publisher = Some(name);
            }
            Property::Published(days) if head.published.is_none() && section.lines.is_empty() => {
                head.published = Some(days);
            }
            _ => return None,
        }
        Some(ending)
    }

    fn open(&mut self, rule: Rule, header: Header, span: Span) {
        self.open = Some((rule, true));
        let mut section = Section::new(self.id, header, span);
        let claims = self.parsed.claims.len() as u32;
        section.plain.claims = claims..claims;
        self.parsed.sections.push(section);
    }

    fn header(&mut self, line: Text, rule: Rule) {
        let header = line.pair(rule).and_then(|it| lower::header(&line, &it).ok_or_else(|| misplaced(line)));
        match header {
            Ok(header) => self.open(rule, header, line.span(0, line.line.len())),
            Err(finding) => {
                self.open = Some((rule, false));
                self.parsed.findings.push(finding);
            }
        }
    }

    fn below(&mut self, line: Text) {
        let Some((rule, understood)) = self.open else {
            self.parsed.findings.push(outside(line));
            return;
        };
        match line.pair(rule).and_then(|it| lower::line(&line, &it).ok_or_else(|| misplaced(line))) {
            Ok(it) if understood => {
                let section = self.parsed.sections.last_mut().expect("a section is open");
                section.span = section.span.to(line.span(0, line.line.len()));
                section.lines.push(it);
            }
            Ok(_) => {}
            Err(finding) => {
                if let Some(section) = self.parsed.sections.last_mut().filter(|_| understood) {
                    section.span = section.span.to(line.span(0, line.line.len()));
                }
                self.parsed.findings.push(finding);
            }
        }
    }
}

/// A line that begins like a header, and goes on like something else: `article and B joins CSTO`.
fn misplaced(line: Text) -> Finding {
    let start = line.line.len() - line.line.trim_start().len();
    let word = line.line[start..].split(char::is_whitespace).next().unwrap_or_default();
    let message = format!("`{word}` opens a section, and its name comes next");
    let finding =
        Finding::error("syntax", message, line.place(start, start + word.len(), "a name comes next"));
    finding.help(format!("put a name that is `{word}` in quotes: \"{word}\""))
}

fn outside(line: Text) -> Finding {
    let start = line.line.len() - line.line.trim_start().len();
    let end = line.line.trim_end().len();
    let help =
        "put a header above it: `article NAME \"TITLE\"` for claims, `bloc`, `party`, `lifecycle`, `ask` ...";
    Finding::error("no-header", "this line stands under no header", line.place(start, end, "")).help(help)
}
