//! Stretches of days as bars over a time axis: which lines, which days, which ticks. [`bars`](super::bars) draws
//! them in a terminal, [`svg`](super::svg) as a picture.

mod axis;

use indexmap::{IndexMap, IndexSet};

pub(super) use self::axis::ticks;
use crate::answer::{Answer, Row, Verdict};
use crate::date::{Day, Window};

/// The bars of an answer.
#[derive(Debug)]
pub(super) struct Picture<'a> {
    /// The days from the left edge to the right one.
    pub(super) span: Window,
    pub(super) lanes: Vec<Lane<'a>>,
    /// Those that are in no doubt somewhere, in the order in which they turn up.
    pub(super) statuses: Vec<&'a str>,
    /// The one that a history begins with, if others follow.
    pub(super) beginning: Option<usize>,
}

/// One line of bars.
#[derive(Debug)]
pub(super) struct Lane<'a> {
    pub(super) label: String,
    pub(super) bars: Vec<Bar<'a>>,
}

/// A stretch, with the days of it that are shown.
#[derive(Debug)]
pub(super) struct Bar<'a> {
    pub(super) row: &'a Row,
    pub(super) days: Window,
    pub(super) kind: Kind,
}

/// What a bar looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A status, by its place among those of the picture, that is not in doubt.
    Status(usize),
    Possible,
    Disputed,
    Planned,
}

impl<'a> Picture<'a> {
    /// The picture of an answer that has stretches of more than a day, some of whose ends are known.
    pub(super) fn of(answer: &'a Answer) -> Option<Picture<'a>> {
        if !answer.open.days {
            return None;
        }
        let span = span(&answer.rows)?;
        let naming = Naming::of(&answer.rows);
        let statuses = statuses(&answer.rows);
        let mut lanes: IndexMap<String, Vec<Bar>> = IndexMap::new();
        for row in &answer.rows {
            let days = Window::new(row.from, row.to).intersect(span);
            let kind = kind(row, &statuses);
            lanes.entry(naming.label(row)).or_default().push(Bar { row, days, kind });
        }
        let lanes = lanes.into_iter().map(|(label, bars)| Lane { label, bars }).collect();
        let begins = |it: &&Row| it.inside == Some(false);
        let first = answer.rows.iter().filter(begins).find_map(certain);
        let beginning = first.and_then(|it| statuses.get_index_of(it));
        Some(Picture { span, lanes, statuses: statuses.into_iter().collect(), beginning })
    }

    /// Every kind of bar in it, with its name.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (Kind, &'a str)> {
        let has = |kind| self.lanes.iter().flat_map(|it| &it.bars).any(|it| it.kind == kind);
        let statuses = self.statuses.iter().enumerate().map(|(place, it)| (Kind::Status(place), *it));
        statuses.chain(DOUBTS.into_iter().filter(move |it| has(it.0)))
    }

    /// The place of a status among those that no history begins with.
    pub(super) fn rank(&self, status: usize) -> Option<usize> {
        match self.beginning {
            Some(first) if first == status => None,
            Some(first) if first < status => Some(status - 1),
            _ => Some(status),
        }
    }

    /// The days that are shown.
    pub(super) fn length(&self) -> i64 {
        i64::from(self.span.latest.0) - i64::from(self.span.earliest.0) + 1
    }

    /// How many days after the left edge a day is.
    pub(super) fn offset(&self, day: Day) -> i64 {
        i64::from(day.0) - i64::from(self.span.earliest.0)
    }
}

/// The kinds of bars that are in doubt, by name.
const DOUBTS: [(Kind, &str); 3] =
    [(Kind::Possible, "possible"), (Kind::Disputed, "disputed"), (Kind::Planned, "planned")];

/// The status of a row that is in no doubt.
fn certain(row: &Row) -> Option<&str> {
    match (row.verdict, &row.status[..]) {
        (Verdict::Attested | Verdict::Inferred | Verdict::Presumed, [status]) => Some(status),
        _ => None,
    }
}

/// Those that are certain somewhere, in the order in which they turn up, certain or not.
fn statuses(rows: &[Row]) -> IndexSet<&str> {
    let certain: IndexSet<&str> = rows.iter().filter_map(certain).collect();
    let all = rows.iter().flat_map(|it| &it.status).map(String::as_str);
    all.filter(|it| certain.contains(it)).collect()
}

/// The weakest thing that can be said of a row.
fn kind(row: &Row, statuses: &IndexSet<&str>) -> Kind {
    let status = certain(row).and_then(|it| statuses.get_index_of(it));
    match (row.verdict, status) {
        (_, Some(status)) => Kind::Status(status),
        (Verdict::Disputed, _) => Kind::Disputed,
        (Verdict::Planned, _) => Kind::Planned,
        _ => Kind::Possible,
    }
}

/// What the lines differ in.
struct Naming {
    one_party: bool,
    one_bloc: bool,
}

impl Naming {
    fn of(rows: &[Row]) -> Naming {
        let same = |of: fn(&Row) -> &str| rows.windows(2).all(|it| of(&it[0]) == of(&it[1]));
        Naming { one_party: same(|it| &it.party), one_bloc: same(|it| &it.bloc) }
    }

    /// The name of a row's line. Plans have lines of their own, as others speak of the same days.
    fn label(&self, row: &Row) -> String {
        let name = match (self.one_party, self.one_bloc) {
            (_, true) => row.party.clone(),
            (true, false) => row.bloc.clone(),
            (false, false) => format!("{} in {}", row.party, row.bloc),
        };
        if row.verdict == Verdict::Planned { format!("{name} (planned)") } else { name }
    }
}

/// From the first known day to the last one, and some more where a stretch goes on.
fn span(rows: &[Row]) -> Option<Window> {
    let known = |it: &Row| {
        let last = it.last_evidence.filter(|last| it.to.is_open() && *last >= it.from);
        [Some(it.from), Some(it.to), last].into_iter().flatten().filter(|it| !it.is_open())
    };
    let first = rows.iter().flat_map(known).min()?;
    let last = rows.iter().flat_map(known).max()?;
    let margin = if first == last { HALF_A_YEAR } else { (last.0 - first.0) / MARGIN + 1 };
    let mut span = Window::new(first, last);
    if rows.iter().any(|it| it.from.is_open()) {
        span.earliest = Day(first.0 - margin).max(Day::of(*Day::YEARS.start(), 1, 1)?).min(first);
    }
    if rows.iter().any(|it| it.to.is_open()) {
        // The first day outside can be the one after all that can be written.
        span.latest = Day(last.0 + margin).min(Day::of(*Day::YEARS.end(), 12, 31)?).max(last);
    }
    Some(span).filter(|it| !it.is_day())
}

/// Shown on an open side of a day, in days.
const HALF_A_YEAR: i32 = 183;
/// On an open side so many times less is shown than between the days that are known.
const MARGIN: i32 = 16;
