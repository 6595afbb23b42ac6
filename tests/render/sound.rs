//! What holds of every rendering.

use std::fmt::Write;

use accede::finding::{Edit, Finding, Mend, Place, Severity, Slip};
use accede::render::json::{self, Layout};
use accede::render::safe::disturbs;
use accede::render::text::{self, Style};
use accede::render::{github, plain, sarif};
use accede::source::{File, FileId, Sources, Span};
use proptest::prelude::*;
use unicode_width::UnicodeWidthChar;

use super::{PLAIN, marked, sources};

/// Characters younger than Unicode 15.1 may be wider than miette knows.
const SLACK: usize = 4;

fn columns(text: &str) -> usize {
    text.chars().map(|it| it.width().unwrap_or(0)).sum()
}

/// What stands over the line of marks, column by column.
fn underlined(shown: &str) -> String {
    let lines: Vec<_> = shown.lines().collect();
    let marks = lines.iter().position(|it| it.contains('┬') || it.contains("· ─")).expect("marks");
    let from = columns(lines[marks].split(['┬', '─']).next().unwrap());
    let to = columns(lines[marks]);
    let mut column = 0;
    let over = lines[marks - 1].chars().filter(|it| {
        column += it.width().unwrap_or(0);
        column > from && column <= to
    });
    over.collect()
}

#[test]
fn marks_stand_under_the_word() {
    let joined = "👨\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f} 🇦🇲";
    let fillers =
        ["Հայաստան ", "Партия ", "انضم ", "联盟", "e\u{301}a\u{308}\u{323} ", joined, "\t", "\x1b\u{202e} "];
    for filler in fillers {
        for (before, after) in [(0, 0), (3, 1), (4, 4000), (4000, 4000), (4000, 0)] {
            let line = format!("{}MARK{}", filler.repeat(before), filler.repeat(after));
            for width in [32, 40, 80, 200] {
                let shown = marked(&line, "MARK", Style { width, ..PLAIN });
                assert_eq!(underlined(&shown), "MARK", "{shown}");
                assert!(shown.lines().all(|it| columns(it) <= width), "{shown}");
            }
        }
    }
}

#[test]
fn one_character_of_every_kind_is_marked() {
    for word in ["联", "e\u{301}", "👩\u{200d}🚀", "👍🏽", "\t", "\u{202e}", "\0"] {
        let shown = marked(&format!("one {word} two"), word, PLAIN);
        let expected = match word {
            "👩\u{200d}🚀" => "👩🚀",
            "👍🏽" => "👍",
            "\t" => "    ",
            "\u{202e}" => "<U+202E>",
            "\0" => "␀",
            it => it,
        };
        assert_eq!(
            underlined(&shown).trim_end_matches('\u{301}'),
            expected.trim_end_matches('\u{301}'),
            "{shown}"
        );
    }
}

#[test]
fn marks_piled_up_on_a_letter() {
    let piled = format!("{}x{} and more", "word ".repeat(20), "\u{308}".repeat(400));
    for start in [100, 101, 103, 301, 899, 901] {
        let finding =
            Finding::error("clash", "so many", Place::new(FileId(0), Span::new(start, start + 2), "here"));
        for width in [32, 80, 107, 120] {
            let shown = text::finding(&finding, &sources(&[&piled]), Style { width, ..PLAIN });
            assert!(shown.lines().all(|it| columns(it) <= width), "{shown}");
            assert!(underlined(&shown).starts_with('x') || start > 400, "{start} {shown}");
        }
    }
}

#[test]
fn many_places_of_one_finding() {
    let text = (0..5000).fold(String::new(), |mut text, it| {
        writeln!(text, "line {it}").unwrap();
        text
    });
    let sources = sources(&[&text]);
    let place = |it: usize| Place::new(FileId(0), Span::new(it * 4, it * 4 + 9), "l");
    let finding =
        Finding { places: (0..5000).map(place).collect(), ..Finding::note("many", "all", place(0)) };
    let shown = text::finding(&finding, &sources, PLAIN);
    assert!(shown.len() < 2_000_000, "{}", shown.len());
}

fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-z \\n]{0,200}",
        "[\\x00-\\x{a0}]{0,20}",
        "[\\u{300}-\\u{330}]{0,60}",
        "[\\u{4e00}-\\u{4e40}👨👍🏽\\u{200d}\\u{fe0f}\\u{202e}\\r\\n\\t ]{0,60}",
        "(word ){0,400}",
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|it| it.concat())
}

fn a_place(texts: &[String]) -> impl Strategy<Value = Place> + use<> {
    let lengths: Vec<_> = texts.iter().map(String::len).collect();
    let label = prop_oneof![Just(String::new()), "[a-z ]{0,60}", any::<String>()];
    (0..lengths.len(), any::<u16>(), 0..300_usize, label, proptest::option::of(any::<String>())).prop_map(
        move |(file, start, length, label, article)| {
            let start = usize::from(start) % (lengths[file] + 2);
            let span = Span::new(start, (start + length).min(lengths[file] + 1).max(start));
            Place { heading: article.map(Into::into), ..Place::new(FileId(file as u32), span, label) }
        },
    )
}

