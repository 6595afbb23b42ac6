//! Where to print, how wide, and whether in colour.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Colour, is_terminal};
use crate::render::text::Style;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Channel {
    Out,
    Err,
}

/// One of the standard streams, with the style that suits it.
pub(super) struct Output {
    channel: Channel,
    pub(super) colour: Colour,
    pub(super) style: Style,
}

/// The width where there is no terminal to ask.
const WIDTH: usize = 100;
/// No line of an answer is made longer than this.
const WIDEST: usize = 10_000;

impl Output {
    pub(super) fn new(channel: Channel, colour: Colour) -> Output {
        let coloured = match (colour, channel) {
            (Colour::Always, _) => true,
            (Colour::Never, _) => false,
            (Colour::Auto, Channel::Out) => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            (Colour::Auto, Channel::Err) => AutoStream::choice(&io::stderr()) != ColorChoice::Never,
        };
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        let style =
            Style { width: width(channel), color: coloured, unicode: !(dumb && is_terminal(channel)) };
        Output { channel, colour, style }
    }

    /// Prints at once, so that a reader at the other end of a pipe need not wait.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        fn print(mut to: impl Write, text: &str) -> io::Result<()> {
            to.write_all(text.as_bytes())?;
            to.flush()
        }
        match self.channel {
            Channel::Out => print(io::stdout().lock(), text),
            Channel::Err => print(io::stderr().lock(), text),
        }
    }
}

/// What `COLUMNS` says, else the terminal.
fn width(channel: Channel) -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok()).filter(|it| *it > 0);
    let terminal = || terminal_size::terminal_size().filter(|_| is_terminal(channel));
    said.or_else(|| terminal().map(|it| usize::from(it.0.0))).unwrap_or(WIDTH).min(WIDEST)
}
