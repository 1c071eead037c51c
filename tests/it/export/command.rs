//! `cargo xtask export` from end to end, on copies of the spec files in temporary folders.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use foxapi_tests::{copy_specs, workspace};
use tempfile::TempDir;

use crate::xtask::{Outcome, Result, contents, listed, xtask};

/// One for each body that the frame of the OpenAPI document refers to.
const FAMILIES: [&str; 5] = ["audio/music", "audio/speech", "document/doc2x", "image/z-image", "video/kling"];

/// A copy of the spec files of these families, and of the exports.
struct Sandbox {
    root: TempDir,
}

impl Sandbox {
    fn new() -> Result<Self> {
        let sandbox = Self { root: TempDir::new()? };
        copy_specs(&sandbox.path("spec"), &FAMILIES)?;
        for folder in ["spec/openapi", "spec/export"] {
            fs::create_dir(sandbox.path(folder))?;
            for (name, (bytes, _)) in contents(&workspace().join(folder))? {
                fs::write(sandbox.path(folder).join(name), bytes)?;
            }
        }
        let outcome = sandbox.export(&[])?;
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        Ok(sandbox)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn export(&self, more: &[&str]) -> Result<Outcome> {
        let mut arguments: Vec<OsString> = vec!["export".into()];
        arguments.extend(more.iter().map(OsString::from));
        arguments.extend(["--spec".into(), self.path("spec").into(), "--to".into(), self.path("spec/export").into()]);
        xtask(arguments)
    }

    /// Replaces the first `old` in a file, which must be there.
    fn edit(&self, name: &str, old: &str, new: &str) -> Result {
        let text = fs::read_to_string(self.path(name))?;
        assert!(text.contains(old), "{name} has no `{old}`");
        Ok(fs::write(self.path(name), text.replacen(old, new, 1))?)
    }
}

#[test]
fn the_checked_in_exports_are_up_to_date() -> Result {
    let outcome = xtask(["export", "--check"])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    Ok(())
}

#[test]
fn an_edit_of_a_spec_shows_in_every_export_and_one_command_mends_them() -> Result {
    let sandbox = Sandbox::new()?;
    sandbox.edit("spec/video/kling/kling-o3-image-to-video.json", r#""maximum": 15"#, r#""maximum": 20"#)?;
    let before = contents(&sandbox.path("spec/export"))?;

    let outcome = sandbox.export(&["--check"])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let stale = [
        "kling-o3-image-to-video.schema.json",
        "models.md",
        "openapi.json",
        "tools.anthropic.json",
        "tools.bedrock.json",
        "tools.gemini.json",
        "tools.mcp.json",
        "tools.openai-chat.json",
        "tools.openai.json",
    ];
    assert_eq!(listed(&outcome, "stale"), stale);
    assert!(outcome.stdout.contains("\n+            \"maximum\": 20,\n"), "{outcome:#?}");
    assert!(outcome.stderr.contains("help: run `cargo xtask export --spec "), "{outcome:#?}");
    assert_eq!(contents(&sandbox.path("spec/export"))?, before);

    let outcome = sandbox.export(&[])?;
    assert_eq!((outcome.code, listed(&outcome, "changed")), (Some(0), stale.map(str::to_owned).to_vec()));
    assert_eq!(sandbox.export(&["--check"])?.code, Some(0));
    Ok(())
}

#[test]
fn one_export_leaves_the_others_alone() -> Result {
    let sandbox = Sandbox::new()?;
    sandbox.edit("spec/video/kling/kling-o3-image-to-video.json", r#""maximum": 15"#, r#""maximum": 20"#)?;
    let outcome = sandbox.export(&["table"])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert!(outcome.stdout.ends_with("\n1 changed\n") && listed(&outcome, "changed") == ["models.md"], "{outcome:#?}");
    let outcome = sandbox.export(&["tools", "--check"])?;
    assert_eq!(listed(&outcome, "stale").len(), 6, "{outcome:#?}");
    assert!(outcome.stderr.contains("`cargo xtask export tools --spec "), "{outcome:#?}");
    Ok(())
}

#[test]
fn the_schema_of_a_page_that_is_gone_goes_and_what_is_by_hand_stays() -> Result {
    let sandbox = Sandbox::new()?;
    let gone = "spec/video/kling/kling-v3-motion-control.json";
    fs::remove_file(sandbox.path(gone))?;
    for name in ["mine.schema.json", "notes.md", "data.json"] {
        fs::write(sandbox.path("spec/export").join(name), "{}")?;
    }
    let outcome = sandbox.export(&[])?;
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert_eq!(listed(&outcome, "removed"), ["kling-v3-motion-control.schema.json"]);
    let there = contents(&sandbox.path("spec/export"))?;
    for name in ["mine.schema.json", "notes.md", "data.json"] {
        assert!(there.contains_key(name), "{name}");
    }
    Ok(())
}

#[test]
fn wrong_specs_and_a_wrong_frame_are_reported_and_nothing_is_written() -> Result {
    let frame = ("spec/openapi/frame.json", "/v1/videos/generations", "/v2/videos", "in the frame of the OpenAPI");
    let spec = ("spec/common.json", r#""format": "uri""#, r#""format": "url""#, "in the spec files");
    for (name, old, new, said) in [frame, spec] {
        let sandbox = Sandbox::new()?;
        sandbox.edit(name, old, new)?;
        let before = contents(&sandbox.path("spec/export"))?;
        let outcome = sandbox.export(&[])?;
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{outcome:#?}");
        assert!(outcome.stderr.contains(&format!("{name}:")) && outcome.stderr.contains(said), "{outcome:#?}");
        assert_eq!(contents(&sandbox.path("spec/export"))?, before);
    }
    Ok(())
}

#[test]
fn a_missing_frame_is_named() -> Result {
    let sandbox = Sandbox::new()?;
    fs::remove_file(sandbox.path("spec/openapi/frame.json"))?;
    let outcome = sandbox.export(&["openapi"])?;
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.contains("cannot read `") && outcome.stderr.contains("openapi/frame.json"), "{outcome:#?}");
    assert_eq!(sandbox.export(&["table"])?.code, Some(0));
    Ok(())
}
