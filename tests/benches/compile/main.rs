//! What generated code costs to compile, beside what typify makes of the same specs with its builders, and beside types
//! alone.
//!
//! `cargo bench --package foxapi-benches --bench compile` prints a line per comparison, for `cargo xtask bench`. Of each
//! crate the dependencies are built first, `foxapi-schema` among them, then the crate alone is compiled, in turns; a line
//! of its own says what `foxapi-schema` adds when it is compiled too.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on fails, and says where"
)]

mod crates;

use crates::Crate;
use foxapi_benches::ratio::{Cost, Ratio, median};
use foxapi_benches::synthetic;

/// How often each crate has its turn: small ones, and those of many pages.
const ROUNDS: [usize; 2] = [9, 5];

/// Lines that the real pages may take, documentation included.
const MOST_LINES: f64 = 1500.0;

fn main() {
    let is_quick = std::env::args().any(|argument| argument == "--quick");
    for (pages, rounds) in [5, 100].into_iter().zip(ROUNDS) {
        compare(pages, if is_quick { 1 } else { rounds });
    }
}

fn compare(pages: usize, rounds: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let specs = synthetic::folder(pages);
    let ours = Crate::ours(folder.path(), &specs);
    let peers = [
        ("typify with builder", Some(1.0), Crate::typify(folder.path(), "built", &specs, true)),
        ("typify, types alone", None, Crate::typify(folder.path(), "types", &specs, false)),
    ];
    for (peer, target, theirs) in &peers {
        for (command, arguments) in [("check", &["check"][..]), ("release build", &["build", "--release"][..])] {
            ours.prepare(arguments);
            theirs.prepare(arguments);
            let what = format!("{command} of {pages} pages");
            let turn = || (ours.compile(arguments), theirs.compile(arguments));
            let costs: Vec<_> = (0..rounds).map(|_| turn()).collect();
            print(&what, peer, &costs, *target);
            // What the pages do not change is compiled once, and is the same for any number of them.
            if pages == 5 && target.is_some() {
                let turn = || (ours.compile_with_schema(arguments), theirs.compile(arguments));
                let costs: Vec<_> = (0..rounds).map(|_| turn()).collect();
                print(&format!("{what}, foxapi-schema too"), peer, &costs, None);
            }
        }
        lines(pages, &ours, peer, theirs.lines as f64, None);
    }
    if pages == 5 {
        lines(pages, &ours, "limit", MOST_LINES, Some(1.0));
    }
}

/// By the clock on the wall, which is what people wait for, and by the processor.
fn print(what: &str, peer: &str, costs: &[([f64; 2], [f64; 2])], target: Option<f64>) {
    for (clock, pick, target) in [("", 0, target), (", processor time", 1, None)] {
        let of = |cost: &[f64; 2]| cost[pick];
        Ratio {
            what: format!("{what}{clock}"),
            ours: Cost::Nanoseconds(median(costs.iter().map(|(ours, _)| of(ours)))),
            peer: peer.to_owned(),
            theirs: Cost::Nanoseconds(median(costs.iter().map(|(_, theirs)| of(theirs)))),
            ratio: median(costs.iter().map(|(ours, theirs)| of(ours) / of(theirs))),
            target,
        }
        .print();
    }
}

fn lines(pages: usize, ours: &Crate, peer: &str, theirs: f64, target: Option<f64>) {
    let ours = ours.lines as f64;
    Ratio {
        what: format!("lines generated for {pages} pages"),
        ours: Cost::Lines(ours),
        peer: peer.to_owned(),
        theirs: Cost::Lines(theirs),
        ratio: ours / theirs,
        target,
    }
    .print();
}
