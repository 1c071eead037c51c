//! The destination of results: checked before anything is paid for, and never an existing file.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The file that `-o` names.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    path: PathBuf,
    force: bool,
}

impl Destination {
    /// Checks that the file can be created.
    pub(crate) fn new(path: impl Into<PathBuf>, force: bool) -> Result<Self, Failure> {
        let path: PathBuf = path.into();
        let shown = path.display();
        if path.is_dir() {
            return Err(Failure::usage(format!("-o: {shown} is a folder")).help("name a file in it"));
        }
        if path.file_name().is_none() {
            return Err(Failure::usage(format!("-o: {shown:?} is not the name of a file")));
        }
        if !force && path.symlink_metadata().is_ok() {
            let failure = Failure::usage(format!("-o: {shown} already exists"));
            return Err(failure.help("choose another name, or use `--force` to replace it"));
        }
        // Trying tells more than permissions do; the file is removed at once.
        let folder = folder(&path);
        if let Err(error) = tempfile::tempfile_in(folder) {
            return Err(Failure::usage(format!("-o: no file can be created in {}: {error}", folder.display())));
        }
        Ok(Self { path, force })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn force(&self) -> bool {
        self.force
    }

    /// The file of one of several results, counted from 0: `lake-1.mp4` and `lake-2.mp4`; for a single one, `lake.mp4`.
    pub(crate) fn of(&self, index: usize, results: usize) -> PathBuf {
        if results < 2 {
            return self.path.clone();
        }
        let stem = self.path.file_stem().unwrap_or_default().to_os_string();
        let mut name = stem;
        name.push(format!("-{}", index + 1));
        if let Some(extension) = self.path.extension() {
            name.push(".");
            name.push(extension);
        }
        self.path.with_file_name(name)
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use std::path::Path;

    use super::Destination;

    #[test]
    fn several_results_are_numbered() {
        let of = |path: &str, index, results| {
            Destination { path: path.into(), force: false }.of(index, results).display().to_string()
        };
        assert_eq!(of("a/lake.mp4", 0, 1), "a/lake.mp4");
        assert_eq!(of("a/lake.mp4", 1, 2), Path::new("a").join("lake-2.mp4").display().to_string());
        assert_eq!(of("lake", 0, 2), "lake-1");
        assert_eq!(of("lake.final.mp4", 0, 3), "lake.final-1.mp4");
    }

    #[test]
    fn what_cannot_be_written_is_known_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().join("there.mp4");
        std::fs::write(&there, "x").expect("a file");
        let refused = |path: &Path, force| Destination::new(path, force).err().map(|failure| failure.errors.join(""));
        assert_eq!(refused(&folder.path().join("new.mp4"), false), None);
        assert_eq!(refused(&there, true), None);
        assert!(refused(&there, false).is_some_and(|error| error.contains("already exists")));
        assert!(refused(folder.path(), true).is_some_and(|error| error.contains("is a folder")));
        assert!(refused(&folder.path().join("no/such.mp4"), false).is_some_and(|error| error.contains("no file can")));
        assert!(refused(Path::new(""), false).is_some_and(|error| error.contains("not the name")));
        #[cfg(unix)]
        {
            let dangling = folder.path().join("dangling.mp4");
            std::os::unix::fs::symlink("no/such", &dangling).expect("a link");
            assert!(refused(&dangling, false).is_some_and(|error| error.contains("already exists")));
        }
    }
}
