//! The type of a parameter, its format, and whether it may be null.

use super::keywords::{ADDRESSES, FORMATS};

use crate::comparison::Comparer;
use crate::draft::{SchemaDraft, Writer};
use crate::finding::Topic;
use crate::page::{CaptureFormat, Parameter, ValueKind};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let (Some(kind), Some(other)) = (&of_page.kind, &of_spec.kind) else {
        if of_page.kind.is_none() {
            let name = &of_page.name;
            comparer.skip(format!("the type of `{name}`, and whether it may be null: the page does not say"));
        }
        return;
    };
    if matches!((kind, other), (ValueKind::Array(None), ValueKind::Array(Some(_)))) {
        comparer.skip(format!("the type of the items of `{}`: the page does not say", of_page.name));
    }
    if !kind.is_same_as(other) {
        let message = format!("the type is {kind} on the page and {other} in the spec");
        comparer.find(Topic::Type, pointer, "type", of_page.line, message);
    } else {
        format(comparer, of_page, kind.format(), other.format(), pointer);
    }
    if of_page.nullable != of_spec.nullable {
        let message = match of_page.nullable {
            true => "the page says `| null`; the spec refuses null",
            false => "the spec accepts null; the page does not say `| null`",
        };
        comparer.find(Topic::Null, pointer, "type", of_page.line, message.to_owned());
    }
}

/// The format of a text, or of the texts in a list.
fn format(comparer: &mut Comparer<'_>, of_page: &Parameter, format: Option<&str>, other: Option<&str>, pointer: &str) {
    let common = |format: &str| if ADDRESSES.contains(&format) { "uri".to_owned() } else { format.to_owned() };
    let (one, other) = (format.map(common), other.map(common));
    let has_schema = comparer.page.format != CaptureFormat::Text;
    let message = match (one.as_deref(), other.as_deref()) {
        (Some("uri"), None) => "the page accepts URLs (uri); the spec accepts any text".to_owned(),
        (Some(one), other) if FORMATS.contains(&one) && other != Some(one) => {
            format!("the format is {one} on the page; the spec has {}", other.unwrap_or("none"))
        }
        // Often only the name and the examples show that a text is a URL.
        (None, Some(other)) if other != "uri" && has_schema => {
            let message = format!("the format is {other} in the spec; the page does not say so");
            return comparer.unstated(Topic::Type, pointer, "format", of_page, &[], message);
        }
        (Some(one), _) if !FORMATS.contains(&one) => {
            return comparer.skip(format!("the format `{one}` of `{}`: a spec cannot express it", of_page.name));
        }
        _ => return,
    };
    comparer.find(Topic::Type, pointer, "type", of_page.line, message);
}

/// The type; if the page does not give it, that of a value that the page shows.
pub(super) fn write(writer: &Writer<'_>, parameter: &Parameter, schema: &mut SchemaDraft) -> ValueKind {
    let is_list = matches!(parameter.kind, Some(ValueKind::Array(_)));
    schema.todo(match &parameter.kind {
        Some(ValueKind::Other(text)) => format!("the page says that the type is {text}"),
        Some(ValueKind::Array(None)) => "the page does not give the type of the items".to_owned(),
        None => "the page does not give the type, or say whether null is allowed".to_owned(),
        Some(kind) => return kind.clone(),
    });
    let shown = writer.page.sample(parameter).and_then(|value| ValueKind::of(&value));
    let shown = shown.filter(|kind| !is_list || matches!(kind, ValueKind::Array(_)));
    shown.unwrap_or(if is_list { ValueKind::Array(None) } else { ValueKind::String(None) })
}
