//! Answers in every format: widths, scripts, hostile names, far dates, and nothing at all.

use accede::date::Day;
use accede::render::text::Style;
use accede::render::{csv, json, markdown, svg, table};
use accede::source::File;
use accede::{Answer, Engine, Row, Verdict};

use super::PLAIN;
use super::looks::look;

const WIDE: Style = Style { width: 100, ..PLAIN };

const RULES: &str = include_str!("answers/rules.accede");
const FIRST: &str = include_str!("answers/first.accede");
const SECOND: &str = include_str!("answers/second.accede");

fn ask(question: &str) -> Answer {
    let files = [("rules", RULES), ("first", FIRST), ("second", SECOND)];
    let files = files.map(|(name, text)| File::new(format!("{name}.accede"), text));
    let engine = Engine::read(files.into(), &[]);
    let wrong: Vec<_> = engine.complaints().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    engine.ask(question).unwrap_or_else(|it| panic!("{question}: {:#?}", it.findings))
}

const QUESTIONS: [&str; 6] = [
    "history of Astoria in Union",
    "history of Union",
    "status of Boravia in Union on 2010",
    "members of Union from 2001 to 2003",
    "blocs of Astoria since 1999",
    "changes in Union between 1990 and 2010",
];

fn all(render: impl Fn(&Answer) -> String) -> String {
    QUESTIONS.map(|it| render(&ask(it))).join("\n")
}

#[test]
fn for_people() {
    look("answers_human", &all(|it| table::pictured(it, WIDE)));
    look("answers_ascii", &all(|it| table::pictured(it, Style { width: 60, unicode: false, ..PLAIN })));
    look("answers_narrow", &all(|it| table::pictured(it, Style { width: 40, ..PLAIN })));
    look("answers_narrowest", &all(|it| table::pictured(it, Style { width: 20, ..PLAIN })));
    let coloured = ask(QUESTIONS[2]);
    look("answers_colors", &table::pictured(&coloured, Style { color: true, ..PLAIN }).replace('\x1b', "␛"));
}

#[test]
fn for_programs() {
    look("answers_markdown", &all(markdown::answer));
    look("answers_csv", &all(|it| csv::answer(it, true)));
    look("answers_json", &all(|it| json::answer(it, json::Layout::Line)));
}

#[test]
fn shown_as_a_table() {
    let answer = ask(QUESTIONS[0]);
    assert_eq!(format!("{answer}\n"), table::answer(&answer, WIDE));
    insta::assert_snapshot!(ask("members of Union on 2002-05-01"), @"
    members of Union on 2002-05-01

     Cordia  member  attested  [1]

    [1] first  (first.accede:10)
        Cordia member-of Union from 2001-04-20 to 2002-06-01
    ");
}

/// The only row of an answer, with other days, statuses and verdict.
pub(super) fn row(days: (Day, Day), status: &[&str], verdict: Verdict) -> Row {
    let mut row = ask("status of Cordia in Union on 2001-05-01").rows.remove(0);
    (row.from, row.to) = days;
    row.status = status.iter().map(|it| (*it).to_owned()).collect();
    row.verdict = verdict;
    row
}

/// An answer about many days with these rows.
pub(super) fn with(question: &str, rows: Vec<Row>) -> Answer {
    let mut answer = ask("history of Union");
    question.clone_into(&mut answer.question);
    answer.rows = rows;
    answer.changes.clear();
    answer
}

pub(super) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::of(year, month, day).expect("a day")
}

const OTHERS: [(&str, &str); 5] = [
    ("set", "members of Union and not members of League on 2003-01-01"),
    ("common", "common blocs of Astoria and Cordia in 2001"),
    ("count", "count members of Union every year from 1998 to 2011"),
    ("why", "why Astoria in Union on 2000"),
    ("did", "did Boravia join Union in 2010-03"),
];

#[test]
fn of_other_questions() {
    for (name, question) in OTHERS {
        let answer = ask(question);
        let mut shown = vec![
            table::answer(&answer, WIDE),
            table::answer(&answer, Style { width: 40, unicode: false, ..PLAIN }),
            markdown::answer(&answer),
        ];
        shown.push(csv::answer(&answer, true));
        shown.push(json::answer(&answer, json::Layout::Line));
        look(&format!("answers_{name}"), &shown.join("\n==========\n"));
    }
}

/// An answer whose names are markup, formulas, controls and marks of direction.
pub(super) fn hostile() -> Answer {
    let names = [
        "<script>alert(1)</script>",
        "a|b\\|c",
        "=1+1",
        "\u{1b}[31mred\u{202e}",
        "**bold** [link](http://x) `code` @who #1 &amp; $x$",
        "two\nlines",
        "\u{fffe}]]>\"'",
    ];
    let rows = names.map(|name| {
        let mut row = row((day(2001, 1, 1), Day::DUSK), &["member"], Verdict::Inferred);
        name.clone_into(&mut row.party);
        name.clone_into(&mut row.because[0].article);
        name.clone_into(&mut row.because[0].claim);
        row.because[0].passage = Some(name.to_owned());
        row
    });
    with("history of <b>\u{7}", rows.into())
}

#[test]
fn hostile_names() {
    let answer = hostile();
    look("answers_hostile", &table::pictured(&answer, WIDE));
    look("answers_hostile_csv", &csv::answer(&answer, true));
    let page = markdown::answer(&answer);
    let text = page.split('`').step_by(2).collect::<String>();
    assert!(!text.contains('<') && !text.contains('>') && !page.contains('\u{1b}'), "{page}");
    let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    assert!(page.lines().filter(|it| it.starts_with('|')).all(|it| bars(it) == 6), "{page}");
    look("answers_hostile_markdown", &page);
}

#[test]
fn nothing_to_say() {
    let answer = with("members of Union on 1950", Vec::new());
    for style in [WIDE, Style { width: 32, ..PLAIN }] {
        let shown = table::pictured(&answer, style);
        assert!(shown.lines().nth(2).is_some_and(|it| it.starts_with("none: ")), "{shown}");
    }
    assert!(markdown::answer(&answer).contains("\nnone: no article says so"));
    assert_eq!(csv::answer(&answer, true).lines().count(), 1);
    assert_eq!(csv::answer(&answer, false), "");
    assert_eq!(csv::Kind::of(&answer), None);
    assert_eq!(svg::answer(&answer), None);
    for question in ["members of Union on 2002-05-01", OTHERS[2].1, OTHERS[4].1] {
        let answer = ask(question);
        assert_eq!(svg::answer(&answer), None, "{answer}");
    }
}

/// No line is wider than the terminal, and none ends in blanks.
#[test]
fn whatever_the_width() {
    let mut answers = QUESTIONS.map(ask).to_vec();
    answers.extend(OTHERS.map(|it| ask(it.1)));
    answers.push(hostile());
    for width in (1..=140).chain([500]) {
        for answer in &answers {
            let shown = table::pictured(answer, Style { width, ..PLAIN });
            for line in shown.lines().skip(1) {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= width.max(Style::NARROWEST), "{width}: {line}\n{shown}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
}
