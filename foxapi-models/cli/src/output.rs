//! Output: results go to standard output, everything else to standard error, and neither can stop the work.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::failure::Failure;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();
/// The style of names that a reader looks for.
pub(crate) const STRONG: Style = Style::new().bold();

/// The two streams of the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    quiet: bool,
}

impl Output {
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    pub(crate) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Standard output, for results. Flush it, so that an error is reported.
    pub(crate) fn data(self) -> impl Write {
        BufWriter::new(anstream::stdout().lock())
    }

    /// The width to fit a table into; `None` if the output is not a terminal.
    pub(crate) fn width(self) -> Option<u16> {
        let size = io::stdout().is_terminal().then(terminal_size::terminal_size)??;
        Some(size.0.0)
    }

    /// Prints a line about the progress, for people; nothing with `--quiet`.
    pub(crate) fn note(self, line: &str) {
        if !self.quiet {
            say(&clean(line));
        }
    }

    /// Reports why a command failed, and returns its exit code.
    pub(crate) fn failed(self, failure: &Failure) -> ExitCode {
        complain(&failure.errors, &failure.help);
        ExitCode::from(failure.exit.code())
    }
}

/// Writes `error:` and `help:` lines.
pub(crate) fn complain(errors: &[String], help: &[String]) {
    for error in errors {
        say(&format!("{ERROR}error:{ERROR:#} {}", clean(error)));
    }
    for help in help {
        say(&format!("{HELP}help:{HELP:#} {}", clean(help)));
    }
}

/// Writes a line to standard error, ignoring errors: if nobody reads it, that is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// A text from any source without anything that moves a terminal's cursor or changes its colours. Lines are kept.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => clean.push_str("\n  "),
            letter if letter.is_control() || is_invisible(letter) => clean.extend(letter.escape_unicode()),
            letter => clean.push(letter),
        }
    }
    clean
}

/// Writes a value as one line of JSON, which also does not contain anything that moves a terminal's cursor.
pub(crate) fn json(mut data: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut data, Escaped))?;
    data.write_all(b"\n")
}

/// Escapes what [`clean`] escapes, in the way of JSON.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for letter in fragment.chars() {
            match letter {
                letter if letter.is_control() || is_invisible(letter) => {
                    write!(writer, "\\u{:04x}", u32::from(letter))?
                }
                letter => write!(writer, "{letter}")?,
            }
        }
        Ok(())
    }
}

/// Whether a character reverses the direction of a text, or is invisible.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use serde_json::{Value, json};

    use super::clean;

    #[test]
    fn json_says_the_same_and_moves_no_cursor() {
        let value = json!({"a\u{9b}2J": "b\u{1b}[31m\u{202e}c\u{7f}", "雨": ["\"\\\n", 1.5, null]});
        let mut written = Vec::new();
        super::json(&mut written, &value).expect("memory");
        let text = String::from_utf8(written).expect("text");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert_eq!(text.matches(|c: char| c.is_control() || c == '\u{202e}').collect::<Vec<_>>(), ["\n"], "{text}");
        assert!(text.ends_with('\n') && text.contains('雨'), "{text}");
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        assert_eq!(clean("a\u{1b}]0;title\u{7}b"), r"a\u{1b}]0;title\u{7}b");
        assert_eq!(clean("evil\u{202e}txt"), r"evil\u{202e}txt");
        assert_eq!(clean("雨\r"), r"雨\u{d}");
    }

    #[test]
    fn a_further_line_cannot_look_like_one_of_ours() {
        assert_eq!(clean("first\nerror: second"), "first\n  error: second");
    }
}
