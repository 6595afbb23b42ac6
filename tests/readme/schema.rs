//! What the program prints as JSON is as the schemas in `docs/json/` say.

use std::process::Command;

use serde_json::Value;

use super::{read, root};

const ANSWER: &str = "answer.schema.json";
const FINDINGS: &str = "findings.schema.json";

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
fn what_is_not_in_a_schema_does_not_pass() {
    let schema: Value = schema(FINDINGS);
    let judge = |text: &str| {
        let value: Value = serde_json::from_str(text).expect("JSON");
        validate(&schema, &schema, &value, "$".into())
    };
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
    let value: Value =
        serde_json::from_str(&printed).unwrap_or_else(|it| panic!("{arguments:?}: {it}\n{printed}"));
    let schema = schema(name);
    if let Err(wrong) = validate(&schema, &schema, &value, "$".into()) {
        panic!("{arguments:?}: {wrong}\n{printed}");
    }
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&read(&root().join("docs/json").join(name))).expect("a schema is JSON")
}

/// As much of JSON Schema as the two schemas use; a word that is not known here fails.
fn validate(whole: &Value, schema: &Value, value: &Value, at: String) -> Result<(), String> {
    for (word, says) in schema.as_object().expect("a schema is an object") {
        let holds = match word.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "examples" | "format" => true,
            "$ref" => {
                let name = says.as_str().and_then(|it| it.strip_prefix('#')).expect("a place in this schema");
                return validate(whole, whole.pointer(name).expect("it is there"), value, at);
            }
            "type" => types(says).contains(&kind(value)),
            "enum" => says.as_array().expect("a list").contains(value),
            "minimum" => value.as_u64() >= says.as_u64(),
            "minItems" => value.as_array().map(Vec::len) >= says.as_u64().map(|it| it as usize),
            "required" => texts(says).iter().all(|it| value.get(it).is_some()),
            "properties" => {
                for (name, of) in says.as_object().expect("an object") {
                    if let Some(value) = value.get(name) {
                        validate(whole, of, value, format!("{at}.{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object().expect("an object");
                value.as_object().is_none_or(|it| it.keys().all(|it| known.contains_key(it)))
            }
            "items" => {
                for (place, value) in value.as_array().into_iter().flatten().enumerate() {
                    validate(whole, says, value, format!("{at}[{place}]"))?;
                }
                true
            }
            _ => return Err(format!("`{word}` is not understood here")),
        };
        if !holds {
            return Err(format!("{at}: `{word}` is {says}, but this is {value}"));
        }
    }
    Ok(())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn types(says: &Value) -> Vec<&str> {
    says.as_str().map_or_else(|| texts(says), |it| vec![it])
}

fn texts(says: &Value) -> Vec<&str> {
    says.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
