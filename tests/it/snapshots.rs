//! Snapshots of the generator's output: the sheet of each page, which reviewers read first, and its module.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use foxapi_codegen::{File, Output, Source, generate};
use foxapi_tests::{endpoints, sources, workspace};

fn output() -> Output {
    let sources = sources(&workspace().join("spec")).expect("the spec folder can be read");
    generate(&sources).expect("the specs are right")
}

/// Compares each file with its snapshot, all of them before failing, and looks for snapshots without a file.
fn check(folder: &str, files: &[File]) {
    let mut differing = Vec::new();
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        for file in files {
            let compared = catch_unwind(AssertUnwindSafe(|| insta::assert_snapshot!(file.name.as_str(), file.text)));
            if compared.is_err() {
                differing.push(file.name.as_str());
            }
        }
    });
    assert!(differing.is_empty(), "these differ from their snapshots: {}", differing.join(", "));

    let entries = std::fs::read_dir(workspace().join("tests/it").join(folder)).expect("the folder of snapshots");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let found: BTreeSet<String> = names.filter(|name| name.ends_with(".snap")).collect();
    let wanted: BTreeSet<String> = files.iter().map(|file| format!("{}.snap", file.name)).collect();
    assert_eq!(found, wanted, "remove the snapshots of what is no longer generated");
}

#[test]
fn parameter_sheets() {
    check("snapshots/sheets", &output().sheets);
}

/// Only the modules of answers and of some pages have snapshots, to show what generated code looks like. Reviewers see
/// the others in place, where `cargo xtask codegen --check` guards them.
#[test]
fn generated_modules() {
    let folder = workspace().join("tests/it/snapshots/modules");
    let is_shown = |name: &str| folder.join(format!("{name}.snap")).exists();
    let mut modules = output().files;
    modules.extend(fixture().files.into_iter().filter(|file| file.name.starts_with("fixture")));
    // Names are unique across all folders.
    modules.iter_mut().for_each(|file| file.name = file.name.rsplit('/').next().unwrap_or_default().to_owned());
    modules.retain(|file| file.name.ends_with(".rs") && is_shown(&file.name));
    assert!(!modules.is_empty());
    check("snapshots/modules", &modules);
}

/// A page and an answer with every form that the generator knows.
fn fixture() -> Output {
    let spec = std::fs::read(workspace().join("tests/it/snapshots/fixture.json")).expect("the fixture");
    let sources = [endpoints(), Source::new("spec/fixture.json", spec)];
    generate(&sources).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_same_specs_give_the_same_bytes_in_any_order() {
    let mut sources = sources(&workspace().join("spec")).expect("the spec folder can be read");
    let forwards = generate(&sources).expect("the specs are right");
    sources.reverse();
    let backwards = generate(&sources).expect("the specs are right");
    assert_eq!(forwards.files, backwards.files);
    assert_eq!(forwards.sheets, backwards.sheets);
}
