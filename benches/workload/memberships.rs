//! A workload of rules: every party in every base bloc for a time of its own, two claims each, and a program over these
//! memberships, as rules and as Datalog. Both derive the same stretches of days: conjunctions, a disjunction, and two that feed each other.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use rand::RngExt;

use super::{date, day, numbers};

const BASES: usize = 200;
const PAIRS_OF_BASES: usize = 20;
const MEMBERSHIPS_OF_AN_ARTICLE: usize = 5;

/// `rules` and `rows` below a folder, with so many base memberships.
pub(crate) fn write(memberships: usize, folder: &Path) -> io::Result<()> {
    let (rules, rows) = (folder.join("rules"), folder.join("rows"));
    for it in [&rules, &rows] {
        if it.exists() {
            fs::remove_dir_all(it)?;
        }
        fs::create_dir_all(it)?;
    }
    let parties = memberships / BASES;
    fs::write(rules.join("names.accede"), names(parties))?;
    let mut numbers = numbers();
    let mut claims = BufWriter::new(File::create(rules.join("claims.accede"))?);
    let mut base = BufWriter::new(File::create(rows.join("base.csv"))?);
    writeln!(base, "party,bloc,first,last")?;
    for place in 0..parties * BASES {
        if place % MEMBERSHIPS_OF_AN_ARTICLE == 0 {
            writeln!(claims, "article a{:07}\n  published 2021-01-11", place / MEMBERSHIPS_OF_AN_ARTICLE)?;
        }
        let (party, bloc) = (place / BASES, place % BASES);
        let first = numbers.random_range(day(1950, 1, 1)..day(2000, 1, 1));
        let end = first + numbers.random_range(400..7_000);
        writeln!(claims, "  P{party:05} joins B{bloc:03} on {}", date(first))?;
        writeln!(claims, "  P{party:05} leaves B{bloc:03} on {}", date(end))?;
        writeln!(base, "P{party:05},B{bloc:03},{first},{}", end - 1)?;
    }
    claims.flush()?;
    base.flush()
}

fn names(parties: usize) -> String {
    let mut text = String::new();
    (0..parties).for_each(|it| writeln!(text, "party P{it:05}").expect("a string takes all"));
    (0..BASES).for_each(|it| writeln!(text, "bloc B{it:03}").expect("a string takes all"));
    (0..PAIRS_OF_BASES).for_each(|it| writeln!(text, "bloc D{it:02}").expect("a string takes all"));
    text += "bloc U\nbloc V\nbloc W\n\nrule both\n";
    for it in 0..PAIRS_OF_BASES {
        let (a, b) = (10 * it, 10 * it + 1);
        writeln!(text, "  members of B{a:03} and members of B{b:03} are members of D{it:02}")
            .expect("a string");
    }
    text += "rule either\n  members of D00 or members of D01 or members of D02 or members of D03 are members of U\n";
    text += "rule each-other\n  members of U are members of V\n  members of V are members of W\n  members of W are members of V\n";
    text
}
