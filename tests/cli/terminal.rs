//! `accede ask` on a real terminal: questions one after the other, completion, history.

use std::fs::read_to_string;
use std::process::Command;

use accede::{Engine, File};
use rexpect::session::{Options, PtySession, spawn_with_options};

use super::{Folder, PROGRAM, VOCABULARY, project};

fn conversation(folder: &Folder) -> PtySession {
    let mut command = Command::new(PROGRAM);
    command.arg("ask").current_dir(&folder.0).env_clear();
    command
        .env("TERM", "xterm")
        .env("HOME", folder.0.join("home"))
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1");
    let options = Options::new().timeout_ms(Some(30_000)).strip_ansi_escape_codes(true);
    spawn_with_options(command, options).expect("a terminal")
}

#[test]
fn questions_one_after_the_other() {
    let folder = project("terminal");
    let mut terminal = conversation(&folder);
    terminal.exp_string("A question, such as").unwrap();
    // The Tab key completes what is begun, if there is one way.
    terminal.send("members of CST\ton 2012-12-19\n").unwrap();
    terminal.exp_regex("Uzbekistan +suspended +attested").unwrap();
    terminal.send_line("members off CSTO").unwrap();
    terminal.exp_string("the nearest questions are").unwrap();
    terminal.send_line("help").unwrap();
    terminal.exp_string("did Uzbekistan leave CSTO in 1999").unwrap();
    // A line that was begun is given up by an interrupt, and the next one is asked.
    terminal.send("members of nob").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("members of nob").unwrap();
    terminal.send_control('c').unwrap();
    terminal.exp_string("accede> ").unwrap();
    terminal.send_line("count members of CSTO on 2012-12-19").unwrap();
    terminal.exp_regex("2012-12-19 +3 +attested").unwrap();
    terminal.send_line("quit").unwrap();
    terminal.exp_eof().unwrap();
    let history =
        read_to_string(folder.0.join("home/.local/state/accede/history")).expect("a history is kept");
    assert!(history.contains("\nmembers of CSTO on 2012-12-19\n"), "{history}");

    let mut terminal = conversation(&folder);
    terminal.exp_string("A question, such as").unwrap();
    terminal.send("\u{1b}[A\u{1b}[A\n").unwrap();
    terminal.exp_regex("2012-12-19 +3 +attested").unwrap();
    terminal.send_control('d').unwrap();
    terminal.exp_eof().unwrap();
}

#[test]
fn no_terminal_and_no_question() {
    let run = project("no-terminal").run(&["ask"]).input("members of CSTO\n");
    assert_eq!((run.code(), run.stdout().as_str()), (Some(2), ""));
    assert!(run.stderr().contains("`accede ask -`"), "{}", run.shown());
}

#[test]
fn what_can_follow() {
    let claims = "article \"two words\"\n  publisher \"News of \\\"X\\\"\"\n  Armenia joins CSTO\n";
    let engine = Engine::read(vec![File::new("rules", VOCABULARY), File::new("claims", claims)], &[]);
    let can_be = |before: &str| engine.completions(before);
    assert_eq!(can_be("members of CST"), (11, vec!["CSTO".to_owned()]));
    assert_eq!(can_be("members of cs"), (11, vec!["CSTO".to_owned()]));
    assert_eq!(can_be("common blocs of Armenia,Uz"), (24, vec!["Uzbekistan".to_owned()]));
    assert_eq!(can_be("members of CSTO without \"two wo"), (24, vec!["\"two words\"".to_owned()]));
    assert_eq!(can_be("members of CSTO without new"), (24, vec![r#""News of \"X\"""#.to_owned()]));
    assert_eq!(can_be("members of CSTO accor"), (16, vec!["according to".to_owned()]));
    assert!(can_be("did Armenia lea").1.contains(&"leave".to_owned()));
    assert!(can_be("").1.contains(&"members of".to_owned()));
    assert_eq!(can_be("members of \u{2007}xyz").1, Vec::<String>::new());
}
