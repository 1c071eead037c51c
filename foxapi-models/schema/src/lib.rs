#![cfg_attr(docsrs, feature(doc_cfg))]
//! Validates request bodies against the schemas of FoxAPI's documentation pages.
//!
//! This is the page-independent part of [`foxapi-models`](https://docs.rs/foxapi-models): use that crate, which
//! re-exports everything here that is meant for callers. It is a separate package so that it is not recompiled with
//! the models whenever a spec changes. Items hidden from the documentation are for generated code and its generator,
//! and may change in any version.
//!
//! Data flow: [`json`] reads a body, [`violations`] walks it side by side with the [`Schema`] of its [`Page`], and
//! [`message`] words each [`Violation`].

#[doc(hidden)]
pub mod assertion;
mod catalogue;
mod collect;
#[doc(hidden)]
pub mod format;
#[doc(hidden)]
pub mod found;
#[doc(hidden)]
pub mod invalid_keyword;
#[doc(hidden)]
pub mod invisible;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod json_type;
#[doc(hidden)]
pub mod keyword;
#[doc(hidden)]
pub mod message;
#[doc(hidden)]
pub mod models;
#[doc(hidden)]
pub mod number;
mod page;
#[doc(hidden)]
pub mod pointer;
mod reading;
mod report;
#[doc(hidden)]
pub mod rule;
mod schema;
mod subschema;
#[doc(hidden)]
pub mod suggest;
#[cfg(feature = "tools")]
#[doc(hidden)]
pub mod tools;
mod unknown_value;
#[doc(hidden)]
pub mod url;
#[doc(hidden)]
pub mod validator;
mod violation;
#[doc(hidden)]
pub mod words;

pub use catalogue::{Choice, Limits, Model, Parameter, ParameterKind};
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
pub use page::{Facts, Outline, Outlines};
