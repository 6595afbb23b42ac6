//! Lifecycles as tables: statuses, the events that change them, acts that do not, and the orders they come in.

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::date::Day;

/// A status, as its place in its lifecycle's table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StatusId(pub u8);

/// An event, as its place in its lifecycle's table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct EventId(pub u8);

/// An act, as its place in its lifecycle's table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct ActId(pub u8);

/// A set of statuses of one lifecycle. It stands in every claim, so it must not ask for room to be aligned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[repr(Rust, packed(4))]
pub struct StatusSet(pub u64);

impl StatusSet {
    /// How many statuses, events or acts a lifecycle can have.
    pub const LIMIT: usize = 64;
    pub const EMPTY: StatusSet = StatusSet(0);

    pub fn of(status: StatusId) -> StatusSet {
        StatusSet(1 << status.0)
    }

    /// The first `count` statuses of the table.
    pub fn first(count: usize) -> StatusSet {
        if count >= Self::LIMIT { StatusSet(u64::MAX) } else { StatusSet((1 << count) - 1) }
    }

    pub fn contains(self, status: StatusId) -> bool {
        self.0 >> status.0 & 1 == 1
    }

    pub fn insert(&mut self, status: StatusId) {
        self.0 |= 1 << status.0;
    }

    pub fn remove(&mut self, status: StatusId) {
        self.0 &= !(1 << status.0);
    }

    pub fn union(self, other: StatusSet) -> StatusSet {
        StatusSet(self.0 | other.0)
    }

    pub fn intersect(self, other: StatusSet) -> StatusSet {
        StatusSet(self.0 & other.0)
    }

    pub fn without(self, other: StatusSet) -> StatusSet {
        StatusSet(self.0 & !other.0)
    }

    pub fn meets(self, other: StatusSet) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_subset(self, other: StatusSet) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub fn iter(self) -> impl Iterator<Item = StatusId> {
        (0..Self::LIMIT as u8).map(StatusId).filter(move |&it| self.contains(it))
    }
}

impl Extend<StatusId> for StatusSet {
    fn extend<I: IntoIterator<Item = StatusId>>(&mut self, statuses: I) {
        statuses.into_iter().for_each(|it| self.insert(it));
    }
}

impl FromIterator<StatusId> for StatusSet {
    fn from_iter<I: IntoIterator<Item = StatusId>>(statuses: I) -> StatusSet {
        let mut set = StatusSet::EMPTY;
        set.extend(statuses);
        set
    }
}

/// Statuses, events, acts and orders, as a `lifecycle` section lists them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lifecycle {
    pub name: String,
    /// The first one is where every history begins.
    pub statuses: Vec<Status>,
    pub events: Vec<Event>,
    pub acts: Vec<Act>,
    /// Where reported, the deeds of an order come in its order; two on one day are in order.
    pub orders: Vec<Vec<Deed>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    pub name: String,
    /// Whether it counts as belonging, where the bloc does not say otherwise.
    pub inside: bool,
    /// It lapses by itself.
    pub term: Option<Term>,
}

/// How long a status lasts, unless something ends it before, and the status after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub length: Length,
    pub then: StatusId,
}

/// Days, or months of the calendar; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Length {
    Days(u32),
    Months(u32),
}

impl Length {
    /// The longest term, in days, months and years.
    pub const MOST: (u32, u32, u32) = (18_262, 600, 50);

    /// The first day after it, if it begins with this one: of months the same day of a later one, or the last where that
    /// month is too short.
    pub fn after(self, day: Day) -> Day {
        match self {
            Length::Days(days) => Day(day.0 + days as i32),
            Length::Months(months) => {
                let later = day.to_chrono().and_then(|it| it.checked_add_months(Months::new(months)));
                later.map_or(Day(day.0 + self.most_days()), Day::from)
            }
        }
    }

    /// No such term has more days.
    pub fn most_days(self) -> i32 {
        match self {
            Length::Days(days) => days as i32,
            Length::Months(months) => 31 * months as i32,
        }
    }
}

/// What changes a status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its name, then its other forms.
    pub forms: Vec<String>,
    pub from: StatusSet,
    pub to: StatusId,
}

impl Event {
    /// Whether a change can be of this event.
    pub fn allows(&self, from: StatusId, to: StatusId) -> bool {
        from != to && self.to == to && self.from.contains(from)
    }
}

/// What has a date but changes no status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    pub forms: Vec<String>,
}

/// What an order is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Deed {
    Event(EventId),
    Act(ActId),
}

impl Lifecycle {
    /// Where every history begins.
    pub const INITIAL: StatusId = StatusId(0);

    /// The event or act that has this form.
    pub fn deed(&self, form: &str) -> Option<Deed> {
        let has = |forms: &[String]| forms.iter().any(|it| it == form);
        let event = self.events.iter().position(|it| has(&it.forms)).map(|it| Deed::Event(EventId(it as u8)));
        event.or_else(|| self.acts.iter().position(|it| has(&it.forms)).map(|it| Deed::Act(ActId(it as u8))))
    }

    pub fn event(&self, event: EventId) -> &Event {
        &self.events[event.0 as usize]
    }

    /// The names of some statuses, sorted.
    pub fn names_of(&self, statuses: StatusSet) -> Vec<String> {
        let mut names: Vec<String> = statuses.iter().map(|it| self.name_of(it).to_owned()).collect();
        names.sort();
        names
    }

    pub fn name_of(&self, status: StatusId) -> &str {
        &self.statuses[status.0 as usize].name
    }

    pub fn all(&self) -> StatusSet {
        StatusSet::first(self.statuses.len())
    }

    pub fn status(&self, status: StatusId) -> &Status {
        &self.statuses[status.0 as usize]
    }

    /// The statuses that lapse by themselves.
    pub fn terms(&self) -> impl Iterator<Item = (StatusId, Term)> {
        let statuses = (0..).map(StatusId).zip(&self.statuses);
        statuses.filter_map(|(status, it)| Some((status, it.term?)))
    }

    /// The statuses that follow a status if nothing but lapses changes it.
    pub fn lapsing(&self, status: StatusId) -> impl Iterator<Item = StatusId> {
        let then = |it: &StatusId| Some(self.status(*it).term?.then);
        std::iter::successors(then(&status), then)
    }

    /// The statuses that count as belonging, where the bloc does not say otherwise.
    pub fn inside(&self) -> StatusSet {
        let inside = |it: &(usize, &Status)| it.1.inside;
        self.statuses.iter().enumerate().filter(inside).map(|(place, _)| StatusId(place as u8)).collect()
    }

    /// The statuses to which events and terms lead, step by step from the first.
    pub fn reached(&self) -> StatusSet {
        let mut reached = StatusSet::of(Lifecycle::INITIAL);
        loop {
            let events = self.events.iter().filter(|it| it.from.meets(reached)).map(|it| it.to);
            let lapsing = self.terms().filter(|it| reached.contains(it.0)).map(|it| it.1.then);
            let further = reached.union(events.chain(lapsing).collect());
            if further == reached {
                return reached;
            }
            reached = further;
        }
    }

    /// The events that allow a change from one status to another.
    pub fn allowing(&self, from: StatusId, to: StatusId) -> impl Iterator<Item = EventId> {
        let events = self.events.iter().enumerate();
        events.filter(move |it| it.1.allows(from, to)).map(|(place, _)| EventId(place as u8))
    }
}
