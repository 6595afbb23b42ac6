//! `accede ask`: questions from the command line or, one a line, from standard input.

use std::io::{self, BufRead, IsTerminal, Read};
use std::process::ExitCode;

use super::config::Config;
use super::output::{Channel, Output};
use super::{AnswerFormat, Cache, Input, Stop, chosen, code_of, leave, repl};
use crate::answer::Answer;
use crate::engine::{Engine, Unanswered};
use crate::finding::{Finding, Tally};
use crate::render::json::Layout;
use crate::render::{csv, json, markdown, svg, table, text};
use crate::source::Stamp;
use crate::store::{Needed, Printed, Store};

const QUESTIONS: &str = "\
Questions:
  members of CSTO on 2012-12-19            who belonged, suspended members too
  observers of CIS on 2010                 any status; `former members of` too
  members of CSTO and not members of EAEU on 2016
                                           sets, with `and`, `or`, `not` and brackets
  blocs of Kyrgyzstan on 2005-04-08        where it belonged
  common blocs of Russia and Kazakhstan on 2012-12-19
                                           where both belonged
  status of Uzbekistan in CSTO on 2000     one row for each stretch of the year
  history of Uzbekistan in CSTO            all of it; `history of CSTO` for every party
  when was Uzbekistan member of CSTO       its spells
  changes in CSTO between 1999 and 2013    who joined, left, was suspended
  count members of CSTO every year from 1992 to 2014
                                           how many; `every month`, `every day`
  why Uzbekistan in CSTO on 2012-12-19     the chain from the answer to the articles; `why not`
  did Uzbekistan leave CSTO in 1999        yes, no, or in doubt
Each may end in:
  as published by 2012-06-30               knowing what was in print by then
  according to rferl-2014-05, Xinhua       these articles or publishers alone
  without rferl-2014-05                    as if it had not been written
  assuming Uzbekistan leaves CSTO on 2012-06-28
                                           what if
";

const EXAMPLES: &str = "\
Examples:
  accede ask \"members of CSTO on 2012-12-19\"
  accede ask \"status of Uzbekistan in CSTO on 2012\" rules seeds
  accede ask --format json \"blocs of Kyrgyzstan on 2005-04-08\"
  accede ask --format svg \"history of CSTO\" > csto.svg
  accede ask --format json - < questions.txt";

/// What can be asked.
pub(super) fn help() -> String {
    QUESTIONS.to_owned()
}

/// The same, and how to ask it from the command line.
pub(super) fn examples() -> String {
    format!("{QUESTIONS}\n{EXAMPLES}")
}

pub(super) fn ask(
    question: Option<&str>,
    format: Option<AnswerFormat>,
    input: &Input,
    cache: &Cache,
) -> Result<ExitCode, Stop> {
    let format =
        format.unwrap_or(if question == Some("-") { AnswerFormat::Jsonl } else { AnswerFormat::Human });
    if question == Some("-") && format == AnswerFormat::Svg {
        return Err(Stop::Unusable("error: a picture is of one question: ask it without `-`".into()));
    }
    let (paths, articles) = chosen(input, Config::find().map_err(Stop::Unusable)?);
    let Some(question) = question else {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(Stop::Unusable(NO_QUESTION.into()));
        }
        let engine = Engine::load(&paths, &articles);
        let done = converse(&engine, format, input);
        leave(engine);
        return done;
    };
    let program = std::env::current_exe().ok().and_then(|it| Stamp::of(&it));
    let (Some(folder), Some(program)) = (cache.folder(), program) else {
        let engine = match question {
            "-" => Engine::load(&paths, &articles),
            _ => Engine::load_for(question, &paths, &articles),
        };
        let done = ask_of(&engine, question, format, input);
        leave(engine);
        return Ok(done?.code);
    };
    let asked = as_asked(question, format, input);
    let store = Store::of(&folder, &paths, &articles, &program);
    let stored = store.open();
    if let Some(printed) = stored.as_ref().and_then(|it| it.printed(&asked)) {
        Output::new(Channel::Out, input.color).write(&printed.out)?;
        Output::new(Channel::Err, input.color).write(&printed.err)?;
        return Ok(ExitCode::from(printed.code));
    }
    let needed = stored.map_or(Needed::Everything(None), |it| it.needed_for(question));
    let (engine, made_with, is_stored) = match needed {
        Needed::Bloc(engine, made_with) => (*engine, made_with, true),
        Needed::Everything(made_with) => (store.read(), made_with, made_with.is_some()),
    };
    let done = ask_of(&engine, question, format, input);
    // Without a store, or the answer beside it, the next question takes longer, and that is all.
    let made_with = if is_stored { made_with } else { store.write(&engine).ok().flatten() };
    if let (Ok(Done { printed: Some(printed), .. }), Some(made_with)) = (&done, made_with) {
        let _ = store.keep(&made_with, &asked, printed, &engine);
    }
    leave(engine);
    Ok(done?.code)
}

/// All that what is printed depends on but the files and this program.
fn as_asked(question: &str, format: AnswerFormat, input: &Input) -> String {
    let style = |channel| Output::new(channel, input.color).style;
    let out = (format == AnswerFormat::Human).then(|| style(Channel::Out));
    format!("{format:?} {out:?} {:?}\n{question}", style(Channel::Err))
}

