//! Runs a program and says how long it took, how much memory it had at most, and what it printed last.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// In bytes. It counts what the process had that started this one, which therefore has to stay small.
    pub(crate) peak: f64,
    /// The last that it printed.
    pub(crate) printed: String,
}

impl Measured {
    pub(crate) fn last_line(&self) -> &str {
        self.printed.lines().last().unwrap_or_default()
    }
}

/// A program, its arguments, and the exit codes that are fine.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    arguments: Vec<String>,
    input: Option<String>,
    codes: &'static [i32],
}

impl Program {
    pub(crate) fn new(path: impl AsRef<OsStr>) -> Program {
        let arguments = vec![path.as_ref().to_string_lossy().into_owned()];
        Program { arguments, input: None, codes: &[0] }
    }

    pub(crate) fn with<T: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = T>) -> Program {
        self.arguments.extend(arguments.into_iter().map(|it| it.as_ref().to_string_lossy().into_owned()));
        self
    }

    /// Standard input is this file.
    pub(crate) fn reading(mut self, path: &Path) -> Program {
        self.input = Some(path.to_string_lossy().into_owned());
        self
    }

    pub(crate) fn may_end_with(mut self, codes: &'static [i32]) -> Program {
        self.codes = codes;
        self
    }

    /// One run.
    pub(crate) fn run(&self, folder: &Path) -> Measured {
        self.run_within(Duration::MAX, folder).expect("there is time without end")
    }

    /// One run, unless it takes longer than this. What it prints goes to files in the folder, so that it waits for nobody.
    pub(crate) fn run_within(&self, limit: Duration, folder: &Path) -> Option<Measured> {
        let file =
            |name| File::options().create(true).truncate(true).read(true).write(true).open(folder.join(name));
        let mut printed = file("printed").expect("a file for what it prints");
        let mut complaints = file("complaints").expect("a file for what it complains of");
        let input = match &self.input {
            Some(path) => Stdio::from(File::open(path).expect("a file to read")),
            None => Stdio::null(),
        };
        let mut command = Command::new(&self.arguments[0]);
        command.args(&self.arguments[1..]).stdin(input).env("NO_COLOR", "1");
        command.stdout(printed.try_clone().expect("a file")).stderr(complaints.try_clone().expect("a file"));
        let begun = Instant::now();
        let mut child = command.spawn().unwrap_or_else(|it| panic!("{}: {it}", self.arguments[0]));
        let done = if limit == Duration::MAX {
            child.wait4().expect("it ends")
        } else {
            loop {
                if let Some(done) = child.try_wait4().expect("it can be waited for") {
                    break done;
                }
                if begun.elapsed() > limit {
                    child.kill().and_then(|()| child.wait()).expect("it can be ended");
                    return None;
                }
                thread::sleep(Duration::from_millis(1));
            }
        };
        let seconds = begun.elapsed().as_secs_f64();
        let fine = done.status.code().is_some_and(|it| self.codes.contains(&it));
        assert!(fine, "{:?}: {}\n{}", self.arguments, done.status, tail(&mut complaints));
        Some(Measured { seconds, peak: done.rusage.maxrss as f64, printed: tail(&mut printed) })
    }
}

fn tail(file: &mut File) -> String {
    let length = file.metadata().map_or(0, |it| it.len());
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(4_096))).expect("a place in the file");
    file.read_to_end(&mut tail).expect("a file can be read again");
    String::from_utf8_lossy(&tail).into_owned()
}
