//! The picture of an answer in a terminal: a glyph for each status, shades for doubt, an axis under them.

use textwrap::core::display_width;

use super::picture::{Kind, Lane, Picture, ticks};
use super::safe::printable;
use super::text::Style;
use super::words::hanging;
use crate::answer::Answer;
use crate::date::Day;

/// In fewer columns there is no picture.
const NARROWEST: usize = 40;
/// So many lines of bars are drawn.
const MOST: usize = 40;
/// A name takes no more columns than this part of the width.
const LABEL: usize = 4;

/// The characters it is drawn with.
struct Glyphs {
    beginning: char,
    statuses: &'static str,
    possible: char,
    disputed: char,
    planned: char,
    /// Of a cell that has days of more than one kind, or some that the answer says nothing of.
    mixed: char,
    /// Where a line goes on to the left and to the right.
    ends: [char; 2],
    axis: char,
    tick: char,
    dots: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    beginning: '·',
    statuses: "█▄▀━═◆●▲■",
    possible: '░',
    disputed: '▒',
    planned: '┄',
    mixed: '│',
    ends: ['◀', '▶'],
    axis: '─',
    tick: '┬',
    dots: "…",
};

const ASCII: Glyphs = Glyphs {
    beginning: '.',
    statuses: "#=*%@$&^/",
    possible: '?',
    disputed: '!',
    planned: '~',
    mixed: '|',
    ends: ['<', '>'],
    axis: '-',
    tick: '+',
    dots: "...",
};

impl Glyphs {
    fn of(&self, kind: Kind, picture: &Picture) -> char {
        match kind {
            Kind::Status(it) => picture.rank(it).map_or(self.beginning, |it| {
                // Where the shapes do not suffice, letters and digits do: there are 64 statuses at most.
                let shapes = self.statuses.chars().chain('A'..='Z').chain('a'..='z').chain('0'..='9');
                shapes.into_iter().nth(it).unwrap_or('+')
            }),
            Kind::Possible => self.possible,
            Kind::Disputed => self.disputed,
            Kind::Planned => self.planned,
        }
    }
}

/// The bars, the axis and what the glyphs mean; every line with a line end.
pub(super) fn answer(answer: &Answer, style: Style) -> Option<String> {
    if style.width < NARROWEST {
        return None;
    }
    let picture = Picture::of(answer)?;
    let glyphs = if style.unicode { &UNICODE } else { &ASCII };
    Some(Drawing::new(&picture, glyphs, style).text())
}

struct Drawing<'p> {
    picture: &'p Picture<'p>,
    glyphs: &'static Glyphs,
    style: Style,
    /// Columns of the names, and of the bars.
    label: usize,
    cells: usize,
}

