//! `batch`: checked as a whole and paid for once, no matter what ends it.

#[cfg(unix)]
mod full_disk;
mod kills;

use foxapi_mock::Script;
use serde_json::{Value, json};

use crate::program::{Machine, Outcome, interrupt, kill, until};

const MODEL: &str = "kling-v3-text-to-video";
const BATCH: [&str; 6] = ["batch", "shots.jsonl", "--model", MODEL, "--out", "videos"];

/// A file with a number of rows.
fn rows(machine: &Machine, count: usize) {
    let rows: Vec<String> = (1..=count).map(|number| json!({"prompt": format!("shot {number}")}).to_string()).collect();
    machine.write("shots.jsonl", rows.join("\n"));
}

fn videos(machine: &Machine) -> usize {
    machine.files("videos").iter().filter(|name| !name.starts_with("journal")).count()
}

/// The prompts that were paid for, each as often as it was.
fn paid(machine: &Machine) -> Vec<String> {
    let bodies = machine.mock.submissions().into_iter().map(|submission| submission.body);
    bodies.map(|body| body["prompt"].as_str().expect("a prompt").to_owned()).collect()
}

#[track_caller]
fn paid_once(machine: &Machine) {
    let mut prompts = paid(machine);
    prompts.sort();
    let mut once = prompts.clone();
    once.dedup();
    assert_eq!(prompts, once, "something was paid for twice");
}

#[track_caller]
fn each_paid_once(machine: &Machine, count: usize) {
    paid_once(machine);
    assert_eq!(machine.paid(), count);
}

#[test]
fn nothing_is_paid_for_while_a_row_is_wrong() {
    let machine = Machine::new();
    machine.write("shots.csv", "prompt,duration,promt\nrain,5,\nsnow,7,\n,5,\nsun,5,x\nrain,5,\n");
    let wrong = machine.fails(2, &["batch", "shots.csv", "--model", MODEL, "--out", "videos"]);
    let places: Vec<&str> = wrong.lines("error:").iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["shots.csv:3", "shots.csv:4", "shots.csv:5", "shots.csv:6"], "{wrong:#?}");
    assert!(wrong.stderr.contains("shots.csv:3: duration: is 7"), "{wrong:#?}");
    assert_eq!(machine.mock.seen(), []);
    assert!(!machine.path("videos").exists());
    machine.write("empty.csv", "prompt\n");
    machine.fails(2, &["batch", "empty.csv", "--model", MODEL, "--out", "videos"]);
}

/// Invalid files by name, each with the first message.
#[rustfmt::skip]
const WRONG: &[(&str, &[u8], &str)] = &[
    ("a.csv",   b"",                                           "a.csv has no rows"),
    ("a.csv",   b"prompt\n",                                   "a.csv has no rows"),
    ("a.csv",   b"prompt\nrain\n\xff\n",                      "a.csv:3: is not UTF-8"),
    ("a.csv",   b"\x7fELF\x02\x01\x01\0\0\xff",               "a.csv:1: is not UTF-8"),
    ("a.csv",   b"prompt,duration\nrain\nsnow,5,6\n",         "a.csv:2: has 1 value, but there are 2 columns"),
    ("a.csv",   b"prompt,duration\n\"rain\nsnow,5\n",         "a.csv:2: has 1 value, but there are 2 columns"),
    ("a.csv",   b"prompt,prompt\nrain,snow\n",                "a.csv:1: there are two columns \"prompt\""),
    ("a.csv",   b"prompt;duration\nrain;5\n",                 "a.csv:1: has one column, because only a comma separates columns"),
    ("a.csv",   b"prompt,model\nrain,veo-3.1\n",              "a.csv:2: is for the model \"veo-3.1\""),
    ("a.csv",   b"prompt\r\nrain\r\nrain\r\n",               "a.csv:3: is the same as a.csv:2; remove one of them, or give them different seeds"),
    ("a.csv",   b"\n\nprompt\nrain\nrain\n",                  "a.csv:5: is the same as a.csv:4; remove one of them, or give them different seeds"),
    ("a.jsonl", b"{\"prompt\": \"a\", \"prompt\": \"b\"}\n",    "a.jsonl:1: has /prompt twice"),
    ("a.jsonl", b"\r\n[1]\r\n",                               "a.jsonl:2: is not a JSON object"),
    ("a.jsonl", b"{\"prompt\": \"\xff\"}\n",                   "a.jsonl:1: is not UTF-8"),
    ("a.tsv",   b"prompt\tduration\nrain\t5\n",               "a.tsv:1: cannot be read as JSON: expected value at line 1 column 1"),
];

