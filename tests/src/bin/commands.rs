//! `cargo xtask` for the tests: built with them, so that it is never an older one, and nothing is built twice.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
