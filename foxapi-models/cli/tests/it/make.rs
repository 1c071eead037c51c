//! `make`: nothing is paid for by mistake, and nothing that was paid for is lost.

use std::process::Child;

use foxapi_mock::{Answer, Script};
use serde_json::json;

use crate::program::{Machine, Outcome, interrupt, kill, read, until};

const MODEL: &str = "kling-v3-text-to-video";
const LITE: &str = "veo-3.1-lite-image-to-video";

fn end(child: Child) -> Outcome {
    Outcome::of(child.wait_with_output().expect("the end"))
}

/// A task that is never done.
fn endless() -> Script {
    Script::of([json!({"status": "processing", "progress": 40})])
}

#[test]
fn every_violation_is_told_at_once_in_terms_of_the_flags() {
    let machine = Machine::new();
    let wrong = ["make", LITE, "--image-url", "no-such.png", "--duration", "seven", "--resolution", "4k"];
    let errors = machine.fails(2, &wrong);
    let flags: Vec<&str> = errors.lines("error:").iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(flags, ["--prompt", "--image-url", "--duration", "--resolution"], "{errors:#?}");
    assert!(errors.lines("help:").iter().any(|line| line.contains("no-such.png")), "{errors:#?}");
    assert_eq!(machine.mock.seen(), []);
}

#[test]
fn what_cannot_work_is_known_before_it_is_paid_for() {
    let machine = Machine::new();
    machine.write("there.mp4", "mine");
    for file in ["there.mp4", "no/such/x.mp4", "", "."] {
        machine.fails(2, &["make", MODEL, "--prompt", "rain", "-o", file]);
    }
    let mut command = machine.command(&["make", MODEL, "--prompt", "rain"]);
    let without_key = Outcome::of(command.env_remove("FOXAPI_API_KEY").output().expect("the program"));
    assert_eq!(without_key.code, Some(1));
    assert!(without_key.lines("help:").iter().any(|line| line.contains("foxapi auth login")), "{without_key:#?}");
    machine.fails(2, &["make", MODEL, "--prompt", "@no-such.txt"]);
    machine.fails(2, &["make", "no-such-model", "--prompt", "rain"]);
    machine.fails(2, &["make", MODEL, "--prompt", "rain", "--no-such-flag"]);
    assert_eq!(machine.mock.seen(), []);
    assert_eq!(read(&machine.path("there.mp4")), "mine");
    machine.ok(&["make", MODEL, "--prompt", "rain", "-o", "there.mp4", "--force"]);
    assert_ne!(read(&machine.path("there.mp4")), "mine");
}

