//! Findings for people: what is wrong, the passages it is about, and what to do. Only here miette is known.

use std::fmt::Display;

use miette::{GraphicalReportHandler, GraphicalTheme, ThemeStyles};

use self::frame::Frame;
use self::group::Group;
use self::window::Room;
use self::wrap::wrap;
use super::safe::printable;
use crate::finding::{Finding, Severity};
use crate::source::{File, Sources};

mod columns;
mod frame;
mod group;
mod window;
mod wrap;

/// How findings are drawn. Nothing of it is looked up in the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal; fewer than [`Style::NARROWEST`] are taken as that many.
    pub width: usize,
    /// Whether there may be escape codes.
    pub color: bool,
    /// Whether frames are drawn with more than ASCII. The text in them is shown as it is.
    pub unicode: bool,
}

impl Style {
    /// The fewest columns that a passage still can be shown in.
    pub const NARROWEST: usize = 32;
}

/// All findings one below the other, with an empty line between them.
pub fn findings(findings: &[Finding], sources: &Sources, style: Style) -> String {
    let printer = Printer::new(style);
    let mut out = String::new();
    for (number, it) in findings.iter().enumerate() {
        out.push_str(if number > 0 { "\n" } else { "" });
        printer.finding(it, sources, &mut out);
    }
    out
}

/// One finding. Every line of it ends with a line feed, and none is wider than the style says, but where severity and
/// code alone are, or a line has characters younger than Unicode 15.1: miette does not know how wide they are.
pub fn finding(finding: &Finding, sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    Printer::new(style).finding(finding, sources, &mut out);
    out
}

struct Printer {
    width: usize,
    dots: &'static str,
    styles: ThemeStyles,
    handler: GraphicalReportHandler,
}

impl Printer {
    fn new(style: Style) -> Printer {
        let mut theme = if style.unicode { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        theme.styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        theme.styles.link = theme.styles.help;
        let styles = theme.styles.clone();
        let width = style.width.max(Style::NARROWEST);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(width)
            .with_context_lines(0)
            .without_primary_span_start();
        Printer { width, dots: if style.unicode { "…" } else { "..." }, styles, handler }
    }

    fn finding(&self, finding: &Finding, sources: &Sources, out: &mut String) {
        self.headline(finding, out);
        for it in group::groups(finding, sources, |file| self.room(file)) {
            // Of a file that could not be read there is nothing to show.
            if sources.file(it.file).text.is_empty() && finding.code == "unreadable" {
                continue;
            }
            self.frame(&it, sources.file(it.file), out);
        }
        if let Some(help) = finding.help.as_ref().filter(|it| !it.trim().is_empty()) {
            self.help(help, out);
        }
    }

    /// `error[code]: message`, wrapped.
    fn headline(&self, finding: &Finding, out: &mut String) {
        let (name, style) = match finding.severity {
            Severity::Error => ("error", self.styles.error),
            Severity::Warning => ("warning", self.styles.warning),
            Severity::Note => ("note", self.styles.advice),
        };
        let kind = format!("{name}[{}]", finding.code);
        let first = self.width.saturating_sub(columns::width(&kind) + 2);
        let lines = wrap(&printable(&finding.message), first, self.width - 2);
        lay(out, &style.style(&kind), ": ", "  ", &lines);
    }

    fn help(&self, help: &str, out: &mut String) {
        let room = self.width - "  help: ".len();
        let lines: Vec<_> = help.lines().flat_map(|it| wrap(&printable(it), room, room)).collect();
        lay(out, &self.styles.help.style("  help"), ": ", "        ", &lines);
    }

    /// What is left of the width beside line numbers.
    fn room(&self, file: &File) -> Room<'static> {
        Room { columns: self.width - digits(file) - 4, dots: self.dots }
    }

    fn frame(&self, group: &Group, file: &File, out: &mut String) {
        let frame = Frame::new(self.name(group, file), group, file, self.room(file));
        let mut drawn = String::new();
        self.handler.render_report(&mut drawn, &frame).expect("a string takes all");
        // the first line is that of the message, which is empty
        for line in drawn.lines().skip(1) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    /// Path, line and column, and the article if there is room for it.
    fn name(&self, group: &Group, file: &File) -> String {
        let (line, column) = file.position(group.start(file) as u32);
        let name = format!("{}:{line}:{column}", printable(&file.path));
        let room = self.width - digits(file) - 6;
        let mut name = columns::clip_start(&name, room, self.dots).into_owned();
        let left = room.saturating_sub(columns::width(&name) + "  ()".len());
        if let Some(article) = group.place.heading.as_ref().filter(|_| left >= 8) {
            let article = printable(article);
            name.push_str(&format!("  ({})", columns::clip_end(&article, left, self.dots)));
        }
        name
    }
}

/// The digits of the greatest line number in a file.
fn digits(file: &File) -> usize {
    (file.line_count() + 1).ilog10() as usize + 1
}

fn lay(out: &mut String, kind: &dyn Display, colon: &str, indent: &str, lines: &[String]) {
    out.push_str(&format!("{kind}{colon}"));
    for (number, line) in lines.iter().enumerate() {
        out.push_str(if number > 0 { indent } else { "" });
        out.push_str(line);
        let kept = out.trim_end_matches(' ').len();
        out.truncate(kept);
        out.push('\n');
    }
}
