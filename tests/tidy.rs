//! The invariants of ARCHITECTURE.md that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All source files, with their text.
fn sources() -> Vec<(PathBuf, String)> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()) {
            if entry.is_dir() { below(&entry, found) } else { found.push(entry) }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(ROOT).join("src"), &mut found);
    found.sort();
    found.into_iter().map(|it| (it.clone(), fs::read_to_string(it).expect("UTF-8"))).collect()
}

/// The module a file belongs to: its first folder, or its own name.
fn module(path: &Path) -> String {
    let inner = path.strip_prefix(Path::new(ROOT).join("src")).expect("below src");
    let first = inner.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules in the order in which `lib.rs` declares them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).expect("UTF-8");
    lib.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned)).collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = order();
    let place = |name: &str| order.iter().position(|it| it == name);
    for (path, text) in sources() {
        let Some(own) = place(&module(&path)) else { continue };
        for used in text.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            let Some(other) = place(&name) else { continue };
            assert!(other <= own, "{} uses `{name}`, which stands below it", path.display());
        }
    }
}

#[test]
fn what_is_kept_in_one_place_stays_there() {
    let kept = [
        ("std::fs", "source"),
        ("pest::", "parse"),
        ("pest_derive", "parse"),
        ("miette", "render"),
        ("edtf_core", "date"),
        ("clap::", "cli"),
    ];
    for (path, text) in sources() {
        for (what, home) in kept {
            assert!(module(&path) == home || !text.contains(what), "{} names `{what}`", path.display());
        }
        let draws = path.to_string_lossy().contains("render/text");
        assert!(draws || !text.contains("miette::"), "{} names miette", path.display());
    }
}

#[test]
fn nothing_depends_on_anything_but_its_input() {
    for (path, text) in sources() {
        for what in ["std::time", "SystemTime", "Instant::", "Utc::", "Local::", "thread_rng", "RandomState"]
        {
            assert!(!text.contains(what), "{} names `{what}`", path.display());
        }
        let environment = text.contains("std::env") && module(&path) != "cli";
        assert!(!environment, "{} looks at its environment", path.display());
    }
}

#[test]
fn a_kind_of_finding_has_a_file_of_its_code() {
    let kinds = [
        "after-dissolution",
        "before-founding",
        "clash",
        "limit",
        "order",
        "overruled",
        "plan-unmet",
        "recurring-slip",
        "repeat",
        "requirement",
        "undated",
        "unreported",
    ];
    for code in kinds {
        let path = Path::new(ROOT).join(format!("src/check/{}.rs", code.replace('-', "_")));
        let text = fs::read_to_string(&path).expect("a file of that name");
        assert!(
            text.starts_with(&format!("//! `{code}`")),
            "{} does not begin with its code",
            path.display()
        );
    }
}

#[test]
fn files_stay_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in sources() {
        let says = text.starts_with("//!") || path.ends_with("main.rs");
        assert!(says, "{} does not say what it is", path.display());
    }
}
