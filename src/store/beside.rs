//! What is kept beside a store: what was printed when something was asked, for when the same is asked again of the same
//! files; and the simplest histories of a bloc's pairs, for when another question is about it, or some file has changed.
//!
//! Each is a file. It holds for the store that it was made with: what was printed, while no file has changed since;
//! histories, of pairs of which nothing else is said.

use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::head::Identity;
use crate::evidence::{self, sha256_of};
use crate::ledger::BlocId;
use crate::source::kept::{self, Kept};

/// Of so many of a kind, a new one takes the place of an old one: which, is by what it is of.
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

/// Where it is kept, and the digest of what it is of.
pub(super) struct Place {
    path: PathBuf,
    of: [u8; 32],
}

impl Place {
    /// Of what was printed when this was asked.
    pub(super) fn answer(store: &Path, asked: &str) -> Place {
        Place::of(store, "answer", asked)
    }

    /// Of the histories of a bloc's pairs.
    pub(super) fn histories(store: &Path, bloc: BlocId) -> Place {
        Place::of(store, "histories", &bloc.0.to_string())
    }

    fn of(store: &Path, kind: &str, of: &str) -> Place {
        let of = evidence::sha256(of.as_bytes());
        let path = store.with_extension(format!("{}.{kind}", of[0] % PLACES));
        Place { path, of }
    }

    /// If it was made with this store.
    pub(super) fn read<T: DeserializeOwned>(&self, store: &Identity) -> Option<T> {
        let bytes = Kept::open(&self.path)?.all()?;
        let (digest, kept) = bytes.split_first_chunk::<32>()?;
        if *digest == self.digest(store, kept) { postcard::from_bytes(kept).ok() } else { None }
    }

    pub(super) fn write(&self, store: &Identity, it: &impl Serialize) -> io::Result<()> {
        let bytes = postcard::to_stdvec(it).map_err(io::Error::other)?;
        if bytes.len() > LONGEST {
            return Ok(());
        }
        let digest = self.digest(store, &bytes);
        kept::write(&self.path, |out, _| {
            out.write_all(&digest)?;
            out.write_all(&bytes)
        })
    }

    /// Of all that it must be kept for, and of itself: a disk can fail.
    fn digest(&self, store: &Identity, kept: &[u8]) -> [u8; 32] {
        sha256_of(&[store, &self.of, kept])
    }
}
