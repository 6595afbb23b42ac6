//! Coverage of the articles' texts, and drafts of claims.

mod cases;
mod drafts;
mod names;

use accede::engine::Engine;
use accede::source::File;

fn engine(rules: &str) -> Engine {
    Engine::read(vec![File::new("rules.accede", rules)], &[])
}

/// The sides that a line names, by name.
fn sides(engine: &Engine, line: &str) -> Option<(Vec<String>, Vec<String>)> {
    let ledger = engine.ledger();
    let sides = accede::coverage::Gazetteer::new(ledger).sides(line)?;
    let parties = sides.parties.iter().map(|it| ledger.party(*it).name.clone()).collect();
    Some((parties, sides.blocs.iter().map(|it| ledger.bloc(*it).name.clone()).collect()))
}
