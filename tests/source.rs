//! Lines and columns are counted as somebody counts them who looks at every letter; what is UTF-8 in parts is so in one.

use accede::File;
use accede::source::{Text, is_utf8_in_parts};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Where lines begin.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|it| it.0 + 1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn lines_are_where_they_are(
        parts in vec((select(vec!["x", "\u{e9}", "\n", "\r\n", "\r"]), 1..700usize), 0..8),
        at in any::<proptest::sample::Index>(),
    ) {
        let text: String = parts.iter().map(|(what, times)| what.repeat(*times)).collect();
        let file = File::new("x", text.as_str());
        let starts = starts(&text);
        let last = usize::from(starts.last() == Some(&text.len()));
        prop_assert_eq!(file.line_count(), starts.len() - last);
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(text.len());
            let line = text[*start..end].trim_end_matches(['\n', '\r']);
            prop_assert_eq!(file.line(number).map(accede::source::Span::range), Some(*start..start + line.len()));
        }
        prop_assert_eq!(file.line(starts.len()), None);
        let mut offset = at.index(text.len() + 1);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.iter().rposition(|it| *it <= offset).expect("a line");
        prop_assert_eq!(file.line_of(offset as u32), line);
        let column = text[starts[line]..offset].chars().count() + 1;
        prop_assert_eq!(file.position(offset as u32), (line + 1, column));
        prop_assert_eq!(file.line(line), Some(file.line_around(offset as u32)));
    }
}

/// Characters of every length, and bytes of which none is one.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let characters = vec!["x", "\u{e9}", "\u{20ac}", "\u{1f30d}"];
    let whole = select(characters.clone()).prop_map(|it| it.as_bytes().to_vec());
    let cut = select(characters).prop_map(|it| it.as_bytes()[..it.len() - 1].to_vec());
    let any = any::<u8>().prop_map(|it| vec![it]);
    vec(prop_oneof![40 => whole, 1 => cut, 1 => any], 0..24).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn parts_are_utf8_if_the_whole_is(bytes in bytes(), part in 1..20usize) {
        prop_assert_eq!(is_utf8_in_parts(&bytes, part), str::from_utf8(&bytes).is_ok());
    }

    #[test]
    fn characters_begin_where_they_are_said_to(bytes in bytes(), at in 0..100usize) {
        let whole = String::from_utf8_lossy(&bytes).into_owned();
        let text = Text::from(whole.as_str());
        prop_assert_eq!(text.character_around(at), whole.floor_char_boundary(at));
        prop_assert_eq!(text.next_character(at), whole.ceil_char_boundary(at.min(whole.len())));
    }
}
