//! The claims that a row rests on: their texts are put together when they are first looked at.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::slice;
use std::sync::{Arc, LazyLock};
use std::vec;

use serde::{Serialize, Serializer};

use super::Evidence;

/// The claims that speak for a row, or against it: a slice of [`Evidence`], in order of publication.
///
/// They are put together when they are first looked at. Until then, an answer that is kept keeps what was read too.
#[derive(Clone)]
pub struct Because(Told);

#[derive(Clone)]
enum Told {
    Already(Vec<Evidence>),
    For(Arc<Lazy>),
    Against(Arc<Lazy>),
}

type Lazy = LazyLock<Both, Box<dyn FnOnce() -> Both + Send>>;

/// What speaks for a row, and what against it.
type Both = (Vec<Evidence>, Vec<Evidence>);

impl Because {
    /// What speaks for a row, and against it, found out together once either is looked at.
    pub(crate) fn found(by: impl FnOnce() -> Both + Send + 'static) -> (Because, Because) {
        let lazy: Arc<Lazy> = Arc::new(LazyLock::new(Box::new(by)));
        (Because(Told::For(Arc::clone(&lazy))), Because(Told::Against(lazy)))
    }
}

impl Deref for Because {
    type Target = [Evidence];

    fn deref(&self) -> &[Evidence] {
        match &self.0 {
            Told::Already(evidence) => evidence,
            Told::For(lazy) => &lazy.0,
            Told::Against(lazy) => &lazy.1,
        }
    }
}

impl DerefMut for Because {
    fn deref_mut(&mut self) -> &mut [Evidence] {
        if !matches!(self.0, Told::Already(_)) {
            self.0 = Told::Already(self.to_vec());
        }
        match &mut self.0 {
            Told::Already(evidence) => evidence,
            _ => &mut [],
        }
    }
}

impl From<Vec<Evidence>> for Because {
    fn from(evidence: Vec<Evidence>) -> Because {
        Because(Told::Already(evidence))
    }
}

impl IntoIterator for Because {
    type Item = Evidence;
    type IntoIter = vec::IntoIter<Evidence>;

    fn into_iter(self) -> vec::IntoIter<Evidence> {
        let evidence = match self.0 {
            Told::Already(evidence) => evidence,
            _ => self.to_vec(),
        };
        evidence.into_iter()
    }
}

impl<'a> IntoIterator for &'a Because {
    type Item = &'a Evidence;
    type IntoIter = slice::Iter<'a, Evidence>;

    fn into_iter(self) -> slice::Iter<'a, Evidence> {
        self.iter()
    }
}

impl PartialEq for Because {
    fn eq(&self, other: &Because) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Serialize for Because {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}
