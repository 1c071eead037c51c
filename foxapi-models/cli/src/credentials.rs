//! Where the key is kept: in the environment, which always wins, in the keyring of the system, or in a file.
//!
//! The key is never printed, and no argument takes it: other users can see the arguments of a program.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use foxapi_models::client::ApiKey;

use crate::failure::Failure;

const VARIABLE: &str = "FOXAPI_API_KEY";

/// A place that holds the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Environment,
    Keyring,
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "the environment ({VARIABLE})"),
            Self::Keyring => f.write_str("the keyring of the system"),
            Self::File(path) => write!(f, "the file {}", path.display()),
        }
    }
}

/// The key, and where it was found. Ask before there is a runtime: the keyring starts one for itself.
pub(crate) fn find() -> Result<Option<(ApiKey, Place)>, Failure> {
    match std::env::var(VARIABLE) {
        Ok(key) if key.trim().is_empty() => {
            return Err(Failure::usage(format!("{VARIABLE} is set, but empty")).help(format!("`unset {VARIABLE}`")));
        }
        Ok(key) => return Ok(Some((key.into(), Place::Environment))),
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Failure::usage(format!("{VARIABLE} has characters that keys do not have")));
        }
        Err(std::env::VarError::NotPresent) => {}
    }
    if let Some(key) = keyring::get() {
        return Ok(Some((key.into(), Place::Keyring)));
    }
    let path = file()?;
    match fs::read_to_string(&path) {
        Ok(key) => Ok(Some((key.into(), Place::File(path)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::failed(format!("{} cannot be read: {error}", path.display()))),
    }
}

/// The key, or an error that says how to get one.
pub(crate) fn key() -> Result<ApiKey, Failure> {
    find()?.map(|(key, _)| key).ok_or_else(|| {
        Failure::failed("there is no API key").help(format!("`foxapi auth login` stores one, or set {VARIABLE}"))
    })
}

/// Keeps the key: in the keyring where there is one, else in the file. Gives the place.
pub(crate) fn store(key: &str) -> Result<Place, Failure> {
    if keyring::set(key) {
        // A key of before, in the other place, would come back once this one is gone.
        remove_file(&file()?)?;
        return Ok(Place::Keyring);
    }
    let path = file()?;
    let failed = |error: io::Error| Failure::failed(format!("{} cannot be written: {error}", path.display()));
    write_private(&path, key).map_err(failed)?;
    Ok(Place::File(path))
}

/// Removes the key from where it is kept; gives the places that held it.
pub(crate) fn remove() -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    if keyring::remove() {
        places.push(Place::Keyring);
    }
    let path = file()?;
    if remove_file(&path)? {
        places.push(Place::File(path));
    }
    Ok(places)
}

fn file() -> Result<PathBuf, Failure> {
    let strategy = etcetera::choose_base_strategy().map_err(|error| Failure::failed(error.to_string()))?;
    Ok(strategy.config_dir().join("foxapi").join("key"))
}

fn remove_file(path: &Path) -> Result<bool, Failure> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::failed(format!("{} cannot be removed: {error}", path.display()))),
    }
}

/// Writes a file that only its owner can read, from its first byte on; whole, or not at all.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Such files have the mode 600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{text}")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// The keyring of the system. That there is none, or that it stays locked, is no error: there is the file.
#[cfg(feature = "keyring")]
mod keyring {
    use keyring::Entry;

    fn entry() -> Option<Entry> {
        Entry::new("foxapi", "api-key").ok()
    }

    pub(super) fn get() -> Option<String> {
        entry()?.get_password().ok()
    }

    pub(super) fn set(key: &str) -> bool {
        entry().is_some_and(|entry| entry.set_password(key).is_ok())
    }

    pub(super) fn remove() -> bool {
        entry().is_some_and(|entry| entry.delete_credential().is_ok())
    }
}

/// The program was built without the keyring.
#[cfg(not(feature = "keyring"))]
mod keyring {
    pub(super) fn get() -> Option<String> {
        None
    }

    pub(super) fn set(_: &str) -> bool {
        false
    }

    pub(super) fn remove() -> bool {
        false
    }
}
