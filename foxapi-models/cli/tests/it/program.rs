//! The program in its own folder and environment.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use foxapi_mock::{Mock, Script};
use serde_json::Value;
use tempfile::TempDir;

/// The key of all tests: it must be in no output and in no file.
pub(crate) const KEY: &str = "sk-0123456789abcdefghij";

/// Somebody's machine, and the API.
pub(crate) struct Machine {
    pub(crate) mock: Mock,
    folder: TempDir,
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Machine {
    /// With tasks that are done at the first question.
    pub(crate) fn new() -> Self {
        let mock = Mock::start().expect("a server");
        mock.script(Script::completed());
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["home", "work"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Self { mock, folder }
    }

    /// A path in the folder that the program works in.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path(name), contents).expect("a file");
    }

    /// The names of the files in the folder that the program works in, or in one below it.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foxapi"));
        let home = self.folder.path().join("home");
        command
            .args(arguments)
            .current_dir(self.folder.path().join("work"))
            .env_clear()
            .env("HOME", &home)
            .env("USERPROFILE", &home)
            // The keyring of whoever runs the tests stays as it is.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nobody/listens")
            .env("FOXAPI_API_KEY", KEY)
            .env("FOXAPI_BASE_URL", self.mock.url())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(arguments).output().expect("the program"))
    }

    /// Runs what must work.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}: {outcome:#?}");
        outcome
    }

    /// Runs what must fail.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(code), "{arguments:?}: {outcome:#?}");
        assert!(outcome.stderr.contains("error: "), "{arguments:?}: {outcome:#?}");
        outcome
    }

    /// How often something was submitted, and would have been charged.
    pub(crate) fn paid(&self) -> usize {
        self.mock.submissions().len()
    }

    /// Looks for the key in all files that the program has left.
    pub(crate) fn keeps_no_key(&self) {
        let mut folders = vec![self.folder.path().to_owned()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files += 1;
                    let bytes = fs::read(&path).expect("a file");
                    assert!(!contains(&bytes, KEY.as_bytes()), "{} holds the key", path.display());
                }
            }
        }
        assert!(files > 0, "there is nothing to look into");
    }
}

impl Outcome {
    #[track_caller]
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let outcome = Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(!outcome.stdout.contains(KEY) && !outcome.stderr.contains(KEY), "the key is in the output");
        assert!(!outcome.stderr.contains("panicked"), "{outcome:#?}");
        outcome
    }

    /// Standard output as one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The lines of standard error that begin so.
    pub(crate) fn lines(&self, beginning: &str) -> Vec<&str> {
        self.stderr.lines().filter_map(|line| line.strip_prefix(beginning)).map(str::trim).collect()
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Sends the signal of Ctrl-C.
pub(crate) fn interrupt(child: &Child) {
    signal(child, "-INT");
}

/// Ends a process as a crash does.
pub(crate) fn kill(child: &Child) {
    signal(child, "-KILL");
}

fn signal(child: &Child, name: impl AsRef<OsStr>) {
    let sent = Command::new("kill").arg(name).arg(child.id().to_string()).status().expect("kill");
    assert!(sent.success());
}

/// Waits for something that will be so soon.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("not within ten seconds: {what}");
}

/// What a file holds.
pub(crate) fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned()
}
