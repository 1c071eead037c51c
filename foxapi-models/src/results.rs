//! Results of a task other than files: texts, and IDs for later requests.

use crate::{Task, TaskResult};

impl TaskResult {
    /// The ID of a voice, made or cloned, for requests that take one.
    pub fn voice(&self) -> Option<&str> {
        self.voice_id.as_deref().or(self.custom_voice_id.as_deref()).filter(|id| !id.is_empty())
    }
}

/// ```
/// use foxapi_models::Task;
///
/// let task: Task = serde_json::from_str(
///     r#"{"id": "task-1", "status": "completed", "results": [{"voice_id": "voice-7"}, {"text": "Good morning."}]}"#,
/// )?;
/// assert_eq!(task.voice_ids().next(), Some("voice-7"));
/// assert_eq!(task.texts().next(), Some("Good morning."));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Task {
    /// All of its results.
    fn each_result(&self) -> impl Iterator<Item = &TaskResult> {
        self.results.iter().flatten()
    }

    /// Texts that the task made, such as transcripts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.text.as_deref()).filter(|text| !text.is_empty())
    }

    /// IDs of voices that the task made or cloned, for the requests that take one.
    pub fn voice_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(TaskResult::voice)
    }

    /// IDs of characters that the task made, for the requests that take one.
    pub fn character_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.character_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// IDs of profiles that the task made, for the requests that take one.
    pub fn profile_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.profile_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// The random seed that was used, if the server returns it.
    pub fn seed(&self) -> Option<i64> {
        self.each_result().find_map(|result| result.seed)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use serde_json::{Value, json};

    use crate::Task;

    #[track_caller]
    fn with(name: &str, value: Value) -> Task {
        serde_json::from_value(json!({"id": "t", "status": "completed", name: value})).expect("a task")
    }

    /// The shapes that pages document, each with what is found in it.
    #[test]
    fn results_of_every_kind_are_found() {
        let task = |result: Value| with("results", json!([result]));
        let video = task(json!({"url": "https://a.example/v.mp4", "content_type": "video/mp4", "seed": 7}));
        assert_eq!(video.seed(), Some(7));
        let transcript = task(json!({
            "text": "Good day", "language_code": "en", "language_probability": 0.9,
            "words": [{"text": "Good", "start": 0.1, "end": 0.4, "type": "word"}]
        }));
        assert_eq!(transcript.texts().collect::<Vec<_>>(), ["Good day"]);
        let words = transcript.results.iter().flatten().filter_map(|result| result.words.as_ref()).flatten();
        assert_eq!(words.map(|word| (word.start, word.end)).collect::<Vec<_>>(), [(Some(0.1), Some(0.4))]);
        assert_eq!(task(json!({"voice_id": "v"})).voice_ids().collect::<Vec<_>>(), ["v"]);
        assert_eq!(task(json!({"custom_voice_id": "c"})).voice_ids().collect::<Vec<_>>(), ["c"]);
        assert_eq!(task(json!({"character_id": "x", "name": "Fox"})).character_ids().collect::<Vec<_>>(), ["x"]);
        assert_eq!(task(json!({"result_type": "profile", "profile_id": "p"})).profile_ids().collect::<Vec<_>>(), ["p"]);
        let nothing = task(json!({"voice_id": "", "text": "", "character_id": null, "profile_id": 5}));
        assert_eq!(nothing.voice_ids().chain(nothing.texts()).chain(nothing.character_ids()).count(), 0);
        assert_eq!(nothing.profile_ids().count(), 0);
    }
}
