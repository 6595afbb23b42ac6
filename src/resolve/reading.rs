//! Articles, rules and questions, read with the vocabulary at hand: articles piece by piece, in parallel.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexSet;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::article_names::ArticleNames;
use super::lexicon::Lexicon;
use super::vocabulary::{declare_as_party, unknown_bloc, unknown_party};
use super::{Names, Vocabulary, duplicate, read_date};
use crate::date::{Date, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{
    Allowance, Article, ArticleId, Ask, BlocId, Claim, Index, Ledger, PartyId, Requirement, Rule,
};
use crate::parse::{self, Parsed, Piece};
use crate::source::{FileId, Sources};
use crate::syntax::{DateText, Header, Name, Section};

/// Pieces that are read before what they say is put together: as many as keep all threads busy, and memory small.
const TOGETHER: usize = 16;
/// The same where they say little, as nearly all of their claims are on other blocs: threads wait for each other less often.
const MORE_TOGETHER: usize = 128;
/// The fewest bytes that a claim has with its article, or nearly.
const CLAIM: usize = 32;

/// All that articles say, or at least on one bloc, then rules and questions; and what is wrong with them.
pub fn read(
    sources: &Sources,
    (articles, only): (&[Piece], Option<BlocId>),
    others: &[Section],
    ledger: &mut Ledger,
    vocabulary: &mut Vocabulary,
) -> Vec<Finding> {
    let mut whole = Whole::default();
    let bytes: usize = articles.iter().map(|it| it.span.range().len()).sum();
    if only.is_none() {
        whole.claims.reserve_exact(bytes / CLAIM);
    }
    let sections = articles.iter().map(|it| it.sections).sum();
    whole.articles.reserve_exact(sections);
    whole.traces.reserve_exact(sections);
    // While some pieces are read, what the ones before them say is put together.
    let mut before = Vec::new();
    let mut lexicon = Lexicon::default();
    if !articles.is_empty() {
        lexicon = Lexicon::of(ledger, vocabulary);
        lexicon.only = only;
    }
    for pieces in articles.chunks(if only.is_some() { MORE_TOGETHER } else { TOGETHER }) {
        (before, ()) = rayon::join(
            || all(sources, pieces, &mut lexicon, ledger, vocabulary),
            || whole.enter_all(before),
        );
    }
    whole.enter_all(before);
    let mut findings = whole.put_into(ledger, vocabulary);
    loop {
        let mut reading = Reading::new(sources, ledger, vocabulary);
        for it in others {
            reading.other(it);
        }
        let said = reading.said;
        if declare(&said.as_parties, &mut lexicon, ledger, vocabulary) {
            continue;
        }
        ledger.requirements.extend(said.requirements);
        findings.extend(named_twice(&said.rules));
        ledger.rules.extend(said.rules);
        ledger.asks.extend(said.asks);
        findings.extend(said.findings);
        return findings;
    }
}

/// Evidence names a rule by its name.
fn named_twice(rules: &[Rule]) -> Vec<Finding> {
    let mut names: Names<usize> = Names::default();
    let twice = |(place, rule): (usize, &Rule)| {
        let other = names.declare(&rule.name, place, rule.article.place).err()?;
        Some(duplicate("rule", &rule.name, rule.article.place, other))
    };
    rules.iter().enumerate().filter_map(twice).collect()
}

/// What each piece says. A bloc that a claim takes for a party becomes one, and the pieces are read again.
fn all<'s>(
    sources: &'s Sources,
    pieces: &[Piece],
    lexicon: &mut Lexicon,
    ledger: &mut Ledger,
    vocabulary: &mut Vocabulary,
) -> Vec<Said<'s>> {
    loop {
        let said: Vec<Said> = pieces
            .par_iter()
            .with_max_len(1)
            .map(|it| Reading::of(*it, sources, lexicon, ledger, vocabulary))
            .collect();
        let as_parties: Vec<BlocId> = said.iter().flat_map(|it| &it.as_parties).copied().collect();
        if !declare(&as_parties, lexicon, ledger, vocabulary) {
            return said;
        }
    }
}

/// Whether some of these blocs had to be declared as parties.
fn declare(
    blocs: &[BlocId],
    lexicon: &mut Lexicon,
    ledger: &mut Ledger,
    vocabulary: &mut Vocabulary,
) -> bool {
    for bloc in blocs {
        declare_as_party(*bloc, ledger, vocabulary);
        lexicon.add_party(*bloc, ledger, vocabulary);
    }
    !blocs.is_empty()
}

/// What all pieces say, one after the other.
#[derive(Default)]
struct Whole {
    articles: Vec<Article>,
    traces: Vec<(u32, ArticleId)>,
    publishers: IndexSet<String, FxBuildHasher>,
    claims: Vec<Claim>,
    allowances: Vec<Allowance>,
    findings: Vec<Finding>,
}

impl Whole {
    fn enter_all(&mut self, said: Vec<Said<'_>>) {
        self.claims.reserve(said.iter().map(|it| it.claims.len()).sum());
        for it in said {
            self.enter(it);
        }
    }

    fn enter(&mut self, said: Said<'_>) {
        let before = self.articles.len() as u32;
        self.findings.extend(said.findings);
        let mut publisher = |name: Cow<str>| match self.publishers.get_index_of(&*name) {
            Some(known) => known as u32,
            None => self.publishers.insert_full(name.into_owned()).0 as u32,
        };
        let publishers: Vec<u32> = said.publishers.into_iter().map(&mut publisher).collect();
        for (number, Written { mut article, trace, publisher }) in (before..).zip(said.articles) {
            article.publisher = publisher.map(|it| publishers[it as usize]);
            self.traces.push((trace, ArticleId(number)));
            self.articles.push(article);
        }
        self.allowances.extend(said.allowances);
        let in_article = |it: Claim| {
            let article = ArticleId(it.article.0 + before);
            it.in_article(article)
        };
        self.claims.extend(said.claims.into_iter().map(in_article));
    }

