//! A line with one mark, the commonest frame by far, drawn as miette draws it and in a fraction of the time.

use std::borrow::Cow;

use miette::{LabeledSpan, ThemeCharacters, ThemeStyles};

use super::frame::Frame;
use crate::render::safe::is_plain;

/// Whether there is one mark alone, which is then drawn.
pub(super) fn draw(
    frame: &Frame,
    characters: &ThemeCharacters,
    styles: &ThemeStyles,
    out: &mut String,
) -> bool {
    let Some((text, mark)) = frame.only_mark() else { return false };
    let ThemeCharacters { hbar, vbar, vbar_break, ltop, lbot, underline, underbar, .. } = characters;
    let number = frame.number().to_string();
    let mut pen = Pen { out, styles, margin: number.len() + 2 };
    pen.begin(&[*ltop, *hbar, '[']);
    pen.write(Ink::Link, frame.name());
    pen.out.push_str("]\n ");
    pen.write(Ink::Number, &number);
    pen.out.extend([' ', *vbar, ' ']);
    pen.out.push_str(text);
    pen.end();
    let before = mark.offset();
    let width = mark.len();
    let middle = (before + before + width) / 2;
    let many = |count: usize, it: char| std::iter::repeat_n(it, count);
    pen.begin(&[*vbar_break, ' ']);
    let mut line = String::with_capacity(3 * (before + width));
    line.extend(many(before, ' ').chain(many(middle - before, *underline)));
    line.push(if mark.label().is_some() { *underbar } else { *underline });
    line.extend(many(before + width - middle - 1, *underline));
    pen.write(Ink::Mark, &line);
    pen.end();
    if let Some(label) = mark.label() {
        pen.begin(&[*vbar_break, ' ']);
        pen.out.extend(many(middle, ' '));
        line.clear();
        line.extend([*lbot, *hbar, *hbar, ' ']);
        // It is styled twice.
        line.push_str(&pen.inked(Ink::Mark, label));
        pen.write(Ink::Mark, &line);
        pen.end();
    }
    pen.begin(&[*lbot, *hbar, *hbar, *hbar, *hbar, '\n']);
    true
}

#[derive(Clone, Copy)]
enum Ink {
    Link,
    Number,
    Mark,
}

/// What is drawn on, and how wide the column of line numbers is.
struct Pen<'a> {
    out: &'a mut String,
    styles: &'a ThemeStyles,
    margin: usize,
}

impl Pen<'_> {
    /// A line without a number.
    fn begin(&mut self, with: &[char]) {
        self.out.extend(std::iter::repeat_n(' ', self.margin));
        self.out.extend(with);
    }

    fn write(&mut self, ink: Ink, text: &str) {
        let inked = self.inked(ink, text);
        self.out.push_str(&inked);
    }

    fn inked<'t>(&self, ink: Ink, text: &'t str) -> Cow<'t, str> {
        let style = match ink {
            Ink::Link => self.styles.link,
            Ink::Number => self.styles.linum,
            Ink::Mark => self.styles.highlights.first().copied().unwrap_or_default(),
        };
        if style.is_plain() { Cow::Borrowed(text) } else { Cow::Owned(style.style(text).to_string()) }
    }

    /// Ends a line after what is to be seen of it.
    fn end(&mut self) {
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        self.out.push('\n');
    }
}

impl Frame {
    /// The line and its mark, where there is one of each, the label takes one line, and a byte before the end of the mark
    /// is a column.
    fn only_mark(&self) -> Option<(&str, &LabeledSpan)> {
        let [mark] = self.labels() else { return None };
        let text = self.text().strip_suffix('\n').filter(|it| !it.contains(['\n', '\r', '\t', '\u{1b}']))?;
        // Of other characters miette may know another width.
        let plain = text.get(..mark.offset() + mark.len()).is_some_and(is_plain);
        let label = mark.label().unwrap_or_default();
        (plain && !mark.is_empty() && !label.contains('\n')).then_some((text, mark))
    }
}
