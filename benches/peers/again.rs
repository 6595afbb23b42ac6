//! A question that is asked again, with what accede keeps for that.

use std::fs;
use std::path::{Path, PathBuf};

use crate::rows::Bench;
use crate::run::Program;
use crate::table::{Goal, Row};

/// A folder for what accede keeps, filled by one question.
struct Cache {
    folder: PathBuf,
    program: Program,
}

impl Cache {
    fn of(of: &Bench, name: &str, rules: &Path) -> Cache {
        let folder = of.folder.join(name);
        let _ = fs::remove_dir_all(&folder);
        let program = of.accede.ask(rules, Some(&folder));
        program.run(&of.folder);
        Cache { folder, program }
    }

    /// So that the question is answered from what was read, as another one would be.
    fn forget_answers(&self) {
        let files = fs::read_dir(&self.folder).expect("a folder").flatten().map(|it| it.path());
        for it in files.filter(|it| it.extension().is_some_and(|it| it == "answer")) {
            fs::remove_file(it).expect("it can be deleted");
        }
    }
}

pub(crate) fn again(of: &Bench) -> Vec<Row> {
    let made = of.made("mixed", of.claims, 1_000);
    let rows = made.join("rows");
    let theirs = of.peers.sqlite_ready(&rows).and_then(|it| {
        it.run(&of.folder);
        of.peers.sqlite_members(&rows)
    });
    let cache = Cache::of(of, "cache", &made.join("rules"));
    let peer = ("SQLite, ready indexed file", theirs.as_ref());
    let asked = "the same, nothing of 1,000 files changed".to_owned();
    let other = "the same, not asked before".to_owned();
    vec![
        of.timed(asked, peer, Goal::Ratio(3.), &cache.program),
        of.timed_after(other, peer, Goal::None, &cache.program, |_| cache.forget_answers()),
    ]
}

/// Beside the same with nothing edited: before each run another claim on the bloc is appended to one file.
pub(crate) fn edited(of: &Bench) -> Vec<Row> {
    let made = of.made("mixed", of.claims, 1_000).join("rules");
    let folder = of.folder.join("edited");
    fs::create_dir_all(&folder).expect("a folder");
    for it in fs::read_dir(&made).expect("a folder").flatten() {
        fs::copy(it.path(), folder.join(it.file_name())).expect("a rule file");
    }
    let (unedited, cache) = (Cache::of(of, "cache", &made), Cache::of(of, "cache-edited", &folder));
    let path = folder.join("f000003.accede");
    let text = fs::read_to_string(&path).expect("a rule file");
    let edit = |run: usize| {
        let claim = format!("P0001 member-of B0007 on 2001-01-{:02}", run % 28 + 1);
        let article = format!("article edited\n  published 2024-01-11\n  {claim}  @1\n");
        fs::write(&path, text.clone() + &article).expect("a rule file can be written");
    };
    let work = "the same, one file of 1,000 edited".to_owned();
    let peer = ("accede, nothing edited", Some(&unedited.program));
    vec![of.timed_after(work, peer, Goal::Ratio(2.), &cache.program, edit)]
}
