//! Compiles what a schema requires of the items of arrays and the values of maps.

use foxapi_schema::assertion::{Measure, Side};
use serde_json::Value as JsonValue;

use super::super::Checker;
use super::super::schema::{Additional, SpecSchema};
use super::subject::Subject;
use crate::checked::simplify::{count, every};
use crate::checked::{Item, Predicate, PropertyPath};

impl<'a> Checker<'a, '_, '_> {
    /// `items` and `contains`.
    pub(super) fn items(&mut self, schema: &'a SpecSchema, subject: &Subject, item: &Item) -> Predicate {
        let mut parts = Vec::new();
        if let Some(items) = &schema.items {
            parts.push(every(&subject.path, Measure::Items, self.item(items, item)));
        }
        if let Some(contains) = &schema.contains {
            let predicate = self.item(contains, item);
            let minimum = schema.count(Measure::Matches, Side::AtLeast).unwrap_or(1);
            parts.push(count(&subject.path, predicate, minimum, schema.count(Measure::Matches, Side::AtMost)));
        }
        Predicate::all(parts)
    }

    /// `prefixItems` and `items` of a tuple.
    pub(super) fn tuple_items(&mut self, schema: &'a SpecSchema, subject: &Subject, items: &[Item]) -> Predicate {
        let prefix = schema.prefix_items.as_deref().unwrap_or_default();
        let schemas = prefix.iter().map(Some).chain(std::iter::repeat(schema.items.as_deref()));
        let mut parts = Vec::new();
        for ((index, item), schema) in items.iter().enumerate().zip(schemas) {
            let Some(schema) = schema else { continue };
            let slot = Subject::at(&subject.path, &index.to_string(), &item.ty);
            let some = self.value(schema, &slot);
            parts.push(match item.nullable {
                true => Predicate::optional(slot.path, self.satisfies(schema, &JsonValue::Null), some),
                false => some,
            });
        }
        Predicate::all(parts)
    }

    /// `additionalProperties` of a map.
    pub(super) fn map_values(&mut self, schema: &'a SpecSchema, subject: &Subject, value: &Item) -> Predicate {
        match &schema.additional {
            Some((_, Additional::Each(each))) => every(&subject.path, Measure::Properties, self.item(each, value)),
            Some((_, Additional::Refused)) => every(&subject.path, Measure::Properties, Predicate::Never),
            Some((_, Additional::Allowed)) | None => Predicate::Always,
        }
    }

    /// Reports a rule about the properties of a free object, which can have any value.
    pub(super) fn refuse_look_inside(&mut self, schema: &SpecSchema) {
        if let Some((at, Additional::Each(_) | Additional::Refused)) = &schema.additional {
            self.report.error_with_help(
                *at,
                "a rule cannot look inside an object with arbitrary properties",
                "define the object with \"properties\"",
            );
        }
    }

    fn item(&mut self, schema: &'a SpecSchema, item: &Item) -> Predicate {
        let some = self.value(schema, &Subject::itself(&item.ty));
        match item.nullable {
            true => Predicate::optional(PropertyPath::new(), self.satisfies(schema, &JsonValue::Null), some),
            false => some,
        }
    }
}
