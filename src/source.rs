//! Files and their text: the only module that reads the disk or writes to it.

pub mod kept;
mod listing;
mod rewrite;
mod stamp;
mod taken;
mod text;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, is_separator};
use std::sync::{Arc, OnceLock};

use ignore::WalkBuilder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use listing::Listing;
pub use rewrite::rewrite;
pub use stamp::Stamp;
pub use taken::{Paths, Taken};
pub use text::{Text, is_utf8_in_parts};

/// A stretch of a file's text, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the beginning of this one to the end of the other.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }
}

/// A file, as its place in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A text with its name and where its lines begin.
#[derive(Debug)]
pub struct File {
    /// The path as the user gave it, with `/` between its parts.
    pub path: String,
    pub text: Text,
    /// How many lines end before each stretch of the text, and in all of it, once somebody asks.
    lines: OnceLock<Vec<u32>>,
    /// Of lines that were taken from other files: which of these, and which line there.
    taken: Option<Taken>,
}

impl File {
    /// The largest file that is read, in bytes.
    pub const LIMIT: u64 = 1 << 30;

    pub fn new(path: impl Into<String>, text: impl Into<Text>) -> File {
        File { path: path.into(), text: text.into(), lines: OnceLock::new(), taken: None }
    }

    /// Lines taken from other files.
    pub fn of_lines(text: String, taken: Taken) -> File {
        File { taken: Some(taken), ..File::new("", text) }
    }

    /// The path of the file, and the line counted from 1, that a byte was read from.
    pub fn origin(&self, offset: u32) -> (&str, usize) {
        let line = self.line_of(offset);
        let taken = self.taken.as_ref().and_then(|it| it.origin(line));
        taken.unwrap_or((&self.path, line + 1))
    }

    /// In a large file there are a million lines: to count those of a short stretch is as quick as to look one up.
    const STRETCH: usize = 1 << 10;

    fn ends_before(&self) -> &[u32] {
        if let Some(known) = self.lines.get() {
            return known;
        }
        let stretches = self.text.as_bytes().par_chunks(Self::STRETCH).with_min_len(Self::STRETCH);
        let mut ends: Vec<u32> = stretches.map(|it| memchr::memchr_iter(b'\n', it).count() as u32).collect();
        let mut sum = 0;
        for it in &mut ends {
            sum += std::mem::replace(it, sum);
        }
        ends.push(sum);
        // Nothing is waited for while it is locked: another piece of work could want it on this same thread.
        self.lines.get_or_init(|| ends)
    }

    /// Where a line begins, counted from 0.
    fn start_of(&self, line: usize) -> Option<usize> {
        let Some(end) = line.checked_sub(1) else { return Some(0) };
        let ends = self.ends_before();
        let stretch = ends.partition_point(|it| *it as usize <= end) - 1;
        let start = stretch * Self::STRETCH;
        let rest = self.text.as_bytes().get(start..)?;
        let mut ends_in = memchr::memchr_iter(b'\n', rest);
        ends_in.nth(end - ends[stretch] as usize).map(|it| start + it + 1)
    }

    /// The text in stretches of some size, each of whole lines.
    pub fn blocks(&self) -> Vec<Span> {
        const BLOCK: usize = 1 << 20;
        let bytes = self.text.as_bytes();
        let mut blocks = Vec::new();
        let mut start = 0;
        while start < bytes.len() {
            let rest = bytes.get(start + BLOCK..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |it| start + BLOCK + it + 1);
            blocks.push(Span::new(start, end));
            start = end;
        }
        blocks
    }

    /// The line that begins at a place, its end left out, and where the next one begins, in a text up to some end.
    pub fn line_from(&self, start: usize, end: u32) -> (Span, usize) {
        let rest = &self.text.as_bytes()[start..end as usize];
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let ending = rest[..length].iter().rev().take_while(|it| **it == b'\r').count();
        (Span::new(start, start + length - ending), start + (length + 1).min(rest.len()))
    }

