//! The claims that make an answer another than the one expected.

use indexmap::IndexMap;

use super::compare::Compared;
use super::{Claim, View};
use crate::answer::{Answer, Evidence};
use crate::ledger::{Ask, BlocId, ClaimId, Named, PartyId};

/// More claims than this are not tried, one after the other, for one name.
const TRIED: usize = 64;
/// Rows that are answered anew, at most, to find the claims of one test.
const ROWS: usize = 20_000;
/// More claims than this are not named for one row.
const NAMED: usize = 8;

/// For each row that differs the claims without one of which it would be as expected; where there are none, those
/// that it rests on.
pub(super) fn claims(view: View, ask: &Ask, answer: &Answer, compared: &Compared) -> Vec<Claim> {
    let trying = Trying { view, ask, answer };
    let mut tries = ROWS / (answer.rows.len() + answer.counts.len() + 1);
    let mut found: IndexMap<ClaimId, bool> = IndexMap::new();
    for name in compared.differing() {
        let candidates = trying.candidates(name);
        let mut decisive = Vec::new();
        for &claim in candidates.iter().take(TRIED) {
            if tries == 0 {
                break;
            }
            tries -= 1;
            if trying.agrees_without(claim, name) {
                decisive.push(claim);
            }
        }
        if decisive.is_empty() {
            for claim in trying.grounds(name, &candidates).into_iter().take(NAMED) {
                found.entry(claim).or_insert(false);
            }
        }
        for claim in decisive {
            found.insert(claim, true);
        }
    }
    let mut claims: Vec<(ClaimId, bool)> = found.into_iter().collect();
    claims.sort_by_key(|it| (!it.1, it.0));
    claims.into_iter().map(|(id, decisive)| said(view, id, decisive)).collect()
}

struct Trying<'a> {
    view: View<'a>,
    ask: &'a Ask,
    answer: &'a Answer,
}

impl Trying<'_> {
    /// The claims on the pairs that a row is about.
    fn candidates(&self, name: Option<&str>) -> Vec<ClaimId> {
        let ledger = self.view.ledger();
        let mut claims: Vec<ClaimId> =
            self.pairs(name).into_iter().flat_map(|(bloc, party)| ledger.claims_on(bloc, party)).collect();
        // What follows by rules rests on claims on other pairs.
        if claims.is_empty() || claims.iter().any(|it| ledger.is_derived(*it)) {
            claims.extend(self.evidence(name));
        }
        claims.sort_unstable();
        claims.dedup();
        claims.retain(|it| ledger.claim(*it).says().constrains() && !ledger.is_derived(*it));
        claims
    }

    fn pairs(&self, name: Option<&str>) -> Vec<(BlocId, PartyId)> {
        let vocabulary = self.view.vocabulary;
        let (mut blocs, mut parties) = (self.ask.blocs.clone(), self.ask.parties.clone());
        match self.ask.named {
            Named::Parties => parties = name.and_then(|it| vocabulary.parties.find(it)).into_iter().collect(),
            Named::Blocs => blocs = name.and_then(|it| vocabulary.blocs.find(it)).into_iter().collect(),
            Named::Nothing => {}
        }
        blocs.into_iter().flat_map(|bloc| parties.iter().map(move |party| (bloc, *party))).collect()
    }

    fn agrees_without(&self, claim: ClaimId, name: Option<&str>) -> bool {
        let pairs = self.view.pairs.without(claim);
        let answer = (self.view.answering)(&pairs, self.view.question(self.ask));
        answer.is_ok_and(|it| Compared::new(self.ask, &it).agrees_on(name))
    }

    /// What the rows rest on; where there is no row, what is claimed of the pair.
    fn grounds(&self, name: Option<&str>, claimed: &[ClaimId]) -> Vec<ClaimId> {
        let grounds = self.evidence(name);
        if grounds.is_empty() { claimed.to_vec() } else { grounds }
    }

    /// The claims that rows of this name, changes and counts rest on.
    fn evidence(&self, name: Option<&str>) -> Vec<ClaimId> {
        let own = |party: &str, bloc: &str| match self.ask.named {
            Named::Parties => name == Some(party),
            Named::Blocs => name == Some(bloc),
            Named::Nothing => true,
        };
        let rows = self.answer.rows.iter().filter(|it| own(&it.party, &it.bloc));
        let of_rows = rows.flat_map(|it| it.because.iter().chain(&it.against));
        let changes = self.answer.changes.iter().filter(|it| own(&it.party, &it.bloc));
        let of_changes = changes.flat_map(|it| &it.because);
        let of_counts = self.answer.counts.iter().flat_map(|it| it.because.iter().chain(&it.against));
        let mut claims: Vec<ClaimId> =
            of_rows.chain(of_changes).chain(of_counts).filter_map(|it| self.claim(it)).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The claim that stands on a line.
    fn claim(&self, evidence: &Evidence) -> Option<ClaimId> {
        let id = self.view.sources.ids().find(|it| self.view.sources.file(*it).path == evidence.file)?;
        let file = self.view.sources.file(id);
        let line = file.line(evidence.line.checked_sub(1)?)?;
        let indent = file.slice(line).len() - file.slice(line).trim_start().len();
        self.view.ledger().claim_at(id, line.start + indent as u32)
    }
}

fn said(view: View, id: ClaimId, decisive: bool) -> Claim {
    let claim = view.ledger().claim(id);
    let file = view.sources.file(view.ledger().file_of(claim));
    let (path, line) = file.origin(claim.span().start);
    Claim {
        article: view.ledger().article(claim.article).name.to_string(),
        file: path.to_owned(),
        line,
        claim: file.slice(claim.span()).to_owned(),
        decisive,
    }
}
