//! The picture of an answer as SVG: one file without scripts or links, to be seen on white and on dark, in colours
//! or without, and to be read aloud.

mod look;

use textwrap::core::display_width;

use self::look::{Look, style};
use super::cells;
use super::picture::{Bar, Kind, Lane, Picture, ticks};
use super::safe::printable;
use crate::answer::{Answer, Row};
use crate::date::Day;

/// Of the whole picture, in pixels.
const WIDTH: usize = 960;
/// Around it, and between names and bars.
const MARGIN: usize = 16;
/// From one line to the next.
const LINE: usize = 26;
/// Of a bar.
const BAR: usize = 16;
/// Of a letter, roughly.
const LETTER: usize = 8;
/// The most letters of a name that are shown.
const LABEL: usize = 32;
/// Of what shows that a line goes on.
const ARROW: usize = 10;

/// The picture; `None` of an answer that has no stretches of days, or of which no day is known.
pub fn answer(answer: &Answer) -> Option<String> {
    let picture = Picture::of(answer)?;
    Some(Drawing::new(&picture).document(answer))
}

struct Drawing<'p> {
    picture: &'p Picture<'p>,
    /// Where the bars begin, from the left, and how wide they can be.
    left: usize,
    room: usize,
}

impl<'p> Drawing<'p> {
    fn new(picture: &'p Picture) -> Drawing<'p> {
        let letters = picture.lanes.iter().map(|it| display_width(&printable(&it.label)));
        let letters = letters.max().unwrap_or(0).min(LABEL);
        let left = MARGIN * 2 + letters * LETTER + ARROW;
        Drawing { picture, left, room: WIDTH - left - ARROW - MARGIN }
    }

    fn document(&self, answer: &Answer) -> String {
        let lanes = &self.picture.lanes;
        let axis = MARGIN + LINE + lanes.len() * LINE;
        let (legend, lines) = self.legend(axis + LINE + 4);
        let height = axis + LINE + 4 + lines * LINE + MARGIN;
        let title = escaped(answer.question.trim());
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"accede-title accede-desc\">\n\
             <title id=\"accede-title\">{title}</title>\n<desc id=\"accede-desc\">{}</desc>\n",
            self.description()
        );
        let looks: Vec<Look> = self.picture.kinds().map(|it| self.look(it.0)).collect();
        text += &style(&looks);
        text += &format!("<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n");
        text += &format!("<text class=\"head\" x=\"{MARGIN}\" y=\"{}\">{title}</text>\n", MARGIN + 8);
        text += &self.axis(axis);
        for (place, lane) in lanes.iter().enumerate() {
            text += &self.lane(lane, MARGIN + LINE + place * LINE);
        }
        text + &legend + "</svg>\n"
    }

    /// All that the picture shows, in words.
    fn description(&self) -> String {
        let span = self.picture.span;
        let mut words = format!("Bars over the days from {} to {}.", span.earliest, span.latest);
        for lane in &self.picture.lanes {
            let bars: Vec<String> = lane.bars.iter().map(|it| said(it.row)).collect();
            words += &format!("\n{}: {}.", lane.label, bars.join("; "));
        }
        words.lines().map(escaped).collect::<Vec<_>>().join("\n")
    }

    fn look(&self, kind: Kind) -> Look {
        match kind {
            Kind::Status(it) => self.picture.rank(it).map_or(Look::Beginning, Look::Status),
            Kind::Possible => Look::Possible,
            Kind::Disputed => Look::Disputed,
            Kind::Planned => Look::Planned,
        }
    }

    /// Where a day begins, from the left edge, in hundredths of a pixel.
    fn x(&self, days: i64) -> usize {
        self.left * 100 + days as usize * self.room * 100 / self.picture.length() as usize
    }

