//! The whole engine: files in, answers and findings out. The command line, tests and libraries call it alone.

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::answer::{Answer, Cell};
use crate::check::{self, Summary, Wanted};
use crate::coverage;
use crate::evidence;
use crate::expect::{self, Run};
use crate::finding::{self, Finding, Place, Severity, Tally};
use crate::ledger::{BlocId, Edit, Ledger};
use crate::pair::{Inferred, Pairs};
use crate::parse::{self, Piece};
use crate::question::{self, View};
use crate::resolve::{self, Asked, Query, Vocabulary};
use crate::roster::Roster;
use crate::rule;
use crate::source::{self, File, FileId, Sources, Span, Unreadable};
use crate::spelling;
use crate::syntax;

/// What was read, ready for questions.
#[derive(Debug)]
pub struct Engine {
    sources: Sources,
    vocabulary: Vocabulary,
    pairs: Pairs,
    findings: Vec<Finding>,
    /// Some path cannot be read: a finding says which. The rest was.
    pub incomplete: bool,
}

/// What a check found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    pub findings: Vec<Finding>,
    /// What somebody has looked at and lets pass, with `allow CODE because "..."`.
    pub allowed: Vec<Finding>,
}

/// How many findings there are of each kind.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Counted {
    pub found: Tally,
    /// Those that somebody lets pass.
    pub allowed: Tally,
}

