//! The command line: arguments to one call of the engine, and an exit code; no logic.

mod ask;
mod check;
mod config;
mod levels;
mod output;
mod panel;
mod progress;
mod repl;
mod test;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use etcetera::BaseStrategy;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::Engine;
use crate::finding::{Severity, Tally};
use output::{Channel, Output};

const EXIT_CODES: &str = "\
Exit codes: 0 fine; 1 findings (errors or warnings), a question that cannot be answered, or a
test that fails; 2 wrong usage, or input that cannot be read.";

const EXAMPLES: &str = "\
Examples:
  accede ask \"members of CSTO on 2012-12-19\"
  accede ask \"history of Uzbekistan in CSTO\" rules seeds
  accede ask --format csv \"members of CIS on 2005-04-08\"
  accede ask - < questions.txt
  accede check
  accede check --format json seeds/moscow-times-2012-12-19.accede rules
  accede test";

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
    #[command(after_help = EXIT_CODES, after_long_help = format!("{}\n\n{EXIT_CODES}", ask::examples()))]
    Ask {
        /// The question, or `-` to read questions from standard input, one a line. Without one, on a terminal, questions
        /// are asked one after the other, with history and completion of names.
        question: Option<String>,
        /// How to print the answer [default: human; jsonl where questions are read from standard input].
        #[arg(long, value_enum)]
        format: Option<AnswerFormat>,
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        cache: Cache,
    },
    /// Report everything that is wrong with the files, and where articles contradict each other.
    #[command(after_help = EXIT_CODES, after_long_help = format!("{}\n\n{EXIT_CODES}", check::EXAMPLES))]
    Check {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        check: check::Options,
    },
    /// Compare the answers to the questions in the files with what is expected there.
    #[command(after_help = EXIT_CODES, after_long_help = format!("{}\n\n{EXIT_CODES}", test::EXAMPLES))]
    Test {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        test: test::Options,
    },
    /// Print a table of every party in every bloc on each day of a series, as CSV for statistical software.
    #[command(after_help = EXIT_CODES, after_long_help = format!("{}\n\n{EXIT_CODES}", panel::EXAMPLES))]
    Panel {
        /// Which days, and before them which blocs, all of them where none is named: `CSTO and CIS every year from 1992
        /// to 2020`. The endings of questions, such as `as published by 2012`, can follow.
        panel: String,
        #[command(flatten)]
        input: Input,
    },
    /// Say what a finding means, with an example, and what to do about it.
    #[command(after_help = "Example:\n  accede explain clash")]
    Explain {
        /// The code that stands in brackets: `clash` of `error[clash]`. Without one, all codes are listed.
        code: Option<String>,
    },
    /// Print an article section for a text, with a commented candidate for each line that names a party and a bloc.
    #[command(
        after_help = "Example:\n  accede draft texts/valley-gazette.txt rules > seeds/valley-gazette.accede"
    )]
    Draft {
        /// The article's text.
        text: PathBuf,
        #[command(flatten)]
        input: Input,
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

/// Where what was read of a large project is kept, so that the next question need not read it all.
#[derive(Args)]
struct Cache {
    /// The folder for it [default: `accede` in the user's folder of caches]. It can be deleted at any time.
    #[arg(long = "cache", value_name = "DIR", conflicts_with = "no_cache")]
    folder: Option<PathBuf>,
    /// Read everything, and keep nothing.
    #[arg(long)]
    no_cache: bool,
}

impl Cache {
    fn folder(&self) -> Option<PathBuf> {
        let of_user = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("accede"));
        if self.no_cache { None } else { self.folder.clone().or_else(of_user) }
    }
}

#[derive(Clone, Copy, PartialEq, Debug, ValueEnum)]
enum AnswerFormat {
    /// Tables, and a picture of stretches of days.
    Human,
    /// Everything, as JSON.
    Json,
    /// The same, one line an answer.
    #[value(alias = "json-lines")]
    Jsonl,
    /// Rows for spreadsheets.
    Csv,
    /// Tables for GitHub.
    Markdown,
    /// A picture of stretches of days, of one question.
    Svg,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// Reads the arguments of the process and does what they say.
pub fn main() -> ExitCode {
    // This thread is one of those that share the work: it would only wait for the others.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
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
        Command::Ask { question, format, input, cache } => {
            ask::ask(question.as_deref(), format, &input, &cache)
        }
        Command::Check { input, check } => check::check(&check, &input),
        Command::Test { input, test } => test::test(&test, &input),
        Command::Panel { panel, input } => panel::panel(&panel, &input),
        Command::Explain { code } => check::explain(code.as_deref()),
        Command::Draft { text, input } => check::draft(&text, &input),
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
    Ok(load_with(input, config::Config::find().map_err(Stop::Unusable)?))
}

fn load_with(input: &Input, config: config::Config) -> Engine {
    let (paths, articles) = chosen(input, config);
    Engine::load(&paths, &articles)
}

/// The rule files and the folders of articles' texts.
fn chosen(input: &Input, config: config::Config) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut articles = input.articles.clone();
    articles.extend(config.articles);
    let paths = if input.paths.is_empty() { config.load } else { input.paths.clone() };
    (paths, articles)
}

/// At the end of the process its memory is given back as a whole, sooner than piece by piece.
fn leave<T>(it: T) {
    std::mem::forget(it);
}

fn exit_code(engine: &Engine, found: &Tally) -> ExitCode {
    ExitCode::from(code_of(engine, found))
}

/// The same as a number.
fn code_of(engine: &Engine, found: &Tally) -> u8 {
    let wrong = found.iter().any(|it| it.severity != Severity::Note);
    if engine.incomplete { 2 } else { u8::from(wrong) }
}

/// Whether standard output is read by a person.
fn is_terminal(channel: Channel) -> bool {
    match channel {
        Channel::Out => io::stdout().is_terminal(),
        Channel::Err => io::stderr().is_terminal(),
    }
}
