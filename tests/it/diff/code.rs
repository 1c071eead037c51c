//! Generated pairs of specs: a program that uses everything in the code of the old specs compiles against the new code
//! if the diff says "safe", and does not if it says "breaking". The judge is the compiler.

use std::collections::{BTreeMap, BTreeSet};

use foxapi_codegen::{Output, Source, generate};
use foxapi_diff::Class;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::Map;

use super::edit::{Folder, Pair};
use super::{comparison, uses};
use crate::keywords::{self, program::Program};
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::specs::Specs;

/// Pairs of each class that are compiled.
const PAIRS: usize = 25;

/// The most pairs with the same kind of change, so that others have their turn.
const ALIKE: usize = 3;

/// How many edits are tried to find them.
const TRIES: usize = 500;

fn output(specs: &Specs) -> Output {
    generate(&specs.sources()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Pairs whose worst verdict on code is of a class, with as many kinds of changes as possible.
fn pairs(wanted: Class, seed: u32) -> Vec<Pair> {
    let folders = Folder::all();
    let mut runner = runs::runner(1);
    let tapes =
        Choices::tapes(40).prop_map(move |tape| tape.into_iter().map(|choice| choice ^ seed).collect::<Vec<_>>());
    let mut found: Vec<Pair> = Vec::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..TRIES {
        let tape = tapes.new_tree(&mut runner).expect("a tape").current();
        let Some(pair) = Pair::new(&folders, &tape) else { continue };
        let changes = comparison(&pair.from, &pair.to).changes;
        if changes.iter().map(|change| change.code.class).max() != Some(wanted) {
            continue;
        }
        let own: BTreeSet<String> = changes.iter().map(|change| format!("{:?}", change.kind)).collect();
        if own.iter().all(|kind| kinds.get(kind).is_some_and(|count| *count >= ALIKE)) {
            continue;
        }
        for kind in own {
            *kinds.entry(kind).or_default() += 1;
        }
        found.push(pair);
        if found.len() == PAIRS {
            break;
        }
    }
    assert!(found.len() > PAIRS / 2 && kinds.len() > 8, "{kinds:?}");
    found
}

/// One crate with the new code of each pair as a module, and the programs for the old code of some pairs.
fn crate_of(pairs: &[Pair], used: &BTreeSet<usize>) -> Program {
    // The crate itself needs some page, and the answer that its hand-written code uses.
    let page = keywords::cases::page("page", &Map::new());
    let mut own = foxapi_tests::answering_endpoints().to_vec();
    own.push(Source::new("page.json", page.to_string()));
    let program = Program::new(&generate(&own).unwrap_or_else(|problems| panic!("{problems}")).files);
    let mut modules = String::from("\n");
    for (index, pair) in pairs.iter().enumerate() {
        modules.push_str(&format!("#[rustfmt::skip]\npub mod pair_{index};\n"));
        for file in output(&pair.to).files {
            program.write(&format!("pair_{index}/{}", file.name), &file.text);
        }
        if used.contains(&index) {
            modules.push_str(&format!("mod uses_{index};\n"));
            let text = uses::program(&output(&pair.from).files, &format!("crate::pair_{index}"));
            program.write(&format!("uses_{index}.rs"), &text);
        }
    }
    let root = std::fs::read_to_string(foxapi_tests::workspace().join("foxapi-models/src/lib.rs")).expect("the crate");
    program.write("lib.rs", &format!("#![allow(warnings)]\n{}{modules}", root.replace("//!", "//")));
    program
}

/// The programs also compile against the code that they were made from; otherwise they would prove nothing.
#[test]
fn what_is_safe_for_code_compiles() {
    let unchanged = [Folder::cases(), vec![Folder::whole()]].concat();
    let pairs = [unchanged.iter().map(Pair::unchanged).collect(), pairs(Class::Safe, 1)].concat();
    let all = (0..pairs.len()).collect();
    if let Err(said) = crate_of(&pairs, &all).cargo(&["check"]) {
        panic!("{said}\n{pairs:#?}");
    }
}

#[test]
fn what_is_breaking_for_code_does_not_compile() {
    let pairs = pairs(Class::Breaking, 2);
    let mut left: BTreeSet<usize> = (0..pairs.len()).collect();
    // The compiler stops at unknown names without checking types, so it is run again without those.
    while let Err(said) = crate_of(&pairs, &left).cargo(&["check"]) {
        let blamed: BTreeSet<usize> =
            left.iter().copied().filter(|index| said.contains(&format!("src/uses_{index}.rs:"))).collect();
        assert!(!blamed.is_empty(), "{said}\n{pairs:#?}");
        left.retain(|index| !blamed.contains(index));
    }
    let compiled: Vec<&Pair> = left.iter().map(|index| &pairs[*index]).collect();
    assert!(compiled.is_empty(), "{compiled:#?}");
}
