//! Times of claims to windows and constraints, as `docs/language.md` tabulates them.

use smallvec::smallvec;

use super::read_date;
use super::reading::Reading;
use crate::date::{Date, Day, Window};
use crate::finding::{Finding, Place, Slip};
use crate::infer::{Lasts, Part};
use crate::ledger::Parts;
use crate::lifecycle::StatusSet;
use crate::source::{FileId, Span};
use crate::syntax::{Time, TimeForm};

/// Where and by when something is said.
#[derive(Clone, Copy)]
pub(super) struct Saying {
    pub(super) file: FileId,
    /// The claim.
    pub(super) span: Span,
    /// The day of publication is one of these.
    pub(super) published: Option<Window>,
}

/// A state that is said to hold.
pub(super) struct Holding {
    pub(super) statuses: StatusSet,
    /// Every status of the lifecycle.
    pub(super) all: StatusSet,
    /// What one would plan in order to come to it.
    pub(super) infinitive: String,
}

impl Saying {
    /// No article reports what lies after its publication.
    fn until(self) -> Day {
        self.published.map_or(Day::DUSK, |it| it.latest)
    }

    fn place(self, time: Option<&Time>, label: impl Into<Box<str>>) -> Place {
        Place::new(self.file, time.map_or(self.span, |it| it.span), label)
    }
}

impl Reading<'_, '_> {
    /// The days on one of which an event or act happened, up to the day of publication.
    pub(super) fn happened(
        &mut self,
        saying: Saying,
        time: Option<&Time>,
        infinitive: &str,
    ) -> Option<Window> {
        let window = self.window_of_deed(saying, time)?;
        if window.earliest > saying.until() {
            self.after_publication(saying, time, window, infinitive);
            return None;
        }
        Some(Window::new(window.earliest, window.latest.min(saying.until())))
    }

    /// The days on one of which a plan is to come true: none before it was made.
    pub(super) fn planned(&mut self, saying: Saying, time: Option<&Time>) -> Option<Window> {
        let window = match time {
            Some(_) => self.window_of_deed(saying, time)?,
            None => Window::ALWAYS,
        };
        let from = saying.published.map_or(Day::DAWN, |it| it.earliest);
        Some(Window::new(window.earliest.max(from), window.latest.max(from)))
    }

    fn window_of_deed(&mut self, saying: Saying, time: Option<&Time>) -> Option<Window> {
        let Some(time) = time else { return Some(Window::new(Day::DAWN, saying.until())) };
        let dates = self.dates(saying, time)?;
        let Window { earliest, latest } = dates[0].window;
        let window = match time.form {
            TimeForm::On | TimeForm::In => dates[0].window,
            TimeForm::Before if earliest.is_open() => return self.open_ended(saying, time, "beginning"),
            TimeForm::Before => Window::new(Day::DAWN, earliest.previous()),
            TimeForm::By => Window::new(Day::DAWN, latest),
            TimeForm::After | TimeForm::AtTheEndOf if latest.is_open() => {
                return self.open_ended(saying, time, "end");
            }
            TimeForm::After => Window::new(latest.next(), Day::DUSK),
            TimeForm::AtTheEndOf => Window::day(latest.next()),
            TimeForm::Between => Window::new(earliest, dates[1].window.latest),
            TimeForm::Throughout | TimeForm::Since | TimeForm::FromTo => {
                let message = format!(
                    "something that happens does so on one day, so it cannot be `{}`",
                    time.form.word()
                );
                let help = "say when with `on`, `in`, `before`, `by`, `after`, `between`; of a state, say `member-of` or `is`";
                return self.wrong_time(saying, time, message, help);
            }
        };
        if window.is_empty() {
            return self.backwards(saying, time);
        }
        Some(window)
    }

    /// What a state of these statuses means, up to the day of publication.
    pub(super) fn held(&mut self, saying: Saying, time: Option<&Time>, holding: &Holding) -> Option<Parts> {
        let statuses = holding.statuses;
        let Some(time) = time else {
            return match saying.published {
                Some(published) => Some(smallvec![sometime(statuses, published)]),
                None => self.undated(saying),
            };
        };
        let dates = self.dates(saying, time)?;
        let window = dates[0].window;
        if window.earliest > saying.until() {
            self.after_publication(saying, Some(time), window, &holding.infinitive);
            return None;
        }
        let window = Window::new(window.earliest, window.latest.min(saying.until()));
        match time.form {
            TimeForm::On if dates[0].window.is_day() => Some(smallvec![Part::Always { statuses, window }]),
            TimeForm::On => {
                let help =
                    "write `in` if it held on some day of that time, `throughout` if it held on every day";
                self.wrong_time(saying, time, "`on` with a state wants a single day", help)
            }
            TimeForm::In => Some(smallvec![sometime(statuses, window)]),
            TimeForm::Throughout if window.earliest.is_open() => self.open_ended(saying, time, "beginning"),
            TimeForm::Throughout if dates[0].gaps => {
                let help = "write a line for each time in which it held";
                self.wrong_time(saying, time, "it cannot hold throughout a date that leaves out days", help)
            }
            TimeForm::Throughout => Some(smallvec![Part::Always { statuses, window }]),
            TimeForm::Since => self.since(saying, time, holding, window),
            TimeForm::FromTo => self.lasted(saying, time, holding, [dates[0].window, dates[1].window]),
            _ => {
                let message = format!("a state cannot be `{}` a date", time.form.word());
                let help = "say `on` a day, `in` or `throughout` a longer time, `since` or `from` ... `to`";
                self.wrong_time(saying, time, message, help)
            }
        }
    }

