//! Two data sets that record who signed, ratified, was bound by and left which treaty, against each other.
//!
//! ```text
//! cargo bench --bench treaties -- ECOLEX.csv IEADB.csv [--sample N] [--code CODE]
//! ```
//!
//! The files have the columns `treaty,title,state,signed,ratified,in_force,ended`, one row for each treaty and state, as in
//! manyenviron (globalgov, CC BY 4.0) after ECOLEX and the IEA Database Project. Each becomes one article; what the two say of
//! a state and a treaty is checked together. Prints pairs compared, findings by kind, slips by kind, time and memory;
//! with `--sample N` also N findings of each kind, evenly spread, to be read by eye.

#![expect(clippy::print_stdout, reason = "it reports")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use accede::render::text::{self, Style};
use accede::{Engine, File, Finding};

/// What a data set says: an act or event for each column with a day.
const COLUMNS: [(&str, &str); 4] =
    [("signed", "signs"), ("ratified", "ratifies"), ("in_force", "bound"), ("ended", "denounces")];

const LIFECYCLE: &str = "lifecycle treaty
  status none, former outside
  status party inside
  event bound from none, former to party
  event denounces from party to former
  act signs
  act ratifies
  order signs, ratifies, bound
";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let option = |name: &str| arguments.iter().position(|it| it == name).and_then(|it| arguments.get(it + 1));
    let paths: Vec<&String> = arguments.iter().take_while(|it| !it.starts_with("--")).collect();
    if paths.is_empty() {
        println!("treaties: name the data sets to compare, `-- ONE.csv OTHER.csv`");
        return;
    }
    let sets: Vec<DataSet> = paths.iter().map(|it| DataSet::read(it)).collect();
    let mut files = vec![File::new("vocabulary.accede", vocabulary(&sets))];
    files.extend(sets.iter().map(|it| File::new(format!("{}.accede", it.name), it.article())));
    let bytes: usize = files.iter().map(|it| it.text.len()).sum();

    let begun = Instant::now();
    let engine = Engine::read(files, &[]);
    let read = begun.elapsed().as_secs_f64();
    let findings = engine.check();
    let whole = begun.elapsed().as_secs_f64();

    let common = sets.iter().map(DataSet::pairs).reduce(|a, b| a.intersection(&b).cloned().collect());
    let claims = engine.ledger().claims.len();
    println!("{claims} claims, {bytes} bytes; {} pairs are in every set", common.map_or(0, |it| it.len()));
    println!("read {read:.2} s, checked {:.2} s, peak {}", whole - read, peak());
    count("findings", findings.iter().map(|it| it.code.to_owned()));
    count(
        "slips",
        findings.iter().flat_map(|it| &it.slips).map(|it| {
            format!("{}{}", it.kind, if it.place.is_some() { ", it can be told whose" } else { "" })
        }),
    );
    count(
        "mends",
        findings
            .iter()
            .map(|it| it.mends.len().min(1))
            .filter(|it| *it > 0)
            .map(|_| "findings with one".into()),
    );
    if let Some(size) = option("--sample").and_then(|it| it.parse().ok()) {
        sample(&engine, &findings, size, option("--code"));
    }
}

fn count(what: &str, of: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    of.for_each(|it| *counts.entry(it).or_default() += 1);
    println!("\n{what}: {}", counts.values().sum::<usize>());
    for (kind, count) in counts {
        println!("{count:7} {kind}");
    }
}

fn sample(engine: &Engine, findings: &[Finding], size: usize, code: Option<&String>) {
    let mut by_kind: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for it in findings.iter().filter(|it| code.is_none_or(|code| code == it.code)) {
        by_kind.entry((it.code, it.slips.first().map_or("", |it| it.kind))).or_default().push(it);
    }
    for ((code, slip), all) in by_kind {
        println!("\n==== {code} {slip}: {} ====", all.len());
        for it in all.iter().step_by((all.len() / size).max(1)).take(size) {
            print!(
                "{}",
                text::finding(it, engine.sources(), Style { width: 110, color: false, unicode: true })
            );
        }
    }
}

struct DataSet {
    name: String,
    rows: Vec<BTreeMap<String, String>>,
}

impl DataSet {
    fn read(path: &str) -> DataSet {
        let name = Path::new(path).file_stem().expect("a file").to_string_lossy().into_owned();
        let mut reader = csv::Reader::from_path(path).expect("a file that can be read");
        let rows = reader.deserialize().map(|it| it.expect("rows of CSV"));
        // Some rows name no state.
        let rows = rows.filter(|it: &BTreeMap<String, String>| !it["state"].is_empty()).collect();
        DataSet { name, rows }
    }

    fn pairs(&self) -> BTreeSet<(String, String)> {
        self.rows.iter().map(|it| (it["treaty"].clone(), it["state"].clone())).collect()
    }

    fn article(&self) -> String {
        let mut text = format!("article {0}\n  publisher \"{0}\"\n", self.name);
        for row in &self.rows {
            for (column, word) in COLUMNS {
                let day = &row[column];
                if !day.is_empty() {
                    let (state, treaty) = (&row["state"], &row["treaty"]);
                    writeln!(text, "  \"{state}\" {word} \"{treaty}\" on {day}").expect("a string takes all");
                }
            }
        }
        text
    }
}

fn vocabulary(sets: &[DataSet]) -> String {
    let rows = || sets.iter().flat_map(|it| &it.rows);
    let states: BTreeSet<&String> = rows().map(|it| &it["state"]).collect();
    let treaties: BTreeSet<&String> = rows().map(|it| &it["treaty"]).collect();
    let mut text = LIFECYCLE.to_owned();
    for state in states {
        writeln!(text, "party \"{state}\"").expect("a string takes all");
    }
    for treaty in treaties {
        writeln!(text, "bloc \"{treaty}\"\n  lifecycle treaty").expect("a string takes all");
    }
    text
}

/// The most memory the process had, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |it| it.trim().to_owned())
}
