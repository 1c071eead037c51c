//! The file that a download goes into until it is complete.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use super::download_error::DownloadError;

/// Fails if a file of this name could not be stored, before anything is requested.
pub(super) fn check(path: &Path, overwrite: bool) -> Result<(), DownloadError> {
    create(path, overwrite).map(drop)
}

/// The file that is written until it is complete, next to the final one: `video.mp4.a1b2c3.part`.
///
/// Each download has its own, so that two downloads to the same file do not mix. It is removed when dropped.
pub(super) fn create(path: &Path, overwrite: bool) -> Result<NamedTempFile, DownloadError> {
    let mut prefix = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidFilename)
        .map_err(|kind| DownloadError::Io(kind.into()))?
        .to_owned();
    // A broken link is in the way, too.
    match path.symlink_metadata() {
        Ok(found) if found.is_dir() => return Err(DownloadError::Io(io::ErrorKind::IsADirectory.into())),
        Ok(_) if !overwrite => return Err(DownloadError::AlreadyExists(path.to_owned())),
        _ => {}
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".part");
    // The result is not secret, so it gets the permissions of any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(builder.tempfile_in(folder)?)
}
