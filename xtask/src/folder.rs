//! A folder that a command reads or writes: the only access to the file system.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::error::Error;

/// Where a folder is, and how messages name it.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    shown: PathBuf,
}

impl Folder {
    /// The folder that was asked for, seen from the current one; else `default`, seen from the workspace.
    ///
    /// The default is named without the way to the workspace, as cargo names source files, so that
    /// messages are the same wherever the command runs.
    pub(crate) fn new(asked: Option<&Path>, default: &str) -> Self {
        match asked {
            Some(path) => Self { path: path.to_owned(), shown: path.to_owned() },
            None => {
                Self { path: Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(default), shown: default.into() }
            }
        }
    }

    /// The name of the folder, for messages.
    pub(crate) fn shown(&self) -> &Path {
        &self.shown
    }

    /// The name of a file in the folder, for messages.
    pub(crate) fn shown_file(&self, name: &str) -> PathBuf {
        self.shown.join(name)
    }

    pub(crate) fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Where the folder is, or would be, from the root of the file system.
    pub(crate) fn absolute(&self) -> Result<PathBuf, Error> {
        let found = self.path.canonicalize().or_else(|_| {
            let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or(Path::new(".")).canonicalize()?;
            Ok(parent.join(self.path.file_name().unwrap_or_default()))
        });
        found.map_err(|cause: std::io::Error| Error::io("find folder", &self.shown, cause))
    }

    /// Whether there is a file of this name.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.path.join(name).is_file()
    }

    /// Whether both are one folder, however they are written. Folders that do not exist yet are not.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        match (self.path.canonicalize(), other.path.canonicalize()) {
            (Ok(one), Ok(another)) => one == another,
            _ => false,
        }
    }

    /// The names of the files directly in the folder, sorted, without hidden ones.
    pub(crate) fn file_names(&self) -> Result<Vec<String>, Error> {
        let unreadable = |cause| Error::io("read folder", &self.shown, cause);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let refused = |cause| Error::io("read", self.shown_file(&name), cause);
            let kind = fs::metadata(entry.path()).map_err(refused)?;
            if kind.is_file() {
                names.push(name);
            } else if !kind.is_dir() {
                return Err(refused(io::Error::other("it is neither a file nor a folder")));
            }
        }
        names.sort();
        Ok(names)
    }

    /// The files directly in the folder with their bytes; one that does not exist holds nothing.
    pub(crate) fn files(&self) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let names = if self.exists() { self.file_names()? } else { Vec::new() };
        names.into_iter().map(|name| Ok((name.clone(), self.read(&name)?))).collect()
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        fs::read(self.path.join(name)).map_err(|cause| Error::io("read", self.shown_file(name), cause))
    }

    /// Creates the folder and its parents where they are missing.
    pub(crate) fn create(&self) -> Result<(), Error> {
        fs::create_dir_all(&self.path).map_err(|cause| Error::io("create folder", &self.shown, cause))
    }

    /// Writes a file whole or not at all: under another name first, which then takes the place of `name`.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let temporary = self.path.join(format!(".{name}.tmp"));
        fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, self.path.join(name))).map_err(|cause| {
            // The failure above is the one worth reporting.
            fs::remove_file(&temporary).ok();
            Error::io("write", self.shown_file(name), cause)
        })
    }

    /// Writes a file that is not there yet; one that is stays as it is.
    pub(crate) fn write_new(&self, name: &str, text: &str) -> Result<(), Error> {
        let file = fs::OpenOptions::new().write(true).create_new(true).open(self.path.join(name));
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|cause| Error::io("write", self.shown_file(name), cause))
    }

    pub(crate) fn remove(&self, name: &str) -> Result<(), Error> {
        fs::remove_file(self.path.join(name)).map_err(|cause| Error::io("remove", self.shown_file(name), cause))
    }
}
