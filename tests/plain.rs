//! The lane for the commonest lines and the grammar read every line alike, with and without a comment, in words or in
//! what only looks like them.

use accede::date::Day;
use accede::parse::LINE_LIMIT;
use accede::{Engine, File};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const VOCABULARY: &str = "party Armenia\n  also Hayastan from 2000 to 2001\nparty \"3SI\"\nparty a-b.c'd\nparty Austria\n  also \u{d6}sterreich\n\
                          group two = Armenia and Austria\nparty Eightlet\nparty Sixteen-Letters.\n\
                          party Seventeen-letters\nbloc CSTO\nbloc Nine-Lett\nbloc Union.of-Seventeen\n  also ODKB until 2001-02-03\nbloc Y2\nbloc today\nbloc from\nbloc X\n";

const NAMES: [&str; 31] = [
    "Eightlet",
    "eightLetter",
    "Sixteen-Letters.",
    "sixteen-letterS.",
    "seventeen-Letters",
    "NINE-LETT",
    "Union.of-Seventeen",
    "Armenia",
    "Hayastan",
    "ODKB",
    "armenia",
    "3SI",
    "a-b.c'd",
    "\u{d6}sterreich",
    "two",
    "CSTO",
    "csto",
    "Y2",
    "X",
    "today",
    "Today",
    "from",
    "and",
    "not",
    "only",
    "publisher",
    "text",
    "article",
    "bloc",
    "Nobody",
    "\"Armenia\"",
];
const VERBS: [&str; 18] = [
    "joins",
    "Joins",
    "leaves",
    "signs",
    "founded",
    "dissolved",
    "member-of",
    "not member-of",
    "Member-of",
    "is member in",
    "has 3 members",
    "plans to join",
    "will join",
    "joins to",
    "suspended from",
    "returns in",
    "in",
    "wobbles",
];
const TIMES: [&str; 34] = [
    "",
    "on 2001-02-03",
    "in 2001-02",
    "in 2001",
    "on 2001",
    "on 2001-02-30",
    "in 0000",
    "in 0001-12",
    "on 9999-12-31",
    "On 2001-02-03",
    "in 2001-13",
    "on 2001-2-3",
    "on 2001-02-03~",
    "since 2001",
    "before 2001-02-03",
    "in 2001..",
    "on today",
    "in last year",
    "on 2001-02-03 in 2001",
    "on",
    "on 2001-02-03T10",
    "on 20010203",
    "on -001",
    "in 201X",
    "throughout 2001",
    "throughout 2001-02-03",
    "throughout 2001-02-03/2004-05-06",
    "throughout 2001-02-03/2001-02-03",
    "throughout 2001-02-03/2001-02-02",
    "throughout 2001-02-03/2001-02-30",
    "throughout 2001-02-03/2004-05",
    "throughout 2001-02-03/..",
    "in 2001-02-03/2004-05-06",
    "between 2001 and 2002",
];
const ENDS: [&str; 20] = [
    "\r",
    "@7\r\r",
    "# c\r",
    "# \r c",
    "\r @7",
    "",
    "@7",
    "@07",
    "@0",
    "@7-9",
    "@9-7",
    "@7x",
    "@\"some words\"",
    "#c",
    "# c",
    "@7#c",
    "said-by \"x\"",
    "@7 @8",
    ", x",
    "@1234567890",
];
const BLANKS: [&str; 7] = [" ", "  ", "\t", "\u{a0}", "\u{b}", "\r", ""];

/// Lines that are plain claims, or nearly.
fn claims() -> impl Strategy<Value = String> {
    let blank = || prop_oneof![9 => Just(" "), 2 => select(BLANKS.to_vec())];
    let often = |usual: &'static str, all: &'static [&'static str]| prop_oneof![2 => Just(usual), 3 => select(all.to_vec())];
    let words = (
        often("Armenia", &NAMES),
        often("joins", &VERBS),
        often("CSTO", &NAMES),
        often("on 2001-02-03", &TIMES),
        often("@7", &ENDS),
    );
    (words, [blank(), blank(), blank(), blank()]).prop_map(
        |((subject, verb, bloc, time, end), [a, b, c, d])| {
            format!("{subject}{a}{verb}{b}{bloc}{c}{time}{d}{end}")
        },
    )
}

/// Lines of an article's head, or nearly.
fn heads() -> impl Strategy<Value = String> {
    let words = ["publisher", "published", "Publisher", "article", "party", "bloc", "trust", "text"];
    let values = [
        "\"A Paper\"",
        "\"\"",
        "\"A\\\\B\"",
        "\"A\"B",
        "\"\u{e9}\"",
        "\"A\" # c",
        "2001-02-03",
        "2001",
        "2001/2002",
        "2001-02-30",
        "x",
        "news \"A Title\"",
        "news",
        "\"news\" \"T\"",
        "2",
    ];
    (select(words.to_vec()), select(vec![" ", "  ", "\t", "\u{a0}", ""]), select(values.to_vec()))
        .prop_map(|(word, blank, value)| format!("{word}{blank}{value}"))
}

/// All that is understood of some lines, and what is wrong with them.
fn read(lines: &str) -> String {
    let text =
        format!("article one \"One\"\n  published 2010-01-01\n{lines}  Austria joins CSTO in 1999\nend");
    let files = std::vec![File::new("vocabulary.accede", VOCABULARY), File::new("line.accede", text)];
    let engine = Engine::read(files, &[]);
    let ledger = engine.ledger();
    let claims: Vec<String> = ledger
        .claims
        .iter()
        .map(|it| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?}",
                it.article,
                it.span(),
                it.bloc,
                it.parties(),
                it.says(),
                it.cites()
            )
        })
        .collect();
    format!("{claims:#?}\n{:#?}\n{:#?}\n{:#?}", ledger.articles, ledger.publishers, engine.findings())
}

