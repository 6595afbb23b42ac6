//! The program as it is run: what it prints, where, and with which exit code.

mod checker;
mod folder;
mod formats;
mod output;
mod panel;
mod paths;
mod process;
mod questions;
mod store;
#[cfg(unix)]
mod terminal;
mod testing;

use std::collections::BTreeMap;
use std::fs::{create_dir_all, remove_dir_all, write};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

const PROGRAM: &str = env!("CARGO_BIN_EXE_accede");

/// A folder of one test, with an `accede.toml` so that none of a parent is found.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Folder::at(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name));
        folder.file("accede.toml", "")
    }

    /// With nothing in it, not even in a parent.
    fn alone(name: &str) -> Folder {
        Folder::at(std::env::temp_dir().join(format!("accede-{name}-{}", std::process::id())))
    }

    fn at(path: PathBuf) -> Folder {
        let _ = remove_dir_all(&path);
        create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Writes a file, with the folders it stands in.
    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        create_dir_all(path.parent().unwrap()).unwrap();
        write(path, content).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::new(&self.0, arguments)
    }
}

/// The program, about to be run in an environment of which nothing is left to chance.
struct Run {
    arguments: Vec<String>,
    folder: PathBuf,
    environment: BTreeMap<String, String>,
    input: Vec<u8>,
}

impl Run {
    fn new(folder: &Path, arguments: &[&str]) -> Run {
        let run = Run {
            arguments: arguments.iter().map(|it| (*it).to_owned()).collect(),
            folder: folder.to_owned(),
            environment: BTreeMap::new(),
            input: Vec::new(),
        };
        run.with("COLUMNS", "100").with("LC_ALL", "C").with("NO_COLOR", "1").with("TZ", "UTC")
    }

    fn with(mut self, name: &str, value: &str) -> Run {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    fn without(mut self, name: &str) -> Run {
        self.environment.remove(name);
        self
    }

    fn input(mut self, input: impl AsRef<[u8]>) -> Run {
        input.as_ref().clone_into(&mut self.input);
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(&self.arguments).current_dir(&self.folder).env_clear().envs(&self.environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn output(&self) -> Output {
        let mut child = self.command().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = self.input.clone();
        let writer = thread::spawn(move || {
            // A program that takes no questions closes the pipe.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output
    }

    fn code(&self) -> Option<i32> {
        self.output().status.code()
    }

    fn stdout(&self) -> String {
        String::from_utf8(self.output().stdout).unwrap()
    }

    fn stderr(&self) -> String {
        String::from_utf8(self.output().stderr).unwrap()
    }

    /// The value that is printed as JSON.
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout()).unwrap()
    }

    /// Arguments, exit code and both streams.
    fn shown(&self) -> String {
        let output = self.output();
        let arguments: Vec<_> = self.arguments.iter().map(|it| format!(" {it:?}")).collect();
        let stream = |name: &str, bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            if text.is_empty() { String::new() } else { format!("--- {name}\n{text}") }
        };
        format!(
            "accede{}\nexit code {}\n{}{}",
            arguments.concat(),
            output.status.code().map_or("none".to_owned(), |it| it.to_string()),
            stream("stdout", output.stdout),
            stream("stderr", output.stderr)
        )
    }
}

/// Compares with a file of `tests/cli/snapshots`.
fn snapshot(name: &str, runs: &[Run]) {
    let shown: Vec<_> = runs.iter().map(Run::shown).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("cli/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown.join("\n==========\n")));
}

/// Two blocs, three parties.
const VOCABULARY: &str = "\
party Armenia
party Belarus
party Uzbekistan
bloc CSTO \"Collective Security Treaty Organization\"
  exists from 1994-04-20
bloc CIS
  exists from 1991-12-08
";

const FIRST: &str = "\
article first \"The pact\"
  publisher \"The Moscow Times\"
  published 2012-12-19
  Armenia and Belarus member-of CSTO on Wednesday  @7
  Uzbekistan suspended from CSTO on 2012-12-19  @21
";

/// Contradicts [`FIRST`].
const SECOND: &str = "\
article second \"Another view\"
  published 2013
  Armenia not member-of CSTO on 2012-12-19  @3
";

/// A project of which nothing is wrong.
fn project(name: &str) -> Folder {
    Folder::new(name).file("rules/words.accede", VOCABULARY).file("seeds/first.accede", FIRST)
}

/// The same, with two articles that disagree.
fn disagreement(name: &str) -> Folder {
    project(name).file("seeds/second.accede", SECOND)
}

fn root(arguments: &[&str]) -> Run {
    Run::new(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}
