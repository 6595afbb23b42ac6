//! Bars over days, in a terminal and as SVG.

use accede::answer::Row;
use accede::date::Day;
use accede::render::text::Style;
use accede::render::{svg, table};
use accede::{Answer, Verdict};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::PLAIN;
use super::answers::{day, hostile, row, with};
use super::looks::look;

const ASCII: Style = Style { unicode: false, ..PLAIN };

/// The picture alone: what stands between the question and the table.
fn picture(answer: &Answer, style: Style) -> String {
    let shown = table::pictured(answer, style);
    let without = table::answer(answer, style);
    let mut parts = shown.split("\n\n").skip(1);
    if shown == without { String::new() } else { format!("{}\n", parts.next().expect("a picture")) }
}

fn named(party: &str, mut row: Row) -> Row {
    party.clone_into(&mut row.party);
    row
}

fn member(from: Day, to: Day) -> Row {
    row((from, to), &["member"], Verdict::Inferred)
}

#[test]
fn axes() {
    let spans = [
        (day(2012, 12, 17), day(2012, 12, 19)),
        (day(2012, 12, 1), day(2012, 12, 31)),
        (day(2012, 11, 3), day(2013, 1, 20)),
        (day(2012, 1, 1), day(2012, 12, 31)),
        (day(2008, 2, 29), day(2013, 1, 1)),
        (day(1918, 1, 1), day(2023, 1, 1)),
        (day(-44, 3, 15), day(476, 9, 4)),
        (day(1994, 1, 1), day(9999, 12, 31)),
        (day(-9999, 1, 1), day(9999, 12, 31)),
    ];
    let mut shown = String::new();
    for (from, to) in spans {
        for width in [40, 80] {
            let answer = with("history of Union", vec![member(from, to)]);
            shown += &format!("{from} to {to}\n{}", picture(&answer, Style { width, ..PLAIN }));
        }
    }
    look("picture_axes", &shown);
}

#[test]
fn open_ends() {
    let known = day(2012, 12, 19);
    let rows = [
        (Day::DAWN, known),
        (known, Day::DUSK),
        (Day::DAWN, day(-9999, 1, 1)),
        (day(9999, 12, 31), Day::DUSK),
    ];
    let mut shown = String::new();
    for (from, to) in rows {
        shown += &picture(&with("history of Union", vec![member(from, to)]), PLAIN);
    }
    assert_eq!(picture(&with("history of Union", vec![member(Day::DAWN, Day::DUSK)]), PLAIN), "");
    assert_eq!(picture(&with("history of Union", vec![member(known, known)]), PLAIN), "");
    look("picture_open_ends", &shown);
}

#[test]
fn every_verdict_and_many_statuses() {
    let year = |it: i32| (day(it, 1, 1), day(it, 12, 31));
    let verdicts = [
        (Verdict::Attested, ["member"].as_slice()),
        (Verdict::Inferred, &["observer"]),
        (Verdict::Presumed, &["former"]),
        (Verdict::Possible, &["former", "member"]),
        (Verdict::Disputed, &["member"]),
        (Verdict::Planned, &["member"]),
    ];
    let rows = (2000..).zip(verdicts).map(|(it, (verdict, status))| row(year(it), status, verdict)).collect();
    let answer = with("history of Union", rows);
    let many = (1900..1970).map(|it| row(year(it), &[&format!("status{it}")], Verdict::Inferred)).collect();
    let many = with("history of Union", many);
    let drawn = [&answer, &many].map(|it| picture(it, PLAIN) + &picture(it, Style { width: 100, ..ASCII }));
    look("picture_kinds", &drawn.concat());
    look("picture_svg", &svg::answer(&answer).expect("a picture"));
    well_formed(&many);
}

/// Three hundred stretches of ten days, each of another status than the one before it.
fn long() -> Answer {
    let stretch = |it: i32| {
        let from = Day(day(1990, 1, 1).0 + it * 10);
        row((from, Day(from.0 + 9)), &[["member", "former", "suspended"][it as usize % 3]], Verdict::Attested)
    };
    with("history of Union", (0..300).map(stretch).collect())
}

