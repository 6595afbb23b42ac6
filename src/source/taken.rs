//! Lines that were taken from other files, and still say from where.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// Where lines were taken from.
#[derive(Debug, Default)]
pub struct Taken {
    /// The paths of the files, from when they are known on.
    pub paths: Arc<OnceLock<Paths>>,
    /// For each line, counted from 0, the place of its file, and its number there, counted from 1.
    pub lines: Vec<(u32, u32)>,
}

impl Taken {
    pub(super) fn origin(&self, line: usize) -> Option<(&str, usize)> {
        let (file, number) = self.lines.get(line)?;
        Some((self.paths.get()?.get(*file)?, *number as usize))
    }
}

/// Many paths, one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Paths {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Paths {
    pub fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Paths {
        let mut all = Paths::default();
        for path in paths {
            all.text += path;
            all.ends.push(all.text.len() as u32);
        }
        all
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn get(&self, place: u32) -> Option<&str> {
        let end = *self.ends.get(place as usize)?;
        let start = place.checked_sub(1).map_or(0, |it| self.ends[it as usize]);
        self.text.get(start as usize..end as usize)
    }
}
