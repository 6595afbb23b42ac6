//! What the program prints as JSON is as the schemas in `docs/json/` say.

use std::process::Command;

use boon::{Compiler, Schemas};

use super::{read, root};

const ANSWER: &str = "answer.schema.json";
const FINDINGS: &str = "findings.schema.json";
const TESTS: &str = "tests.schema.json";
const TESTED: &str = "tested.schema.json";

#[test]
fn answers_follow_their_schema() {
    let questions = [
        "members of CSTO on 2012-12-19",
        "status of Uzbekistan in CSTO on 2006",
        "history of Uzbekistan in CSTO",
        "history of Kyrgyzstan in EAEU",
        "history of EAEU",
        "when was Kyrgyzstan member of CU",
        "blocs of Kyrgyzstan on 2014-12-31",
        "observers of CIS on 2010",
        "members of CSTO and members of CIS",
        "members of CSTO and not members of EAEU in 2015",
        "common blocs of Russia and Armenia on 2012-12-19",
        "changes in CSTO",
        "count members of CSTO every year from 1990 to 2014",
        "count members of EAEU",
        "why Uzbekistan in CSTO on 2012-12-18",
        "why Kyrgyzstan in EAEU on 2015-06-01",
        "did Uzbekistan leave CSTO in 1999",
        "members of CSTO assuming Uzbekistan leaves CSTO on 2013-01-01",
        "members of Nowhere",
        "who?",
        "",
    ];
    for question in questions {
        conforms(ANSWER, &["ask", "--format", "json", question, "rules", "seeds", "docs/example"]);
    }
}

#[test]
fn findings_follow_their_schema() {
    conforms(FINDINGS, &["check", "--format", "json", "rules", "docs/example"]);
    conforms(FINDINGS, &["check", "--format", "json", "rules"]);
    conforms(FINDINGS, &["check", "--format", "json", "docs/example"]);
    conforms(FINDINGS, &["check", "--format", "json", "no-such-folder"]);
}

#[test]
fn tests_follow_their_schema() {
    conforms(TESTS, &["test", "--format", "json"]);
    conforms(TESTS, &["test", "--format", "json", "rules"]);
    conforms(TESTS, &["test", "--format", "json", "rules", "docs/example", "tests/cases/vocabulary"]);
    conforms(TESTED, &["test", "--coverage", "--format", "json"]);
    conforms(TESTED, &["test", "--coverage", "--format", "json", "rules", "tests/cases/vocabulary"]);
}

#[test]
fn what_is_not_in_a_schema_does_not_pass() {
    let judge = |text: &str| judge(FINDINGS, text);
    assert_eq!(judge(r#"{"findings": []}"#), Ok(()));
    assert!(judge(r#"{"findings": [], "more": 1}"#).is_err());
    assert!(judge(r#"{"findings": [{"code": "clash"}]}"#).is_err());
    assert!(judge("{}").is_err());
}

fn conforms(name: &str, arguments: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_accede"))
        .args(arguments)
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program runs");
    let printed = String::from_utf8(done.stdout).expect("JSON is UTF-8");
    judge(name, &printed).unwrap_or_else(|it| panic!("{arguments:?}: {it}\n{printed}"));
}

/// Whether a text is JSON as the schema says, dates included.
fn judge(name: &str, text: &str) -> Result<(), String> {
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    for it in [ANSWER, FINDINGS, TESTS, TESTED] {
        let schema =
            serde_json::from_str(&read(&root().join("docs/json").join(it))).expect("a schema is JSON");
        compiler.add_resource(it, schema).expect("a resource");
    }
    let mut schemas = Schemas::new();
    let index = compiler.compile(name, &mut schemas).unwrap_or_else(|it| panic!("{name}: {it:#}"));
    let value = serde_json::from_str(text).map_err(|it| it.to_string())?;
    schemas.validate(&value, index).map_err(|it| format!("{it:#}"))
}
