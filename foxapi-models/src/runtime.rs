//! The code that generated code calls: the logic is written here once, so that generated files are only data.

#![allow(dead_code, unused_imports, unused_macros, reason = "the spec decides what generated code needs")]

pub(crate) mod answer;
mod builder;
pub(crate) mod by_model;
mod check;
mod conversions;
mod enumeration;
pub(crate) mod free;
pub(crate) mod map;
mod object;
mod parameter;
mod pattern;
mod placeholder;
pub(crate) mod prelude;
mod prompt;
mod requests;
mod union;

pub use parameter::IntoParameter;
pub use placeholder::{Given, Missing};

pub(crate) use answer::answer;
pub(crate) use builder::{builder, checked, request, value};
pub(crate) use by_model::{ByModel, Models, Variants};
pub(crate) use conversions::conversions;
pub(crate) use enumeration::{Enumeration, enumeration, open_enumeration, text};
pub(crate) use object::{Object, Properties, nullable, object, optional, read_object, required, write_object};
pub(crate) use pattern::{Pattern, pattern};
pub(crate) use placeholder::{Placeholder, placeholder};
pub(crate) use prompt::Text;
pub(crate) use requests::{Outlined, any_request, requests};
pub(crate) use union::union;

pub(crate) use foxapi_schema::{Outline, Outlines};
#[cfg(feature = "schemars")]
pub(crate) use requests::schemars_schema;
