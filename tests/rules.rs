//! Rules on random small projects, written as text, against a literal reading, and endings against edited files.

pub mod line;
mod literal;

use accede::{Answer, Engine, File};
use proptest::prelude::*;

use crate::inference::cases;
use crate::questions::{VOCABULARY, Written, articles, asked, claim, plain};
use line::{BLOCS, GROUP, Line, line};

fn engine(articles: &[Written], rules: &str) -> Engine {
    let text: String = articles.iter().map(Written::text).collect();
    let vocabulary = format!("{VOCABULARY}bloc Z\n  exists from 2000-01-01\n  lifecycle small\n{GROUP}");
    let files = vec![File::new("a", vocabulary), File::new("b", text), File::new("c", rules)];
    Engine::read(files, &[])
}

pub fn rules(lines: &[Line], trust: [u32; 2]) -> String {
    let mut text = String::new();
    for (rule, trust) in trust.iter().enumerate() {
        text += &format!("rule r{rule}\n  trust {trust}\n");
        for line in lines.iter().filter(|it| it.rule == rule) {
            text += &format!("  {}\n", line.text());
        }
    }
    text
}

/// Some articles, and one that has the bloc X as a party.
fn said() -> impl Strategy<Value = Vec<Written>> {
    let verb = prop::sample::select(vec!["joins", "member-of", "suspended from", "leaves"]);
    let claims = prop::collection::vec((verb, prop::sample::select(BLOCS.to_vec()), 1..=4), 1..=2);
    (articles(), claims).prop_map(|(mut articles, claims)| {
        let claims = claims.iter().map(|(verb, bloc, day)| format!("X {verb} {bloc} on 2000-01-0{day}"));
        let claims = claims.collect();
        let name = "of-blocs".to_owned();
        articles.push(Written { name, publisher: None, published: None, trust: 1, claims });
        articles
    })
}

pub fn lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(line(), 1..=3)
}

fn counts(answer: &Answer) -> Vec<(usize, usize)> {
    answer.counts.iter().map(|it| (it.least, it.most)).collect()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_follows_is_what_a_literal_reading_says(said in said(), lines in lines(), trust in [1u32..=2, 1u32..=2]) {
        let text = rules(&lines, trust);
        let whole = engine(&said, &text);
        let told: Vec<&str> = whole.findings().iter().map(|it| it.code).collect();
        let literal = literal::evaluated(&whole, &lines);
        prop_assert_eq!(told.contains(&"cycle-through-not"), literal.is_none(), "{}", &text);
        prop_assert!(told.iter().all(|it| *it == "cycle-through-not"), "{:?}\n{}", told, &text);
        if let Some(literal) = literal {
            let articles: String = said.iter().map(Written::text).collect();
            prop_assert_eq!(literal::statuses(&whole), literal, "{}\n{}", articles, text);
        }
    }

    #[test]
    fn endings_derive_anew(said in articles(), lines in lines(), assumed in claim(), which in 0usize..3) {
        let text = rules(&lines, [1, 1]);
        let whole = engine(&said, &text);
        let question = ["members of Y on 2000-01-03", "history of A in Z", "count members of Y"][which];
        let compare = |ending: String, edited: &[Written]| {
            let (is, should) = (asked(&whole, &format!("{question} {ending}")), asked(&engine(edited, &text), question));
            prop_assert_eq!(plain(&is), plain(&should), "{} {}\n{}", question, ending, &text);
            prop_assert_eq!(counts(&is), counts(&should));
            Ok(())
        };
        for it in &said {
            let others: Vec<Written> = said.iter().filter(|other| other.name != it.name).cloned().collect();
            compare(format!("without {}", it.name), &others)?;
            compare(format!("according to {}", it.name), std::slice::from_ref(it))?;
        }
        let mut edited = said.clone();
        edited.push(Written { name: "assuming".into(), publisher: None, published: None, trust: 1_000_000, claims: vec![assumed.clone()] });
        compare(format!("assuming {assumed}"), &edited)?;
    }
}
