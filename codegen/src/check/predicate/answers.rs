//! Refuses assertions in the schemas of answers, which are read but never checked.

use foxapi_schema::json_type::JsonType;

use super::super::Checker;
use super::super::schema::SpecSchema;
use super::super::types::{constants, non_null_branch};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    /// Reports assertions about an answer: answers are not checked, so assertions belong in descriptions.
    pub(super) fn refuse_assertions_on_answers(&mut self, schema: &'a SpecSchema) {
        let mut places = Vec::new();
        collect_assertions(schema, &mut places);
        let properties = schema.properties.iter().map(|property| &property.schema);
        for property in properties.filter(|property| property.types.as_deref() != Some(&[JsonType::Object])) {
            collect_assertions(property, &mut places);
        }
        for at in places {
            self.report.error_with_help(at, "answers of the server are read, not judged", "put it in the description");
        }
    }
}

/// Collects the places where a schema requires more than a type or one of some values.
fn collect_assertions(schema: &SpecSchema, places: &mut Vec<Span>) {
    let shape = [&schema.any_of, &schema.one_of]
        .into_iter()
        .flatten()
        .filter(|branches| non_null_branch(schema).is_none() && constants(branches).is_none());
    places.extend(shape.flatten().map(|branch| branch.at));
    places.extend(schema.all_of.iter().map(|part| part.at));
    places.extend(schema.assertions.iter().map(|asserted| asserted.at));
    places.extend([&schema.contains, &schema.not, &schema.condition].into_iter().flatten().map(|part| part.at));
    places.extend(schema.dependent_required.iter().map(|(name, _)| name.at));
    places.extend(schema.dependent_schemas.iter().map(|property| property.name.at));
    places.extend(schema.rules.iter().map(|ruled| ruled.at));
    if let Some(items) = &schema.items {
        collect_assertions(items, places);
    }
    if let Some(inner) = non_null_branch(schema) {
        collect_assertions(inner, places);
    }
}
