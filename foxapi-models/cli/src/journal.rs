//! The journal of this program, which records everything that may be paid for before it is sent.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use foxapi_models::client::{UploadOptions, Uploaded};
use foxapi_models::journal::{Journal, JournalError, Key, State, Submission};
use foxapi_models::{Client, Request};
use serde_json::Value;

use crate::body::uploads::{self, LocalFile};
use crate::catalogue::AnyRequest;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session;

/// The variable with another place for the journal, for example for tests.
const VARIABLE: &str = "FOXAPI_JOURNAL";

/// The path of the journal of `make`.
pub(crate) fn path() -> Result<PathBuf, Failure> {
    match std::env::var_os(VARIABLE) {
        Some(path) if path.is_empty() => return Err(Failure::usage(format!("{VARIABLE} is set, but empty"))),
        Some(path) => return Ok(path.into()),
        None => {}
    }
    let strategy = etcetera::choose_base_strategy().map_err(|error| Failure::failed(error.to_string()))?;
    Ok(strategy.data_dir().join("foxapi").join("journal.db"))
}

/// Opens a journal, creating its folder if it is missing.
pub(crate) async fn open(path: &Path) -> Result<Journal, Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::failed(format!("{} cannot be created: {error}", folder.display())))?;
    }
    Journal::open(path).await.map_err(|error| failure(&error))
}

/// Uploads a file, unless the journal has a valid address of the same content.
pub(crate) async fn upload(
    journal: &Journal,
    client: &Client,
    file: &Path,
    progress: &Progress,
) -> Result<Uploaded, Failure> {
    let (options, shown) = progress.uploading(&file.display().to_string(), UploadOptions::default());
    let uploaded = journal.upload_with(client, file, &options).await;
    drop(shown);
    uploaded.map_err(|error| failure(&error))
}

/// The body with an address in place of each local file.
pub(crate) async fn with_addresses(
    journal: &Journal,
    client: &Client,
    body: &Value,
    files: &[LocalFile],
    progress: &Progress,
) -> Result<Value, Failure> {
    let mut addresses = HashMap::new();
    for local in files {
        if !addresses.contains_key(&local.file) {
            let uploaded = upload(journal, client, &local.file, progress).await?;
            progress.note(&format!("{}: {}", local.file.display(), uploaded.url));
            addresses.insert(local.file.clone(), uploaded.url);
        }
    }
    Ok(uploads::with(body, files, |local| addresses.get(&local.file).cloned().unwrap_or_default()))
}

/// Submits a body under a new key, even if the journal already has the same work.
///
/// An earlier submission of the same work with an unknown outcome comes first, since it may have been paid for.
pub(crate) async fn submit_anew(
    journal: &Journal,
    client: &Client,
    work: &Value,
    body: &Value,
    checked: bool,
) -> Result<Submission, JournalError> {
    let model = body.get("model").and_then(Value::as_str).unwrap_or_default();
    let mut number = 1;
    loop {
        let key = Key::of_json(model, work).take(number);
        number += 1;
        let state = journal.entry(&key).await?.map(|entry| entry.state);
        if matches!(state, Some(State::Submitted { .. } | State::UnderWay)) {
            continue;
        }
        let submission = submit(journal, client, &key, body, checked).await?;
        // Another process may have submitted the same work at the same moment; that task belongs to it.
        if submission.is_new {
            return Ok(submission);
        }
    }
}

/// Submits a body under a key.
async fn submit(
    journal: &Journal,
    client: &Client,
    key: &Key,
    body: &Value,
    checked: bool,
) -> Result<Submission, JournalError> {
    match AnyRequest::from_value(body) {
        Ok(request) if checked => journal.submit(client, key, &request).await,
        _ => journal.submit_json(client, key, body).await,
    }
}

/// The failure for an error of the journal, with what to do about it.
pub(crate) fn failure(error: &JournalError) -> Failure {
    match error {
        JournalError::Client(error) => session::failure(error),
        JournalError::Unknown(entry) => Failure::failed(error.to_string()).help(format!(
            "the account's usage shows what was charged; then: foxapi tasks resolve {} --task ID, or --not-accepted",
            short(&entry.key)
        )),
        JournalError::NotRecorded { key, task_id, .. } => Failure::failed(error.to_string()).help(format!(
            "foxapi tasks resolve {} --task {}",
            short(key),
            session::quoted(task_id)
        )),
        other => Failure::failed(other.to_string()),
    }
}

/// The key with enough of its hash to distinguish it from others.
pub(crate) fn short(key: &str) -> String {
    /// A key of this program ends with a hash of 64 digits, perhaps followed by `#` and the number of a take.
    const SHOWN: usize = 10;

    let Some((label, rest)) = key.split_once(':') else {
        return key.to_owned();
    };
    let (hash, take) = rest.split_once('#').map_or((rest, None), |(hash, take)| (hash, Some(take)));
    let hash: String = hash.chars().take(SHOWN).collect();
    take.map_or_else(|| format!("{label}:{hash}"), |take| format!("{label}:{hash}#{take}"))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_key_is_shown_by_the_beginning_of_its_hash() {
        assert_eq!(short(&format!("some-model:{}", "0123456789abcdef".repeat(4))), "some-model:0123456789");
        assert_eq!(short(&format!("some-model:{}#12", "0123456789abcdef".repeat(4))), "some-model:0123456789#12");
        assert_eq!(short("scene-1"), "scene-1");
    }
}
