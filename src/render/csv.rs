//! CSV of answers: one row a row, for spreadsheets and statistical software.

use csv::Writer;

use crate::answer::{Answer, Evidence};
use crate::date::Day;

/// The rows, with a header if it is asked for. Several statuses are joined by `|`, several claims, each as `file:line`, by `; `.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn answer(answer: &Answer, with_header: bool) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let header = [
        "party",
        "bloc",
        "from",
        "to",
        "status",
        "otherwise",
        "verdict",
        "last_evidence",
        "because",
        "against",
    ];
    let mut write = |cells: [&str; 10]| writer.write_record(cells).expect("a string takes all");
    if with_header {
        write(header);
    }
    for row in &answer.rows {
        write([
            &text(&row.party),
            &text(&row.bloc),
            &day(row.from),
            &day(row.to),
            &text(&row.status.join("|")),
            &text(&row.otherwise.join("|")),
            row.verdict.word(),
            &row.last_evidence.map(day).unwrap_or_default(),
            &text(&places(&row.because)),
            &text(&places(&row.against)),
        ]);
    }
    String::from_utf8(writer.into_inner().expect("a string takes all")).expect("all cells are UTF-8")
}

fn day(day: Day) -> String {
    if day.is_open() { String::new() } else { day.to_string() }
}

fn text(cell: &str) -> String {
    let safe = super::safe::printable(cell);
    if safe.starts_with(['=', '+', '-', '@']) { format!("'{safe}") } else { safe.into_owned() }
}

fn places(evidence: &[Evidence]) -> String {
    let places: Vec<String> = evidence.iter().map(|it| format!("{}:{}", it.file, it.line)).collect();
    places.join("; ")
}
