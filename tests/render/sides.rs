//! The sides of a contradiction, with the articles' own words.

use accede::finding::{Finding, Place};
use accede::render::text::{self, Style};
use accede::source::{FileId, Span};

use super::looks::look;
use super::{PLAIN, passage, sources};

/// A finding with so many places on each of so many sides; each place is a line, and rests on a line of the article.
fn many(sides: u32, places: usize, shared: bool) -> String {
    let lines = (1..=(sides as usize * places)).map(|it| format!("line {it:04} of it\n"));
    let text: String = lines.collect();
    let sources = sources(&[&text, &text.replace("line", "words")]);
    let place = |it: usize| Place {
        side: Some((it / places) as u32),
        passages: [(FileId(1), Span::new(if shared { 0 } else { it * 17 }, it * 17 + 16))].into(),
        ..Place::new(FileId(0), Span::new(it * 16, it * 16 + 9), "said")
    };
    let all = (0..sides as usize * places).map(place).collect();
    let finding = Finding { places: all, ..Finding::error("clash", "they disagree", place(0)) };
    text::finding(&finding, &sources, PLAIN)
}

#[test]
fn the_first_of_each_side() {
    look("many_on_two_sides", &many(2, 1000, false));
    let shown = many(20, 5, false);
    assert!(shown.contains("side 12 of 20") && !shown.contains("side 13"), "{shown}");
    assert!(shown.contains("and 8 more sides and 94 more passages"), "{shown}");
    assert_eq!(shown.matches("and 1 more on this side").count(), 12);
}

#[test]
fn the_place_that_looks_wrong_is_among_them() {
    let text = "a b c d e f g h";
    let sources = sources(&[text]);
    let place = |it: usize| Place {
        side: Some(0),
        ..Place::new(FileId(0), Span::new(it * 2, it * 2 + 1), format!("place {it}"))
    };
    let mut finding =
        Finding { places: (0..8).map(place).collect(), ..Finding::error("clash", "odd", place(0)) };
    finding.slips.push(accede::finding::Slip { kind: "far-from-all", place: Some(6), why: String::new() });
    look("place_that_looks_wrong", &text::finding(&finding, &sources, PLAIN));
}

const SENTENCES: &str = "The spring session opened late, and delegates waited in the corridors for most of the day. \
    Dr. Ilves spoke first; he said that little had been done since 2009 about the rivers. Then the union's \
    secretary read the list. Kyrgyzstan had come in on 8 May 2015, he said, and nobody had objected. \
    After that the talk turned to tariffs on wool, to the price of gas, and to a bridge. ";

#[test]
fn long_passages() {
    let paragraph = SENTENCES.repeat(3);
    let scripts = "联盟于年成立。".repeat(60) + "吉尔吉斯斯坦于2015年加入联盟。" + &"后来退出。".repeat(60);
    let lines: String = (1..=9).map(|it| format!("\tline {it}\r\n")).collect();
    let article = format!("Title\n{paragraph}\n{scripts}\n\n{lines}A short line with five members in it.\n");
    let sources = sources(&["Kyrgyzstan joins EAEU on 2015-05-08\n", &article]);
    let mut shown = String::new();
    let place = |words: &str| Place {
        passages: [passage(&sources, 1, words)].into(),
        ..Place::new(FileId(0), Span::new(0, 35), "joins: 2015-05-08")
    };
    for words in [
        paragraph.trim_end(),
        "he said that little had been done",
        &scripts,
        lines.trim_end(),
        "line 2\r\n\tline 3",
        "five members",
        "Title",
    ] {
        let finding = Finding::error("clash", "they disagree", place(words));
        shown += &text::finding(&finding, &sources, PLAIN);
    }
    let narrow = Style { width: 40, unicode: false, ..PLAIN };
    shown += &text::finding(&Finding::error("clash", "odd", place(paragraph.trim_end())), &sources, narrow);
    look("long_passages", &shown);
}

#[test]
fn a_passage_is_shown_once() {
    let text = "one two three\n\nfour";
    let sources = sources(&["a b c d\n", text, ""]);
    let place = |it: usize, side, passages: Vec<_>| Place {
        side,
        passages: passages.into(),
        ..Place::new(FileId(0), Span::new(it * 2, it * 2 + 1), "said")
    };
    let words = |it| passage(&sources, 1, it);
    let empty = (FileId(2), Span::new(0, 0));
    let finding =
        Finding::error("clash", "odd", place(0, Some(0), vec![words("one two three"), words("two")]))
            .and(place(1, Some(1), vec![words("three"), (FileId(1), Span::new(14, 14)), empty]))
            .and(place(2, None, vec![(FileId(1), Span::new(90, 99)), (FileId(1), Span::new(19, 19))]))
            .and(place(3, None, vec![]));
    look("passage_shown_once", &text::finding(&finding, &sources, PLAIN));
}
