//! Answers as they were printed, for when the same is asked again of the same files.
//!
//! Each is a file beside the store. It holds for the store that it was made with, while no file has changed since.

use std::io;
use std::path::{Path, PathBuf};

use super::head::Identity;
use crate::evidence::{self, sha256_of};
use crate::source::kept::{self, Kept};

/// Of so many, a new one takes the place of an old one: which, is by what was asked.
const PLACES: u8 = 64;
/// Longer ones are not kept.
const LONGEST: usize = 1 << 20;

/// Where the answer to something that was asked is kept: the store's path, and the digest of what was asked.
pub(super) struct Printed {
    path: PathBuf,
    asked: [u8; 32],
}

impl Printed {
    pub(super) fn of(store: &Path, asked: &str) -> Printed {
        let asked = evidence::sha256(asked.as_bytes());
        let path = store.with_extension(format!("{}.answer", asked[0] % PLACES));
        Printed { path, asked }
    }

    /// The answer, if it was made with this store.
    pub(super) fn read(&self, store: &Identity) -> Option<String> {
        let bytes = Kept::open(&self.path)?.all()?;
        let (digest, text) = bytes.split_first_chunk::<32>()?;
        let is_it = *digest == self.digest(store, text);
        if is_it { String::from_utf8(text.to_vec()).ok() } else { None }
    }

    pub(super) fn write(&self, store: &Identity, text: &str) -> io::Result<()> {
        if text.len() > LONGEST {
            return Ok(());
        }
        let digest = self.digest(store, text.as_bytes());
        kept::write(&self.path, |out, _| {
            out.write_all(&digest)?;
            out.write_all(text.as_bytes())
        })
    }

    /// Of all that it must be the answer to, and of itself: a disk can fail.
    fn digest(&self, store: &Identity, text: &[u8]) -> [u8; 32] {
        sha256_of(&[store, &self.asked, text])
    }
}
