//! Names looked up: Unicode's composed form, whatever the case; a name that is not known gets the nearest one that is.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::source::{FileId, Span};
use crate::spelling::{fold, nearest};

/// Names of one kind of thing, and where each was declared.
#[derive(Debug, Serialize, Deserialize)]
pub struct Names<Id> {
    known: IndexMap<String, Known<Id>, FxBuildHasher>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Known<Id> {
    id: Id,
    /// As it was declared, where that is not how it is compared.
    name: Option<Box<str>>,
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
        let known = self.known.entry(fold(name));
        let unlike = known.key() != name;
        let known = known.or_insert_with(|| Known { id, name: unlike.then(|| name.into()), place });
        if known.id == id { Ok(()) } else { Err(known.place) }
    }

    pub fn find(&self, name: &str) -> Option<Id> {
        self.known(name).map(|it| it.id)
    }

    pub fn place(&self, name: &str) -> Option<(FileId, Span)> {
        self.known(name).map(|it| it.place)
    }

    fn known(&self, name: &str) -> Option<&Known<Id>> {
        // Looked up for each claim: most names are short and in ASCII, and then need no memory to be folded.
        let mut letters = [0; 32];
        if let Some(letters) = letters.get_mut(..name.len()).filter(|_| name.is_ascii()) {
            letters.copy_from_slice(name.as_bytes());
            letters.make_ascii_lowercase();
            return str::from_utf8(letters).ok().and_then(|it| self.known.get(it));
        }
        self.known.get(&fold(name))
    }

    /// All names, as they are compared.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Id)> {
        self.known.iter().map(|(folded, it)| (folded.as_str(), it.id))
    }

    /// The nearest known name, as it was declared.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.known.iter().map(|(folded, it)| it.name.as_deref().unwrap_or(folded)))
    }
}
