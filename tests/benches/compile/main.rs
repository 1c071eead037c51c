//! What generated code costs to compile, compared with what typify makes of the same specs, with its builders or types only.
//!
//! `cargo bench --package foxapi-benches --bench compile` prints a line per comparison, for `cargo xtask bench`. Of each
//! crate the dependencies are built first, `foxapi-schema` among them, then only the crate is compiled, in turns; a
//! separate line says what `foxapi-schema` adds when it is compiled too.

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
const ROUNDS: [usize; 2] = [9, 3];

/// Lines that five pages may take, documentation included.
const MOST_LINES: f64 = 1500.0;

/// Nanoseconds that one family may add to a check.
const MOST_OF_A_FAMILY: f64 = 0.4e9;

fn main() {
    let is_quick = std::env::args().any(|argument| argument == "--quick");
    let all = synthetic::pages();
    for (pages, rounds) in [5, all].into_iter().zip(ROUNDS) {
        let rounds = if is_quick { 1 } else { rounds };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let specs = synthetic::folder(pages);
        let ours = Crate::ours(folder.path(), &specs);
        let peers = [
            ("typify with builder", true, Crate::typify(folder.path(), "built", &specs, true)),
            ("typify, types only", false, Crate::typify(folder.path(), "types", &specs, false)),
        ];
        for (peer, is_aim, theirs) in &peers {
            compare(pages, rounds, &ours, theirs, (peer, *is_aim));
        }
        if pages == all {
            family(rounds, &ours);
            program(&ours);
        } else {
            lines(pages, &ours, "limit", MOST_LINES, Some(1.0));
        }
    }
}

fn compare(pages: usize, rounds: usize, ours: &Crate, theirs: &Crate, (peer, is_aim): (&str, bool)) {
    for (command, arguments) in
        [("check", &["check", "--lib"][..]), ("release build", &["build", "--lib", "--release"])]
    {
        ours.prepare(arguments);
        theirs.prepare(arguments);
        let what = format!("{command} of {pages} pages");
        let most = if command == "check" && pages > 5 { 0.5 } else { 1.0 };
        let costs: Vec<_> = (0..rounds).map(|_| (ours.compile(arguments), theirs.compile(arguments))).collect();
        print(&what, peer, &costs, is_aim.then_some(most));
        // What the pages do not change is compiled once, and is the same for any number of them.
        if pages == 5 && is_aim {
            let turn = || (ours.compile_with_schema(arguments), theirs.compile(arguments));
            let costs: Vec<_> = (0..rounds).map(|_| turn()).collect();
            print(&format!("{what}, foxapi-schema too"), peer, &costs, None);
        }
    }
    lines(pages, ours, peer, theirs.lines as f64, None);
}

/// How long a user of one family waits; it is the one with the most pages.
fn family(rounds: usize, ours: &Crate) {
    let none = ["check", "--lib", "--no-default-features"];
    let one = [&none[..], &["--features", "kling"]].concat();
    let difference = |_| {
        // The features that come last are the ones that are built.
        ours.prepare(&none);
        let [without, _] = ours.compile(&none);
        ours.prepare(&one);
        let [with, _] = ours.compile(&one);
        with - without
    };
    let ours = median((0..rounds).map(difference));
    Ratio {
        what: "check with the family kling, more than with none".to_owned(),
        ours: Cost::Nanoseconds(ours),
        peer: "limit".to_owned(),
        theirs: Cost::Nanoseconds(MOST_OF_A_FAMILY),
        ratio: ours / MOST_OF_A_FAMILY,
        target: Some(1.0),
    }
    .print();
}

/// How much a program grows by pages that it does not use.
fn program(ours: &Crate) {
    let [all, two] =
        [&[][..], &["--no-default-features", "--features", "kling,veo"]].map(|features| ours.program(features));
    Ratio {
        what: "program that uses two pages, stripped".to_owned(),
        ours: Cost::Bytes(all),
        peer: "ours, these two families only".to_owned(),
        theirs: Cost::Bytes(two),
        ratio: all / two,
        target: Some(1.15),
    }
    .print();
}

/// Wall-clock time, which is what people wait for, and processor time.
fn print(what: &str, peer: &str, costs: &[([f64; 2], [f64; 2])], target: Option<f64>) {
    for (clock, pick, target) in [("", 0, target), (", processor time", 1, None)] {
        let turns: Vec<(f64, f64)> = costs.iter().map(|(ours, theirs)| (ours[pick], theirs[pick])).collect();
        Ratio::of_turns(&format!("{what}{clock}"), peer, &turns, target).print();
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
