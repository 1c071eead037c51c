//! Names of types, from the title or the place: checks that they are valid and unique.

use foxapi_schema::json_type::JsonType;

use crate::check::schema::{Name, SpecSchema};
use crate::check::{Checker, names};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    /// Finds a name for a type, and makes sure that it is valid and free.
    pub(super) fn declare(&mut self, schema: &'a SpecSchema, name: &dyn Fn() -> String) -> Option<String> {
        let fallback;
        let (at, text) = match &schema.title {
            Some(Name { at, text }) => (*at, text),
            None => {
                fallback = name();
                (schema.at, &fallback)
            }
        };
        if text.is_empty() {
            self.report.error_with_help(
                at,
                "this type has no name",
                "add a \"title\" in UpperCamelCase, such as KlingV3TextToVideo",
            );
            return None;
        }
        if !names::is_type_name(text) {
            let help = names::type_name(text).map_or_else(
                || "write it in UpperCamelCase, beginning with a letter".to_owned(),
                |name| format!("did you mean {name:?}?"),
            );
            self.report.error_with_help(at, format!("{text:?} cannot be the name of a type"), help);
            return None;
        }
        let is_struct = schema.types.as_ref().is_some_and(|types| types.contains(&JsonType::Object));
        if names::is_taken_type(text) || is_struct && names::is_taken_struct(text) {
            self.report.error_with_help(
                at,
                format!("`{text}` already means something in Rust or in this crate"),
                "choose another \"title\"",
            );
            return None;
        }
        if schema.description.is_none() && schema.endpoint.is_none() {
            self.undescribed.push((schema.at, text.clone()));
        }
        self.claim(at, text).then(|| text.clone())
    }

    /// Reserves a name for a type, unless another type has it.
    pub(super) fn claim(&mut self, at: Span, name: &str) -> bool {
        if let Some(first) = self.type_names.get(name) {
            let first = self.report.describe(*first);
            self.report.error_with_help(
                at,
                format!("two types cannot both be called `{name}`; the other is at {first}"),
                "choose another \"title\", or share one type by \"$ref\"",
            );
            return false;
        }
        self.type_names.insert(name.to_owned(), at);
        true
    }
}