#[test]
fn a_cell_that_has_several_statuses_hides_none() {
    let shown = picture(&long(), PLAIN);
    assert!(shown.starts_with(&format!(" Cordia  {}\n", "│".repeat(70))), "{shown}");
    // Where each stretch has ten columns, each is to be seen.
    let wide = picture(&long(), Style { width: 3_010, ..ASCII });
    let bars = wide.lines().next().expect("a line").replace(' ', "");
    assert_eq!(bars, format!("Cordia{}", ["#", "=", "*"].map(|it| it.repeat(10)).concat().repeat(100)));
    // A day in a hundred years.
    let dot = [(1900, 1950, "member"), (1950, 1950, "former"), (1951, 2000, "member")];
    let dot = dot.map(|(from, to, status)| {
        let from = if from == 1951 { day(1950, 1, 2) } else { day(from, 1, 1) };
        let to = if to == 1950 && status == "member" { day(1949, 12, 31) } else { day(to, 1, 1) };
        row((from, to), &[status], Verdict::Attested)
    });
    let shown = picture(&with("history of Union", dot.into()), PLAIN);
    assert_eq!(shown.lines().next().expect("a line").matches('│').count(), 1, "{shown}");
}

#[test]
fn more_lines_than_are_drawn() {
    let party = |it: i32| named(&format!("Party{it}"), member(day(1950 + it, 1, 1), Day::DUSK));
    let answer = with("history of Union", (0..60).map(party).collect());
    let shown = picture(&answer, PLAIN);
    assert!(shown.contains("Party39") && !shown.contains("Party40"), "{shown}");
    assert!(shown.ends_with("(20 more lines are not drawn)\n"), "{shown}");
    let drawn = svg::answer(&answer).expect("a picture");
    assert!(drawn.contains("Party59"), "a file has room for all");
}

#[test]
fn names_of_any_length_and_script() {
    let names =
        ["中华人民共和国的一个很长很长的名字", "Հայաստան", "São Tomé e Príncipe e as suas ilhas", "X"];
    let rows = names.map(|it| named(it, member(day(1990, 1, 1), day(2000, 1, 1))));
    let answer = with("history of Union", rows.into());
    let drawn = [40, 60, 100].map(|width| picture(&answer, Style { width, ..PLAIN }));
    look("picture_names", &(drawn.concat() + &picture(&answer, ASCII)));
    well_formed(&answer);
}

#[test]
fn too_narrow_for_a_picture() {
    let answer = with("history of Union", vec![member(day(1990, 1, 1), Day::DUSK)]);
    assert_eq!(picture(&answer, Style { width: 39, ..PLAIN }), "");
    assert_ne!(picture(&answer, Style { width: 40, ..PLAIN }), "");
}

/// Parses it, and looks for what makes it readable without looking.
fn well_formed(answer: &Answer) -> String {
    let text = svg::answer(answer).expect("a picture");
    let document = Document::parse(&text).unwrap_or_else(|it| panic!("{it}\n{text}"));
    let svg = document.root_element();
    assert_eq!((svg.tag_name().name(), svg.attribute("role")), ("svg", Some("img")));
    let named = svg.attribute("aria-labelledby").expect("a name").split(' ');
    for id in named {
        let said = document.descendants().find(|it| it.attribute("id") == Some(id)).expect("an element");
        assert!(said.text().is_some_and(|it| !it.trim().is_empty()), "{id}");
    }
    let titles: Vec<Node> = document.descendants().filter(|it| it.has_tag_name("title")).collect();
    assert_eq!(titles.len(), answer.rows.len() + 1, "one for each stretch, and one for all");
    for node in document.descendants() {
        assert!(!matches!(node.tag_name().name(), "script" | "a" | "image" | "foreignObject"), "{node:?}");
        let links = node.attributes().filter(|it| it.name() == "href" || it.name().starts_with("on"));
        assert_eq!(links.count(), 0, "{node:?}");
    }
    text
}

