//! What the integration tests share: the spec folder and what the generator makes of it.

#![allow(clippy::panic, reason = "a test that cannot go on fails, and says where")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use foxapi_codegen::{DIALECT_FILE, ENDPOINTS_FILE, Source, is_spec};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The files of a folder and of those below it, by their paths from there, with slashes.
///
/// # Errors
///
/// A folder cannot be read.
pub fn files(folder: &Path) -> std::io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else {
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

/// The files of a folder that the generator reads, by their paths from there.
///
/// # Errors
///
/// A folder cannot be read.
pub fn spec_files(folder: &Path) -> std::io::Result<BTreeMap<String, PathBuf>> {
    let mut files = files(folder)?;
    files.retain(|name, _| is_spec(name));
    Ok(files)
}

/// A spec file by its name, in any folder.
///
/// # Panics
///
/// There is none.
pub fn spec_file(folder: &Path, name: &str) -> PathBuf {
    let files = spec_files(folder).unwrap_or_default();
    let found = files.into_iter().find(|(path, _)| path.rsplit('/').next() == Some(name));
    found.unwrap_or_else(|| panic!("no spec file is called {name}")).1
}

/// The spec files of a folder, named as a maintainer sees them: `spec/common.json`.
///
/// # Errors
///
/// The folder or one of its files cannot be read.
pub fn sources(folder: &Path) -> std::io::Result<Vec<Source>> {
    let files = spec_files(folder)?.into_iter();
    files.map(|(name, path)| Ok(Source::within("spec/", &name, std::fs::read(path)?))).collect()
}

/// The endpoints of the workspace, for pages that tests make up: they answer with nothing that is described.
///
/// # Panics
///
/// The file cannot be read.
pub fn endpoints() -> Source {
    let text = std::fs::read_to_string(workspace().join("spec").join(ENDPOINTS_FILE)).unwrap_or_default();
    let mut endpoints: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    for endpoint in endpoints.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
        if let Some(members) = endpoint.as_object_mut() {
            members.remove("response");
        }
    }
    Source::new(ENDPOINTS_FILE, endpoints.to_string())
}

/// The endpoints of the workspace as they are, and the answer that they describe.
///
/// # Panics
///
/// A file cannot be read.
pub fn answering_endpoints() -> [Source; 2] {
    [ENDPOINTS_FILE, "task.json"].map(|name| {
        let text = std::fs::read_to_string(workspace().join("spec").join(name));
        Source::new(name, text.unwrap_or_else(|error| panic!("{name}: {error}")))
    })
}

/// Two families, whose pages are enough for most tests of the commands.
pub const SOME_FAMILIES: [&str; 2] = ["video/kling", "video/veo"];

/// Copies the spec files of the workspace into a folder, with the schema of the dialect; of the pages, those of one family
/// or of several: enough for what does not depend on how many there are.
///
/// # Errors
///
/// A file cannot be read or written.
pub fn copy_specs(to: &Path, families: &[&str]) -> std::io::Result<()> {
    let is_wanted = |name: &str| match name.rsplit_once('/') {
        Some((folder, _)) => is_spec(name) && families.contains(&folder),
        None => is_spec(name) || name == DIALECT_FILE,
    };
    for (name, path) in files(&workspace().join("spec"))? {
        if is_wanted(&name) {
            let copy = to.join(name);
            std::fs::create_dir_all(copy.parent().unwrap_or(to))?;
            std::fs::copy(path, copy)?;
        }
    }
    Ok(())
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../foxapi-models/README.md")]
struct ModelsReadme;
