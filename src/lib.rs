//! **accede** answers who belonged to which bloc, on any date, and which articles disagree: it finds *the simplest
//! history that fits what the articles say*.
//!
//! # Load, ask
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = accede::Engine::load(&["rules", "seeds"], &[]);
//! let answer = engine.ask("members of CSTO on 2012-12-19")?;
//! println!("{answer}");
//! # assert_eq!(answer.rows.len(), 7);
//! # Ok(())
//! # }
//! ```
//!
//! [`Engine::load`] reads rule files, [`Engine::read`] texts. A question is in the language of `accede ask`, and
//! everything in the [`Answer`] can be written by serde: each row has its statuses, a [`Verdict`], and the claims it
//! rests on, with file and line.
//!
//! ```
//! use accede::{Engine, File, Verdict};
//!
//! let file = File::new("csto.accede", r#"
//! bloc CSTO
//! party Uzbekistan
//! article times
//!   published 2012-12-19
//!   Uzbekistan joins CSTO in 2006
//!   Uzbekistan suspended from CSTO on Wednesday
//! "#);
//! let engine = Engine::read(vec![file], &[]);
//! let answer = engine.ask("members of CSTO on 2012-12-18").unwrap();
//! let row = &answer.rows[0];
//! assert_eq!((row.party.as_str(), row.inside), ("Uzbekistan", Some(true)));
//! assert_eq!((&row.status[..], row.verdict), (&["member".to_owned()][..], Verdict::Inferred));
//! assert_eq!(row.because[0].line, 6);
//! ```
//!
//! A question that cannot be answered says why, and what to ask instead:
//!
//! ```
//! # let engine = accede::Engine::load(&["rules"], &[]);
//! let unanswered = engine.ask("members of CTSO").unwrap_err();
//! assert_eq!(unanswered.to_string(), "`members of CTSO` cannot be answered; there is no bloc `CTSO` (did you mean `CSTO`?)");
//! ```
//!
//! # Ask about many days
//!
//! [`Engine::roster`] prepares one bloc, for who asks about it day after day: a join with a million rows of a party and a
//! date, a panel, a chart.
//!
//! ```
//! use accede::date::Day;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let engine = accede::Engine::load(&["rules", "seeds"], &[]);
//! let roster = engine.roster("CSTO")?;
//! let day = Day::of(2012, 12, 19).ok_or("no such day")?;
//! for entry in roster.on(day) {
//!     println!("{} {:?} {}", entry.party(), entry.status(), entry.verdict().word());
//! }
//! # assert_eq!(roster.on(day).count(), 7);
//! # Ok(())
//! # }
//! ```
//!
//! # Keep an answer as a snapshot
//!
//! An answer is shown as `accede ask` shows it, 100 columns wide, so a snapshot of it reads well and changes only when the
//! answer does:
//!
//! ```
//! # let engine = accede::Engine::load(&["rules", "seeds"], &[]);
//! insta::assert_snapshot!(engine.ask("did Uzbekistan leave CSTO in 1999").unwrap(), @"
//! did Uzbekistan leave CSTO in 1999
//!
//!  Uzbekistan  yes  attested  [1]
//!
//! changes
//!  Uzbekistan  member to former  between 1999-01-01 and 1999-12-31  reported  [1]
//!
//! [1] moscow-times-2012-12-19 @21  (seeds/moscow-times-2012-12-19.accede:22)
//!     Uzbekistan leaves CSTO in 1999 @21
//! ");
//! ```
//!
//! Questions with what is expected of them can also stand in the rule files themselves: [`Engine::tests`] runs them.
//!
//! # Check
//!
//! ```
//! use accede::Severity;
//! # let engine = accede::Engine::load(&["rules", "docs/example"], &[]);
//! let contradictions = engine.check().into_iter().filter(|it| it.severity == Severity::Error);
//! assert_eq!(contradictions.map(|it| it.code).collect::<Vec<_>>(), ["repeat", "clash"]);
//! ```
//!
//! [`Engine::report`] tells those that were allowed apart, [`render`] has the forms that the command line prints.
//!
//! # What stays
//!
//! What this page and the modules below show is meant to stay as it is within a major version; types that may grow are
//! `#[non_exhaustive]`. The other modules are how the engine is made (`ARCHITECTURE.md` has them in reading order):
//! they can be used, and can change at any time.

pub mod source;

pub mod finding;

#[doc(hidden)]
pub mod spelling;

#[doc(hidden)]
pub mod explain;

pub mod date;

#[doc(hidden)]
pub mod syntax;

#[doc(hidden)]
pub mod parse;

#[doc(hidden)]
pub mod lifecycle;

#[doc(hidden)]
pub mod infer;

#[doc(hidden)]
pub mod ledger;

#[doc(hidden)]
pub mod resolve;

#[doc(hidden)]
pub mod evidence;

#[doc(hidden)]
pub mod pair;

pub mod answer;

#[doc(hidden)]
pub mod judge;

#[doc(hidden)]
pub mod rule;

#[doc(hidden)]
pub mod question;

pub mod roster;

#[doc(hidden)]
pub mod check;

#[doc(hidden)]
pub mod coverage;

pub mod expect;

pub mod engine;

#[doc(hidden)]
pub mod store;

pub mod render;

#[doc(hidden)]
pub mod cli;

pub use answer::{Answer, Evidence, Row, Verdict};
pub use engine::{Engine, Unanswered};
pub use finding::{Finding, Severity};
pub use roster::Roster;
pub use source::File;
