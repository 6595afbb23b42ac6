//! What tells that a file is still the one that was read, without reading it again.

#[cfg(unix)]
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Size, times and place of a file. Its status changes with every write, and no program can set that time back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    /// When the content, and when anything of the file was changed, in nanoseconds since 1970.
    modified: i128,
    changed: i128,
    /// Device and number of the file on it.
    place: (u64, u64),
}

const SECOND: i128 = 1_000_000_000;

impl Stamp {
    /// `None` where there is no file, or where the system does not tell when its status changed.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let it = fs::metadata(path).ok()?;
        Some(Stamp {
            length: it.len(),
            modified: i128::from(it.mtime()) * SECOND + i128::from(it.mtime_nsec()),
            changed: i128::from(it.ctime()) * SECOND + i128::from(it.ctime_nsec()),
            place: (it.dev(), it.ino()),
        })
    }

    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Option<Stamp> {
        None
    }

    /// Whether a write as late as that of `now`, on the same file system, would have left another time.
    /// Times of whole seconds are those of a coarse clock.
    pub fn is_settled(&self, now: &Stamp) -> bool {
        let coarse = self.modified % SECOND == 0 && self.changed % SECOND == 0;
        let tick = if coarse { 3 * SECOND } else { SECOND / 20 };
        self.modified.max(self.changed) + tick < now.changed
    }
}
