//! The form that answers and `expect` lines have in common: rows, changes and counts, one for each name.

use crate::answer::{Answer, Verdict};
use crate::date::{Day, Window};
use crate::ledger::{Ask, Expected, Named, What};
use crate::spelling::{fold, in_expectation};

/// A row, a change or a count.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The party or bloc, where the question does not say it.
    pub(super) name: Option<String>,
    pub(super) what: What,
    /// Where more than a day is asked about.
    pub(super) window: Option<Window>,
    /// Of a change there is none, and of a line where it is not to be compared.
    pub(super) verdict: Option<Verdict>,
}

/// What has to be alike in a line and the row that it describes, beside the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(Option<String>, What, Option<Window>);

const VERDICTS: [Verdict; 6] = [
    Verdict::Attested,
    Verdict::Inferred,
    Verdict::Presumed,
    Verdict::Possible,
    Verdict::Disputed,
    Verdict::Planned,
];

/// An answer by rows; one item that says so, where there is nothing.
pub(super) fn of_answer(ask: &Ask, answer: &Answer) -> Vec<Item> {
    let name = |party: &str, bloc: &str| match ask.named {
        Named::Parties => Some(party.to_owned()),
        Named::Blocs => Some(bloc.to_owned()),
        Named::Nothing => None,
    };
    let mut items = Vec::new();
    for row in &answer.rows {
        let (status, otherwise) = (row.status.clone(), row.otherwise.clone());
        items.push(Item {
            name: name(&row.party, &row.bloc),
            what: What::Rows { status, otherwise },
            window: answer.open.days.then(|| writable(row.from, row.to)),
            verdict: Some(row.verdict),
        });
    }
    let several = answer.open.days || answer.counts.len() > 1;
    for count in &answer.counts {
        items.push(Item {
            name: None,
            what: What::Count { least: count.least, most: count.most },
            window: several.then(|| writable(count.from, count.to)),
            verdict: Some(count.verdict),
        });
    }
    // The changes of a history follow from its rows, and are compared where somebody wants it.
    let wanted = ask.expected.iter().any(|it| matches!(it.what, Some(What::Change { .. })));
    if wanted || items.is_empty() {
        for change in &answer.changes {
            items.push(Item {
                name: name(&change.party, &change.bloc),
                what: What::Change { from: change.from.clone(), to: change.to.clone() },
                window: Some(writable(change.earliest, change.latest)),
                verdict: None,
            });
        }
    }
    if items.is_empty() {
        items.push(Item { name: None, what: What::Nothing, window: None, verdict: None });
    }
    items
}

/// A line by rows; none where a name of it is wrong.
pub(super) fn of_line(line: &Expected) -> Vec<Item> {
    let Some(what) = &line.what else { return Vec::new() };
    let verdict =
        line.verdict.as_deref().and_then(|it| VERDICTS.into_iter().find(|known| known.word() == it));
    let window = line.window.map(|it| writable(it.earliest, it.latest));
    let item = |name| Item { name, what: what.clone(), window, verdict };
    if line.names.is_empty() {
        return vec![item(None)];
    }
    line.names.iter().map(|it| item(Some(it.clone()))).collect()
}

/// The days as they can be written: beyond the years of the language there are none.
fn writable(from: Day, to: Day) -> Window {
    let (first, last) = (Day::of(*Day::YEARS.start(), 1, 1), Day::of(*Day::YEARS.end(), 12, 31));
    let within = |it: Day| match (first, last) {
        (Some(first), Some(last)) if !it.is_open() => it.clamp(first, last),
        _ => it,
    };
    Window::new(within(from), within(to))
}

impl Item {
    pub(super) fn key(&self) -> Key {
        let folded = |names: &[String]| {
            let mut names: Vec<String> = names.iter().map(|it| fold(it)).collect();
            names.sort();
            names
        };
        let what = match &self.what {
            What::Rows { status, otherwise } => {
                What::Rows { status: folded(status), otherwise: folded(otherwise) }
            }
            What::Change { from, to } => What::Change { from: fold(from), to: fold(to) },
            other => other.clone(),
        };
        Key(self.name.clone(), what, self.window)
    }

