//! A folder that a command reads or writes: the only access to the file system.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A folder, and its name in messages.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    shown: PathBuf,
}

impl Folder {
    /// The given folder, relative to the current one; otherwise `default`, relative to the workspace.
    ///
    /// Messages name the default without the path to the workspace, as cargo does for source files, so
    /// that they are the same wherever the command runs.
    pub(crate) fn new(asked: Option<&Path>, default: &str) -> Self {
        match asked {
            Some(path) => Self { path: path.to_owned(), shown: path.to_owned() },
            None => {
                Self { path: Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(default), shown: default.into() }
            }
        }
    }

    /// A folder in this one.
    pub(crate) fn inner(&self, name: &str) -> Self {
        Self { path: self.path.join(name), shown: self.shown.join(name) }
    }

    /// The name of the folder, for messages.
    pub(crate) fn shown(&self) -> &Path {
        &self.shown
    }

    /// The name of the folder as a prefix for its files.
    pub(crate) fn shown_prefix(&self) -> String {
        let shown = self.shown.display().to_string();
        if shown.ends_with(std::path::is_separator) { shown } else { format!("{shown}{}", std::path::MAIN_SEPARATOR) }
    }

    /// The name of a file in the folder, for messages.
    pub(crate) fn shown_file(&self, name: &str) -> PathBuf {
        self.shown.join(name)
    }

    pub(crate) fn exists(&self) -> bool {
        self.path.exists()
    }

    /// The absolute path of the folder, which need not exist.
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

    /// Refuses to write to the spec folder, however it is written: files of the same name would replace specs.
    pub(crate) fn must_differ_from(&self, out: &Self) -> Result<(), Error> {
        match (self.path.canonicalize(), out.path.canonicalize()) {
            (Ok(one), Ok(another)) if one == another => Err(Error::new(format!(
                "`{}` is both the spec folder and the folder to write to",
                self.shown.display()
            ))
            .help("name another folder with --out")),
            _ => Ok(()),
        }
    }

    /// The names of what is directly in the folder, sorted, without hidden files and without folders.
    pub(crate) fn file_names(&self) -> Result<Vec<String>, Error> {
        let unreadable = |cause| Error::io("read folder", &self.shown, cause);
        let entries = fs::read_dir(&self.path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(unreadable)?;
        let entries = entries.iter().filter(|entry| !entry.path().is_dir());
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        Ok(names)
    }

    /// Whether a path in the folder is a file and not a folder. Anything else, such as a broken link, is an error.
    fn has_file(&self, path: &str) -> Result<bool, Error> {
        let refused = |cause| Error::io("read", self.shown_file(path), cause);
        let kind = fs::metadata(self.path.join(path)).map_err(refused)?;
        if kind.is_file() || kind.is_dir() {
            return Ok(kind.is_file());
        }
        Err(refused(io::Error::other("it is neither a file nor a folder")))
    }

    /// The sorted paths of all files in the folder and below it, with slashes, without hidden ones.
    pub(crate) fn paths(&self) -> Result<Vec<String>, Error> {
        let mut paths = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let shown = self.shown.join(&folder);
            let unreadable = |cause| Error::io("read folder", &shown, cause);
            for entry in fs::read_dir(self.path.join(&folder)).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') {
                    continue;
                }
                // A link to a folder is not followed: it may lead back up.
                if entry.file_type().map_err(unreadable)?.is_dir() {
                    folders.push(format!("{folder}{name}/"));
                } else if self.has_file(&format!("{folder}{name}"))? {
                    paths.push(format!("{folder}{name}"));
                }
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// All files in the folder and below it, with their bytes; none if the folder does not exist.
    pub(crate) fn files(&self) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let paths = if self.exists() { self.paths()? } else { Vec::new() };
        paths.into_iter().map(|path| Ok((path.clone(), self.read(&path)?))).collect()
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        fs::read(self.path.join(name)).map_err(|cause| Error::io("read", self.shown_file(name), cause))
    }

    /// Creates the folder and its parents if they are missing.
    pub(crate) fn create(&self) -> Result<(), Error> {
        fs::create_dir_all(&self.path).map_err(|cause| Error::io("create folder", &self.shown, cause))
    }

    /// Writes a file atomically: under a temporary name first, which is then renamed to `name`.
    ///
    /// Missing parent folders are created.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.path.join(name);
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{file_name}.tmp"));
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&temporary, text)).and_then(|()| fs::rename(&temporary, &path)).map_err(|cause| {
            // The failure above is the one worth reporting.
            fs::remove_file(&temporary).ok();
            Error::io("write", self.shown_file(name), cause)
        })
    }

    /// Writes a file that does not exist yet. An existing one is an error, and stays as it is.
    pub(crate) fn write_new(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.path.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        let file = made.and_then(|()| fs::OpenOptions::new().write(true).create_new(true).open(&path));
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|cause| Error::io("write", self.shown_file(name), cause))
    }

    /// Removes a file, and its parent folders that are then empty.
    pub(crate) fn remove(&self, name: &str) -> Result<(), Error> {
        let path = self.path.join(name);
        fs::remove_file(&path).map_err(|cause| Error::io("remove", self.shown_file(name), cause))?;
        let below = path.ancestors().skip(1).take(name.matches('/').count());
        // What cannot be removed is not empty.
        below.take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
        Ok(())
    }
}
