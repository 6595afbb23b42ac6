//! Every session is run, and prints what the page shows. With `UPDATE_PAGES=1` the pages are made to show it.

use std::env;
use std::fs::{self, File};
use std::process::{Command, Stdio};

use super::{Block, blocks, read, root};

#[test]
fn sessions_print_what_the_pages_show() {
    let mut wrong = String::new();
    let mut count = 0;
    for block in blocks() {
        if !block.text.lines().any(|it| arguments(it).is_some()) {
            continue;
        }
        let mut last = None;
        for (command, expected) in steps(&block.text) {
            count += 1;
            let printed = step(&command, &mut last);
            if printed.trim_end() == expected.trim_end() {
                continue;
            }
            if env::var_os("UPDATE_PAGES").is_some() {
                update(&block, &command, &expected, &printed);
            } else {
                wrong += &format!("{}\n$ {command}\n--- shown\n{expected}--- printed\n{printed}\n", block.at);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 8, "only {count} commands were found in the pages");
}

fn update(block: &Block, command: &str, expected: &str, printed: &str) {
    let shown = format!("$ {command}\n{expected}");
    let page = read(&block.page).replacen(&shown, &format!("$ {command}\n{}\n", printed.trim_end()), 1);
    fs::write(&block.page, page).expect("the page can be written");
}

/// What follows the name of the program on a line of a session.
fn arguments(line: &str) -> Option<&str> {
    let command = line.strip_prefix("$ ")?;
    command.strip_prefix("accede ").or_else(|| command.strip_prefix("cargo run --release -- "))
}

/// Each command, without its prompt, and the lines shown under it.
fn steps(session: &str) -> Vec<(String, String)> {
    let mut steps: Vec<(String, String)> = Vec::new();
    for line in session.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push((command.to_owned(), String::new())),
            (None, Some(step)) => step.1 += &format!("{line}\n"),
            (None, None) => panic!("a session begins with a command, not with `{line}`"),
        }
    }
    steps
}

/// Runs a command of a session; `last` is the exit code of the one before it.
fn step(command: &str, last: &mut Option<i32>) -> String {
    if command == "echo $?" {
        return format!("{}\n", last.expect("a command comes first"));
    }
    let line = format!("$ {command}");
    let line = arguments(&line).unwrap_or_else(|| panic!("`{command}` cannot be run here"));
    let (line, input) = line.split_once(" < ").map_or((line, None), |(line, input)| (line, Some(input)));
    let input = input.map_or_else(Stdio::null, |it| {
        File::open(root().join(it)).unwrap_or_else(|why| panic!("{it}: {why}")).into()
    });
    let done = Command::new(env!("CARGO_BIN_EXE_accede"))
        .args(words(line))
        .current_dir(root())
        .env_clear()
        .envs([("COLUMNS", "100"), ("NO_COLOR", "1")])
        .stdin(input)
        .output()
        .expect("the program runs");
    *last = done.status.code();
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

/// Words as a shell has them: split at blanks, but not in quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match letter {
            '"' | '\'' if quote.is_none() => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            _ if quote == Some(letter) => quote = None,
            ' ' if quote.is_none() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
