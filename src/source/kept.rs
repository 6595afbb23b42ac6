//! Files that accede keeps for itself: written whole or not at all, read in parts.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use super::Stamp;

/// Writes a file beside its place and then moves it there, so that no reader and no interruption meets half of it.
/// `write` is told the stamp of a file that was written just before.
pub fn write<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write, Option<Stamp>) -> io::Result<T>,
) -> io::Result<T> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(b"\n")?;
    let now = Stamp::of(file.path());
    file.as_file_mut().set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    let mut buffered = io::BufWriter::with_capacity(1 << 20, file);
    let written = write(&mut buffered, now)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path).map_err(|it| it.error)?;
    Ok(written)
}

/// Sees to it that a folder is there.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// A kept file, opened to be read in parts.
#[derive(Debug)]
pub struct Kept {
    file: File,
    length: u64,
}

impl Kept {
    pub fn open(path: &Path) -> Option<Kept> {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        Some(Kept { file, length })
    }

    /// All of it.
    pub fn all(&self) -> Option<Vec<u8>> {
        self.bytes(0, self.length)
    }

    /// So many bytes from a place on; `None` where the file has not so many.
    pub fn bytes(&self, start: u64, length: u64) -> Option<Vec<u8>> {
        if start.checked_add(length)? > self.length {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        read_at(&self.file, start, &mut bytes).ok()?;
        Some(bytes)
    }
}

/// Several threads may read it at once.
#[cfg(unix)]
fn read_at(file: &File, start: u64, bytes: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Where files have no stamps nothing that is kept is used.
#[cfg(not(unix))]
fn read_at(mut file: &File, start: u64, bytes: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(start))?;
    io::Read::read_exact(&mut file, bytes)
}