impl<'p> Drawing<'p> {
    fn new(picture: &'p Picture, glyphs: &'static Glyphs, style: Style) -> Drawing<'p> {
        let shown = picture.lanes.iter().take(MOST);
        let label = shown.map(|it| display_width(&printable(&it.label))).max().unwrap_or(0);
        let label = label.min(style.width / LABEL);
        // A blank before the name and one behind it, and an arrow on each side.
        let room = style.width - label - 4;
        let length = picture.length() as usize;
        // Where there are few days, each has as many columns as the others.
        let cells = if length < room { room / length * length } else { room };
        Drawing { picture, glyphs, style, label, cells }
    }

    fn text(&self) -> String {
        let lanes = &self.picture.lanes;
        let mut mixed = false;
        let mut text = String::new();
        for lane in lanes.iter().take(MOST) {
            text += &self.lane(lane, &mut mixed);
        }
        text += &self.axis();
        let mut items = self.legend(mixed);
        if lanes.len() > MOST {
            items.push(format!("({} more lines are not drawn)", lanes.len() - MOST));
        }
        for line in self.packed(&items) {
            text += &line;
            text.push('\n');
        }
        text
    }

    fn lane(&self, lane: &Lane, mixed: &mut bool) -> String {
        let label = self.clipped(&printable(&lane.label));
        let pad = " ".repeat(self.label - display_width(&label));
        let starts = lane.bars.iter().any(|it| it.row.from == Day::DAWN);
        let ends = lane.bars.iter().any(|it| it.row.to == Day::DUSK);
        let [left, right] = self.glyphs.ends;
        let mut line = format!(" {label}{pad} {}", if starts { left } else { ' ' });
        let mut colour = "";
        for cell in self.cells(lane) {
            let (glyph, wanted) = match cell {
                Cell::Empty => (' ', ""),
                Cell::Mixed => {
                    *mixed = true;
                    (self.glyphs.mixed, "")
                }
                Cell::One(kind) => (self.glyphs.of(kind, self.picture), paint(kind)),
            };
            if self.style.color && wanted != colour {
                line += if wanted.is_empty() { "\x1b[0m" } else { wanted };
                colour = wanted;
            }
            line.push(glyph);
        }
        line += if colour.is_empty() { "" } else { "\x1b[0m" };
        line.extend(ends.then_some(right));
        format!("{}\n", line.trim_end())
    }

    /// What each cell shows: a kind only where all its days are of that kind, so that none is hidden.
    fn cells(&self, lane: &Lane) -> Vec<Cell> {
        let mut cells = vec![Cell::Empty; self.cells];
        let mut said = vec![0; self.cells];
        for bar in lane.bars.iter().filter(|it| !it.days.is_empty()) {
            let [first, last] = [bar.days.earliest, bar.days.latest].map(|it| self.picture.offset(it));
            for cell in self.cell_of(first)..self.cell_after(last) {
                let (from, to) = self.days_of(cell);
                said[cell] += to.min(last) - from.max(first) + 1;
                cells[cell] = match cells[cell] {
                    Cell::Empty => Cell::One(bar.kind),
                    before if before == Cell::One(bar.kind) => before,
                    _ => Cell::Mixed,
                };
            }
        }
        for (place, cell) in cells.iter_mut().enumerate() {
            let (from, to) = self.days_of(place);
            if *cell != Cell::Empty && said[place] <= to - from {
                *cell = Cell::Mixed;
            }
        }
        cells
    }

    /// The first cell that shows a day, counted from the left edge.
    fn cell_of(&self, day: i64) -> usize {
        (day * self.cells as i64 / self.picture.length()) as usize
    }

    /// The first cell after those that show a day.
    fn cell_after(&self, day: i64) -> usize {
        self.cell_of(day + 1).max(self.cell_of(day) + 1)
    }

    /// The first and the last day of a cell: each day is in one cell, or has several for itself.
    fn days_of(&self, cell: usize) -> (i64, i64) {
        let (cell, cells, length) = (cell as i64, self.cells as i64, self.picture.length());
        if length < cells {
            let day = cell * length / cells;
            return (day, day);
        }
        let first = |cell: i64| (cell * length + cells - 1) / cells;
        (first(cell), first(cell + 1) - 1)
    }

    /// The line of ticks, and under it their labels.
    fn axis(&self) -> String {
        let margin = self.label + 3;
        let mut line = vec![self.glyphs.axis; self.cells];
        let mut labels = String::new();
        for tick in ticks(self.picture.span, self.cells) {
            let at = self.cell_of(self.picture.offset(tick.day));
            let is_clear = labels.is_empty() || labels.len() < at;
            if !is_clear || at + tick.label.len() > self.cells {
                continue;
            }
            line[at] = self.glyphs.tick;
            labels += &" ".repeat(at - labels.len());
            labels += &tick.label;
        }
        let margin = " ".repeat(margin);
        let line: String = line.into_iter().collect();
        format!("{margin}{line}\n{}\n", format!("{margin}{labels}").trim_end())
    }

    fn legend(&self, mixed: bool) -> Vec<String> {
        let item = |(kind, name): (Kind, &str)| {
            format!("{} {}", self.glyphs.of(kind, self.picture), printable(name))
        };
        let mut items: Vec<String> = self.picture.kinds().map(item).collect();
        items.extend(mixed.then(|| format!("{} more than one", self.glyphs.mixed)));
        items
    }

    /// As many on a line as have room.
    fn packed(&self, items: &[String]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for item in items {
            match lines.last_mut() {
                Some(line) if display_width(line) + 2 + display_width(item) <= self.style.width => {
                    *line += "  ";
                    *line += item;
                }
                _ => lines.extend(hanging(item, " ", "   ", self.style.width)),
            }
        }
        lines
    }

    /// The beginning of a name that is too long.
    fn clipped(&self, label: &str) -> String {
        if display_width(label) <= self.label {
            return label.to_owned();
        }
        let room = self.label - display_width(self.glyphs.dots);
        let mut used = 0;
        let fits = |it: &char| {
            used += display_width(it.encode_utf8(&mut [0; 4]));
            used <= room
        };
        let clipped: String = label.chars().take_while(fits).collect();
        clipped + self.glyphs.dots
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Cell {
    Empty,
    One(Kind),
    Mixed,
}

/// Doubt is coloured too; it is told by its shape already.
fn paint(kind: Kind) -> &'static str {
    match kind {
        Kind::Status(_) => "",
        Kind::Possible => "\x1b[33m",
        Kind::Disputed => "\x1b[31m",
        Kind::Planned => "\x1b[36m",
    }
}