/// A place on a side, with passages of the articles.
fn a_sided_place(texts: &[String]) -> impl Strategy<Value = Place> + use<> {
    let passages = proptest::collection::vec(a_place(texts), 0..4);
    (a_place(texts), proptest::option::of(0..4_u32), passages).prop_map(|(place, side, passages)| Place {
        side,
        passages: passages.into_iter().map(|it| (it.file, it.span)).collect(),
        ..place
    })
}

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    let slip = (proptest::option::of(0..9_usize), any::<String>());
    proptest::collection::vec(slip.prop_map(|(place, why)| Slip { kind: "far-off", place, why }), 0..3)
}

fn mends(texts: &[String]) -> impl Strategy<Value = Vec<Mend>> + use<> {
    let edits = proptest::collection::vec((a_place(texts), any::<String>()), 0..3);
    let edit = |(it, replacement): (Place, String)| Edit { file: it.file, span: it.span, replacement };
    let mend = (any::<String>(), edits)
        .prop_map(move |(message, edits)| Mend { message, edits: edits.into_iter().map(edit).collect() });
    proptest::collection::vec(mend, 0..3)
}

fn a_case() -> impl Strategy<Value = (Vec<String>, Finding)> {
    proptest::collection::vec(a_text(), 1..3).prop_flat_map(|texts| {
        let places = proptest::collection::vec(a_sided_place(&texts), 0..9);
        let said = (any::<String>(), proptest::option::of(any::<String>()), slips(), mends(&texts));
        (Just(texts), places, said).prop_map(|(texts, places, (message, help, slips, mends))| {
            let severity = [Severity::Error, Severity::Warning, Severity::Note][places.len() % 3];
            let code = "clash";
            (texts, Finding { code, severity, message, help, places, slips, mends })
        })
    })
}

/// A path with anything in it; now and then none.
fn a_path() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), any::<String>(), "[a-c/:. %,\\\\]{1,12}"]
}

/// To files that stand so much later.
fn moved(finding: &mut Finding, by: u32) {
    for it in &mut finding.places {
        it.file.0 += by;
        it.passages.iter_mut().for_each(|it| it.0.0 += by);
    }
    finding.mends.iter_mut().flat_map(|it| &mut it.edits).for_each(|it| it.file.0 += by);
}

fn files(texts: &[String]) -> Sources {
    sources(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_text_is_shown((texts, finding) in a_case(), width in 0_usize..130, unicode: bool) {
        let style = Style { width, color: false, unicode };
        let shown = text::finding(&finding, &files(&texts), style);
        let limit = width.max(Style::NARROWEST) + SLACK;
        prop_assert!(shown.ends_with('\n'));
        for line in shown.lines() {
            prop_assert!(columns(line) <= limit, "{} columns in\n{}", columns(line), shown);
            prop_assert!(!line.chars().any(disturbs), "{:?}", line);
        }
        prop_assert!(!shown.contains("Failed to read contents") && !shown.contains("OutOfBounds"));
        prop_assert!(shown.len() < 100_000);
        let distinct = finding.places.iter().filter(|it| !it.label.trim().is_empty()).count();
        prop_assert!(distinct == 0 || shown.contains("──") || shown.contains("--"), "{}", shown);
    }

    /// Frames of one mark are drawn without miette.
    #[test]
    fn frames_are_those_of_miette((texts, finding) in a_case(), width in 0_usize..130, look: (bool, bool)) {
        let style = Style { width, color: look.0, unicode: look.1 };
        let sources = files(&texts);
        prop_assert_eq!(text::finding(&finding, &sources, style), text::by_miette(&finding, &sources, style));
    }

    #[test]
    fn colors_change_nothing_else((texts, finding) in a_case()) {
        let sources = files(&texts);
        let plain = text::finding(&finding, &sources, PLAIN);
        let colored = text::finding(&finding, &sources, Style { color: true, ..PLAIN });
        let mut bare = String::new();
        for (number, part) in colored.split('\x1b').enumerate() {
            bare.push_str(if number == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        let trimmed = |it: &str| it.lines().map(|it| it.trim_end().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(trimmed(&bare), trimmed(&plain));
    }

    #[test]
    fn formats_for_programs_are_sound(cases in proptest::collection::vec(a_case(), 0..3), path in a_path()) {
        let mut sources = Sources::default();
        let mut findings = Vec::new();
        for (texts, mut finding) in cases {
            let first = sources.ids().count() as u32;
            for (number, text) in texts.into_iter().enumerate() {
                sources.add(File::new(if number == 0 { path.clone() } else { "a.accede".into() }, text));
            }
            moved(&mut finding, first);
            findings.push(finding);
        }
        for lines in [github::findings(&findings, &sources), plain::findings(&findings, &sources)] {
            prop_assert_eq!(lines.lines().count(), findings.len());
            prop_assert!(!lines.chars().any(|it| disturbs(it) && it != '\n'), "{:?}", lines);
        }
        for json in [sarif::findings(&findings, &sources), json::findings(&findings, &sources, Layout::Line)] {
            prop_assert!(!json.chars().any(|it| disturbs(it) && it != '\n'), "{:?}", json);
        }
        let printed = sarif::findings(&findings, &sources);
        let judged = super::sarif::judge(&printed);
        prop_assert!(judged.is_ok(), "{}\n{}", judged.unwrap_err(), printed);
    }
}
