//! What generated modules import: all that they use besides types of other modules.

pub(crate) use std::collections::BTreeMap;

pub(crate) use serde_json::{Map, Value};

pub(crate) use super::check::*;
pub(crate) use super::{Facts, Given, IntoParameter};
pub(crate) use super::{answer, enumeration, open_enumeration, pattern, request, union, value};
pub(crate) use super::{is_date, is_date_time, is_email, is_multiple, is_time, is_uri, is_url, is_uuid};
pub(crate) use crate::{Endpoint, PageSource};
