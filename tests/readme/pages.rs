//! Every page of `docs/findings/` is true: its example has the finding on the lines that it marks, what is mended
//! has it no more, and the index and `accede explain` have the same pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use accede::engine::Engine;
use accede::explain;
use accede::finding::Finding;

use super::codes::{given, listed};
use super::{Block, blocks_of, read, root};

/// Codes that have a page before anything gives them; their examples are not run. It is to shrink to nothing.
pub(super) const PENDING: &[&str] = &[];

const HEADINGS: [&str; 3] = ["## Why", "## Example", "## What to do"];

/// A page, by the code it is named after.
struct Page {
    code: String,
    path: PathBuf,
    text: String,
    blocks: Vec<Block>,
}

fn pages() -> Vec<Page> {
    let entries = fs::read_dir(root().join("docs/findings")).expect("docs/findings/ is there");
    let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("it can be listed").path()).collect();
    paths.sort();
    let page = |path: PathBuf| {
        let code = path.file_stem().and_then(|it| it.to_str()).expect("UTF-8").to_owned();
        let (text, blocks) = (read(&path), blocks_of(&path));
        Page { code, path, text, blocks }
    };
    paths.into_iter().map(page).collect()
}

impl Page {
    /// Severities, and the sentence that says what it is.
    fn head(&self) -> (BTreeSet<String>, String) {
        let head = self.text.lines().nth(2).expect("a third line");
        let (severities, what) = head.split_once(": ").expect("a severity comes first");
        let severities = severities.to_lowercase().split(" or ").map(str::to_owned).collect();
        (severities, what.strip_suffix('.').expect("a full stop comes last").to_owned())
    }

    /// The rule files: the example, and the one that is mended.
    fn rule_files(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|it| it.info == "accede")
    }

    /// What is wrong with a rule file of the page, beside what it names after `# also:`. A mended one marks nothing.
    fn judge(&self, block: &Block) -> Vec<String> {
        let run = Run::new(self, block);
        let mut wrong = Vec::new();
        let marked = marks(&self.code, block);
        if run.lines != marked {
            wrong.push(format!("`{}` is found on {:?}, but marked on {marked:?}", self.code, run.lines));
        }
        if marked.is_empty() && run.findings.iter().any(|it| it.code == self.code) {
            wrong.push(format!("`{}` is found still", self.code));
        }
        let others: BTreeSet<&str> =
            run.findings.iter().map(|it| it.code).filter(|it| *it != self.code).collect();
        let also: BTreeSet<&str> =
            also(block).into_iter().filter(|it| !PENDING.contains(it) || others.contains(it)).collect();
        if others != also {
            wrong.push(format!("found are also {others:?}, but named are {also:?}"));
        }
        wrong.into_iter().map(|it| format!("{}: {it}\n{:#?}", block.at, run.findings)).collect()
    }
}

/// The lines that end in a mark, counted from 1.
fn marks(code: &str, block: &Block) -> BTreeSet<usize> {
    let lines = block.text.lines().enumerate().filter_map(|(at, it)| Some((at + 1, it.split_once("#! ")?.1)));
    lines
        .inspect(|it| assert_eq!(it.1, code, "{}: another code is marked", block.at))
        .map(|it| it.0)
        .collect()
}

/// The codes that a rule file names after `# also:`.
fn also(block: &Block) -> BTreeSet<&str> {
    let lines = block.text.lines().filter_map(|it| it.strip_prefix("# also: "));
    lines.flat_map(|it| it.split(", ")).collect()
}

/// What is found in a rule file beside the shipped ones, with the texts that its page shows.
struct Run {
    findings: Vec<Finding>,
    /// The lines on which findings of the page's code have places, counted from 1.
    lines: BTreeSet<usize>,
}

impl Run {
    fn new(page: &Page, block: &Block) -> Run {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(&page.code);
        fs::create_dir_all(&folder).expect("a folder can be made");
        for text in &page.blocks {
            let Some(name) = text.info.strip_prefix("text ") else { continue };
            let (name, bytes) = match name.strip_suffix(" latin-1") {
                Some(name) => (name, latin_1(&text.text)),
                None => (name, text.text.clone().into_bytes()),
            };
            fs::write(folder.join(name), bytes).expect("a text can be written");
        }
        let path = folder.join("page.accede");
        fs::write(&path, &block.text).expect("a rule file can be written");
        let engine = Engine::load(&[root().join("rules"), path], &[]);
        let findings = engine.check();
        let places = findings.iter().filter(|it| it.code == page.code).flat_map(|it| &it.places);
        let places = places.filter(|it| engine.sources().file(it.file).path.ends_with("page.accede"));
        let lines = places.map(|it| engine.sources().file(it.file).position(it.span.start).0).collect();
        Run { findings, lines }
    }
}

fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|it| u8::try_from(u32::from(it)).expect("a letter of Latin-1")).collect()
}

#[test]
fn pages_have_one_shape() {
    for page in pages() {
        let at = page.path.display();
        assert_eq!(page.text.lines().next(), Some(&*format!("# {}", page.code)), "{at}");
        let headings: Vec<&str> = page.text.lines().filter(|it| it.starts_with("## ")).collect();
        assert_eq!(headings, HEADINGS, "{at}");
        let examples = page.text.split(HEADINGS[1]).nth(1).and_then(|it| it.split(HEADINGS[2]).next());
        let examples = examples.expect("it is there");
        let sessions = page.blocks.iter().filter(|it| it.info == "console").count();
        let (first, mended) = (examples.matches("```accede\n").count(), page.rule_files().count());
        assert_eq!(first + sessions, 1, "{at}: one example");
        assert!(mended - first <= 1, "{at}: at most one mended file");
        assert_eq!(page.text.matches("Mended:\n\n```accede\n").count(), mended - first, "{at}: `Mended:`");
    }
}

#[test]
fn examples_have_the_findings_they_mark() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages().iter().filter(|it| !PENDING.contains(&&*it.code)) {
        for (place, block) in page.rule_files().enumerate() {
            count += 1;
            let marked = !marks(&page.code, block).is_empty();
            assert_eq!(marked, place == 0, "{}: an example has marks, and what is mended none", block.at);
            wrong.extend(page.judge(block));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 80, "only {count} rule files were found in the pages");
}

/// A session of a page, which is one command, prints what the page shows and names the page's code.
#[test]
fn sessions_have_the_finding() {
    for page in pages() {
        for block in page.blocks.iter().filter(|it| it.info == "console") {
            let (command, shown) = block.text.split_once('\n').expect("a command and what it prints");
            let arguments = command.strip_prefix("$ accede ").expect("a command of accede").split(' ');
            let done = Command::new(env!("CARGO_BIN_EXE_accede"))
                .args(arguments)
                .current_dir(root())
                .env_clear()
                .envs([("COLUMNS", "100"), ("NO_COLOR", "1")])
                .output()
                .expect("the program runs");
            let printed = String::from_utf8(done.stdout).expect("UTF-8");
            assert_eq!(printed.trim_end(), shown.trim_end(), "{}", block.at);
            assert!(printed.contains(&format!("[{}]", page.code)), "{}", block.at);
        }
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let given = given();
    let early: Vec<_> = PENDING.iter().filter(|it| given.contains_key(**it)).collect();
    assert!(early.is_empty(), "these are given now: take them out of PENDING: {early:?}");
    let codes: BTreeSet<String> =
        given.into_keys().chain(PENDING.iter().map(|it| (*it).to_owned())).collect();
    let pages: BTreeSet<String> = pages().into_iter().map(|it| it.code).collect();
    assert_eq!(pages, codes);
}

#[test]
fn the_index_says_what_the_pages_say() {
    let heads: BTreeMap<String, _> = pages().iter().map(|it| (it.code.clone(), it.head())).collect();
    assert_eq!(listed(), heads);
}

#[test]
fn explain_has_the_pages() {
    let pages = pages();
    let codes: Vec<&str> = pages.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(explain::codes().collect::<Vec<_>>(), codes);
    for page in &pages {
        let embedded = explain::page(&page.code).expect("a page").replace("\r\n", "\n");
        assert_eq!(embedded, page.text);
    }
    assert_eq!(explain::page("no-such-code"), None);
}

#[test]
fn a_misspelt_code_gets_the_nearest() {
    assert_eq!(explain::nearest("repaet"), Some("repeat"));
    assert_eq!(explain::nearest("Unknown_Party"), Some("unknown-party"));
    assert_eq!(explain::nearest("no such code at all"), None);
    assert_eq!(explain::nearest(""), None);
    assert_eq!(explain::nearest(&"x".repeat(100_000)), None);
}
