//! SARIF is as its schema says, and names files and findings as others expect.

use accede::finding::{Edit, Finding, Mend, Place};
use accede::render::sarif;
use accede::source::{File, FileId, Sources, Span};
use boon::{Compiler, Schemas};
use serde_json::Value;

use super::{at, example, sources};

/// Judges by the published schema, the forms of URIs included.
pub(super) fn judge(printed: &str) -> Result<Value, String> {
    thread_local! {
        static SCHEMA: (Schemas, boon::SchemaIndex) = {
            let mut schemas = Schemas::new();
            let mut compiler = Compiler::new();
            compiler.enable_format_assertions();
            let schema = serde_json::from_str(include_str!("sarif-2.1.0.schema.json")).expect("JSON");
            compiler.add_resource("sarif.json", schema).expect("a resource");
            let index = compiler.compile("sarif.json", &mut schemas).expect("a schema");
            (schemas, index)
        };
    }
    let value: Value = serde_json::from_str(printed).map_err(|it| it.to_string())?;
    SCHEMA.with(|(schemas, index)| schemas.validate(&value, *index).map_err(|it| format!("{it:#}")))?;
    Ok(value)
}

fn log(findings: &[Finding], sources: &Sources) -> Value {
    judge(&sarif::findings(findings, sources)).unwrap_or_else(|it| panic!("{it}"))
}

#[test]
fn follows_its_schema() {
    let (sources, finding) = example();
    let log = log(&[finding.clone(), finding], &sources);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let fingerprint = |it: usize| results[it]["partialFingerprints"]["accedeTexts/v1"].as_str().unwrap();
    assert_eq!(fingerprint(0).strip_suffix(":1"), fingerprint(1).strip_suffix(":2"));
}

#[test]
fn what_is_not_in_the_schema_does_not_pass() {
    let (sources, finding) = example();
    let printed = sarif::findings(&[finding], &sources);
    for (good, bad) in
        [("ruleId", "rule_id"), ("\"error\"", "\"bad\""), ("docs/example", "docs ex"), ("2.1.0\"", "\"")]
    {
        assert!(printed.contains(good) && judge(&printed.replace(good, bad)).is_err(), "{good}");
    }
}

#[test]
fn paths_are_uris() {
    let cases = [
        ("seeds/a.accede", "seeds/a.accede"),
        ("../a b.accede", "../a%20b.accede"),
        ("a:b%20#?.accede", "a%3Ab%2520%23%3F.accede"),
        ("[ü]/联.accede", "%5B%C3%BC%5D/%E8%81%94.accede"),
        ("/home/a b.accede", "file:///home/a%20b.accede"),
        ("C:/rules/a.accede", "file:///C:/rules/a.accede"),
        ("//share/a.accede", "file://share/a.accede"),
        ("//s h:80/a", "file://s%20h%3A80/a"),
        ("///a", "file:///a"),
        ("a\n\u{202e}", "a%0A%E2%80%AE"),
    ];
    for (path, uri) in cases {
        let mut sources = Sources::default();
        let file = sources.add(File::new(path, "text"));
        let finding = Finding::note("odd", "odd", Place::new(file, Span::new(0, 4), ""));
        let log = log(&[finding], &sources);
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], uri, "{path}");
    }
}

#[test]
fn moved_lines_are_the_same_finding() {
    let claims = ["A joins B on 1994-03", "A joins B on 1993-11"];
    let fingerprint = |text: &str, claims: [&str; 2], code| {
        let sources = sources(&[text]);
        let finding = Finding::error(code, text, at(&sources, 0, claims[0], "one"));
        let log = log(&[finding.and(at(&sources, 0, claims[1], "other"))], &sources);
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    let one = fingerprint("A joins B on 1994-03\nA joins B on 1993-11", claims, "clash");
    let moved = "\n# more\n  A joins B on 1993-11\n\n  A joins B on 1994-03\n";
    assert_eq!(one, fingerprint(moved, [claims[1], claims[0]], "clash"));
    assert_ne!(one, fingerprint(moved, claims, "repeat"));
    assert_ne!(one, fingerprint(&moved.replace("B on", "C on"), ["A joins C on 1994-03"; 2], "clash"));
}

#[test]
fn fixes_differ_and_are_whole() {
    let mut sources = sources(&["añ 1994"]);
    let nameless = sources.add(File::new("", "text"));
    let edit = |file, start, end| Edit { file, span: Span::new(start, end), replacement: "new".into() };
    let mend = |edits| Mend { message: "write another".into(), edits };
    let mut finding = Finding::error("odd", "odd", at(&sources, 0, "1994", ""));
    let one = mend(vec![edit(FileId(0), 4, 8), edit(FileId(0), 8, 8)]);
    finding.mends =
        vec![one.clone(), one, mend(vec![]), mend(vec![edit(FileId(0), 0, 1), edit(nameless, 0, 1)])];
    let log = log(&[finding], &sources);
    let fixes = log["runs"][0]["results"][0]["fixes"].as_array().unwrap();
    assert_eq!(fixes.len(), 1);
    let replacements = fixes[0]["artifactChanges"][0]["replacements"].as_array().unwrap();
    let region = &replacements[0]["deletedRegion"];
    assert_eq!((&region["byteOffset"], &region["startColumn"]), (&4.into(), &4.into()));
    assert_eq!(replacements[1]["deletedRegion"]["byteLength"], 0);
}
