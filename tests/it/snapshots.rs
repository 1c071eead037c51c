//! Snapshots of what the specs turn into: the sheet of each page, read first in a review, and its module.

use foxapi_codegen::{Output, generate};
use foxapi_tests::{sources, workspace};

fn output() -> Output {
    let sources = sources(&workspace().join("spec")).expect("the spec folder can be read");
    generate(&sources).expect("the specs are right")
}

#[test]
fn parameter_sheets() {
    for sheet in output().sheets {
        insta::with_settings!({ snapshot_path => "snapshots/sheets", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(sheet.name, sheet.text);
        });
    }
}

#[test]
fn generated_modules() {
    for file in output().files.iter().filter(|file| file.name.ends_with(".rs")) {
        insta::with_settings!({ snapshot_path => "snapshots/modules", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(file.name.as_str(), file.text);
        });
    }
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
