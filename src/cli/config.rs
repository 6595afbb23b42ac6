//! `accede.toml`: which files and folders a project loads.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::source;

const NAME: &str = "accede.toml";

/// Paths relative to the folder of the file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// Rule files and folders of them.
    #[serde(default)]
    pub(super) load: Vec<PathBuf>,
    /// Folders with the texts of articles.
    #[serde(default)]
    pub(super) articles: Vec<PathBuf>,
    #[serde(default)]
    pub(super) check: Check,
}

/// How bad findings are, by code.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    #[serde(default)]
    pub(super) deny: Vec<String>,
    #[serde(default)]
    pub(super) warn: Vec<String>,
    #[serde(default)]
    pub(super) allow: Vec<String>,
}

impl Config {
    /// That of this folder or the nearest parent that has one; without one, the current folder is loaded.
    pub(super) fn find() -> Result<Config, String> {
        let here = std::env::current_dir()
            .map_err(|it| format!("error: the current folder cannot be read: {it}"))?;
        let mut folder = PathBuf::from(".");
        for _ in here.ancestors() {
            let path = folder.join(NAME);
            if path.is_file() {
                return Config::read(&path, &folder);
            }
            folder = if folder == Path::new(".") { PathBuf::from("..") } else { folder.join("..") };
        }
        Ok(Config { load: vec![PathBuf::from(".")], ..Config::default() })
    }

    fn read(path: &Path, folder: &Path) -> Result<Config, String> {
        let file = source::read(path).map_err(|it| format!("error: {it}\nhelp: {}", it.help()))?;
        let mut config: Config = toml::from_str(file.text.whole()).map_err(|it| {
            let shown = &file.path;
            format!("error: `{shown}` is wrong\n{it}\nhelp: write `load = [\"rules\", \"seeds\"]`, and `articles = [...]` for their texts")
        })?;
        if config.load.is_empty() {
            config.load.push(PathBuf::from("."));
        }
        let from_here = |it: &PathBuf| if folder == Path::new(".") { it.clone() } else { folder.join(it) };
        config.load = config.load.iter().map(from_here).collect();
        // The texts are not everybody's to have: without them answers cite lines.
        config.articles = config.articles.iter().map(from_here).filter(|it| it.is_dir()).collect();
        Ok(config)
    }
}
