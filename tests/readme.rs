//! The documents are true: their sessions are run, their rule files are checked, and what they list is complete.

mod codes;
mod pages;
mod rule_files;
mod schema;
mod sessions;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    text.replace("\r\n", "\n")
}

/// README.md and every page of docs/, by name.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("docs/ is there");
    let docs = docs.map(|it| it.expect("docs/ can be listed").path());
    let mut pages: Vec<PathBuf> = docs.filter(|it| it.extension().is_some_and(|it| it == "md")).collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}

/// A fenced block of a page.
struct Block {
    page: PathBuf,
    /// Page and line, for messages.
    at: String,
    /// What stands after the opening fence.
    info: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    pages().iter().flat_map(|it| blocks_of(it)).collect()
}

fn blocks_of(page: &Path) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in read(page).lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text += &format!("{line}\n"),
            (None, Some(info)) => {
                let at = format!("{}:{}", page.display(), number + 1);
                open = Some(Block {
                    page: page.to_owned(),
                    at,
                    info: info.trim().to_owned(),
                    text: String::new(),
                });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{}: a block is not closed", page.display());
    blocks
}