/// A question that cannot be answered, and why. The findings speak of `sources`, which holds the question alone.
#[derive(Debug)]
pub struct Unanswered {
    pub question: String,
    pub sources: Sources,
    pub findings: Vec<Finding>,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be answered", self.question)?;
        for it in &self.findings {
            write!(f, "; {}", it.message)?;
            if let Some(help) = &it.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Unanswered {}

impl Engine {
    /// Reads rule files and folders of them, and the texts of articles in `articles` or beside the rule files.
    ///
    /// Nothing that is wrong with them ends it: the findings say what, and [`incomplete`](Engine::incomplete) whether
    /// something could not be read at all.
    pub fn load<P: AsRef<Path>>(paths: &[P], articles: &[P]) -> Engine {
        let owned = |paths: &[P]| paths.iter().map(|it| it.as_ref().to_path_buf()).collect::<Vec<_>>();
        let (found, unreadable) = source::find(&owned(paths));
        Engine::load_found(found, unreadable, &owned(articles))
    }

    /// What it takes to answer one question: of claims on other blocs than the one that it is about nothing is kept but what
    /// is wrong with them.
    pub(crate) fn load_for<P: AsRef<Path>>(question: &str, paths: &[P], articles: &[P]) -> Engine {
        let owned = |paths: &[P]| paths.iter().map(|it| it.as_ref().to_path_buf()).collect::<Vec<_>>();
        Engine::load_some(source::find(&owned(paths)), &owned(articles), Some(question))
    }

    /// The same of rule files that are found already.
    pub(crate) fn load_found(
        found: Vec<PathBuf>,
        unreadable: Vec<Unreadable>,
        articles: &[PathBuf],
    ) -> Engine {
        Engine::load_some((found, unreadable), articles, None)
    }

    fn load_some(
        (found, mut unreadable): (Vec<PathBuf>, Vec<Unreadable>),
        articles: &[PathBuf],
        question: Option<&str>,
    ) -> Engine {
        let mut files = Vec::new();
        let read: Vec<_> = found.into_par_iter().map(|it| source::read(&it)).collect();
        for it in read {
            match it {
                Ok(file) => files.push(file),
                Err(it) => unreadable.push(it),
            }
        }
        unreadable.extend(source::folders(articles));
        let mut engine = Engine::read_some(files, articles, question);
        engine.incomplete = !unreadable.is_empty();
        for it in unreadable {
            let (message, help, span) = (it.to_string(), it.help(), it.span());
            let file = engine.sources.add(File::new(it.path, it.shown));
            let finding = Finding::error("unreadable", message, Place::new(file, span, "")).help(help);
            engine.findings.push(finding);
        }
        finding::sort(&mut engine.findings, &engine.sources);
        engine
    }

    /// The same of texts that are already read.
    pub fn read(files: Vec<File>, articles: &[PathBuf]) -> Engine {
        Engine::read_some(files, articles, None)
    }

    fn read_some(files: Vec<File>, articles: &[PathBuf], question: Option<&str>) -> Engine {
        let mut sources = Sources::default();
        let ids: Vec<FileId> = files.into_iter().map(|it| sources.add(it)).collect();
        let standard = sources.add(resolve::standard_file());
        let cut = |it: FileId| parse::pieces(it, sources.file(it));
        let pieces: Vec<Vec<Piece>> = ids.into_par_iter().chain([standard]).map(cut).collect();
        let (of_articles, others): (Vec<Piece>, Vec<Piece>) =
            pieces.into_iter().flatten().partition(|it| it.articles);
        let parsed: Vec<_> =
            others.into_par_iter().map(|it| parse::parse(it, sources.file(it.file))).collect();
        let (mut sections, mut findings) = (Vec::new(), Vec::new());
        for (some, wrong) in parsed {
            sections.extend(some);
            findings.extend(wrong);
        }
        let (mut ledger, mut vocabulary, wrong) = resolve::vocabulary(&sections, standard);
        findings.extend(wrong);
        // What follows by rules may come from any bloc.
        let ruled = sections.iter().any(|it| matches!(it.header, syntax::Header::Rule { .. }));
        let asked = question.filter(|_| !ruled).and_then(asked);
        let only = asked.and_then(|it| bloc_of(it, &ledger, &vocabulary));
        let of_articles = (&of_articles[..], only);
        findings.extend(resolve::read(&sources, of_articles, &sections, &mut ledger, &mut vocabulary));
        findings.extend(evidence::attach(&mut ledger, &mut sources, articles));
        let (pairs, wrong) = rule::evaluate(ledger);
        findings.extend(wrong);
        Engine::assembled(sources, vocabulary, pairs, findings)
    }

    /// Of parts that are read already.
    pub(crate) fn assembled(
        sources: Sources,
        vocabulary: Vocabulary,
        pairs: Pairs,
        mut findings: Vec<Finding>,
    ) -> Engine {
        finding::sort(&mut findings, &sources);
        Engine { sources, vocabulary, pairs, findings, incomplete: false }
    }

    /// The same, with what was inferred of its pairs before; if that is nothing, what they come to is remembered.
    pub(crate) fn remembering(self, before: Inferred) -> Engine {
        Engine { pairs: self.pairs.remembering(before), ..self }
    }

    pub(crate) fn remembered(&self) -> Option<Inferred> {
        self.pairs.remembered()
    }

    /// The findings on the files that are more than notes: what they cost may have changed an answer.
    pub fn complaints(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.severity != Severity::Note)
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn ledger(&self) -> &Ledger {
        self.pairs.ledger()
    }

    /// What is wrong with the files as they are written: syntax, names, dates, citations.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// All findings: those on the files as they are written, and where the articles contradict each other.
    pub fn check(&self) -> Vec<Finding> {
        self.report().findings
    }

    /// The same, with the findings that `allow` lines let pass.
    pub fn report(&self) -> Report {
        self.report_in(&Wanted::default(), &|_| ())
    }

    /// What is wanted of it, and so sooner. Tells how many pairs it has looked at, each time it has looked at some more;
    /// [`Ledger::named_pairs`] are all.
    pub fn report_in(&self, wanted: &Wanted, looked_at: &(dyn Fn(usize) + Sync)) -> Report {
        let findings = check::check(&self.pairs, &self.sources, wanted, looked_at);
        let mut report = self.with_those_of_files(findings, wanted);
        finding::sort(&mut report.findings, &self.sources);
        finding::sort(&mut report.allowed, &self.sources);
        report
    }

    /// How many findings such a report has of each kind, sooner than it takes to make it.
    pub fn count_in(&self, wanted: &Wanted, looked_at: &(dyn Fn(usize) + Sync)) -> Counted {
        let (mut found, findings) = check::count(&self.pairs, &self.sources, wanted, looked_at);
        let mut report = self.with_those_of_files(findings, wanted);
        finding::distinct(&mut report.findings);
        finding::distinct(&mut report.allowed);
        found.add_all(&Tally::of(&report.findings));
        Counted { found, allowed: Tally::of(&report.allowed) }
    }

    fn with_those_of_files(&self, mut findings: Vec<Finding>, wanted: &Wanted) -> Report {
        findings.extend(self.findings.iter().filter(|it| wanted.has_of_files(it)).cloned());
        let (findings, allowed) = check::allowed(findings, self.ledger(), wanted);
        Report { findings, allowed }
    }

    /// How the claims of each article and publisher fare beside those of the others.
    pub fn summary(&self, report: &Report) -> Summary {
        let all: Vec<Finding> = report.findings.iter().chain(&report.allowed).cloned().collect();
        check::summary(&self.pairs, &all)
    }

    /// The lines of the articles' texts that name a party and a bloc, but on which no claim rests.
    pub fn coverage(&self) -> coverage::Report<'_> {
        coverage::report(&coverage::uncovered(self.ledger(), &self.sources), self.ledger(), &self.sources)
    }

    /// A section for an article's text, with a commented candidate for each line that names a party and a bloc.
    pub fn draft(&self, text: &Path) -> Result<String, Unreadable> {
        let file = source::read(text)?;
        let digest = evidence::digest(&source::bytes(text).unwrap_or_default());
        Ok(coverage::draft(self.ledger(), &file, &digest))
    }

    /// The answer to a question such as `members of CSTO on 2012-12-19`.
    pub fn ask(&self, question: &str) -> Result<Answer, Box<Unanswered>> {
        self.ask_of(&self.pairs, question)
    }

    /// The members of a bloc through time, to be asked about day after day. It takes as long as the first question about
    /// the bloc.
    pub fn roster(&self, bloc: &str) -> Result<Roster<'_>, Box<Unanswered>> {
        const BEFORE: &str = "members of ";
        let question = format!("{BEFORE}{}", spelling::in_claim(bloc));
        let mut sources = Sources::default();
        let file = sources.add(File::new("question", question.as_str()));
        let name = syntax::Name { text: bloc.to_owned(), span: Span::new(BEFORE.len(), question.len()) };
        match resolve::bloc(&self.vocabulary, file, &name) {
            Ok(bloc) => Ok(Roster::new(View { pairs: &self.pairs, sources: &self.sources }, bloc)),
            Err(it) => Err(Box::new(Unanswered { question, sources, findings: vec![it] })),
        }
    }

