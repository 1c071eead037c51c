//! The program on a terminal: bars while work is in progress, then a clean screen that says how to continue.

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use foxapi_mock::Script;
use pty_process::Size;
use pty_process::blocking::{Command, Pty};
use serde_json::json;

use crate::program::{KEY, Machine, until};

const MODEL: &str = "kling-v3-text-to-video";
const MAKE: [&str; 6] = ["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"];

/// Enough rows that nothing scrolls away.
const ROWS: u16 = 400;

const CTRL_C: &str = "\u{3}";

/// A program on a terminal that somebody looks at.
struct Terminal {
    child: Child,
    pty: Arc<Pty>,
    seen: Arc<Mutex<Seen>>,
    reader: Option<JoinHandle<()>>,
}

struct Seen {
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

fn non_zero(length: u16) -> NonZero<u16> {
    NonZero::new(length).expect("a length")
}

/// What is left when the program has ended.
#[derive(Debug)]
struct Left {
    code: Option<i32>,
    /// The text on the screen; a line that the terminal wrapped is one line.
    text: String,
    /// Whether a line was longer than the terminal is wide.
    is_wrapped: bool,
    /// Everything that was written, with what moves the cursor.
    raw: String,
}

impl Terminal {
    fn start(machine: &Machine, columns: u16, arguments: &[&str]) -> Self {
        Self::spawn(Command::from(machine.command(arguments)).env("TERM", "xterm-256color"), columns)
    }

    fn spawn(command: Command, columns: u16) -> Self {
        let (pty, pts) = pty_process::blocking::open().expect("a terminal");
        pty.resize(Size::new(ROWS, columns)).expect("a size");
        let child = command.spawn(pts).expect("the program");
        let (pty, screen) = (Arc::new(pty), vt100::Parser::new(non_zero(ROWS), non_zero(columns), 0));
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), screen }));
        let reader = std::thread::spawn({
            let (pty, seen) = (Arc::clone(&pty), Arc::clone(&seen));
            move || {
                let mut buffer = [0; 4096];
                // It ends with an error when the program has closed the terminal.
                while let Ok(length @ 1..) = (&*pty).read(&mut buffer) {
                    let mut seen = seen.lock().expect("what was seen");
                    seen.bytes.extend(&buffer[..length]);
                    seen.screen.process(&buffer[..length]);
                }
            }
        });
        Self { child, pty, seen, reader: Some(reader) }
    }

    /// The rows of the screen that have something on them.
    fn rows(&self) -> Vec<String> {
        let seen = self.seen.lock().expect("what was seen");
        let screen = seen.screen.screen();
        screen.rows(0, screen.size().1.get()).filter(|row| !row.is_empty()).collect()
    }

    /// Waits until the screen shows this in a number of its lines.
    #[track_caller]
    fn shows(&self, text: &str, lines: usize) {
        let mut seen = String::new();
        for _ in 0..1000 {
            seen = self.rows().join("\n");
            if seen.lines().filter(|line| line.contains(text)).count() == lines {
                return;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("not {text:?} in {lines} lines within ten seconds:\n{seen}");
    }

    fn press(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).expect("a terminal");
    }

    #[track_caller]
    fn end(mut self) -> Left {
        until("the program ends", || self.child.try_wait().expect("a child").is_some());
        let code = self.child.wait().expect("the end").code();
        self.reader.take().expect("a reader").join().expect("all was read");
        let seen = self.seen.lock().expect("what was seen");
        let screen = seen.screen.screen();
        let raw = String::from_utf8_lossy(&seen.bytes).into_owned();
        assert!(!raw.contains(KEY) && !raw.contains("panicked"), "{raw:?}");
        Left { code, text: screen.contents(), is_wrapped: (0..ROWS).any(|row| screen.row_wrapped(row)), raw }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it has ended, unless the test fails
    }
}

/// A task that is never done.
fn endless() -> Script {
    Script::of([json!({"status": "processing", "progress": 40})])
}

#[test]
fn ctrl_c_keeps_the_task_and_says_how_to_go_on() {
    for columns in [120, 80, 40, 30] {
        let machine = Machine::new();
        machine.mock.script(endless());
        let terminal = Terminal::start(&machine, columns, &MAKE);
        terminal.shows("40 %", 1);
        let of_note = 68_usize.div_ceil(columns.into());
        assert_eq!(terminal.rows().len(), of_note + 1, "{columns} columns: a bar is one row");
        terminal.press(CTRL_C);
        let left = terminal.end();
        let expected = "task task-1 (if this is interrupted: foxapi wait task-1 -o lake.mp4)\n\
                        error: interrupted; task task-1 continues\n\
                        help: to continue: foxapi wait task-1 -o lake.mp4";
        assert_eq!((left.code, left.text.as_str()), (Some(130), expected), "{columns} columns: {:?}", left.raw);
        assert_eq!(machine.paid(), 1);
    }
}

#[test]
fn ctrl_c_while_submitting_waits_for_the_id() {
    let machine = Machine::new();
    machine.mock.latency(Duration::from_millis(700));
    let terminal = Terminal::start(&machine, 80, &MAKE);
    until("it is submitted", || machine.paid() == 1);
    terminal.press(CTRL_C);
    let left = terminal.end();
    let last = "help: to continue: foxapi wait task-1 -o lake.mp4";
    assert_eq!((left.code, left.text.lines().last()), (Some(130), Some(last)), "{left:?}");
}

