//! The engine in process, step by step: `cargo bench --bench engine`.

mod workload;

use std::hint::black_box;

use accede::date::Day;
use accede::render::text::{self, Style};
use accede::roster::Entry;
use accede::{Engine, File};
use divan::Bencher;
use divan::counter::BytesCount;

use workload::Workload;

const QUESTION: &str = "members of B0007 on 2000-01-01";
const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

fn files(texts: &[(String, String)]) -> Vec<File> {
    texts.iter().map(|(path, text)| File::new(path, text.as_str())).collect()
}

fn engine(claims: usize) -> Engine {
    Engine::read(files(&Workload::mixed(claims).texts()), &[])
}

/// Text to ledger.
#[divan::bench(args = SIZES, sample_count = 10)]
fn read(bencher: Bencher, claims: usize) {
    let texts = Workload::mixed(claims).texts();
    let bytes: usize = texts.iter().map(|it| it.1.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| files(&texts))
        .bench_values(|it| Engine::read(it, &[]));
}

/// The first question about a bloc: its pairs are inferred.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn ask_cold(bencher: Bencher, claims: usize) {
    let texts = Workload::mixed(claims).texts();
    bencher
        .with_inputs(|| Engine::read(files(&texts), &[]))
        .bench_local_refs(|it| black_box(it.ask(QUESTION).expect("an answer")));
}

/// A question about a bloc that was asked about before.
#[divan::bench(args = SIZES)]
fn ask_warm(bencher: Bencher, claims: usize) {
    let engine = engine(claims);
    black_box(engine.ask(QUESTION).expect("an answer"));
    bencher.bench_local(|| black_box(engine.ask(QUESTION).expect("an answer")));
}

/// A day of a bloc whose roster was made before.
#[divan::bench(args = SIZES)]
fn roster_on(bencher: Bencher, claims: usize) {
    let engine = engine(claims);
    let roster = engine.roster("B0007").expect("a bloc");
    let day = Day::of(2000, 1, 1).expect("a day");
    let looked_at = |it: Entry| it.party_id() as usize + it.status().len() + it.verdict() as usize;
    bencher.bench_local(|| black_box(roster.on(black_box(day)).map(looked_at).sum::<usize>()));
}

/// All findings on one pair with many claims, most of which say the same again.
#[divan::bench(args = [10, 100, 1_000], sample_count = 20, sample_size = 1)]
fn check_a_pair(bencher: Bencher, claims: usize) {
    let text = workload::worst::one_pair(claims);
    bencher
        .with_inputs(|| Engine::read(vec![File::new("pair.accede", text.as_str())], &[]))
        .bench_local_refs(|it| black_box(it.check()));
}

/// One finding for people, whatever the size of its file.
#[divan::bench(args = SIZES, sample_count = 20)]
fn render_a_finding(bencher: Bencher, claims: usize) {
    let engine = engine(claims);
    let mut findings = engine.check();
    let last = findings.pop().expect("a finding");
    let style = Style { width: 100, color: false, unicode: true };
    bencher.bench_local(|| text::finding(black_box(&last), engine.sources(), style));
}