    /// A table of each party in each bloc on each of some days: `every year from 1992 to 2020` for all blocs, or
    /// `CSTO and CIS every month from 2010 to 2012`. `take` is given one bloc after the other, until it fails.
    pub fn panel<E>(
        &self,
        panel: &str,
        mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
    ) -> Result<Result<(), E>, Box<Unanswered>> {
        let mut sources = Sources::default();
        let id = sources.add(File::new("panel", panel));
        let resolve = |it: syntax::Panel| resolve::panel(self.ledger(), &self.vocabulary, &sources, id, &it);
        match parse::panel(id, sources.file(id)).map_err(|it| vec![it]).and_then(resolve) {
            Ok(asked) => Ok(self.edited(&self.pairs, &asked.edit, panel, |view| {
                asked.blocs.iter().try_for_each(|it| take(question::panel::of_bloc(view, *it, &asked.days)))
            })),
            Err(findings) => Err(Box::new(Unanswered { question: panel.to_owned(), sources, findings })),
        }
    }

    /// Where the last word of a question that is being written begins, and what it can become.
    pub fn completions(&self, before: &str) -> (usize, Vec<String>) {
        resolve::completions(self.ledger(), before)
    }

    fn ask_of(&self, pairs: &Pairs, question: &str) -> Result<Answer, Box<Unanswered>> {
        let mut sources = Sources::default();
        let id = sources.add(File::new("question", question));
        let asked = parse::question(id, sources.file(id)).map_err(|it| vec![it]);
        let asked = asked.and_then(|it| resolve::ask(pairs.ledger(), &self.vocabulary, &sources, id, &it));
        match asked.and_then(|it| self.answer(pairs, question, &it).map_err(|it| vec![it])) {
            Ok(answer) => Ok(answer),
            Err(findings) => Err(Box::new(Unanswered { question: question.to_owned(), sources, findings })),
        }
    }

    fn answer(&self, pairs: &Pairs, question: &str, asked: &Asked) -> Result<Answer, Finding> {
        self.edited(pairs, &asked.edit, question, |view| question::answer(view, question, &asked.query))
    }

    /// What comes of an edited ledger; what is assumed is written in the question.
    fn edited<T>(&self, pairs: &Pairs, edit: &Edit, question: &str, then: impl FnOnce(View) -> T) -> T {
        let mut edit = edit.clone();
        // What follows by rules may follow no longer without a claim.
        edit.omitting = pairs.omitted().filter(|_| !edit.is_empty() || pairs.ledger().has_rules());
        if edit.is_empty() {
            return then(View { pairs, sources: &self.sources });
        }
        let mut sources = self.sources.clone();
        let file = sources.add(File::new("question", question));
        let (pairs, _) = rule::evaluate(pairs.ledger().edited(&edit, file));
        then(View { pairs: &pairs, sources: &sources })
    }

    /// Answers the `ask` sections whose questions contain a text, whatever the case, and compares the answers with what
    /// is expected there.
    pub fn tests(&self, filter: Option<&str>) -> Run {
        self.testing(|view| expect::run(view, filter, self.complaints().cloned().collect()))
    }

    /// Rewrites the `expect` lines of the tests that failed, so that they expect what is answered. The files that were
    /// changed, and those that cannot be.
    pub fn accept(&self, run: &mut Run) -> (Vec<String>, Vec<Unreadable>) {
        expect::accept(run, &self.sources)
    }

    /// The claims, rules and events that no such answer rests on.
    pub fn tested(&self, filter: Option<&str>) -> expect::Coverage {
        self.testing(|view| expect::coverage(view, filter))
    }

    fn testing<T>(&self, test: impl FnOnce(expect::View) -> T) -> T {
        let answering =
            |pairs: &Pairs, question: &str| self.ask_of(pairs, question).map_err(|it| it.findings);
        let (pairs, sources, vocabulary) = (&self.pairs, &self.sources, &self.vocabulary);
        test(expect::View { pairs, sources, vocabulary, answering: &answering })
    }
}

/// A question as it is written, among sources of which it is the only one.
pub(crate) fn asked(question: &str) -> Option<(Sources, FileId, syntax::Question)> {
    let mut sources = Sources::default();
    let id = sources.add(File::new("question", question));
    let asked = parse::question(id, sources.file(id)).ok()?;
    Some((sources, id, asked))
}

/// The only bloc that a question is about.
pub(crate) fn bloc_of(
    (sources, id, asked): (Sources, FileId, syntax::Question),
    ledger: &Ledger,
    vocabulary: &Vocabulary,
) -> Option<BlocId> {
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