    fn put_into(mut self, ledger: &mut Ledger, vocabulary: &mut Vocabulary) -> Vec<Finding> {
        self.claims.shrink_to_fit();
        let ((names, again), index) = rayon::join(
            || ArticleNames::of(self.traces, &self.articles),
            || Index::of(&self.claims, ledger.blocs.len()),
        );
        for (again, first) in again {
            // Its claims still count: only the name is not its own.
            let article = &self.articles[again.0 as usize];
            let first = self.articles[first.0 as usize].place;
            self.findings.push(duplicate("article", &article.name, article.place, first));
        }
        ledger.articles = self.articles;
        ledger.publishers = self.publishers.into_iter().collect();
        ledger.claims = self.claims;
        ledger.index = index;
        ledger.allowances = self.allowances;
        vocabulary.articles = names;
        self.findings
    }
}

/// The article that a claim stands in.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// Its place in [`Said::articles`].
    pub(super) article: ArticleId,
    pub(super) file: FileId,
    pub(super) published: Option<Window>,
    /// Plain claims on another bloc are not kept.
    pub(super) only: Option<BlocId>,
}

/// An article, before its publisher has a place among all of them.
pub(super) struct Written {
    pub(super) article: Article,
    /// Of its name.
    pub(super) trace: u32,
    /// Its place in [`Said::publishers`].
    pub(super) publisher: Option<u32>,
}

/// What some sections say.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) articles: Vec<Written>,
    pub(super) publishers: IndexSet<Cow<'a, str>, FxBuildHasher>,
    pub(super) claims: Vec<Claim>,
    pub(super) allowances: Vec<Allowance>,
    pub(super) requirements: Vec<Requirement>,
    pub(super) rules: Vec<Rule>,
    pub(super) asks: Vec<Ask>,
    pub(super) findings: Vec<Finding>,
    /// Blocs that are named as parties, and have to be declared as such first.
    pub(super) as_parties: Vec<BlocId>,
}

impl<'a> Said<'a> {
    /// The place of a publisher.
    pub(super) fn publisher(&mut self, name: Cow<'a, str>) -> u32 {
        self.publishers.insert_full(name).0 as u32
    }
}

pub(super) struct Reading<'a, 's> {
    pub(super) sources: &'s Sources,
    pub(super) ledger: &'a Ledger,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) said: Said<'s>,
}

impl<'a, 's> Reading<'a, 's> {
    pub(super) fn new(sources: &'s Sources, ledger: &'a Ledger, vocabulary: &'a Vocabulary) -> Self {
        Reading { sources, ledger, vocabulary, said: Said::default() }
    }

    /// What a piece says that has nothing but articles.
    fn of(
        piece: Piece,
        sources: &'s Sources,
        lexicon: &Lexicon,
        ledger: &'a Ledger,
        vocabulary: &'a Vocabulary,
    ) -> Said<'s> {
        let Parsed { sections, claims, findings } =
            parse::parse_with(piece, sources.file(piece.file), &lexicon.words);
        let mut reading = Reading::new(sources, ledger, vocabulary);
        reading.said.findings = findings;
        reading.said.articles.reserve_exact(sections.len());
        reading.said.publishers.reserve(sections.len());
        if lexicon.only.is_none() {
            reading.said.claims.reserve_exact(claims.len());
        }
        for it in sections {
            reading.article(it, &claims, lexicon);
        }
        reading.said
    }

    fn other(&mut self, section: &Section) {
        match &section.header {
            Header::Rule { name } => self.rule(section, name),
            Header::Require { .. } => self.requirement(section),
            Header::Ask { question } => self.ask(section, question),
            _ => {}
        }
    }

    pub(super) fn find(&mut self, finding: Finding) {
        self.said.findings.push(finding);
    }

    /// `None` where the date is wrong, which is then among the findings.
    pub(super) fn date(&mut self, file: FileId, text: &DateText, published: Option<Window>) -> Option<Date> {
        read_date(file, text, published).map_err(|it| self.find(it)).ok()
    }

    /// The party of a name, those of a group, or a bloc that is itself a party; a finding where there is none.
    pub(super) fn party_named(&mut self, file: FileId, name: &Name) -> Option<Vec<PartyId>> {
        let found = self.vocabulary.parties_of(&name.text, self.ledger);
        match found {
            Ok(_) => {}
            Err(Some(bloc)) => self.said.as_parties.push(bloc),
            Err(None) => self.find(unknown_party(self.vocabulary, file, name)),
        }
        let parties: BTreeSet<PartyId> = found.ok()?.into_iter().map(|it| it.0).collect();
        Some(parties.into_iter().collect())
    }

    pub(super) fn bloc_named(&mut self, file: FileId, name: &Name) -> Option<BlocId> {
        let found = self.vocabulary.blocs.find(&name.text);
        if found.is_none() {
            self.find(unknown_bloc(self.vocabulary, file, name));
        }
        found
    }

    /// A bloc that parties join and leave, and no group.
    pub(super) fn joinable_named(&mut self, file: FileId, name: &Name) -> Option<BlocId> {
        let bloc = self.bloc_named(file, name)?;
        if !self.ledger.bloc(bloc).group {
            return Some(bloc);
        }
        let message = format!("`{}` is a group, and has the parties that it is declared with", name.text);
        let finding =
            Finding::error("unknown-bloc", message, Place::new(file, name.span, "a bloc stands here"));
        self.find(finding.help("write a `bloc` section for what parties join and leave"));
        None
    }
}
