//! A compiled store of a large project: what it takes to ask about one bloc without reading every file again.
//!
//! It holds, for each bloc, the articles that speak of it with just those of their claims, as rule text with the line
//! that each was taken from; and the sections that are no articles. To answer, these few lines are read the usual way,
//! so there is no second reading of anything.
//!
//! It is keyed by content. A file counts as unchanged where size, times and place on the disk are those of the file that
//! was read and cannot have been met by a later write in the same tick of the clock; else its content is compared. Lines
//! of files that did change are read anew, in place of the old ones; where names changed, everything is.

mod extract;
mod head;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::engine::{self, Engine};
use crate::evidence;
use crate::finding::Finding;
use crate::ledger::{BlocId, Ledger};
use crate::pair::Pairs;
use crate::parse::{self, Piece};
use crate::resolve::{self, Vocabulary};
use crate::source::kept::{self, Kept};
use crate::source::{self, File, FileId, Sources, Span, Stamp, Taken, Unreadable};
use extract::Extract;
use head::{Head, StoredFile, StoredFinding};

/// Projects with fewer claims are read in less time than it takes to look after a store.
pub const FEWEST_CLAIMS: usize = 10_000;
/// With more findings on its files than this a project is read anew each time.
const MOST_FINDINGS: usize = 1_000;
/// If more files than this have changed, everything is read anew.
const MOST_CHANGED: usize = 64;

/// The rule files of some paths, and where their store is, or would be.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    paths: Vec<PathBuf>,
    /// Folders with the texts of articles.
    articles: Vec<PathBuf>,
    /// Looked up once.
    files: OnceLock<Files>,
}

/// The rule files that the paths name, of which none is read yet.
#[derive(Debug)]
struct Files {
    found: Vec<PathBuf>,
    unreadable: Vec<Unreadable>,
    /// As the files were before they were read, with their paths as they are printed.
    stamps: Vec<(Option<Stamp>, String)>,
}

impl Files {
    fn of(paths: &[PathBuf]) -> Files {
        let (found, unreadable) = source::find(paths);
        let stamps = found.par_iter().map(|it| (Stamp::of(it), source::shown(it))).collect();
        Files { found, unreadable, stamps }
    }
}

impl Store {
    pub fn of(folder: &Path, paths: &[PathBuf], articles: &[PathBuf]) -> Store {
        let mut key = format!("{}\n{}\n", env!("CARGO_PKG_VERSION"), head::FORMAT);
        for it in paths {
            key += &format!("{}\n{}\n", it.display(), source::whole(it).display());
        }
        let path = folder.join(evidence::digest(key.as_bytes())).with_extension("store");
        Store { path, paths: paths.to_vec(), articles: articles.to_vec(), files: OnceLock::new() }
    }

    fn files(&self) -> &Files {
        self.files.get_or_init(|| Files::of(&self.paths))
    }

    /// Everything, read from the rule files.
    pub fn read(&self) -> Engine {
        let files = self.files();
        Engine::load_found(files.found.clone(), files.unreadable.clone(), &self.articles)
    }

    fn is_complete(&self) -> bool {
        self.files().unreadable.is_empty() && source::folders(&self.articles).is_empty()
    }

    /// What it takes to answer a question about one bloc; `None` where that takes all files.
    pub fn engine_for(&self, question: &str) -> Option<Engine> {
        // What the store holds says nothing of what has become of the files, which are looked up meanwhile.
        let opened = thread::scope(|scope| {
            scope.spawn(|| self.files());
            Opened::of(&self.path, question)
        })?;
        if !self.is_complete() {
            return None;
        }
        let changed = self.changed(&opened.head)?;
        Stored { files: self.files(), opened, changed }.engine()
    }

