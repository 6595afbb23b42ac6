//! The worst cases, each with the time and the memory that it may take at most. Beyond them the bench fails.
//!
//! ```text
//! cargo bench --bench worst -- [--divide N] [--only CASE] [--accede PATH] [--write]
//! ```
//!
//! `--divide 10` makes a tenth of each, with the same bounds, to try them. `--write` puts the table into
//! `docs/performance.md`.

#![expect(clippy::print_stdout, reason = "it reports")]
#![expect(clippy::cast_precision_loss, reason = "figures have three digits")]
#![allow(dead_code, reason = "the modules are shared with other benches")]

mod program;
#[path = "peers/run.rs"]
mod run;
#[path = "peers/table.rs"]
mod table;
mod workload;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use program::program;
use run::Program;
use workload::worst;

struct Case {
    name: &'static str,
    what: &'static str,
    size: usize,
    question: &'static str,
    /// The most seconds, of a check and of a question each.
    seconds: f64,
    /// The most memory of either, in MiB.
    mebibytes: f64,
}

const CASES: [Case; 5] = [
    Case {
        name: "pair",
        what: "one pair with 1,000,000 claims",
        size: 1_000_000,
        question: "history of P in B",
        seconds: 10.,
        mebibytes: 768.,
    },
    Case {
        name: "bloc",
        what: "a bloc with 100,000 parties, and an `only` list",
        size: 100_000,
        question: "members of B on 2015-06-15",
        seconds: 10.,
        mebibytes: 512.,
    },
    Case {
        name: "nested",
        what: "100,000 windows, each within the next",
        size: 100_000,
        question: "history of P in B",
        seconds: 10.,
        mebibytes: 256.,
    },
    Case {
        name: "blocs",
        what: "1,000,000 blocs of one party",
        size: 1_000_000,
        question: "blocs of P on 2015-06-15",
        seconds: 20.,
        mebibytes: 1_536.,
    },
    Case {
        name: "files",
        what: "100,000 files of one claim",
        size: 100_000,
        question: "members of B7 on 2000-01-01",
        seconds: 10.,
        mebibytes: 512.,
    },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["--make", case, size, folder] = words[..] {
        return make(case, size.parse().expect("a size"), Path::new(folder));
    }
    let value = |name| words.windows(2).find(|it| it[0] == name).map(|it| it[1]);
    let divide: usize = value("--divide").map_or(1, |it| it.parse().expect("a number"));
    let accede = program(value("--accede"));
    let mut text = "| case | a check | a question | most memory | bounds | kept |\n".to_owned();
    text += "| --- | --- | --- | --- | --- | --- |\n";
    let mut all_kept = true;
    for case in CASES.iter().filter(|it| value("--only").is_none_or(|only| only == it.name)) {
        all_kept &= measure(case, divide, &accede, &mut text);
    }
    println!("{text}");
    if words.contains(&"--write") {
        assert_eq!(divide, 1, "only the whole is written down");
        table::write(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md"),
            "worst cases",
            &text,
        );
    }
    if !all_kept {
        println!("a bound is not kept");
        std::process::exit(1);
    }
}

/// Adds a row; whether the bounds are kept.
fn measure(case: &Case, divide: usize, accede: &Path, text: &mut String) -> bool {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("worst");
    let below = folder.join(case.name);
    let _ = fs::remove_dir_all(&below);
    fs::create_dir_all(&below).expect("a folder for the case");
    let size = (case.size / divide).to_string();
    let own = Program::new(std::env::current_exe().expect("this program"));
    own.with(["--make", case.name, &size, &below.to_string_lossy()]).run(&folder);
    let check = Program::new(accede).with(["check", "--count"]).with([&below]);
    let ask =
        Program::new(accede).with(["ask", "--format", "csv", "--no-cache", case.question]).with([&below]);
    // What takes twice the time has failed; there is no need to know by how much.
    let limit = Duration::from_secs_f64(2. * case.seconds);
    let runs = [check, ask].map(|it| it.may_end_with(&[0, 1]).run_within(limit, &folder));
    let peak = runs.iter().flatten().map(|it| it.peak / 1_048_576.).fold(0., f64::max);
    let kept = runs.iter().all(|it| it.as_ref().is_some_and(|it| it.seconds <= case.seconds));
    let kept = kept && peak <= case.mebibytes;
    let shown = runs.map(|it| it.map_or("given up".to_owned(), |it| format!("{:.2} s", it.seconds)));
    let [check, ask] = &shown;
    let (what, seconds, mebibytes) = (case.what, case.seconds, case.mebibytes);
    let (part, yes) = (if divide == 1 { "" } else { "part of " }, if kept { "yes" } else { "no" });
    let bounds = format!("{seconds} s, {mebibytes} MiB");
    writeln!(text, "| {part}{what} | {check} | {ask} | {peak:.0} MiB | {bounds} | {yes} |")
        .expect("a string takes all");
    kept
}

/// By another process, so that what is made does not count as memory of what is measured.
fn make(case: &str, size: usize, folder: &Path) {
    let text = match case {
        "pair" => worst::one_pair(size),
        "bloc" => worst::one_bloc(size),
        "nested" => worst::nested(size),
        "blocs" => worst::one_party(size),
        _ => return worst::files(folder, size).expect("files can be written"),
    };
    fs::write(folder.join("worst.accede"), text).expect("a file can be written");
}
