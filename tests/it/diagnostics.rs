//! Diagnostics for maintainers: each file under `diagnostics/` has one mistake, and the snapshot next
//! to it has every line that the generator prints.

use foxapi_codegen::checked::Fact;
use foxapi_codegen::{Source, generate};
use foxapi_tests::{endpoints, workspace};

#[test]
fn wrong_specs() {
    let folder = workspace().join("tests/it/diagnostics");
    let entries = std::fs::read_dir(folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    let cases: Vec<_> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    assert!(!cases.is_empty());
    for path in cases {
        let bytes = std::fs::read(&path).expect("the case can be read");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let problems = match generate(&[endpoints(), Source::new(format!("spec/{name}.json"), bytes)]) {
            Ok(_) => panic!("{name} is taken for right"),
            Err(problems) => problems.to_string(),
        };
        insta::with_settings!({ snapshot_path => "diagnostics", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_ref(), problems);
        });
    }
}

const SPEC: &str = r#"{
    "title": "Clip", "description": "Makes a clip.", "x-docs": "https://docs.example.com/clip",
    "x-endpoint": "POST /v1/clips", "type": "object", "additionalProperties": false, "required": ["model"],
    "properties": { "model": { "description": "Model.", "enum": ["clip-1"], "title": "ClipModel" } }
}"#;

/// The diagnostics for a folder, given as endpoints and files with their paths.
fn problems(endpoints: &str, files: &[(&str, &str)]) -> String {
    let files = files.iter().copied().chain([("endpoints.json", endpoints)]);
    let sources: Vec<_> = files.map(|(name, text)| Source::within("spec/", name, text)).collect();
    generate(&sources).map_or_else(|problems| problems.to_string(), |_| "nothing".to_owned())
}

#[test]
fn a_page_lies_in_the_folder_of_its_group_and_family() {
    let endpoints = r#"{ "POST /v1/clips": { "description": "Makes a clip.", "group": "video" } }"#;
    let problems = |place: &str| problems(endpoints, &[(place, SPEC)]);
    assert_eq!(problems("video/fox/clip.json"), "nothing");
    for place in ["clip.json", "video/clip.json", "image/fox/clip.json", "video/fox/old/clip.json"] {
        let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
        let wanted = format!(
            "spec/{place}:1:1: a page of POST /v1/clips does not belong in the folder {folder:?}\n  \
             help: move it to video/<family>/clip.json"
        );
        assert_eq!(problems(place), wanted);
    }
    for family in ["Fox", "client", "3d", "fn", "fox_2", "video"] {
        let wanted = format!("{family:?} cannot be the name of a family");
        let problems = problems(&format!("video/{family}/clip.json"));
        assert!(problems.contains(&wanted), "{problems}");
    }
}

