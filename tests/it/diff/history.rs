//! `cargo xtask diff` from end to end: in a git repository with a history of spec edits, and on folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use foxapi_tests::{copy_specs, spec_file, spec_files};
use serde_json::Value;
use tempfile::TempDir;

/// A repository whose first commit has the spec files of the workspace.
struct Repository {
    root: TempDir,
}

/// The output of a command, and how it ended.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Outcome {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Repository {
    fn new() -> Self {
        let repository = Self { root: TempDir::new().expect("a folder") };
        fs::create_dir_all(repository.path("deep/spec")).expect("a folder");
        copy_specs(&repository.path("deep/spec"), &[FAMILY]).expect("a copy");
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.root.path())
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits everything, and tags it.
    fn commit(&self, tag: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", tag]);
        self.git(&["tag", tag]);
    }

    /// Replaces a text that a spec file must contain.
    fn edit(&self, file: &str, old: &str, new: &str) {
        let path = spec_file(&self.path("deep/spec"), file);
        let text = fs::read_to_string(&path).expect("a spec file");
        assert!(text.contains(old), "{file} has no {old}");
        fs::write(path, text.replacen(old, new, 1)).expect("a spec file");
    }

    fn diff(&self, arguments: &[&str]) -> Outcome {
        diff(self.root.path(), &[&["--spec", "deep/spec"], arguments].concat())
    }
}

/// Runs `cargo xtask diff` in a folder.
fn diff(folder: &Path, arguments: &[&str]) -> Outcome {
    let mut command = crate::commands();
    let output = command.arg("diff").args(arguments).current_dir(folder).output().expect("the program runs");
    Outcome::of(output)
}

/// The pages of these tests, and their neighbours.
const FAMILY: &str = "video/kling";
const O3: &str = "kling-o3-image-to-video.json";
const V3: &str = "kling-v3-text-to-video.json";

#[test]
fn a_history_is_walked_from_end_to_end() {
    let repository = Repository::new();
    repository.edit(O3, "\"maximum\": 15", "\"maximum\": 20");
    repository.commit("second");
    repository.edit(V3, "\"maxLength\": 2500", "\"maxLength\": 2000");
    repository.commit("third");
    repository.edit(O3, "\"maximum\": 20", "\"maximum\": 15");
    repository.edit(V3, "\"maxLength\": 2000", "\"maxLength\": 2500");
    repository.commit("fourth");

    let reported = |from: &str, to: &str| {
        let outcome = repository.diff(&["--from", from, "--to", to, "--json"]);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{outcome:#?}");
        let document: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let changes = document["changes"].as_array().expect("changes").iter();
        let changes: Vec<String> = changes
            .map(|change| format!("{}: {}, {}", change["subject"], change["what"], change["bodies"]["class"]))
            .collect();
        (document["step"].as_str().expect("a step").to_owned(), changes)
    };
    let wider = r#""duration": "at most 15 → at most 20", "safe""#.to_owned();
    let shorter = r#""prompt": "at most 2500 characters → at most 2000 characters", "breaking""#.to_owned();
    assert_eq!(reported("first", "second"), ("minor".to_owned(), vec![wider.clone()]));
    assert_eq!(reported("second", "third"), ("major".to_owned(), vec![shorter.clone()]));
    assert_eq!(reported("first", "third"), ("major".to_owned(), vec![wider, shorter]));
    // A change that was undone is not a change.
    assert_eq!(reported("first", "main"), ("none".to_owned(), vec![]));
    assert_eq!(reported("third~2", "HEAD"), ("none".to_owned(), vec![]));
}

#[test]
fn the_edits_since_the_last_commit_are_what_is_compared_by_default() {
    let repository = Repository::new();
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.stdout, "HEAD → the working tree\n\nno changes for callers\n");
    assert_eq!(repository.diff(&["--markdown"]).stdout, "No changes for callers.\n");
    repository.edit(V3, "\"maxLength\": 2500", "\"maxLength\": 2000");
    let outcome = repository.diff(&[]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    // Which version follows changes with each release.
    let (report, _) = outcome.stdout.rsplit_once(": ").expect("a step");
    assert_eq!(
        report,
        "HEAD → the working tree\n\
         \n\
         kling-v3-text-to-video\n  \
           prompt: at most 2500 characters → at most 2000 characters\n    \
             bodies  breaking  was valid with `\"prompt\": \"…\"` (2001 characters)\n    \
             code    safe      types stay as they are\n\
         \n\
         1 change: 1 breaking\n\
         version step: major"
    );
    // The output is the same twice.
    assert_eq!(repository.diff(&[]).stdout, outcome.stdout);
}

#[test]
fn the_class_that_must_not_be_fails_the_command() {
    let repository = Repository::new();
    repository.edit(V3, "\"default\": \"720p\"", "\"default\": \"1080p\"");
    for (arguments, code, message) in [
        (["--fail-on", "breaking"], Some(0), ""),
        (["--fail-on", "risky"], Some(1), "error: 1 change is risky or breaking\n"),
    ] {
        let outcome = repository.diff(&arguments);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (code, message), "{outcome:#?}");
        assert!(outcome.stdout.contains("default `720p` → `1080p`"), "{outcome:#?}");
    }
    for arguments in [["--fail-on", "safe"], ["--json", "--markdown"], ["--from", ""]] {
        let outcome = repository.diff(&arguments);
        assert!(outcome.code > Some(0) && outcome.stdout.is_empty(), "{outcome:#?}");
    }
}

