//! Where the results of a task are: in the documented shape or the older one.

use serde_json::Value;

use crate::Task;

impl Task {
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

    /// Whether there is anything to fetch, also in a shape that this version cannot read.
    pub fn has_results(&self) -> bool {
        let kept = ["results", "output"].iter().filter_map(|name| self.extra.get(*name));
        !self.result_urls().is_empty()
            || self.results.iter().flatten().any(|result| !result.extra.is_empty())
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
        for result in [json!("https://a.example"), json!({"0": "a"}), json!([{"text": "a poem"}])] {
            assert!(with("results", result.clone()).has_results(), "{result}");
        }
        assert!(with("output", json!(["a"])).has_results());
    }
}
