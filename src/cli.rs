//! The command line: arguments to one call of the engine, and an exit code; no logic.

mod config;
mod output;

use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::{Engine, Unanswered};
use crate::finding::{Finding, Severity};
use crate::render::json::Layout;
use crate::render::{csv, json, table, text};
use output::{Channel, Output};

const EXIT_CODES: &str = "\
Exit codes: 0 fine; 1 findings (errors or warnings), or a question that cannot be answered;
2 wrong usage, or input that cannot be read.";

const EXAMPLES: &str = "\
Examples:
  accede ask \"members of CSTO on 2012-12-19\"
  accede ask \"history of Uzbekistan in CSTO\" rules seeds
  accede ask --format csv \"members of CIS on 2005-04-08\"
  accede ask - < questions.txt
  accede check
  accede check --format json seeds/moscow-times-2012-12-19.accede rules";

const ASK_EXAMPLES: &str = "\
Questions:
  members of CSTO on 2012-12-19            who belonged, suspended members too
  observers of CIS on 2010                 any status; `former members of` too
  blocs of Kyrgyzstan on 2005-04-08        where it belonged
  status of Uzbekistan in CSTO on 2000     one row for each stretch of the year
  history of Uzbekistan in CSTO            all of it; `history of CSTO` for every party
  when was Uzbekistan member of CSTO       its spells

Examples:
  accede ask \"members of CSTO on 2012-12-19\"
  accede ask \"status of Uzbekistan in CSTO on 2012\" rules seeds
  accede ask --format json \"blocs of Kyrgyzstan on 2005-04-08\"
  accede ask --format json - < questions.txt";

const CHECK_EXAMPLES: &str = "\
Examples:
  accede check
  accede check --articles texts rules seeds
  accede check --format json my-articles.accede rules";

/// Who belonged to which bloc, on any date, and which articles disagree: the simplest history that fits what the
/// articles say.
#[derive(Parser)]
#[command(name = "accede", version, after_help = EXIT_CODES, after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer a question, with how sure it is and the passages it rests on.
    #[command(after_help = EXIT_CODES, after_long_help = format!("{ASK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Ask {
        /// The question, or `-` to read questions from standard input, one a line.
        question: String,
        /// How to print the answer.
        #[arg(long, value_enum, default_value_t = AnswerFormat::Human)]
        format: AnswerFormat,
        #[command(flatten)]
        input: Input,
    },
    /// Report everything that is wrong with the files, and where articles contradict each other.
    #[command(after_help = EXIT_CODES, after_long_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check {
        #[command(flatten)]
        input: Input,
        /// How to print the findings.
        #[arg(long, value_enum, default_value_t = FindingFormat::Human)]
        format: FindingFormat,
    },
}

