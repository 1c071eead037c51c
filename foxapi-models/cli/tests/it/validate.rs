//! `validate --json` from end to end: lines in, verdicts out.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::thread;

use serde_json::{Value, json};

use crate::program::Machine;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const VALID: &str = r#"{"model": "kling-v3-text-to-video", "prompt": "rain on a lake"}"#;
const INVALID: &str = r#"{"model": "kling-v3-text-to-video", "prompt": "rain on a lake", "duration": 7}"#;

/// The program with all its streams in our hands.
fn start() -> Result<Child> {
    let machine = Machine::new();
    let mut command = machine.command(&["validate", "--json"]);
    Ok(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}

/// What the program says of its whole input, and how it ends.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    verdicts: Vec<Value>,
    stderr: String,
}

fn validate(input: impl AsRef<[u8]>) -> Result<Outcome> {
    let mut child = start()?;
    child.stdin.take().ok_or("no stdin")?.write_all(input.as_ref())?;
    let output = child.wait_with_output()?;
    let stdout = String::from_utf8(output.stdout)?;
    assert!(stdout.is_empty() || stdout.ends_with('\n'), "{stdout}");
    let verdicts = stdout.lines().map(serde_json::from_str).collect::<serde_json::Result<_>>()?;
    Ok(Outcome { code: output.status.code(), verdicts, stderr: String::from_utf8(output.stderr)? })
}

fn valid() -> Value {
    json!({ "valid": true, "model": "kling-v3-text-to-video" })
}

fn invalid(path: &str, keyword: &str, message: &str) -> Value {
    json!({ "valid": false, "violations": [{ "path": path, "keyword": keyword, "message": message }] })
}

#[track_caller]
fn check(input: impl AsRef<[u8]>, code: i32, verdicts: &[Value]) -> Result {
    let outcome = validate(input)?;
    assert_eq!(outcome.verdicts, verdicts, "{outcome:#?}");
    assert_eq!(outcome.code, Some(code), "{outcome:#?}");
    assert_eq!(outcome.stderr, "");
    Ok(())
}

#[test]
fn a_valid_document() -> Result {
    check(format!("{VALID}\n"), 0, &[valid()])
}

#[test]
fn an_invalid_document() -> Result {
    check(format!("{INVALID}\n"), 1, &[invalid("/duration", "enum", "is 7, only 5 and 10 are allowed")])
}

#[test]
fn a_document_over_several_lines() -> Result {
    for (document, code, verdict) in
        [(VALID, 0, valid()), (INVALID, 1, invalid("/duration", "enum", "is 7, only 5 and 10 are allowed"))]
    {
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(document)?)?;
        check(&pretty, code, std::slice::from_ref(&verdict))?;
        check(format!("{pretty}\r\n"), code, &[verdict])?;
    }
    let machine = Machine::new();
    machine.write("body", serde_json::to_string_pretty(&json!({"model": "kling-v3-text-to-video"}))?);
    let wrong = machine.run(&["validate", "body"]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(1), "body: /prompt: is required\n"));
    Ok(())
}

#[test]
fn no_document_at_all() -> Result {
    check("", 0, &[])
}

#[test]
fn a_last_line_without_an_end() -> Result {
    check(VALID, 0, &[valid()])
}

#[test]
fn a_line_that_is_not_json() -> Result {
    let outcome = validate("rain on a lake\n")?;
    assert_eq!(outcome.code, Some(1));
    let violation = &outcome.verdicts[0]["violations"][0];
    assert_eq!((&violation["path"], &violation["keyword"]), (&json!(""), &json!("syntax")));
    assert!(
        violation["message"].as_str().is_some_and(|message| message.starts_with("cannot be read as JSON: ")),
        "{violation}"
    );
    Ok(())
}

#[test]
fn two_documents_on_one_line() -> Result {
    let outcome = validate(format!("{VALID} {VALID}\n"))?;
    assert_eq!(outcome.code, Some(1));
    assert_eq!(outcome.verdicts[0]["violations"][0]["keyword"], "syntax");
    Ok(())
}

