//! What a store has of the bloc that a question is about, with the files that have changed since.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Stored;
use super::declared;
use super::extract::Extract;
use super::head::{Head, StoredFile, StoredFinding};
use super::names::{self, Names};
use crate::engine;
use crate::finding::Finding;
use crate::ledger::{Article, BlocId, Ledger};
use crate::parse::{self, Piece};
use crate::resolve::{self, Vocabulary};
use crate::source::{File, Paths, Sources, Span, Taken};

/// The files whose text is another, each with its place.
#[derive(Default)]
pub(super) struct Changed {
    pub(super) files: Vec<(u32, File)>,
    /// What was known of all files, and the names of articles, where some have changed.
    pub(super) texts: Vec<StoredFile>,
    pub(super) names: Option<Names>,
}

impl Changed {
    pub(super) fn has(&self, place: u32) -> bool {
        self.files.iter().any(|it| it.0 == place)
    }
}

/// What a store has of the bloc that a question is about.
pub(super) struct Opened {
    pub(super) bloc: BlocId,
    /// The bloc's lines. They are read once more if it turns out only then that a file has changed.
    extract: Extract,
    pub(super) sources: Sources,
    pub(super) ledger: Ledger,
    pub(super) vocabulary: Vocabulary,
}

/// What a question is about.
pub(super) enum Of {
    Bloc(Box<Opened>),
    Everything,
}

impl Opened {
    /// With its lines read, if they are those that will be needed.
    pub(super) fn of(stored: &Stored, head: &Head, question: &str, read: bool) -> Option<Of> {
        let (sources, _) = declared::sources(&head.others);
        let (declared, asked) =
            rayon::join(|| head.declared(&stored.kept, stored.begins.body), || engine::asked(question));
        let (ledger, vocabulary) = declared?;
        let Some(bloc) = asked.and_then(|it| engine::bloc_of(it, &ledger, &vocabulary)) else {
            return Some(Of::Everything);
        };
        let extract = head.extract(&stored.kept, stored.begins.body, bloc)?;
        let mut opened = Opened { bloc, extract, sources, ledger, vocabulary };
        if read {
            opened.read(&stored.paths, &[]);
        }
        Some(Of::Bloc(Box::new(opened)))
    }

    /// Reads the bloc's lines, in place of those that were read before; of some files, by their places, these pieces instead
    /// of the lines that were taken from them. What is wrong with them is told.
    pub(super) fn read(
        &mut self,
        paths: &Arc<OnceLock<Paths>>,
        changed: &[(u32, Vec<Piece>)],
    ) -> Vec<Finding> {
        let Extract { text, lines } = self.extract.clone();
        let file = self.sources.add(File::of_lines(text, Taken { paths: Arc::clone(paths), lines }));
        let mut pieces = Vec::new();
        let extract = &self.extract;
        let taken = |from, to| extract.pieces(Span { start: from, end: to }).into_iter();
        let taken = |from, to| taken(from, to).map(|span| Piece::new(file, span, true));
        let mut from = 0;
        for (place, instead) in changed {
            let gone = extract.lines_of(*place);
            pieces.extend(taken(from, gone.start));
            pieces.extend(instead);
            from = gone.end;
        }
        pieces.extend(taken(from, extract.text.len() as u32));
        // Other files than those that changed say nothing else.
        let only = (!changed.is_empty()).then_some(self.bloc);
        resolve::read(&self.sources, (&pieces, only), &[], &mut self.ledger, &mut self.vocabulary)
    }

    /// The same with changed files as they are now; `None` where more than articles changed.
    pub(super) fn read_with_changed(
        &mut self,
        stored: &Stored,
        head: &Head,
        changed: &Changed,
    ) -> Option<Vec<Finding>> {
        if head.findings.iter().any(|it| is_told_with_others(it, changed)) {
            return None;
        }
        let (mut findings, mut pieces, mut ids) = (Vec::new(), Vec::new(), FxHashSet::default());
        for (place, file) in &changed.files {
            let id = self.sources.add(File::new(file.path.clone(), file.text.clone()));
            let file = self.sources.file(id);
            let (articles, others): (Vec<Piece>, Vec<Piece>) =
                parse::pieces(id, file).into_iter().partition(|it| it.articles);
            let (sections, wrong): (Vec<_>, Vec<_>) =
                others.into_iter().map(|it| parse::parse(it, file)).unzip();
            if changed.texts.get(*place as usize)?.has_others || !sections.concat().is_empty() {
                return None;
            }
            findings.extend(wrong.concat());
            pieces.push((*place, articles));
            ids.insert(id);
        }
        let parties = self.ledger.parties.len();
        let wrong = self.read(&stored.paths, &pieces);
        // Of other files there are pieces only, whose lines have other numbers.
        let elsewhere = wrong.iter().flat_map(|it| &it.places).any(|it| !ids.contains(&it.file));
        if elsewhere || self.ledger.parties.len() > parties {
            return None;
        }
        findings.extend(wrong);
        let names = changed.names.as_ref()?;
        let theirs = self.ledger.articles.iter().filter(|it| ids.contains(&it.place.0));
        let theirs: Vec<&Article> = theirs.collect();
        let traces: Vec<_> = theirs.par_iter().map(|it| names::trace(&it.name)).collect();
        let is_new = |it: &_| names.has(&stored.kept, *it, |it| changed.has(it)) == Some(false);
        let once = traces.iter().collect::<FxHashSet<_>>().len() == traces.len();
        let has_texts = theirs.iter().any(|it| it.text.is_some());
        (once && !has_texts && traces.par_iter().all(is_new)).then_some(findings)
    }
}

/// Whether a finding is on a changed file and another one, so that it takes both to find it again.
fn is_told_with_others(finding: &StoredFinding, changed: &Changed) -> bool {
    let mut files = finding.files();
    let first = files.next();
    let others = files.any(|it| Some(it) != first);
    others && finding.files().any(|it| changed.has(it))
}