#[test]
fn groups_families_and_shared_files_become_modules_of_different_names() {
    let endpoints =
        |group: &str| format!(r#"{{ "POST /v1/clips": {{ "description": "Makes a clip.", "group": "{group}" }} }}"#);
    let shared = r#"{ "$defs": { "Size": { "description": "Size.", "enum": ["s", "l"] } } }"#;
    let problems = |group: &str, files: &[(&str, &str)]| problems(&endpoints(group), files);
    assert_eq!(
        problems(
            "video",
            &[("sizes.json", shared), ("requests.json", &shared.replace("Size", "Sum").replace("\"s\"", "\"m\""))]
        ),
        "nothing"
    );
    assert!(problems("sizes", &[("sizes.json", shared)]).contains("\"sizes\" cannot be the name of a group"));
    for group in ["mod", "fn", "requests", "conversions"] {
        assert!(problems(group, &[]).contains("cannot be the name of a group"), "{group}");
    }
    let files = [("video/sizes/clip.json", SPEC), ("sizes.json", shared)];
    assert!(problems("video", &files).contains("\"sizes\" cannot be the name of a family"));
}

/// The page with one more parameter, under another name.
fn page_with(name: &str, parameter: &str) -> String {
    let page = SPEC.replace("clip-1", &format!("{name}-1")).replace("Clip", name);
    page.replace("}\n}", &format!(", {parameter} }}\n}}"))
}

const COMMON: &str = r#"{ "$defs": { "Size": { "description": "Size.", "enum": ["s", "l"] } } }"#;

#[test]
fn equal_sets_of_values_are_one_type() {
    let endpoints = r#"{ "POST /v1/clips": { "description": "Makes a clip.", "group": "video" } }"#;
    let set = |title: &str, values: &str| {
        format!(r#""look": {{ "description": "Look.", "title": "{title}", "oneOf": [{values}] }}"#)
    };
    let (dark, light) = (r#"{ "const": "dark" }"#, r#"{ "const": "light" }"#);
    let fox = page_with("Fox", &set("FoxLook", &format!("{dark}, {light}")));
    let owl = |values: &str| {
        let page = page_with("Owl", &set("OwlLook", values));
        problems(endpoints, &[("video/fox/fox.json", &fox), ("video/owl/owl.json", &page), ("common.json", COMMON)])
    };
    let wanted = "spec/video/owl/owl.json:4:108: `OwlLook` has the values of `FoxLook`, at spec/video/fox/fox.json:4:108\n  \
                  help: define the set once, under \"$defs\" of common.json, and refer to it with \"$ref\" from both; \
                  values with different meanings need different names: give each a \"title\"";
    assert_eq!(owl(&format!("{dark}, {light}")), wanted);
    assert_eq!(owl(&format!("{light}, {dark}")), wanted);
    assert_eq!(owl(dark), "nothing");
    assert_eq!(owl(&format!(r#"{dark}, {{ "const": "light", "title": "Pale" }}"#)), "nothing");
}

#[test]
fn names_of_files_are_unique_over_all_folders() {
    let endpoints = r#"{ "POST /v1/clips": { "description": "Makes a clip.", "group": "video" } }"#;
    let problems = problems(endpoints, &[("video/fox/clip.json", SPEC), ("video/owl/clip.json", SPEC)]);
    let wanted = "spec/video/owl/clip.json:1:1: spec/video/fox/clip.json is also called clip.json\n  \
                  help: references name files without folders: give each file a unique name";
    assert_eq!(problems, wanted);
}

#[test]
fn a_family_refers_to_nothing_that_can_be_left_out() {
    let endpoints = r#"{ "POST /v1/clips": { "description": "Makes a clip.", "group": "video" } }"#;
    let shared = r#"{ "$defs": { "Size": { "description": "Size.", "enum": ["s", "l"] } } }"#;
    let page = SPEC.replace("}\n}", r#", "size": { "description": "Size.", "$ref": "sizes.json#/$defs/Size" } } }"#);
    let problems = |place: &str| problems(endpoints, &[("video/fox/clip.json", &page), (place, shared)]);
    assert_eq!(problems("sizes.json"), "nothing");
    assert_eq!(problems("video/fox/sizes.json"), "nothing");
    assert!(problems("video/owl/sizes.json").contains("points into the family of video/owl, which can be disabled"));
}

#[test]
fn endpoints_of_a_wrong_form_are_refused() {
    let cases = [
        ("[]", "1:1: endpoints.json must contain an object of endpoints"),
        (r#"{ "FETCH v1": { "description": "D.", "group": "video" } }"#, "1:3: \"FETCH v1\" is not an endpoint"),
        (r#"{ "GET /v1": [] }"#, "1:14: an endpoint is an object, not an array"),
        (r#"{ "GET /v1": { "description": "D." } }"#, "1:3: an endpoint needs \"group\""),
        (
            r#"{ "GET /v1": { "description": "D.", "group": "Any 1" } }"#,
            "1:46: \"Any 1\" cannot be the name of a group",
        ),
        (r#"{ "GET /v1": { "group": 5, "reply": "" } }"#, "1:28: an endpoint has no \"reply\""),
        (
            r#"{ "GET /v1": { "description": "D.", "group": "video", "response": "tusk.json" } }"#,
            "1:67: there is no spec file tusk.json",
        ),
    ];
    for (endpoints, wanted) in cases {
        let problems = problems(endpoints, &[]);
        assert!(problems.contains(&format!("spec/endpoints.json:{wanted}")), "{endpoints}: {problems}");
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
    let problems = generate(&[Source::new("spec/a.json", b"{\n  \"\xff\": 1 }".to_vec())]).expect_err("it is not text");
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

/// A page with one parameter, which refers to the first of some definitions.
fn page_of(definitions: &[String]) -> [Source; 2] {
    let definitions = definitions.join(", ");
    let page = Source::new(
        "spec/a.json",
        format!(
            r##"{{ "$id": "a", "title": "Clip", "description": "A clip.", "x-docs": "https://docs.foxapi.cc/a",
            "x-endpoint": "POST /v1/videos/generations",
            "type": "object", "additionalProperties": false, "required": ["model"],
            "properties": {{ "model": {{ "description": "M.", "enum": ["m"] }}, "a": {{ "description": "A.", "$ref": "#/$defs/L0" }} }},
            "$defs": {{ {definitions} }} }}"##
        ),
    );
    [endpoints(), page]
}

#[test]
fn references_that_multiply_end_in_a_diagnostic_or_stay_references() {
    let last = |level: usize| format!(r#""L{level}": {{ "description": "L.", "type": "string", "maxLength": 4 }}"#);
    let levels = |count: usize, level: fn(usize) -> String| -> Vec<String> {
        (0..count).map(level).chain([last(count)]).collect()
    };
    let doubled = |level: usize| {
        let next = level + 1;
        format!(
            r##""L{level}": {{ "description": "L.", "allOf": [{{ "$ref": "#/$defs/L{next}" }}, {{ "$ref": "#/$defs/L{next}" }}] }}"##
        )
    };
    let alias = |level: usize| format!(r##""L{level}": {{ "description": "L.", "$ref": "#/$defs/L{}" }}"##, level + 1);
    for (definitions, wanted) in
        [(levels(60, doubled), "more than 20000 schemas"), (levels(2000, alias), "more than 400 schemas")]
    {
        let problems = foxapi_codegen::check(&page_of(&definitions)).expect_err("it is too much").to_string();
        assert!(problems.contains(wanted), "{problems}");
    }
    let object = |level: usize| {
        let next = level + 1;
        format!(
            r##""L{level}": {{ "description": "L.", "type": "object", "additionalProperties": false, "properties": {{
            "a": {{ "description": "A.", "$ref": "#/$defs/L{next}" }}, "b": {{ "description": "B.", "$ref": "#/$defs/L{next}" }} }} }}"##
        )
    };
    let checked = foxapi_codegen::check(&page_of(&levels(200, object))).expect("objects have types of their own");
    let schema = checked.modules.iter().find_map(|module| module.schema.as_ref()).expect("a schema");
    let schema = schema.to_json().to_string();
    assert!(schema.len() < 10_000_000, "{} bytes", schema.len());
    assert!(serde_json::from_str::<serde_json::Value>(&schema).is_ok(), "readers of JSON take it");
}

#[test]
fn what_stands_beside_a_reference_is_documented() {
    let definitions = [
        r##""L0": { "description": "L.", "$ref": "#/$defs/L1", "enum": ["hd", "fhd"] }"##,
        r##""L1": { "title": "Size", "description": "L.", "enum": ["hd", "fhd", "uhd"] }"##,
    ];
    let checked = foxapi_codegen::check(&page_of(&definitions.map(str::to_owned))).expect("a good spec");
    let field = checked.requests().find_map(|(_, object, _)| object.fields.iter().find(|field| field.name == "a"));
    assert_eq!(Fact::line(&field.expect("the parameter").facts), "Only `hd` and `fhd`.");
    let definitions = [
        r##""L0": { "description": "L.", "$ref": "#/$defs/L1", "maxLength": 5 }"##,
        r##""L1": { "description": "L.", "type": "string", "minLength": 2, "maxLength": 10 }"##,
    ];
    let checked = foxapi_codegen::check(&page_of(&definitions.map(str::to_owned))).expect("a good spec");
    let field = checked.requests().find_map(|(_, object, _)| object.fields.iter().find(|field| field.name == "a"));
    assert_eq!(Fact::line(&field.expect("the parameter").facts), "2 to 5 characters.");
    let schema =
        checked.modules.iter().find_map(|module| module.schema.as_ref()).expect("a schema").to_json().to_string();
    assert!(schema.contains(r#""maxLength":5"#) && schema.contains(r#""minLength":2"#), "{schema}");
    assert!(!schema.contains("allOf"), "{schema}");
}
