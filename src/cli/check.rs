//! `accede check`, and what belongs to it: `accede explain`, `accede draft`.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::levels::Levels;
use super::output::{Channel, Output};
use super::progress::Progress;
use super::{Colour, Input, Stop, config, exit_code, is_terminal, leave, load, load_with};
use crate::check::Wanted;
use crate::engine::{Engine, Report};
use crate::explain;
use crate::finding::{Severity, Tally};
use crate::render::json::Layout;
use crate::render::safe::printable;
use crate::render::{github, json, plain, sarif, summary, tally, text};

pub(super) const EXAMPLES: &str = "\
Examples:
  accede check
  accede check --articles texts rules seeds
  accede check --format json my-articles.accede rules
  accede check --format github --deny unreported --allow undated
  accede check --only clash --only repeat
  accede check --summary
  accede check --coverage --articles texts";

#[derive(Args)]
pub(super) struct Options {
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Print how the claims of each article and publisher fare, not the findings.
    #[arg(long, conflicts_with = "coverage")]
    summary: bool,
    /// Print the lines of articles that name a party and a bloc and on which no claim rests, not the findings.
    #[arg(long)]
    coverage: bool,
    /// Print how many findings there are of each kind, not the findings.
    #[arg(long, conflicts_with_all = ["coverage", "summary"])]
    count: bool,
    /// Look for findings of this code alone, besides what keeps files from being read; may be given several times.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["coverage", "summary"])]
    only: Vec<String>,
    /// Findings of this code are errors; may be given several times. `all` stands for every code.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    /// Findings of this code are warnings.
    #[arg(long, value_name = "CODE")]
    warn: Vec<String>,
    /// Findings of this code are not reported.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// One line a finding, for editors.
    Plain,
}

impl Options {
    /// Those of `accede.toml`, and over them those of the command line.
    fn levels(&self, config: &config::Config) -> Result<Levels, Stop> {
        let mut levels = Levels::default();
        levels.add(&config.check.deny, &config.check.warn, &config.check.allow)?;
        levels.add(&self.deny, &self.warn, &self.allow)?;
        Ok(levels)
    }
}

/// Finds what is wrong, and prints it or what is asked about it.
pub(super) fn check(options: &Options, input: &Input) -> Result<ExitCode, Stop> {
    let config = config::Config::find().map_err(Stop::Unusable)?;
    let levels = options.levels(&config)?;
    for code in &options.only {
        explain::page(code).ok_or_else(|| unknown_code(code))?;
    }
    let engine = load_with(input, config);
    let mut out = Output::new(Channel::Out, input.color);
    if options.coverage {
        return coverage(options, &engine, &mut out);
    }
    let wanted = Wanted { only: options.only.clone() };
    let progress = Progress::of(engine.ledger().index.pair_count());
    let looked_at = |it| progress.more(it);
    if options.count {
        let mut counted = engine.count_in(&wanted, &looked_at);
        progress.end();
        levels.apply_to_counts(&mut counted);
        let text = match options.format {
            Format::Json => tally::json(&counted.found),
            _ => tally::text(&counted.found) + &summed(&engine, &counted.found, counted.allowed.total()),
        };
        let done = out.write(&text);
        let code = exit_code(&engine, &counted.found);
        leave(engine);
        return Ok(done.map(|()| code)?);
    }
    let mut report = engine.report_in(&wanted, &looked_at);
    progress.end();
    levels.apply(&mut report);
    let done = tell(&engine, &report, options, &mut out);
    leave((engine, report));
    done
}

fn tell(engine: &Engine, report: &Report, options: &Options, out: &mut Output) -> Result<ExitCode, Stop> {
    let findings = &report.findings;
    let tally = Tally::of(findings);
    if options.summary {
        let found = engine.summary(report);
        out.write(&match options.format {
            Format::Json => summary::json(&found),
            _ => summary::text(&found, out.style),
        })?;
        return Ok(exit_code(engine, &tally));
    }
    let sources = engine.sources();
    out.write(&match options.format {
        Format::Human => {
            text::findings(findings, sources, out.style) + &summed(engine, &tally, report.allowed.len())
        }
        Format::Json => json::findings(findings, sources, Layout::Pretty),
        Format::Sarif => sarif::findings(findings, sources),
        Format::Github => github::findings(findings, sources),
        Format::Plain => plain::findings(findings, sources),
    })?;
    Ok(exit_code(engine, &tally))
}

fn summed(engine: &Engine, found: &Tally, allowed: usize) -> String {
    let ledger = engine.ledger();
    let number = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let read = [
        number(ledger.articles.len(), "article"),
        number(ledger.claims.len(), "claim"),
        number(ledger.joinable().count(), "bloc"),
        format!("{} {}", ledger.parties.len(), if ledger.parties.len() == 1 { "party" } else { "parties" }),
    ];
    let gap = if found.total() == 0 { "" } else { "\n" };
    let found = [
        number(found.of_severity(Severity::Error), "error"),
        number(found.of_severity(Severity::Warning), "warning"),
        number(found.of_severity(Severity::Note), "note"),
    ];
    let allowed = match allowed {
        0 => String::new(),
        count => format!(", {count} allowed"),
    };
    format!("{gap}{}: {}{allowed}\n", read.join(", "), found.join(", "))
}

fn coverage(options: &Options, engine: &Engine, out: &mut Output) -> Result<ExitCode, Stop> {
    let coverage = engine.coverage();
    out.write(&match options.format {
        Format::Json => json::coverage(&coverage),
        _ => coverage.text().lines().map(|it| format!("{}\n", printable(it))).collect(),
    })?;
    Ok(exit_code(engine, &Tally::default()))
}

/// The page of a code, or all codes.
pub(super) fn explain(code: Option<&str>) -> Result<ExitCode, Stop> {
    let mut out = Output::new(Channel::Out, Colour::Auto);
    let Some(code) = code else {
        let codes: Vec<&str> = explain::codes().collect();
        out.write(&(codes.join("\n") + "\n"))?;
        return Ok(ExitCode::SUCCESS);
    };
    let page = explain::page(code).ok_or_else(|| unknown_code(code))?;
    out.write(page)?;
    Ok(ExitCode::SUCCESS)
}

/// What to say of a code that no finding has.
pub(super) fn unknown_code(code: &str) -> Stop {
    let help = match explain::nearest(code) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`accede explain` lists all codes".to_owned(),
    };
    Stop::Unusable(format!("error: no finding has the code `{code}`\nhelp: {help}"))
}

/// An article section for a text, ready to be completed.
pub(super) fn draft(text: &Path, input: &Input) -> Result<ExitCode, Stop> {
    let engine = load(input)?;
    let draft =
        engine.draft(text).map_err(|it| Stop::Unusable(format!("error: {it}\nhelp: {}", it.help())))?;
    let draft = if is_terminal(Channel::Out) {
        draft.lines().map(|it| format!("{}\n", printable(it))).collect()
    } else {
        draft
    };
    Output::new(Channel::Out, input.color).write(&draft)?;
    Ok(exit_code(&engine, &Tally::default()))
}
