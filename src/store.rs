//! A compiled store of a large project: what it takes to ask about one bloc without reading every file again.
//!
//! It holds, for each bloc, the articles that speak of it with just those of their claims, as rule text with the line
//! that each was taken from; and what the sections that are no articles declare, as it was resolved. To answer, these few
//! lines are read the usual way. What is not text can be read by the program alone that has written it.
//!
//! It is keyed by content. A file counts as unchanged where size, times and place on the disk are those of the file that
//! was read and cannot have been met by a later write in the same tick of the clock; else its content is compared. Lines
//! of files that did change are read anew, in place of the old ones; where names changed, everything is.
//!
//! Beside it are answers as they were printed: what is asked again, while nothing has changed, is not even read. And what
//! was inferred of a bloc's pairs: of those of which the same is still said it need not be inferred again.

mod beside;
mod declared;
mod extract;
mod head;
mod names;
mod opened;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::engine::Engine;
use crate::evidence;
use crate::finding::Finding;
use crate::pair::{Inferred, Pairs};
use crate::source::kept::{self, Kept};
use crate::source::{self, File, FileId, Listing, Paths, Sources, Stamp, Unreadable};
use beside::Place;
use declared::Declared;
use head::{Begins, Contents, Head, StoredFiles, StoredFinding};
use opened::{Changed, Of, Opened};

pub use beside::Printed;
pub use head::Identity;

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
    /// The digest of the program's stamp.
    program: [u8; 32],
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
    /// For a program, as its file is stamped.
    pub fn of(folder: &Path, paths: &[PathBuf], articles: &[PathBuf], program: &Stamp) -> Store {
        let mut key = String::new();
        for it in paths {
            key += &format!("{}\n{}\n", it.display(), source::whole(it).display());
        }
        let path = folder.join(evidence::digest(key.as_bytes())).with_extension("store");
        let program = evidence::sha256(format!("{program:?}").as_bytes());
        Store { path, paths: paths.to_vec(), articles: articles.to_vec(), program, files: OnceLock::new() }
    }

    fn files(&self) -> &Files {
        if let Some(it) = self.files.get() {
            return it;
        }
        // Threads that wait for each other must not wait for this too.
        let files = Files::of(&self.paths);
        self.files.get_or_init(|| files)
    }

    /// Everything, read from the rule files.
    pub fn read(&self) -> Engine {
        let files = self.files();
        let engine = Engine::load_found(files.found.clone(), files.unreadable.clone(), &self.articles);
        engine.remembering(Inferred::default())
    }

    fn is_complete(&self) -> bool {
        self.files().unreadable.is_empty() && source::folders(&self.articles).is_empty()
    }

    /// What there is of it, if it is there.
    pub fn open(&self) -> Option<Stored<'_>> {
        let kept = Kept::open(&self.path)?;
        let begins = Begins::read(&kept, &self.program)?;
        Some(Stored { store: self, kept, begins, paths: Arc::default(), moved: OnceLock::new() })
    }

    /// Keeps what was printed when this was asked, of the files that a store was made of, and what was inferred for it.
    pub fn keep(
        &self,
        made_with: &Identity,
        asked: &str,
        printed: &Printed,
        engine: &Engine,
    ) -> io::Result<()> {
        let inferred = engine.remembered().unwrap_or_default();
        if let Some(bloc) = inferred.bloc() {
            Place::histories(&self.path, bloc).write(made_with, &inferred)?;
        }
        Place::answer(&self.path, asked).write(made_with, printed)
    }

    /// Writes the store of an engine that was read from these files, where that is worth it.
    pub fn write(&self, engine: &Engine) -> io::Result<Option<Identity>> {
        let ledger = engine.ledger();
        let findings: Vec<StoredFinding> = engine.complaints().map(StoredFinding::of).collect();
        let worth_it = self.is_complete()
            && ledger.claims.len() >= FEWEST_CLAIMS
            && findings.len() <= MOST_FINDINGS
            // What follows by rules may come from any bloc.
            && !ledger.has_rules()
            && ledger.articles.iter().all(|it| it.text.is_none());
        if !worth_it {
            return Ok(None);
        }
        let extracts = extract::all(ledger, engine.sources());
        kept::write(&self.path, |out, now| {
            let settled = |it: &Stamp| now.is_some_and(|now| it.is_settled(&now));
            let still = |(path, (it, _)): (&PathBuf, &(Option<Stamp>, String))| {
                it.filter(|it| Stamp::of(path) == Some(*it) && settled(it))
            };
            let found = &self.files().found;
            let stamps: Vec<Option<Stamp>> = found.iter().zip(&self.files().stamps).map(still).collect();
            // By its path as it is printed another file may be meant, or none.
            let is_printed = |it: &PathBuf| it.to_str().is_some_and(|it| !it.contains('\\'));
            let listing = now.filter(|_| found.iter().all(is_printed));
            let listing = listing.and_then(|now| Listing::of(&self.paths, found, &now));
            let (texts, others) = head::files(engine.sources(), stamps.len());
            let ids = engine.sources().ids().take(stamps.len());
            let paths = Paths::of(ids.map(|it| engine.sources().file(it).path.as_str()));
            let files = StoredFiles { listing, paths, stamps };
            let (declared, vocabulary) = Declared::of(&others, &head::as_parties(ledger));
            let contents = Contents {
                program: &self.program,
                files,
                texts,
                declared,
                vocabulary,
                names: names::all(ledger),
            };
            contents.write(out, others, findings, &extracts).map(Some)
        })
    }
}

