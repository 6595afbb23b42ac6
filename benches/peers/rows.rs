//! What is compared: one function for each kind of work, each with its goal.

use std::fs;
use std::path::{Path, PathBuf};

use crate::again;
use crate::commands::{Accede, Peers};
use crate::run::{Measured, Program};
use crate::table::{Goal, Row, Unit};

/// How often what takes long is run.
const FEW: usize = 3;

pub(crate) struct Bench {
    pub(crate) accede: Accede,
    pub(crate) peers: Peers,
    /// Where workloads are made.
    pub(crate) folder: PathBuf,
    pub(crate) claims: usize,
    pub(crate) runs: usize,
}

/// A kind of work, by the name that `--only` takes.
pub(crate) type Work = (&'static str, fn(&Bench) -> Vec<Row>);

pub(crate) const WORKS: [Work; 14] = [
    ("read", read),
    ("ask", ask),
    ("again", again::again),
    ("edited", again::edited),
    ("warm", warm),
    ("check", check),
    ("repeated", repeated),
    ("rules", rules),
    ("memory", memory),
    ("growth", growth),
    ("ledger", ledger),
    ("render", render),
    ("clingo", clingo),
    ("z3", z3),
];

impl Bench {
    /// The workload's folder, made by another process, so that this one stays small: a process that is measured
    /// counts the memory of the one that started it.
    pub(crate) fn made(&self, shape: &str, claims: usize, files: usize) -> PathBuf {
        let folder = self.folder.join(format!("{shape}-{claims}-{files}"));
        let (claims, files) = (claims.to_string(), files.to_string());
        own(["--make", shape, &claims, &files, &folder.to_string_lossy()]).run(&self.folder);
        folder
    }

    /// The numbers of what is measured in process.
    fn inside(&self, what: &str, files: &Path) -> Vec<f64> {
        numbers(&own(["--inside", what, &files.to_string_lossy()]).run(&self.folder))
    }

    /// Both in turn, after one run of each that does not count. `before` makes ready for each run of accede.
    fn in_turn(
        &self,
        runs: usize,
        ours: &Program,
        theirs: Option<&Program>,
        mut before: impl FnMut(usize),
    ) -> (Vec<Measured>, Vec<Measured>) {
        let (mut accede, mut others) = (Vec::new(), Vec::new());
        for run in 0..=runs {
            before(run);
            accede.push(ours.run(&self.folder));
            others.extend(theirs.map(|it| it.run(&self.folder)));
        }
        (accede.split_off(1), others.split_off(usize::from(theirs.is_some())))
    }

    /// The seconds of two programs.
    pub(crate) fn timed(
        &self,
        work: String,
        peer: (&str, Option<&Program>),
        goal: Goal,
        ours: &Program,
    ) -> Row {
        self.timed_after(work, peer, goal, ours, |_| ())
    }

    /// The same where something is to be done before each run of accede.
    pub(crate) fn timed_after(
        &self,
        work: String,
        (name, theirs): (&str, Option<&Program>),
        goal: Goal,
        ours: &Program,
        before: impl FnMut(usize),
    ) -> Row {
        let slow = matches!(name, "bean-check" | "rustledger" | "Nemo");
        let runs = if slow { self.runs.min(FEW) } else { self.runs };
        let (accede, others) = self.in_turn(runs, ours, theirs, before);
        let mut row = row(work, name, Unit::Seconds, goal);
        (row.accede, row.others) = (seconds(&accede), seconds(&others));
        if theirs.is_none() {
            row.note = "peer is not installed".into();
        }
        if let Some(it) = others.last() {
            aside(&format!("{name}: {} MiB, ends with: {}", mebibytes(it), it.last_line()));
        }
        aside(&format!("accede: {} MiB", accede.last().map_or(0, mebibytes)));
        row
    }
}

/// This very program, to do something else.
fn own<const N: usize>(arguments: [&str; N]) -> Program {
    Program::new(std::env::current_exe().expect("this program")).with(arguments)
}

fn row(work: String, peer: &str, unit: Unit, goal: Goal) -> Row {
    let (accede, others) = (Vec::new(), Vec::new());
    Row { work, peer: peer.to_owned(), unit, accede, others, goal, note: String::new() }
}

fn seconds(of: &[Measured]) -> Vec<f64> {
    of.iter().map(|it| it.seconds).collect()
}

fn mebibytes(of: &Measured) -> u64 {
    (of.peak / 1_048_576.) as u64
}

fn numbers(of: &Measured) -> Vec<f64> {
    of.last_line().split(' ').map(|it| it.parse().unwrap_or(f64::NAN)).collect()
}

/// What is no part of the table.
#[expect(clippy::print_stderr, reason = "the table goes to standard output")]
fn aside(text: &str) {
    eprintln!("    {text}");
}

fn read(of: &Bench) -> Vec<Row> {
    let files = of.made("mixed", of.claims, 1).join("rules");
    let mut row = row("claims text into the ledger".into(), "", Unit::MegabytesASecond, Goal::Value(150.));
    row.accede = (0..of.runs).map(|_| of.inside("read", &files)[0]).collect();
    vec![row]
}

fn ask(of: &Bench) -> Vec<Row> {
    let made = of.made("mixed", of.claims, 1);
    let theirs = of.peers.duckdb_members(&made.join("rows"));
    let ours = of.accede.ask(&made.join("rules"), None);
    let work = "members of a bloc on a day, from text";
    vec![of.timed(work.into(), ("DuckDB, from CSV", theirs.as_ref()), Goal::Ratio(1.), &ours)]
}

fn warm(of: &Bench) -> Vec<Row> {
    let made = of.made("mixed", of.claims, 1);
    let blocs = fs::read_to_string(made.join("rules/names.accede")).expect("a rule file");
    let blocs = blocs.lines().filter(|it| it.starts_with("bloc")).count() as u32;
    let kinds = [
        ("roster", "SQLite in process, prepared", false, Goal::Ratio(1. / 30.)),
        ("roster", "the same, a row a spell", true, Goal::None),
        ("warm", "SQLite in process, prepared", false, Goal::None),
        ("warm", "the same, a row a spell", true, Goal::None),
    ];
    let mut table = Vec::new();
    for (what, name, spells, goal) in kinds {
        let theirs = of.peers.sqlite_asked(&made.join("rows"), blocs, spells);
        let work = match what {
            "roster" => "members of a bloc on a day, in process, all rows",
            _ => "the same, questions as text",
        };
        let mut row = row(work.into(), name, Unit::QuestionsASecond, goal);
        for _ in 0..of.runs.min(FEW) {
            let ours = of.inside(what, &made.join("rules"));
            row.accede.push(ours[0]);
            let other = theirs.as_ref().map(|it| numbers(&it.run(&of.folder)));
            let rows = other.as_ref().map(|it| it[1]);
            aside(&format!("rows an answer: accede {}, SQLite {rows:?}", ours[1]));
            row.others.extend(other.map(|it| it[0]));
        }
        if theirs.is_none() {
            row.note = "peer is not installed".into();
        }
        table.push(row);
    }
    table
}

fn check(of: &Bench) -> Vec<Row> {
    let made = of.made("mixed", of.claims, 1);
    let (rules, rows) = (made.join("rules"), made.join("rows"));
    let ours = of.accede.check(&rules);
    let work = || "all findings, counted, from text".to_owned();
    let peers = [
        ("DuckDB, conflict join from CSV", of.peers.duckdb_conflicts(&rows), Goal::Ratio(1.)),
        ("SQLite, conflict join from CSV", of.peers.sqlite_conflicts(&rows), Goal::None),
        ("Nemo", of.peers.nemo_conflicts(&rows), Goal::None),
    ];
    peers
        .into_iter()
        .map(|(name, theirs, goal)| of.timed(work(), (name, theirs.as_ref()), goal, &ours))
        .collect()
}

fn repeated(of: &Bench) -> Vec<Row> {
    let made = of.made("repeated", of.claims, 1);
    let theirs = of.peers.duckdb_conflicts(&made.join("rows"));
    let ours = of.accede.check(&made.join("rules"));
    let work = "the same, shaped like real articles";
    vec![of.timed(work.into(), ("DuckDB, conflict join from CSV", theirs.as_ref()), Goal::None, &ours)]
}

/// What follows from so many memberships, to the fixpoint, and one answer from it; and how that grows from a tenth.
fn rules(of: &Bench) -> Vec<Row> {
    let measured = |memberships: usize, goal: Goal| {
        let made = of.made("memberships", memberships, 1);
        let theirs = of.peers.nemo_rules(&made.join("rows"));
        let ours = of.accede.count("W", &made.join("rules"));
        let work = format!("rules over {memberships} memberships, from text");
        of.timed(work, ("Nemo", theirs.as_ref()), goal, &ours)
    };
    let (few, all) = (measured(of.claims / 10, Goal::None), measured(of.claims, Goal::None));
    let least = |it: &Row| it.accede.iter().copied().fold(f64::INFINITY, f64::min);
    let mut growth = row("growth of rules' time: exponent".into(), "", Unit::Plain, Goal::Value(1.1));
    growth.accede = vec![(least(&all) / least(&few)).log10()];
    vec![few, all, growth]
}

/// Bytes of a folder's files.
fn size(folder: &Path) -> f64 {
    let files = fs::read_dir(folder).expect("a folder").flatten();
    files.filter_map(|it| it.metadata().ok()).map(|it| it.len() as f64).sum()
}

fn memory(of: &Bench) -> Vec<Row> {
    let rules = of.made("mixed", of.claims, 1).join("rules");
    let work = "most memory of it, beyond the text".to_owned();
    let mut row = row(work, "", Unit::BytesAClaim, Goal::Value(150.));
    let ours = of.accede.check(&rules);
    let beyond = |_| (ours.run(&of.folder).peak - size(&rules)) / of.claims as f64;
    row.accede = (0..of.runs.min(FEW)).map(beyond).collect();
    vec![row]
}

/// How time and memory grow from 10,000 claims to all of them: 1 is in proportion.
fn growth(of: &Bench) -> Vec<Row> {
    let sizes = std::iter::successors(Some(10_000), |it| Some(it * 10)).take_while(|it| *it <= of.claims);
    let mut points = Vec::new();
    for claims in sizes {
        let rules = of.made("mixed", claims, 1).join("rules");
        let (measured, _) = of.in_turn(of.runs.min(FEW), &of.accede.check(&rules), None, |_| ());
        let least = |it: fn(&Measured) -> f64| measured.iter().map(it).fold(f64::INFINITY, f64::min);
        points.push((claims as f64, least(|it| it.seconds), least(|it| it.peak)));
        aside(&format!("growth: {:?}", points.last()));
    }
    let named = |what| format!("growth of {what}, 10,000 to {} claims: exponent", of.claims);
    let mut rows = ["time", "memory"].map(|it| row(named(it), "", Unit::Plain, Goal::Value(1.05)));
    if points.len() < 2 {
        return rows.map(|it| Row { note: "needs more claims".into(), ..it }).into();
    }
    rows[0].accede = vec![slope(points.iter().map(|it| (it.0, it.1)))];
    rows[1].accede = vec![slope(points.iter().map(|it| (it.0, it.2)))];
    rows.into()
}

/// Of the straight line that fits the logarithms best.
fn slope(points: impl Iterator<Item = (f64, f64)>) -> f64 {
    let points: Vec<(f64, f64)> = points.map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let (x, y) = (
        points.iter().map(|it| it.0).sum::<f64>() / count,
        points.iter().map(|it| it.1).sum::<f64>() / count,
    );
    let products: f64 = points.iter().map(|it| (it.0 - x) * (it.1 - y)).sum();
    products / points.iter().map(|it| (it.0 - x).powi(2)).sum::<f64>()
}

fn ledger(of: &Bench) -> Vec<Row> {
    let claims = of.claims.min(100_000);
    let made = of.made("mixed", claims, 1);
    let path = made.join("rows/ledger.beancount");
    let ours = of.accede.check(&made.join("rules"));
    let work = || format!("contradictions among {claims} claims, all said");
    let peers = [("bean-check", of.peers.bean_check(&path)), ("rustledger", of.peers.rustledger(&path))];
    let timed = |(name, theirs): (&str, Option<Program>)| {
        of.timed(work(), (name, theirs.as_ref()), Goal::Ratio(1. / 50.), &ours)
    };
    peers.into_iter().map(timed).collect()
}

fn render(of: &Bench) -> Vec<Row> {
    let rules = of.made("mixed", of.claims, 1).join("rules");
    let mut row = row("one finding rendered".into(), "", Unit::Seconds, Goal::Value(50e-6));
    row.accede = (0..of.runs.min(FEW)).map(|_| of.inside("render", &rules)[0]).collect();
    vec![row]
}

/// Both find the fewest claims to withdraw; clingo has a hundredth of the claims. accede says besides what contradicts what,
/// and in the second row all findings.
fn clingo(of: &Bench) -> Vec<Row> {
    let fewer = of.claims / 100;
    let (all, few) = (of.made("states", of.claims, 1), of.made("states", fewer, 1));
    let theirs = of.peers.clingo_repair(&few.join("rows/facts.lp"));
    let rules = all.join("rules");
    let kinds = [
        (
            format!("exact repair of {} claims", of.claims),
            of.accede.check_contradictions(&rules),
            Goal::Ratio(1.),
        ),
        ("the same, with all findings".to_owned(), of.accede.check(&rules), Goal::None),
    ];
    let timed = |(work, ours, goal): (String, Program, Goal)| {
        let row = of.timed(work, ("clingo", theirs.as_ref()), goal, &ours);
        Row { peer: format!("clingo, of {fewer}"), ..row }
    };
    let table = kinds.map(timed).into();
    if let Some(theirs) = theirs {
        let printed = theirs.run(&of.folder).printed;
        let fewest = printed.lines().find_map(|it| it.strip_prefix("Optimization : ")).expect("an optimum");
        let ours = of.inside("repair", &few.join("rules"))[1];
        assert_eq!(fewest.parse().ok(), Some(ours), "clingo's fewest claims to withdraw are accede's");
    }
    table
}

/// Seconds a pair on 1,000 pairs, in process on either side; the sums of what has to go must be the same. z3 finds what has
/// to go; so does accede, and then the simplest histories besides.
fn z3(of: &Bench) -> Vec<Row> {
    let made = of.made("states", 8_000, 1);
    let theirs = of.peers.z3_repair(&made.join("rows/facts.lp"));
    let kinds = [
        ("repair", "exact repair of a pair, mean of 1,000", Goal::Ratio(1. / 1_000.)),
        ("histories", "the same, with all simplest histories", Goal::None),
    ];
    let timed = |(what, work, goal): (&str, &str, Goal)| {
        let mut row = row(work.into(), "z3", Unit::Seconds, goal);
        for _ in 0..of.runs.min(FEW) {
            let ours = of.inside(what, &made.join("rules"));
            row.accede.push(ours[0]);
            let Some(it) = &theirs else { continue };
            let other = numbers(&it.run(&of.folder));
            assert_eq!(
                (other[1], other[2]),
                (ours[1], ours[2]),
                "z3's fewest claims to withdraw, and pairs, are accede's"
            );
            row.others.push(other[0] / other[2]);
        }
        if theirs.is_none() {
            row.note = "peer is not installed".into();
        }
        row
    };
    kinds.map(timed).into()
}
