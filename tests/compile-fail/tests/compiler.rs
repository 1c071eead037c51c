//! What must not compile, and what the compiler says about it.
//!
//! The compiler's words change with its version, so they are compared for one version only. That the cases
//! do not compile is checked for every version, by the documentation tests of this package.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails, and says where")]

use std::env;
use std::process::Command;

/// The compiler that wrote the `.stderr` files. With another one:
/// `TRYBUILD=overwrite cargo test --package foxapi-compile-fail`, and set its version here.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn compile_fail() {
    if is_known_compiler() {
        trybuild::TestCases::new().compile_fail("cases/*.rs");
    }
}

fn is_known_compiler() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("the compiler can be asked for its version");
    String::from_utf8_lossy(&output.stdout).starts_with(COMPILER)
}
