//! `format`: a text has a given format.

use serde_json::Value;

use crate::format::Format;
use crate::invalid_keyword::InvalidKeyword;
use crate::keyword::Keyword;
use crate::words::list;

pub(super) fn read(value: &Value) -> Result<Format, InvalidKeyword> {
    let Value::String(name) = value else { return Err(InvalidKeyword::expected(Keyword::Format, "a string", value)) };
    let known = Format::ALL.into_iter().find(|format| format.as_str() == name);
    known.ok_or_else(|| {
        let known = Format::ALL.map(|format| format!("\"{}\"", format.as_str()));
        InvalidKeyword {
            help: Some(format!("it supports {}; mention any other in the description", list(&known, "and"))),
            ..InvalidKeyword::new(format!("the generator cannot enforce the format \"{name}\""))
        }
    })
}

pub(super) fn violation(format: Format) -> &'static str {
    match format {
        Format::Uri => "is not an absolute URI",
        Format::Date => "is not a date such as `2024-02-29`",
        Format::Time => "is not a time with its offset, such as `08:30:00Z`",
        Format::DateTime => "is not a date and time with its offset, such as `2024-02-29T08:30:00Z`",
        Format::Uuid => "is not a UUID such as `2eb8aa08-aa98-11ea-b4aa-73b441d16380`",
        Format::Email => "is not an email address",
    }
}