#[test]
fn a_second_ctrl_c_ends_what_waits_for_the_id() {
    let batch = ["batch", "shots.csv", "--model", MODEL, "--out", "videos"];
    let open = [
        (&MAKE[..], "it is not known whether the request was accepted"),
        (&batch, "run the same command again: nothing is paid for twice"),
    ];
    for (arguments, shown) in open {
        let machine = Machine::new();
        machine.write("shots.csv", "prompt\nrain\n");
        machine.mock.latency(Duration::from_secs(60));
        let terminal = Terminal::start(&machine, 120, arguments);
        until("it is submitted", || machine.paid() == 1);
        terminal.press(CTRL_C);
        terminal.shows("Ctrl-C again", 1);
        terminal.press(CTRL_C);
        let left = terminal.end();
        assert_eq!((left.code, left.text.contains(shown)), (Some(130), true), "{arguments:?}: {left:?}");
        // What may have been accepted is not paid for again.
        machine.mock.latency(Duration::ZERO);
        assert_ne!(machine.run(arguments).code, Some(0), "{arguments:?}");
        assert_eq!(machine.paid(), 1, "{arguments:?}");
    }
}

#[test]
fn a_bar_goes_when_its_work_is_done() {
    let ends = |columns| {
        let machine = Machine::new();
        let states = [json!({"status": "processing", "progress": 50}), json!({"status": "completed", "progress": 100})];
        machine.mock.script(Script::of(states).file("video/mp4", "a video"));
        let terminal = Terminal::start(&machine, columns, &MAKE);
        terminal.shows("50 %", 1);
        let left = terminal.end();
        let expected = "task task-1 (if this is interrupted: foxapi wait task-1 -o lake.mp4)\nlake.mp4";
        assert_eq!((left.code, left.text.as_str()), (Some(0), expected), "{columns} columns: {:?}", left.raw);
    };
    // Both at once: the task takes its time.
    std::thread::scope(|scope| {
        for columns in [80, 40] {
            scope.spawn(move || ends(columns));
        }
    });
}

#[test]
fn a_batch_has_a_bar_per_task_and_leaves_none() {
    for columns in [80, 40] {
        let machine = Machine::new();
        machine.mock.script(endless());
        machine.write("shots.csv", "prompt\nrain\nsnow\nsun\n");
        let batch = ["batch", "shots.csv", "--model", MODEL, "--out", "videos", "--at-once", "3"];
        let terminal = Terminal::start(&machine, columns, &batch);
        terminal.shows("40 %", 3);
        terminal.press(CTRL_C);
        let left = terminal.end();
        assert_eq!((left.code, left.text.contains('%')), (Some(130), false), "{columns} columns: {left:?}");
        assert!(left.text.contains("error: interrupted") && left.text.contains("help: "), "{left:?}");
        assert_eq!(machine.paid(), 3);
    }
}

#[test]
fn tables_and_texts_fit_a_narrow_terminal() {
    let machine = Machine::new();
    machine.ok(&["make", MODEL, "--prompt", "rain", "-o", "lake.mp4"]);
    for columns in [120, 80, 60] {
        for arguments in [&["models"][..], &["models", "--having", "duration"], &["tasks"], &["--help"]] {
            let left = Terminal::start(&machine, columns, arguments).end();
            assert_eq!(
                (left.code, left.is_wrapped),
                (Some(0), false),
                "{arguments:?}, {columns} columns: {}",
                left.text
            );
        }
    }
}

/// An address is one word, which a terminal breaks where it has to.
#[test]
fn a_description_fits_its_terminal_but_for_the_address() {
    let machine = Machine::new();
    for columns in [120, 80, 60, 40] {
        let left = Terminal::start(&machine, columns, &["describe", MODEL]).end();
        let is_long = |line: &&str| line.chars().count() > columns.into();
        let long: Vec<&str> = left.text.lines().filter(is_long).map(str::trim_start).collect();
        assert!(long.iter().all(|line| line.starts_with("https://")), "{columns} columns: {long:?}");
        assert!(left.code == Some(0) && left.text.contains("Voices need generated audio."), "{}", left.text);
    }
}

#[test]
fn colours_are_on_a_terminal_unless_somebody_minds() {
    let machine = Machine::new();
    // A colour, or bold: not what moves a cursor.
    let is_coloured = |left: &Left| left.raw.contains("\u{1b}[1m") || left.raw.contains("\u{1b}[31m");
    for (variable, flag, expected) in [
        (("OTHER", "1"), "--color=auto", true),
        (("NO_COLOR", "1"), "--color=auto", false),
        (("TERM", "dumb"), "--color=auto", false),
        (("NO_COLOR", "1"), "--color=always", true),
        (("OTHER", "1"), "--color=never", false),
    ] {
        for (arguments, code) in [(["describe", MODEL], 0), (["describe", "x"], 2)] {
            let mut command = machine.command(&arguments);
            command.arg(flag);
            let command = Command::from(command).env("TERM", "xterm-256color").env(variable.0, variable.1);
            let left = Terminal::spawn(command, 80).end();
            assert_eq!((left.code, is_coloured(&left)), (Some(code), expected), "{variable:?} {flag} {arguments:?}");
        }
    }
}

#[test]
fn a_key_that_is_typed_is_not_shown() {
    let machine = Machine::new();
    let command = Command::from(machine.command(&["auth", "login"])).env_remove("FOXAPI_API_KEY");
    let terminal = Terminal::spawn(command, 80);
    terminal.shows("key", 1);
    terminal.press(&format!("{KEY}\r"));
    let left = terminal.end();
    assert_eq!(left.code, Some(0), "{left:?}");
}
