//! A file is cut where sections begin: its pieces are all of it, each has articles alone or none, and none goes on for long.

use accede::File;
use accede::parse::{Piece, pieces};
use accede::source::Sources;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Opens {
    Article,
    Other,
    Nothing,
}

use Opens::{Article, Nothing, Other};

/// Lines, and what they open; words that open something stand in others too.
const LINES: [(&str, Opens); 16] = [
    ("article a", Article),
    ("article a \"the bloc that parties ask for\"", Article),
    ("  article b", Article),
    ("\tarticle \"article\"", Article),
    ("bloc B", Other),
    ("  party \"article\"", Other),
    ("ask article a", Other),
    ("lifecycle article", Other),
    ("articles a", Nothing),
    ("  Alaska joins article on 2001-02-03", Nothing),
    ("# article a", Nothing),
    ("", Nothing),
    ("  an article", Nothing),
    ("partyarticle", Nothing),
    ("article-bloc", Nothing),
    ("\u{e9} article \u{e9}", Nothing),
];

/// The fewest bytes of a piece that is cut for its length alone.
const PIECE: usize = 1 << 16;

/// Some lines, each with a comment of some length, so many times.
fn text() -> impl Strategy<Value = Vec<(String, Opens)>> {
    let line = (select(&LINES[..]), select(vec![0, 40, 6_000])).prop_map(|((line, opens), words)| {
        let comment = if words > 0 { format!(" # {}", "bloc ".repeat(words)) } else { String::new() };
        (format!("{line}{comment}"), opens)
    });
    let some = (vec(line, 1..8), 1..12usize).prop_map(|(some, times)| vec![some; times].concat());
    vec(some, 0..4).prop_map(|it| it.concat())
}

fn cut(text: &str) -> Vec<Piece> {
    let mut sources = Sources::default();
    let id = sources.add(File::new("x", text));
    pieces(id, sources.file(id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_file_is_cut_where_sections_begin(lines in text(), end in select(vec!["\n", "\r\n"])) {
        let text: String = lines.iter().flat_map(|it| [&it.0, end]).collect();
        let pieces = cut(&text);
        let mut at = 0;
        let mut lines = lines.iter().peekable();
        for piece in &pieces {
            let range = piece.span.range();
            prop_assert_eq!(range.start, at);
            let first = range.start == 0;
            prop_assert!(first || lines.peek().is_some_and(|it| it.1 != Nothing), "it begins with a section");
            while at < range.end {
                let (line, opens) = lines.next().expect("a line");
                match opens {
                    Article => prop_assert!(piece.articles, "{line}"),
                    Other => prop_assert!(!piece.articles, "{line}"),
                    Nothing => {}
                }
                let cuts = *opens != Nothing && !line.starts_with([' ', '\t']);
                prop_assert!(!cuts || at - range.start < 2 * PIECE, "{} goes on for long", range.start);
                at += line.len() + end.len();
            }
            prop_assert_eq!(at, range.end);
        }
        prop_assert_eq!(at, text.len());
    }
}
