//! Streams: results on one, words on the other, and a closed one is no reason to fail or to stop.

use std::process::Stdio;

use crate::program::{Machine, Outcome, until};

const MODEL: &str = "kling-v3-text-to-video";

#[test]
fn a_closed_pipe_ends_quietly() {
    let machine = Machine::new();
    for arguments in [
        &["models"][..],
        &["models", "--json"],
        &["describe", MODEL],
        &["schema", MODEL],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let mut child = machine.start(arguments);
        drop(child.stdout.take());
        let ended = Outcome::of(child.wait_with_output().expect("the end"));
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn work_that_is_paid_for_goes_on_when_nobody_reads() {
    let machine = Machine::new();
    let mut child = machine.start(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    drop(child.stderr.take());
    drop(child.stdout.take());
    until("the file is there", || machine.path("lake.mp4").exists());
    child.wait().expect("the end");
    assert_eq!(machine.paid(), 1);
}

#[test]
fn a_full_disk_under_the_output_is_an_error() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let machine = Machine::new();
    let mut command = machine.command(&["models"]);
    let full = std::fs::OpenOptions::new().write(true).open(full).expect("the device");
    let ended = Outcome::of(command.stdout(full).stderr(Stdio::piped()).output().expect("the program"));
    assert_eq!(ended.code, Some(1), "{ended:#?}");
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let machine = Machine::new();
    let coloured = |text: &str| text.contains('\u{1b}');
    assert!(!coloured(&machine.ok(&["describe", MODEL]).stdout));
    assert!(coloured(&machine.ok(&["describe", MODEL, "--color", "always"]).stdout));
    assert!(coloured(&machine.run(&["--color=always", "describe", "x"]).stderr));
    assert!(!coloured(&machine.fails(2, &["describe", "x"]).stderr));
    let wrong = machine.run(&["describe", MODEL, "--color", "mauve"]);
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn quiet_leaves_results_and_errors() {
    let machine = Machine::new();
    let made = machine.ok(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4", "--quiet"]);
    assert_eq!((made.stdout.as_str(), made.stderr.as_str()), ("lake.mp4\n", ""));
    machine.fails(2, &["-q", "describe", "x"]);
}

#[test]
fn mistakes_have_a_help_line() {
    let machine = Machine::new();
    for (arguments, help) in [
        (&["mkae"][..], "`make`?"),
        (&["describe", "kling-v3-text-to-vidoe"], "did you mean `kling-v3-text-to-video`?"),
        (&["make", "kling-v3-text-to-vidoe", "--prompt", "x"], "did you mean `kling-v3-text-to-video`?"),
        (&["make", MODEL, "--promt", "x"], "did you mean `--prompt`?"),
        (&["wait"], "usage: foxapi wait"),
    ] {
        let wrong = machine.fails(2, arguments);
        assert!(wrong.lines("help:").iter().any(|line| line.contains(help)), "{arguments:?}: {wrong:#?}");
    }
}
