//! Results go to one stream and messages to the other; if one is closed, the program neither fails nor stops.

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

/// Wrong command lines, and what is said about them.
#[rustfmt::skip]
const MISTAKES: &[(&[&str], &str, &str)] = &[
    (&["mkae"], "there is no command `mkae`", "did you mean `man` or `make`?"),
    (&["models", "extra"], "unexpected argument `extra`", "usage: foxapi models [OPTIONS]"),
    (&["describe"], "missing: <MODEL>", "usage: foxapi describe <MODEL>"),
    (&["describe", ""], "there is no model \"\"", "`foxapi models` lists the models"),
    (&["describe", "kling-v3-text-to-vidoe"], "there is no model \"kling-v3-text-to-vidoe\"", "did you mean `kling-v3-text-to-video`?"),
    (&["describe", "lite-image-to-video"], "there is no model \"lite-image-to-video\"", "did you mean `veo-3.1-lite-image-to-video`?"),
    (&["describe", MODEL, "--json", "--schema"], "`--json` cannot be used with `--schema`", "usage: foxapi describe --json <MODEL>"),
    (&["make", "kling-v3-text-to-vidoe", "--prompt", "x"], "there is no model \"kling-v3-text-to-vidoe\"", "did you mean `kling-v3-text-to-video`?"),
    (&["make", MODEL, "--promt", "x"], "unexpected argument `--promt`", "did you mean `--prompt`?"),
    (&["make", MODEL, "--prompt", "x", "--prompt", "y"], "`--prompt <TEXT|@FILE>` is given twice", "usage: foxapi make kling-v3-text-to-video --prompt … [OPTIONS]"),
    (&["make", MODEL, "--prompt", "@"], "`@` names no file", "`@FILE` stands for the text in a file; a text that begins with `@` is written `@@…`"),
    (&["make", MODEL, "--prompt", "x", "--no-wait", "-o", "y"], "`--no-wait` cannot be used with `--output <FILE>`", "usage: foxapi make kling-v3-text-to-video --prompt … [OPTIONS]"),
    (&["make", MODEL, "--set", "duration"], "--set duration: has no `=` and no value", "for example: --set seed=5, --set 'style=\"oil\"', --set elements.0.name='\"Anna\"', --set shots=@shots.json"),
    (&["make", MODEL, "--set", "prompt={\"a\": 1, \"a\": 2}"], "--set prompt: the value has /a twice; a text needs quotes", "for example: --set seed=5, --set 'style=\"oil\"', --set elements.0.name='\"Anna\"', --set shots=@shots.json"),
    (&["wait"], "missing: <TASK>", "usage: foxapi wait <TASK>"),
    (&["wait", ""], "nothing was sent: this cannot be the ID of a task", "`foxapi tasks` lists the tasks that were submitted from here"),
    (&["tools", "--for", "openai", "x"], "there is no model \"x\"", "`foxapi models` lists the models"),
    (&["tasks", "resolve", "x", "--not-accepted"], "\"x\" is not in the journal", "`foxapi tasks` lists the keys"),
];

#[test]
fn mistakes_are_explained_and_have_a_help_line() {
    let machine = Machine::new();
    machine.ok(&["make", MODEL, "--prompt", "rain"]);
    let seen = machine.mock.seen().len();
    for (arguments, error, help) in MISTAKES {
        let wrong = machine.fails(2, arguments);
        assert_eq!(wrong.lines("error:"), [*error], "{arguments:?}");
        assert!(wrong.lines("help:").contains(help), "{arguments:?}: {wrong:#?}");
        assert_eq!(wrong.stdout, "", "{arguments:?}");
    }
    for (arguments, error) in [
        (
            &["wait", "task-1", "--timeout", "0"][..],
            "`0` is not a value of `--timeout <SECONDS>`: 0 is not in 1..=31536000",
        ),
        (
            &["wait", "task-1", "--timeout", "x"],
            "`x` is not a value of `--timeout <SECONDS>`: invalid digit found in string",
        ),
        (&["models", "--color", "mauve"], "`mauve` is not a value of `--color <WHEN>`: auto, always, never"),
        (
            &["make", MODEL, "--body", "no-such.json"],
            "no-such.json cannot be read: No such file or directory (os error 2)",
        ),
        (&["make", MODEL, "--body", "."], ". cannot be read: Is a directory (os error 21)"),
    ] {
        let wrong = machine.fails(2, arguments);
        assert_eq!((wrong.lines("error:"), wrong.lines("help:").len()), (vec![error], 0), "{arguments:?}");
    }
    assert_eq!(machine.mock.seen().len(), seen, "nothing was sent");
}

/// Words that no text can hold.
#[cfg(unix)]
#[test]
fn arguments_that_are_not_text_are_refused_where_a_text_is_needed() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let machine = Machine::new();
    let odd = OsStr::from_bytes(b"a\xffb");
    for arguments in [&["describe"][..], &["make", MODEL, "--prompt"], &["wait"], &["models", "--having"], &[]] {
        let wrong = Outcome::of(machine.command(arguments).arg(odd).output().expect("the program"));
        assert_eq!((wrong.code, wrong.lines("error:").len()), (Some(2), 1), "{arguments:?}: {wrong:#?}");
    }
    // A name of a file can be anything.
    let made = machine.command(&["make", MODEL, "--prompt", "rain", "-o"]).arg(odd).output().expect("the program");
    assert!(made.status.success(), "{made:?}");
    assert!(machine.path("").join(odd).is_file());
}
