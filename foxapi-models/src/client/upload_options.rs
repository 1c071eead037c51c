//! Options for uploading a file.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Takes the number of bytes sent and the total.
pub(super) type OnProgress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// How a file is uploaded, and who is told about the progress.
///
/// ```
/// use foxapi_models::client::UploadOptions;
///
/// let options = UploadOptions::default()
///     .file_name("garden.jpg")
///     .auto_cleanup(false)
///     .on_progress(|sent, total| println!("{sent} of {total:?} bytes"));
/// # let _ = options;
/// ```
#[derive(Clone)]
#[must_use]
pub struct UploadOptions {
    pub(super) file_name: Option<String>,
    pub(super) auto_cleanup: Option<bool>,
    pub(super) silence: Duration,
    pub(super) on_progress: Option<OnProgress>,
}

impl Default for UploadOptions {
    /// The file keeps its own name, the oldest uploads are removed if the storage is full (the default of the API), and the
    /// upload fails when nothing moves for one minute.
    fn default() -> Self {
        Self { file_name: None, auto_cleanup: None, silence: Duration::from_secs(60), on_progress: None }
    }
}

impl UploadOptions {
    /// A name other than its own, with the right extension.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Whether the oldest uploads of the account are removed when its storage is full. If not, the API answers 403.
    pub fn auto_cleanup(mut self, clean_up: bool) -> Self {
        self.auto_cleanup = Some(clean_up);
        self
    }

    /// How long nothing may move; the upload as a whole has no time limit.
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// Sets a function to call with the number of bytes sent so far, and with that of the whole file if it is known.
    ///
    /// The numbers start again when the upload is retried.
    pub fn on_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }
}

impl fmt::Debug for UploadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadOptions")
            .field("file_name", &self.file_name)
            .field("auto_cleanup", &self.auto_cleanup)
            .field("silence", &self.silence)
            .finish_non_exhaustive()
    }
}
