//! `cargo xtask bench`: runs the benchmarks and makes one table of their results.

mod table;

use std::process::{Command, Stdio};

use table::{MARK, Row, Table};

use crate::cli::{Bench, Benchmark};
use crate::error::Error;
use crate::output::{complain, say};
use crate::text::counted;

pub(crate) fn run(arguments: &Bench) -> Result<(), Error> {
    let mut table = Table::default();
    for part in arguments.parts() {
        complain(format_args!("measuring: {}", part.name()));
        for line in measured(part, arguments.quick)?.lines().filter_map(|line| line.strip_prefix(MARK)) {
            table.rows.push(
                Row::read(line).ok_or_else(|| {
                    Error::new(format!("a benchmark printed something that is not a ratio: {line:?}"))
                })?,
            );
        }
    }
    say(&table.to_string())?;
    match table.rows.iter().filter(|row| row.is_missed()).count() {
        0 => Ok(()),
        missed if arguments.fail_on_miss => Err(Error::new(format!("{} missed", counted(missed, "target")))),
        _ => Ok(()),
    }
}

/// The output of a benchmark. Its messages go to standard error.
fn measured(part: Benchmark, quick: bool) -> Result<String, Error> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).stderr(Stdio::inherit());
    cargo.args(["bench", "--quiet", "--package", "foxapi-benches", "--bench", part.name(), "--"]);
    cargo.args(quick.then_some("--quick"));
    let output = cargo.output().map_err(|cause| Error::io("run", env!("CARGO"), cause))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Error::failed(&format!("cargo bench --package foxapi-benches --bench {}", part.name())))
    }
}
