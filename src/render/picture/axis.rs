//! The ticks of a time axis.

use chrono::Datelike;

use crate::date::{Day, Window};

/// A day on the axis, and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::render) struct Tick {
    pub(in crate::render) day: Day,
    pub(in crate::render) label: String,
}

/// How far a tick is from the next.
#[derive(Clone, Copy)]
enum Step {
    Days(i32),
    Months(i32),
    Years(i32),
}

const STEPS: [Step; 21] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(5),
    Step::Days(10),
    Step::Days(20),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1000),
    Step::Years(2000),
    Step::Years(5000),
];

/// Between two labels, in letters.
const GAP: i64 = 2;

/// The closest ticks whose labels do not overlap on an axis that has room for so many letters. Where hardly a tick
/// falls into the span, its first day is one.
pub(in crate::render) fn ticks(span: Window, letters: usize) -> Vec<Tick> {
    let length = i64::from(span.latest.0) - i64::from(span.earliest.0) + 1;
    let letters = letters as i64;
    let has_room = |step: &&Step| step.days() * letters >= (step.letters() + GAP) * length;
    let step = STEPS.iter().find(has_room).unwrap_or(&Step::Years(5000));
    let mut ticks = step.ticks(span);
    if ticks.len() < 2 {
        let first = Tick { day: span.earliest, label: span.earliest.to_string() };
        let end = first.label.len() as i64 + GAP;
        ticks.retain(|it| i64::from(it.day.0 - span.earliest.0) * letters >= end * length);
        ticks.insert(0, first);
    }
    ticks
}

impl Step {
    /// At least so many days.
    fn days(self) -> i64 {
        match self {
            Step::Days(count) => i64::from(count),
            Step::Months(count) => i64::from(count) * 28,
            Step::Years(count) => i64::from(count) * 365,
        }
    }

    /// At most so many letters in a label.
    fn letters(self) -> i64 {
        match self {
            Step::Days(_) => 11,
            Step::Months(_) => 8,
            Step::Years(_) => 5,
        }
    }

    fn ticks(self, span: Window) -> Vec<Tick> {
        let (Some(first), Some(last)) = (span.earliest.to_chrono(), span.latest.to_chrono()) else {
            return Vec::new();
        };
        let months = |it: chrono::NaiveDate| it.year() * 12 + it.month0() as i32;
        let days: Vec<Option<Day>> = match self {
            Step::Days(count) => {
                multiples(count, span.earliest.0, span.latest.0).map(|it| Some(Day(it))).collect()
            }
            Step::Months(count) => multiples(count, months(first), months(last))
                .map(|it| Day::of(it.div_euclid(12), it.rem_euclid(12) as u32 + 1, 1))
                .collect(),
            Step::Years(count) => {
                multiples(count, first.year(), last.year()).map(|it| Day::of(it, 1, 1)).collect()
            }
        };
        days.into_iter().flatten().filter(|it| span.contains(*it)).map(|it| self.tick(it)).collect()
    }

    /// With as much of the date as tells it from its neighbours.
    fn tick(self, day: Day) -> Tick {
        let mut label = day.to_string();
        let cut = match self {
            Step::Days(_) => 0,
            Step::Months(_) => "-01".len(),
            Step::Years(_) => "-01-01".len(),
        };
        label.truncate(label.len() - cut);
        Tick { day, label }
    }
}

/// The multiples of a number from the first to the last of a range.
fn multiples(of: i32, first: i32, last: i32) -> impl Iterator<Item = i32> {
    let first = first.div_euclid(of) * of;
    (first..=last).step_by(of as usize)
}
