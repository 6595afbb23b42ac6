//! Findings for people: what is wrong, the passages it is about, and what to do. Only here miette is known.

use std::fmt::Display;

use miette::{GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use self::frame::Frame;
use self::group::Group;
use self::quote::Quote;
use self::sides::{Side, Sides};
use self::window::Room;
use self::wrap::wrap;
use super::safe::printable;
use super::said;
use crate::finding::{Finding, Severity};
use crate::source::{File, Sources};

mod columns;
mod frame;
mod group;
mod mark;
mod quote;
mod sentence;
mod sides;
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

/// The first of them, and how many more there are.
pub fn some(findings: &[Finding], sources: &Sources, style: Style) -> String {
    const SHOWN: usize = 10;
    let shown = &findings[..findings.len().min(SHOWN)];
    let mut text = self::findings(shown, sources, style);
    if findings.len() > shown.len() {
        text += &format!("\nand {} more findings: see `accede check`\n", findings.len() - shown.len());
    }
    text
}

/// One finding. Every line of it ends with a line feed, and none is wider than the style says, but where severity and
/// code alone are, or a line has characters younger than Unicode 15.1: miette does not know how wide they are.
pub fn finding(finding: &Finding, sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    Printer::new(style).finding(finding, sources, &mut out);
    out
}

/// The same with all frames drawn by miette, to compare with.
#[doc(hidden)]
pub fn by_miette(finding: &Finding, sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    Printer { by_miette: true, ..Printer::new(style) }.finding(finding, sources, &mut out);
    out
}

struct Printer {
    width: usize,
    dots: &'static str,
    lines: ThemeCharacters,
    styles: ThemeStyles,
    handler: GraphicalReportHandler,
    /// Also what takes longer so.
    by_miette: bool,
}

impl Printer {
    fn new(style: Style) -> Printer {
        let mut theme = if style.unicode { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        theme.styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        theme.styles.link = theme.styles.help;
        let (lines, styles) = (theme.characters.clone(), theme.styles.clone());
        let width = style.width.max(Style::NARROWEST);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(width)
            .with_context_lines(0)
            .without_primary_span_start();
        Printer {
            width,
            dots: if style.unicode { "…" } else { "..." },
            lines,
            styles,
            handler,
            by_miette: false,
        }
    }

    fn finding(&self, finding: &Finding, sources: &Sources, out: &mut String) {
        self.headline(finding, out);
        let sides = Sides::of(finding, sources, |place, file, span| {
            let (file, claim) = (sources.file(file), sources.file(place.file).slice(place.span));
            quote::extent(file, span, claim, self.room(file))
        });
        for it in &sides.shown {
            self.side(it, finding, sources, out);
        }
        if let Some(more) = &sides.more {
            self.remark(more, out);
        }
        for (kind, text) in said::notes(finding, sources) {
            self.note(kind, &text, out);
        }
    }

    /// What is claimed, and under it the words of the articles that say so.
    fn side(&self, side: &Side, finding: &Finding, sources: &Sources, out: &mut String) {
        if let Some(name) = &side.name {
            self.remark(name, out);
        }
        for it in group::groups(side.places.clone(), sources, |file| self.room(file)) {
            // Of a file that could not be read there is nothing to show.
            if sources.file(it.file).text.is_empty() && finding.code == "unreadable" {
                continue;
            }
            self.frame(&it, sources.file(it.file), out);
        }
        for it in &side.quotes {
            self.quote(it, sources.file(it.file), out);
        }
        if let Some(more) = &side.more {
            self.remark(more, out);
        }
    }

    /// `error[code]: message`, wrapped.
    fn headline(&self, finding: &Finding, out: &mut String) {
        let style = match finding.severity {
            Severity::Error => self.styles.error,
            Severity::Warning => self.styles.warning,
            Severity::Note => self.styles.advice,
        };
        let name = said::severity(finding.severity);
        let kind = format!("{name}[{}]", finding.code);
        let first = self.width.saturating_sub(columns::width(&kind) + 2);
        let lines = wrap(&printable(&finding.message), first, self.width - 2);
        lay(out, &style.style(&kind), ": ", "  ", &lines);
    }

    fn note(&self, kind: &str, text: &str, out: &mut String) {
        let kind = format!("  {kind}");
        let indent = columns::width(&kind) + ": ".len();
        let room = self.width - indent;
        let lines: Vec<_> = text.lines().flat_map(|it| wrap(&printable(it), room, room)).collect();
        lay(out, &self.styles.help.style(&kind), ": ", &" ".repeat(indent), &lines);
    }

    fn remark(&self, text: &str, out: &mut String) {
        let room = self.width - 2;
        lay(out, &"  ", "", "  ", &wrap(text, room, room));
    }

    /// What is left of the width beside line numbers.
    fn room(&self, file: &File) -> Room<'static> {
        Room { columns: self.width - digits(file) - 4, dots: self.dots }
    }

    fn frame(&self, group: &Group, file: &File, out: &mut String) {
        let frame = Frame::new(
            self.name(group.start(file), group.place.heading.as_deref(), file),
            group,
            file,
            self.room(file),
        );
        if !self.by_miette && mark::draw(&frame, &self.lines, &self.styles, out) {
            return;
        }
        let mut drawn = String::new();
        self.handler.render_report(&mut drawn, &frame).expect("a string takes all");
        // the first line is that of the message, which is empty
        for line in drawn.lines().skip(1) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    /// Words of an article, broken into lines, which miette does not do.
    fn quote(&self, quote: &Quote, file: &File, out: &mut String) {
        let ThemeCharacters { hbar, vbar, ltop, lbot, .. } = self.lines;
        let rows = quote.rows(file, self.room(file));
        let digits = rows.iter().map(|it| it.number.to_string().len()).max().unwrap_or(1);
        let name = self.name(quote.range.start, quote.heading, file);
        let margin = " ".repeat(digits + 2);
        out.push_str(&format!("{margin}{ltop}{hbar}[{}]\n", self.styles.link.style(name)));
        let mut last = None;
        for row in rows {
            let number = if last == Some(row.number) { String::new() } else { row.number.to_string() };
            let number = self.styles.linum.style(format!("{number:>digits$}")).to_string();
            let line = format!(" {number} {vbar} {}", row.text);
            out.push_str(line.trim_end());
            out.push('\n');
            last = Some(row.number);
        }
        out.push_str(&format!("{margin}{lbot}{}\n", hbar.to_string().repeat(4)));
    }

    /// Path, line and column, and the article if there is room for it.
    fn name(&self, start: usize, heading: Option<&str>, file: &File) -> String {
        let (line, column) = file.position(start as u32);
        let name = format!("{}:{line}:{column}", printable(&file.path));
        let room = self.width - digits(file) - 6;
        let mut name = columns::clip_start(&name, room, self.dots).into_owned();
        let left = room.saturating_sub(columns::width(&name) + "  ()".len());
        if let Some(article) = heading.filter(|_| left >= 8) {
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