#[test]
fn a_side_that_is_wrong_is_an_error_and_never_no_changes() {
    let repository = Repository::new();
    repository.edit(V3, "\"maxLength\"", "\"maxLenght\"");
    repository.commit("broken");
    repository.edit(V3, "\"maxLenght\"", "\"maxLength\"");
    repository.commit("mended");
    for (arguments, place) in [
        (["--from", "broken", "--to", "mended"], "broken:deep/spec/video/kling/kling-v3-text-to-video.json:"),
        (["--from", "mended", "--to", "broken"], "broken:deep/spec/video/kling/kling-v3-text-to-video.json:"),
    ] {
        let outcome = repository.diff(&arguments);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{outcome:#?}");
        assert!(outcome.stderr.contains(place), "{outcome:#?}");
        assert!(outcome.stderr.contains("did you mean \"maxLength\"?"), "{outcome:#?}");
        let ending = "error: 1 problem in the spec files of broken; nothing was compared\n";
        assert!(outcome.stderr.ends_with(ending), "{outcome:#?}");
    }
    fs::write(spec_file(&repository.path("deep/spec"), O3), [0xff, 0xfe]).expect("a file");
    let outcome = repository.diff(&["--fail-on", "breaking"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{outcome:#?}");
    assert!(outcome.stderr.contains("deep/spec/video/kling/kling-o3-image-to-video.json:1:1:"), "{outcome:#?}");
}

#[test]
fn a_name_that_stands_for_nothing_or_for_two_things_is_an_error() {
    let repository = Repository::new();
    repository.git(&["tag", "notes"]);
    fs::create_dir(repository.path("notes")).expect("a folder");
    fs::create_dir(repository.path("empty")).expect("a folder");
    repository.git(&["checkout", "--quiet", "--orphan", "without"]);
    repository.git(&["rm", "-r", "--quiet", "--cached", "."]);
    fs::write(repository.path("README.md"), "nothing").expect("a file");
    repository.git(&["add", "README.md"]);
    repository.git(&["commit", "--quiet", "--message", "without"]);
    for (name, reason) in [
        ("v9", "error: `v9` is neither a folder nor a revision: git knows no such commit\n  help: `git log"),
        ("--exec=x", "error: `--exec=x` is neither a folder nor a revision"),
        ("first:deep/spec", "is neither a folder nor a revision"),
        ("notes", "error: `notes` is both a folder and a revision\n  help: write `./notes` for the folder"),
        ("without", "error: revision `without` has no spec file in `deep/spec/`"),
        ("./empty", "error: spec folder `./empty` has no spec file"),
        ("./nowhere", "error: `./nowhere` is neither a folder nor a revision"),
    ] {
        let outcome = repository.diff(&[&format!("--from={name}")]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{name}: {outcome:#?}");
        assert!(outcome.stderr.contains(reason), "{name}: {outcome:#?}");
    }
    // Both ways out of the ambiguity lead somewhere.
    copy_specs(&repository.path("notes"), &[FAMILY]).expect("a copy");
    for name in ["./notes", "notes^0"] {
        let outcome = repository.diff(&["--from", name, "--to", "first"]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        assert!(outcome.stdout.starts_with(&format!("{name} → first\n")), "{outcome:#?}");
    }
}

#[test]
fn folders_are_compared_without_git() {
    let (one, other) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    for to in [&one, &other] {
        copy_specs(to.path(), &[FAMILY]).expect("a copy");
    }
    let path = |folder: &TempDir| folder.path().to_str().expect("a name").to_owned();
    let (from, to) = (path(&one), path(&other));
    let common = other.path().join("common.json");
    let text = fs::read_to_string(&common).expect("a file");
    let (before, definition) = text.split_once("\"AspectRatio\": {").expect("the definition");
    let definition = definition.replacen("\"Square\"", "\"OneByOne\"", 1);
    fs::write(&common, format!("{before}\"AspectRatio\": {{{definition}")).expect("a file");
    let refers =
        |path: &PathBuf| fs::read_to_string(path).expect("a file").contains("common.json#/$defs/AspectRatio\"");
    let mut pages: Vec<_> = spec_files(one.path()).expect("files").into_values().filter(refers).collect();
    pages.iter_mut().for_each(|path| *path = path.file_stem().expect("a name").into());
    pages.sort();
    let pages: Vec<_> = pages.iter().map(|page| page.to_str().expect("a name")).collect();
    assert!(pages.len() > 1, "{pages:?}");
    let outcome = diff(one.path(), &["--from", &from, "--to", &to, "--markdown"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{outcome:#?}");
    let (report, _) = outcome.stdout.rsplit_once(": ").expect("a step");
    assert_eq!(
        report,
        format!(
            "| page | change | request bodies | Rust code |\n\
             |---|---|---|---|\n\
             | {} | `AspectRatio`: \"1:1\" in Rust: `Square` → `OneByOne` \
             | safe | **breaking**: `AspectRatio::Square` is gone |\n\
             \n\
             1 change: 1 breaking. Version step: major",
            pages.join(", ")
        )
    );
    // The default is a revision, and no folder here is in a repository.
    let outcome = diff(one.path(), &["--spec", &to]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.contains("not a git repository"), "{outcome:#?}");
}

#[test]
fn a_folder_without_pages_is_told() {
    let (from, to) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    copy_specs(from.path(), &[FAMILY]).expect("a copy");
    fs::copy(from.path().join("common.json"), to.path().join("common.json")).expect("a file");
    let [from, to] = [&from, &to].map(|folder| folder.path().to_str().expect("a name"));
    let outcome = diff(Path::new(from), &["--from", from, "--to", to]);
    let note = format!("note: {to} has spec files, but none of a documentation page\n");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), note.as_str()), "{outcome:#?}");
    assert!(outcome.stdout.contains("page removed"), "{outcome:#?}");
}
