//! How names are found in a line.

use accede::coverage::Gazetteer;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{engine, sides};

const RULES: &str = r#"
bloc NATO "North Atlantic Treaty Organization"
bloc CU "Customs Union of the Steppe"
  also "Customs Union", "Custom's Union"
bloc WTO
party EU "European Union"
bloc EU "European Union"
bloc Nordic
party Guinea
party Armenia
  code AM
party Azerbaijan
party Chad
party "United States"
  also US, "U.S."
party Congo "Republic of the Congo"
party DRC "Democratic Republic of the Congo"
party Ivory "Côte d’Ivoire"
party Өзбекстан
"#;

/// Each line beside the parties and blocs that it names; no bloc stands in a line that is not to count.
const LINES: &[(&str, &str)] = &[
    ("Guinea and NATO", "Guinea | NATO"),
    ("Guinea-Bissau and NATO", ""),
    ("GUINEA-BISSAU and NATO", ""),
    ("Papua-Guinea and NATO", ""),
    ("Guinea-based NATO", "Guinea | NATO"),
    ("Guinea\u{2011}Bissau and NATO", ""),
    ("NATO on Armenia-Azerbaijan", "Armenia, Azerbaijan | NATO"),
    ("Armenia-NATO talks", "Armenia | NATO"),
    ("Armenia-IMF talks, NATO", "Armenia | NATO"),
    ("Moscow-NATO talks, Chad", "Chad | NATO"),
    ("non-NATO Chad", "Chad | NATO"),
    ("Armenian NATO", ""),
    ("xArmenia NATO", ""),
    ("Armenia2 NATO", ""),
    ("Armenia\u{301} NATO", ""),
    ("Armenia's NATO", "Armenia | NATO"),
    ("Armenia’s NATO", "Armenia | NATO"),
    ("ARMENIA (NATO)", "Armenia | NATO"),
    ("armenia nato", ""),
    ("AM in NATO", ""),
    ("chad in NATO", ""),
    ("CHAD in NATO", "Chad | NATO"),
    ("let us join NATO", ""),
    ("the US, NATO", "United States | NATO"),
    ("the U.S. and NATO", "United States | NATO"),
    ("the u.s. and NATO", ""),
    ("Armenia, customs union", "Armenia | CU"),
    ("Armenia, custom’s  \u{a0}union", "Armenia | CU"),
    ("Armenia, Customs Union of the Steppes", "Armenia | CU"),
    ("Armenia, Customs Unions", ""),
    ("the Republic of the Congo, NATO", "Congo | NATO"),
    ("the Democratic Republic of the Congo, NATO", "DRC | NATO"),
    ("the democratic republic of the congo, NATO", "DRC | NATO"),
    ("co\u{302}te d'ivoire, NATO", "Ivory | NATO"),
    ("өзбекстан, NATO", "Өзбекстан | NATO"),
    ("Өзбекстанда, NATO", ""),
    ("EU", ""),
    ("EU, the European Union", ""),
    ("EU and Armenia", "Armenia | EU"),
    ("EU and NATO", "EU | NATO"),
    ("NATO, EU, Chad", "Chad | NATO, EU"),
    ("Chad, Armenia, Chad; WTO, NATO, WTO", "Chad, Armenia | WTO, NATO"),
    ("", ""),
    (" \t", ""),
];

#[test]
fn names_are_whole_words() {
    let engine = engine(RULES);
    assert!(engine.findings().is_empty(), "{:#?}", engine.findings());
    for (line, expected) in LINES {
        let said = sides(&engine, line)
            .map(|(parties, blocs)| format!("{} | {}", parties.join(", "), blocs.join(", ")));
        assert_eq!(said.unwrap_or_default(), *expected, "{line:?}");
    }
}

/// A bloc that a claim speaks of as a party is a party.
#[test]
fn a_bloc_that_is_a_party() {
    let rules = "bloc CU \"Customs Union\"\nbloc WTO\narticle a\n  published 2020\n  CU joins WTO\n";
    let said = sides(&engine(rules), "the customs union and the WTO");
    assert_eq!(said, Some((vec!["CU".into()], vec!["WTO".into()])));
}

const NAMES: [&str; 14] = [
    "ab", "Ab", "AB", "abcde", "Abcde", "Ab cd", "Ab cd ef", "cd", "É", "É-Ab", "A.B.", "cd’e", "b", "ÀBCDE",
];

