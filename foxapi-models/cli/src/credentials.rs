//! Finds and stores the key: in the environment, which always wins, in the keyring of the system, or in a file.
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

/// A place of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    Environment,
    Keyring,
    File(PathBuf),
}

impl fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "the environment ({VARIABLE})"),
            Self::Keyring => f.write_str("the keyring of the system"),
            Self::File(path) => write!(f, "the file {}", path.display()),
        }
    }
}

/// There is a keyring, but it is locked.
#[cfg_attr(not(feature = "keyring"), expect(dead_code, reason = "nothing is asked that could be locked"))]
struct Locked;

impl From<Locked> for Failure {
    fn from(_: Locked) -> Self {
        Failure::failed("the keyring of the system is locked").help(format!("unlock it, or set {VARIABLE}"))
    }
}

/// The key, and where it was found. Call this before there is a runtime, since the keyring starts its own.
pub(crate) fn find() -> Result<Option<(ApiKey, KeyPlace)>, Failure> {
    match std::env::var(VARIABLE) {
        Ok(key) if key.trim().is_empty() => {
            return Err(Failure::usage(format!("{VARIABLE} is set, but empty")).help(format!("`unset {VARIABLE}`")));
        }
        Ok(key) => return Ok(Some((key.into(), KeyPlace::Environment))),
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Failure::usage(format!("{VARIABLE} has characters that keys do not have")));
        }
        Err(std::env::VarError::NotPresent) => {}
    }
    let asked = keyring::get();
    if let Ok(Some(key)) = asked {
        return Ok(Some((key.into(), KeyPlace::Keyring)));
    }
    let path = file()?;
    match fs::read_to_string(&path) {
        Ok(key) => Ok(Some((key.into(), KeyPlace::File(path)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(asked.map(|_| None)?),
        Err(error) => Err(Failure::failed(format!("{} cannot be read: {error}", path.display()))),
    }
}

/// The key and its place, or an error that says how to get one.
pub(crate) fn key() -> Result<(ApiKey, KeyPlace), Failure> {
    find()?.ok_or_else(|| {
        Failure::failed("there is no API key").help(format!("`foxapi auth login` stores one, or set {VARIABLE}"))
    })
}

/// Stores the key in the keyring, if there is one, otherwise in the file. Returns the place.
pub(crate) fn store(key: &str) -> Result<KeyPlace, Failure> {
    // If the key went into the file, an old one would replace it as soon as the keyring is unlocked.
    if keyring::set(key)?.is_some() {
        // An old key in the file would come back once this one is removed.
        remove_file(&file()?)?;
        return Ok(KeyPlace::Keyring);
    }
    let path = file()?;
    let failed = |error: io::Error| Failure::failed(format!("{} cannot be written: {error}", path.display()));
    write_private(&path, key).map_err(failed)?;
    Ok(KeyPlace::File(path))
}

/// Removes the key from all places, and returns those that had one.
pub(crate) fn remove() -> Result<Vec<KeyPlace>, Failure> {
    let mut places = Vec::new();
    let path = file()?;
    if remove_file(&path)? {
        places.push(KeyPlace::File(path));
    }
    if keyring::remove()?.is_some() {
        places.push(KeyPlace::Keyring);
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

/// Writes a file atomically that, from its first byte on, only its owner can read.
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

/// The keyring of the system. It is not an error if there is none, since there is the file.
#[cfg(feature = "keyring")]
mod keyring {
    use keyring::{Entry, Error};

    use super::Locked;

    /// `None` if there is no keyring, or no key in it.
    fn ask<T>(question: impl FnOnce(&Entry) -> keyring::Result<T>) -> Result<Option<T>, Locked> {
        match Entry::new("foxapi", "api-key").and_then(|entry| question(&entry)) {
            Ok(answer) => Ok(Some(answer)),
            Err(Error::NoStorageAccess(_)) => Err(Locked),
            Err(_) => Ok(None),
        }
    }

    pub(super) fn get() -> Result<Option<String>, Locked> {
        ask(Entry::get_password)
    }

    pub(super) fn set(key: &str) -> Result<Option<()>, Locked> {
        ask(|entry| entry.set_password(key))
    }

    pub(super) fn remove() -> Result<Option<()>, Locked> {
        ask(Entry::delete_credential)
    }
}

/// The program was built without the keyring.
#[cfg(not(feature = "keyring"))]
mod keyring {
    use super::Locked;

    pub(super) fn get() -> Result<Option<String>, Locked> {
        Ok(None)
    }

    pub(super) fn set(_: &str) -> Result<Option<()>, Locked> {
        Ok(None)
    }

    pub(super) fn remove() -> Result<Option<()>, Locked> {
        Ok(None)
    }
}
