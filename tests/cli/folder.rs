//! Which project is loaded: `accede.toml` here, in a parent folder, or nowhere.

use std::fs::remove_dir_all;
use std::path::Path;

use super::{FIRST, Folder, Run, VOCABULARY, disagreement, snapshot};

const CONFIG: &str = "load = [\"rules\", \"seeds\"]\n";

fn below(folder: &Folder, name: &str, arguments: &[&str]) -> Run {
    Run::new(&folder.0.join(name), arguments)
}

#[test]
fn without_a_project_file_the_current_folder_is_loaded() {
    let folder = Folder::alone("no-project").file("a.accede", VOCABULARY).file("deep/er/b.accede", FIRST);
    let shown = folder.run(&["check", "--allow", "undated"]).shown();
    let found = folder.run(&["ask", "--format", "csv", "members of CSTO on 2012-12-19"]).stdout();
    remove_dir_all(&folder.0).unwrap();
    insta::assert_snapshot!(shown, @r#"
    accede "check" "--allow" "undated"
    exit code 0
    --- stdout
    1 article, 2 claims, 2 blocs, 3 parties: 0 errors, 0 warnings, 0 notes, 1 allowed
    "#);
    assert!(found.contains("deep/er/b.accede:4"), "{found}");
}

#[test]
fn a_project_file_in_a_parent_folder_is_found() {
    let folder = disagreement("parent").file("accede.toml", CONFIG).file("seeds/deep/er/none.txt", "");
    snapshot(
        "parent",
        &[
            below(&folder, "seeds/deep/er", &["check"]),
            below(&folder, "seeds", &["ask", "status of Armenia in CSTO on 2012-12-19"]),
        ],
    );
}

/// Paths of the command line are those of the current folder.
#[test]
fn paths_win_over_the_project_file() {
    let folder = disagreement("paths-win").file("accede.toml", CONFIG);
    let check = |arguments| below(&folder, "seeds", arguments).code();
    assert_eq!(check(&["check", "first.accede", "../rules"]), Some(0));
    assert_eq!(check(&["check", "first.accede", "rules"]), Some(2), "there is no seeds/rules");
}

#[test]
fn a_broken_project_file() {
    let broken: [&[u8]; 6] =
        [b"load = 3\n", b"lod = []\n", b"load = [\n", b"\xff\n", b"load = [1]\n", b"load = \"x\"\n"];
    let folders: Vec<_> = broken
        .iter()
        .enumerate()
        .map(|(number, text)| disagreement(&format!("broken-{number}")).file("accede.toml", text))
        .collect();
    for folder in &folders {
        for arguments in [["check"].as_slice(), &["ask", "members of CSTO on 2012-12-19"]] {
            let output = folder.run(arguments).output();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        }
    }
    snapshot("broken-project", &folders.iter().map(|it| below(it, "seeds", &["check"])).collect::<Vec<_>>());
}

#[test]
fn a_project_file_that_names_nothing_there() {
    let folder = disagreement("names-nothing")
        .file("accede.toml", "load = [\"rules\", \"sedes\"]\narticles = [\"texts\"]\n");
    snapshot("names-nothing", &[folder.run(&["check"]), below(&folder, "rules", &["check"])]);
    assert_eq!(folder.run(&["check"]).code(), Some(2));
}

#[test]
fn a_folder_that_is_named_like_a_project_file_is_none() {
    let folder = Folder::at(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli/folder-named"))
        .file("accede.toml", CONFIG)
        .file("rules/words.accede", VOCABULARY)
        .file("seeds/first.accede", FIRST)
        .file("seeds/accede.toml/none.txt", "");
    assert_eq!(below(&folder, "seeds", &["check"]).code(), Some(0));
}
