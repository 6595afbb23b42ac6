use std::fmt::Write;

use accede::finding::{Finding, Place};
use accede::render::text::{self, Style};

use super::{PLAIN, at, marked, sources, span};

const RULES: &str = "party ALDE joined 1994-03\nparty EPP\n  left 2004\n\nparty Greens joined 1999\n";

pub(super) fn look(name: &str, shown: &str) {
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, shown);
    });
}

fn clash(place: Place) -> Finding {
    Finding::error("clash", "two articles disagree about `ALDE`", place)
}

#[test]
fn one_label() {
    let sources = sources(&[RULES]);
    let finding = clash(at(&sources, 0, "1994-03", "joined in March")).help("keep one of them");
    look("one_label", &text::finding(&finding, &sources, PLAIN));
}

#[test]
fn without_label_or_place() {
    let sources = sources(&[RULES]);
    let bare = Finding::warning("odd", "an odd date", at(&sources, 0, "1994-03", ""));
    let nowhere =
        Finding { places: vec![], ..Finding::note("none", "no rules", span(0, 0, "")) }.help("add some");
    look("without_label_or_place", &text::findings(&[bare, nowhere], &sources, PLAIN));
}

#[test]
fn far_apart() {
    let mut text = String::new();
    for line in 1..=300 {
        writeln!(text, "line {line:03} of the file").unwrap();
    }
    let sources = sources(&[&text]);
    let finding = clash(at(&sources, 0, "190", "the later")).and(at(&sources, 0, "100", "the earlier"));
    let near = clash(at(&sources, 0, "012", "the later")).and(at(&sources, 0, "010", "the earlier"));
    look("far_apart", &text::findings(&[finding, near], &sources, PLAIN));
}

#[test]
fn two_files() {
    let sources = sources(&[RULES, "bloc ELDR\n\nparty ALDE joined 1993-11\n"]);
    let mut one = at(&sources, 0, "1994-03", "March 1994 here");
    one.heading = Some("The Moscow Times, 2012-12-19: \"Rebuffing U.S. Criticism of the Law\"".into());
    let mut other = at(&sources, 1, "1993-11", "but November 1993 here");
    other.heading = Some("Kommersant, 2010".into());
    look("two_files", &text::finding(&clash(one).and(other).help("see `accede why`"), &sources, PLAIN));
}

#[test]
fn long_line() {
    let words = (0..12_500).map(|it| format!("w{it:06} ")).collect::<String>();
    let mut shown = String::new();
    for word in [
        "w000003",
        "w006000",
        "w012499",
        "w000001 w000002 w000003 w000004 w000005 w000006 w000007 w000008 w000009 w000010",
    ] {
        shown.push_str(&marked(&words, word, PLAIN));
    }
    let sources = sources(&[words.trim_end()]);
    let both = clash(at(&sources, 0, "w000100", "one")).and(at(&sources, 0, "w000102", "near"));
    shown.push_str(&text::finding(&both.and(at(&sources, 0, "w009000", "far")), &sources, PLAIN));
    look("long_line", &shown);
}

#[test]
fn scripts() {
    let lines = [
        "Հայաստանը միացավ դաշինքին 1994 թվականին",
        "Партия вступила в союз в 1994 году",
        "انضم الحزب إلى التحالف عام 1994 وغادر",
        "该党于1994年加入联盟，后来退出",
        "e\u{301}cole\u{302} a\u{308}\u{323}b 1994 fin",
        "família 👨\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f} 🇦🇲 1994 fim",
        "\tone\ttwo\t1994\tthree",
    ];
    look("scripts", &lines.map(|it| marked(it, "1994", PLAIN)).concat());
}

#[test]
fn marks_under_letters_of_scripts() {
    let shown = [
        ("Հայաստանը միացավ դաշինքին", "միացավ"),
        ("该党于年加入联盟", "加入"),
        ("e\u{301}a\u{308}o", "\u{308}"),
    ]
    .map(|(line, word)| marked(line, word, PLAIN));
    look("marks_under_letters_of_scripts", &shown.concat());
}

