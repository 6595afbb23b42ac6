//! Text that nobody meant to write: whatever stands in a file or a question, it is read, checked and shown.

mod fixed;
mod random;

use accede::engine::Engine;
use accede::finding::Finding;
use accede::render::safe::disturbs;
use accede::render::text::{self, Style};
use accede::render::{csv, json, junit, markdown, svg, table, tests};
use accede::source::{File, Sources};

const QUESTIONS: [&str; 5] = [
    "members of CSTO on 2012-12-19",
    "former members of CSTO on 2000",
    "blocs of Kyrgyzstan on 2005-04-08",
    "history of Uzbekistan in CSTO",
    "when was Armenia member of CU",
];

fn engine(texts: &[&str]) -> Engine {
    let files = texts.iter().enumerate().map(|(number, text)| File::new(format!("{number}.accede"), *text));
    Engine::read(files.collect(), &[])
}

/// Nothing of it disturbs a terminal, and every passage was found.
fn assert_printable(shown: &str) {
    let raw = shown.chars().find(|it| disturbs(*it) && *it != '\n');
    assert_eq!(raw, None, "{}", shown.escape_debug());
    assert!(!shown.contains("OutOfBounds") && !shown.contains("Failed to read"), "{shown}");
}

fn assert_json(shown: &str) -> serde_json::Value {
    assert_printable(shown);
    serde_json::from_str(shown).unwrap_or_else(|it| panic!("{it}: {shown}"))
}

/// Says something, of passages that are there, and can be shown.
fn assert_sound(findings: &[Finding], sources: &Sources) {
    for it in findings {
        assert!(!it.message.trim().is_empty() && !it.code.is_empty() && !it.places.is_empty(), "{it:?}");
        assert!(!it.message.contains('\n'), "{it:?}");
        assert!(it.help.as_ref().is_none_or(|it| !it.trim().is_empty()), "{it:?}");
        for place in &it.places {
            let text = sources.file(place.file).text.whole();
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            assert!(start <= end && text.get(start..end).is_some(), "{it:?}");
        }
    }
    for style in
        [Style { width: 1, color: false, unicode: true }, Style { width: 100, color: false, unicode: false }]
    {
        assert_printable(&text::findings(findings, sources, style));
    }
    let entries = assert_json(&json::findings(findings, sources, json::Layout::Pretty));
    assert_eq!(entries["findings"].as_array().unwrap().len(), findings.len());
}

fn assert_question(engine: &Engine, question: &str) {
    match engine.ask(question) {
        Ok(answer) => {
            for width in [1, 40, 100] {
                assert_printable(&table::pictured(&answer, Style { width, color: false, unicode: true }));
            }
            assert_json(&json::answer(&answer, json::Layout::Line));
            assert_printable(&csv::answer(&answer, true));
            assert_printable(&markdown::answer(&answer));
            if let Some(picture) = svg::answer(&answer) {
                assert_printable(&picture);
                roxmltree::Document::parse(&picture).unwrap();
            }
        }
        Err(unanswered) => {
            assert!(!unanswered.findings.is_empty());
            assert_sound(&unanswered.findings, &unanswered.sources);
            assert_json(&json::unanswered(&unanswered, json::Layout::Line));
        }
    }
}

fn assert_tests(engine: &Engine) {
    let run = engine.tests(None);
    for width in [1, 100] {
        assert_printable(&tests::text(&run, &[], Style { width, color: false, unicode: true }));
    }
    assert_json(&tests::json(&run, &[]));
    assert_printable(&junit::tests(&run));
    let coverage = engine.tested(None);
    assert_printable(&tests::coverage(&coverage));
    assert_json(&tests::coverage_json(&coverage));
}

/// What holds of every project. Its findings.
fn assert_holds(engine: &Engine) -> Vec<Finding> {
    let findings = engine.check();
    assert_sound(&findings, engine.sources());
    for question in QUESTIONS {
        assert_question(engine, question);
    }
    assert_tests(engine);
    findings
}
