//! What was printed when something was asked, for when the same is asked again of the same files.
//!
//! Each is a file beside the store. It holds for the store that it was made with, while no file has changed since.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::head::Identity;
use crate::evidence::{self, sha256_of};
use crate::source::kept::{self, Kept};

/// Of so many, a new one takes the place of an old one: which, is by what was asked.
const PLACES: u8 = 64;
/// Longer ones are not kept, in bytes.
const LONGEST: usize = 1 << 20;

/// The answer, what is wrong with the files, and the exit code.
#[derive(Debug, Serialize, Deserialize)]
pub struct Printed {
    pub out: String,
    pub err: String,
    pub code: u8,
}

/// Where it is kept, and the digest of what was asked.
pub(super) struct Place {
    path: PathBuf,
    asked: [u8; 32],
}

impl Place {
    /// Beside a store.
    pub(super) fn of(store: &Path, asked: &str) -> Place {
        let asked = evidence::sha256(asked.as_bytes());
        let path = store.with_extension(format!("{}.answer", asked[0] % PLACES));
        Place { path, asked }
    }

    /// If it was made with this store.
    pub(super) fn read(&self, store: &Identity) -> Option<Printed> {
        let bytes = Kept::open(&self.path)?.all()?;
        let (digest, printed) = bytes.split_first_chunk::<32>()?;
        let is_it = *digest == self.digest(store, printed);
        if is_it { postcard::from_bytes(printed).ok() } else { None }
    }

    pub(super) fn write(&self, store: &Identity, printed: &Printed) -> io::Result<()> {
        let printed = postcard::to_stdvec(printed).map_err(io::Error::other)?;
        if printed.len() > LONGEST {
            return Ok(());
        }
        let digest = self.digest(store, &printed);
        kept::write(&self.path, |out, _| {
            out.write_all(&digest)?;
            out.write_all(&printed)
        })
    }

    /// Of all that it must be the answer to, and of itself: a disk can fail.
    fn digest(&self, store: &Identity, printed: &[u8]) -> [u8; 32] {
        sha256_of(&[store, &self.asked, printed])
    }
}
