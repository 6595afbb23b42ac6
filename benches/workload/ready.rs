//! The workload made ready for the peers: who certainly belonged, or did not, from which day to which, one row a claim.
//!
//! That is most of the work done for them, and in their favour: they join intervals, and find no history.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::write::{bloc, party};
use super::{Claim, Day, OPEN, Workload, date};

/// A row: the party certainly belongs, or does not, on all of these days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) party: u32,
    pub(crate) bloc: u32,
    pub(crate) inside: bool,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

impl Row {
    fn named(&self) -> String {
        format!("{},{},{}", party(self.party), bloc(self.bloc), self.days())
    }

    fn days(&self) -> String {
        format!("{},{}", self.from, self.to)
    }
}

impl Workload {
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        let claims = self.articles.iter().flat_map(|it| &it.claims).map(|it| self.row(it));
        claims.chain(self.articles.iter().filter_map(|it| it.only.as_ref()).flat_map(|it| {
            (0..self.parties).map(|party| Row {
                party,
                bloc: it.bloc,
                inside: it.parties.contains(&party),
                from: it.day,
                to: it.day,
            })
        }))
    }

    /// An event speaks of the days up to the next change, a state of its own day.
    fn row(&self, claim: &Claim) -> Row {
        let pair = &self.pairs[claim.pair as usize];
        let inside = claim.what.is_inside();
        let (_, from) = claim.window();
        let next = pair.changes.iter().find(|it| it.0 > from && it.1.is_inside() != inside);
        let (from, to) = if claim.what.is_event() {
            (from, next.map_or(OPEN, |it| it.0 - 1))
        } else {
            (claim.day, claim.day)
        };
        Row { party: pair.party, bloc: pair.bloc, inside, from, to }
    }

    /// `claims.csv`, `member.csv` and `outside.csv` for databases and Datalog; days are numbers, which is fastest to read.
    pub(crate) fn write_rows(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let create = |it: &str| File::create(folder.join(it)).map(BufWriter::new);
        let [mut all, mut member, mut outside] =
            [create("claims.csv")?, create("member.csv")?, create("outside.csv")?];
        writeln!(all, "party,bloc,kind,first,last")?;
        writeln!(member, "party,bloc,first,last")?;
        writeln!(outside, "party,bloc,first,last")?;
        for it in self.rows() {
            let kind = if it.inside { "member" } else { "outside" };
            writeln!(all, "{},{},{kind},{}", party(it.party), bloc(it.bloc), it.days())?;
            writeln!(if it.inside { &mut member } else { &mut outside }, "{}", it.named())?;
        }
        [all, member, outside].iter_mut().try_for_each(Write::flush)?;
        self.write_spells(folder)
    }

    /// Bloc, party, first and last day, as numbers: `stretches.csv` has a row for each claim that says inside, `spells.csv`
    /// for each spell, put together from these.
    fn write_spells(&self, folder: &Path) -> io::Result<()> {
        let mut rows: Vec<Row> = self.rows().filter(|it| it.inside).collect();
        rows.sort_unstable_by_key(|it| (it.bloc, it.party, it.from, it.to));
        let mut spells: Vec<Row> = Vec::new();
        for &row in &rows {
            match spells.last_mut() {
                Some(it) if (it.bloc, it.party) == (row.bloc, row.party) && row.from <= it.to + 1 => {
                    it.to = it.to.max(row.to);
                }
                _ => spells.push(row),
            }
        }
        for (name, rows) in [("stretches.csv", rows), ("spells.csv", spells)] {
            let mut file = BufWriter::new(File::create(folder.join(name))?);
            for it in rows {
                writeln!(file, "{},{},{}", it.bloc, it.party, it.days())?;
            }
            file.flush()?;
        }
        Ok(())
    }

    /// The same contradictions for Beancount: a balance of 1 is belonging, and what a claim says is asserted.
    pub(crate) fn write_ledger(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        writeln!(file, "1900-01-01 open Equity:World\n1900-01-01 commodity SEAT")?;
        for pair in &self.pairs {
            let account = format!("Assets:{}:{}", bloc(pair.bloc), party(pair.party));
            writeln!(file, "1900-01-01 open {account}")?;
            let mut before = false;
            for (day, what) in &pair.changes {
                if before == what.is_inside() {
                    continue;
                }
                before = !before;
                let seats = if before { 1 } else { -1 };
                writeln!(file, "{} * \"change\"\n  {account}  {seats} SEAT\n  Equity:World", date(*day))?;
            }
        }
        // An assertion is about the beginning of its day.
        for claim in self.articles.iter().flat_map(|it| &it.claims) {
            let pair = &self.pairs[claim.pair as usize];
            let (next, seats) = (date(claim.day + 1), u8::from(claim.what.is_inside()));
            writeln!(file, "{next} balance Assets:{}:{}  {seats} SEAT", bloc(pair.bloc), party(pair.party))?;
        }
        file.flush()
    }
}
