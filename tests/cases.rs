//! Every `cases/<topic>/<name>.accede` is one case; what accede says of it stands beside it in `<name>.snap`:
//! the findings first, then the answer to each of its `ask` lines.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use accede::check::Wanted;
use accede::engine::Engine;
use accede::finding::Tally;
use accede::render::{table, text};
use accede::source::File;

const STYLE: text::Style = text::Style { width: 100, color: false, unicode: true };

/// A path from the root of the package, where tests run, so that it is the same on every machine.
const CASES: &str = "tests/cases";

macro_rules! topics {
    ($($topic:ident)*) => {
        const TOPICS: &[&str] = &[$(stringify!($topic)),*];
        $(#[test]
        fn $topic() {
            compare(&Path::new(CASES).join(stringify!($topic)));
        })*
    };
}

topics! { bad check claims dates evidence questions rules semantics vocabulary }

#[test]
fn every_folder_is_a_topic() {
    let folders = fs::read_dir(CASES).expect("there are cases").map(|it| it.expect("it can be read"));
    let folders =
        folders.filter(|it| it.path().is_dir()).map(|it| it.file_name().into_string().expect("UTF-8"));
    assert_eq!(folders.collect::<BTreeSet<_>>(), TOPICS.iter().map(ToString::to_string).collect());
}

/// Checks all cases of a topic, however many of them fail.
fn compare(topic: &Path) {
    let names = names_of(topic, "accede");
    let orphans: Vec<String> = names_of(topic, "snap").difference(&names).cloned().collect();
    assert!(orphans.is_empty(), "these snapshots have no case: {orphans:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(topic.canonicalize().expect("the folder is there"));
    settings.set_snapshot_suffix("");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let fails = |name: &String| {
        let case = || settings.bind(|| insta::assert_snapshot!(name.as_str(), said_of(topic, name)));
        catch_unwind(AssertUnwindSafe(case)).is_err()
    };
    let failed: Vec<String> = names.into_iter().filter(fails).collect();
    assert!(failed.is_empty(), "these cases of {} failed: {failed:?}", topic.display());
}

/// The files with this extension, without it.
fn names_of(topic: &Path, extension: &str) -> BTreeSet<String> {
    let paths = fs::read_dir(topic).expect("there are cases").map(|it| it.expect("it can be read").path());
    let paths = paths.filter(|it| it.extension().is_some_and(|it| it == extension));
    paths.map(|it| it.file_stem().and_then(|it| it.to_str()).expect("UTF-8").to_owned()).collect()
}

/// What a user is told.
fn said_of(topic: &Path, name: &str) -> String {
    let name = format!("{name}.accede");
    let input = fs::read_to_string(topic.join(&name)).expect("a case is UTF-8");
    let engine = Engine::read(vec![File::new(name.as_str(), input.clone())], &[topic.to_path_buf()]);
    let findings = engine.check();
    let counted = engine.count_in(&Wanted::default(), &|_| ());
    assert_eq!(counted.found, Tally::of(&findings), "of {name}");
    let mut said = vec![text::findings(&findings, engine.sources(), STYLE)];
    for question in input.lines().filter_map(|it| it.trim_start().strip_prefix("ask ")) {
        said.push(match engine.ask(question) {
            Ok(answer) => table::answer(&answer, STYLE),
            Err(unanswered) => text::findings(&unanswered.findings, &unanswered.sources, STYLE),
        });
    }
    said.retain(|it| !it.is_empty());
    if said.is_empty() {
        return "nothing is wrong, and nothing is asked\n".into();
    }
    said.join("\n")
}