    /// It began on a day of `begins` and held to the day of publication.
    fn since(&mut self, saying: Saying, time: &Time, holding: &Holding, begins: Window) -> Option<Parts> {
        let Holding { statuses, all, .. } = *holding;
        let Some(published) = saying.published else {
            return self.wrong_time(
                saying,
                time,
                "`since` means up to the day of publication, but the article has none",
                "give the article a `published` line",
            );
        };
        let through = published.earliest;
        // Begun at the latest when it must already hold, it is a sight of the outside and a stretch of the inside;
        // begun perhaps later than that, it is a spell whose length depends on its beginning.
        if begins.latest > through {
            let lasts = Lasts::Through(through);
            return Some(smallvec![Part::Spell { statuses, begins, lasts }]);
        }
        let before = Window::new(begins.earliest.previous(), begins.latest.previous());
        let held = Window::new(begins.latest, through);
        Some(smallvec![sometime(all.without(statuses), before), Part::Always { statuses, window: held }])
    }

    /// It began on a day of the first window, held, and was over on a day of the second.
    fn lasted(
        &mut self,
        saying: Saying,
        time: &Time,
        holding: &Holding,
        [begins, ends]: [Window; 2],
    ) -> Option<Parts> {
        let Holding { statuses, all, .. } = *holding;
        if ends.earliest > saying.until() {
            self.after_publication(saying, Some(time), ends, &holding.infinitive);
            return None;
        }
        let begins = Window::new(begins.earliest, begins.latest.min(saying.until()));
        let ends = Window::new(ends.earliest, ends.latest.min(saying.until()));
        if begins.earliest >= ends.latest {
            return self.backwards(saying, time);
        }
        if begins.latest >= ends.earliest {
            return Some(smallvec![Part::Spell { statuses, begins, lasts: Lasts::Until(ends) }]);
        }
        let outside = all.without(statuses);
        let before = Window::new(begins.earliest.previous(), begins.latest.previous());
        let held = Window::new(begins.latest, ends.earliest.previous());
        Some(smallvec![
            sometime(outside, before),
            Part::Always { statuses, window: held },
            sometime(outside, ends)
        ])
    }

    fn dates(&mut self, saying: Saying, time: &Time) -> Option<Vec<Date>> {
        let read = |it| read_date(saying.file, it, saying.published);
        let (dates, wrong): (Vec<_>, Vec<_>) = time.dates.iter().map(read).partition(Result::is_ok);
        let dates: Vec<Date> = dates.into_iter().flatten().collect();
        self.said.findings.extend(wrong.into_iter().filter_map(Result::err));
        for (date, text) in dates.iter().zip(&time.dates) {
            if date.gaps {
                let message = format!("`{}` leaves out days between its first and its last", text.text);
                let finding =
                    Finding::warning("date-with-gaps", message, Place::new(saying.file, text.span, ""));
                self.find(finding.help(format!("it is read as any day from {}", date.window)));
            }
        }
        (dates.len() == time.dates.len()).then_some(dates)
    }

    fn wrong_time<T>(
        &mut self,
        saying: Saying,
        time: &Time,
        message: impl Into<String>,
        help: &str,
    ) -> Option<T> {
        self.find(Finding::error("time-form", message, saying.place(Some(time), "")).help(help));
        None
    }

    fn open_ended<T>(&mut self, saying: Saying, time: &Time, end: &str) -> Option<T> {
        let message = format!("`{}` wants a date whose {end} is known", time.form.word());
        self.wrong_time(saying, time, message, "give the date in full")
    }

    fn backwards<T>(&mut self, saying: Saying, time: &Time) -> Option<T> {
        let finding =
            Finding::error("backwards-window", "it ends before it begins", saying.place(Some(time), ""));
        self.find(finding.help("swap the dates"));
        None
    }

    fn undated<T>(&mut self, saying: Saying) -> Option<T> {
        let message = "a state without a date held on the day of publication, but the article has none";
        let finding = Finding::error("no-date", message, saying.place(None, "when?"));
        self.find(finding.help("add a date, or give the article a `published` line"));
        None
    }

    fn after_publication(&mut self, saying: Saying, time: Option<&Time>, window: Window, infinitive: &str) {
        let published = saying.published.expect("it has ended");
        let message =
            format!("the article was published on {published}, and cannot report what came after it");
        let label = format!("from {} on", window.earliest);
        let finding = Finding::error("after-publication", message, saying.place(time, label));
        let mut finding = finding.help(format!("if it is announced, write `plans to {infinitive}`"));
        if window.earliest.is_placeholder() {
            let why = format!("{} is what databases write where they know no date", window.earliest);
            finding.slips.push(Slip { kind: "placeholder", place: Some(0), why });
        }
        self.find(finding);
    }
}

/// On one day, some day is every day.
pub(super) fn sometime(statuses: StatusSet, window: Window) -> Part {
    if window.is_day() { Part::Always { statuses, window } } else { Part::Sometime { statuses, window } }
}