    /// Whether this line, which has the key of a row, describes it.
    pub(super) fn allows(&self, verdict: Option<Verdict>) -> bool {
        match self.verdict {
            // What is planned is not so, and has to be told apart.
            None => verdict != Some(Verdict::Planned),
            expected => expected == verdict,
        }
    }

    /// The verdict, where it is written.
    pub(super) fn verdict_in(&self, verdicts: bool) -> Option<Verdict> {
        self.verdict.filter(|it| verdicts || *it == Verdict::Planned)
    }

    pub(super) fn text(&self, verdicts: bool) -> String {
        let names: Vec<&str> = self.name.as_deref().into_iter().collect();
        text(self, &names, self.verdict_in(verdicts))
    }
}

/// What stands after `expect`, for rows that differ in their names alone.
pub(super) fn text(like: &Item, names: &[&str], verdict: Option<Verdict>) -> String {
    let mut words: Vec<String> = verdict.map(|it| it.word().to_owned()).into_iter().collect();
    let statuses = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|it| in_expectation(it)).collect();
        names.join(" or ")
    };
    match &like.what {
        What::Nothing => words.push("none".into()),
        What::Rows { status, otherwise } => {
            words.push(statuses(status));
            if !otherwise.is_empty() {
                words.push(format!("otherwise {}", statuses(otherwise)));
            }
        }
        What::Change { from, to } => {
            words.push(format!("{} to {}", in_expectation(from), in_expectation(to)));
        }
        What::Count { least, most } if least == most => words.push(least.to_string()),
        What::Count { least, most } => words.push(format!("{least} to {most}")),
    }
    if !names.is_empty() {
        let names: Vec<_> = names.iter().map(|it| in_expectation(it)).collect();
        words.push(names.join(", "));
    }
    let is_change = matches!(like.what, What::Change { .. });
    words
        .extend(like.window.and_then(|it| if is_change { change_days(it) } else { Some(it.said("always")) }));
    words.join(" ")
}

/// `None` where it is some day of all time.
fn change_days(Window { earliest, latest }: Window) -> Option<String> {
    Some(match (earliest.is_open(), latest.is_open()) {
        (true, true) => return None,
        (true, false) => format!("by {latest}"),
        (false, true) => format!("from {earliest} on"),
        (false, false) if earliest == latest => format!("on {earliest}"),
        (false, false) => format!("between {earliest} and {latest}"),
    })
}

/// The longest line that is written, in bytes, but where a single name is longer.
const LONGEST: usize = 10_000;

/// Lines for items, each for those that differ in their names alone, in the order of the first of them.
pub(super) fn lines(items: &[&Item], verdicts: bool) -> Vec<String> {
    grouped(items, verdicts).iter().map(|it| written(it, verdicts)).collect()
}

/// Items that are written on one line.
pub(super) fn grouped<'i>(items: &[&'i Item], verdicts: bool) -> Vec<Vec<&'i Item>> {
    let mut groups: indexmap::IndexMap<(Key, Option<&str>), Vec<Vec<&Item>>> = indexmap::IndexMap::new();
    for item in items {
        let unnamed = Item { name: None, ..(*item).clone() };
        let verdict = item.verdict_in(verdicts).map(Verdict::word);
        let lines = groups.entry((unnamed.key(), verdict)).or_default();
        match lines.last_mut() {
            Some(line) if bytes(line) < LONGEST && item.name.is_some() => line.push(item),
            _ => lines.push(vec![item]),
        }
    }
    groups.into_values().flatten().collect()
}

fn bytes(items: &[&Item]) -> usize {
    items.iter().filter_map(|it| it.name.as_ref()).map(|it| it.len() + 2).sum()
}

/// Whether a line for items is long enough.
pub(super) fn is_full(items: &[&Item]) -> bool {
    bytes(items) >= LONGEST
}

/// What stands after `expect`, for items of one line.
pub(super) fn written(items: &[&Item], verdicts: bool) -> String {
    let names: Vec<&str> = items.iter().filter_map(|it| it.name.as_deref()).collect();
    text(items[0], &names, items[0].verdict_in(verdicts))
}

/// A line without its first word.
pub(super) fn after_expect(line: &str) -> &str {
    let rest = line.strip_prefix("expect").unwrap_or(line);
    rest.trim_matches([' ', '\t', '\u{a0}', '\u{202f}', '\u{3000}'])
}