    /// The places of the files that are not as they were; `None` where they are others.
    fn changed(&self, head: &Head) -> Option<Vec<(u32, File)>> {
        let files = self.files();
        let same = |it: (&(_, String), &String)| it.0.1 == *it.1;
        if head.paths.len() != files.found.len() || !files.stamps.iter().zip(&head.paths).all(same) {
            return None;
        }
        let stamps = files.stamps.iter().map(|it| it.0).zip(&head.files);
        let moved = (0u32..).zip(stamps).filter(|(_, (now, then))| now.is_none() || *now != then.stamp);
        let moved: Vec<(u32, &StoredFile)> = moved.map(|(number, (_, then))| (number, then)).collect();
        let read = |(number, then): (u32, &StoredFile)| {
            let file = source::read(&files.found[number as usize]).ok()?;
            Some((evidence::sha256(file.text.as_bytes()) != then.digest).then_some((number, file)))
        };
        let read: Option<Vec<Option<(u32, File)>>> = moved.into_par_iter().map(read).collect();
        let changed: Vec<(u32, File)> = read?.into_iter().flatten().collect();
        (changed.len() <= MOST_CHANGED).then_some(changed)
    }

    /// Writes the store of an engine that was read from these files, where that is worth it.
    pub fn write(&self, engine: &Engine) -> io::Result<()> {
        let ledger = engine.ledger();
        let findings: Vec<StoredFinding> = engine.complaints().map(StoredFinding::of).collect();
        let worth_it = self.is_complete()
            && ledger.claims.len() >= FEWEST_CLAIMS
            && findings.len() <= MOST_FINDINGS
            // What follows by rules may come from any bloc.
            && !ledger.has_rules()
            && ledger.articles.iter().all(|it| it.text.is_none());
        if !worth_it {
            return Ok(());
        }
        let extracts = extract::all(ledger, engine.sources());
        kept::write(&self.path, |out, now| {
            let settled = |it: &Stamp| now.is_some_and(|now| it.is_settled(&now));
            let still = |(path, (it, _)): (&PathBuf, &(Option<Stamp>, String))| {
                it.filter(|it| Stamp::of(path) == Some(*it) && settled(it))
            };
            let files = self.files();
            let stamps: Vec<Option<Stamp>> = files.found.iter().zip(&files.stamps).map(still).collect();
            let (files, others) = head::files(engine.sources(), &stamps);
            let head = Head {
                paths: engine
                    .sources()
                    .ids()
                    .take(stamps.len())
                    .map(|it| engine.sources().file(it).path.clone())
                    .collect(),
                files,
                others,
                as_parties: head::as_parties(ledger),
                findings,
                blocs: Vec::new(),
                names: (0, [0; 32]),
            };
            head.write(out, &extracts, &head::names(ledger))
        })
    }
}

/// What a store has of the bloc that a question is about, and the names that it takes to read it.
struct Opened {
    kept: Kept,
    head: Head,
    /// Where in it the blocs begin.
    body: u64,
    bloc: BlocId,
    extract: Extract,
    sources: Sources,
    ledger: Ledger,
    vocabulary: Vocabulary,
}

impl Opened {
    fn of(path: &Path, question: &str) -> Option<Opened> {
        let mut kept = Kept::open(path)?;
        let (mut head, body) = Head::read(&mut kept)?;
        let mut sources = Sources::default();
        let mut sections = Vec::new();
        for (path, text) in std::mem::take(&mut head.others) {
            let id = sources.add(File::new(path, text));
            sections.extend(parse_all(id, &sources));
        }
        let standard = sources.add(resolve::standard_file());
        sections.extend(parse_all(standard, &sources));
        let (mut ledger, mut vocabulary, _) = resolve::vocabulary(&sections, standard);
        for bloc in &head.as_parties {
            resolve::declare_as_party(BlocId(*bloc), &mut ledger, &mut vocabulary);
        }
        let bloc = engine::bloc_of(question, &ledger, &vocabulary)?;
        let extract = head.extract(&mut kept, body, bloc)?;
        Some(Opened { kept, head, body, bloc, extract, sources, ledger, vocabulary })
    }
}

/// A store that is opened, and the files that have changed since it was written.
struct Stored<'s> {
    files: &'s Files,
    opened: Opened,
    changed: Vec<(u32, File)>,
}

