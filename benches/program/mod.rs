//! The program as users have it. The one that cargo builds beside a bench is another: there the profile's `panic` is not
//! looked at.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The one that is given, or else the one that `cargo build --release` makes.
pub(crate) fn program(given: Option<&str>) -> PathBuf {
    if let Some(given) = given {
        return PathBuf::from(given);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = ["build", "--release", "--locked", "--bin", "accede"];
    let done = Command::new(cargo).args(build).current_dir(env!("CARGO_MANIFEST_DIR")).status();
    assert!(done.is_ok_and(|it| it.success()), "the program cannot be built");
    let target =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the folder of what is built");
    target.join("release").join("accede").with_extension(std::env::consts::EXE_EXTENSION)
}
