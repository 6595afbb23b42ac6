//! CSV of answers: one row a row, for spreadsheets and statistical software.

use std::fmt::Write;

use csv::Writer;
use rayon::prelude::*;

use crate::answer::{Answer, Cell, Change, Count, Evidence, Reason, Row};
use crate::date::Day;

/// What the rows are, which is by the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    Rows,
    /// Of `changes in`.
    Changes,
    /// Of `count`.
    Counts,
    /// Of `why`: the tree, each line after what it is a premise of.
    Reasons,
}

impl Kind {
    /// What an answer is printed as; `None` where it has nothing in it.
    pub fn of(answer: &Answer) -> Option<Kind> {
        if answer.why.is_some() {
            Some(Kind::Reasons)
        } else if !answer.counts.is_empty() {
            Some(Kind::Counts)
        } else if !answer.rows.is_empty() {
            Some(Kind::Rows)
        } else if !answer.changes.is_empty() {
            Some(Kind::Changes)
        } else {
            None
        }
    }

    fn header(self) -> &'static [&'static str] {
        match self {
            Kind::Rows => &[
                "party",
                "bloc",
                "from",
                "to",
                "status",
                "inside",
                "otherwise",
                "verdict",
                "last_evidence",
                "because",
                "against",
            ],
            Kind::Changes => &[
                "party",
                "bloc",
                "from_status",
                "to_status",
                "earliest",
                "latest",
                "assumed",
                "disputed",
                "because",
            ],
            Kind::Counts => {
                &["from", "to", "least", "most", "verdict", "sure", "possible", "because", "against"]
            }
            Kind::Reasons => &["depth", "rule", "conclusion", "article", "file", "line"],
        }
    }
}

/// Rows whose cells are made at once.
const CHUNK: usize = 1 << 10;

/// The rows, with a header if it is asked for. Several statuses or names are joined by `|`, several claims, each as
/// `file:line`, by `; `. An answer with nothing in it has no rows of whatever kind.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn answer(answer: &Answer, with_header: bool) -> String {
    let kind = Kind::of(answer).unwrap_or(Kind::Rows);
    let mut writer = Writer::from_writer(Vec::new());
    let mut write = |cells: &[String]| writer.write_record(cells).expect("a string takes all");
    if with_header {
        write(&kind.header().iter().map(ToString::to_string).collect::<Vec<_>>());
    }
    match kind {
        // Many at once, and not all, so that few cells are kept.
        Kind::Rows => answer.rows.chunks(CHUNK).for_each(|some| {
            let cells: Vec<_> = some.par_iter().with_max_len(8).map(row).collect();
            for it in &cells {
                write(it);
            }
        }),
        Kind::Changes => answer.changes.iter().for_each(|it| write(&change(it))),
        Kind::Counts => answer.counts.iter().for_each(|it| write(&count(it))),
        Kind::Reasons => answer.why.iter().for_each(|it| reasons(it, 0, &mut write)),
    }
    String::from_utf8(writer.into_inner().expect("a string takes all")).expect("all cells are UTF-8")
}

/// A table of parties, blocs and days, with a header if it is asked for.
pub fn panel(cells: &[Cell], with_header: bool) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let mut write = |cells: [&str; 7]| writer.write_record(cells).expect("a string takes all");
    if with_header {
        write(["bloc", "party", "date", "status", "inside", "otherwise", "verdict"]);
    }
    for it in cells {
        write([
            &text(&it.bloc),
            &text(&it.party),
            &day(it.date),
            &text(&it.status.join("|")),
            inside(it.inside),
            &text(&it.otherwise.join("|")),
            it.verdict.word(),
        ]);
    }
    String::from_utf8(writer.into_inner().expect("a string takes all")).expect("all cells are UTF-8")
}

fn inside(inside: Option<bool>) -> &'static str {
    match inside {
        Some(true) => "true",
        Some(false) => "false",
        None => "",
    }
}

fn row(row: &Row) -> [String; 11] {
    [
        text(&row.party),
        text(&row.bloc),
        day(row.from),
        day(row.to),
        text(&row.status.join("|")),
        inside(row.inside).to_owned(),
        text(&row.otherwise.join("|")),
        row.verdict.word().to_owned(),
        row.last_evidence.map(day).unwrap_or_default(),
        text(&places(&row.because)),
        text(&places(&row.against)),
    ]
}

fn change(change: &Change) -> [String; 9] {
    [
        text(&change.party),
        text(&change.bloc),
        text(&change.from),
        text(&change.to),
        day(change.earliest),
        day(change.latest),
        change.assumed.to_string(),
        change.disputed.to_string(),
        text(&places(&change.because)),
    ]
}

fn count(count: &Count) -> [String; 9] {
    [
        day(count.from),
        day(count.to),
        count.least.to_string(),
        count.most.to_string(),
        count.verdict.word().to_owned(),
        text(&count.sure.join("|")),
        text(&count.possible.join("|")),
        text(&places(&count.because)),
        text(&places(&count.against)),
    ]
}

fn reasons(reason: &Reason, depth: usize, write: &mut dyn FnMut(&[String])) {
    let [article, file, line] = match &reason.evidence {
        Some(it) => [text(&it.article), text(&it.file), it.line.to_string()],
        None => Default::default(),
    };
    write(&[depth.to_string(), text(reason.rule), text(&reason.conclusion), article, file, line]);
    for it in &reason.premises {
        reasons(it, depth + 1, write);
    }
}

fn day(day: Day) -> String {
    if day.is_open() { String::new() } else { day.to_string() }
}

fn text(cell: &str) -> String {
    let safe = super::safe::printable(cell);
    if safe.starts_with(['=', '+', '-', '@']) { format!("'{safe}") } else { safe.into_owned() }
}

fn places(evidence: &[Evidence]) -> String {
    let mut places = String::new();
    for it in evidence {
        let gap = if places.is_empty() { "" } else { "; " };
        write!(places, "{gap}{}:{}", it.file, it.line).expect("a string takes all");
    }
    places
}
