//! The names of the parties and blocs of a ledger, and where a text mentions them.

use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::words::{Finder, Found, Line};
use crate::ledger::{BlocId, Ledger, PartyId};

/// Names, full names and aliases of all parties and blocs. Codes are left out: in a text they are other words.
#[derive(Debug)]
pub struct Gazetteer {
    finder: Finder,
    /// What each word of the finder names.
    named: Vec<Named>,
}

#[derive(Clone, Copy, Debug)]
enum Named {
    Party(PartyId),
    Bloc(BlocId),
}

/// A name in a line: of a party, of a bloc, or of what is both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its place in the line as it is searched: composed, with one blank for each run of blanks.
    pub range: Range<usize>,
    pub party: Option<PartyId>,
    pub bloc: Option<BlocId>,
}

/// The parties and blocs that a line names, each once, in the order in which it first mentions them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    pub parties: Vec<PartyId>,
    pub blocs: Vec<BlocId>,
}

impl Gazetteer {
    pub fn new(ledger: &Ledger) -> Gazetteer {
        let mut words: Vec<&str> = Vec::new();
        let mut named = Vec::new();
        for id in ledger.parties() {
            let it = ledger.party(id);
            words.extend(names(&it.name, it.title.as_deref(), &it.also));
            named.resize(words.len(), Named::Party(id));
        }
        for id in ledger.joinable() {
            let it = ledger.bloc(id);
            words.extend(names(&it.name, it.title.as_deref(), &it.also));
            named.resize(words.len(), Named::Bloc(id));
        }
        Gazetteer { finder: Finder::new(words), named }
    }

    /// What a line mentions, in order; no mention overlaps another.
    pub fn mentions(&self, line: &str) -> Vec<Mention> {
        self.mentions_in(&Line::new(line))
    }

    pub(super) fn mentions_in(&self, line: &Line) -> Vec<Mention> {
        self.finder.find(line).into_iter().map(|it| self.mention(it)).collect()
    }

    fn mention(&self, found: Found) -> Mention {
        let mut mention = Mention { range: found.range, party: None, bloc: None };
        for word in found.words {
            match self.named[word] {
                Named::Party(id) => mention.party = mention.party.or(Some(id)),
                Named::Bloc(id) => mention.bloc = mention.bloc.or(Some(id)),
            }
        }
        mention
    }

    /// What a line names, where it names both a party and a bloc.
    pub fn sides(&self, line: &str) -> Option<Sides> {
        sides(&self.mentions(line))
    }
}

fn names<'l>(
    name: &'l str,
    title: Option<&'l str>,
    also: &'l [String],
) -> impl Iterator<Item = &'l str> + use<'l> {
    std::iter::once(name).chain(title).chain(also.iter().map(String::as_str))
}

/// What mentions name, where it is both a party and a bloc. What is party and bloc in one counts as a bloc, but as
/// a party where there is no other and a bloc stands beside it; where nothing else is named, as both.
pub(super) fn sides(mentions: &[Mention]) -> Option<Sides> {
    let mere_party = mentions.iter().any(|it| it.bloc.is_none());
    let mere_bloc = mentions.iter().any(|it| it.party.is_none());
    let as_party = |it: &&Mention| it.bloc.is_none() || !mere_party;
    let as_bloc = |it: &&Mention| it.party.is_none() || mere_party || !mere_bloc;
    let parties = once(mentions.iter().filter(as_party).filter_map(|it| it.party));
    let blocs = once(mentions.iter().filter(as_bloc).filter_map(|it| it.bloc));
    let pair = match (parties.len(), blocs.len()) {
        (0, _) | (_, 0) => false,
        // One name that is both is no pair.
        (1, 1) => mere_party || mere_bloc,
        _ => true,
    };
    pair.then_some(Sides { parties, blocs })
}

fn once<Id: Copy + Eq + Hash>(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    let mut known = FxHashSet::default();
    ids.filter(|it| known.insert(*it)).collect()
}
