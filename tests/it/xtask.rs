//! `cargo xtask codegen` from end to end, on copies of the spec files in temporary folders.

use std::{
    collections::BTreeMap,
    error::Error,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use foxapi_tests::{SOME_FAMILIES, copy_specs, spec_file};
use tempfile::TempDir;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Files by name, with their bytes and the time of their last change.
pub(crate) type Files = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// The output of a command, and how it ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `cargo xtask` in a folder of the workspace.
fn xtask_in(folder: &Path, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Result<Outcome> {
    let output = crate::commands().args(arguments).current_dir(folder).output()?;
    Ok(Outcome {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout)?,
        stderr: String::from_utf8(output.stderr)?,
    })
}

pub(crate) fn xtask(arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Result<Outcome> {
    xtask_in(&workspace(), arguments)
}

fn codegen(spec: &Path, out: &Path, more: &[&str]) -> Result<Outcome> {
    let mut arguments: Vec<OsString> = vec!["codegen".into()];
    arguments.extend(["--spec".into(), spec.into(), "--out".into(), out.into()]);
    arguments.extend(more.iter().map(OsString::from));
    xtask(arguments)
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A copy of the workspace's spec files, of the pages those of some families, and a folder for what is generated from them.
struct Sandbox {
    root: TempDir,
}

impl Sandbox {
    fn new() -> Result<Self> {
        let sandbox = Self { root: TempDir::new()? };
        copy_specs(&sandbox.spec(), &SOME_FAMILIES)?;
        Ok(sandbox)
    }

    /// A sandbox with generated files.
    fn generated() -> Result<Self> {
        let sandbox = Self::new()?;
        let outcome = sandbox.codegen(&[])?;
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        Ok(sandbox)
    }

    fn spec(&self) -> PathBuf {
        self.root.path().join("spec")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn codegen(&self, more: &[&str]) -> Result<Outcome> {
        codegen(&self.spec(), &self.out(), more)
    }

    /// Replaces the first `old` in a spec file, which must be there.
    fn edit(&self, name: &str, old: &str, new: &str) -> Result {
        let path = spec_file(&self.spec(), name);
        let text = fs::read_to_string(&path)?;
        assert!(text.contains(old), "{name} has no `{old}`");
        Ok(fs::write(path, text.replacen(old, new, 1))?)
    }

    /// The generated module of some page.
    fn some_module(&self) -> Result<String> {
        let modules = contents(&self.out())?;
        let name = modules.into_keys().find(|name| name.ends_with(".rs") && name.contains("kling"));
        Ok(name.ok_or("no module was generated")?)
    }
}

/// Every file in a folder and below it, by its relative path.
pub(crate) fn contents(folder: &Path) -> Result<Files> {
    let files = foxapi_tests::files(folder)?.into_iter();
    files.map(|(name, path)| Ok((name, (fs::read(&path)?, path.metadata()?.modified()?)))).collect()
}

/// The files that a report lists under `word`, by their paths relative to the sandbox.
pub(crate) fn listed(outcome: &Outcome, word: &str) -> Vec<String> {
    outcome
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '))
        .filter_map(|path| path.split(" (").next())
        .map(|path| ["/out/", "/export/"].iter().find_map(|out| Some(path.split_once(out)?.1)).unwrap_or(path))
        .map(|name| name.trim().to_owned())
        .collect()
}

#[test]
fn the_checked_in_code_is_up_to_date_seen_from_any_folder() -> Result {
    for folder in [".", "tests/it"] {
        let outcome = xtask_in(&workspace().join(folder), ["codegen", "--check"])?;
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    }
    Ok(())
}

#[test]
fn the_first_run_creates_everything() -> Result {
    let sandbox = Sandbox::new()?;
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");

    let there: Vec<String> = contents(&sandbox.out())?.into_keys().collect();
    assert!(there.contains(&"mod.rs".to_owned()), "{there:?}");
    assert_eq!(listed(&outcome, "created"), there);
    let summary = format!("{} created\n", there.len());
    assert!(outcome.stdout.ends_with(&summary), "{outcome:#?}");
    Ok(())
}

#[test]
fn the_second_run_touches_nothing() -> Result {
    let sandbox = Sandbox::generated()?;
    let before = contents(&sandbox.out())?;
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");

    assert_eq!(contents(&sandbox.out())?, before);
    assert_eq!(listed(&outcome, "unchanged"), before.into_keys().collect::<Vec<_>>());
    Ok(())
}

#[test]
fn the_place_of_the_spec_folder_does_not_show_in_the_code() -> Result {
    let (one, another) = (Sandbox::generated()?, Sandbox::generated()?);
    let text = |folder: &Path| -> Result<Vec<_>> {
        let files = contents(folder)?.into_iter();
        Ok(files.map(|(name, (bytes, _))| (name, bytes)).collect())
    };
    assert_eq!(text(&one.out())?, text(&another.out())?);
    Ok(())
}

#[test]
fn a_changed_spec_changes_its_own_files_alone() -> Result {
    let sandbox = Sandbox::generated()?;
    let before = contents(&sandbox.out())?;
    sandbox.edit("kling-v3-text-to-video.json", r#""maxLength": 2500"#, r#""maxLength": 2499"#)?;
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");

    let changed = listed(&outcome, "changed");
    assert!(changed.contains(&"video/kling/kling_v3_text_to_video.rs".to_owned()), "{outcome:#?}");
    for (name, after) in contents(&sandbox.out())? {
        let is_of_the_spec = name.starts_with("video/kling/kling_v3_text_to_video.");
        assert!(is_of_the_spec || before.get(&name) == Some(&after), "{name}");
    }
    Ok(())
}

#[test]
fn a_damaged_file_is_mended() -> Result {
    let sandbox = Sandbox::generated()?;
    let module = sandbox.out().join(sandbox.some_module()?);
    let good = fs::read(&module)?;
    fs::write(&module, "")?;
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert_eq!(fs::read(&module)?, good);
    Ok(())
}

#[test]
fn the_files_of_a_spec_that_is_gone_are_removed() -> Result {
    let sandbox = Sandbox::generated()?;
    let before = contents(&sandbox.out())?;
    fs::remove_dir_all(sandbox.spec().join("video/veo"))?;
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");

    let gone: Vec<String> = before.into_keys().filter(|name| name.starts_with("video/veo/")).collect();
    assert!(!gone.is_empty());
    assert_eq!(listed(&outcome, "removed"), gone);
    let left = contents(&sandbox.out())?;
    assert!(!left.keys().any(|name| name.starts_with("video/veo/")));
    assert!(!sandbox.out().join("video/veo").exists());
    assert!(sandbox.out().join("video").is_dir());
    Ok(())
}

#[test]
fn files_that_codegen_did_not_write_stay() -> Result {
    let sandbox = Sandbox::generated()?;
    let foreign = ["by_hand.rs", "data.json", "notes.md", "video/kling/by_hand.rs"];
    for name in foreign {
        fs::write(sandbox.out().join(name), "{}")?;
    }
    fs::create_dir(sandbox.out().join("folder"))?;
    fs::write(sandbox.out().join(".hidden"), "")?;
    let before = contents(&sandbox.out())?;

    for arguments in [&["--check"][..], &[]] {
        let outcome = sandbox.codegen(arguments)?;
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        assert_eq!(listed(&outcome, "kept"), foreign);
    }
    assert_eq!(contents(&sandbox.out())?, before);
    assert!(sandbox.out().join("folder").is_dir());
    Ok(())
}

#[test]
fn what_is_hidden_no_json_or_in_folders_of_other_things_is_no_spec() -> Result {
    let sandbox = Sandbox::generated()?;
    let wrong = "not JSON";
    for name in
        ["export/a.json", "openapi/a.json", "reviewed/a.json", ".drafts/a.json", ".a.json", "notes.md", "a.json.orig"]
    {
        let path = sandbox.spec().join(name);
        fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        fs::write(path, wrong)?;
    }
    fs::write(sandbox.spec().join("dialect.schema.json"), wrong)?;
    let outcome = sandbox.codegen(&["--check"])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    Ok(())
}

#[test]
fn a_json_file_in_any_other_folder_is_a_spec() -> Result {
    let sandbox = Sandbox::generated()?;
    for name in ["drafts/a.json", "video/b.json", "video/kling/old/c.json"] {
        let path = sandbox.spec().join(name);
        fs::create_dir_all(path.parent().ok_or("a folder")?)?;
        fs::write(&path, "not JSON")?;
        let outcome = sandbox.codegen(&["--check"])?;
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        assert!(outcome.stderr.contains(&format!("{name}:1:2: not JSON")), "{outcome:#?}");
        fs::remove_file(path)?;
    }
    Ok(())
}

/// The crate's manifest is two folders above the code.
#[test]
fn a_new_family_becomes_a_feature() -> Result {
    let sandbox = Sandbox::new()?;
    let out = sandbox.root.path().join("crate/src/generated");
    let manifest = sandbox.root.path().join("crate/Cargo.toml");
    fs::create_dir_all(&out)?;
    fs::copy(workspace().join("foxapi-models/Cargo.toml"), &manifest)?;
    assert_eq!(codegen(&sandbox.spec(), &out, &[])?.code, Some(0));
    let before = fs::read_to_string(&manifest)?;

    fs::rename(sandbox.spec().join("video/veo"), sandbox.spec().join("video/owl"))?;
    let outcome = codegen(&sandbox.spec(), &out, &["--check"])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stdout.contains("\n+owl = []\n"), "{outcome:#?}");
    assert_eq!(fs::read_to_string(&manifest)?, before);
    assert_eq!(codegen(&sandbox.spec(), &out, &[])?.code, Some(0));
    let after = fs::read_to_string(&manifest)?;
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let expected = before.replace("    \"veo\",\n", "    \"owl\",\n").replace("\nveo = []", "\nowl = []");
    assert_eq!(sorted(&after), sorted(&expected));
    Ok(())
}

#[test]
fn check_passes_when_nothing_is_left_to_do() -> Result {
    let sandbox = Sandbox::generated()?;
    let before = contents(&sandbox.out())?;
    let outcome = sandbox.codegen(&["--check"])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert_eq!(outcome.stdout, format!("{} files up to date\n", before.len()));
    assert_eq!(contents(&sandbox.out())?, before);
    Ok(())
}

#[test]
fn check_shows_what_is_stale_missing_and_orphaned_and_what_mends_it() -> Result {
    let sandbox = Sandbox::generated()?;
    let missing = sandbox.some_module()?;
    fs::remove_file(sandbox.out().join(&missing))?;
    fs::write(
        sandbox.out().join("orphan.rs"),
        "// @generated by `cargo xtask codegen` from spec/orphan.json. Do not edit.\n",
    )?;
    let stale = sandbox.out().join("mod.rs");
    fs::write(&stale, fs::read_to_string(&stale)? + "// by hand\n")?;
    let before = contents(&sandbox.out())?;

    let outcome = sandbox.codegen(&["--check"])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert_eq!(listed(&outcome, "missing"), [missing]);
    assert_eq!(listed(&outcome, "orphaned"), ["orphan.rs"]);
    assert_eq!(listed(&outcome, "stale"), ["mod.rs"]);
    assert!(outcome.stdout.contains("\n-// by hand\n"), "{outcome:#?}");
    assert_eq!(contents(&sandbox.out())?, before);

    let mends =
        format!("`cargo xtask codegen --spec {} --out {}`\n", sandbox.spec().display(), sandbox.out().display());
    assert!(outcome.stderr.ends_with(&mends), "{outcome:#?}");
    assert_eq!(sandbox.codegen(&[])?.code, Some(0));
    assert_eq!(sandbox.codegen(&["--check"])?.code, Some(0));
    Ok(())
}

#[test]
fn check_cuts_long_diffs() -> Result {
    let sandbox = Sandbox::new()?;
    let outcome = sandbox.codegen(&["--check"])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stdout.contains(" more lines\n"), "{outcome:#?}");
    assert!(!sandbox.out().exists());
    Ok(())
}

#[test]
fn wrong_specs_are_all_reported_and_nothing_is_written() -> Result {
    let sandbox = Sandbox::new()?;
    let wrong = ["kling-v3-text-to-video.json", "veo-3.1-image-to-video.json"];
    for name in wrong {
        sandbox.edit(name, r#""type": "string""#, r#""type": "strnig""#)?;
    }
    sandbox.edit("kling-v3-text-to-video.json", "maxLength", "maxLenght")?;

    for arguments in [&[][..], &["--check"]] {
        let outcome = sandbox.codegen(arguments)?;
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        assert_eq!(outcome.stdout, "");
        for name in wrong {
            assert!(names_a_place_in(name, &outcome.stderr), "{outcome:#?}");
        }
        assert!(outcome.stderr.contains("maxLenght"), "{outcome:#?}");
        assert!(outcome.stderr.contains("strnig"), "{outcome:#?}");
        assert!(!sandbox.out().exists());
    }
    Ok(())
}

#[test]
fn a_spec_folder_without_specs_is_an_error() -> Result {
    let folder = TempDir::new()?;
    let missing = folder.path().join("nowhere");
    let empty = [(folder.path(), "has no spec file"), (&missing, "does not exist")];
    for (spec, reason) in empty {
        let out = folder.path().join("out");
        let outcome = codegen(spec, &out, &[])?;
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        let message = format!("error: spec folder `{}` {reason}", spec.display());
        assert!(outcome.stderr.starts_with(&message), "{outcome:#?}");
        assert!(!out.exists());
    }
    Ok(())
}

#[test]
fn spec_files_are_never_written_over() -> Result {
    let sandbox = Sandbox::new()?;
    let before = contents(&sandbox.spec())?;
    let outcome = codegen(&sandbox.spec(), &sandbox.spec().join("../spec"), &[])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.contains("--out"), "{outcome:#?}");
    assert_eq!(contents(&sandbox.spec())?, before);
    Ok(())
}

#[test]
fn a_command_line_that_makes_no_sense_ends_with_2() -> Result {
    let nothing: &[&str] = &[];
    let wrong = [nothing, &["codegn"], &["codegen", "--chekc"], &["codegen", "--spec"], &["export", "opneapi"]];
    for arguments in wrong {
        let outcome = xtask(arguments)?;
        assert_eq!(outcome.code, Some(2), "{outcome:#?}");
        assert!(outcome.stderr.contains("--help"), "{outcome:#?}");
    }
    Ok(())
}

#[test]
fn help_is_not_an_error() -> Result {
    for arguments in [&["--help"][..], &["codegen", "--help"], &["export", "--help"]] {
        let outcome = xtask(arguments)?;
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        assert!(outcome.stdout.contains("Usage: cargo xtask"), "{outcome:#?}");
    }
    Ok(())
}

/// Anything in the folder is read or is an error: nothing is ignored, and nothing blocks.
#[cfg(unix)]
#[test]
fn what_is_no_file_in_the_spec_folder_is_an_error() -> Result {
    for (name, target) in [("link.json", "nowhere"), ("device.json", "/dev/zero")] {
        let sandbox = Sandbox::new()?;
        std::os::unix::fs::symlink(target, sandbox.spec().join(name))?;
        let outcome = sandbox.codegen(&[])?;
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        assert!(outcome.stderr.contains(name), "{outcome:#?}");
    }
    let sandbox = Sandbox::new()?;
    assert!(Command::new("mkfifo").arg(sandbox.spec().join("pipe.json")).status()?.success());
    let outcome = sandbox.codegen(&[])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.contains("pipe.json"), "{outcome:#?}");
    Ok(())
}

/// Whether a line says `…name:line:column: …`.
fn names_a_place_in(name: &str, text: &str) -> bool {
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
    text.lines().filter_map(|line| Some(line.split_once(&format!("{name}:"))?.1)).any(|place| {
        let mut parts = place.split(':');
        is_number(parts.next()) && is_number(parts.next())
    })
}
