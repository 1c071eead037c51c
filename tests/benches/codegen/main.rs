//! What generating costs: how it grows with the number of pages, how much memory it takes, and how it compares with typify.
//!
//! `cargo bench --package foxapi-benches --bench codegen` prints a line per comparison, for `cargo xtask bench`. Each
//! measurement is a separate process: this program, with a job as its argument.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on fails, and says where"
)]

use std::process::Command;

use foxapi_benches::ratio::{Cost, Ratio, median};
use foxapi_benches::{synthetic, typify};

/// How often each side has its turn.
const ROUNDS: usize = 5;

/// The most memory that 1,000 pages may take.
const MOST_BYTES: f64 = 500e6;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["job", who, pages] => job(who, pages.parse().expect("a number of pages")),
        ["write", folder, pages] => write(folder.as_ref(), pages.parse().expect("a number of pages")),
        options => compare(if options.contains(&"--quick") { 1 } else { ROUNDS }),
    }
}

fn compare(rounds: usize) {
    growth(rounds, 10, 5, 50);
    growth(rounds, 11, 100, 1000);

    let measured = Measured::of("ours", 1000);
    Ratio {
        what: "memory for 1,000 pages".to_owned(),
        ours: Cost::Bytes(measured.peak),
        peer: "limit".to_owned(),
        theirs: Cost::Bytes(MOST_BYTES),
        ratio: measured.peak / MOST_BYTES,
        target: Some(1.0),
    }
    .print();

    for pages in [5, 100, 1000] {
        let times = turns(rounds, ("ours", pages), ("typify", pages));
        Ratio::of_turns(&format!("generate {pages} pages"), "typify, builder, prettyplease", &times, Some(1.0)).print();
    }
}

/// How much longer more pages take; `most` times is the target.
fn growth(rounds: usize, most: u32, few: usize, many: usize) {
    let times = turns(rounds, ("ours", many), ("ours", few));
    let (what, peer) = (format!("generate {many} pages"), format!("ours, {few} pages"));
    Ratio::of_turns(&what, &peer, &times, Some(f64::from(most))).print();
}

/// Nanoseconds of both sides, in turns.
fn turns(rounds: usize, ours: (&str, usize), theirs: (&str, usize)) -> Vec<(f64, f64)> {
    (0..rounds)
        .map(|_| (Measured::of(ours.0, ours.1).nanoseconds, Measured::of(theirs.0, theirs.1).nanoseconds))
        .collect()
}

/// What a separate process took.
struct Measured {
    nanoseconds: f64,
    /// Most bytes that it had at once.
    peak: f64,
}

impl Measured {
    fn of(who: &str, pages: usize) -> Self {
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program).args(["job", who, &pages.to_string()]).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("text");
        let mut numbers = text.split_whitespace().map(|number| number.parse().expect("a number"));
        let mut next = || numbers.next().expect("two numbers");
        Self { nanoseconds: next(), peak: next() }
    }
}

/// Generates once, and prints nanoseconds and the peak of memory. Small folders are generated a few times.
#[allow(clippy::print_stdout, reason = "the process that started this one reads it")]
fn job(who: &str, pages: usize) {
    let folder = synthetic::folder(pages);
    let sources = synthetic::sources(&folder);
    let times = (0..(200 / pages).clamp(1, 20)).map(|_| {
        let start = processor_time();
        let bytes: usize = match who {
            "ours" => {
                let output = foxapi_codegen::generate(&sources).unwrap_or_else(|problems| panic!("{problems}"));
                output.files.iter().map(|file| file.text.len()).sum()
            }
            "typify" => typify::rust(&folder, true).len(),
            other => panic!("there is no side {other}"),
        };
        assert!(bytes > pages * 1000, "{bytes} bytes are too little for {pages} pages");
        processor_time() - start
    });
    println!("{} {}", median(times.collect::<Vec<_>>()), peak());
}

/// Processor time of this process in nanoseconds, unaffected by what else runs.
#[cfg(unix)]
fn processor_time() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the system says");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 * 1e3
}

/// On other systems, wall-clock time.
#[cfg(not(unix))]
fn processor_time() -> f64 {
    std::time::UNIX_EPOCH.elapsed().expect("a clock").as_secs_f64() * 1e9
}

/// Most bytes that this process had at once.
#[cfg(unix)]
fn peak() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};

    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    getrusage(UsageWho::RUSAGE_SELF).expect("the system says").max_rss() as f64 * unit
}

/// On other systems, unknown.
#[cfg(not(unix))]
fn peak() -> f64 {
    f64::NAN
}

/// Writes a folder, for profilers and for other programs.
fn write(folder: &std::path::Path, pages: usize) {
    std::fs::create_dir_all(folder).expect("the folder");
    for (name, spec) in synthetic::folder(pages) {
        std::fs::write(folder.join(name), format!("{spec:#}\n")).expect("a spec file");
    }
}