#[test]
fn hostile_names_stay_text() {
    let text = well_formed(&hostile());
    let document = Document::parse(&text).expect("XML");
    let said: String = document.descendants().filter_map(|it| it.text()).collect();
    assert!(said.contains("<script>alert(1)</script>") && said.contains("<U+202E>"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{fffe}']), "{text}");
    well_formed(&long());
}

/// How bright a colour is, as WCAG 2 reckons it.
fn brightness(colour: &str) -> f64 {
    let part = |at: usize| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(brightness);
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colours_are_told_from_white_and_from_dark() {
    let year = |it: i32| (day(it, 1, 1), day(it, 12, 31));
    let rows = (1900..1910).map(|it| row(year(it), &[&format!("s{it}")], Verdict::Inferred)).collect();
    let text = svg::answer(&with("history of Union", rows)).expect("a picture");
    let fills: Vec<&str> = text.split("height=\"8\" fill=\"").skip(1).map(|it| &it[..7]).collect();
    assert_eq!(fills.len(), 10);
    for fill in fills {
        for paper in ["#ffffff", "#15181c"] {
            assert!(contrast(fill, paper) >= 3.0, "{fill} on {paper}: {:.2}", contrast(fill, paper));
        }
    }
    for (ink, paper, least) in [
        ("#1b1f24", "#ffffff", 7.0),
        ("#e6e9ed", "#15181c", 7.0),
        ("#59636e", "#ffffff", 4.5),
        ("#9aa4ae", "#15181c", 4.5),
        ("#c4362f", "#ffffff", 4.5),
        ("#e5655d", "#15181c", 4.5),
    ] {
        assert!(text.contains(ink), "{ink} is used");
        assert!(contrast(ink, paper) >= least, "{ink} on {paper}: {:.2}", contrast(ink, paper));
    }
}

proptest! {
    /// Whatever the stretches and the width: a status stands in a cell only if the answer says nothing else of its
    /// days, and every stretch of the answer is to be seen.
    #[test]
    fn bars_say_what_the_rows_say(
        cuts in proptest::collection::btree_set(0..40_000i32, 2..12),
        width in 40..200usize,
    ) {
        let cuts: Vec<i32> = cuts.into_iter().collect();
        let start = day(1900, 1, 1).0;
        let stretch = |(place, it): (usize, &[i32])| {
            let days = (Day(start + it[0]), Day(start + it[1] - 1));
            row(days, &[["member", "former"][place % 2]], Verdict::Attested)
        };
        let rows: Vec<Row> = cuts.windows(2).enumerate().map(stretch).collect();
        let length = i64::from(cuts[cuts.len() - 1] - cuts[0]);
        prop_assume!(length > 1);
        let answer = with("history of Union", rows.clone());
        let shown = picture(&answer, Style { width, ..ASCII });
        let line: Vec<char> = shown.lines().next().expect("a line").chars().skip(" Cordia  ".len()).collect();
        let cells = line.len() as i64;
        for (cell, glyph) in line.iter().enumerate() {
            let cell = cell as i64;
            let days = (0..length).filter(|it| {
                if length < cells { it * cells / length <= cell && cell < (it + 1) * cells / length } else { it * cells / length == cell }
            });
            let first = i64::from(start + cuts[0]);
            let kinds: std::collections::BTreeSet<&str> = days
                .map(|it| rows.iter().find(|row| i64::from(row.from.0) <= it + first && it + first <= i64::from(row.to.0)))
                .map(|it| it.map_or("", |it| it.status[0].as_str()))
                .collect();
            let expected = match kinds.iter().copied().collect::<Vec<_>>()[..] {
                [one] if one == rows[0].status[0] => '#',
                [_] => '=',
                _ => '|',
            };
            prop_assert_eq!(*glyph, expected, "cell {} of {}\n{}", cell, cells, shown);
        }
    }
}
