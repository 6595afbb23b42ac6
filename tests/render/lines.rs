//! Lines that are broken and drawn the short way are those of the long way.

use accede::finding::{Finding, Place};
use accede::render::text::{self, Style};
use accede::render::words::{hanging, widest, width};
use accede::source::{FileId, Span};
use proptest::prelude::*;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::sources;

fn by_textwrap(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::wrap(text, options).iter().map(|it| it.trim_end().to_owned()).collect()
}

/// A letter of as many columns that is none of ASCII.
fn strange(it: char) -> char {
    match it {
        'a'..='z' => char::from_u32('а' as u32 + it as u32 - 'a' as u32).unwrap(),
        _ => it,
    }
}

fn familiar(text: &str) -> String {
    let letter = |it| ('a'..='z').find(|latin| strange(*latin) == it).unwrap_or(it);
    text.chars().map(letter).collect()
}

fn a_finding(
    text: &str,
    message: &str,
    places: &[(usize, usize, String)],
    strangely: bool,
) -> (String, Finding) {
    let written =
        |text: &str| text.chars().map(|it| if strangely { strange(it) } else { it }).collect::<String>();
    let at = |it: usize| written(&text[..it.min(text.len())]).len();
    let place = |(start, length, label): &(usize, usize, String)| {
        Place::new(FileId(0), Span::new(at(*start), at(start + length)), written(label))
    };
    let mut places = places.iter().map(place);
    let first = places.next().expect("a place");
    let finding = Finding::error("clash", written(message), first).help(written(message));
    (written(text), places.fold(finding, Finding::and))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// Most of these texts break after their blanks alone; those with brackets side by side and the like do not.
    #[test]
    fn words_are_those_of_unicode(
        text in r"([a-zA-Z0-9\[\]() ,.:@_/-]{0,40}|(\[[0-9]{1,4}\] ?|[a-z]{1,9}[ :,.]? {0,2}|[0-9]{1,4}-[0-9-]{0,5}){0,24}|\PC{0,20})",
        (first, rest) in prop::sample::select(vec![("", ""), (" ", "   "), ("    ", "    "), ("", "    ")]),
        columns in 1_usize..60,
    ) {
        let words = WordSeparator::UnicodeBreakProperties.find_words(&text);
        prop_assert_eq!(widest(&text), words.map(|it| display_width(it.word)).max().unwrap_or(0));
        prop_assert_eq!(width(&text), display_width(&text));
        prop_assert_eq!(hanging(&text, first, rest, columns), by_textwrap(&text, first, rest, columns));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Every text of ASCII alone takes a short way, and none with other letters does. No line is cut: where it is cut
    /// depends on bytes.
    #[test]
    fn letters_of_ascii_stand_where_others_would(
        text in "[a-z .]{0,12}(\n[a-z .]{0,12}){0,6}",
        message in "[a-z ]{1,200}",
        places in prop::collection::vec((0_usize..80, 0_usize..20, "[a-z ]{0,40}"), 1..4),
        columns in 60_usize..120,
        (color, unicode) in any::<(bool, bool)>(),
    ) {
        let style = Style { width: columns, color, unicode };
        let shown = |strangely| {
            let (text, finding) = a_finding(&text, &message, &places, strangely);
            text::finding(&finding, &sources(&[&text]), style)
        };
        prop_assert_eq!(shown(false), familiar(&shown(true)));
    }
}
