//! Parameters that the server accepts but this version does not know yet.

use foxapi_schema::{Keyword, Page, Violation, pointer};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// A request with parameters that its page does not document yet. They are sent as they are, and not checked.
///
/// Everything else works as for the request itself. Reading still refuses parameters that are not documented.
///
/// ```
/// use foxapi_models::Request;
/// use foxapi_models::kling::KlingV3TextToVideo;
///
/// let request = KlingV3TextToVideo::builder().prompt("rain on a lake").build()?.with_extra("camera", "crane up");
/// assert_eq!(request.to_json(), r#"{"model":"kling-v3-text-to-video","prompt":"rain on a lake","camera":"crane up"}"#);
/// # Ok::<(), foxapi_models::ValidationError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WithExtra<R> {
    /// The request itself.
    #[serde(flatten)]
    pub request: R,
    /// The additional parameters, by name. One that the page documents is a violation: set it on the request.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<R> WithExtra<R> {
    /// A request without additional parameters yet.
    pub(crate) fn new(request: R) -> Self {
        Self { request, extra: Map::new() }
    }

    /// Adds another parameter.
    #[must_use]
    pub fn with_extra(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(name.into(), value.into());
        self
    }

    /// The additional parameters that the page documents, in its order.
    pub(crate) fn violations(&self, page: &Page) -> impl Iterator<Item = Violation> {
        let mut documented: Vec<_> = self.extra.keys().filter_map(|name| Some((page.position(name)?, name))).collect();
        documented.sort_unstable();
        documented.into_iter().map(|(_, name)| {
            let mut path = String::new();
            pointer::push(&mut path, name);
            let message = "is a parameter of the page: set it in the request, where it is checked";
            Violation::new(path, Keyword::AdditionalProperties, message)
        })
    }
}

impl<'de, R: Deserialize<'de>> Deserialize<'de> for WithExtra<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        R::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(all(test, feature = "kling"))]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kling::KlingV3TextToVideo;
    use crate::{AnyRequest, Request};

    fn request() -> KlingV3TextToVideo {
        KlingV3TextToVideo::builder().prompt("rain").build().expect("a request")
    }

    #[test]
    fn they_are_sent_behind_the_parameters_of_the_page_whatever_they_are() {
        let request = request().with_extra("lens", json!({"f": [1.4]})).with_extra("grain", 3);
        let sent = r#"{"model":"kling-v3-text-to-video","prompt":"rain","lens":{"f":[1.4]},"grain":3}"#;
        let read: Value = serde_json::from_str(&request.to_json()).expect("JSON");
        assert_eq!(read, serde_json::from_str::<Value>(sent).expect("JSON"));
        assert!(request.to_json().starts_with(r#"{"model":"kling-v3-text-to-video","prompt":"rain","#));
        assert_eq!(request.validate(), Ok(()));
        assert_eq!(AnyRequest::from(request.request).with_extra("grain", 3).prompt(), Some("rain"));
    }

    #[test]
    fn the_rest_is_checked_as_ever() {
        let mut request = request().with_extra("grain", 3);
        request.request.duration = Some(7);
        assert!(!request.is_valid());
        let error = request.validate().expect_err("7 seconds are not on the page");
        let paths: Vec<_> = error.violations().iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(paths, ["/duration"]);
    }

    #[test]
    fn parameters_of_the_page_are_set_in_the_request() {
        let mut request = request().with_extra("duration", 10).with_extra("grain", 3).with_extra("prompt", "snow");
        let paths = |request: &WithExtra<KlingV3TextToVideo>| -> Vec<String> {
            let error = request.validate().expect_err("they are documented");
            error.into_iter().map(|violation| violation.path).collect()
        };
        assert!(!request.is_valid());
        assert_eq!(paths(&request), ["/prompt", "/duration"]);
        request.request.resolution = Some(crate::Resolution::P720);
        request.request.voice_ids = Some(vec![String::new(); 3]);
        assert!(paths(&request).starts_with(&[
            "/prompt".to_owned(),
            "/duration".to_owned(),
            "/generate_audio".to_owned()
        ]));
    }

    #[test]
    fn reading_takes_none() {
        let text = r#"{"model":"kling-v3-text-to-video","prompt":"rain","grain":3}"#;
        let error = WithExtra::<KlingV3TextToVideo>::from_json(text).expect_err("the page has no grain");
        assert_eq!(error.violations()[0].path, "/grain");
    }

    #[cfg(feature = "music")]
    #[test]
    fn reading_says_the_same_as_without() {
        // No field can hold the number, which the page does not limit.
        let text = r#"{"model":"suno-v4","prompt":"rain","duration":9223372036854775808}"#;
        let error = AnyRequest::from_json(text).expect_err("too large");
        assert_eq!(error.violations()[0].path, "/duration");
        assert_eq!(WithExtra::<AnyRequest>::from_json(text), Err(error));
    }
}
