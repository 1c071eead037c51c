//! What a task made: files to fetch, in the documented shape or the older one, texts, and ids for later requests.

use serde_json::Value;

use crate::{Task, TaskResult};

impl TaskResult {
    /// The id of a voice, made or cloned, for the requests that take one.
    pub fn voice(&self) -> Option<&str> {
        self.voice_id.as_deref().or(self.custom_voice_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// Whether it holds anything, also something that this version cannot read.
    fn says_something(&self) -> bool {
        let texts =
            [&self.url, &self.text, &self.voice_id, &self.custom_voice_id, &self.character_id, &self.profile_id];
        texts.into_iter().flatten().any(|text| !text.is_empty())
            || self.words.as_ref().is_some_and(|words| !words.is_empty())
            || !self.extra.is_empty()
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
    /// Its results, as many as there are.
    fn each_result(&self) -> impl Iterator<Item = &TaskResult> {
        self.results.iter().flatten()
    }

    /// Texts that it made: transcripts, for example.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.text.as_deref()).filter(|text| !text.is_empty())
    }

    /// Ids of the voices that it made or cloned, for the requests that take one.
    pub fn voice_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(TaskResult::voice)
    }

    /// Ids of the characters that it made, for the requests that take one.
    pub fn character_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.character_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// Ids of the profiles that it made, for the requests that take one.
    pub fn profile_ids(&self) -> impl Iterator<Item = &str> {
        self.each_result().filter_map(|result| result.profile_id.as_deref()).filter(|id| !id.is_empty())
    }

    /// The starting point of the random numbers that it used, if the server tells.
    pub fn seed(&self) -> Option<i64> {
        self.each_result().find_map(|result| result.seed)
    }

    /// Addresses of what the task made, for 24 hours; empty until it is done.
    pub fn result_urls(&self) -> Vec<&str> {
        let results = self.results.iter().flatten().filter_map(|result| result.url.as_deref());
        let mut urls: Vec<&str> = results.filter(|url| !url.is_empty()).collect();
        if urls.is_empty()
            && let Some(output) = &self.output
        {
            let listed = output.urls.iter().flatten().chain(&output.url).map(String::as_str);
            for url in listed.filter(|url| !url.is_empty()) {
                // `url` is one of `urls`, where both are there.
                if !urls.contains(&url) {
                    urls.push(url);
                }
            }
        }
        urls
    }

    /// Whether it made anything, also in a shape that this version cannot read.
    pub fn has_results(&self) -> bool {
        let kept = ["results", "output"].iter().filter_map(|name| self.extra.get(*name));
        !self.result_urls().is_empty()
            || self.each_result().any(TaskResult::says_something)
            || self.output.as_ref().is_some_and(|output| output.extra.values().any(says_something))
            || kept.into_iter().any(says_something)
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(properties) => !properties.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
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

    #[test]
    fn both_shapes_give_their_addresses() {
        assert_eq!(with("results", json!([{"url": "a"}, {"url": "b"}])).result_urls(), ["a", "b"]);
        assert_eq!(with("output", json!({"url": "a"})).result_urls(), ["a"]);
        assert_eq!(with("output", json!({"url": "a", "urls": ["a", "b"]})).result_urls(), ["a", "b"]);
    }

    /// The shapes that pages document, each with what is found in it.
    #[test]
    fn results_of_every_kind_are_found() {
        let task = |result: Value| with("results", json!([result]));
        let video = task(json!({"url": "https://a.example/v.mp4", "content_type": "video/mp4", "seed": 7}));
        assert_eq!((video.seed(), video.result_urls()), (Some(7), vec!["https://a.example/v.mp4"]));
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
        for id in ["voice_id", "custom_voice_id", "character_id", "profile_id", "text"] {
            assert!(task(json!({id: "x"})).has_results(), "{id}");
            assert!(!task(json!({id: ""})).has_results(), "{id}");
        }
    }

    #[test]
    fn what_holds_nothing_is_no_result() {
        for nothing in [json!(null), json!([]), json!([{}]), json!([{"url": null}]), json!([{"url": ""}]), json!("")] {
            assert!(!with("results", nothing.clone()).has_results(), "{nothing}");
        }
        for nothing in [json!(null), json!({}), json!({"url": null, "urls": []}), json!({"duration": 5})] {
            assert!(!with("output", nothing.clone()).has_results(), "{nothing}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_result_all_the_same() {
        for result in [json!("https://a.example"), json!({"0": "a"}), json!([{"poem": "a"}]), json!([{"text": 5}])] {
            assert!(with("results", result.clone()).has_results(), "{result}");
        }
        assert!(with("output", json!(["a"])).has_results());
    }
}
