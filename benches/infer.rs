//! How long inference takes on each pair of party and bloc of some rule files, in microseconds.
//!
//! ```text
//! cargo bench --bench infer -- FOLDER [OUTCOMES]
//! ```
//!
//! Pairs whose claims all fit, and pairs in contradiction with their disagreements, are timed apart.
//! With OUTCOMES what was found is written to that file, a line for each pair, to be compared with another version's.

#![expect(clippy::print_stdout, reason = "it reports")]

use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use accede::Engine;
use accede::infer::{Conflicts, Problem, disagreements, glance, infer};
use accede::pair::{Supposed, folded, problem};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let Some(folder) = arguments.first() else {
        println!("infer: name a folder of rule files");
        return;
    };
    let engine = Engine::load(&[PathBuf::from(folder)], &[]);
    let ledger = engine.ledger();
    let pairs = ledger.blocs().flat_map(|bloc| ledger.named_in(bloc).map(move |party| (bloc, party)));
    let problems: Vec<Problem> = pairs
        .map(|(bloc, party)| {
            problem(ledger, bloc, party, folded(ledger, bloc, party, &Supposed::default()).0)
        })
        .collect();
    let (mut fitting, mut contradicting, mut glances) =
        (Spent::default(), Spent::default(), Spent::default());
    let mut written = String::new();
    for problem in &problems {
        let (inferred, outcome) = timed(|| infer(problem));
        let kept: Vec<usize> =
            (0..problem.claims.len()).filter(|it| !outcome.left_out.contains(it)).collect();
        let (searched, found) =
            timed(|| disagreements(problem, &kept, &outcome.left_out, Conflicts::default()));
        let (glanced_in, glanced) = timed(|| glance(problem));
        glances.add([glanced_in, Duration::ZERO]);
        let spent = if outcome.left_out.is_empty() { &mut fitting } else { &mut contradicting };
        spent.add([inferred, searched]);
        writeln!(written, "{outcome:?} {found:?} {glanced:?}").expect("a string takes all");
    }
    println!("fitting       {fitting}");
    println!("contradicting {contradicting}");
    println!("glances       {glances}");
    if let Some(path) = arguments.get(1) {
        std::fs::write(path, written).expect("a file that can be written");
    }
}

/// The least of a few times, since other processes take their share.
fn timed<T>(work: impl Fn() -> T) -> (Duration, T) {
    let once = || {
        let begun = Instant::now();
        let result = std::hint::black_box(work());
        (begun.elapsed(), result)
    };
    let again = (1..TIMES).map(|_| once().0).min();
    let (time, result) = once();
    (again.map_or(time, |it| it.min(time)), result)
}

const TIMES: usize = 5;

/// Time for inference and for the search for disagreements.
#[derive(Default)]
struct Spent {
    pairs: u32,
    all: [Duration; 2],
    most: Duration,
}

impl Spent {
    fn add(&mut self, spent: [Duration; 2]) {
        self.pairs += 1;
        self.all[0] += spent[0];
        self.all[1] += spent[1];
        self.most = self.most.max(spent[0] + spent[1]);
    }
}

impl std::fmt::Display for Spent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let each = |all: Duration| all.as_secs_f64() * 1e6 / f64::from(self.pairs.max(1));
        let most = self.most.as_secs_f64() * 1e6;
        write!(f, "{:6} pairs: infer {:8.2}, ", self.pairs, each(self.all[0]))?;
        write!(f, "disagreements {:8.2}, the slowest pair {most:.0}", each(self.all[1]))
    }
}
