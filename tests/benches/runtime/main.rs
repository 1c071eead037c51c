//! What checking, reading and writing a request cost, compared with other crates that do the same.
//!
//! `cargo bench --package foxapi-benches --bench runtime` prints a line per comparison, for `cargo xtask bench`. Words
//! after `--` choose the comparisons that contain one of them; `--quick` measures each once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on fails, and says where"
)]

mod harness;
mod read;
mod refuse;
mod url;
mod validate;
mod write;

fn main() {
    if let [_, job, name] = std::env::args().collect::<Vec<_>>().as_slice()
        && job == refuse::JOB
    {
        return refuse::job(name);
    }
    let harness = harness::Harness::from_arguments();
    validate::run(&harness);
    url::run(&harness);
    read::run(&harness);
    refuse::run(&harness);
    write::run(&harness);
}
