//! What a refusal costs, with all its reasons, and what the catalogue costs that it and `foxapi` read.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use foxapi_benches::ratio::Ratio;
use foxapi_benches::typical::body;
use foxapi_models::kling::{KlingO3ImageToVideo, KlingV3TextToVideo};
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::{Request, model, models};
use serde_json::{Value, json};

use crate::harness::{Comparison, Harness};
use crate::validate::schema;

/// Nanoseconds that the first look at the catalogue may take.
const MOST_OF_A_LOOK: f64 = 1e6;

/// How often a process is started for what happens once in each.
const PROCESSES: usize = 15;

pub(crate) fn run(harness: &Harness) {
    refusal::<KlingV3TextToVideo>(harness, "kling-v3-text-to-video", &[("duration", json!(1000))]);
    refusal::<KlingV3TextToVideo>(
        harness,
        "kling-v3-text-to-video",
        &[("duration", json!("long")), ("resolution", json!("8k")), ("aspect", json!("16:9"))],
    );
    refusal::<KlingO3ImageToVideo>(harness, "kling-o3-image-to-video", &[("image_url", json!("photo.jpg"))]);
    refusal::<Veo31ImageToVideo>(harness, "veo-3.1-image-to-video", &[("resolution", json!("8k"))]);

    once(
        harness,
        "first refusal of a process",
        "jsonschema, building the validator",
        "refusal",
        Some("validator"),
        1.0,
    );
    once(harness, "models(), the first of a process", "limit", "models", None, 1.0);
    once(harness, "model(ID), the first of a process", "limit", "model", None, 1.0);
}

/// A body with a number of faults, from its text to a sentence for each.
fn refusal<R: Request>(harness: &Harness, page: &str, faults: &[(&str, Value)]) {
    let mut value: Value = serde_json::from_str(&body(page)).expect("JSON");
    for (name, wrong) in faults {
        value[name] = wrong.clone();
    }
    let (text, schema) = (value.to_string(), schema::<R>(true));
    let ours = |text: &str| match R::from_json(text) {
        Ok(_) => Vec::new(),
        Err(error) => error.violations().iter().map(ToString::to_string).collect(),
    };
    let theirs = |text: &str| -> Vec<String> {
        let value: Value = serde_json::from_str(text).expect("JSON");
        schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    };
    assert!(ours(&text).len() == faults.len() && theirs(&text).len() >= faults.len(), "{text}");
    let what = format!("refuse {page}, faults: {}", faults.len());
    let comparison = Comparison { what: &what, peer: "jsonschema, iter_errors", target: Some(1.5) };
    harness.compare(&comparison, || ours(black_box(&text)), || theirs(black_box(&text)));
}

/// What happens once in a process, so each measurement has its own.
fn once(harness: &Harness, what: &str, peer: &str, ours: &str, theirs: Option<&str>, target: f64) {
    if !harness.is_wanted(what, peer) {
        return;
    }
    let turns = (0..PROCESSES).map(|_| (process(ours), theirs.map_or(MOST_OF_A_LOOK, process)));
    Ratio::of_turns(what, peer, &turns.collect::<Vec<_>>(), Some(target)).print();
}

/// Nanoseconds that a job takes the first time.
fn process(job: &str) -> f64 {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([JOB, job]).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
}

/// The argument that a job follows.
pub(crate) const JOB: &str = "job";

/// Does a job, and prints the nanoseconds that it took.
#[allow(clippy::print_stdout, reason = "the process that started this one reads it")]
pub(crate) fn job(name: &str) {
    let text = body("veo-3.1-image-to-video").replace("1080p", "8k");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let json_schema = if name == "validator" { Veo31ImageToVideo::json_schema() } else { Value::Null };
    let start = Instant::now();
    match name {
        "refusal" => assert!(Veo31ImageToVideo::from_json(&text).is_err_and(|error| !error.to_string().is_empty())),
        "validator" => {
            let schema = jsonschema::options().should_validate_formats(true).build(&json_schema).expect("a schema");
            assert!(!schema.is_valid(&value));
        }
        "models" => assert!(models().next().is_some()),
        "model" => assert!(model("veo-3.1-image-to-video").is_some()),
        other => panic!("no job is called {other}"),
    }
    println!("{}", start.elapsed().as_nanos());
}
