//! Judges request bodies by the schemas of FoxAPI's documentation pages, and says what is wrong.
//!
//! This is the part of [`foxapi-models`](https://docs.rs/foxapi-models) that knows no page: use that crate, which
//! shows what of this one is meant for callers. It is a package of its own because it does not change when a page
//! does, so that compiling the models again after an edit of the specs does not compile it again. What is hidden
//! here is for generated code and its generator, and may change in any version.
//!
//! The way of a body: [`json`] reads it, [`violations`] walks it and the [`Schema`] of its [`Page`] side by side, and
//! each [`Violation`] is worded by [`message`].

#[doc(hidden)]
pub mod assertion;
mod catalogue;
mod collect;
mod document;
#[doc(hidden)]
pub mod format;
#[doc(hidden)]
pub mod invisible;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod judge;
#[doc(hidden)]
pub mod keyword;
#[doc(hidden)]
pub mod message;
#[doc(hidden)]
pub mod models;
mod node;
#[doc(hidden)]
pub mod number;
mod page;
#[doc(hidden)]
pub mod pointer;
mod reading;
#[doc(hidden)]
pub mod refusal;
mod report;
#[doc(hidden)]
pub mod rule;
mod schema;
#[doc(hidden)]
pub mod suggest;
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod tools;
mod unknown_value;
#[doc(hidden)]
pub mod url;
mod violation;
#[doc(hidden)]
pub mod words;

pub use catalogue::{Choice, Model, Parameter, ParameterKind};
pub use keyword::Keyword;
pub use page::{Endpoint, Page, PageSource};
pub use schema::Schema;
pub use unknown_value::UnknownValue;
pub use violation::{ValidationError, Violation};

#[doc(hidden)]
pub use catalogue::models;
#[doc(hidden)]
pub use collect::violations;
#[doc(hidden)]
pub use page::{Facts, Outline};
