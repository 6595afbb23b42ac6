//! The endings of a question: `as published by`, `according to`, `without`, `assuming`.

use std::collections::BTreeSet;

use super::question::{Asking, Found};
use super::reading::{Context, Reading};
use super::{read_date, unknown};
use crate::finding::{Finding, Place, Severity};
use crate::ledger::{ArticleId, Claim, Edit};
use crate::spelling::{fold, nearest};
use crate::syntax::{self, Modifier, Name};

impl Asking<'_> {
    /// All endings at once; of several of a kind, each narrows the others.
    pub(super) fn edit(&self, modifiers: &[Modifier]) -> Found<Edit> {
        let mut edit = Edit::default();
        let mut wrong = Vec::new();
        for modifier in modifiers {
            if let Err(it) = self.modify(&mut edit, modifier) {
                wrong.extend(it);
            }
        }
        if wrong.is_empty() { Ok(edit) } else { Err(wrong) }
    }

    fn modify(&self, edit: &mut Edit, modifier: &Modifier) -> Found<()> {
        match modifier {
            Modifier::AsPublishedBy(date) => {
                let by = read_date(self.file, date, None).map_err(|it| vec![it])?.window.latest;
                edit.published_by = Some(edit.published_by.map_or(by, |it| it.min(by)));
            }
            Modifier::AccordingTo(names) => {
                let mut articles = self.articles(names)?;
                if let Some(others) = &edit.according_to {
                    articles.retain(|it| others.contains(it));
                }
                edit.according_to = Some(articles);
            }
            Modifier::Without(names) => edit.without.extend(self.articles(names)?),
            Modifier::Assuming(claim) => edit.assuming.push(self.assumed(claim)?),
        }
        Ok(())
    }

    /// The articles of these names, and those of publishers.
    fn articles(&self, names: &[Name]) -> Found<BTreeSet<ArticleId>> {
        let (mut articles, mut wrong) = (BTreeSet::new(), Vec::new());
        for name in names {
            let folded = fold(&name.text);
            let named = self.vocabulary.articles.find(&name.text, &self.ledger.articles);
            let published = self.ledger.articles_of(|it| fold(it) == folded);
            let found: Vec<ArticleId> = named.into_iter().chain(published).collect();
            if found.is_empty() {
                wrong.push(self.unknown_article(name));
            }
            articles.extend(found);
        }
        if wrong.is_empty() { Ok(articles) } else { Err(wrong) }
    }

    fn unknown_article(&self, name: &Name) -> Finding {
        let publishers = self.ledger.publishers.iter().map(String::as_str);
        let near = self.vocabulary.articles.nearest(&name.text, &self.ledger.articles);
        let near = near.or_else(|| nearest(&name.text, publishers));
        let help = "name an article, or a publisher as its `publisher` line does";
        unknown("unknown-article", "article or publisher", self.file, name, near, help)
    }

    /// A claim as an article would make it that was never published.
    fn assumed(&self, claim: &syntax::Claim) -> Found<Claim> {
        let mut reading = Reading::new(self.sources, self.ledger, self.vocabulary);
        let context = Context { article: ArticleId(0), file: self.file, published: None, only: None };
        reading.claim(context, claim);
        let mut wrong = reading.said.findings;
        wrong.retain(|it| it.severity == Severity::Error);
        if let Some(bloc) = reading.said.as_parties.first() {
            let name = &self.ledger.bloc(*bloc).name;
            let message = format!("`{name}` is a bloc, and no article speaks of it as a member of another");
            let finding = Finding::error("unknown-party", message, Place::new(self.file, claim.span, ""));
            wrong.push(finding.help(format!("declare it as a party too: `party {name}`")));
        }
        match reading.said.claims.pop() {
            Some(claim) if wrong.is_empty() => Ok(claim),
            _ => Err(wrong),
        }
    }
}