    /// The line that a byte stands in, its end left out.
    pub fn line_around(&self, offset: u32) -> Span {
        let before = &self.text.as_bytes()[..self.text.len().min(offset as usize)];
        let start = memchr::memrchr(b'\n', before).map_or(0, |it| it + 1);
        self.line_from(start, self.text.len() as u32).0
    }

    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range())
    }

    /// How many lines there are; an end of line at the very end begins no new one.
    pub fn line_count(&self) -> usize {
        let ends = self.ends_before().last().map_or(0, |it| *it as usize);
        ends + usize::from(self.text.as_bytes().last().is_some_and(|it| *it != b'\n'))
    }

    /// The place of a line, counted from 0, with its end of line left out.
    pub fn line(&self, number: usize) -> Option<Span> {
        Some(self.line_from(self.start_of(number)?, self.text.len() as u32).0)
    }

    /// The line a byte stands in, counted from 0.
    pub fn line_of(&self, offset: u32) -> usize {
        let offset = self.text.len().min(offset as usize);
        let stretch = offset / Self::STRETCH;
        let rest = &self.text.as_bytes()[stretch * Self::STRETCH..offset];
        self.ends_before()[stretch] as usize + memchr::memchr_iter(b'\n', rest).count()
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let start = self.line_around(offset).start as usize;
        let before = self.text.get(start..offset as usize);
        (self.line_of(offset) + 1, before.chars().count() + 1)
    }
}

/// All files of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Arc<Vec<Arc<File>>>,
}

impl Sources {
    pub fn add(&mut self, file: File) -> FileId {
        Arc::make_mut(&mut self.files).push(Arc::new(file));
        FileId(self.files.len() as u32 - 1)
    }

    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }
}

/// What could not be read or written, and why.
#[derive(Clone, Debug)]
pub struct Unreadable {
    pub path: String,
    pub why: Why,
    /// What there is to show of it.
    pub shown: String,
}

#[derive(Clone, Debug)]
pub enum Why {
    Missing,
    /// A folder without a single `*.accede` below it.
    Empty,
    TooLarge,
    /// How many bytes are UTF-8, up to the first that is not.
    NotUtf8 {
        valid: usize,
    },
    Disk(String),
    Unwritable(String),
    /// It is no longer what was read.
    Changed,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Missing => write!(f, "there is no file or folder `{}`", self.path),
            Why::Empty => write!(f, "there is no `*.accede` file in `{}`", self.path),
            Why::TooLarge => write!(f, "`{}` is larger than {} bytes, the limit", self.path, File::LIMIT),
            Why::NotUtf8 { .. } => write!(f, "`{}` is not UTF-8", self.path),
            Why::Disk(why) => write!(f, "`{}` cannot be read: {why}", self.path),
            Why::Unwritable(why) => write!(f, "`{}` cannot be written: {why}", self.path),
            Why::Changed => write!(f, "`{}` was changed in the meantime, and is left as it is", self.path),
        }
    }
}

impl Unreadable {
    fn new(path: &Path, why: Why) -> Unreadable {
        Unreadable { path: shown(path), why, shown: String::new() }
    }

    /// Where it is wrong, in what there is to show.
    pub fn span(&self) -> Span {
        match self.why {
            // The first byte that is not UTF-8 shows as a replacement character, of three bytes.
            Why::NotUtf8 { valid } => Span::new(valid, valid + 3),
            _ => Span::default(),
        }
    }

    /// What the user can do about it.
    pub fn help(&self) -> &'static str {
        match self.why {
            Why::Missing => "check the spelling of the path, and the folder you are in",
            Why::Empty => "name a file or folder with rule files, which end in `.accede`",
            Why::TooLarge => "split it into several files",
            Why::NotUtf8 { .. } => "save the file as UTF-8",
            Why::Disk(_) => "check that you may read it",
            Why::Unwritable(_) => "check that you may write it, and files beside it",
            Why::Changed => "try again",
        }
    }
}

/// The rule files that paths name: a file itself, of a folder every `*.accede` below it that git would not ignore,
/// sorted by path. Each file once.
pub fn find(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Unreadable>) {
    let Found { files, unreadable, .. } = look_through(paths);
    (files, unreadable)
}

/// What was found below some paths, and where it was looked for.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    unreadable: Vec<Unreadable>,
    folders: Vec<PathBuf>,
    /// Some of the files are links.
    linked: bool,
}

