//! What a store says of its files, and where in it each bloc is.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::declared::Declared;
use super::extract::Extract;
use super::names::{Bundle, Names};
use crate::evidence;
use crate::explain;
use crate::finding::{Finding, Place, Severity, Slip};
use crate::ledger::{BlocId, Ledger};
use crate::parse::{self, Piece};
use crate::resolve::Vocabulary;
use crate::source::kept::Kept;
use crate::source::{FileId, Listing, Paths, Sources, Span, Stamp};

/// What a store begins with, and what it ends with where it was written to its end.
const MARK: &[u8; 8] = b"accede\x02\n";

/// The mark, the trace of the program, then the length of the files' part and of the head, and the digest of each.
const BEFORE: u64 = 8 + 32 + 2 * PART;
const PART: u64 = 8 + 32;

/// What is to be known of the rule files before any is looked at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFiles {
    /// What they were found by, where it can be told whether they would be found again.
    pub(super) listing: Option<Listing>,
    /// As they are printed.
    pub(super) paths: Paths,
    /// None where a later write could have the same.
    pub(super) stamps: Vec<Option<Stamp>>,
}

impl StoredFiles {
    pub(super) fn read(bytes: &[u8]) -> Option<StoredFiles> {
        let files: StoredFiles = postcard::from_bytes(bytes).ok()?;
        (files.paths.len() == files.stamps.len()).then_some(files)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// Path and text of all that is no article, in the order it was read in.
    pub(super) others: Vec<(String, String)>,
    pub(super) findings: Vec<StoredFinding>,
    blocs: Vec<StoredBloc>,
    /// After the blocs, one after the other: what is [`Declared`], its [`Vocabulary`], what [`StoredFile`]s come to, and a
    /// table of the names, which come last.
    declared: Part,
    vocabulary: Part,
    texts: Part,
    table: Part,
    names: u64,
}

/// By how many bytes it has, and their digest.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    length: u64,
    digest: [u8; 32],
}

impl Part {
    fn of(bytes: &[u8]) -> Part {
        Part { length: bytes.len() as u64, digest: evidence::sha256(bytes) }
    }

    fn read(&self, kept: &Kept, start: u64) -> Option<Vec<u8>> {
        let bytes = kept.bytes(start, self.length)?;
        (evidence::sha256(&bytes) == self.digest).then_some(bytes)
    }
}

/// All of a store but what the articles say.
pub(super) struct Contents<'s> {
    /// Tells the program from any other: what is not text is for it alone to read.
    pub(super) program: &'s [u8; 32],
    pub(super) files: StoredFiles,
    pub(super) texts: Vec<StoredFile>,
    pub(super) declared: Declared,
    pub(super) vocabulary: Vocabulary,
    pub(super) names: Vec<u8>,
}

/// What is to be known of a rule file where it is another than it was.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFile {
    /// SHA-256 of its text.
    pub(super) digest: [u8; 32],
    /// It has sections that are no articles.
    pub(super) has_others: bool,
}

/// By how many bytes its text and its table of lines have, and the SHA-256 of both: a disk can fail.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredBloc {
    text: u64,
    lines: u64,
    digest: [u8; 32],
}

impl StoredBloc {
    fn of(text: &[u8], lines: &[u8]) -> StoredBloc {
        let digest = evidence::sha256_of(&[text, lines]);
        StoredBloc { text: text.len() as u64, lines: lines.len() as u64, digest }
    }
}

/// What is to be known of so many rule files, which have the first places among the sources; and path and text of all
/// their pieces that are no articles.
pub(super) fn files(sources: &Sources, number: usize) -> (Vec<StoredFile>, Vec<(String, String)>) {
    let stored = |number: usize| {
        let id = FileId(number as u32);
        let file = sources.file(id);
        let pieces = parse::pieces(id, file).into_iter();
        let others: Vec<Piece> = pieces.filter(|it| !it.articles && !it.span.range().is_empty()).collect();
        let has_others = others.iter().any(|it| !parse::parse(*it, file).0.is_empty());
        let text = |it: &Piece| (file.path.clone(), file.slice(it.span).to_owned());
        let digest = evidence::sha256(file.text.as_bytes());
        (StoredFile { digest, has_others }, others.iter().map(text).collect::<Vec<_>>())
    };
    let (files, others): (Vec<_>, Vec<_>) = (0..number).into_par_iter().map(stored).unzip();
    (files, others.concat())
}

