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
use std::sync::Arc;

use crate::engine::Engine;
use crate::evidence;
use crate::ledger::{BlocId, Ledger};
use crate::pair::Pairs;
use crate::parse::{self, Piece};
use crate::resolve::{self, Query, Vocabulary};
use crate::source::kept::{self, Kept};
use crate::source::{self, File, FileId, Sources, Span, Stamp, Taken, Unreadable};
use extract::Extract;
use head::{Head, StoredFinding};

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
    found: Vec<PathBuf>,
    unreadable: Vec<Unreadable>,
    /// Folders with the texts of articles.
    articles: Vec<PathBuf>,
    /// As the files were before they were read.
    stamps: Vec<Option<Stamp>>,
}

impl Store {
    /// Looks the files up; reads none of them.
    pub fn of(folder: &Path, paths: &[PathBuf], articles: &[PathBuf]) -> Store {
        let (found, unreadable) = source::find(paths);
        let stamps = found.iter().map(|it| Stamp::of(it)).collect();
        let mut key = format!("{}\n{}\n", env!("CARGO_PKG_VERSION"), head::FORMAT);
        for it in paths {
            key += &format!("{}\n{}\n", it.display(), source::whole(it).display());
        }
        let path = folder.join(evidence::digest(key.as_bytes())).with_extension("store");
        Store { path, found, unreadable, articles: articles.to_vec(), stamps }
    }

    /// Everything, read from the rule files.
    pub fn read(&self) -> Engine {
        Engine::load_found(self.found.clone(), self.unreadable.clone(), &self.articles)
    }

    fn is_complete(&self) -> bool {
        self.unreadable.is_empty() && source::folders(&self.articles).is_empty()
    }

    /// What it takes to answer a question about one bloc; `None` where that takes all files.
    pub fn engine_for(&self, question: &str) -> Option<Engine> {
        if !self.is_complete() {
            return None;
        }
        let mut kept = Kept::open(&self.path)?;
        let (head, body) = Head::read(&mut kept)?;
        let changed = self.changed(&head)?;
        Stored { store: self, head, body, kept, changed }.engine_for(question)
    }

    /// The places of the files that are not as they were; `None` where they are others.
    fn changed(&self, head: &Head) -> Option<Vec<(u32, File)>> {
        let mut changed = Vec::new();
        if head.files.len() != self.found.len() {
            return None;
        }
        for (number, ((path, stamp), stored)) in
            (0u32..).zip(self.found.iter().zip(&self.stamps).zip(&head.files))
        {
            if source::shown(path) != stored.path {
                return None;
            }
            if stamp.is_some() && *stamp == stored.stamp {
                continue;
            }
            let file = source::read(path).ok()?;
            if evidence::digest(file.text.as_bytes()) != stored.digest {
                changed.push((number, file));
            }
        }
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
            let stamps = self.found.iter().zip(&self.stamps);
            let settled = |it: &Stamp| now.is_some_and(|now| it.is_settled(&now));
            let stamps = stamps.map(|(path, it)| it.filter(|it| Stamp::of(path) == Some(*it) && settled(it)));
            let head = Head {
                files: head::files(engine, &stamps.collect::<Vec<_>>()),
                others: head::others(engine.sources(), self.found.len()),
                as_parties: head::as_parties(ledger),
                findings,
                blocs: Vec::new(),
                names: (0, String::new()),
            };
            head.write(out, &extracts, &head::names(ledger))
        })
    }
}

/// A store that is opened, and the files that have changed since it was written.
struct Stored<'s> {
    store: &'s Store,
    head: Head,
    /// Where in it the blocs begin.
    body: u64,
    kept: Kept,
    changed: Vec<(u32, File)>,
}

