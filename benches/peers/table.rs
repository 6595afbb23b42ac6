//! The table: what was measured, against whom, and whether the goal is met.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What is counted. More of a rate is better, less of all others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Seconds,
    BytesAClaim,
    MegabytesASecond,
    QuestionsASecond,
    Plain,
}

impl Unit {
    fn is_rate(self) -> bool {
        matches!(self, Unit::MegabytesASecond | Unit::QuestionsASecond)
    }

    fn shown(self, value: f64) -> String {
        match self {
            Unit::Seconds if value < 1e-4 => format!("{} µs", digits(value * 1e6)),
            Unit::Seconds if value < 1. => format!("{} ms", digits(value * 1e3)),
            Unit::Seconds => format!("{} s", digits(value)),
            Unit::BytesAClaim => format!("{} B a claim", digits(value)),
            Unit::MegabytesASecond => format!("{} MB/s", digits(value)),
            Unit::QuestionsASecond => format!("{} a second", digits(value)),
            Unit::Plain => digits(value),
        }
    }
}

/// Three digits that count.
fn digits(value: f64) -> String {
    let decimals = (2. - value.abs().max(1e-9).log10().floor()).clamp(0., 4.) as usize;
    format!("{value:.decimals$}")
}

#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// Accede's cost divided by the peer's is below this.
    Ratio(f64),
    /// Accede's own figure is at most this, or at least, where it is a rate.
    Value(f64),
    /// None was set: for comparison.
    None,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) work: String,
    pub(crate) peer: String,
    pub(crate) unit: Unit,
    pub(crate) accede: Vec<f64>,
    /// One for each of accede's, run after it; empty if nobody else does this.
    pub(crate) others: Vec<f64>,
    pub(crate) goal: Goal,
    /// Why a figure is missing, or what else is to be said.
    pub(crate) note: String,
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        it if it % 2 == 1 => Some(sorted[half]),
        _ => Some(f64::midpoint(sorted[half - 1], sorted[half])),
    }
}

impl Row {
    /// Of each pair of runs, accede's cost divided by the other's.
    fn ratios(&self) -> Vec<f64> {
        let ratio = |(a, b): (&f64, &f64)| if self.unit.is_rate() { b / a } else { a / b };
        self.accede.iter().zip(&self.others).map(ratio).collect()
    }

    pub(crate) fn is_met(&self) -> Option<bool> {
        match self.goal {
            Goal::Ratio(goal) => median(&self.ratios()).map(|it| it < goal),
            Goal::Value(goal) if self.unit.is_rate() => median(&self.accede).map(|it| it >= goal),
            Goal::Value(goal) => median(&self.accede).map(|it| it <= goal),
            Goal::None => None,
        }
    }

    fn cells(&self) -> [String; 7] {
        let shown = |it: &[f64]| median(it).map_or("-".to_owned(), |it| self.unit.shown(it));
        let ratios = self.ratios();
        let least = ratios.iter().copied().reduce(f64::min).unwrap_or_default();
        let most = ratios.iter().copied().reduce(f64::max).unwrap_or_default();
        let ratio = match median(&ratios) {
            Some(it) => format!("{} ({} to {})", digits(it), digits(least), digits(most)),
            None => "-".to_owned(),
        };
        let goal = match self.goal {
            Goal::Ratio(it) if it < 0.1 => format!("1/{:.0} of it", 1. / it),
            Goal::Ratio(it) => format!("< {it}"),
            Goal::Value(it) if self.unit.is_rate() => format!("at least {}", self.unit.shown(it)),
            Goal::Value(it) => format!("at most {}", self.unit.shown(it)),
            Goal::None => "-".to_owned(),
        };
        let met = match self.is_met() {
            Some(true) => "yes",
            Some(false) => "no",
            None if self.note.is_empty() => "-",
            None => &self.note,
        };
        let peer = if self.peer.is_empty() { "-".to_owned() } else { self.peer.clone() };
        [self.work.clone(), shown(&self.accede), peer, shown(&self.others), ratio, goal, met.to_owned()]
    }
}

/// As Markdown, which is a table in a terminal too.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = ["work", "accede", "peer", "its figure", "accede / peer (spread)", "goal", "met"];
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width = |at: usize| lines.iter().map(|it| it[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text = String::new();
    for (place, cells) in lines.iter().enumerate() {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(it, width)| format!("{it:width$}")).collect();
        writeln!(text, "| {} |", padded.join(" | ")).expect("a string takes all");
        if place == 0 {
            let rule: Vec<String> = widths.iter().map(|it| "-".repeat(*it)).collect();
            writeln!(text, "| {} |", rule.join(" | ")).expect("a string takes all");
        }
    }
    text
}

/// Puts the text between the two marks that carry this name.
pub(crate) fn write(path: &Path, name: &str, text: &str) {
    let page = fs::read_to_string(path).expect("the page");
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no mark {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no mark {end}"));
    fs::write(path, format!("{before}{begin}{text}{end}{after}")).expect("the page can be written");
}