/// The blocs that stand for themselves as parties, in the order they came to.
pub(super) fn as_parties(ledger: &Ledger) -> Vec<BlocId> {
    let bloc = |place| ledger.blocs().find(|it| ledger.bloc(*it).place == place);
    ledger.parties.iter().filter_map(|it| bloc(it.place)).collect()
}

/// What tells a store from every other one: the digest of the program, of the files' part and of the head, in which those of
/// all else are.
pub type Identity = [u8; 32];

fn identity(program: &[u8; 32], digest_of_files: &[u8; 32], digest_of_head: &[u8; 32]) -> Identity {
    evidence::sha256_of(&[program, digest_of_files, digest_of_head])
}

/// The digest of each part of a store, and its bytes.
#[derive(Debug)]
pub(super) struct Begins {
    pub(super) files: Vec<u8>,
    digest_of_files: [u8; 32],
    pub(super) head: Vec<u8>,
    digest_of_head: [u8; 32],
    /// Where the blocs begin.
    pub(super) body: u64,
    pub(super) identity: Identity,
}

impl Begins {
    /// `None` of what is no store, or that of another program.
    pub(super) fn read(kept: &Kept, program: &[u8; 32]) -> Option<Begins> {
        let begins = kept.bytes(0, BEFORE)?;
        let (mark, rest) = begins.split_first_chunk::<8>()?;
        let (written_by, parts) = rest.split_first_chunk::<32>()?;
        if mark != MARK || written_by != program {
            return None;
        }
        let (files, head) = parts.split_at_checked(PART as usize)?;
        let part = |it: &[u8]| {
            let (length, digest) = it.split_first_chunk::<8>()?;
            Some((u64::from_le_bytes(*length), digest.try_into().ok()?))
        };
        let ((files, digest_of_files), (head, digest_of_head)) = (part(files)?, part(head)?);
        let files_end = BEFORE.checked_add(files)?;
        let body = files_end.checked_add(head)?;
        let (files, head) = (kept.bytes(BEFORE, files)?, kept.bytes(files_end, head)?);
        let identity = identity(program, &digest_of_files, &digest_of_head);
        Some(Begins { files, digest_of_files, head, digest_of_head, body, identity })
    }

    pub(super) fn files(&self) -> Option<StoredFiles> {
        let is_whole = evidence::sha256(&self.files) == self.digest_of_files;
        if is_whole { StoredFiles::read(&self.files) } else { None }
    }

    /// `None` of a store that is not a whole one.
    pub(super) fn head(&self, kept: &Kept) -> Option<Head> {
        if evidence::sha256(&self.head) != self.digest_of_head {
            return None;
        }
        let head: Head = postcard::from_bytes(&self.head).ok()?;
        let [.., end] = head.starts(self.body)?;
        (kept.bytes(end, 8)? == MARK).then_some(head)
    }
}

