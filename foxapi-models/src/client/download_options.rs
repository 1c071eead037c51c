//! Which result to fetch, and what to do meanwhile.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::download;
use super::download_error::DownloadError;

/// Takes the bytes that came and those that will.
type OnProgress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// Which result to fetch, and what to do meanwhile.
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
    /// The first result, into a new file, as long as something comes every 30 seconds.
    fn default() -> Self {
        Self { overwrite: false, result: 0, silence: Duration::from_secs(30), any_type: false, on_progress: None }
    }
}

impl DownloadOptions {
    /// Whether a file of that name may be replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Which result of the task, counted from 0.
    pub fn result(mut self, index: usize) -> Self {
        self.result = index;
        self
    }

    /// How long the server may send nothing; there is no limit for the whole.
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// Whether to take text and documents as well, which by default only tasks that make text may give: servers
    /// answer with a page or with JSON where a file is not there.
    pub fn any_type(mut self, any: bool) -> Self {
        self.any_type = any;
        self
    }

    /// Is called with the bytes that came and those that will, where the server says so.
    ///
    /// Begins anew when the download does, after a fault of the connection.
    pub fn on_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }

    /// Checks that a file of this name could be stored. Ask before you pay for what shall be in it.
    ///
    /// ```
    /// use foxapi_models::client::DownloadOptions;
    ///
    /// assert!(DownloadOptions::default().check("no/such/folder/river.mp4").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The name is empty or of a folder, there is such a file and it must not be replaced, or its folder is missing
    /// or not writable.
    pub fn check(&self, path: impl AsRef<Path>) -> Result<(), DownloadError> {
        download::check(path.as_ref(), self.overwrite)
    }

    pub(super) fn overwrites(&self) -> bool {
        self.overwrite
    }

    /// Which result is chosen.
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
