//! What a maintainer reads about a wrong spec file: each file under `diagnostics/` has one mistake,
//! and the snapshot beside it holds every line that the generator says.

use foxapi_codegen::{Source, generate};
use foxapi_tests::workspace;

#[test]
fn wrong_specs() {
    let folder = workspace().join("tests/it/diagnostics");
    let entries = std::fs::read_dir(folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    let cases: Vec<_> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    assert!(!cases.is_empty());
    for path in cases {
        let bytes = std::fs::read(&path).expect("the case can be read");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let problems = match generate(&[Source::new(format!("spec/{name}.json"), bytes)]) {
            Ok(_) => panic!("{name} is taken for right"),
            Err(problems) => problems.to_string(),
        };
        insta::with_settings!({ snapshot_path => "diagnostics", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_ref(), problems);
        });
    }
}

#[test]
fn problems_of_all_files_are_reported_at_once() {
    let sources = [
        Source::new("spec/a.json", r#"{ "$defs": { "A": { "description": "a", "enum": ["x", "1"] } } }"#),
        Source::new("spec/b.json", r#"{ "$defs": { "B": { "description": "b", "$ref": "a.json#/$defs/C" } } "#),
        Source::new("spec/c.json", r#"{ "$defs": { "C": { "description": "c", "$ref": "a.json#/$defs/AA" } } }"#),
    ];
    let problems = generate(&sources).expect_err("all three are wrong");
    let places: Vec<_> = problems.iter().map(|problem| (problem.path.as_str(), problem.line, problem.column)).collect();
    assert_eq!(places, [("spec/a.json", 1, 55), ("spec/b.json", 1, 70), ("spec/c.json", 1, 49)]);
}

#[test]
fn bytes_that_are_no_text_have_a_position() {
    let problems = generate(&[Source::new("spec/a.json", b"{\n  \"\xff\": 1 }".to_vec())]).expect_err("it is no text");
    assert_eq!(problems.to_string(), "spec/a.json:2:4: this byte is not UTF-8 text");
}

#[test]
fn deep_nesting_is_refused_without_overflowing_the_stack() {
    for text in ["[".repeat(100_000), "{\"not\":".repeat(100_000), format!("{{\"$defs\":{}", "{\"a\":".repeat(50_000))]
    {
        let problems = generate(&[Source::new("spec/a.json", text)]).expect_err("it is too deep");
        assert_eq!(problems.len(), 1);
        assert!(problems.to_string().contains("recursion limit exceeded"), "{problems}");
    }
}

#[test]
fn a_file_name_that_makes_no_module_is_refused() {
    let spec = r#"{ "$defs": { "Mode": { "description": "Quality.", "enum": ["std"] } } }"#;
    for name in ["Upper.json", "with space.json", "ünï.json", "_x.json", "-.json"] {
        let problems = generate(&[Source::new(format!("spec/{name}"), spec)]).expect_err(name);
        assert!(problems.to_string().contains("cannot be the name of a spec file"), "{problems}");
    }
    assert!(generate(&[Source::new("spec/3d-1.0.json", spec)]).is_ok());
}
