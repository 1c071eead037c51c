//! What generated modules import: all that they use besides types of other modules.

pub(crate) use std::collections::BTreeMap;

pub(crate) use foxapi_schema::format::{is_date, is_date_time, is_email, is_time, is_uuid};
pub(crate) use foxapi_schema::number::is_multiple;
pub(crate) use foxapi_schema::url::{is_uri, is_url};
pub(crate) use foxapi_schema::{Endpoint, Facts, PageSource};
pub(crate) use serde_json::{Map, Value};

pub(crate) use super::check::*;
pub(crate) use super::{Given, IntoParameter};
pub(crate) use super::{answer, enumeration, open_enumeration, pattern, request, union, value};
