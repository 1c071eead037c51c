#![cfg_attr(docsrs, feature(doc_cfg))]
//! Typed, checked requests for the AI models behind [FoxAPI](https://docs.foxapi.cc): video, images, audio and documents.
//!
//! There is one struct per documentation page. Its builder does not compile without the required parameters, its types
//! cannot hold a value that the page does not list, and every documented rule is checked before a request costs a
//! credit. By default the crate sends nothing: use any HTTP client, or enable the feature `client` for one that never
//! pays twice.
//!
//! # Where to look
//!
#![doc = include_str!("generated/index.md")]
//!
//! | you want to | look at |
//! |---|---|
//! | build a request | the struct of its page, in the module of its family, such as [`veo::Veo31ImageToVideo`] |
//! | write code for every request | [`Request`], and [`AnyRequest`] for a request of any group |
//! | send a parameter that this version does not know | [`WithExtra`] |
//! | read JSON and check it | [`Request::from_json`], [`ValidationError`], [`Violation`] |
//! | read the server's answers | [`Task`], [`ErrorEnvelope`] |
//! | list models, parameters and rules as data | [`models()`], [`model()`], [`Model`] |
//! | give a JSON Schema to another tool | [`Request::json_schema`], [`Schema`] |
#![cfg_attr(
    feature = "client",
    doc = "| submit, wait, download, upload | [`Client`] and the module [`client`]; its errors: [`ClientError`] |"
)]
#![cfg_attr(feature = "blocking", doc = "| do the same without an async runtime | [`blocking::Client`] |")]
#![cfg_attr(feature = "journal", doc = "| never pay twice, even after a crash | [`journal::Journal`] |")]
#![cfg_attr(feature = "tools", doc = "| give models to a language model as tools | [`tools::Tools`] |")]
//!
//! # A first request
//!
//! ```
//! use foxapi_models::veo::Veo31ImageToVideo;
//! use foxapi_models::{Request, Resolution};
//!
//! let request = Veo31ImageToVideo::builder()
//!     .prompt("a light wind passes through the petals") // required
//!     .image_url("https://example.com/photo.jpg")
//!     .resolution(Resolution::P720) // what is not set is not sent
//!     .build()?;
//!
//! let url = format!("https://api.foxapi.cc{}", request.path());
//! let body = request.to_json();
//! // Send `request.method()` to `url` with the headers `Authorization: Bearer sk-…`,
//! // `Content-Type: application/json` and a `User-Agent`; the answer is a task.
//! # assert_eq!(url, "https://api.foxapi.cc/v1/videos/generations");
//! # assert!(body.starts_with(r#"{"model":"veo-3.1-image-to-video","prompt":"#));
//! # Ok::<(), foxapi_models::ValidationError>(())
//! ```
//!
//! Setters of optional parameters take a value or an `Option` of it (see [`IntoParameter`]). The fields of the structs
//! are public: after changing them, call [`Request::validate`] again. If the server accepts more than this version
//! knows, `build_unchecked` leaves the decision to the server.
//!
//! # Settings carry over
//!
//! Parameters of the same name convert between models by the value on the wire: `From` where the other model takes
//! every value, `TryFrom` elsewhere.
//!
//! ```
//! use foxapi_models::{AspectRatio, HdResolution, Resolution, VeoAspectRatio};
//!
//! assert_eq!(Resolution::from(HdResolution::P1080), Resolution::P1080);
//! assert_eq!(VeoAspectRatio::try_from(AspectRatio::Portrait), Ok(VeoAspectRatio::Portrait));
//! assert!(VeoAspectRatio::try_from(AspectRatio::Square).is_err());
//! ```
//!
//! # The answer
//!
//! The server answers with a [`Task`], or with an [`ErrorEnvelope`] if it refuses. Reading either never fails on what the
//! server has added: unknown values are kept in `Unknown`, unknown fields in `extra`.
//!
//! ```
//! use foxapi_models::{Task, TaskStatus};
//!
//! let task: Task = serde_json::from_str(r#"{"id": "task-1", "status": "processing"}"#)?;
//! match &task.status {
//!     TaskStatus::Completed => println!("{:?}", task.results),
//!     TaskStatus::Failed | TaskStatus::Cancelled => println!("{:?}", task.error),
//!     _ => println!("ask for {} again", task.id),
//! }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Reading JSON
//!
//! [`VideoRequest`] is any documented request for a video; the `model` decides which. Reading one also checks the rules:
//!
//! ```
//! use foxapi_models::{Request, VideoRequest};
//!
//! let request = VideoRequest::from_json(
//!     r#"{"model": "veo-3.1-image-to-video", "prompt": "petals fall", "image_url": "https://example.com/a.jpg"}"#,
//! )?;
//! match &request {
//!     VideoRequest::Veo31ImageToVideo(veo) => println!("{}", veo.image_url),
//!     other => println!("another model: {}", other.model()),
//! }
//! # Ok::<(), foxapi_models::ValidationError>(())
//! ```
//!
//! # Violations
//!
//! A [`ValidationError`] holds every [`Violation`]: a JSON Pointer, the violated schema keyword, and a sentence that
//! never repeats a prompt or a URL.
//!
//! ```
//! use foxapi_models::{Keyword, Request, VideoRequest};
//!
//! let body = r#"{"model": "veo-3.1-lite-image-to-video", "prompt": "petals fall", "image_url": "a.jpg", "resolution": "4k"}"#;
//! let error = VideoRequest::from_json(body).unwrap_err();
//!
//! let found: Vec<_> = error.violations().iter().map(|it| (it.path.as_str(), it.keyword)).collect();
//! assert_eq!(found, [("/image_url", Keyword::Format), ("/resolution", Keyword::XModels)]);
//! println!("{error}"); // one violation per line
//! println!("{}", serde_json::to_string(&error)?); // or as JSON
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # The catalogue
//!
//! [`models()`] lists every model with its parameters, defaults, limits and rules as data, for forms and agents.
//! [`Request::json_schema`] returns the JSON Schema of a request; for [`VideoRequest`], that of all requests for videos.
//!
//! ```
//! let lite = foxapi_models::model("veo-3.1-lite-image-to-video").ok_or("no such model")?;
//! for parameter in &lite.parameters {
//!     println!("{}: {} {:?}", parameter.name, parameter.description, parameter.options);
//! }
//! # Ok::<(), &str>(())
//! ```
//!
//! # Features
//!
//! - `families` (default): the requests of all models. Each family is also a separate feature; to compile only some,
//!   use `default-features = false, features = ["kling", "rustls"]`.
//! - `client`: the module `client`, which submits, waits, downloads and uploads.
//! - `blocking`: the same client without an async runtime. Includes `client`.
//! - `journal`: a file that records what was submitted, so that nothing is paid for twice, even after a crash. Includes
//!   `client` and SQLite.
//! - `tracing`: spans and events of the client.
//! - `rustls` (default) and `native-tls`: which TLS library the client uses. They have no effect without `client`.
//! - `schemars`: implements `JsonSchema` of schemars 1.x for requests and enumerations.
//! - `tools`: the module `tools`, definitions of tools for language models.

#[rustfmt::skip]
mod generated;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "journal")]
pub mod journal;
#[cfg(feature = "tools")]
pub mod tools;

mod catalogue;
mod extra;
mod read;
mod request;
mod results;
mod runtime;

#[cfg(feature = "client")]
pub use client::{Client, ClientError};

pub use catalogue::{model, models};
pub use extra::WithExtra;
#[doc(inline)]
pub use foxapi_schema::{
    Choice, Endpoint, Keyword, Limits, Model, Page, PageSource, Parameter, ParameterKind, Schema, UnknownValue,
    ValidationError, Violation,
};
pub use generated::*;
pub use request::Request;
pub use runtime::{Given, IntoParameter, Missing};
