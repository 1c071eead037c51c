//! Every keyword of the dialect in all places where it can be: generated code must judge like the judge.
//!
//! Each case under `accepted/` becomes a page. All pages become one crate, which is compiled once; its verdicts on
//! hand-written and random bodies are compared with those of the [judge](crate::oracle::judge).

pub(crate) mod cases;

use foxapi_codegen::{Source, generate};
use foxapi_tests::workspace;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{TestCaseError, TestError};
use serde_json::{Map, Value};

use crate::compiled::crates::CrateCopy;
use crate::compiled::uses;
use crate::oracle::bodies::{Bodies, Body};
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::specs::Specs;
use crate::oracle::text::Json;
use crate::oracle::verdict::Reference;
use cases::Case;

#[test]
fn what_cannot_be_enforced_is_refused() {
    let text = std::fs::read_to_string(workspace().join("tests/it/keywords/refused.json")).expect("the cases");
    let cases: Map<String, Value> = serde_json::from_str(&text).expect("they are JSON");
    let mut wrong = Vec::new();
    for (name, mut members) in cases {
        let members = members.as_object_mut().expect("a case is an object");
        let because = members.remove("because").expect("a reason");
        let because = because.as_str().expect("a text");
        let spec = cases::page(&name, members);
        let source = Source::new(format!("{name}.json"), format!("{spec:#}"));
        match generate(&[source, foxapi_tests::endpoints()]) {
            Ok(_) => wrong.push(format!("{name} is taken, and should not be because: {because}")),
            Err(problems) if problems.to_string().contains(because) => {}
            Err(problems) => wrong.push(format!("{name}: {because} is not in\n{problems}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Random bodies per case.
const BODIES: u32 = 1000;

/// Schemas that several cases refer to.
const COMMON: &str = "keywords-common.json";

#[test]
fn generated_code_judges_as_the_judge_does() {
    let folder = workspace().join("tests/it/keywords");
    let cases = Case::all(&folder.join("accepted"));
    let common = std::fs::read_to_string(folder.join(COMMON)).expect("the common schemas");
    let mut specs = Specs::default();
    specs.insert(COMMON, serde_json::from_str(&common).expect("they are JSON"));
    // The hand-written code of the crate uses the answer, so it must be there.
    let mut sources = foxapi_tests::answering_endpoints().to_vec();
    sources.push(Source::new(COMMON, common));
    for case in &cases {
        specs.insert(case.file(), case.spec.clone());
        sources.push(Source::new(case.file(), format!("{:#}", case.spec)));
    }
    let output = generate(&sources).unwrap_or_else(|problems| panic!("{problems}"));
    let program = CrateCopy::new("keywords-crate", &output.files);
    // What a diff calls breaking is shown by such a program that no longer compiles, so here it has to.
    program.add_module("uses", "uses.rs", &uses::program(&output.files, "crate::generated"));
    if let Err(said) = program.build() {
        panic!("{said}");
    }
    for case in &cases {
        check(case, &specs, &program);
    }
}

fn check(case: &Case, specs: &Specs, program: &CrateCopy) {
    let (name, file) = (&case.name, case.file());
    let reference = Reference::new(specs, &file, case.models.clone());
    for (value, paths) in case.by_hand() {
        let body = Body::new(&Json::of(&value), false);
        let verdict = reference.of_any_body(&body);
        assert!(verdict.agrees(&paths.into_iter().collect()), "{name}: the judge says {verdict:?} of {body:?}");
        compare(&reference, program, &body).unwrap_or_else(|said| panic!("{name}: {said} of {body:?}"));
    }

    let single: Vec<Body> = case.one_fault_at_a_time().iter().map(|value| Body::new(&Json::of(value), false)).collect();
    let ours = program.judge(single.iter().map(|body| body.text.as_str()));
    assert_eq!(ours.len(), single.len(), "{name}: verdicts");
    for (body, ours) in single.iter().zip(&ours) {
        let verdict = reference.of_any_body(body);
        assert!(verdict.agrees(ours), "{name}: we blame {ours:?}, the judge says {verdict:?} of {body:?}");
    }

    let bodies = Bodies::new(specs, &file);
    let strategy = Choices::tapes(60).prop_map(|tape| {
        let model = &case.models[tape.last().map_or(0, |choice| *choice as usize) % case.models.len()];
        bodies.make(model, &tape)
    });
    let mut runner = runs::runner(BODIES);
    let count = runner.config().cases;
    let trees: Vec<_> = (0..count).map(|_| strategy.new_tree(&mut runner).expect("a body")).collect();
    let made: Vec<Body> = trees.iter().map(ValueTree::current).collect();
    let ours = program.judge(made.iter().map(|body| body.text.as_str()));
    assert_eq!(ours.len(), made.len(), "{name}: verdicts");
    let mut valid = 0;
    for ((tree, body), ours) in trees.into_iter().zip(&made).zip(&ours) {
        let verdict = reference.of_any_body(body);
        valid += u32::from(verdict.is_valid());
        if verdict.agrees(ours) {
            continue;
        }
        let outcome = runner.run_one(tree, |body| compare(&reference, program, &body).map_err(TestCaseError::fail));
        match outcome {
            Err(TestError::Fail(said, smallest)) => panic!("{name}: {said}\nsmallest body: {smallest:?}"),
            other => panic!("{name}: seen once, and then {other:?}: {body:?}"),
        }
    }
    assert!((1..count).contains(&valid), "{name}: {valid} of {count} bodies are valid, which proves nothing");
}

fn compare(reference: &Reference<'_>, program: &CrateCopy, body: &Body) -> Result<(), String> {
    let verdict = reference.of_any_body(body);
    let ours = program.judge([body.text.as_str()]).pop().unwrap_or_default();
    if verdict.agrees(&ours) { Ok(()) } else { Err(format!("we blame {ours:?}, the judge says {verdict:?}")) }
}