#[derive(Args)]
struct Input {
    /// Rule files, and folders with `*.accede` files in or below them [default: what accede.toml here or in a
    /// parent folder names, else the current folder].
    paths: Vec<PathBuf>,
    /// A folder with the texts of articles; may be given several times. Texts beside a rule file are found too.
    #[arg(long, value_name = "DIR")]
    articles: Vec<PathBuf>,
    /// Whether to use colours.
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum AnswerFormat {
    Human,
    Json,
    Csv,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum FindingFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// Reads the arguments of the process and does what they say.
pub fn main() -> ExitCode {
    run(std::env::args_os())
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help that is asked for is no error. A closed pipe is none either.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let done = match cli.command {
        Command::Ask { question, format, input } => ask(&question, format, &input),
        Command::Check { input, format } => check(format, &input),
    };
    done.unwrap_or_else(|stop| match stop {
        Stop::ClosedPipe => ExitCode::SUCCESS,
        Stop::Unusable(message) => {
            let _ = Output::new(Channel::Err, Colour::Auto).write(&format!("{message}\n"));
            ExitCode::from(2)
        }
    })
}

/// Why a command ended early.
enum Stop {
    /// Whoever read the output has seen enough.
    ClosedPipe,
    Unusable(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::ClosedPipe,
            _ => Stop::Unusable(format!("error: {error}")),
        }
    }
}

fn load(input: &Input) -> Result<Engine, Stop> {
    let config = config::Config::find().map_err(Stop::Unusable)?;
    let mut articles = input.articles.clone();
    articles.extend(config.articles);
    let paths = if input.paths.is_empty() { config.load } else { input.paths.clone() };
    Ok(Engine::load(&paths, &articles))
}

fn check(format: FindingFormat, input: &Input) -> Result<ExitCode, Stop> {
    let engine = load(input)?;
    let findings = engine.check();
    let mut out = Output::new(Channel::Out, input.color);
    match format {
        FindingFormat::Json => out.write(&json::findings(&findings, engine.sources(), Layout::Pretty))?,
        FindingFormat::Human => {
            out.write(&text::findings(&findings, engine.sources(), out.style))?;
            out.write(&summary(&engine, &findings))?;
        }
    }
    Ok(exit_code(&engine, &findings))
}

fn summary(engine: &Engine, findings: &[Finding]) -> String {
    let ledger = engine.ledger();
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let number = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let read = [
        number(ledger.articles.len(), "article"),
        number(ledger.claims.len(), "claim"),
        number(ledger.blocs.len(), "bloc"),
        format!("{} {}", ledger.parties.len(), if ledger.parties.len() == 1 { "party" } else { "parties" }),
    ];
    let found = [
        number(count(Severity::Error), "error"),
        number(count(Severity::Warning), "warning"),
        number(count(Severity::Note), "note"),
    ];
    let gap = if findings.is_empty() { "" } else { "\n" };
    format!("{gap}{}: {}\n", read.join(", "), found.join(", "))
}

fn exit_code(engine: &Engine, findings: &[Finding]) -> ExitCode {
    let wrong = findings.iter().any(|it| it.severity != Severity::Note);
    ExitCode::from(if engine.incomplete { 2 } else { u8::from(wrong) })
}

fn ask(question: &str, format: AnswerFormat, input: &Input) -> Result<ExitCode, Stop> {
    let engine = load(input)?;
    let mut asking = Asking {
        engine: &engine,
        format,
        out: Output::new(Channel::Out, input.color),
        answered: false,
        unanswered: false,
    };
    if question == "-" {
        asking.all(io::stdin().lock())?;
    } else {
        asking.one(question, Layout::Pretty)?;
    }
    let unanswered = asking.unanswered;
    // The good lines have answered; what is wrong with the others may have changed the answer.
    let wrong: Vec<Finding> =
        engine.findings().iter().filter(|it| it.severity != Severity::Note).cloned().collect();
    let mut err = Output::new(Channel::Err, input.color);
    let shown = &wrong[..wrong.len().min(SHOWN)];
    err.write(&text::findings(shown, engine.sources(), err.style))?;
    if wrong.len() > shown.len() {
        err.write(&format!("\nand {} more findings: see `accede check`\n", wrong.len() - shown.len()))?;
    }
    Ok(if unanswered && !engine.incomplete { ExitCode::from(1) } else { exit_code(&engine, &wrong) })
}

/// How many findings on the files are shown beside an answer.
const SHOWN: usize = 10;

/// Questions being answered.
struct Asking<'e> {
    engine: &'e Engine,
    format: AnswerFormat,
    out: Output,
    answered: bool,
    unanswered: bool,
}

/// The longest question that is read, in bytes.
const QUESTION_LIMIT: u64 = 1 << 20;

impl Asking<'_> {
    fn one(&mut self, question: &str, layout: Layout) -> Result<(), Stop> {
        match self.engine.ask(question) {
            Ok(answer) => {
                let style = self.out.style;
                let gap = if self.answered { "\n" } else { "" };
                self.out.write(&match self.format {
                    AnswerFormat::Human => format!("{gap}{}", table::answer(&answer, style)),
                    AnswerFormat::Json => json::answer(&answer, layout),
                    AnswerFormat::Csv => csv::answer(&answer, !self.answered),
                })?;
                self.answered = true;
            }
            Err(unanswered) => self.not_answered(&unanswered, layout)?,
        }
        Ok(())
    }

    fn not_answered(&mut self, unanswered: &Unanswered, layout: Layout) -> Result<(), Stop> {
        self.unanswered = true;
        if self.format == AnswerFormat::Json {
            self.out.write(&json::unanswered(unanswered, layout))?;
            return Ok(());
        }
        let mut err = Output::new(Channel::Err, self.out.colour);
        let findings = text::findings(&unanswered.findings, &unanswered.sources, err.style);
        err.write(&format!("{findings}\n"))?;
        Ok(())
    }

    /// Each line is a question; blank lines are passed over.
    fn all(&mut self, mut questions: impl BufRead) -> Result<(), Stop> {
        loop {
            let mut line = Vec::new();
            if questions.by_ref().take(QUESTION_LIMIT).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            if line.len() as u64 == QUESTION_LIMIT && !line.ends_with(b"\n") {
                skip_line(&mut questions)?;
            }
            let question = String::from_utf8_lossy(&line);
            let question = question.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']);
            if !question.trim().is_empty() {
                self.one(question, Layout::Line)?;
            }
        }
    }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        let end = available.iter().position(|it| *it == b'\n');
        let used = end.map_or(available.len(), |it| it + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// Whether standard output is read by a person.
fn is_terminal(channel: Channel) -> bool {
    match channel {
        Channel::Out => io::stdout().is_terminal(),
        Channel::Err => io::stderr().is_terminal(),
    }
}
