//! The key: kept where only its owner reads it, and never shown.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::program::{KEY, Machine, Outcome};

/// Runs the program without the key in its environment, with something on standard input.
fn run(machine: &Machine, arguments: &[&str], input: &str) -> Outcome {
    let mut command = machine.command(arguments);
    let command = command.env_remove("FOXAPI_API_KEY").stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    // A program that does not want it may be gone already.
    let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
    Outcome::of(child.wait_with_output().expect("the end"))
}

#[test]
fn a_key_is_kept_used_and_forgotten() {
    let machine = Machine::new();
    assert_eq!(run(&machine, &["auth", "status"], "").code, Some(1));
    let stored = run(&machine, &["auth", "login"], &format!("{KEY}\n"));
    assert_eq!(stored.code, Some(0), "{stored:#?}");
    let status = run(&machine, &["auth", "status"], "");
    assert_eq!(status.code, Some(0), "{status:#?}");

    machine.mock.key(KEY);
    let used = run(&machine, &["credits"], "");
    assert_eq!(used.code, Some(0), "{used:#?}");

    let path = status.stdout.trim().strip_prefix("the key comes from the file ").expect("no keyring is reachable");
    assert_eq!(fs::read_to_string(path).expect("the file").trim(), KEY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{mode:o}");
    }
    assert_eq!(run(&machine, &["auth", "logout"], "").code, Some(0));
    assert_eq!(run(&machine, &["auth", "status"], "").code, Some(1));
    assert_eq!(run(&machine, &["auth", "logout"], "").code, Some(0));
}

#[test]
fn the_environment_wins() {
    let machine = Machine::new();
    run(&machine, &["auth", "login"], "sk-another-key-0123456789\n");
    machine.mock.key(KEY);
    machine.ok(&["credits"]);
    let status = machine.ok(&["auth", "status"]).stdout;
    assert!(status.contains("FOXAPI_API_KEY"), "{status}");
    run(&machine, &["auth", "logout"], "");
}

#[test]
fn what_is_not_a_key_is_not_kept() {
    let machine = Machine::new();
    for input in ["", "\n", "sk-a b\n", "sk-\u{7f}\n"] {
        let refused = run(&machine, &["auth", "login"], input);
        assert_ne!(refused.code, Some(0), "{input:?}: {refused:#?}");
    }
    assert_eq!(run(&machine, &["auth", "status"], "").code, Some(1));
}