    /// Lines through the picture, with labels below.
    fn axis(&self, y: usize) -> String {
        let (left, right) = (self.left, self.left + self.room);
        let mut text = format!("<path class=\"axis\" d=\"M{left} {y}H{right}\"/>\n");
        let mut end = 0;
        for tick in ticks(self.picture.span, self.room / LETTER) {
            let x = self.x(self.picture.offset(tick.day));
            let after = x + tick.label.len() * LETTER * 100;
            if x < end || after > WIDTH * 100 {
                continue;
            }
            end = after;
            let x = pixels(x);
            let top = MARGIN + LINE - 6;
            text += &format!("<path class=\"tick\" d=\"M{x} {top}V{}\"/>", y + 5);
            text += &format!("<text x=\"{x}\" y=\"{}\">{}</text>\n", y + 18, tick.label);
        }
        text
    }

    fn lane(&self, lane: &Lane, y: usize) -> String {
        let label = escaped(&clipped(&printable(&lane.label)));
        let mut text = format!("<text x=\"{MARGIN}\" y=\"{}\">{label}</text>\n", y + 13);
        for bar in &lane.bars {
            text += &self.bar(bar, y);
        }
        text
    }

    fn bar(&self, bar: &Bar, y: usize) -> String {
        let name = escaped(&format!("{} in {}: {}", bar.row.party, bar.row.bloc, said(bar.row)));
        let class = self.look(bar.kind).class();
        let [from, to] = [bar.days.earliest, bar.days.latest].map(|it| self.picture.offset(it));
        let left = self.x(from);
        // However short it is, it is to be seen.
        let right = self.x(to + 1).max(left + 150);
        let width = pixels(right - left);
        let mut text = format!("<g class=\"{class}\"><title>{name}</title>");
        text += &format!("<rect x=\"{}\" y=\"{y}\" width=\"{width}\" height=\"{BAR}\"/>", pixels(left));
        if bar.row.from == Day::DAWN {
            text += &arrow(left, left - ARROW * 100, y);
        }
        if bar.row.to == Day::DUSK {
            text += &arrow(right, right + ARROW * 100, y);
        }
        text + "</g>\n"
    }

    /// What the looks mean, from a height on, and how many lines that takes.
    fn legend(&self, top: usize) -> (String, usize) {
        let mut text = String::new();
        let (mut x, mut line) = (MARGIN, 0);
        for (kind, name) in self.picture.kinds() {
            let name = printable(name);
            let width = BAR * 2 + display_width(&name) * LETTER + MARGIN + MARGIN / 2;
            if x > MARGIN && x + width > WIDTH {
                (x, line) = (MARGIN, line + 1);
            }
            let y = top + line * LINE;
            let class = self.look(kind).class();
            text += &format!(
                "<g class=\"{class}\"><rect x=\"{x}\" y=\"{y}\" width=\"24\" height=\"{BAR}\"/></g>"
            );
            text += &format!("<text x=\"{}\" y=\"{}\">{}</text>\n", x + BAR * 2, y + 13, escaped(&name));
            x += width;
        }
        (text, line + 1)
    }
}

/// A triangle on the side of a bar.
fn arrow(base: usize, tip: usize, y: usize) -> String {
    let (base, tip) = (pixels(base), pixels(tip));
    format!("<path d=\"M{base} {y}L{tip} {}L{base} {}Z\"/>", y + BAR / 2, y + BAR)
}

/// Hundredths of a pixel as SVG writes them.
fn pixels(hundredths: usize) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A stretch in words.
fn said(row: &Row) -> String {
    format!("{}, {}, {}", cells::status(row), cells::days(row.from, row.to), cells::verdict(row))
}

fn clipped(label: &str) -> String {
    if display_width(label) <= LABEL {
        return label.to_owned();
    }
    let mut used = 1;
    let fits = |it: &char| {
        used += display_width(it.encode_utf8(&mut [0; 4]));
        used <= LABEL
    };
    label.chars().take_while(fits).collect::<String>() + "…"
}

/// Fit to be seen, and to stand in XML.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for it in printable(text).chars() {
        match it {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(it),
        }
    }
    escaped
}
