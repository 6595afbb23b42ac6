//! `accede test`: questions in rule files, and the answers expected there.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output::{Channel, Output};
use super::{Input, Stop, leave, load};
use crate::engine::Engine;
use crate::render::{junit, tests, text};

pub(super) const EXAMPLES: &str = "\
Examples:
  accede test
  accede test rules seeds --filter CSTO
  accede test --accept
  accede test --coverage
  accede test --format junit > tests.xml";

#[derive(Args)]
pub(super) struct Options {
    /// How to print the results.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Rewrite the `expect` lines of the tests that fail, so that they expect what is answered.
    #[arg(long, conflicts_with = "coverage")]
    accept: bool,
    /// Only the questions that contain this text, whatever the case.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Print the claims, rules and events that bear on no tested answer, not the results.
    #[arg(long)]
    coverage: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Human,
    Json,
    /// XML as build servers read it, with a suite for each file.
    Junit,
}

pub(super) fn test(options: &Options, input: &Input) -> Result<ExitCode, Stop> {
    if options.coverage && options.format == Format::Junit {
        let message = "error: `--coverage` has no JUnit form\nhelp: use `--format human` or `--format json`";
        return Err(Stop::Unusable(message.to_owned()));
    }
    let engine = load(input)?;
    let done = test_with(&engine, options, input);
    leave(engine);
    done
}

fn test_with(engine: &Engine, options: &Options, input: &Input) -> Result<ExitCode, Stop> {
    let filter = options.filter.as_deref();
    let mut out = Output::new(Channel::Out, input.color);
    let mut err = Output::new(Channel::Err, input.color);
    if options.coverage {
        let coverage = engine.tested(filter);
        out.write(&match options.format {
            Format::Json => tests::coverage_json(&coverage),
            _ => tests::coverage(&coverage),
        })?;
        return Ok(ExitCode::from(u8::from(engine.incomplete) * 2));
    }
    let mut run = engine.tests(filter);
    let (changed, unwritable) = if options.accept { engine.accept(&mut run) } else { Default::default() };
    out.write(&match options.format {
        Format::Human => tests::text(&run, &changed, out.style),
        Format::Json => tests::json(&run, &changed),
        Format::Junit => junit::tests(&run),
    })?;
    err.write(&text::some(&run.findings, engine.sources(), err.style))?;
    if let Some(it) = unwritable.first() {
        return Err(Stop::Unusable(format!("error: {it}\nhelp: {}", it.help())));
    }
    Ok(ExitCode::from(if engine.incomplete { 2 } else { u8::from(!run.is_well()) }))
}