#[test]
fn a_file_that_is_no_table_is_told_by_its_line() {
    for (name, contents, says) in WRONG {
        let machine = Machine::new();
        machine.write(name, contents);
        let wrong = machine.fails(2, &["batch", name, "--model", MODEL, "--out", "videos"]);
        assert_eq!(wrong.lines("error:").first(), Some(says), "{wrong:#?}");
        let (is_table, says_table) = (name.ends_with("csv"), wrong.stderr.contains("if its name ends in .csv"));
        assert!(!(is_table && says_table) && (says_table || *name != "a.tsv"), "{wrong:#?}");
        assert_eq!((machine.mock.seen().len(), machine.path("videos").exists()), (0, false), "{name}");
    }
}

#[test]
fn a_file_of_another_program_is_read_as_it_is_meant() {
    let machine = Machine::new();
    for (name, contents) in [
        ("a.csv", "\u{feff}prompt,duration\r\n\"rain, snow\",5\r\n"),
        ("a.CSV", "duration,--prompt\n5,\"rain, snow\""),
        ("a.jsonl", "\u{feff}{\"prompt\": \"rain, snow\", \"duration\": 5}\r\n\r\n"),
        ("a", "{\"duration\": 5, \"prompt\": \"rain, snow\"}"),
    ] {
        machine.write(name, contents);
        let bodies = machine.ok(&["batch", name, "--model", MODEL, "--out", "videos", "--dry-run"]);
        assert_eq!(bodies.json(), json!({"model": MODEL, "prompt": "rain, snow", "duration": 5}), "{name}");
    }
}

#[test]
fn a_dry_run_prints_the_bodies() {
    let machine = Machine::new();
    machine.write(
        "shots.csv",
        "prompt,voice-ids,generate_audio\nrain,\"[\"\"a\"\",\"\"b\"\"]\",true\nsnow,a,true\nsun,,\n",
    );
    let bodies = machine.ok(&["batch", "shots.csv", "--model", MODEL, "--out", "videos", "--dry-run"]).stdout;
    let bodies: Vec<Value> = bodies.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let expected = [
        json!({"model": MODEL, "prompt": "rain", "voice_ids": ["a", "b"], "generate_audio": true}),
        json!({"model": MODEL, "prompt": "snow", "voice_ids": ["a"], "generate_audio": true}),
        json!({"model": MODEL, "prompt": "sun"}),
    ];
    assert_eq!(bodies, expected);
    assert_eq!(machine.mock.seen(), []);
}

#[test]
fn a_second_run_has_nothing_to_do() {
    let machine = Machine::new();
    rows(&machine, 5);
    let made = machine.ok(&BATCH);
    assert_eq!(videos(&machine), 5);
    let seen = machine.mock.seen().len();
    let again = machine.ok(&BATCH);
    assert_eq!(machine.mock.seen().len(), seen, "what is stored is not asked for again");
    let sorted = |outcome: &Outcome| {
        let mut lines: Vec<String> = outcome.stdout.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&again), sorted(&made));
    each_paid_once(&machine, 5);
    machine.keeps_no_key();
}

