use std::process::ExitCode;

fn main() -> ExitCode {
    accede::cli::main()
}
