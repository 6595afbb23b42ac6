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
    modified: i64,
    changed: i64,
    /// Device and number of the file on it.
    place: (u64, u64),
}

const SECOND: i64 = 1_000_000_000;

impl Stamp {
    /// `None` where there is no file, or where the system does not tell when its status changed.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let it = fs::metadata(path).ok()?;
        let time = |seconds: i64, more: i64| seconds.checked_mul(SECOND)?.checked_add(more);
        Some(Stamp {
            length: it.len(),
            modified: time(it.mtime(), it.mtime_nsec())?,
            changed: time(it.ctime(), it.ctime_nsec())?,
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
        self.modified.max(self.changed).saturating_add(tick) < now.changed
    }
}
