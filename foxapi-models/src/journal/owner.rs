//! Who works on a key, and whether it still does: a lock that the operating system drops with its process.
//!
//! A number of a process says little: it is given out again, and means nothing in another container. A lock on a
//! file is held as long as its process lives, whatever ends it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// One open journal of a living process. Its file stands beside the journal: `journal.db.0123456789abcdef.owner`.
#[derive(Debug)]
pub(super) struct Owner {
    name: String,
    path: PathBuf,
    _locked: File,
}

impl Owner {
    /// Creates and locks the file. Nobody may look for the name before this returns.
    pub(super) fn create(journal: &Path) -> io::Result<Self> {
        let name = format!("{:016x}", fastrand::u64(..));
        let path = path_of(journal, &name);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { name, path, _locked: file }),
            Err(error) => {
                let _ = fs::remove_file(&path); // it is of no use to anybody
                Err(error.into())
            }
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path); // one that stays is found without a lock, and removed later
    }
}

/// Whether the process behind a name still lives.
pub(super) fn is_alive(journal: &Path, name: &str) -> io::Result<bool> {
    match File::open(path_of(journal, name)) {
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes what a process left that was killed.
pub(super) fn clean_up(journal: &Path, name: &str) {
    let _ = fs::remove_file(path_of(journal, name)); // whether it is there or not, it is not locked
}

fn path_of(journal: &Path, name: &str) -> PathBuf {
    let mut file: OsString = journal.file_name().unwrap_or_default().to_owned();
    // A damaged name must not lead to another folder.
    let name: String = name.chars().filter(char::is_ascii_hexdigit).collect();
    file.push(format!(".{name}.owner"));
    journal.with_file_name(file)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::{Owner, clean_up, is_alive};

    #[test]
    fn an_owner_lives_until_it_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        let owner = Owner::create(&journal).expect("an owner");
        let name = owner.name().to_owned();
        assert!(is_alive(&journal, &name).expect("a lock"));
        drop(owner);
        assert!(!is_alive(&journal, &name).expect("no lock"));
        assert!(!is_alive(&journal, "../../etc/passwd").expect("no such owner"));
    }

    #[test]
    fn a_file_without_a_lock_is_of_the_dead() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        let left = folder.path().join("journal.db.00ff.owner");
        std::fs::write(&left, "").expect("a file");
        assert!(!is_alive(&journal, "00ff").expect("no lock"));
        clean_up(&journal, "00ff");
        assert!(!left.exists());
    }
}