impl Stored<'_> {
    fn engine_for(mut self, question: &str) -> Option<Engine> {
        let mut sources = Sources::default();
        let mut sections = Vec::new();
        for (path, text) in &self.head.others {
            let id = sources.add(File::new(path.clone(), text.clone()));
            sections.extend(parse_all(id, &sources));
        }
        let standard = sources.add(resolve::standard_file());
        sections.extend(parse_all(standard, &sources));
        let (mut ledger, mut vocabulary, _) = resolve::vocabulary(&sections, standard);
        for bloc in &self.head.as_parties {
            resolve::declare_as_party(BlocId(*bloc), &mut ledger, &mut vocabulary);
        }
        let bloc = bloc_of(question, &ledger, &vocabulary)?;
        let mut findings = Vec::new();
        let extract = self.head.extract(&mut self.kept, self.body, bloc)?;
        let extract =
            self.with_changed(extract, bloc, &mut sources, &mut findings, (&ledger, &vocabulary))?;
        let paths = Arc::new(self.head.files.iter().map(|it| it.path.clone()).collect());
        let id = sources.add(File::of_lines(extract.text, Taken { paths, lines: extract.lines }));
        let pieces = parse::pieces(id, sources.file(id));
        resolve::read(&sources, &pieces, &[], &mut ledger, &mut vocabulary);
        self.told(&mut sources, &mut findings)?;
        Some(Engine::assembled(sources, vocabulary, Pairs::new(ledger), findings))
    }

    /// The lines of changed files in place of the old ones; `None` where more than articles changed.
    fn with_changed(
        &mut self,
        extract: Extract,
        bloc: BlocId,
        sources: &mut Sources,
        findings: &mut Vec<crate::finding::Finding>,
        (ledger, vocabulary): (&Ledger, &Vocabulary),
    ) -> Option<Extract> {
        if self.changed.iter().any(|it| self.is_told_of_with_others(it.0)) {
            return None;
        }
        if self.changed.is_empty() {
            return Some(extract);
        }
        let mut whole = extract;
        let changed = |it: u32| self.changed.iter().any(|changed| changed.0 == it);
        let mut names = self.head.names_without(&mut self.kept, self.body, changed)?;
        for (number, file) in &self.changed {
            let stored = &self.head.files[*number as usize];
            let id = sources.add(File::new(file.path.clone(), file.text.clone()));
            let pieces = parse::pieces(id, sources.file(id));
            let (articles, others): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|it| it.articles);
            let (sections, wrong): (Vec<_>, Vec<_>) =
                others.into_iter().map(|it| parse::parse(it, sources.file(id))).unzip();
            if stored.has_others || !sections.concat().is_empty() {
                return None;
            }
            findings.extend(wrong.concat());
            let (said, wrong) = resolve::read_some(sources, &articles, ledger, vocabulary)?;
            // Of other files there are pieces only, whose lines have other numbers.
            if wrong.iter().flat_map(|it| &it.places).any(|it| it.file != id) {
                return None;
            }
            findings.extend(wrong);
            if said.articles.iter().any(|it| it.text.is_some() || !names.insert(head::trace(&it.name))) {
                return None;
            }
            whole = whole.with(*number, &extract::of_file(&said, sources, bloc, *number));
        }
        Some(whole)
    }

    /// Whether a finding is on a file and another one, so that it takes both to find it again.
    fn is_told_of_with_others(&self, file: u32) -> bool {
        self.head.findings.iter().any(|it| it.files().any(|it| it == file) && it.files().any(|it| it != file))
    }

    /// What is wrong with the files that have not changed.
    fn told(&self, sources: &mut Sources, findings: &mut Vec<crate::finding::Finding>) -> Option<()> {
        let changed = |it: u32| self.changed.iter().any(|changed| changed.0 == it);
        let mut read: Vec<Option<FileId>> = vec![None; self.head.files.len()];
        for it in self.head.findings.iter().filter(|it| !it.files().any(changed)) {
            findings.push(it.finding(|number| {
                let place = read.get_mut(number as usize)?;
                if place.is_none() {
                    let file = source::read(self.store.found.get(number as usize)?).ok()?;
                    *place = Some(sources.add(file));
                }
                *place
            })?);
        }
        Some(())
    }
}

fn parse_all(id: FileId, sources: &Sources) -> Vec<crate::syntax::Section> {
    let file = sources.file(id);
    let whole = Piece { file: id, span: Span::new(0, file.text.len()), articles: false };
    parse::parse(whole, file).0
}

/// The only bloc that a question is about.
fn bloc_of(question: &str, ledger: &Ledger, vocabulary: &Vocabulary) -> Option<BlocId> {
    let mut sources = Sources::default();
    let id = sources.add(File::new("question", question));
    let asked = parse::question(id, sources.file(id)).ok()?;
    let asked = resolve::ask(ledger, vocabulary, &sources, id, &asked).ok()?;
    let bloc = match asked.query {
        Query::Members(wanted) | Query::When { wanted, .. } => Some(wanted.bloc),
        Query::Status { bloc, .. }
        | Query::HistoryOfPair { bloc, .. }
        | Query::HistoryOfBloc { bloc }
        | Query::Changes { bloc, .. }
        | Query::Why { bloc, .. }
        | Query::Did { bloc, .. } => Some(bloc),
        Query::Count { set, .. } | Query::Set(set) => {
            let terms = set.terms();
            let bloc = terms.first()?.wanted.bloc;
            terms.iter().all(|it| it.wanted.bloc == bloc).then_some(bloc)
        }
        Query::Blocs { .. } | Query::Common { .. } => None,
    };
    bloc.filter(|it| !ledger.bloc(*it).group)
}
