//! `accede ask` without a question, on a terminal: questions one after the other, with history and completion.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::Stop;
use crate::engine::Engine;
use crate::source;

const PROMPT: &str = "accede> ";
const GREETING: &str =
    "A question, such as `members of CSTO on 2012-12-19`; the Tab key completes names. `help`, `quit`.\n";
const QUESTIONS_KEPT: usize = 1_000;

/// Asks for questions until there are no more, and gives each to `answer`, and `help` to `tell`.
pub(super) fn run(
    engine: &Engine,
    mut tell: impl FnMut(&str) -> Result<(), Stop>,
    mut answer: impl FnMut(&str) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let broken = |it: ReadlineError| Stop::Unusable(format!("error: the terminal cannot be used: {it}"));
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(QUESTIONS_KEPT)
        .map_err(broken)?
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Names, FileHistory> = Editor::with_config(config).map_err(broken)?;
    editor.set_helper(Some(Names { engine }));
    // Without a history of earlier sessions there is that of this one.
    let history = history();
    if let Some(path) = &history {
        let _ = editor.load_history(path);
    }
    tell(GREETING)?;
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => match line.trim() {
                "" => {}
                "quit" | "exit" => break,
                "help" | "?" => tell(&super::ask::help())?,
                question => answer(question)?,
            },
            // The line that was begun is given up.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(broken(error)),
        }
    }
    if let Some(path) = &history {
        let _ = editor.save_history(path);
    }
    Ok(())
}

/// In the folder for what programs remember, or where there is none, for their data.
fn history() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("accede");
    source::kept::folder(&folder).ok()?;
    Some(folder.join("history"))
}

/// Completes names.
struct Names<'e> {
    engine: &'e Engine,
}

impl Completer for Names<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let (start, mut words) = self.engine.completions(&line[..at]);
        // The only one is followed by the next word.
        if let [word] = &mut words[..] {
            word.push(' ');
        }
        Ok((start, words))
    }
}

impl Hinter for Names<'_> {
    type Hint = String;
}

impl Highlighter for Names<'_> {}

impl Validator for Names<'_> {}

impl Helper for Names<'_> {}
