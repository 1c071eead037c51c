//! A copy of the crate `foxapi-models` with other pages, compiled once, which judges bodies.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use foxapi_codegen::File;
use foxapi_tests::workspace;
use tempfile::TempDir;

/// The program in the copy: it prints the paths that are blamed in each body, one body per line.
const JUDGE: &str = r#"//! Judges bodies.

use std::io::{self, Write};

use foxapi_models::{AnyRequest, Request};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lines() {
        let violations = AnyRequest::from_json(&line?).err();
        let paths: Vec<String> = violations.iter().flatten().map(|violation| violation.path.clone()).collect();
        serde_json::to_writer(&mut output, &paths)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}
"#;

/// The crate in its own folder.
pub(crate) struct Program {
    folder: TempDir,
}

impl Program {
    /// Copies the crate, with the files of other pages instead of its own.
    pub(crate) fn new(files: &[File]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let (from, to) = (workspace(), folder.path());
        // The copy has only the crate and its dependencies in the workspace.
        let manifest = fs::read_to_string(from.join("Cargo.toml")).expect("the workspace");
        let (before, rest) = manifest.split_once("members = [").expect("its members");
        let (_, after) = rest.split_once(']').expect("their end");
        fs::write(
            to.join("Cargo.toml"),
            format!("{before}members = [\"foxapi-models\", \"foxapi-models/schema\"]{after}"),
        )
        .expect("a manifest");
        fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock")).expect("the lock file");
        copy(&from.join("foxapi-models"), &to.join("foxapi-models"));
        let generated = to.join("foxapi-models/src/generated");
        fs::remove_dir_all(&generated).expect("its generated code");
        fs::create_dir(&generated).expect("a folder");
        for file in files {
            let path = generated.join(&file.name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &file.text).expect("a generated file");
        }
        fs::write(to.join("foxapi-models/examples/judge.rs"), JUDGE).expect("an example");
        Self { folder }
    }

    /// Writes a file of the crate, by its path from the crate's `src`.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join("foxapi-models/src").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs cargo in the copy, with warnings as errors. Returns its output if it fails.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Result<(), String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--offline", "--quiet", "--package", "foxapi-models"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTFLAGS", "--deny warnings")
            .output()
            .expect("cargo runs");
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }

    /// The paths that the program blames in each body; every body must be on one line.
    pub(crate) fn judge<'b>(&self, bodies: impl IntoIterator<Item = &'b str>) -> Vec<BTreeSet<String>> {
        let mut child = Command::new(target().join("debug/examples/judge"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example runs");
        let mut input = child.stdin.take().expect("its input");
        let lines: String = bodies.into_iter().map(|body| format!("{body}\n")).collect();
        // Written in a thread, since the program answers while it reads.
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = child.wait_with_output().expect("its output");
        writer.join().expect("the writer").expect("all is written");
        let answers = String::from_utf8(output.stdout).expect("text");
        answers.lines().map(|line| serde_json::from_str(line).expect("the paths")).collect()
    }
}

/// Kept between runs, so that only changes are compiled.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("keywords")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a file");
        }
    }
}