/// A store that is there, of which the files and the blocs are not looked at yet.
#[derive(Debug)]
pub struct Stored<'s> {
    store: &'s Store,
    kept: Kept,
    begins: Begins,
    /// Of the files, as they are printed.
    paths: Arc<OnceLock<Paths>>,
    /// Looked up once.
    moved: OnceLock<Option<Vec<u32>>>,
}

/// What it takes to answer a question; and if no file has changed, which store is of them.
#[derive(Debug)]
pub enum Needed {
    /// What is said of one bloc: it is here.
    Bloc(Box<Engine>, Option<Identity>),
    /// All files.
    Everything(Option<Identity>),
}

impl Stored<'_> {
    /// What was printed when this was asked, if no file has changed since.
    pub fn printed(&self, asked: &str) -> Option<Printed> {
        let printed = Place::answer(&self.store.path, asked).read(&self.begins.identity)?;
        self.moved()?.is_empty().then_some(printed)
    }

    /// What it takes to answer a question.
    pub fn needed_for(self, question: &str) -> Needed {
        self.found_for(question).unwrap_or(Needed::Everything(None))
    }

    /// `None` where the store is of no use.
    fn found_for(&self, question: &str) -> Option<Needed> {
        let head = self.begins.head(&self.kept)?;
        // What the store holds says nothing of what has become of the files, which are looked up meanwhile.
        let has_moved = self.moved.get().is_some_and(|it| it.as_ref().is_none_or(|it| !it.is_empty()));
        let (opened, changed) =
            rayon::join(|| Opened::of(self, &head, question, !has_moved), || self.changed(&head));
        let changed = changed?;
        let made_with = self.moved()?.is_empty().then_some(self.begins.identity);
        let mut opened = match opened? {
            Of::Bloc(opened) => *opened,
            Of::Everything => return Some(Needed::Everything(made_with)),
        };
        let place = Place::histories(&self.store.path, opened.bloc);
        let mut read = || {
            if !changed.files.is_empty() {
                return opened.read_with_changed(self, &head, &changed);
            } else if has_moved {
                opened.read(&self.paths, &[]);
            }
            Some(Vec::new())
        };
        let (findings, inferred) = rayon::join(&mut read, || place.read(&self.begins.identity));
        let mut findings = findings?;
        let Opened { mut sources, ledger, vocabulary, .. } = opened;
        self.tell_unchanged(&head.findings, &changed, &mut sources, &mut findings)?;
        let pairs = Pairs::new(ledger).remembering(inferred.unwrap_or_default());
        let engine = Engine::assembled(sources, vocabulary, pairs, findings);
        Some(Needed::Bloc(Box::new(engine), made_with))
    }

    /// The files whose text is another; `None` where there are too many.
    fn changed(&self, head: &Head) -> Option<Changed> {
        let moved = self.moved()?;
        if moved.is_empty() {
            return Some(Changed::default());
        }
        let texts = head.texts(&self.kept, self.begins.body)?;
        let read = |place: &u32| {
            let file = source::read(&self.path_of(*place)?).ok()?;
            let then = texts.get(*place as usize)?.digest;
            Some((evidence::sha256(file.text.as_bytes()) != then).then_some((*place, file)))
        };
        let read: Option<Vec<Option<(u32, File)>>> = moved.par_iter().map(read).collect();
        let files: Vec<(u32, File)> = read?.into_iter().flatten().collect();
        if files.len() > MOST_CHANGED {
            return None;
        }
        let names = if files.is_empty() { None } else { Some(head.names(&self.kept, self.begins.body)?) };
        Some(Changed { files, texts, names })
    }

    /// What is wrong with the files that have not changed; `None` where one of them cannot be read.
    fn tell_unchanged(
        &self,
        told: &[StoredFinding],
        changed: &Changed,
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) -> Option<()> {
        let mut read: FxHashMap<u32, FileId> = FxHashMap::default();
        for it in told.iter().filter(|it| !it.files().any(|it| changed.has(it))) {
            findings.push(it.finding(|number| {
                if let Some(id) = read.get(&number) {
                    return Some(*id);
                }
                let id = sources.add(source::read(&self.path_of(number)?).ok()?);
                read.insert(number, id);
                Some(id)
            })?);
        }
        Some(())
    }

    /// That of the rule file in a place. Where they were not looked for they are where they were.
    fn path_of(&self, place: u32) -> Option<PathBuf> {
        match self.store.files.get() {
            Some(files) => files.found.get(place as usize).cloned(),
            None => self.paths.get()?.get(place).map(PathBuf::from),
        }
    }

    /// The places of the files that are not those that were read, by their stamps; `None` where other files are found.
    fn moved(&self) -> Option<&[u32]> {
        if let Some(it) = self.moved.get() {
            return it.as_deref();
        }
        // Threads that wait for each other must not wait for this too.
        let moved = self.look_up();
        self.moved.get_or_init(|| moved).as_deref()
    }

    fn look_up(&self) -> Option<Vec<u32>> {
        let StoredFiles { listing, paths: of_files, stamps: then } = self.begins.files()?;
        let paths = self.paths.get_or_init(|| of_files);
        if !source::folders(&self.store.articles).is_empty() {
            return None;
        }
        let then = (0u32..then.len() as u32).into_par_iter().zip(&then);
        if listing.is_some_and(|it| it.holds()) {
            let now = |place| Stamp::of(Path::new(paths.get(place)?));
            return Some(
                then.filter(|(place, then)| is_another(now(*place), **then)).map(|it| it.0).collect(),
            );
        }
        let files = self.store.files();
        let same = |(place, it): (u32, &(_, String))| paths.get(place) == Some(&it.1);
        if !self.store.is_complete()
            || paths.len() != files.found.len()
            || !(0..).zip(&files.stamps).all(same)
        {
            return None;
        }
        let now = files.stamps.par_iter().map(|it| it.0);
        Some(then.zip(now).filter(|((_, then), now)| is_another(*now, **then)).map(|it| it.0.0).collect())
    }
}

/// Whether a file is, or may be, another than it was then.
fn is_another(now: Option<Stamp>, then: Option<Stamp>) -> bool {
    now.is_none() || now != then
}
