//! The results of a task, in any shape that the server may send.

use std::collections::HashSet;

use serde_json::Value;

use crate::Task;

/// One thing that a task made.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Produced<'a> {
    /// Address of a file, valid for 24 hours.
    Url(&'a str),
    /// A text, such as lyrics or a transcript.
    Text(&'a str),
    /// ID of something that a later request takes, such as a voice, a character or a profile.
    Id {
        /// What the server calls it, such as `voice_id`.
        name: &'a str,
        /// The ID.
        id: &'a str,
    },
    /// Something this version does not recognise, as the server sent it.
    Other(&'a Value),
}

impl Task {
    /// What the task made, by kind; empty until the task is done.
    ///
    /// ```
    /// use foxapi_models::Task;
    /// use foxapi_models::client::Produced;
    ///
    /// let task: Task = serde_json::from_str(
    ///     r#"{"id": "task-1", "status": "completed", "results": [{"voice_id": "v-7", "text": "a poem"}]}"#,
    /// )?;
    /// assert_eq!(task.results(), [Produced::Text("a poem"), Produced::Id { name: "voice_id", id: "v-7" }]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn results(&self) -> Vec<Produced<'_>> {
        let mut found = Found::default();
        for result in self.results.iter().flatten() {
            result.url.iter().for_each(|url| found.address(url));
        }
        if let Some(output) = &self.output {
            output.urls.iter().flatten().chain(&output.url).for_each(|url| found.address(url));
        }
        for result in self.results.iter().flatten() {
            let ids = [
                ("voice_id", &result.voice_id),
                ("custom_voice_id", &result.custom_voice_id),
                ("character_id", &result.character_id),
                ("profile_id", &result.profile_id),
            ];
            found.text(&result.text);
            ids.into_iter().for_each(|(name, id)| found.id(name, id));
            result.extra.iter().for_each(|(name, value)| found.walk(name, value, true));
        }
        for (name, value) in self.output.iter().flat_map(|output| &output.extra) {
            found.walk(name, value, true);
        }
        for (name, value) in &self.extra {
            match name.as_str() {
                "results" | "output" => found.walk("url", value, true),
                "result" | "data" | "outputs" | "url" | "urls" | "video" | "videos" | "audio" | "audios" | "file"
                | "files" | "artifacts" | "media" | "video_url" | "audio_url" | "download_url" => {
                    found.walk(name, value, false);
                }
                _ => {}
            }
        }
        found.things
    }

    /// Addresses of the files that the task made, valid for 24 hours; empty until the task is done.
    pub fn result_urls(&self) -> Vec<&str> {
        let urls = self.results().into_iter().filter_map(|result| match result {
            Produced::Url(url) => Some(url),
            _ => None,
        });
        urls.collect()
    }

    /// Whether the task made anything, including in a shape that this version cannot read.
    pub fn has_results(&self) -> bool {
        !self.results().is_empty()
    }
}

/// The results found so far.
#[derive(Default)]
struct Found<'a> {
    things: Vec<Produced<'a>>,
    /// The addresses among them, since the older shape has the first one twice.
    addresses: HashSet<&'a str>,
}

impl<'a> Found<'a> {
    fn address(&mut self, url: &'a str) {
        if !url.is_empty() && self.addresses.insert(url) {
            self.things.push(Produced::Url(url));
        }
    }

    fn text(&mut self, text: &'a Option<String>) {
        let text = text.as_deref().filter(|text| !text.is_empty());
        self.things.extend(text.map(Produced::Text));
    }

    fn id(&mut self, name: &'a str, id: &'a Option<String>) {
        let id = id.as_deref().filter(|id| !id.is_empty());
        self.things.extend(id.map(|id| Produced::Id { name, id }));
    }

    /// Collects the results in a value. `all` is whether it is known to be a result; otherwise only addresses count.
    fn walk(&mut self, name: &'a str, value: &'a Value, all: bool) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.walk(name, item, all)),
            Value::Object(properties) => properties.iter().for_each(|(name, value)| self.walk(name, value, all)),
            Value::String(text) => match kind(name, text, value) {
                Produced::Url(url) => self.address(url),
                produced if all && !text.is_empty() => self.things.push(produced),
                _ => {}
            },
            Value::Bool(true) | Value::Number(_) if all => self.things.push(Produced::Other(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn kind<'a>(name: &'a str, text: &'a str, value: &'a Value) -> Produced<'a> {
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    match name {
        _ if is_address => Produced::Url(text),
        "text" | "content" | "transcript" | "lyrics" | "url" => Produced::Text(text),
        _ if name.ends_with("id") || name.ends_with("Id") => Produced::Id { name, id: text },
        _ => Produced::Other(value),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use serde_json::{Value, json};

    use super::Produced;
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

    #[test]
    fn other_shapes_give_them_too() {
        const URL: &str = "https://a.example/b.mp4";
        for (name, value) in [
            ("results", json!([URL])),
            ("results", json!(URL)),
            ("results", json!({"0": URL})),
            ("results", json!([[{"video": {"url": URL}}]])),
            ("results", json!([{"video_url": URL}])),
            ("results", json!([{"url": [URL]}])),
            ("output", json!([URL])),
            ("output", json!(URL)),
            ("output", json!({"video": URL})),
            ("data", json!({"results": [{"url": URL}]})),
            ("video_url", json!(URL)),
        ] {
            let task = with(name, value.clone());
            assert_eq!(task.result_urls(), [URL], "{name}: {value}");
            assert!(task.has_results(), "{name}: {value}");
        }
    }

    #[test]
    fn the_main_addresses_come_first() {
        let task = with("results", json!([{"cover": "https://a.example/c.jpg", "url": "https://a.example/b.mp4"}]));
        assert_eq!(task.result_urls(), ["https://a.example/b.mp4", "https://a.example/c.jpg"]);
    }

    #[test]
    fn what_holds_nothing_is_no_result() {
        for nothing in [json!(null), json!([]), json!([{}]), json!([{"url": null}]), json!([{"url": ""}]), json!("")] {
            assert!(!with("results", nothing.clone()).has_results(), "{nothing}");
        }
        for nothing in [json!(null), json!({}), json!({"url": null, "urls": []}), json!({"duration": 5})] {
            assert!(!with("output", nothing.clone()).has_results(), "{nothing}");
        }
        for (name, echo) in [("input", json!({"image_url": "https://a.example"})), ("region", json!("eu"))] {
            assert!(!with(name, echo).has_results(), "{name}");
        }
    }

    #[test]
    fn what_is_no_address_is_a_result_all_the_same() {
        let poem = with("results", json!([{"text": "a poem", "seed": 5}]));
        assert_eq!(poem.results(), [Produced::Text("a poem")]);
        let voice = with("output", json!({"voice_id": "v-7"}));
        assert_eq!(voice.results(), [Produced::Id { name: "voice_id", id: "v-7" }]);
        assert!(with("output", json!(["a"])).has_results() && with("output", json!(["a"])).result_urls().is_empty());
    }
}
