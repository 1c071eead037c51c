//! What every request can do: describe itself, check itself, be read and be written, all without I/O.

use std::fmt::Debug;

use foxapi_schema::{Endpoint, Page, ValidationError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{extra::WithExtra, read};

/// A request. Implemented by the struct of each documentation page, by the enumeration of each group, such as
/// [`VideoRequest`](crate::VideoRequest), and [`AnyRequest`](crate::AnyRequest) for all of them.
///
/// A request knows its method, path and body, so any HTTP client can send it, with the headers `Authorization: Bearer
/// sk-…`, `Content-Type: application/json` and a `User-Agent` that names the program:
///
/// ```
/// use foxapi_models::veo::Veo31ImageToVideo;
/// use foxapi_models::Request;
///
/// let request = Veo31ImageToVideo::builder()
///     .prompt("a light wind passes through the petals")
///     .image_url("https://example.com/photo.jpg")
///     .build()?;
///
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.path(), "/v1/videos/generations");
/// assert_eq!(
///     request.to_json(),
///     r#"{"model":"veo-3.1-image-to-video","prompt":"a light wind passes through the petals","image_url":"https://example.com/photo.jpg"}"#,
/// );
/// # Ok::<(), foxapi_models::ValidationError>(())
/// ```
///
/// `serde_json::from_str` also reads a request, but checks only its shape and not the rules. Prefer
/// [`from_json`](Request::from_json), or call [`validate`](Request::validate).
pub trait Request: Serialize + DeserializeOwned + Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The documentation pages of this type: one for a struct, several for an enumeration.
    fn pages() -> &'static [&'static Page];

    /// The documentation page of this request.
    fn page(&self) -> &'static Page;

    /// ID of the model.
    fn model(&self) -> &'static str;

    /// The parameter `prompt`, if the page has one and it is set.
    fn prompt(&self) -> Option<&str> {
        None
    }

    /// Whether every documented rule holds. Fast, but gives no reasons; [`validate`](Request::validate) does.
    fn is_valid(&self) -> bool;

    /// Checks every documented rule.
    ///
    /// Builders and the `from_…` functions already do. Call it again after you have changed fields.
    ///
    /// # Errors
    ///
    /// Every violation.
    fn validate(&self) -> Result<(), ValidationError> {
        if self.is_valid() { Ok(()) } else { Err(read::explain(self.page(), &self.to_value())) }
    }

    /// Where the request is sent.
    fn endpoint(&self) -> Endpoint {
        self.page().endpoint
    }

    /// HTTP method, such as `POST`.
    fn method(&self) -> &'static str {
        self.endpoint().method
    }

    /// Path below the address of the API, such as `/v1/videos/generations`.
    fn path(&self) -> &'static str {
        self.endpoint().path
    }

    /// Adds a parameter that the page does not document. It is sent as it is, and not checked.
    fn with_extra(self, name: impl Into<String>, value: impl Into<Value>) -> WithExtra<Self> {
        WithExtra::new(self).with_extra(name, value)
    }

    /// The body as JSON text, without parameters that are not set.
    fn to_json(&self) -> String {
        /// Enough for most bodies, so that the text is not copied while it grows.
        const BYTES: usize = 1024;

        let mut text = Vec::with_capacity(BYTES);
        let written = serde_json::to_writer(&mut text, self);
        written.ok().and_then(|()| String::from_utf8(text).ok()).unwrap_or_default()
    }

    /// The body as a JSON value.
    fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads a request from JSON text and checks it.
    ///
    /// ```
    /// use foxapi_models::{Keyword, Request, VideoRequest};
    ///
    /// let error = VideoRequest::from_json(r#"{"model": "veo-3.1-image-to-video", "prompt": 5}"#).unwrap_err();
    /// assert_eq!(error.violations()[0].path, "/prompt");
    /// assert_eq!(error.violations()[0].keyword, Keyword::Type);
    /// assert_eq!(error.violations()[1].to_string(), "/image_url: is required");
    /// ```
    ///
    /// # Errors
    ///
    /// Every violation; a single one with an empty path if the text is not JSON, is nested more than 127 levels deep,
    /// or is refused and too large to explain.
    fn from_json(text: &str) -> Result<Self, ValidationError> {
        read::from_text(text, Self::pages, |text| read::checked(text, Self::is_valid))
    }

    /// Reads a request from JSON text in bytes and checks it.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Request::from_json); a single violation with an empty path if the bytes are not UTF-8.
    fn from_slice(text: &[u8]) -> Result<Self, ValidationError> {
        str::from_utf8(text).map_err(read::not_text).and_then(Self::from_json)
    }

    /// Reads a request from a JSON value and checks it. The value is written as text first: if you have the
    /// text, [`from_json`](Request::from_json) is faster.
    ///
    /// # Errors
    ///
    /// Every violation; a single one with an empty path if the value is nested more than 127 levels deep,
    /// or is refused and too large to explain.
    fn from_value(body: &Value) -> Result<Self, ValidationError> {
        Self::from_json(&read::text(body))
    }

    /// JSON Schema (draft 2020-12) of the body, for other validators, forms and agents.
    fn json_schema() -> Value {
        schema_of(Self::pages())
    }
}

fn schema_of(pages: &[&Page]) -> Value {
    match pages {
        [page] => page.schema.to_value(),
        pages => json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "oneOf": pages.iter().map(|page| page.schema.to_value()).collect::<Vec<_>>(),
        }),
    }
}

impl<R: Request> Request for WithExtra<R> {
    fn pages() -> &'static [&'static Page] {
        R::pages()
    }

    fn page(&self) -> &'static Page {
        self.request.page()
    }

    fn model(&self) -> &'static str {
        self.request.model()
    }

    fn prompt(&self) -> Option<&str> {
        self.request.prompt()
    }

    fn is_valid(&self) -> bool {
        self.request.is_valid() && self.violations(self.page()).next().is_none()
    }

    fn from_json(text: &str) -> Result<Self, ValidationError> {
        R::from_json(text).map(Self::new)
    }

    fn validate(&self) -> Result<(), ValidationError> {
        let mut found: Vec<_> = self.violations(self.page()).collect();
        found.extend(self.request.validate().err().into_iter().flatten());
        if found.is_empty() { Ok(()) } else { Err(ValidationError::new(found, read::unexplained)) }
    }
}
