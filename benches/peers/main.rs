//! accede beside what a user would pick instead, in the same run: `DuckDB`, `SQLite`, Nemo, clingo, z3, Beancount, rustledger.
//!
//! ```text
//! bash benches/peers/install.sh
//! cargo bench --bench peers -- [--claims N] [--runs K] [--only WORK] [--accede PATH] [--write]
//! ```
//!
//! Prints one table as Markdown: medians of runs in turn, and of the ratios of each pair of runs the median, least and most.
//! `--only` may be given several times. `--write` puts the table into `docs/performance.md`, between the marks of its size.
//! A peer that is not installed is named in the table; `install.sh` installs them all into `target/peers`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it reports")]
#![expect(clippy::cast_precision_loss, reason = "figures have three digits")]

mod again;
mod commands;
mod inside;
#[path = "../program/mod.rs"]
mod program;
mod rows;
mod run;
mod table;
#[path = "../workload/mod.rs"]
mod workload;

use std::fs;
use std::path::Path;

use commands::{Accede, Peers};
use program::program;
use rows::{Bench, WORKS};
use workload::Workload;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--make", shape, claims, files, folder] => make(shape, claims, files, Path::new(folder)),
        ["--inside", what, folder] => println!("{}", inside::figures(what, Path::new(folder))),
        _ => compare(&words),
    }
}

fn compare(words: &[&str]) {
    let values = |name: &'static str| words.windows(2).filter(move |it| it[0] == name).map(|it| it[1]);
    let number =
        |name, otherwise| values(name).next_back().map_or(otherwise, |it| it.parse().expect("a number"));
    let only: Vec<&str> = values("--only").collect();
    let names: Vec<&str> = WORKS.iter().map(|it| it.0).collect();
    assert!(only.iter().all(|it| names.contains(it)), "--only takes one of {names:?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    fs::create_dir_all(&folder).expect("a folder for the workloads");
    let bench = Bench {
        accede: Accede::new(program(values("--accede").next_back())),
        peers: Peers { folder: root.join("target/peers") },
        folder,
        claims: number("--claims", 100_000),
        runs: number("--runs", 5),
    };
    let mut rows = Vec::new();
    for (name, work) in WORKS.iter().filter(|it| only.is_empty() || only.contains(&it.0)) {
        eprintln!("{name}");
        let measured = work(&bench);
        eprintln!("{}", table::table(&measured));
        rows.extend(measured);
    }
    let today = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).date_naive();
    let text = format!("{} claims, {today}\n\n{}", bench.claims, table::table(&rows));
    println!("\n{text}");
    if words.contains(&"--write") {
        let name = format!("table of {} claims", bench.claims);
        table::write(&root.join("docs/performance.md"), &name, &text);
    }
}

/// Rule files in `rules` below the folder, and what peers read in `rows`.
fn make(shape: &str, claims: &str, files: &str, folder: &Path) {
    let claims = claims.parse().expect("how many claims");
    if shape == "memberships" {
        workload::memberships::write(claims, folder).expect("files can be written");
        return;
    }
    let made = match shape {
        "mixed" => Workload::mixed(claims),
        "repeated" => Workload::repeated(claims),
        "states" => Workload::states(claims),
        _ => panic!("no such workload: {shape}"),
    };
    let rows = folder.join("rows");
    made.write(&folder.join("rules"), files.parse().expect("how many files"))
        .expect("rule files can be written");
    made.write_rows(&rows).expect("rows can be written");
    if shape == "states" {
        fs::write(rows.join("facts.lp"), made.facts()).expect("facts can be written");
    } else {
        made.write_ledger(&rows.join("ledger.beancount")).expect("a ledger can be written");
    }
    println!("{} claims", made.claims());
}