impl Contents<'_> {
    pub(super) fn write(
        &self,
        out: &mut dyn Write,
        others: Vec<(String, String)>,
        findings: Vec<StoredFinding>,
        extracts: &[Extract],
    ) -> io::Result<Identity> {
        let bytes = |it: Result<Vec<u8>, postcard::Error>| it.map_err(io::Error::other);
        let declared = bytes(postcard::to_stdvec(&self.declared))?;
        let vocabulary = bytes(postcard::to_stdvec(&self.vocabulary))?;
        let texts = bytes(postcard::to_stdvec(&self.texts))?;
        let table = bytes(postcard::to_stdvec(&Bundle::all(&self.names)))?;
        let lines =
            |it: &Extract| it.lines.iter().flat_map(|it| [it.0, it.1]).flat_map(u32::to_le_bytes).collect();
        let lines: Vec<Vec<u8>> = extracts.par_iter().map(lines).collect();
        let bloc = |(it, lines): (&Extract, &Vec<u8>)| StoredBloc::of(it.text.as_bytes(), lines);
        let head = Head {
            others,
            findings,
            blocs: extracts.par_iter().zip(&lines).map(bloc).collect(),
            declared: Part::of(&declared),
            vocabulary: Part::of(&vocabulary),
            texts: Part::of(&texts),
            table: Part::of(&table),
            names: self.names.len() as u64,
        };
        let parts = [bytes(postcard::to_stdvec(&self.files))?, bytes(postcard::to_stdvec(&head))?];
        let digests = parts.each_ref().map(|it| evidence::sha256(it));
        out.write_all(MARK)?;
        out.write_all(self.program)?;
        for (part, digest) in parts.iter().zip(&digests) {
            out.write_all(&(part.len() as u64).to_le_bytes())?;
            out.write_all(digest)?;
        }
        for part in &parts {
            out.write_all(part)?;
        }
        for (extract, lines) in extracts.iter().zip(&lines) {
            out.write_all(extract.text.as_bytes())?;
            out.write_all(lines)?;
        }
        for it in [&declared, &vocabulary, &texts, &table, &self.names] {
            out.write_all(it)?;
        }
        out.write_all(MARK)?;
        Ok(identity(self.program, &digests[0], &digests[1]))
    }
}

impl Head {
    /// Where a bloc begins.
    fn start(&self, body: u64, bloc: usize) -> Option<u64> {
        let before = self.blocs.get(..bloc)?.iter();
        before.into_iter().try_fold(body, |sum, it| sum.checked_add(it.text)?.checked_add(it.lines))
    }

    pub(super) fn extract(&self, kept: &Kept, body: u64, bloc: BlocId) -> Option<Extract> {
        let start = self.start(body, bloc.0 as usize)?;
        let stored = self.blocs.get(bloc.0 as usize)?;
        let text = kept.bytes(start, stored.text)?;
        let numbers = kept.bytes(start.checked_add(stored.text)?, stored.lines)?;
        if StoredBloc::of(&text, &numbers).digest != stored.digest {
            return None;
        }
        let number = |it: &[u8]| it.try_into().map(u32::from_le_bytes).unwrap_or_default();
        Some(Extract {
            text: String::from_utf8(text).ok()?,
            lines: numbers.chunks_exact(8).map(|it| (number(&it[..4]), number(&it[4..]))).collect(),
        })
    }

    /// Where what comes after the blocs begins, and where it ends.
    fn starts(&self, body: u64) -> Option<[u64; 6]> {
        let declared = self.start(body, self.blocs.len())?;
        let vocabulary = declared.checked_add(self.declared.length)?;
        let texts = vocabulary.checked_add(self.vocabulary.length)?;
        let table = texts.checked_add(self.texts.length)?;
        let names = table.checked_add(self.table.length)?;
        Some([declared, vocabulary, texts, table, names, names.checked_add(self.names)?])
    }

    /// A ledger with nothing claimed yet, and its names.
    pub(super) fn declared(&self, kept: &Kept, body: u64) -> Option<(Ledger, Vocabulary)> {
        let [declared, vocabulary, ..] = self.starts(body)?;
        let (declared, vocabulary) = rayon::join(
            || postcard::from_bytes(&self.declared.read(kept, declared)?).ok().map(Declared::into_ledger),
            || postcard::from_bytes(&self.vocabulary.read(kept, vocabulary)?).ok(),
        );
        declared.zip(vocabulary)
    }

    pub(super) fn names(&self, kept: &Kept, body: u64) -> Option<Names> {
        let [_, _, _, table, start, _] = self.starts(body)?;
        Some(Names { start, bundles: postcard::from_bytes(&self.table.read(kept, table)?).ok()? })
    }

    pub(super) fn texts(&self, kept: &Kept, body: u64) -> Option<Vec<StoredFile>> {
        let [_, _, start, ..] = self.starts(body)?;
        postcard::from_bytes(&self.texts.read(kept, start)?).ok()
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
    places: Vec<(u32, (u32, u32), Box<str>)>,
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
