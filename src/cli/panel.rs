//! `accede panel`: every party in every bloc on every day of a series, as CSV.

use std::process::ExitCode;

use super::output::{Channel, Output};
use super::{Input, Stop, exit_code, leave, load};
use crate::finding::{Finding, Tally};
use crate::render::{csv, text};

pub(super) const EXAMPLES: &str = "\
Examples:
  accede panel \"every year from 1992 to 2020\" > panel.csv
  accede panel \"CSTO and CIS every month from 2010 to 2012\" rules seeds
  accede panel \"every year from 1992-12-31 to 2020-12-31 as published by 2012\"";

pub(super) fn panel(panel: &str, input: &Input) -> Result<ExitCode, Stop> {
    let engine = load(input)?;
    let mut out = Output::new(Channel::Out, input.color);
    let mut err = Output::new(Channel::Err, input.color);
    let mut first = true;
    let done = engine.panel(panel, |cells| {
        let text = csv::panel(&cells, first);
        first = false;
        out.write(&text)
    });
    let wrong: Vec<Finding> = engine.complaints().cloned().collect();
    match done {
        Ok(written) => written?,
        Err(unanswered) => {
            err.write(&text::findings(&unanswered.findings, &unanswered.sources, err.style))?;
            return Ok(ExitCode::from(1));
        }
    }
    err.write(&text::some(&wrong, engine.sources(), err.style))?;
    let code = exit_code(&engine, &Tally::of(&wrong));
    leave(engine);
    Ok(code)
}
