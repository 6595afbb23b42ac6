//! What a store says of its files, and where in it each bloc is.

use std::io::{self, Write};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::extract::Extract;
use crate::engine::Engine;
use crate::evidence;
use crate::explain;
use crate::finding::{Finding, Place, Severity, Slip};
use crate::ledger::{Article, BlocId, Ledger};
use crate::parse::{self, Piece};
use crate::source::kept::Kept;
use crate::source::{FileId, Sources, Span, Stamp};
use crate::spelling::fold;

/// To be raised with every change of what is written.
pub(super) const FORMAT: u32 = 3;
/// What a store begins with, and what it ends with where it was written to its end.
const MARK: &[u8; 8] = b"accede\x01\n";

/// The mark, the length of the head and its digest.
const BEFORE: u64 = 8 + 8 + 64;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) files: Vec<StoredFile>,
    /// Path and text of all that is no article, in the order it was read in.
    pub(super) others: Vec<(String, String)>,
    /// Blocs that are parties too, in the order they came to be.
    pub(super) as_parties: Vec<u32>,
    pub(super) findings: Vec<StoredFinding>,
    pub(super) blocs: Vec<StoredBloc>,
    /// After the blocs: how many bytes [`names`] has, and their digest.
    pub(super) names: (u64, String),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFile {
    pub(super) path: String,
    /// None where a later write could have the same.
    pub(super) stamp: Option<Stamp>,
    /// SHA-256 of its text.
    pub(super) digest: String,
    /// It has sections that are no articles.
    pub(super) has_others: bool,
}

/// By how many bytes its text and its table of lines have, and the SHA-256 of both: a disk can fail.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredBloc {
    text: u64,
    lines: u64,
    digest: String,
}

impl StoredBloc {
    fn of(text: &str, lines: &[u8]) -> StoredBloc {
        let digest = evidence::digest(&[text.as_bytes(), lines].concat());
        StoredBloc { text: text.len() as u64, lines: lines.len() as u64, digest }
    }
}

/// What is to be known of the rule files, which have the first places among the sources.
pub(super) fn files(engine: &Engine, stamps: &[Option<Stamp>]) -> Vec<StoredFile> {
    let sources = engine.sources();
    let stored = |(number, stamp): (usize, &Option<Stamp>)| {
        let id = FileId(number as u32);
        let file = sources.file(id);
        StoredFile {
            path: file.path.clone(),
            stamp: *stamp,
            digest: evidence::digest(file.text.as_bytes()),
            has_others: others_of(sources, id).any(|it| !parse::parse(it, file).0.is_empty()),
        }
    };
    stamps.par_iter().enumerate().map(stored).collect()
}

/// What is kept of an article's name, to see whether another one has it: the beginning of its digest.
pub(super) fn trace(name: &str) -> [u8; 8] {
    let digest = evidence::digest(fold(name).as_bytes());
    let mut trace = [0; 8];
    trace.copy_from_slice(&digest.as_bytes()[..8]);
    trace
}

/// The trace of each article's name, with the place of its file.
pub(super) fn names(ledger: &Ledger) -> Vec<u8> {
    let name = |it: &Article| [&trace(&it.name)[..], &it.place.0.0.to_le_bytes()].concat();
    ledger.articles.par_iter().flat_map_iter(name).collect()
}

fn others_of(sources: &Sources, id: FileId) -> impl Iterator<Item = Piece> {
    let pieces = parse::pieces(id, sources.file(id)).into_iter();
    pieces.filter(|it| !it.articles && !it.span.range().is_empty())
}

/// Path and text of all pieces without an article.
pub(super) fn others(sources: &Sources, count: usize) -> Vec<(String, String)> {
    let files = sources.ids().take(count);
    let text = |it: Piece| {
        let file = sources.file(it.file);
        (file.path.clone(), file.slice(it.span).to_owned())
    };
    files.flat_map(|it| others_of(sources, it).map(text)).collect()
}

/// The blocs that stand for themselves as parties, in the order they came to.
pub(super) fn as_parties(ledger: &Ledger) -> Vec<u32> {
    let bloc = |place| ledger.blocs().find(|it| ledger.bloc(*it).place == place).map(|it| it.0);
    ledger.parties.iter().filter_map(|it| bloc(it.place)).collect()
}

impl Head {
    pub(super) fn write(mut self, out: &mut dyn Write, extracts: &[Extract], names: &[u8]) -> io::Result<()> {
        self.names = (names.len() as u64, evidence::digest(names));
        let lines =
            |it: &Extract| it.lines.iter().flat_map(|it| [it.0, it.1]).flat_map(u32::to_le_bytes).collect();
        let lines: Vec<Vec<u8>> = extracts.par_iter().map(lines).collect();
        self.blocs = extracts.par_iter().zip(&lines).map(|it| StoredBloc::of(&it.0.text, it.1)).collect();
        let head = postcard::to_stdvec(&self).map_err(io::Error::other)?;
        out.write_all(MARK)?;
        out.write_all(&(head.len() as u64).to_le_bytes())?;
        out.write_all(evidence::digest(&head).as_bytes())?;
        out.write_all(&head)?;
        for (extract, lines) in extracts.iter().zip(&lines) {
            out.write_all(extract.text.as_bytes())?;
            out.write_all(lines)?;
        }
        out.write_all(names)?;
        out.write_all(MARK)
    }

