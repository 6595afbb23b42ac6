//! **accede** answers who belonged to which bloc, on any date, and which articles disagree: it finds *the simplest
//! history that fits what the articles say*.
//!
//! Rule files say what articles claim; [`Engine`] reads them, answers questions and finds contradictions.
//!
//! ```
//! use accede::{Engine, File};
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
//! assert!(engine.check().is_empty());
//!
//! let answer = engine.ask("members of CSTO on 2012-12-18").unwrap();
//! assert_eq!(answer.rows[0].party, "Uzbekistan");
//! assert_eq!(answer.rows[0].status, ["member"]);
//! assert_eq!(answer.rows[0].because[0].line, 6);
//! ```
//!
//! The modules, in reading order; each uses only those above it.

pub mod source;

pub mod finding;

pub mod spelling;

pub mod explain;

pub mod date;

pub mod syntax;

pub mod parse;

pub mod lifecycle;

pub mod infer;

pub mod ledger;

pub mod resolve;

pub mod evidence;

pub mod pair;

pub mod answer;

pub mod question;

pub mod check;

pub mod coverage;

pub mod expect;

pub mod engine;

pub mod store;

pub mod render;

pub mod cli;

pub use answer::{Answer, Evidence, Row, Verdict};
pub use engine::{Engine, Unanswered};
pub use finding::{Finding, Severity};
pub use source::File;
