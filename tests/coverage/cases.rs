//! Every `cases/<name>.accede` is one case; its articles' texts lie beside it. `<name>.snap` has what coverage says,
//! and the draft of `<name>.txt`.

use std::fs;
use std::path::Path;

use accede::coverage::{draft, report, uncovered};
use accede::engine::Engine;
use accede::evidence::digest;
use accede::source::File;

const CASES: &str = "tests/coverage/cases";

#[test]
fn cases() {
    let folder = Path::new(CASES);
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("there are cases")
        .filter_map(|it| it.expect("it can be read").file_name().into_string().ok())
        .filter_map(|it| it.strip_suffix(".accede").map(str::to_owned))
        .collect();
    names.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.canonicalize().expect("the folder is there"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in names {
        settings.bind(|| insta::assert_snapshot!(name.as_str(), said_of(folder, &name)));
    }
}

/// A report as JSON is what its schema says.
#[test]
fn a_report_follows_its_schema() {
    let schema = fs::read_to_string("docs/json/coverage.schema.json").expect("the schema is there");
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("coverage.json", serde_json::from_str(&schema).expect("JSON")).expect("a new name");
    let mut schemas = boon::Schemas::new();
    let schema = compiler.compile("coverage.json", &mut schemas).expect("a schema");
    let rules = fs::read_to_string(Path::new(CASES).join("valley.accede")).expect("UTF-8");
    for rules in [rules.as_str(), ""] {
        let engine = Engine::read(vec![File::new("valley.accede", rules)], &[CASES.into()]);
        let coverage = uncovered(engine.ledger(), engine.sources());
        let report = report(&coverage, engine.ledger(), engine.sources());
        let value = serde_json::to_value(&report).expect("JSON");
        assert_eq!(value["uncovered"].as_array().map(Vec::len), Some(coverage.uncovered.len()));
        assert!(schemas.validate(&value, schema).is_ok(), "{value}");
    }
}

fn said_of(folder: &Path, name: &str) -> String {
    let read = |ending: &str| fs::read_to_string(folder.join(format!("{name}.{ending}"))).expect("UTF-8");
    let rules = File::new(format!("{name}.accede"), read("accede"));
    let engine = Engine::read(vec![rules], &[folder.to_path_buf()]);
    assert!(engine.findings().is_empty(), "{name}: {:#?}", engine.findings());
    let coverage = uncovered(engine.ledger(), engine.sources());
    let text = read("txt");
    let digest = digest(text.as_bytes());
    let draft = draft(engine.ledger(), &File::new(format!("{CASES}/{name}.txt"), text), &digest);
    let report = report(&coverage, engine.ledger(), engine.sources());
    format!("{}\n{draft}", report.text().replace('\\', "/"))
}
