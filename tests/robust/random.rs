//! Properties of random text.

use std::collections::BTreeMap;

use accede::engine::Engine;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;

use super::{assert_holds, assert_question, engine};

const RULES: [&str; 3] = [
    include_str!("../../rules/blocs.accede"),
    include_str!("../../rules/membership.accede"),
    include_str!("../../rules/parties.accede"),
];

const SEEDS: [&str; 2] = [
    include_str!("../../seeds/moscow-times-2012-12-19.accede"),
    include_str!("../../seeds/rferl-2014-05.accede"),
];

/// The same cases in every run.
fn config(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Edit {
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    Replace(Index, u8),
    SwapBytes(Index, Index),
    DeleteLine(Index),
    CopyLine(Index, Index),
    SwapLines(Index, Index),
    JoinLines(Index),
    SplitLine(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    let odd = select(vec![
        "\"", "\\", "@", "#", ",", "(", "\0", "\r", "\u{feff}", "\u{202e}", "é", "联", " and ", "9999", "-",
    ]);
    prop_oneof![
        (at(), 1usize..9).prop_map(|it| Edit::Delete(it.0, it.1)),
        (at(), vec(any::<u8>(), 1..4)).prop_map(|it| Edit::Insert(it.0, it.1)),
        (at(), odd).prop_map(|it| Edit::Insert(it.0, it.1.into())),
        (at(), any::<u8>()).prop_map(|it| Edit::Replace(it.0, it.1)),
        (at(), at()).prop_map(|it| Edit::SwapBytes(it.0, it.1)),
        at().prop_map(Edit::DeleteLine),
        (at(), at()).prop_map(|it| Edit::CopyLine(it.0, it.1)),
        (at(), at()).prop_map(|it| Edit::SwapLines(it.0, it.1)),
        at().prop_map(Edit::JoinLines),
        at().prop_map(Edit::SplitLine),
    ]
}

impl Edit {
    fn apply(&self, text: &mut Vec<u8>) {
        if text.is_empty() {
            return;
        }
        let length = text.len();
        match self {
            Edit::Delete(at, count) => {
                let at = at.index(length);
                text.drain(at..length.min(at + count));
            }
            Edit::Insert(at, bytes) => {
                let at = at.index(length);
                text.splice(at..at, bytes.iter().copied());
            }
            Edit::Replace(at, byte) => text[at.index(length)] = *byte,
            Edit::SwapBytes(one, other) => text.swap(one.index(length), other.index(length)),
            Edit::SplitLine(at) => text.insert(at.index(length), b'\n'),
            Edit::DeleteLine(_) | Edit::CopyLine(..) | Edit::SwapLines(..) | Edit::JoinLines(_) => {
                self.lines(text);
            }
        }
    }

    fn lines(&self, text: &mut Vec<u8>) {
        let mut lines: Vec<_> = text.split_inclusive(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
        let count = lines.len();
        match self {
            Edit::DeleteLine(at) => drop(lines.remove(at.index(count))),
            Edit::CopyLine(from, to) => lines.insert(to.index(count), lines[from.index(count)].clone()),
            Edit::SwapLines(one, other) => lines.swap(one.index(count), other.index(count)),
            Edit::JoinLines(at) => drop(lines[at.index(count)].pop()),
            _ => {}
        }
        *text = lines.concat();
    }
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for it in edits {
        it.apply(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The words of the language, names that are known, and what is easily mistyped.
const WORDS: &str = "accede according act after also and are article as ask assuming at before between bloc blocs by changes \
    code common count counts day did end event every exactly exists expect from group has history in inside is \
    joins leaves least lifecycle member member-of members most no not notifies of on only or order outside party \
    plans published publisher ratifies require returns rule said-by sha256 signs since status succeeds suspended \
    text the throughout to trust until was when why will with without year Armenia Belarus Uzbekistan Baltics \
    CSTO CIS CU EAEU NATO membership observer former never joined memberof Өзбекстан \
    2012-12-19 1999 199X 2006~ 2006? 2006-21 2004/2006 ../2006 2006/.. 2013-02-29 9999-12-31 -0001 0000 Y170000002 \
    today Wednesday 7 9 0 65 4294967296 99999999999999999999 @7 @7-9 @9-7 @0 @ \"CSTO\" \"\" \"a\\\"b\" \" \\ # , ( ) = ? - – . ' : \u{202e} \0 é";

fn soup(most: usize) -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split_ascii_whitespace().collect();
    vec(select(words), 0..most).prop_map(|it| it.join(" "))
}

/// A line with its form right, but for what is put into it.
fn filled() -> impl Strategy<Value = String> {
    let forms = vec![
        "party _",
        "party _ \"_\"",
        "code _",
        "also _, _",
        "also _ from _ until _",
        "exists from _ to _",
        "bloc _",
        "lifecycle _",
        "_ counts as inside",
        "group _ = _, _",
        "status _, _ outside",
        "event _, _ from _, _ to _",
        "act _",
        "order _, _",
        "article _ \"_\"",
        "publisher \"_\"",
        "published _",
        "text \"_\" sha256 _",
        "trust _",
        "_ joins _ on _ @_",
        "_ and _ member-of _ in _",
        "only _, _ member-of _ since _",
        "_ is not _ in _ from _ to _",
        "_ has at most _ _ on _",
        "_ plans to _ _ by _",
        "_ leaves _ at the end of _",
        "_ returns to _ between _ and _",
        "_ suspended from _ before _ said-by \"_\"",
        "rule _",
        "members of _ are members of _ from _",
        "_ succeeds _ on _ with _",
        "only members of _ and members of _ within 30 days before are members of _ until _ while _ member-of _",
        "members of members of _ are members of _ while _ is not _ in _ and _ member-of _",
        "_ continues _ on _ but not in _",
        "group _ = _ from _, _ until _ and _",
        "require _",
        "no member of _ is member of _",
        "_ has at most _ members",
        "order joins _, _ _ and signs _ since _",
        "ask members of _ on _",
        "expect _ _",
        "expect _ or _ otherwise _ _, _ from 2006-01-01 to _",
        "expect _ to _ _ between 2006-01-01 and 2006-12-31",
        "expect attested _ _ until _",
        "expect _ to _ on _",
        "ask (members of _ or _ of _) and not _ of _",
        "ask count members of _ every _ from _ to _",
    ];
    let words: Vec<&str> = WORDS.split_ascii_whitespace().collect();
    (select(forms), vec(select(words), 5)).prop_map(|(form, words)| {
        let mut words = words.into_iter();
        let parts = form.split('_').map(str::to_owned);
        parts.reduce(|all, part| all + words.next().unwrap_or("CSTO") + &part).unwrap()
    })
}

proptest! {
    #![proptest_config(config(96, 1))]

    #[test]
    fn bytes(bytes in vec(any::<u8>(), 0..400), question in vec(any::<u8>(), 0..60)) {
        let engine = engine(&[&String::from_utf8_lossy(&bytes)]);
        assert_holds(&engine);
        assert_question(&engine, &String::from_utf8_lossy(&question));
    }

    #[test]
    fn characters(text in "(\\PC|[\\x00-\\x20\u{202e}\u{feff}\u{200d}\"@#]){0,200}", question in "(?s).{0,60}") {
        let engine = engine(&[&text]);
        assert_holds(&engine);
        assert_question(&engine, &question);
    }
}

proptest! {
    #![proptest_config(config(64, 2))]

    #[test]
    fn edits(file in 0..RULES.len() + SEEDS.len(), edits in vec(edit(), 1..12)) {
        let mut texts: Vec<String> = RULES.iter().chain(&SEEDS).map(|it| (*it).to_owned()).collect();
        texts[file] = edited(&texts[file], &edits);
        assert_holds(&engine(&texts.iter().map(String::as_str).collect::<Vec<_>>()));
    }

    #[test]
    fn questions(edits in vec(edit(), 1..4), place in any::<Index>(), words in soup(12)) {
        let asked = [
            "members of CSTO on 2012-12-19", "blocs of Kyrgyzstan on 2005-04-08", "status of Uzbekistan in CSTO on 2000",
            "(members of CSTO or not observers of CIS in 199X) and former members of CU",
            "count members of CIS every year from 1992 to 2020", "did Uzbekistan leave CSTO in 1999",
        ];
        let engine = engine(&[RULES[0], RULES[2], SEEDS[0]]);
        assert_question(&engine, &edited(asked[place.index(asked.len())], &edits));
        assert_question(&engine, &words);
        for head in ["members of", "status of", "history of", "when was"] {
            assert_question(&engine, &format!("{head} {words}"));
        }
    }

    #[test]
    fn words(lines in vec(prop_oneof![soup(10), filled(), filled(), filled().prop_map(|it| format!("  {it}"))], 1..30)) {
        let vocabulary = "party Armenia\nparty Belarus\nparty Uzbekistan\nbloc CSTO\nbloc CIS\nbloc CU\n";
        assert_holds(&engine(&[vocabulary, &lines.join("\n")]));
    }

    /// Claims that are entered, by what is written.
    #[test]
    fn a_bad_line_costs_no_other(
        seed in select(SEEDS.to_vec()),
        place in any::<Index>(),
        begins in select(vec!["%", "  (", "  )", "  ,", "  @", "  \"", "  = ", "  ?", "  \0", "  \u{202e}", "  joins", "  \\"]),
        rest in prop_oneof![soup(8), "[^\n]{0,40}"],
    ) {
        let whole = engine(&[RULES[0], RULES[2], seed]);
        let mut lines: Vec<&str> = seed.split('\n').collect();
        let bad = format!("{begins} {rest}");
        lines.insert(place.index(lines.len()), &bad);
        let spoilt = engine(&[RULES[0], RULES[2], &lines.join("\n")]);
        let after = claims(&spoilt);
        for (claim, count) in claims(&whole) {
            prop_assert!(after.get(&claim).is_some_and(|it| *it >= count), "{claim:?}");
        }
        assert_holds(&spoilt);
    }
}

/// How often each claim is in the ledger: its text, bloc and parties.
fn claims(engine: &Engine) -> BTreeMap<String, usize> {
    let ledger = engine.ledger();
    let mut claims = BTreeMap::new();
    for it in &ledger.claims {
        let text = engine.sources().file(ledger.file_of(it)).slice(it.span());
        let parties: Vec<_> = it.parties().iter().map(|it| &ledger.party(*it).name).collect();
        let article = &ledger.article(it.article).name;
        *claims.entry(format!("{article}: {text} {} {parties:?}", ledger.bloc(it.bloc).name)).or_default() +=
            1;
    }
    claims
}
