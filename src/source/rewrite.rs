//! The user's own files, rewritten whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Unreadable, Why, whole};

const MARK: &str = "\u{feff}";

/// Puts a text in the place of the one that was read from a file. Its permissions and its byte order mark stay; so
/// does all of it, where it is no longer what was read.
pub fn rewrite(path: &Path, read: &str, text: &str) -> Result<(), Unreadable> {
    // A link stays one.
    let target = whole(path);
    let failed = |it: io::Error| Unreadable::new(path, Why::Unwritable(it.to_string()));
    let bytes = fs::read(&target).map_err(failed)?;
    let now = str::from_utf8(&bytes).ok();
    let (mark, now) = match now.and_then(|it| it.strip_prefix(MARK)) {
        Some(rest) => (MARK, Some(rest)),
        None => ("", now),
    };
    if now != Some(read) {
        return Err(Unreadable::new(path, Why::Changed));
    }
    replace(&target, [mark, text]).map_err(failed)
}

fn replace(path: &Path, texts: [&str; 2]) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    for text in texts {
        file.write_all(text.as_bytes())?;
    }
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|it| it.error)?;
    Ok(())
}
