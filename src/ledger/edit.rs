//! A ledger as it would be with fewer articles, or with claims that none of them makes.

use std::collections::BTreeSet;

use super::{Article, ArticleId, Claim, ClaimId, Index, Ledger};
use crate::date::Day;
use crate::source::{FileId, Span};

/// Which articles count, and what is assumed besides.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Those that were certainly in print by this day.
    pub published_by: Option<Day>,
    /// These alone.
    pub according_to: Option<BTreeSet<ArticleId>>,
    pub without: BTreeSet<ArticleId>,
    /// Claims of an article of their own, that outweighs the others.
    pub assuming: Vec<Claim>,
    /// A claim that is left out.
    pub omitting: Option<ClaimId>,
}

impl Edit {
    /// The trust of what is assumed: more than 4,000 articles of the highest trust that can be written.
    pub const TRUST: u32 = u32::MAX;

    pub fn is_empty(&self) -> bool {
        self.published_by.is_none()
            && self.according_to.is_none()
            && self.without.is_empty()
            && self.assuming.is_empty()
            && self.omitting.is_none()
    }

    fn keeps(&self, id: ArticleId, article: &Article) -> bool {
        let in_print = |by: Day| article.published.is_some_and(|it| it.latest <= by);
        self.published_by.is_none_or(in_print)
            && self.according_to.as_ref().is_none_or(|it| it.contains(&id))
            && !self.without.contains(&id)
    }
}

impl Ledger {
    /// The articles keep their places, and those that do not count make no claims. The rules are kept, without what
    /// followed by them. `question` is the file that what is assumed is written in.
    #[must_use]
    pub fn edited(&self, edit: &Edit, question: FileId) -> Ledger {
        let kept: Vec<bool> =
            (0u32..).zip(&self.articles).map(|(id, it)| edit.keeps(ArticleId(id), it)).collect();
        let mut claims: Vec<Claim> = (0u32..)
            .zip(&self.claims)
            .filter(|(id, it)| kept[it.article.0 as usize] && edit.omitting != Some(ClaimId(*id)))
            .map(|it| it.1.clone())
            .collect();
        let mut articles = self.articles.clone();
        if !edit.assuming.is_empty() {
            let id = ArticleId(articles.len() as u32);
            let place = (question, Span::default());
            articles.push(Article { trust: Edit::TRUST, ..Article::new("assuming", place) });
            claims.extend(edit.assuming.iter().map(|it| it.clone().in_article(id)));
        }
        Ledger {
            index: Index::of(&claims, self.blocs.len()),
            lifecycles: self.lifecycles.clone(),
            parties: self.parties.clone(),
            blocs: self.blocs.clone(),
            articles,
            publishers: self.publishers.clone(),
            claims,
            requirements: self.requirements.clone(),
            rules: self.rules.clone(),
            ..Ledger::default()
        }
    }

    /// The articles of a publisher, by its name.
    pub fn articles_of<'a>(&'a self, is: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = ArticleId> + 'a {
        let publishers: BTreeSet<u32> =
            (0u32..).zip(&self.publishers).filter(|it| is(it.1)).map(|it| it.0).collect();
        let articles = (0u32..).zip(&self.articles);
        let published = move |it: &Article| it.publisher.is_some_and(|it| publishers.contains(&it));
        articles.filter(move |it| published(it.1)).map(|it| ArticleId(it.0))
    }
}
