//! The words that claims of the commonest shape are made of, and what they stand for.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::Vocabulary;
use super::lifecycle::{deed, forms};
use crate::ledger::{BlocId, Ledger};
use crate::lifecycle::Deed;
use crate::parse;
use crate::spelling::fold;

/// Parties and blocs have their own numbers.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) words: parse::Lexicon,
    /// Plain claims on another bloc are read, and not kept.
    pub(super) only: Option<BlocId>,
    /// By lifecycle and verb.
    deeds: Vec<Vec<Option<Deed>>>,
}

impl Lexicon {
    /// Groups and names that were in use for a time need another look, so they are left out.
    pub(super) fn of(ledger: &Ledger, vocabulary: &Vocabulary) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let in_use = &vocabulary.in_use;
        for (name, party) in vocabulary.parties.iter().filter(|it| !in_use.has(it.0)) {
            lexicon.words.parties.add(name, party.0);
        }
        let joinable = |it: &(&str, BlocId)| !ledger.bloc(it.1).group && !in_use.has(it.0);
        for (name, bloc) in vocabulary.blocs.iter().filter(joinable) {
            lexicon.words.blocs.add(name, bloc.0);
        }
        let verbs = ledger.lifecycles.iter().flat_map(forms).map(fold);
        let verbs: IndexSet<String, FxBuildHasher> = verbs.collect();
        for (number, verb) in (0..).zip(&verbs) {
            lexicon.words.verbs.add(verb, number);
        }
        let deeds = |it| verbs.iter().map(|verb| deed(it, verb)).collect();
        lexicon.deeds = ledger.lifecycles.iter().map(deeds).collect();
        lexicon
    }

    /// A bloc that was declared as a party since.
    pub(super) fn add_party(&mut self, bloc: BlocId, ledger: &Ledger, vocabulary: &Vocabulary) {
        let name = fold(&ledger.bloc(bloc).name);
        if let Some(party) = vocabulary.parties.find(&name).filter(|_| !vocabulary.in_use.has(&name)) {
            self.words.parties.add(&name, party.0);
        }
    }

    /// What a verb means in a lifecycle.
    pub(super) fn deed(&self, lifecycle: usize, verb: u32) -> Option<Deed> {
        self.deeds[lifecycle][verb as usize]
    }
}
