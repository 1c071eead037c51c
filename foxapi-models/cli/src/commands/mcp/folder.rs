//! The only folder that an agent may read and write. Every path is judged by where it leads.

use std::io;
use std::path::{Component, Path, PathBuf};

/// A folder and what is below it.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// An existing file, for reading.
    pub(super) fn existing(&self, file: &str) -> Result<PathBuf, String> {
        let path = self.below(file)?;
        let path = path.canonicalize().map_err(|error| format!("{file:?} cannot be read: {error}"))?;
        match path.starts_with(&self.0) {
            true if path.is_file() => Ok(path),
            true => Err(format!("{file:?} is not a file")),
            false => Err(self.outside(file)),
        }
    }

    /// A file that does not exist yet, for writing; its folder must exist.
    pub(super) fn new_file(&self, file: &str) -> Result<PathBuf, String> {
        let path = self.below(file)?;
        let name = path.file_name().ok_or_else(|| format!("{file:?} is not the name of a file"))?;
        let parent = path.parent().unwrap_or(&self.0).canonicalize();
        let parent = parent.map_err(|error| format!("the folder of {file:?} cannot be used: {error}"))?;
        if !parent.starts_with(&self.0) {
            return Err(self.outside(file));
        }
        let path = parent.join(name);
        if path.symlink_metadata().is_ok() {
            return Err(format!("{file:?} already exists; choose another name"));
        }
        Ok(path)
    }

    /// The path below the folder, unless the path itself leads out of it.
    fn below(&self, file: &str) -> Result<PathBuf, String> {
        let path = Path::new(file);
        let stays = path.components().all(|step| matches!(step, Component::Normal(_) | Component::CurDir));
        if file.is_empty() || !stays {
            return Err(self.outside(file));
        }
        Ok(self.0.join(path))
    }

    fn outside(&self, file: &str) -> String {
        format!("{file:?} is not a path below {}", self.0.display())
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use std::fs;

    use super::Folder;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let all = tempfile::tempdir().expect("a folder");
        let root = all.path().join("root");
        fs::create_dir_all(root.join("inner")).expect("folders");
        fs::write(all.path().join("secret.txt"), "x").expect("a file");
        fs::write(root.join("inner/a.txt"), "x").expect("a file");
        let folder = Folder::new(&root).expect("the folder");

        assert!(folder.existing("inner/a.txt").is_ok());
        assert!(folder.existing("./inner/a.txt").is_ok());
        assert!(folder.new_file("b.mp4").is_ok());
        assert!(folder.new_file("inner/b.mp4").is_ok());
        let absolute = all.path().join("secret.txt").display().to_string();
        for file in ["", ".", "..", "../secret.txt", "inner/../../secret.txt", "/etc/passwd", &absolute, "inner"] {
            assert!(folder.existing(file).is_err(), "{file}");
        }
        for file in ["", ".", "..", "../new.mp4", "inner/../../new.mp4", "/tmp/new.mp4", "inner/a.txt", "no/such.mp4"] {
            assert!(folder.new_file(file).is_err(), "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_either() {
        use std::os::unix::fs::symlink;

        let all = tempfile::tempdir().expect("a folder");
        let root = all.path().join("root");
        fs::create_dir_all(&root).expect("folders");
        fs::write(all.path().join("secret.txt"), "x").expect("a file");
        symlink(all.path(), root.join("out")).expect("a link");
        symlink(all.path().join("secret.txt"), root.join("link.txt")).expect("a link");
        symlink("no/such", root.join("dangling.mp4")).expect("a link");
        let folder = Folder::new(&root).expect("the folder");
        assert!(folder.existing("out/secret.txt").is_err());
        assert!(folder.existing("link.txt").is_err());
        assert!(folder.new_file("out/new.mp4").is_err());
        assert!(folder.new_file("dangling.mp4").is_err());
    }
}
