//! What the sections that are no articles declare, as it was resolved: it is the same for every question.

use serde::{Deserialize, Serialize};

use crate::ledger::{Bloc, BlocId, Ledger, Party, Rule};
use crate::lifecycle::Lifecycle;
use crate::parse::{self, Piece};
use crate::resolve::{self, Vocabulary};
use crate::source::{File, FileId, Sources, Span};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Declared {
    lifecycles: Vec<Lifecycle>,
    parties: Vec<Party>,
    blocs: Vec<Bloc>,
    /// Groups: with other rules there is no store.
    groups: Vec<Rule>,
}

impl Declared {
    /// By the sections of some files, where these blocs are parties too; and the names of all that.
    pub(super) fn of(files: &[(String, String)], as_parties: &[BlocId]) -> (Declared, Vocabulary) {
        let (sources, standard) = sources(files);
        let sections = sources.ids().flat_map(|id| {
            let file = sources.file(id);
            let whole = Piece::new(id, Span::new(0, file.text.len()), false);
            parse::parse(whole, file).0
        });
        let (mut ledger, mut vocabulary, _) = resolve::vocabulary(&sections.collect::<Vec<_>>(), standard);
        for bloc in as_parties {
            resolve::declare_as_party(*bloc, &mut ledger, &mut vocabulary);
        }
        let Ledger { lifecycles, parties, blocs, rules: groups, .. } = ledger;
        (Declared { lifecycles, parties, blocs, groups }, vocabulary)
    }

    /// With nothing claimed yet.
    pub(super) fn into_ledger(self) -> Ledger {
        let Declared { lifecycles, parties, blocs, groups: rules } = self;
        Ledger { lifecycles, parties, blocs, rules, ..Ledger::default() }
    }
}

/// The files by path and text, and the one of the standard lifecycle.
pub(super) fn sources(files: &[(String, String)]) -> (Sources, FileId) {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(File::new(path.as_str(), text.as_str()));
    }
    let standard = sources.add(resolve::standard_file());
    (sources, standard)
}
