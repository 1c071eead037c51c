//! Typed, checked requests for the video models behind [FoxAPI](https://docs.foxapi.cc): Kling, Veo and more.
//!
//! There is one struct per documentation page, made from a hand-written JSON Schema of the page, in the module of its
//! family, such as [`veo`]. Its builder cannot forget a required parameter, its types cannot hold a value that the page
//! does not know, and every rule between parameters is checked before a request costs a credit. The variants of
//! [`VideoRequest`] are all of them. The crate describes requests and sends none: bring any HTTP client, or enable feature `client`
//! for one that never pays twice.
//!
//! # A first request
//!
//! ```
//! use foxapi_models::veo::Veo31ImageToVideo;
//! use foxapi_models::{Request, Resolution};
//!
//! let request = Veo31ImageToVideo::builder()
//!     .prompt("a light wind passes through the petals") // required: `build` is not there without it
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
//! Setters of optional parameters take a value or an `Option` of it (see [`IntoParameter`]). The fields of
//! the structs are public: change them, and ask [`Request::validate`] again. When the server knows more
//! than this version, `build_unchecked` leaves the decision to the server.
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
//! The server answers with a [`Task`], or with an [`ErrorEnvelope`] when it refuses. Neither fails on what the
//! server adds: unknown values are kept in `Unknown`, unknown fields in `extra`.
//!
//! ```
//! use foxapi_models::{Task, TaskStatus};
//!
//! let task: Task = serde_json::from_str(r#"{"id": "task-1", "status": "processing", "progress": 40}"#)?;
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
//! [`VideoRequest`] is any documented request; the `model` decides which. Reading it checks the rules as well:
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
//! A [`ValidationError`] holds every [`Violation`]: a JSON Pointer, the schema keyword that is violated and a
//! sentence that never repeats a prompt or a URL.
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
//! [`models()`] lists every model with its parameters, defaults, limits and rules as data, for forms and agents;
//! [`Request::json_schema`] gives the JSON Schema of a request, and of all with [`VideoRequest`].
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
//! - `families` (default): the requests of all models. Each family is a feature as well; to compile only some,
//!   `default-features = false, features = ["kling", "rustls"]`.
//! - `client`: [`Client`], which submits, waits and downloads. Off by default.
//! - `blocking`: the same without an async runtime. Includes `client`.
//! - `journal`: [`journal`], a file that remembers what was submitted, so that nothing is paid for twice, whatever
//!   crashes. Brings SQLite and includes `client`.
//! - `tracing`: spans and events of the client.
//! - `rustls` (default) and `native-tls`: which TLS the client uses; without `client` they have no effect.
//! - `tools`: [`tools`], definitions of tools for language models.
//! - `schemars`: `JsonSchema` of schemars 1.x for requests and enumerations. Off by default.

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
    Choice, Endpoint, Keyword, Model, Page, PageSource, Parameter, ParameterKind, Schema, UnknownValue,
    ValidationError, Violation,
};
pub use generated::*;
pub use request::Request;
pub use runtime::{Given, IntoParameter, Missing};
