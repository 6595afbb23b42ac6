//! The program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Many threads allocate much at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    accede::cli::main()
}
