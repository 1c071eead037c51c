//! A copy of the crate `foxapi-models` with other pages, compiled once, which judges bodies.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use foxapi_codegen::File;
use foxapi_tests::workspace;

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
pub(crate) struct CrateCopy {
    folder: PathBuf,
}

impl CrateCopy {
    /// Copies the crate into a folder of this name, with the files of other pages instead of its own.
    pub(crate) fn new(name: &str, files: &[File]) -> Self {
        let (from, to) = (workspace(), Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        fs::create_dir_all(&to).expect("a folder");
        fs::write(to.join("Cargo.toml"), manifest(&from)).expect("a manifest");
        fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock")).expect("the lock file");
        let package = to.join("foxapi-models");
        if package.exists() {
            fs::remove_dir_all(&package).expect("the last run's copy");
        }
        fs::create_dir(&package).expect("a folder");
        fs::copy(from.join("foxapi-models/Cargo.toml"), package.join("Cargo.toml")).expect("the package");
        for part in ["src", "examples"] {
            copy(&from.join("foxapi-models").join(part), &package.join(part));
        }
        let generated = package.join("src/generated");
        fs::remove_dir_all(&generated).expect("its generated code");
        for file in files {
            let path = generated.join(&file.name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &file.text).expect("a generated file");
        }
        fs::create_dir(package.join("src/bin")).expect("a folder");
        fs::write(package.join("src/bin/judge.rs"), JUDGE).expect("a program");
        Self { folder: to }
    }

    /// Adds a module to the crate, of which only errors are asked; `path` is that of its file from the crate's `src`.
    pub(crate) fn add_module(&self, name: &str, path: &str, text: &str) {
        let root = fs::read_to_string(self.folder.join("foxapi-models/src/lib.rs")).expect("the crate");
        self.write("lib.rs", &format!("{root}\n#[allow(warnings)]\nmod {name};\n"));
        self.write(path, text);
    }

    /// Writes a file of the crate, by its path from the crate's `src`.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join("foxapi-models/src").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Compiles the program, with all that Clippy has to say against the crate as errors; returns what it says. Clippy is a
    /// compiler too: asked after another one, it would have the dependencies read once more.
    pub(crate) fn build(&self) -> Result<(), String> {
        self.cargo(&["build", "--bin=judge"], &[("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")])
    }

    /// Compiles the crate as far as needed to know whether it compiles; returns the compiler's errors.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.cargo(&["check", "--lib"], &[])
    }

    fn cargo(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--offline", "--quiet", "--package", "foxapi-models"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env("RUSTFLAGS", "--deny warnings")
            .envs(environment.iter().copied())
            .output()
            .expect("cargo runs");
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }

    /// The paths that the program blames in each body; every body must be on one line.
    pub(crate) fn judge<'b>(&self, bodies: impl IntoIterator<Item = &'b str>) -> Vec<BTreeSet<String>> {
        let mut child = Command::new(target().join("debug/judge"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
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

/// The manifest of a workspace with nothing but the crate. What no page changes stays where it is, so that it is compiled
/// once for all copies; and nothing is optimised, because compiling takes longer than running.
fn manifest(workspace: &Path) -> String {
    let text = fs::read_to_string(workspace.join("Cargo.toml")).expect("the workspace");
    let (before, rest) = text.split_once("members = [").expect("its members");
    let (_, after) = rest.split_once(']').expect("their end");
    let (after, _) = after.split_once("[profile.").expect("its profiles");
    let after = after.replace("path = \"", &format!("path = \"{}/", workspace.display()));
    format!("{before}members = [\"foxapi-models\"]{after}[profile.dev]\ndebug = false\n")
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
