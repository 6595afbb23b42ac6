//! Sets of parties, and the days on which they are counted.

use chrono::{Datelike, Months};

use super::claim::statuses_of;
use super::question::{Asking, Found, Query, both};
use super::read_date;
use crate::date::{Day, Window};
use crate::finding::{Finding, Place};
use crate::ledger::{BlocId, Condition, PartyId, Set, Wanted};
use crate::syntax::{self, DateText, Every, Number, Of, Plural, Time};

/// The most days on which something is counted.
const MOST_DAYS: usize = 10_000;
/// The most blocs on the way from a party to the bloc that it belongs to by way of them.
const MOST_STEPS: usize = 16;
/// The most ways that they make.
const MOST_WAYS: usize = 10_000;
/// The most days before a day on which something can have held: a century.
const MOST_DAYS_BEFORE: u32 = 36_525;

impl Asking<'_> {
    /// A term without a time has that of the next one which has a time, or else of the last one before it.
    pub(super) fn set(&self, set: &syntax::Set) -> Found<Set> {
        let mut times = set.times();
        let mut next = times.iter().rev().find_map(|it| *it);
        for time in times.iter_mut().rev() {
            next = time.or(next);
            *time = next;
        }
        self.put_together(set, &mut times.into_iter())
    }

    fn put_together<'t>(
        &self,
        set: &syntax::Set,
        times: &mut impl Iterator<Item = Option<&'t Time>>,
    ) -> Found<Set> {
        let mut all = |sets: &[syntax::Set]| -> Found<Vec<Set>> {
            let (mut found, mut wrong) = (Vec::new(), Vec::new());
            for it in sets {
                match self.put_together(it, times) {
                    Ok(it) => found.push(it),
                    Err(it) => wrong.extend(it),
                }
            }
            if wrong.is_empty() { Ok(found) } else { Err(wrong) }
        };
        match set {
            syntax::Set::All(sets) => Ok(Set::All(all(sets)?)),
            syntax::Set::Any(sets) => Ok(Set::Any(all(sets)?)),
            syntax::Set::Not(set) => Ok(Set::Not(Box::new(self.put_together(set, times)?))),
            syntax::Set::Belonging { of, bloc: Of::Bloc(bloc), before, .. } => {
                let wanted = self.wanted(of, bloc, times.next().flatten());
                let before = before.as_ref().map_or(Ok(0), |it| self.days_before(it));
                let (wanted, before) = both(wanted, before)?;
                Ok(Set::Of(Condition { who: None, wanted, before }))
            }
            syntax::Set::Belonging { of, bloc, before: None, .. } => {
                self.room_for(bloc)?;
                let window = self.window(times.next().flatten())?;
                self.belonging(None, of, bloc, window)
            }
            syntax::Set::Belonging { before: Some(before), .. } => {
                let message = "days before are those of one bloc";
                let finding = Finding::error("time-form", message, Place::new(self.file, before.span, ""));
                Err(vec![finding.help("name the bloc, or leave `within ... before` out")])
            }
        }
    }

    /// Each bloc that is a party is tried at each step on the way.
    fn room_for(&self, bloc: &Of) -> Found<()> {
        let is_party = |it: &BlocId| self.vocabulary.party_of(*it, self.ledger).is_some();
        let parties = self.ledger.joinable().filter(is_party).count();
        let steps = std::iter::successors(Some(bloc), |it| match it {
            Of::Bloc(_) => None,
            Of::Blocs { bloc, .. } => Some(bloc),
        });
        let steps = steps.count() - 1;
        let ways = u32::try_from(steps).ok().and_then(|it| parties.max(1).checked_pow(it));
        if steps <= MOST_STEPS && ways.is_some_and(|it| it <= MOST_WAYS) {
            return Ok(());
        }
        let message = format!(
            "at most {MOST_STEPS} blocs can lie between, and {MOST_WAYS} ways by the {parties} blocs that are parties"
        );
        let finding = Finding::error("too-deep", message, Place::new(self.file, bloc.bloc().span, ""));
        Err(vec![finding.help("ask for fewer steps at a time")])
    }

    /// To belong to a bloc, or to one of those blocs that belong to another: each of these is tried.
    fn belonging(&self, who: Option<PartyId>, of: &Plural, bloc: &Of, window: Window) -> Found<Set> {
        let (of_blocs, bloc) = match bloc {
            Of::Bloc(bloc) => {
                let wanted = Wanted { window, ..self.wanted(of, bloc, None)? };
                return Ok(Set::Of(Condition { who, wanted, before: 0 }));
            }
            Of::Blocs { of, bloc } => (of, bloc),
        };
        let mut any = Vec::new();
        let mut known = false;
        for it in self.ledger.joinable() {
            let inside = self.ledger.bloc(it).inside;
            let Some(statuses) = statuses_of(self.ledger.lifecycle_of(it), inside, of) else { continue };
            known = true;
            let Some(party) = self.vocabulary.party_of(it, self.ledger) else { continue };
            let wanted = Wanted { bloc: it, statuses, window };
            let belongs = self.belonging(Some(party), of_blocs, bloc, window)?;
            any.push(Set::All(vec![Set::Of(Condition { who, wanted, before: 0 }), belongs]));
        }
        if !known {
            let message = format!("no bloc has a status `{}`", of.word.text);
            let finding = Finding::error("unknown-status", message, Place::new(self.file, of.word.span, ""));
            return Err(vec![finding.help("`members` are all who are inside a bloc")]);
        }
        // What is wrong with the bloc is wrong wherever it is named.
        self.bloc(bloc.bloc())?;
        Ok(Set::Any(any))
    }

    fn days_before(&self, number: &Number) -> Found<u32> {
        let days = number.digits.parse().ok().filter(|it| *it <= MOST_DAYS_BEFORE);
        days.ok_or_else(|| {
            let message = format!("at most {MOST_DAYS_BEFORE} days before can be looked at");
            let finding = Finding::error("number-range", message, Place::new(self.file, number.span, ""));
            vec![finding.help("check the number")]
        })
    }

    pub(super) fn count(&self, set: &syntax::Set, every: Option<&Every>) -> Found<Query> {
        let place = (self.file, set.span());
        let Some(every) = every else {
            return Ok(Query::Count { set: self.set(set)?, days: None, place });
        };
        if let Some(time) = set.times().into_iter().flatten().next() {
            let message = "these days are said twice: here, and after `every`";
            let finding = Finding::error("time-form", message, Place::new(self.file, time.span, ""));
            return Err(vec![finding.help("leave this time out")]);
        }
        let (set, days) = both(self.set(set), self.days(every))?;
        Ok(Query::Count { set, days: Some(days), place })
    }

    /// The first day of the first date, and then each one a period later, up to the last date.
    pub(super) fn days(&self, every: &Every) -> Found<Vec<Day>> {
        let date = |it: &DateText| read_date(self.file, it, None).map_err(|it| vec![it]);
        let (from, to) = both(date(&every.from), date(&every.to))?;
        let (first, last) = (from.window.earliest, to.window.latest);
        let place = |label: &str| Place::new(self.file, every.from.span.to(every.to.span), label);
        let Some(begin) = first.to_chrono().filter(|_| last.to_chrono().is_some() && !last.is_open()) else {
            let finding = Finding::error("date-form", "these days have no beginning or no end", place(""));
            return Err(vec![finding.help("write two dates, such as `from 1992 to 2020`")]);
        };
        if last < first {
            let finding = Finding::error("backwards-window", "it ends before it begins", place(""));
            return Err(vec![finding.help("swap the dates")]);
        }
        let step = |number: usize| match every.period.text.as_str() {
            "day" => Some(Day(first.0 + number as i32)),
            "month" => later(begin, number),
            _ => later(begin, 12 * number),
        };
        let days: Vec<Day> =
            (0..=MOST_DAYS).map_while(step).take_while(|it| *it <= last).take(MOST_DAYS + 1).collect();
        if days.len() > MOST_DAYS {
            let message = format!("these are more than {MOST_DAYS} days to count on");
            let finding = Finding::error("too-many-counts", message, place(""));
            return Err(vec![finding.help("ask for fewer of them, or for every month or year")]);
        }
        Ok(days)
    }
}

/// The same day of a later month, or the last one where the month is too short.
fn later(day: chrono::NaiveDate, months: usize) -> Option<Day> {
    let it = day.checked_add_months(Months::new(months as u32))?;
    Day::of(it.year(), it.month(), it.day())
}
