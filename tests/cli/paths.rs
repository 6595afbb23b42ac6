//! Files and folders that are named, and what can be wrong with them.

use serde_json::Value;

use super::{FIRST, Folder, SECOND, VOCABULARY, disagreement, project, snapshot};

const TEXT: &str = "one\ntwo\nArmenia is not in the pact, it said.\nfour\nfive\nsix\nseven\n";

fn codes(findings: &Value) -> Vec<&str> {
    findings["findings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn missing_empty_and_unreadable() {
    let folder = project("missing").file("empty/none.txt", "").file("bad.accede", b"party A\nparty \xffB\n");
    let wrong: [&[&str]; 4] = [
        &["check", "nowhere"],
        &["check", "empty"],
        &["check", "bad.accede"],
        &["check", "rules", "nowhere", "seeds", "bad.accede"],
    ];
    snapshot("unreadable", &wrong.map(|it| folder.run(it)));
    for it in wrong {
        assert_eq!(folder.run(it).code(), Some(2), "{it:?}");
        let json = folder.run(&[it, &["--format", "json"]].concat());
        assert_eq!(json.code(), Some(2));
        assert!(codes(&json.json()).iter().all(|it| ["unreadable", "undated"].contains(it)));
    }
}

/// What can be read answers, and the exit code says that something could not.
#[test]
fn a_missing_path_leaves_the_others() {
    let run = project("partly").run(&["ask", "members of CSTO on 2012-12-19", "rules", "seeds", "nowhere"]);
    assert_eq!(run.code(), Some(2));
    assert!(run.stdout().contains("Armenia"));
    assert!(run.stderr().contains("nowhere"));
}

#[test]
fn a_file_a_folder_and_both() {
    let folder = disagreement("both");
    let answer = |paths: &[&str]| {
        let run = folder.run(&[&["check", "--format", "json"], paths].concat());
        (run.code(), run.stdout())
    };
    let once = answer(&["rules", "seeds"]);
    assert_eq!(once.0, Some(1));
    assert_eq!(codes(&serde_json::from_str(&once.1).unwrap()), ["clash", "undated"]);
    for paths in [
        ["rules", "seeds", "seeds"].as_slice(),
        &["seeds", "rules"],
        &["rules/words.accede", "seeds/second.accede", "seeds/first.accede"],
        &["rules/words.accede", "rules/words.accede", "seeds"],
        &["rules", "rules/words.accede", "seeds/first.accede", "seeds"],
    ] {
        assert_eq!(answer(paths), once, "{paths:?}");
    }
}

/// A file is read once, by whichever name: else it would contradict or confirm itself.
#[test]
fn a_file_by_two_names_is_one_file() {
    let folder = project("two-names");
    let whole = folder.0.join("seeds/first.accede");
    for again in
        ["./seeds/first.accede", "./seeds", ".", "seeds/../seeds/first.accede", whole.to_str().unwrap()]
    {
        let run = folder.run(&["check", "rules", "seeds", again]);
        assert_eq!(run.code(), Some(0), "{again}: {}", run.shown());
        assert!(run.stdout().contains("\n1 article, 2 claims"), "{again}: {}", run.shown());
    }
}

#[test]
fn any_name_will_do_for_a_file_that_is_named() {
    let folder = project("names").file("notes.txt", SECOND).file("-odd name.accede", SECOND);
    assert_eq!(folder.run(&["check", "rules", "seeds", "notes.txt"]).code(), Some(1));
    assert_eq!(folder.run(&["check", "rules", "seeds", "--", "-odd name.accede"]).code(), Some(1));
    assert_eq!(folder.run(&["check", "rules", "seeds"]).code(), Some(0));
}

#[test]
fn what_git_ignores_is_passed_over_in_folders() {
    let folder = disagreement("ignored").file("seeds/.gitignore", "second.accede\n");
    assert_eq!(folder.run(&["check", "rules", "seeds"]).code(), Some(0));
    assert_eq!(folder.run(&["check"]).code(), Some(0));
    assert_eq!(folder.run(&["check", "rules", "seeds", "seeds/second.accede"]).code(), Some(1));
}

#[test]
fn byte_order_mark_and_line_ends() {
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let plain = disagreement("line-ends-plain");
    let other = Folder::new("line-ends")
        .file("rules/words.accede", crlf(VOCABULARY))
        .file("seeds/first.accede", crlf(FIRST))
        .file("seeds/second.accede", crlf(SECOND));
    for arguments in
        [["check"].as_slice(), &["check", "--format", "json"], &["ask", "history of Armenia in CSTO"]]
    {
        // What a mend inserts ends its line as the file does.
        let other = other.run(arguments).shown().replace("\\r\\n  trust", "\\n  trust");
        assert_eq!(plain.run(arguments).shown(), other);
    }
}

/// A folder is sorted part by part, as paths compare, and not byte by byte.
#[test]
fn files_come_in_the_order_of_their_paths() {
    let mut folder = Folder::new("order");
    for it in ["a/b", "a/b/c", "a-b/c", "a.b", "a", "a b/c", "B", "é", "a/é", "a!/d", "a/!"] {
        folder = folder.file(&format!("{it}.accede/x.accede"), "").file(&format!("{it}.y.accede"), "");
    }
    for path in [folder.0.clone(), folder.0.join(""), folder.0.join(".")] {
        let (found, unreadable) = accede::source::find(&[path]);
        assert!(unreadable.is_empty());
        assert_eq!(found.len(), 22);
        assert!(found.is_sorted(), "{found:?}");
    }
}

#[test]
fn files_without_content() {
    let folder = Folder::new("no-content")
        .file("a.accede", "")
        .file("b.accede", "\n\n")
        .file("c.accede", "# words\n")
        .file("d.accede", "\u{feff}")
        .file("e.accede", "\r\n\t \u{a0}\r\n");
    let run = folder.run(&["check"]);
    assert_eq!(
        run.shown(),
        "accede \"check\"\nexit code 0\n--- stdout\n0 articles, 0 claims, 0 blocs, 0 parties: 0 errors, 0 warnings, 0 notes\n"
    );
}

#[test]
fn texts_of_articles() {
    let first = FIRST.replace("  published", "  text \"first.txt\"\n  published");
    let second = SECOND.replace("  published", "  text \"second.txt\"\n  published");
    let folder = project("texts")
        .file("seeds/first.accede", first)
        .file("seeds/second.accede", second)
        .file("seeds/second.txt", TEXT)
        .file("texts/first.txt", TEXT.repeat(4))
        .file("short/first.txt", TEXT)
        .file("latin/first.txt", b"\xe9\n");
    let check = |folders: &[&str]| folder.run(&[&["check", "rules", "seeds"], folders].concat());
    snapshot(
        "texts",
        &[
            check(&["--articles", "texts"]),
            check(&["--articles", "texts", "--format", "json"]),
            folder.run(&["ask", "members of CSTO on 2012-12-19", "--articles", "texts"]),
            check(&["--articles", "short"]),
            check(&["--articles", "latin"]),
        ],
    );
}

#[test]
fn a_folder_of_texts_that_is_not_there_is_said() {
    let run = project("no-texts").run(&["check", "--articles", "nowhere"]);
    assert_eq!(run.code(), Some(2), "{}", run.shown());
    assert!((run.stdout() + &run.stderr()).contains("nowhere"));
}
