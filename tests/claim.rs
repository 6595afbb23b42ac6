//! A claim says what it was made of, however little room it takes.

use accede::date::{Day, Window};
use accede::infer::{Lasts, Part};
use accede::ledger::{ArticleId, Basis, BlocId, Claim, PartyId, Says};
use accede::lifecycle::{ActId, Deed, EventId, StatusSet};
use accede::source::Span;
use proptest::prelude::*;

fn windows() -> impl Strategy<Value = Window> {
    (-4_000_000..=4_000_000, 0..=9_000).prop_map(|(first, days)| Window::new(Day(first), Day(first + days)))
}

/// Of a few of the first statuses, and of any.
fn statuses() -> impl Strategy<Value = StatusSet> {
    prop_oneof![(0..=16u32).prop_map(|it| (1u64 << it) - 1), any::<u64>()].prop_map(StatusSet)
}

fn parts() -> impl Strategy<Value = Part> {
    prop_oneof![
        (0..64u8, windows()).prop_map(|(it, window)| Part::Event { event: EventId(it), window }),
        (0..64u8, windows()).prop_map(|(it, window)| Part::Act { act: ActId(it), window }),
        (statuses(), windows()).prop_map(|(statuses, window)| Part::Always { statuses, window }),
        (statuses(), windows()).prop_map(|(statuses, window)| Part::Sometime { statuses, window }),
        (statuses(), windows()).prop_map(|(into, window)| Part::Reports { into, window }),
        (statuses(), windows()).prop_map(|(statuses, begins)| Part::Spell {
            statuses,
            begins,
            lasts: Lasts::Through(begins.latest)
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_claim_says_what_it_was_made_of(
        part in parts(),
        start in 10..u32::MAX - 200_000,
        length in prop_oneof![0..100u32, 65_530..65_540u32, 0..200_000u32],
        line in prop_oneof![0..100u32, 65_530..65_540u32, 0..1_000_000_000u32],
    ) {
        let (article, bloc, party) = (ArticleId(5), BlocId(6), PartyId(7));
        let span = Span { start, end: start + length };
        let plain = Claim::plain(article, span, (bloc, party), part, line);
        let cited: Vec<String> = plain.cites().into_iter().map(|it| it.written).collect();
        prop_assert_eq!(cited, if line > 0 { vec![line.to_string()] } else { Vec::new() });
        let made = Claim::new(article, span, bloc, &[party], Says::Holds(part));
        let basis = Basis { said_by: Some("somebody".into()), cites: Vec::new() };
        for claim in [plain, made.clone(), made.resting_on(basis)] {
            prop_assert_eq!((claim.article, claim.span(), claim.bloc), (article, span, bloc));
            prop_assert_eq!(claim.parties(), [party]);
            prop_assert_eq!(&*claim.parts(), [part]);
            prop_assert_eq!(&*claim.parts_of(party), [part]);
            prop_assert!(claim.parts_of(PartyId(8)).is_empty() && claim.of_others().is_empty());
            prop_assert!(matches!(*claim.says(), Says::Holds(it) if it == part));
            prop_assert!(claim.plan().is_none());
        }
        let (deed, window) = (Deed::Event(EventId(3)), Window::day(Day(1)));
        let plan = Claim::new(article, span, bloc, &[party], Says::Plan { deed, window });
        prop_assert_eq!((plan.plan(), plan.is_brief()), (Some((deed, window)), false));
    }
}
