//! `cargo xtask ci`: what must hold before a change is merged.

use std::process::Command;

use crate::error::Error;

/// The script that continuous integration runs: the only list of its steps.
const SCRIPT: &str = ".ci/run";

/// Runs the script in the root of the workspace.
pub(crate) fn run() -> Result<(), Error> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let status = Command::new("bash").arg(SCRIPT).current_dir(root).status();
    match status.map_err(|cause| Error::io("run", SCRIPT, cause))? {
        status if status.success() => Ok(()),
        _ => Err(Error::failed(SCRIPT)),
    }
}
