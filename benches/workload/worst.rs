//! The five worst cases, as texts: one kind of thing, and far too much of it.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use rand::RngExt;

use super::{date, day, numbers};

const HEAD: &str = "article all\n  published 2026-01-01\n";

/// All claims are about one party in one bloc; one of a thousand is wrong. Half as many days as claims are spoken of.
pub(crate) fn one_pair(claims: usize) -> String {
    let mut numbers = numbers();
    let mut text = "party P\nbloc B\n".to_owned();
    let first = day(1950, 1, 1);
    for at in 0..claims {
        if at % 10 == 0 {
            writeln!(text, "article a{at}\n  publisher \"Paper {}\"\n  published 2026-01-01", at % 997)
                .expect("a string takes all");
        }
        // Ten years inside, ten years outside, and so on.
        let days = numbers.random_range(0..25_000);
        let inside = (days / 3_650) % 2 == 1;
        let not = if inside == numbers.random_bool(0.001) { "not " } else { "" };
        writeln!(text, "  P {not}member-of B on {}  @{at}", date(first + days)).expect("a string takes all");
    }
    text
}

/// So many parties in one bloc: each joins, and one list names but a few of them.
pub(crate) fn one_bloc(parties: usize) -> String {
    let mut numbers = numbers();
    let mut text = "bloc B\n".to_owned();
    (0..parties).for_each(|it| writeln!(text, "party P{it}").expect("a string takes all"));
    text += HEAD;
    for it in 0..parties {
        let on = date(day(1950, 1, 1) + numbers.random_range(0..20_000));
        writeln!(text, "  P{it} joins B on {on}").expect("a string takes all");
    }
    text += "article list\n  published 2026-01-01\n  only P0, P1, P2 and P3 member-of B on 2015-06-15\n";
    text
}

/// Windows within windows, of one pair; the innermost is three days.
pub(crate) fn nested(windows: usize) -> String {
    let mut text = format!("party P\nbloc B\n{HEAD}");
    // Long ago, so that the widest is over when the article appears.
    let middle = day(1000, 1, 1);
    for reach in (1..=windows as i32).rev() {
        let (from, to) = (date(middle - reach), date(middle + reach));
        writeln!(text, "  P joins B between {from} and {to}").expect("a string takes all");
    }
    text
}

/// One party in so many blocs.
pub(crate) fn one_party(blocs: usize) -> String {
    let mut numbers = numbers();
    let mut text = "party P\n".to_owned();
    (0..blocs).for_each(|it| writeln!(text, "bloc B{it}").expect("a string takes all"));
    text += HEAD;
    for it in 0..blocs {
        let on = date(day(1950, 1, 1) + numbers.random_range(0..20_000));
        writeln!(text, "  P joins B{it} on {on}").expect("a string takes all");
    }
    text
}

/// So many files, each with one article of one claim, a hundred in a folder.
pub(crate) fn files(folder: &Path, files: usize) -> io::Result<()> {
    let mut numbers = numbers();
    let names =
        |letter: &str, word: &str| (0..100).map(|it| format!("{word} {letter}{it}\n")).collect::<String>();
    fs::create_dir_all(folder)?;
    fs::write(folder.join("names.accede"), names("P", "party") + &names("B", "bloc"))?;
    for at in 0..files {
        let below = folder.join(format!("{:04}", at / 100));
        if at % 100 == 0 {
            fs::create_dir_all(&below)?;
        }
        let (party, bloc) = (numbers.random_range(0..100), numbers.random_range(0..100));
        let on = date(day(1950, 1, 1) + numbers.random_range(0..20_000));
        let text =
            format!("article a{at}\n  published 2026-01-01\n  P{party} member-of B{bloc} on {on}  @1\n");
        fs::write(below.join(format!("a{at}.accede")), text)?;
    }
    Ok(())
}