fn look_through(paths: &[PathBuf]) -> Found {
    let mut all = Found::default();
    for path in paths {
        if path.is_dir() {
            let before = all.files.len();
            walk(path, &mut all);
            if all.files.len() == before {
                all.unreadable.push(Unreadable::new(path, Why::Empty));
            }
        } else if path.exists() {
            all.files.push(path.clone());
        } else {
            all.unreadable.push(Unreadable::new(path, Why::Missing));
        }
    }
    if paths.len() > 1 {
        all.files.sort();
    }
    // One file can have several names; the first of them is kept.
    let mut known = BTreeSet::new();
    if all.linked || paths.len() > 1 {
        all.files.retain(|it| known.insert(whole(it)));
    }
    all
}

/// The path from the root, without links; the path itself where there is nothing.
pub fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// What is wrong with folders that are to be looked in.
pub fn folders(paths: &[PathBuf]) -> Vec<Unreadable> {
    paths.iter().filter(|it| !it.is_dir()).map(|it| Unreadable::new(it, Why::Missing)).collect()
}

/// The rule files below a folder, sorted by path, and the folders.
fn walk(folder: &Path, all: &mut Found) {
    let walk = WalkBuilder::new(folder).require_git(false).git_global(false).build();
    let before = all.files.len();
    for entry in walk.filter_map(Result::ok) {
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() || entry.depth() == 0 {
            all.folders.push(entry.into_path());
            continue;
        }
        if entry.path().extension().is_none_or(|it| it != "accede") {
            continue;
        }
        all.linked |= kind.is_symlink();
        if kind.is_file() || kind.is_symlink() && entry.path().is_file() {
            all.files.push(entry.into_path());
        }
    }
    let alike = folder.as_os_str().len();
    all.files[before..].sort_unstable_by(|a, b| parts(a, alike).cmp(parts(b, alike)));
}

/// What paths compare by that begin alike for so many bytes: no part of them has a NUL.
fn parts(path: &Path, alike: usize) -> impl Iterator<Item = u8> + '_ {
    let bytes = path.as_os_str().as_encoded_bytes().get(alike..).unwrap_or_default();
    bytes.iter().map(|it| if is_separator(char::from(*it)) { 0 } else { *it })
}

/// Reads a file as UTF-8; a byte order mark is left out.
pub fn read(path: &Path) -> Result<File, Unreadable> {
    let disk = |it: std::io::Error| Unreadable::new(path, Why::Disk(it.to_string()));
    if fs::metadata(path).map_err(disk)?.len() > File::LIMIT {
        return Err(Unreadable::new(path, Why::TooLarge));
    }
    let (bytes, in_parts) = whole_file(path).map_err(disk)?;
    let text = Text::of(bytes, in_parts).map_err(|(bytes, it)| {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        Unreadable { shown, ..Unreadable::new(path, Why::NotUtf8 { valid: it.valid_up_to() }) }
    })?;
    Ok(File::new(shown(path), text.without_mark()))
}

/// The bytes of a file, and the size of parts that each have been seen to be UTF-8, if all have.
///
/// A large file is read in parts at once: most of the time goes into memory being touched for the first time. What has just
/// been read is still near.
#[cfg(unix)]
fn whole_file(path: &Path) -> io::Result<(Vec<u8>, Option<usize>)> {
    use std::os::unix::fs::FileExt;
    const PART: usize = 1 << 20;
    let file = fs::File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    if length < 4 * PART {
        return Ok((fs::read(path)?, None));
    }
    let mut bytes = vec![0; length];
    let part = |(number, part): (usize, &mut [u8])| {
        file.read_exact_at(part, (number * PART) as u64).map(|()| text::is_utf8_within(part))
    };
    let parts = bytes.par_chunks_mut(PART).with_max_len(1).enumerate().map(part);
    let all = parts.try_reduce(|| true, |a, b| Ok(a && b))?;
    Ok((bytes, all.then_some(PART)))
}

#[cfg(not(unix))]
fn whole_file(path: &Path) -> io::Result<(Vec<u8>, Option<usize>)> {
    Ok((fs::read(path)?, None))
}

/// Bytes of a file as they are, for a digest; `None` where there is none that can be read.
pub fn bytes(path: &Path) -> Option<Vec<u8>> {
    let length = fs::metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    if length > File::LIMIT { None } else { fs::read(path).ok() }
}

/// A path as it is printed: the same on every system.
pub fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.strip_prefix("./").filter(|it| !it.is_empty()).map(str::to_owned).unwrap_or(shown)
}