impl Stored<'_> {
    fn engine(mut self) -> Option<Engine> {
        let mut findings = Vec::new();
        let extract = self.with_changed(&mut findings)?;
        let pieces = extract.pieces();
        let Opened { head, mut sources, mut ledger, mut vocabulary, .. } = self.opened;
        let paths = Arc::new(head.paths);
        let id = sources.add(File::of_lines(extract.text, Taken { paths, lines: extract.lines }));
        let piece = |span: Span| Piece { file: id, span, articles: true };
        let pieces: Vec<Piece> = pieces.into_iter().map(piece).collect();
        resolve::read(&sources, (&pieces, None), &[], &mut ledger, &mut vocabulary);
        told(&head.findings, &self.changed, self.files, &mut sources, &mut findings)?;
        Some(Engine::assembled(sources, vocabulary, Pairs::new(ledger), findings))
    }

    /// The lines of changed files in place of the old ones; `None` where more than articles changed.
    fn with_changed(&mut self, findings: &mut Vec<Finding>) -> Option<Extract> {
        let Opened { kept, head, body, bloc, extract, sources, ledger, vocabulary } = &mut self.opened;
        let mut whole = std::mem::take(extract);
        if self.changed.is_empty() {
            return Some(whole);
        }
        let changed = |it: u32| self.changed.iter().any(|changed| changed.0 == it);
        if head.findings.iter().any(|it| is_told_with_others(it, changed)) {
            return None;
        }
        let names = head.names(kept, *body)?;
        let mut again = FxHashSet::default();
        for (number, file) in &self.changed {
            let id = sources.add(File::new(file.path.clone(), file.text.clone()));
            let pieces = parse::pieces(id, sources.file(id));
            let (articles, others): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|it| it.articles);
            let (sections, wrong): (Vec<_>, Vec<_>) =
                others.into_iter().map(|it| parse::parse(it, sources.file(id))).unzip();
            if head.files[*number as usize].has_others || !sections.concat().is_empty() {
                return None;
            }
            findings.extend(wrong.concat());
            let (said, wrong) = resolve::read_some(sources, &articles, ledger, vocabulary)?;
            // Of other files there are pieces only, whose lines have other numbers.
            if wrong.iter().flat_map(|it| &it.places).any(|it| it.file != id) {
                return None;
            }
            findings.extend(wrong);
            let mut is_known = |trace| names.has(trace, changed) || !again.insert(trace);
            if said.articles.iter().any(|it| it.text.is_some() || is_known(head::trace(&it.name))) {
                return None;
            }
            whole = whole.with(*number, &extract::of_file(&said, sources, *bloc, *number));
        }
        Some(whole)
    }
}

/// Whether a finding is on a changed file and another one, so that it takes both to find it again.
fn is_told_with_others(finding: &StoredFinding, changed: impl Fn(u32) -> bool) -> bool {
    let mut files = finding.files();
    let first = files.next();
    let others = files.any(|it| Some(it) != first);
    others && finding.files().any(changed)
}

/// What is wrong with the files that have not changed.
fn told(
    told: &[StoredFinding],
    changed: &[(u32, File)],
    files: &Files,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<()> {
    let has_changed = |it: u32| changed.iter().any(|changed| changed.0 == it);
    let mut read: Vec<Option<FileId>> = vec![None; files.found.len()];
    for it in told.iter().filter(|it| !it.files().any(has_changed)) {
        findings.push(it.finding(|number| {
            let place = read.get_mut(number as usize)?;
            if place.is_none() {
                let file = source::read(files.found.get(number as usize)?).ok()?;
                *place = Some(sources.add(file));
            }
            *place
        })?);
    }
    Some(())
}

fn parse_all(id: FileId, sources: &Sources) -> Vec<crate::syntax::Section> {
    let file = sources.file(id);
    let whole = Piece { file: id, span: Span::new(0, file.text.len()), articles: false };
    parse::parse(whole, file).0
}