/// A row is what it says, not where it stands.
#[test]
fn rows_that_move_are_not_paid_for_again() {
    let machine = Machine::new();
    machine.write("shots.csv", "prompt,duration\nrain,5\nsnow,10\n");
    machine.ok(&["batch", "shots.csv", "--model", MODEL, "--out", "videos"]);
    machine.write("shots.csv", "duration,prompt,resolution\n5,sun,\n10,snow,\n5,rain,\n");
    machine.ok(&["batch", "shots.csv", "--model", MODEL, "--out", "videos"]);
    machine.write("shots.jsonl", "{\"duration\": 5, \"prompt\": \"rain\"}\n");
    machine.ok(&BATCH);
    let mut prompts = paid(&machine);
    prompts.sort();
    assert_eq!(prompts, ["rain", "snow", "sun"]);
}

#[test]
fn a_failed_row_is_missing_until_it_is_renewed() {
    let machine = Machine::new();
    rows(&machine, 2);
    machine.mock.script_once(Script::failed("content_policy", "not allowed"));
    let failed = machine.fails(1, &BATCH);
    assert!(failed.stderr.contains("2 rows: 1 made, 1 missing"), "{failed:#?}");
    machine.fails(1, &BATCH);
    assert_eq!(machine.paid(), 2, "a failure is not paid for again by itself");
    let result = machine.ok(&[&BATCH[..], &["--renew", "--json"]].concat()).json();
    assert_eq!((&result["made"], &result["missing"]), (&json!(2), &json!(0)), "{result}");
    assert_eq!(machine.paid(), 3);
}

#[test]
fn a_run_that_is_killed_goes_on() {
    let machine = Machine::new();
    rows(&machine, 6);
    machine.mock.script(Script::of([json!({"status": "processing"})]));
    let mut child = machine.start(&BATCH);
    until("four are submitted", || machine.paid() == 4);
    // Their answers are noted before their tasks are asked for.
    until("and asked for", || {
        let asked = machine.mock.seen().into_iter().filter(|seen| seen.line().starts_with("GET /v1/tasks/task-"));
        asked.map(|seen| seen.line()).collect::<std::collections::BTreeSet<_>>().len() == 4
    });
    kill(&child);
    child.wait().expect("the end");
    machine.mock.answer("GET /v1/tasks/", foxapi_mock::Answer::json(200, done(&machine)));
    machine.mock.script(Script::completed());
    let ended = machine.run(&BATCH);
    each_paid_once(&machine, 6);
    assert!(ended.stderr.contains("6 rows"), "{ended:#?}");
}

/// The answer of a task that is done, for all IDs.
fn done(machine: &Machine) -> String {
    json!({"id": "task-1", "status": "completed", "results": [{"url": format!("{}/files/1", machine.mock.url())}]})
        .to_string()
}

#[test]
fn an_interrupted_run_goes_on() {
    let machine = Machine::new();
    rows(&machine, 6);
    for _ in 0..4 {
        machine.mock.script_once(
            Script::of([json!({"status": "processing"}), json!({"status": "completed", "progress": 100})])
                .file("video/mp4", b"\0\0\0\x18ftypmp42 x".to_vec()),
        );
    }
    let child = machine.start(&BATCH);
    until("the first is asked for", || {
        machine.mock.seen().iter().any(|seen| seen.line().starts_with("GET /v1/tasks/"))
    });
    interrupt(&child);
    let ended = Outcome::of(child.wait_with_output().expect("the end"));
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    assert!(machine.paid() < 6, "nothing new is begun");
    machine.ok(&BATCH);
    assert_eq!(videos(&machine), 6);
    each_paid_once(&machine, 6);
}

#[test]
fn two_processes_share_the_work() {
    let machine = Machine::new();
    rows(&machine, 8);
    machine.mock.latency(std::time::Duration::from_millis(50));
    let [first, second] = [machine.start(&BATCH), machine.start(&BATCH)];
    for child in [first, second] {
        let ended = Outcome::of(child.wait_with_output().expect("the end"));
        assert_eq!(ended.code, Some(0), "{ended:#?}");
    }
    assert_eq!(videos(&machine), 8);
    each_paid_once(&machine, 8);
}
