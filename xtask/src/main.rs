//! `cargo xtask`; the commands are in the library, so that tests run them as they were built.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
