use std::borrow::Cow;

use accede::render::safe::{disturbs, printable};
use proptest::prelude::*;

#[test]
fn fit_text_is_lent() {
    for text in ["", "plain `text`", "Հայ, русский, عربي, 中文, e\u{301}, नमस्ते, می\u{200c}خواهم"]
    {
        assert!(matches!(printable(text), Cow::Borrowed(it) if it == text), "{text}");
    }
}

#[test]
fn pictures() {
    let cases = [
        ("\x1b[2J\x07\0\x7f", "␛[2J␇␀␡"),
        ("a\tb\nc\r\n", "a␉b␊c␍␊"),
        ("\u{85}\u{9b}", "<U+0085><U+009B>"),
        ("x\u{202e}y\u{2066}\u{200e}\u{61c}", "x<U+202E>y<U+2066><U+200E><U+061C>"),
        ("\u{200b}\u{feff}\u{ad}\u{2028}", "<U+200B><U+FEFF><U+00AD><U+2028>"),
        ("\u{e0041}\u{10ffff}", "<U+E0041><U+10FFFF>"),
    ];
    for (text, safe) in cases {
        assert_eq!(printable(text), safe);
    }
}

proptest! {
    #[test]
    fn nothing_disturbs_and_twice_is_once(text in "\\PC{0,8}[\\x00-\\x{ff}]{0,8}\\PC*") {
        let once = printable(&text);
        prop_assert!(!once.chars().any(|it| disturbs(it) || it.is_control()));
        prop_assert_eq!(printable(&once), once.clone());
    }
}
