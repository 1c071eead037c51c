//! `cargo xtask`. The commands are in the library, so that tests can run them.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
