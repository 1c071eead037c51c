//! Which result to download, and how.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::download_error::DownloadError;
use super::part;

/// Takes the number of bytes received and the total.
type OnProgress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// Which result to download, and how.
///
/// ```
/// use foxapi_models::client::DownloadOptions;
///
/// let options = DownloadOptions::default()
///     .overwrite(true)
///     .on_progress(|received, total| println!("{received} of {total:?} bytes"));
/// # let _ = options;
/// ```
#[derive(Clone)]
#[must_use]
pub struct DownloadOptions {
    overwrite: bool,
    result: usize,
    silence: Duration,
    any_type: bool,
    on_progress: Option<OnProgress>,
}

impl Default for DownloadOptions {
    /// The first result, into a new file; fails if the server sends nothing for 30 seconds.
    fn default() -> Self {
        Self { overwrite: false, result: 0, silence: Duration::from_secs(30), any_type: false, on_progress: None }
    }
}

impl DownloadOptions {
    /// Sets whether an existing file may be replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Sets which result of the task to download, counted from 0.
    pub fn result(mut self, index: usize) -> Self {
        self.result = index;
        self
    }

    /// Sets how long the server may send nothing. The download as a whole has no time limit.
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// Sets whether to accept text and documents too. By default only tasks that make text may return them, because servers
    /// often answer with a page or with JSON when a file does not exist.
    pub fn any_type(mut self, any: bool) -> Self {
        self.any_type = any;
        self
    }

    /// Sets a function to call with the number of bytes received so far, and with the total if the server announced it.
    ///
    /// The numbers start again when the download is retried.
    pub fn on_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }

    /// Checks that a file of this name could be stored. Call it before you pay for the content.
    ///
    /// ```
    /// use foxapi_models::client::DownloadOptions;
    ///
    /// assert!(DownloadOptions::default().check("no/such/folder/river.mp4").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The name is empty or that of a folder, the file exists and must not be replaced, or its folder does not exist or is
    /// not writable.
    pub fn check(&self, path: impl AsRef<Path>) -> Result<(), DownloadError> {
        part::check(path.as_ref(), self.overwrite)
    }

    pub(super) fn overwrites(&self) -> bool {
        self.overwrite
    }

    /// The index of the chosen result.
    pub(crate) fn chosen(&self) -> usize {
        self.result
    }

    pub(super) fn patience(&self) -> Duration {
        self.silence
    }

    pub(super) fn takes_any(&self) -> bool {
        self.any_type
    }

    pub(super) fn tell(&self, received: u64, total: Option<u64>) {
        if let Some(callback) = &self.on_progress {
            callback(received, total);
        }
    }
}

impl fmt::Debug for DownloadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadOptions")
            .field("overwrite", &self.overwrite)
            .field("result", &self.result)
            .field("silence", &self.silence)
            .field("any_type", &self.any_type)
            .finish_non_exhaustive()
    }
}