#[test]
fn several_results_are_numbered() {
    let machine = Machine::new();
    let file = |text: &str| [b"\0\0\0\x18ftypmp42".as_slice(), text.as_bytes()].concat();
    machine.mock.script(Script::completed().file("video/mp4", file("first")).file("video/mp4", file("second")));
    let made = machine.ok(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    assert_eq!(made.stdout, "lake-1.mp4\nlake-2.mp4\n");
    assert!(read(&machine.path("lake-2.mp4")).ends_with("second"));
    let made = machine.ok(&["make", MODEL, "--prompt", "rain"]);
    assert_eq!(made.stdout.lines().count(), 2, "two addresses");
    let made = machine.ok(&["make", MODEL, "--prompt", "rain", "-o", "other.mp4", "--json"]).json();
    assert_eq!(made["files"], json!(["other-1.mp4", "other-2.mp4"]));
    assert_eq!(made["task"]["status"], "completed");
    assert_eq!(machine.paid(), 3);
}

#[test]
fn values_come_from_files_bodies_and_paths() {
    let machine = Machine::new();
    machine.write("shots.json", r#"[{"prompt": "a", "duration": 2}, {"prompt": "b", "duration": 3}]"#);
    machine.write("body.json", json!({"prompt": "of the body", "duration": 10}).to_string());
    let body = |arguments: &[&str]| {
        machine.ok(&[&["make", MODEL, "--dry-run", "--json"], arguments].concat()).json()["body"].clone()
    };
    assert_eq!(
        body(&["--body", "body.json", "--duration", "5"]),
        json!({"model": MODEL, "prompt": "of the body", "duration": 5})
    );
    assert_eq!(body(&["--prompt", "@@home"])["prompt"], "@home");
    assert_eq!(body(&["--prompt=--dry-run"])["prompt"], "--dry-run");
    assert_eq!(body(&["--prompt", "rain", "--aspect_ratio", "1:1"])["aspect_ratio"], "1:1");
    let shots = body(&["--set", "multi_prompt=@shots.json", "--set", "multi_prompt.1.prompt=\"c\"", "--unchecked"]);
    assert_eq!(shots["multi_prompt"], json!([{"prompt": "a", "duration": 2}, {"prompt": "c", "duration": 3}]));
    machine.fails(2, &["make", LITE, "--body", "body.json", "--dry-run", "--set", "model=\"x\""]);
    machine.write("other.json", json!({"model": LITE, "prompt": "x"}).to_string());
    let other = machine.fails(2, &["make", MODEL, "--body", "other.json", "--dry-run"]);
    assert!(other.stderr.contains(LITE), "{other:#?}");
}

#[test]
fn the_server_may_know_better() {
    let machine = Machine::new();
    machine.ok(&["make", MODEL, "--prompt", "rain", "--duration", "7", "--unchecked"]);
    assert_eq!(machine.mock.submissions()[0].body["duration"], 7);
    machine.ok(&["make", "a-new-model", "--set", "prompt=\"rain\"", "--unchecked"]);
    assert_eq!(machine.mock.submissions()[1].body, json!({"model": "a-new-model", "prompt": "rain"}));
}

#[test]
fn a_failure_of_the_server_has_its_reason() {
    let machine = Machine::new();
    machine.mock.script(Script::failed("content_policy", "not\u{1b}[31m allowed"));
    let failed = machine.fails(1, &["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    assert!(failed.stderr.contains("allowed") && !failed.stderr.contains('\u{1b}'), "{failed:#?}");
    assert_eq!(machine.files(""), [""; 0]);
    machine.mock.key("sk-another-key-0123456789");
    let refused = machine.fails(1, &["make", MODEL, "--prompt", "rain"]);
    assert!(refused.lines("help:").iter().any(|line| line.contains("foxapi auth")), "{refused:#?}");
}

#[test]
fn an_interruption_keeps_the_task() {
    let machine = Machine::new();
    machine.mock.script_once(endless());
    let child = machine.start(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    until("the task is asked for", || machine.mock.seen().iter().any(|seen| seen.line().starts_with("GET /v1/tasks/")));
    interrupt(&child);
    let ended = end(child);
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    assert!(ended.lines("help:").iter().any(|line| line.contains("foxapi wait task-1 -o lake.mp4")), "{ended:#?}");
    assert_eq!(machine.paid(), 1);
}

#[test]
fn an_interruption_while_submitting_waits_for_the_id() {
    let machine = Machine::new();
    machine.mock.latency(std::time::Duration::from_millis(700));
    let child = machine.start(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    until("it is submitted", || machine.paid() == 1);
    interrupt(&child);
    let ended = end(child);
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    assert!(ended.stderr.contains("foxapi wait task-1 -o lake.mp4"), "{ended:#?}");
}

#[test]
fn a_lost_answer_is_not_paid_for_again() {
    let machine = Machine::new();
    machine.mock.answer_once("POST /v1/videos/generations", Answer::hang_up().after_taking_effect());
    let lost = machine.fails(1, &["make", MODEL, "--prompt", "rain"]);
    assert_eq!(machine.paid(), 1, "{lost:#?}");
    let again = machine.fails(1, &["make", MODEL, "--prompt", "rain"]);
    assert_eq!(machine.paid(), 1, "{again:#?}");
    let word =
        again.lines("help:").into_iter().find_map(|line| line.split("foxapi tasks resolve ").nth(1)).expect("help");
    let key = word.split_whitespace().next().expect("a key").to_owned();
    let unknown = machine.ok(&["tasks", "--unknown"]).stdout;
    assert!(unknown.contains(&key), "{unknown}");
    machine.ok(&["tasks", "resolve", &key, "--not-accepted"]);
    machine.ok(&["make", MODEL, "--prompt", "rain"]);
    assert_eq!(machine.paid(), 2);
}

#[test]
fn a_killed_submission_is_known_afterwards() {
    let machine = Machine::new();
    machine.mock.latency(std::time::Duration::from_secs(5));
    let mut child = machine.start(&["make", MODEL, "--prompt", "rain"]);
    until("it is submitted", || machine.paid() == 1);
    kill(&child);
    child.wait().expect("the end");
    machine.fails(1, &["make", MODEL, "--prompt", "rain"]);
    assert_eq!(machine.paid(), 1);
    assert_eq!(machine.ok(&["tasks", "--unknown", "--json"]).json().as_array().map(Vec::len), Some(1));
}

#[test]
fn a_model_is_made_with_the_flags_of_its_example() {
    let machine = Machine::new();
    for model in foxapi_models::models() {
        let example = machine.ok(&["describe", &model.id, "--example"]).stdout;
        machine.write("example.json", &example);
        let dry = machine.ok(&["make", &model.id, "--body", "example.json", "--dry-run"]).stdout;
        assert_eq!(dry.split_once('\n').map(|(_, body)| body), Some(example.as_str()), "{}", model.id);
    }
}
