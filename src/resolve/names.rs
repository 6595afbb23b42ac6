//! Names looked up: Unicode's composed form, whatever the case; a name that is not known gets the nearest one that is.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;

use crate::source::{FileId, Span};

/// How names are compared.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let plain = |it: char| if it == '\u{2019}' { '\'' } else { it };
    name.nfc().map(plain).flat_map(char::to_lowercase).nfc().collect()
}

/// Names of one kind of thing, and where each was declared.
#[derive(Debug)]
pub struct Names<Id> {
    known: IndexMap<String, Known<Id>, FxBuildHasher>,
}

#[derive(Debug)]
struct Known<Id> {
    id: Id,
    /// As it was declared.
    name: String,
    place: (FileId, Span),
}

impl<Id> Default for Names<Id> {
    fn default() -> Self {
        Names { known: IndexMap::default() }
    }
}

impl<Id: Copy + PartialEq> Names<Id> {
    /// `Err` with the place of the other where the name is another's already.
    pub fn declare(&mut self, name: &str, id: Id, place: (FileId, Span)) -> Result<(), (FileId, Span)> {
        let known =
            self.known.entry(fold(name)).or_insert_with(|| Known { id, name: name.to_owned(), place });
        if known.id == id { Ok(()) } else { Err(known.place) }
    }

    pub fn find(&self, name: &str) -> Option<Id> {
        self.known.get(&fold(name)).map(|it| it.id)
    }

    pub fn place(&self, name: &str) -> Option<(FileId, Span)> {
        self.known.get(&fold(name)).map(|it| it.place)
    }

    /// The nearest known name, as it was declared.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.known.values().map(|it| it.name.as_str()))
    }
}

/// The longest name, in letters, that may be a misspelling of another.
const LONGEST: usize = 100;

/// The nearest of some names, if one is near enough to have been meant.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let folded = fold(name);
    let length = folded.chars().count();
    if length > LONGEST {
        return None;
    }
    // A misspelling changes a letter or two, of a long name some more.
    let most = if length <= 4 { 1 } else { (length / 3).max(2) };
    let distance = |it: &&str| strsim::osa_distance(&folded, &fold(it));
    let near = known.filter(|it| it.chars().count().abs_diff(length) <= most);
    let (found, distance) = near.map(|it| (it, distance(&it))).min_by_key(|it| (it.1, it.0))?;
    (distance <= most && distance < length).then_some(found)
}
