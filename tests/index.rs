//! The claims on each pair, looked up, are those that a search through all of them finds.

use accede::ledger::{BlocId, Claim, ClaimId, Index, Ledger, PartyId, Says};
use accede::{Engine, File};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const VOCABULARY: &str =
    "party A\nparty B\nparty C\nparty D\nparty E\ngroup g = B and C\nbloc X\nbloc Y\nbloc Z\nbloc W\n";

fn lines() -> impl Strategy<Value = String> {
    let subjects = ["A", "D", "B and A", "g", "g and D", "D, C and A", "only B", "only A, D and B", "X"];
    let predicates = ["joins", "member-of", "leaves", "plans to join"];
    (select(subjects.to_vec()), select(predicates.to_vec()), select(vec!["X", "Y", "Z"]))
        .prop_map(|(subject, predicate, bloc)| format!("  {subject} {predicate} {bloc} on 2001-02-03\n"))
}

/// Those of articles, and what follows from groups.
fn all(ledger: &Ledger) -> impl Iterator<Item = &Claim> {
    ledger.claims.iter().chain(ledger.derived.iter().map(|it| &it.claim))
}

fn search(ledger: &Ledger, speaks: impl Fn(&Claim) -> bool) -> Vec<ClaimId> {
    (0u32..).zip(all(ledger)).filter(|it| speaks(it.1)).map(|it| ClaimId(it.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_index_finds_what_a_search_finds(lines in vec(lines(), 0..40)) {
        let text = format!("article one\n  published 2010-01-01\n{}  X has 3 members\n", lines.concat());
        let engine = Engine::read(vec![File::new("v.accede", VOCABULARY), File::new("a.accede", text)], &[]);
        let ledger = engine.ledger();
        let counts = search(ledger, |it| matches!(*it.says(), Says::Count { .. }));
        prop_assert_eq!(ledger.index.counts(), counts);
        prop_assert_eq!(ledger.index.pair_count(), ledger.named_pairs().count());
        for bloc in ledger.blocs() {
            let of_bloc = |it: &Claim| it.bloc == bloc;
            let named: Vec<PartyId> =
                ledger.parties().filter(|party| {
                    all(ledger).any(|it| of_bloc(it) && it.parties().contains(party))
                }).collect();
            prop_assert_eq!(&ledger.named_in(bloc).collect::<Vec<_>>(), &named);
            let somebody = |it: &Claim| !it.parties().is_empty() || !it.of_others().is_empty();
            prop_assert_eq!(ledger.index.claims_in(bloc), search(ledger, |it| of_bloc(it) && somebody(it)));
            for party in ledger.parties() {
                prop_assert_eq!(ledger.index.names(bloc, party), named.contains(&party));
                prop_assert_eq!(ledger.claims_on(bloc, party), on(ledger, bloc, party));
            }
        }
    }
}

proptest! {
    #[test]
    fn the_index_is_the_same_however_many_are_put_in_order_at_once(
        lines in vec(lines(), 0..40),
        some in 1usize..12,
        of_blocs in 1usize..4,
    ) {
        let text = format!("article one\n  X has 3 members\n{}", lines.concat());
        let engine = Engine::read(vec![File::new("v.accede", VOCABULARY), File::new("a.accede", text)], &[]);
        let (claims, blocs) = (&engine.ledger().claims, engine.ledger().blocs.len());
        let at_once = Index::in_parts(claims, blocs, (some, of_blocs));
        prop_assert_eq!(at_once, Index::of(claims, blocs));
    }
}

fn on(ledger: &Ledger, bloc: BlocId, party: PartyId) -> Vec<ClaimId> {
    search(ledger, |it| it.bloc == bloc && (it.parties().contains(&party) || !it.of_others().is_empty()))
}
