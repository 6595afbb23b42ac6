//! What the rule files below folders were found by: where none of it has changed, the same files would be found again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Found, Stamp, look_through, whole};

/// All that was looked at. A folder's stamp changes with every file that comes, goes or gets another name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listing {
    /// Folders, and files that say what is to be ignored, or that there is none.
    looked_at: Vec<(String, Option<Stamp>)>,
    /// As files they would say where to look for such.
    no_files: Vec<String>,
}

/// What may say, in a folder, that files in and below it are to be ignored.
const IGNORING: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];
const GIT: &str = ".git";

impl Listing {
    /// `None` where other files are found now, or where a change might not show: one that came in the same tick of the
    /// clock as another, or one of a file that links lead to. `now` is from before.
    pub fn of(paths: &[PathBuf], found: &[PathBuf], now: &Stamp) -> Option<Listing> {
        let Found { files: again, folders, linked, unreadable } = look_through(paths);
        if linked || !unreadable.is_empty() || again != found {
            return None;
        }
        let mut listing = Listing { looked_at: Vec::new(), no_files: Vec::new() };
        for root in paths.iter().filter(|it| it.is_dir()) {
            for folder in whole(root).ancestors().skip(1) {
                listing.above(folder, now)?;
            }
        }
        for folder in folders {
            listing.below(&folder, now)?;
        }
        Some(listing)
    }

    fn above(&mut self, folder: &Path, now: &Stamp) -> Option<()> {
        let git = folder.join(GIT);
        if git.is_file() {
            return None;
        }
        self.no_files.push(git.to_str()?.to_owned());
        IGNORING.iter().try_for_each(|name| self.look_at(&folder.join(name), now))
    }

    /// What is not there now cannot come without a change of the folder, or of that for git in it.
    fn below(&mut self, folder: &Path, now: &Stamp) -> Option<()> {
        Stamp::of(folder)?;
        self.look_at(folder, now)?;
        let git = folder.join(GIT);
        if git.is_file() {
            return None;
        }
        let is_there = |it: &str| folder.join(it).symlink_metadata().is_ok();
        let looked_at = |it: &&&str| git.is_dir() && it.starts_with(GIT) || is_there(it);
        IGNORING.iter().filter(looked_at).try_for_each(|name| self.look_at(&folder.join(name), now))
    }

    fn look_at(&mut self, path: &Path, now: &Stamp) -> Option<()> {
        let stamp = Stamp::of(path);
        let is_sure = match stamp {
            Some(it) => it.is_settled(now),
            None => path.symlink_metadata().is_err(),
        };
        if !is_sure {
            return None;
        }
        self.looked_at.push((path.to_str()?.to_owned(), stamp));
        Some(())
    }

    /// Whether none of it has changed.
    pub fn holds(&self) -> bool {
        self.looked_at.iter().all(|(path, stamp)| Stamp::of(Path::new(path)) == *stamp)
            && !self.no_files.iter().any(|it| Path::new(it).is_file())
    }
}
