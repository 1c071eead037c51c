//! The states that a task passes through.

use serde_json::{Value, json};

/// The states of a task, one for each time it is asked for, and its results.
///
/// ```
/// use foxapi_mock::Script;
///
/// let three_questions = Script::default();
/// let at_once = Script::completed().file("image/png", [0x89, b'P', b'N', b'G']);
/// let refused_late = Script::failed("content_policy", "the prompt is not allowed");
/// let odd = Script::of([serde_json::json!({"status": "thinking"}), serde_json::json!({"status": "completed"})]);
/// # let _ = (three_questions, at_once, refused_late, odd);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Script {
    /// The members that are added to the task each time it is fetched; the last state stays.
    pub(crate) states: Vec<Value>,
    /// Type and bytes of each result.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Default for Script {
    /// Pending, processing, then completed with a small file that starts like an MP4.
    fn default() -> Self {
        let mut script = Self::completed();
        script.states.insert(0, json!({"status": "pending", "progress": 0}));
        script.states.insert(1, json!({"status": "processing", "progress": 50}));
        script
    }
}

impl Script {
    /// Completed when first asked for.
    pub fn completed() -> Self {
        let file = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom a small file of the mock".to_vec();
        Self {
            states: vec![json!({"status": "completed", "progress": 100})],
            files: vec![("video/mp4".to_owned(), file)],
        }
    }

    /// Failed when first asked for.
    pub fn failed(type_: &str, message: &str) -> Self {
        Self::of([json!({"status": "failed", "error": {"type": type_, "message": message}})])
    }

    /// Any states. Members of the documented task are replaced, others are added. A state that is `completed` and has no
    /// `results` gets the files as its results.
    pub fn of(states: impl IntoIterator<Item = Value>) -> Self {
        Self { states: states.into_iter().collect(), files: Vec::new() }
    }

    /// Sets the file that is the result, or adds another one if a file was set before.
    pub fn file(mut self, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        if self.files == Self::completed().files {
            self.files.clear();
        }
        self.files.push((content_type.to_owned(), bytes.into()));
        self
    }
}