#[test]
fn control_characters() {
    let sources = sources(&["say \x1b[31mred\x07 \u{202e}1994\u{202c} \0 \x7f \u{9b}2J end\r\n"]);
    let mut place = at(&sources, 0, "1994", "label \x1b]0;x\x07");
    place.heading = Some("a \u{2066}b\nc".into());
    let finding =
        Finding::error("clash", "message \x1b[2J\nerror: forged", place).help("help \u{200f}\x08\ntwo");
    look("control_characters", &text::finding(&finding, &sources, PLAIN));
}

#[test]
fn ends() {
    let shown = [
        ("", span(0, 0, "empty file")),
        ("one\n", span(4, 4, "end of file")),
        ("one", span(3, 3, "end of file")),
        ("one\r\ntwo\r\n", span(3, 5, "end of line")),
        ("one two", span(4, 4, "empty span")),
        ("one\n\ntwo\n", span(4, 4, "empty line")),
        ("one", span(70, 90, "out of the file")),
        ("añb", span(2, 2, "in a character")),
    ]
    .map(|(text, place)| text::finding(&clash(place), &sources(&[text]), PLAIN));
    look("ends", &shown.concat());
}

#[test]
fn overlapping() {
    let sources = sources(&["joined from 1994 to 2010 and left"]);
    let outer = clash(at(&sources, 0, "from 1994 to 2010", "outer")).and(at(&sources, 0, "1994", "inner"));
    let twice = clash(at(&sources, 0, "1994", "said")).and(at(&sources, 0, "1994", "said again"));
    let twice = twice.and(at(&sources, 0, "1994", "said")).and(at(&sources, 0, "2010", "the other"));
    let touching = clash(at(&sources, 0, "1994 ", "left"))
        .and(at(&sources, 0, "to", ""))
        .and(at(&sources, 0, " 2010", "right"));
    look("overlapping", &text::findings(&[outer, twice, touching], &sources, PLAIN));
}

#[test]
fn several_lines() {
    let sources = sources(&["it said that\n  the party joined\n\n  in 1994.\nfive\nsix\nseven\n"]);
    let three = clash(at(&sources, 0, "that\n  the party joined\n\n  in", "said here"));
    let many = clash(at(&sources, 0, "said that\n  the party joined\n\n  in 1994.\nfive\nsix", "all of it"));
    look("several_lines", &text::findings(&[three, many], &sources, PLAIN));
}

fn narrow(style: Style) -> String {
    let line = "the party that had been founded in the spring joined the alliance in 1994 and left it\n";
    let sources = sources(&[line, RULES]);
    let mut place = at(&sources, 0, "1994", "this article says that it was in the year of the founding");
    place.heading = Some("The Moscow Times, 2012-12-19: \"Rebuffing U.S. ...\"".into());
    let finding =
        Finding::error("clash", "two articles disagree about when `ALDE` joined the alliance", place);
    let finding = finding.and(at(&sources, 1, "1994-03", "another month")).and(at(&sources, 1, "ALDE", "it"));
    text::finding(&finding.help("keep one, or say since when it is so, and why"), &sources, style)
}

#[test]
fn narrow_terminal() {
    look("narrow_terminal", &narrow(Style { width: 40, ..PLAIN }));
}

#[test]
fn no_terminal_is_that_narrow() {
    look("no_terminal_is_that_narrow", &narrow(Style { width: 1, ..PLAIN }));
}

#[test]
fn ascii() {
    look("ascii", &narrow(Style { width: 60, unicode: false, ..PLAIN }));
}

#[test]
fn colors() {
    let shown = narrow(Style { color: true, ..PLAIN });
    look("colors", &shown.replace('\x1b', "␛"));
    let sources = sources(&["\x1b[31m1994"]);
    let finding = clash(at(&sources, 0, "1994", "\x1b[2J"));
    let shown = text::finding(&finding, &sources, Style { color: true, ..PLAIN });
    assert!(shown.contains("␛[31m1994") && shown.contains("␛[2J") && !shown.contains("\x1b[2J"), "{shown}");
}
