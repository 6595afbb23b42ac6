//! Articles' texts, where they are at hand: digests are compared, and the lines and words that claims cite are found.

use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use crate::finding::{Finding, Place};
use crate::ledger::{Article, ArticleText, Cite, CiteAt, Claim, Ledger};
use crate::source::{self, File, FileId, Sources, Span};

/// Finds the texts in these folders or beside the rule files, and in them what the claims cite.
pub fn attach(ledger: &mut Ledger, sources: &mut Sources, folders: &[PathBuf]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut any = false;
    // Where there are many articles, hardly any has one.
    for article in ledger.articles.par_iter_mut().filter(|it| it.text.is_some()).collect::<Vec<_>>() {
        let (file, _) = article.place;
        if let Some(text) = &mut article.text {
            text.file = find(file, text, sources, folders, &mut findings);
            any |= text.file.is_some();
        }
    }
    if !any {
        return findings;
    }
    for claim in &ledger.claims {
        let article = ledger.article(claim.article);
        let Some(text) = article.text.as_ref().and_then(|it| it.file) else { continue };
        for cite in claim.cites() {
            if let Err(wrong) = passage(sources.file(text), &cite) {
                findings.push(wrong.finding(article.place.0, &cite, article));
            }
        }
    }
    findings
}

/// The passages that a claim cites, where the article's text is at hand and has them.
pub fn passages(ledger: &Ledger, sources: &Sources, claim: &Claim) -> Vec<(FileId, Span)> {
    let text = ledger.article(claim.article).text.as_ref().and_then(|it| it.file);
    let Some(text) = text else { return Vec::new() };
    let cites = claim.cites().into_iter();
    cites.filter_map(|it| Some((text, passage(sources.file(text), &it).ok()?))).collect()
}

fn find(
    file: FileId,
    text: &ArticleText,
    sources: &mut Sources,
    folders: &[PathBuf],
    findings: &mut Vec<Finding>,
) -> Option<FileId> {
    let place = |span| Place::new(file, span, "");
    let name = Path::new(&text.name);
    if name.components().any(|it| !matches!(it, Component::Normal(_))) {
        let message = format!("`{}` is not the name of a file in a folder of articles", text.name);
        findings.push(
            Finding::error("text-path", message, place(text.span)).help("write the name of the file alone"),
        );
        return None;
    }
    let digest = text.digest.as_ref().map(|(digest, span)| (digest.to_lowercase(), *span));
    if let Some((digest, span)) = &digest
        && (digest.len() != 64 || !digest.bytes().all(|it| it.is_ascii_hexdigit()))
    {
        let finding =
            Finding::error("digest-form", "a SHA-256 digest has 64 hexadecimal digits", place(*span));
        findings.push(finding.help(format!("print it with `sha256sum {}`", text.name)));
        return None;
    }
    let beside = Path::new(&sources.file(file).path).parent().map(Path::to_path_buf);
    let mut paths = folders.iter().cloned().chain(beside).map(|it| it.join(name));
    let (path, bytes) = paths.find_map(|it| source::bytes(&it).map(|bytes| (it, bytes)))?;
    if let Some((digest, span)) = digest
        && digest != self::digest(&bytes)
    {
        let message = format!("the text in `{}` is not the one that was read", source::shown(&path));
        let finding = Finding::error("digest-mismatch", message, Place::new(file, span, "another digest"));
        let help = format!("if it was read again, write {}", self::digest(&bytes));
        findings.push(finding.help(help));
        return None;
    }
    if let Ok(read) = String::from_utf8(bytes) {
        Some(sources.add(File::new(source::shown(&path), read)))
    } else {
        let message = format!("the text in `{}` is not UTF-8", source::shown(&path));
        findings.push(Finding::error("text-not-utf8", message, place(text.span)).help("save it as UTF-8"));
        None
    }
}

/// The SHA-256 digest of a text's file, as it is written after `sha256`.
pub fn digest(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

/// The same as bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// That of some bytes one after the other.
pub fn sha256_of(parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for it in parts {
        digest.update(it);
    }
    digest.finalize().into()
}

/// Why a citation names no passage.
enum Wrong {
    /// The text ends before the line.
    Outside {
        lines: usize,
    },
    NotFound,
    Ambiguous,
}

fn passage(text: &File, cite: &Cite) -> Result<Span, Wrong> {
    match &cite.at {
        CiteAt::Lines(first, last) => {
            let line = |number: &usize| text.line(number - 1).filter(|_| *number <= text.line_count());
            let (first, last) = (line(first), line(last));
            let found = first.zip(last).map(|(first, last)| first.to(last));
            found.ok_or(Wrong::Outside { lines: text.line_count() })
        }
        CiteAt::Words(words) => only_place(text.text.whole(), words),
    }
}

/// Where words stand that occur exactly once; blanks and line ends count alike, and so do composed and
/// decomposed letters.
fn only_place(text: &str, words: &str) -> Result<Span, Wrong> {
    let (text_folded, places) = folded(text);
    let (words, _) = folded(words);
    let words = words.trim();
    if words.is_empty() {
        return Err(Wrong::NotFound);
    }
    let mut found = text_folded.match_indices(words);
    let (at, _) = found.next().ok_or(Wrong::NotFound)?;
    // Occurrences may overlap, so the second is looked for from the next character on.
    let next = at + text_folded[at..].chars().next().map_or(1, char::len_utf8);
    if text_folded[next..].contains(words) {
        return Err(Wrong::Ambiguous);
    }
    let place = |at: usize| places[places.partition_point(|it| it.0 <= at) - 1].1;
    let end = place(at + words.len() - 1);
    let last = text[end..].chars().next().map_or(0, char::len_utf8);
    Ok(Span::new(place(at), end + last))
}

/// The text composed, with one blank for each run of them, and for each place in it the one it came from.
fn folded(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut result = String::with_capacity(text.len());
    let mut places = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            if !result.ends_with(' ') {
                places.push((result.len(), at));
                result.push(' ');
            }
            continue;
        }
        places.push((result.len(), at));
        let mut cluster = String::from(letter);
        while let Some((_, mark)) = letters.next_if(|it| canonical_combining_class(it.1) != 0) {
            cluster.push(mark);
        }
        result.extend(cluster.nfc());
    }
    (result, places)
}

impl Wrong {
    fn finding(&self, file: FileId, cite: &Cite, article: &Article) -> Finding {
        let place = Place::new(file, cite.span, "");
        let name = &article.name;
        match self {
            Wrong::Outside { lines } => {
                let message = format!("the text of `{name}` has {lines} lines, and no line {}", cite.written);
                Finding::error("line-outside", message, place).help("count from 1, blank lines too")
            }
            Wrong::NotFound => {
                let message = format!("the text of `{name}` does not have these words");
                Finding::error("quote-not-found", message, place)
                    .help("copy them from the text as they stand")
            }
            Wrong::Ambiguous => {
                let message = format!("the text of `{name}` has these words more than once");
                Finding::error("quote-ambiguous", message, place)
                    .help("quote more of the passage, or cite its line")
            }
        }
    }
}