/// A line, whether it stands at the margin, and whether it is read by the grammar all the same.
type Written = (String, bool, bool);

/// Lines as they stand, and after a no-break space, which is no wider in bytes and which the lane does not know.
fn alike(lines: &[Written]) -> Result<(), TestCaseError> {
    let written = |by_grammar: &dyn Fn(&Written) -> bool| -> String {
        let before = |it: &Written| match it {
            it if by_grammar(it) => "\u{a0}",
            (_, true, _) => "\n\n",
            (_, false, _) => "  ",
        };
        lines.iter().map(|it| format!("{}{}\n", before(it), it.0)).collect()
    };
    let plain = read(&written(&|_| false));
    prop_assert_eq!(&plain, &read(&written(&|_| true)), "{:?}", lines);
    if lines.len() > 1 {
        prop_assert_eq!(&plain, &read(&written(&|it| it.2)), "{:?}", lines);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_lane_reads_claims_as_the_grammar_does(line in claims()) {
        alike(&[(line, false, true)])?;
    }

    #[test]
    fn the_lane_reads_heads_as_the_grammar_does(
        mut lines in vec((heads(), any::<bool>(), any::<bool>()), 1..4),
    ) {
        // What is expected under the header that a line may be says whether it stands at the margin.
        lines.iter_mut().skip(1).for_each(|it| it.1 = false);
        alike(&lines)?;
    }

    #[test]
    fn plain_dates_are_read_as_edtf(year in 0..=9999, month in 0..=13u32, day in 0..=32u32, parts in 1..=3usize) {
        let text = [format!("{year:04}"), format!("-{month:02}"), format!("-{day:02}")][..parts].concat();
        // A qualifier takes the other way, and moves no bound.
        let other = accede::date::read(&format!("{text}~"), None).ok().map(|it| it.window);
        prop_assert_eq!(accede::date::read(&text, None).ok().map(|it| it.window), other);
    }
}

#[test]
fn no_other_letter_is_taken_for_a_digit_or_a_dash() {
    let dates = ["2001-02-03", "1999-11-30", "2001-02", "2001"];
    for (date, at, letter) in dates
        .iter()
        .flat_map(|it| (0..it.len()).flat_map(move |at| (0..0x80).map(move |letter| (it, at, letter))))
    {
        let mut text = (*date).to_owned();
        text.replace_range(at..=at, &char::from(letter).to_string());
        let like_it = text.bytes().zip(date.bytes()).all(|(a, b)| (a == b'-') == (b == b'-'));
        let digits = text.bytes().all(|it| it == b'-' || it.is_ascii_digit());
        let plain = accede::date::plain(text.as_bytes());
        assert!(plain.is_none() || like_it && digits, "{text}: {plain:?}");
    }
}

#[test]
fn a_line_can_be_as_long_as_the_grammar_lets_it() {
    for (length, is_read) in [(LINE_LIMIT - 1, true), (LINE_LIMIT, true), (LINE_LIMIT + 1, false)] {
        for start in ["  Armenia joins CSTO  # ", "article two # "] {
            let line = format!("{start}{}\n", "c".repeat(length - start.len()));
            assert_eq!(!read(&line).contains("line-too-long"), is_read, "{start} {length}");
        }
    }
}

#[test]
fn days_are_counted_and_written_as_chrono_does() {
    for year in -10_001..=10_001 {
        for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
            let known = chrono::NaiveDate::from_ymd_opt(year, month, day).map(Day::from);
            let known = known.filter(|_| Day::YEARS.contains(&year));
            assert_eq!(Day::of(year, month, day), known, "{year} {month} {day}");
        }
    }
    for day in (Day::DAWN.0 + 1..Day::DUSK.0).step_by(17).map(Day) {
        let date = day.to_chrono().unwrap();
        // Chrono marks years of five digits.
        assert_eq!(day.to_string(), date.to_string().trim_start_matches('+'));
    }
}