const NO_QUESTION: &str = "\
error: no question is asked
help: ask one, such as `accede ask \"members of CSTO on 2012-12-19\"`, or `accede ask -` to read questions from
      standard input; on a terminal `accede ask` asks for them";

/// Questions as they are typed.
fn converse(engine: &Engine, format: AnswerFormat, input: &Input) -> Result<ExitCode, Stop> {
    let mut err = Output::new(Channel::Err, input.color);
    let wrong: Vec<Finding> = engine.complaints().cloned().collect();
    err.write(&text::some(&wrong, engine.sources(), err.style))?;
    let mut out = Output::new(Channel::Out, input.color);
    let mut asking = Asking::new(engine, format, Layout::Pretty, input);
    repl::run(engine, |text| Ok(out.write(text)?), |question| asking.one(question).map(drop))?;
    Ok(ExitCode::SUCCESS)
}

/// Of questions that were asked.
struct Done {
    code: ExitCode,
    /// Where there was one, and it was answered.
    printed: Option<Printed>,
}

fn ask_of(engine: &Engine, question: &str, format: AnswerFormat, input: &Input) -> Result<Done, Stop> {
    let layout = if question == "-" || format == AnswerFormat::Jsonl { Layout::Line } else { Layout::Pretty };
    let mut asking = Asking::new(engine, format, layout, input);
    let mut out = None;
    if question == "-" {
        asking.all(io::stdin().lock())?;
    } else if let Some((answer, text)) = asking.one(question)? {
        // The process ends with it.
        leave(answer);
        out = Some(text);
    }
    let unanswered = asking.unanswered;
    // The good lines have answered; what is wrong with the others may have changed the answer.
    let wrong: Vec<Finding> = engine.complaints().cloned().collect();
    let mut channel = Output::new(Channel::Err, input.color);
    let err = text::some(&wrong, engine.sources(), channel.style);
    channel.write(&err)?;
    let code = if unanswered && !engine.incomplete { 1 } else { code_of(engine, &Tally::of(&wrong)) };
    let printed = out.map(|out| Printed { out, err, code });
    Ok(Done { code: ExitCode::from(code), printed })
}

/// Questions being answered.
struct Asking<'e> {
    engine: &'e Engine,
    format: AnswerFormat,
    out: Output,
    layout: Layout,
    answered: bool,
    /// Of the rows of CSV that were printed last.
    header: Option<csv::Kind>,
    unanswered: bool,
}

/// Where there is nothing to draw.
const NO_PICTURE: &str = "\
error: this answer has no stretches of days to draw
help: a picture is of `history of`, `when was`, `status of`, `members of` and `blocs of`, of more than a day, some
      of whose ends are known";

/// The longest question that is read, in bytes.
const QUESTION_LIMIT: u64 = 1 << 20;

impl<'e> Asking<'e> {
    fn new(engine: &'e Engine, format: AnswerFormat, layout: Layout, input: &Input) -> Asking<'e> {
        let out = Output::new(Channel::Out, input.color);
        Asking { engine, format, out, layout, answered: false, header: None, unanswered: false }
    }

    /// The answer, where there is one, and what was printed.
    fn one(&mut self, question: &str) -> Result<Option<(Answer, String)>, Stop> {
        match self.engine.ask(question) {
            Ok(answer) => {
                let text = self.printed(&answer)?;
                self.out.write(&text)?;
                self.answered = true;
                Ok(Some((answer, text)))
            }
            Err(unanswered) => {
                self.not_answered(&unanswered)?;
                Ok(None)
            }
        }
    }

    fn printed(&mut self, answer: &Answer) -> Result<String, Stop> {
        // Rows of CSV are made many at once, with what they rest on.
        if self.format != AnswerFormat::Csv {
            answer.gather();
        }
        let gap = if self.answered { "\n" } else { "" };
        Ok(match self.format {
            AnswerFormat::Human => format!("{gap}{}", table::pictured(answer, self.out.style)),
            AnswerFormat::Json | AnswerFormat::Jsonl => json::answer(answer, self.layout),
            AnswerFormat::Csv => self.csv(answer),
            AnswerFormat::Markdown => format!("{gap}{}", markdown::answer(answer)),
            AnswerFormat::Svg => svg::answer(answer).ok_or_else(|| Stop::Unusable(NO_PICTURE.into()))?,
        })
    }

    /// With a header where the rows are not of the kind before.
    fn csv(&mut self, answer: &Answer) -> String {
        let kind = csv::Kind::of(answer).or(self.header).unwrap_or(csv::Kind::Rows);
        let before = self.header.replace(kind);
        csv::answer(answer, before != Some(kind))
    }

    fn not_answered(&mut self, unanswered: &Unanswered) -> Result<(), Stop> {
        self.unanswered = true;
        if matches!(self.format, AnswerFormat::Json | AnswerFormat::Jsonl) {
            self.out.write(&json::unanswered(unanswered, self.layout))?;
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
                self.one(question)?;
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