    /// Also where the blocs begin. `None` of what is no store, or not a whole one.
    pub(super) fn read(kept: &mut Kept) -> Option<(Head, u64)> {
        let begins = kept.bytes(0, BEFORE)?;
        let length = u64::from_le_bytes(begins[8..16].try_into().ok()?);
        let head = kept.bytes(BEFORE, length)?;
        if begins[..8] != MARK[..] || begins[16..] != *evidence::digest(&head).as_bytes() {
            return None;
        }
        let head: Head = postcard::from_bytes(&head).ok()?;
        let body = BEFORE + length;
        let end = head.start(body, head.blocs.len())?.checked_add(head.names.0)?;
        (kept.bytes(end, 8)? == MARK).then_some((head, body))
    }

    /// Where a bloc begins.
    fn start(&self, body: u64, bloc: usize) -> Option<u64> {
        let before = self.blocs.get(..bloc)?.iter();
        before.into_iter().try_fold(body, |sum, it| sum.checked_add(it.text)?.checked_add(it.lines))
    }

    pub(super) fn extract(&self, kept: &mut Kept, body: u64, bloc: BlocId) -> Option<Extract> {
        let start = self.start(body, bloc.0 as usize)?;
        let stored = self.blocs.get(bloc.0 as usize)?;
        let numbers = kept.bytes(start.checked_add(stored.text)?, stored.lines)?;
        let text = String::from_utf8(kept.bytes(start, stored.text)?).ok()?;
        if StoredBloc::of(&text, &numbers).digest != stored.digest {
            return None;
        }
        let number = |it: &[u8]| it.try_into().map(u32::from_le_bytes).unwrap_or_default();
        Some(Extract {
            text,
            lines: numbers.chunks_exact(8).map(|it| (number(&it[..4]), number(&it[4..]))).collect(),
        })
    }
}

impl Head {
    /// The traces of all articles' names but those of some files.
    pub(super) fn names_without(
        &self,
        kept: &mut Kept,
        body: u64,
        files: impl Fn(u32) -> bool,
    ) -> Option<FxHashSet<[u8; 8]>> {
        let bytes = kept.bytes(self.start(body, self.blocs.len())?, self.names.0)?;
        if evidence::digest(&bytes) != self.names.1 {
            return None;
        }
        let names = bytes
            .chunks_exact(12)
            .filter_map(|it| Some((it[..8].try_into().ok()?, it[8..].try_into().ok()?)));
        Some(names.filter(|it| !files(u32::from_le_bytes(it.1))).map(|it| it.0).collect())
    }
}

/// A finding on the files as they are written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFinding {
    code: String,
    error: bool,
    message: String,
    help: Option<String>,
    /// File, span and label.
    places: Vec<(u32, (u32, u32), String)>,
    slips: Vec<(Option<usize>, String)>,
}

impl StoredFinding {
    pub(super) fn of(it: &Finding) -> StoredFinding {
        let place = |it: &Place| (it.file.0, (it.span.start, it.span.end), it.label.clone());
        StoredFinding {
            code: it.code.to_owned(),
            error: it.severity == Severity::Error,
            message: it.message.clone(),
            help: it.help.clone(),
            places: it.places.iter().map(place).collect(),
            slips: it.slips.iter().map(|it| (it.place, it.why.clone())).collect(),
        }
    }

    /// The files that it is on.
    pub(super) fn files(&self) -> impl Iterator<Item = u32> {
        self.places.iter().map(|it| it.0)
    }

    pub(super) fn finding(&self, mut file: impl FnMut(u32) -> Option<FileId>) -> Option<Finding> {
        let mut places = Vec::new();
        for (number, (start, end), label) in &self.places {
            places.push(Place::new(file(*number)?, Span { start: *start, end: *end }, label.clone()));
        }
        // On files as they are written there is one kind of slip.
        let slip = |(place, why): &(Option<usize>, String)| Slip {
            kind: "placeholder",
            place: *place,
            why: why.clone(),
        };
        Some(Finding {
            code: explain::codes().find(|it| *it == self.code)?,
            severity: if self.error { Severity::Error } else { Severity::Warning },
            message: self.message.clone(),
            help: self.help.clone(),
            places,
            slips: self.slips.iter().map(slip).collect(),
            mends: Vec::new(),
        })
    }
}