fn piece() -> impl Strategy<Value = String> {
    let odd = ["-", " ", "  ", "\u{a0}", ".", "'", "’", "s", "\u{301}", "e", "E", "X", "Xy", "7", "中", ","];
    prop_oneof![
        3 => select(NAMES.to_vec()).prop_map(str::to_owned),
        1 => select(NAMES.to_vec()).prop_map(str::to_uppercase),
        1 => select(NAMES.to_vec()).prop_map(str::to_lowercase),
        1 => select(NAMES.to_vec()).prop_map(|it| it.nfd().collect()),
        6 => select(odd.to_vec()).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        rng_seed: RngSeed::Fixed(17),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Names are found as a scan of every place for every name finds them.
    #[test]
    fn names_agree_with_a_literal_scan(known in vec(select(NAMES.to_vec()), 1..6), line in vec(piece(), 0..12)) {
        let mut rules = String::from("bloc Z\n  also ZZ");
        for name in &known {
            rules += &format!(", \"{name}\"");
        }
        let line = line.concat();
        let engine = engine(&rules);
        let found = Gazetteer::new(engine.ledger()).mentions(&line);
        let found: Vec<(usize, usize)> = found.into_iter().map(|it| (it.range.start, it.range.end)).collect();
        prop_assert_eq!(found, scan(&known, &line), "{:?} in {:?}", known, line);
    }
}

fn plain(text: &str) -> String {
    let text: String = text.nfc().map(|it| if it == '’' { '\'' } else { it }).collect();
    let mut words = String::new();
    for it in text.chars() {
        if !it.is_whitespace() {
            words.push(it);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words
}

fn scan(names: &[&str], line: &str) -> Vec<(usize, usize)> {
    let line: Vec<char> = plain(line).chars().collect();
    let text = |start: usize, end: usize| line[start..end].iter().collect::<String>();
    let part = |at: Option<usize>| at.and_then(|it| line.get(it)).is_some_and(|it| letter(*it));
    let mut candidates: Vec<(usize, usize, bool)> = Vec::new();
    for start in 0..line.len() {
        for end in start + 1..=line.len() {
            let whole = !part(start.checked_sub(1)) && !part(Some(end));
            let fits = |it: &&&str| whole && means(&plain(it), &text(start, end));
            let fitting: Vec<_> = names.iter().filter(fits).collect();
            if !fitting.is_empty() {
                let acronym = fitting.iter().all(|it| !small(it));
                candidates.push((start, end, acronym));
            }
        }
    }
    let joined = |&(start, end, acronym): &(usize, usize, bool)| {
        let named = text(start, end);
        let left =
            start >= 2 && line[start - 1] == '-' && !candidates.iter().any(|it| it.1 == start - 1) && {
                let begin = (0..start - 1).rev().take_while(|it| letter(line[*it])).last();
                begin.is_some_and(|it| goes_on(&text(it, start - 1), &named))
            };
        let right = line.get(end) == Some(&'-') && !candidates.iter().any(|it| it.0 == end + 1) && {
            let close = (end + 1..line.len()).find(|it| !letter(line[*it])).unwrap_or(line.len());
            goes_on(&text(end + 1, close), &named)
        };
        !acronym && (left || right)
    };
    let mut at = 0;
    let mut found = Vec::new();
    while at < line.len() {
        let here = candidates.iter().filter(|it| it.0 == at && !joined(it)).max_by_key(|it| it.1);
        if let Some((start, end, _)) = here {
            let bytes = |to: usize| text(0, to).len();
            found.push((bytes(*start), bytes(*end)));
            at = *end;
        } else {
            at += 1;
        }
    }
    found
}

fn letter(it: char) -> bool {
    it.is_alphanumeric() || is_combining_mark(it)
}

fn small(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
}

fn means(name: &str, found: &str) -> bool {
    let capitals_only = !small(name);
    let short = name.chars().filter(|it| letter(*it)).count() <= 4;
    if capitals_only {
        name == found
    } else if short {
        name == found || found == name.to_uppercase()
    } else {
        name.to_lowercase() == found.to_lowercase()
    }
}

fn goes_on(word: &str, named: &str) -> bool {
    let acronym = word.chars().count() > 1 && !small(word);
    word.chars().next().is_some_and(char::is_uppercase) && !(acronym && small(named))
}
