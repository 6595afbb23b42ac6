//! Tables of all parties in some blocs on some days.

use super::question::{Asking, Found, both};
use crate::date::Day;
use crate::ledger::{BlocId, Edit};
use crate::syntax;

/// Which blocs, and which days.
#[derive(Clone, Debug)]
pub struct Panel {
    /// By name.
    pub blocs: Vec<BlocId>,
    pub days: Vec<Day>,
    pub edit: Edit,
}

impl Asking<'_> {
    pub(super) fn panel(&self, panel: &syntax::Panel) -> Found<Panel> {
        let mut blocs: Found<Vec<BlocId>> = Ok(Vec::new());
        for name in &panel.blocs {
            blocs = both(blocs, self.bloc(name)).map(|(all, one)| [all, vec![one]].concat());
        }
        let (blocs, (days, edit)) = both(blocs, both(self.days(&panel.every), self.edit(&panel.modifiers)))?;
        let mut blocs = if panel.blocs.is_empty() { self.ledger.joinable().collect() } else { blocs };
        blocs.sort_by_key(|it| &self.ledger.bloc(*it).name);
        blocs.dedup();
        Ok(Panel { blocs, days, edit })
    }
}
