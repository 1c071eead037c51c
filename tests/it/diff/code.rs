//! Generated pairs of specs: a program that uses everything in the code of the old specs compiles against the new code
//! if the diff says "safe", and does not if it says "breaking". The judge is the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use foxapi_codegen::{Output, Source, generate};
use foxapi_diff::Class;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::Map;

use super::comparison;
use super::edit::{Folder, Pair};
use crate::compiled::crates::CrateCopy;
use crate::compiled::uses;
use crate::keywords;
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::specs::Specs;

/// Pairs of each class that are compiled.
const PAIRS: usize = 20;

/// The most pairs with the same kind of change, so that others have their turn.
const ALIKE: usize = 3;

/// How many edits are tried to find them.
const TRIES: usize = 500;

/// Pairs after which programs do not compile.
static BREAKING: LazyLock<Vec<Pair>> = LazyLock::new(|| pairs(Class::Breaking, 2));

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

/// One crate with the new code of each pair as a module, and the program for its old code.
fn crate_of<'p>(name: &str, pairs: impl IntoIterator<Item = (usize, &'p Pair)>) -> CrateCopy {
    // The crate itself needs some page, and the answer that its hand-written code uses.
    let page = keywords::cases::page("page", &Map::new());
    let mut own = foxapi_tests::answering_endpoints().to_vec();
    own.push(Source::new("page.json", page.to_string()));
    let program = CrateCopy::new(name, &generate(&own).unwrap_or_else(|problems| panic!("{problems}")).files);
    for (index, pair) in pairs {
        let (new, old) = (format!("pair_{index}"), format!("uses_{index}"));
        for file in output(&pair.to).files {
            let path = format!("{new}/{}", file.name);
            match file.name.as_str() {
                "mod.rs" => program.add_module(&new, &path, &file.text),
                _ => program.write(&path, &file.text),
            }
        }
        let text = uses::program(&output(&pair.from).files, &format!("crate::{new}"));
        program.add_module(&old, &format!("{old}.rs"), &text);
    }
    program
}

/// One test: two would wait for each other's compiler.
#[test]
fn the_compiler_agrees() {
    what_is_safe_for_code_compiles();
    what_is_breaking_for_code_does_not_compile();
}

/// What does not compile against the new code has to compile against the old; otherwise it would prove nothing.
fn what_is_safe_for_code_compiles() {
    let pairs = [BREAKING.iter().map(Pair::before).collect(), pairs(Class::Safe, 1)].concat();
    if let Err(said) = crate_of("diff-safe", pairs.iter().enumerate()).check() {
        panic!("{said}\n{pairs:#?}");
    }
}

fn what_is_breaking_for_code_does_not_compile() {
    let mut left: BTreeMap<usize, &Pair> = BREAKING.iter().enumerate().collect();
    // The compiler stops at unknown names without checking types, so it is run again without those.
    while let Err(said) = crate_of("diff-breaking", left.iter().map(|(index, pair)| (*index, *pair))).check() {
        let before = left.len();
        left.retain(|index, _| !said.contains(&format!("src/uses_{index}.rs:")));
        assert!(left.len() < before, "{said}\n{left:#?}");
    }
    assert!(left.is_empty(), "{left:#?}");
}