#[test]
fn an_empty_line() -> Result {
    let empty = invalid("", "syntax", "is empty, a JSON object is expected");
    check(format!("\n{VALID}\n  \t\n\r\n"), 1, &[empty.clone(), valid(), empty.clone(), empty])
}

#[test]
fn bytes_that_are_not_utf_8() -> Result {
    let mut input = br#"{"model": ""#.to_vec();
    input.extend(b"\xff\"}\n");
    input.extend(VALID.as_bytes());
    check(input, 1, &[invalid("", "syntax", "is not UTF-8 after byte 11"), valid()])
}

#[test]
fn lines_that_end_as_on_windows() -> Result {
    let violation = invalid("/duration", "enum", "is 7, only 5 and 10 are allowed");
    check(format!("{VALID}\r\n{INVALID}\r\n"), 1, &[valid(), violation])
}

#[test]
fn verdicts_are_in_the_order_of_the_documents() -> Result {
    let wrong: Vec<usize> = (0..100).filter(|line| line % 7 == 3).collect();
    let input: String =
        (0..100).map(|line| format!("{}\n", if wrong.contains(&line) { INVALID } else { VALID })).collect();
    let outcome = validate(input)?;
    let refused = outcome.verdicts.iter().enumerate().filter(|(_, verdict)| verdict["valid"] == json!(false));
    assert_eq!(refused.map(|(line, _)| line).collect::<Vec<_>>(), wrong);
    assert_eq!((outcome.verdicts.len(), outcome.code), (100, Some(1)));
    Ok(())
}

#[test]
fn documents_are_judged_one_by_one_and_not_kept() -> Result {
    const LINES: usize = 100_000;

    let mut child = start()?;
    let mut stdin = child.stdin.take().ok_or("no stdin")?;
    let writer = thread::spawn(move || -> std::io::Result<_> {
        let line = format!("{VALID}\n");
        for _ in 0..LINES {
            stdin.write_all(line.as_bytes())?;
        }
        Ok(stdin) // still open: what is read below was judged before the input ended
    });
    let mut verdicts = BufReader::new(child.stdout.take().ok_or("no stdout")?).lines();

    for _ in 0..1000 {
        verdicts.next().ok_or("the verdicts end early")??;
    }
    let early = peak_memory(&child);
    for _ in 1000..LINES - 1000 {
        verdicts.next().ok_or("the verdicts end early")??;
    }
    let late = peak_memory(&child);
    drop(writer.join().map_err(|_| "the writer failed")??);
    assert_eq!(verdicts.count(), 1000);
    assert!(child.wait()?.success());

    if let (Some(early), Some(late)) = (early, late) {
        assert!(late < early + 1024, "{early} kB after 1000 documents, {late} kB after {LINES}");
    }
    Ok(())
}

/// The most memory that a process ever used, in kB, where the system says so.
fn peak_memory(process: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() -> Result {
    let mut child = start()?;
    let mut stdin = child.stdin.take().ok_or("no stdin")?;
    let mut stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?);
    let writer = thread::spawn(move || {
        let line = format!("{VALID}\n");
        // Ends when the program does.
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let mut first = String::new();
    stdout.read_line(&mut first)?;
    drop(stdout);

    assert_eq!(serde_json::from_str::<Value>(&first)?, valid());
    assert_eq!(child.wait()?.code(), Some(0));
    writer.join().map_err(|_| "the writer failed")?;
    let mut stderr = String::new();
    child.stderr.take().ok_or("no stderr")?.read_to_string(&mut stderr)?;
    assert_eq!(stderr, "");
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_input_that_cannot_be_read() -> Result {
    let machine = Machine::new();
    let folder = std::fs::File::open(machine.path(""))?;
    let output = machine.command(&["validate", "--json"]).stdin(folder).output()?;
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr)?;
    assert!(stderr.starts_with("error: ") && stderr.lines().count() == 1, "{stderr}");
    machine.fails(2, &["validate", "no-such.jsonl"]);
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written() -> Result {
    let machine = Machine::new();
    machine.write("bodies.jsonl", VALID);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let output = machine.command(&["validate", "--json", "bodies.jsonl"]).stdout(full).output()?;
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr)?.starts_with("error: "));
    Ok(())
}
