//! A guard that noise cannot trip: instructions of whole runs on the 10,000 claims workload, counted by callgrind.
//!
//! ```text
//! cargo bench --bench instructions -- [--accede PATH] [--write]
//! ```
//!
//! `benches/instructions.txt` has what each run took when it was last written; more than a quarter above that is a failure.
//! `--write` writes it anew. Counts depend on the compiler and the processor: renew them when either changes.
//! Needs valgrind. Without it nothing is guarded, which is said, and in CI is a failure.

#![expect(clippy::print_stdout, reason = "it reports")]
#![expect(clippy::cast_precision_loss, reason = "a change in per cent")]

mod program;
mod workload;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use program::program;
use workload::Workload;

/// Room for other compilers, and for processors with other instructions.
const ALLOWED: f64 = 1.25;
const QUESTION: &str = "members of B0007 on 2000-01-01";
const ANOTHER: &str = "members of B0007 on 2001-01-01";

/// Runs of accede by name. The last two have what the one before them put into the folder for the compiled store: all that was
/// read, and the answer.
const RUNS: [(&str, &[&str]); 6] = [
    ("ask-cold", &["ask", QUESTION, "--no-cache"]),
    ("check-count", &["check", "--count"]),
    ("check-plain", &["check", "--format", "plain"]),
    ("ask-filling", &["ask", QUESTION, "--cache", "CACHE"]),
    ("ask-another", &["ask", ANOTHER, "--cache", "CACHE"]),
    ("ask-again", &["ask", QUESTION, "--cache", "CACHE"]),
];

fn main() -> ExitCode {
    if !Command::new("valgrind").arg("--version").output().is_ok_and(|it| it.status.success()) {
        println!("valgrind is missing: instructions were not counted (Debian: apt-get install valgrind)");
        return if std::env::var_os("CI").is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    let words: Vec<String> = std::env::args().collect();
    let given = words.windows(2).find(|it| it[0] == "--accede").map(|it| it[1].as_str());
    let counted = count(&program(given).to_string_lossy());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt");
    if words.iter().any(|it| it == "--write") {
        let lines: String = counted.iter().map(|(name, count)| format!("{name} {count}\n")).collect();
        let head = "# Instructions of each run, by `cargo bench --bench instructions -- --write`.\n";
        fs::write(&path, head.to_owned() + &lines).expect("the file can be written");
    }
    let (report, fine) = compare(&counted, &written(&fs::read_to_string(&path).unwrap_or_default()));
    println!("{report}");
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The instructions of each run.
fn count(accede: &str) -> BTreeMap<String, u64> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("instructions");
    let rules = folder.join("rules");
    Workload::mixed(10_000).write(&rules, 1).expect("rule files can be written");
    let cache = folder.join("cache");
    let _ = fs::remove_dir_all(&cache);
    let cache = cache.to_string_lossy();
    let run = |(name, options): (&str, &[&str])| {
        let options: Vec<&str> =
            options.iter().map(|it| if *it == "CACHE" { &*cache } else { *it }).collect();
        (name.to_owned(), instructions(accede, &options, &rules))
    };
    RUNS.into_iter().map(run).collect()
}

fn instructions(accede: &str, options: &[&str], rules: &Path) -> u64 {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", accede]).args(options).arg(rules);
    // One thread: which of two does what would change from run to run.
    let done = command.env("RAYON_NUM_THREADS", "1").output().expect("valgrind runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(matches!(done.status.code(), Some(0 | 1)), "{options:?}: {said}");
    let count = said.lines().find_map(|it| it.split_once("Collected : ")).expect("a count").1;
    count.trim().parse().expect("a count")
}

fn written(text: &str) -> BTreeMap<String, u64> {
    let lines = text.lines().filter(|it| !it.starts_with('#'));
    let pair =
        |it: &str| it.split_once(' ').and_then(|(name, count)| Some((name.to_owned(), count.parse().ok()?)));
    lines.filter_map(pair).collect()
}

fn compare(counted: &BTreeMap<String, u64>, written: &BTreeMap<String, u64>) -> (String, bool) {
    let (mut report, mut fine) = (String::new(), true);
    for (name, count) in counted {
        let verdict = match written.get(name) {
            None => "is not in benches/instructions.txt".to_owned(),
            Some(before) => {
                let change = *count as f64 / *before as f64;
                let verdict = if change > ALLOWED { "too many" } else { "fine" };
                format!("{:+.1} %, {verdict}", (change - 1.) * 100.)
            }
        };
        fine &= verdict.ends_with("fine");
        writeln!(report, "{name:12} {count:14} {verdict}").expect("a string takes all");
    }
    (report, fine)
}
