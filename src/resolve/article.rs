//! `article` sections: who says it, when, and how much it is trusted.

use super::article_names::trace;
use super::lexicon::Lexicon;
use super::reading::{Context, Reading, Written};
use super::unknown;
use crate::date::Window;
use crate::explain;
use crate::finding::{Finding, Place};
use crate::ledger::{Allowance, Article, ArticleId, ArticleText};
use crate::source::{FileId, Span};
use crate::syntax::{Allow, DateText, Header, Line, Number, Plain, PlainLines, Section};

impl Reading<'_, '_> {
    /// `claims` are those of the commonest shape of all sections.
    pub(super) fn article(&mut self, section: Section, claims: &[Plain], lexicon: &Lexicon) {
        let Header::Article { name, title } = section.header else { return };
        let id = ArticleId(self.said.articles.len() as u32);
        let title = title.map(|it| it.text.into());
        let trace = trace(&name.text);
        let article = Article { title, ..Article::new(name.text, (section.file, name.span)) };
        let mut written = Written { article, trace, publisher: None };
        let PlainLines { publisher, published, claims: of_section } = section.plain;
        written.article.published = published;
        written.publisher =
            publisher.map(|it| self.said.publisher(self.sources.file(section.file).slice(it).into()));
        for line in &section.lines {
            self.article_line(&mut written, (section.file, section.span), line);
        }
        let Article { published, text, .. } = &written.article;
        // Whether the text has what its claims cite is looked at later.
        let only = lexicon.only.filter(|_| text.is_none());
        let context = Context { article: id, file: section.file, published: *published, only };
        self.said.articles.push(written);
        let mut plain = claims[of_section.start as usize..of_section.end as usize].iter().peekable();
        for line in &section.lines {
            if let Line::Claim(claim) = line {
                while let Some(earlier) = plain.next_if(|it| it.span < claim.span) {
                    self.plain(context, earlier, lexicon);
                }
                self.claim(context, claim);
            }
        }
        plain.for_each(|it| self.plain(context, it, lexicon));
    }

    fn article_line(&mut self, written: &mut Written, (file, scope): (FileId, Span), line: &Line) {
        let article = &mut written.article;
        match line {
            Line::Publisher(name) if written.publisher.is_some() => {
                self.twice(file, name.span, "the article");
            }
            Line::Publisher(name) => written.publisher = Some(self.said.publisher(name.text.clone().into())),
            Line::Published(date) => self.published(article, file, date),
            Line::Trust(number) => self.trust_line(file, article, number, "the article"),
            Line::Text { file: name, .. } if article.text.is_some() => {
                self.twice(file, name.span, "the article");
            }
            Line::Text { file: name, digest } => {
                let digest = digest.as_ref().map(|it| (it.text.clone(), it.span));
                let text = ArticleText { name: name.text.clone(), span: name.span, digest, file: None };
                article.text = Some(Box::new(text));
            }
            Line::Allow(allow) => self.allow(file, allow, scope),
            Line::Claim(claim) => claim.allows.iter().for_each(|it| self.allow(file, it, claim.span)),
            _ => {}
        }
    }

    fn allow(&mut self, file: FileId, allow: &Allow, scope: Span) {
        let code = allow.code.text.to_lowercase();
        if explain::page(&code).is_none() {
            let near = explain::nearest(&code);
            let help = "the code of a finding stands in brackets: `error[clash]`";
            self.find(unknown("unknown-code", "finding", file, &allow.code, near, help));
            return;
        }
        let because = allow.because.text.clone();
        self.said.allowances.push(Allowance { code, because, file, span: allow.span, scope });
    }

    fn twice(&mut self, file: FileId, span: Span, who: &str) {
        let place = Place::new(file, span, "again");
        let finding = Finding::error("twice", format!("{who} says this already"), place);
        self.find(finding.help("take one of the two lines out"));
    }

    fn published(&mut self, article: &mut Article, file: FileId, text: &DateText) {
        let Some(date) = self.date(file, text, None) else { return };
        let Window { earliest, latest } = date.window;
        let place = || Place::new(file, text.span, "");
        if earliest.is_open() || latest.is_open() {
            let finding =
                Finding::error("published-open", "a day of publication has a beginning and an end", place());
            self.find(finding.help("write the first and the last day it can be: `2014-06/2014-12`"));
        } else if article.published.is_some() {
            let finding = Finding::error("twice", "the article has a day of publication already", place());
            self.find(finding.help("take one of the two lines out"));
        } else {
            article.published = Some(date.window);
        }
    }

    /// `who` says how much it is trusted.
    pub(super) fn trust_line(&mut self, file: FileId, article: &mut Article, number: &Number, who: &str) {
        if article.trust_span.is_some() {
            self.twice(file, number.span, who);
        } else {
            article.trust = self.trust(file, number).unwrap_or(1);
            article.trust_span = Some(number.span);
        }
    }

    /// Trust is a whole number from 1.
    fn trust(&mut self, file: FileId, number: &Number) -> Option<u32> {
        const MOST: u32 = 1_000_000;
        let trust = number.digits.parse().ok().filter(|it| (1..=MOST).contains(it));
        if trust.is_none() {
            let message = format!("trust is a whole number from 1 to {MOST}");
            let place = Place::new(file, number.span, "");
            self.find(
                Finding::error("trust-range", message, place).help("1 is the trust of every other article"),
            );
        }
        trust
    }
}
