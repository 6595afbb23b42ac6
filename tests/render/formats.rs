//! The formats beside each other, and the page that shows them.

use std::fs;
use std::path::Path;

use accede::Engine;
use accede::finding::Finding;
use accede::render::json::{self, Layout};
use accede::render::{github, plain, sarif, text};
use accede::source::{File, FileId, Sources, Span};

use super::looks::look;
use super::{PLAIN, at, example, sources, span};

#[test]
fn formats() {
    let (sources, finding) = example();
    let findings = [finding];
    look("example_human", &text::findings(&findings, &sources, text::Style { width: 100, ..PLAIN }));
    look("example_json", &json::findings(&findings, &sources, Layout::Pretty));
    look("example_sarif", &sarif::findings(&findings, &sources));
    look("example_github", &github::findings(&findings, &sources));
    look("example_plain", &plain::findings(&findings, &sources));
}

/// The first finding on `docs/example`, in the three formats that the page shows.
#[test]
fn the_page_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engine = Engine::load(&["rules", "docs/example"], &[]);
    let findings = &engine.check()[..1];
    let sources = engine.sources();
    let shown = [
        text::findings(findings, sources, text::Style { width: 100, ..PLAIN }),
        github::findings(findings, sources),
        plain::findings(findings, sources),
    ];
    let path = root.join("docs/formats.md");
    let mut page = fs::read_to_string(&path).expect("the page is there").replace("\r\n", "\n");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        for (number, shown) in shown.iter().enumerate() {
            let begin = page.match_indices("```text\n").nth(number).expect("a block for each").0 + 8;
            let end = begin + page[begin..].find("```\n").expect("it ends");
            page.replace_range(begin..end, shown);
        }
        fs::write(&path, &page).expect("the page can be written");
    }
    for shown in shown {
        assert!(page.contains(&format!("```text\n{shown}```\n")), "the page has not\n{shown}");
    }
}

/// Findings that are hard to print: of no place, of no name, at ends, of odd names.
fn odd() -> (Sources, Vec<Finding>) {
    let mut sources = sources(&["one\r\ntwo\r\n", "añb", ""]);
    let nameless = sources.add(File::new("", "one two"));
    let comma = sources.add(File::new("a, b: 100%\n\u{202e}/ü \"c\".accede", "one two"));
    let place = |file, start, end| accede::finding::Place::new(file, Span::new(start, end), "");
    let nowhere = Finding { places: vec![], ..Finding::note("none", "no rules", span(0, 0, "")) };
    let findings = vec![
        nowhere.help("100% of them:\r\nadd, please"),
        Finding::warning("ends", "over two lines", place(FileId(0), 2, 8)),
        Finding::error("ends", "empty, at the end", place(FileId(0), 10, 10)).and(place(FileId(2), 0, 0)),
        Finding::error("ends", "beyond the end", place(FileId(1), 70, 90)),
        Finding::error("ends", "in a character", place(FileId(1), 2, 2)),
        Finding::error("name", "no name", place(nameless, 4, 7)).and(at(&sources, 1, "b", "")),
        Finding::error("name", "odd\x1b[2J\nname", place(comma, 4, 7)),
    ];
    (sources, findings)
}

#[test]
fn odd_places_and_names() {
    let (sources, findings) = odd();
    look("odd_github", &github::findings(&findings, &sources));
    look("odd_plain", &plain::findings(&findings, &sources));
    look("odd_sarif", &sarif::findings(&findings, &sources));
}

#[test]
fn nothing_found() {
    assert_eq!(github::findings(&[], &Sources::default()), "");
    assert_eq!(plain::findings(&[], &Sources::default()), "");
    look("nothing_sarif", &sarif::findings(&[], &Sources::default()));
}
