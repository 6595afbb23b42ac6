//! How far long work has come, for who waits for it at a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error; nothing where that is no terminal, or where the work is done in a moment.
pub(super) struct Progress(ProgressBar);

/// Pairs that are looked at in a moment.
const MOMENT: usize = 20_000;

impl Progress {
    pub(super) fn of(pairs: usize) -> Progress {
        if pairs < MOMENT {
            return Progress(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} pairs").expect("a template");
        Progress(ProgressBar::new(pairs as u64).with_style(style).with_message("checking"))
    }

    pub(super) fn more(&self, pairs: usize) {
        self.0.inc(pairs as u64);
    }

    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}
