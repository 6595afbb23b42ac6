//! What is measured in process. It runs in a process of its own, so that what it holds does not count for others.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use accede::date::Day;
use accede::infer::{Histories, Problem, infer, sift};
use accede::pair::{Supposed, folded, problem};
use accede::render::text::{self, Style};
use accede::roster::Entry;
use accede::{Engine, File, Roster};

use crate::workload::date;

/// The figures of one kind of work on the rule files of a folder, one line.
pub(crate) fn figures(what: &str, folder: &Path) -> String {
    match what {
        "read" => read(folder),
        "warm" => warm(folder),
        "roster" => roster(folder),
        "render" => render(folder),
        "repair" => repairs(folder),
        "histories" => histories(folder),
        _ => panic!("no such work: {what}"),
    }
}

fn files(folder: &Path) -> Vec<File> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|it| it.expect("it can be listed").path()).collect();
    paths.sort();
    let file = |it: &PathBuf| File::new(it.to_string_lossy(), fs::read_to_string(it).expect("a rule file"));
    paths.iter().map(file).collect()
}

/// Megabytes a second from text to ledger.
fn read(folder: &Path) -> String {
    let files = files(folder);
    let bytes: usize = files.iter().map(|it| it.text.len()).sum();
    let begun = Instant::now();
    let engine = Engine::read(files, &[]);
    let took = begun.elapsed().as_secs_f64();
    format!("{} {}", bytes as f64 / 1e6 / took, engine.ledger().claims.len())
}

/// Questions a second about members, each bloc asked about before, and rows an answer.
fn warm(folder: &Path) -> String {
    let engine = Engine::read(files(folder), &[]);
    let ask = |bloc: usize, day: i32| {
        let question = format!("members of B{bloc:04} on {}", date(day));
        black_box(engine.ask(&question).expect("an answer")).rows.len()
    };
    let blocs = engine.ledger().blocs.len();
    for bloc in 0..blocs {
        ask(bloc, 720_000);
    }
    asked(blocs, ask)
}

/// Days a second that rosters are asked about, all rows looked at, and rows a day.
fn roster(folder: &Path) -> String {
    let engine = Engine::read(files(folder), &[]);
    let blocs = engine.ledger().blocs.len();
    let rosters: Vec<Roster> =
        (0..blocs).map(|it| engine.roster(&format!("B{it:04}")).expect("a bloc")).collect();
    let looked_at = |it: Entry| it.party_id() as usize + it.status().len() + it.verdict() as usize;
    asked(blocs, |bloc, day| {
        let add = |(sum, rows): (usize, usize), it: Entry| (sum + looked_at(it), rows + 1);
        black_box(rosters[bloc].on(Day(day)).fold((0, 0), add)).1
    })
}

/// How often a second blocs can be asked about days, one after the other, and rows an answer.
fn asked(blocs: usize, ask: impl Fn(usize, i32) -> usize) -> String {
    const SECONDS: f64 = 2.;
    let (mut questions, mut rows) = (0, 0);
    let begun = Instant::now();
    while begun.elapsed().as_secs_f64() < SECONDS {
        rows += ask(questions * 7_919 % blocs, (715_000 + questions * 104_729 % 20_000) as i32);
        questions += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    format!("{} {}", questions as f64 / took, rows as f64 / questions as f64)
}

/// Seconds a finding, for people, and how many were rendered.
fn render(folder: &Path) -> String {
    let engine = Engine::read(files(folder), &[]);
    let findings = engine.check();
    let some: Vec<_> = findings.iter().step_by(findings.len().div_ceil(1_000).max(1)).collect();
    let style = Style { width: 100, color: false, unicode: true };
    let begun = Instant::now();
    for it in &some {
        black_box(text::finding(it, engine.sources(), style));
    }
    format!("{} {}", begun.elapsed().as_secs_f64() / some.len() as f64, some.len())
}

/// Seconds a pair for the claims to withdraw, the fewest of them in all, and how many pairs.
fn repairs(folder: &Path) -> String {
    of_each_pair(folder, |problem| {
        let withdrawn = sift(problem, Histories::OfNone, |_| ()).0.left_out.into_iter();
        withdrawn.map(|it| problem.claims[it].trust).sum()
    })
}

/// The same for the simplest histories of all repairs, with hearings for what is overruled.
fn histories(folder: &Path) -> String {
    of_each_pair(folder, |problem| {
        let withdrawn = black_box(infer(problem)).left_out.into_iter();
        withdrawn.map(|it| problem.claims[it].trust).sum()
    })
}

/// What is said of each pair is put together before: z3's problems are not counted either.
fn of_each_pair(folder: &Path, work: impl Fn(&mut Problem) -> u32) -> String {
    let engine = Engine::read(files(folder), &[]);
    let ledger = engine.ledger();
    let claims = |bloc, party| folded(ledger, bloc, party, &Supposed::default()).0;
    let named = ledger.named_pairs().map(|(bloc, party)| problem(ledger, bloc, party, claims(bloc, party)));
    let mut problems: Vec<Problem> = named.collect();
    let begun = Instant::now();
    let fewest: u32 = problems.iter_mut().map(work).sum();
    let took = begun.elapsed().as_secs_f64();
    format!("{} {fewest} {}", took / problems.len() as f64, problems.len())
}
