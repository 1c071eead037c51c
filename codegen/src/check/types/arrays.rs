//! Arrays: lists of one type, and tuples.

use foxapi_schema::assertion::{Measure, Side};

use crate::check::Checker;
use crate::check::schema::SpecSchema;
use crate::checked::{Item, Type};

/// The longest tuple that can be read and written, and that has a placeholder.
const LONGEST_TUPLE: usize = 8;

impl<'a> Checker<'a, '_, '_> {
    pub(super) fn array_type(
        &mut self,
        schema: &'a SpecSchema,
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some(prefix) = &schema.prefix_items {
            return self.tuple_type(schema, prefix, name, file);
        }
        let Some(items) = &schema.items else {
            self.report.error_with_help(schema.at, "an array needs \"items\"", "say what type the items have");
            return None;
        };
        let item = self.slot(items, &|| format!("{}Item", name()), file)?;
        self.refuse_map_inside(&item.ty, items.at);
        Some(Type::Array(Box::new(Item { ty: item.ty, nullable: item.nullable })))
    }

    /// The type of an array that has a schema for each of its items.
    fn tuple_type(
        &mut self,
        schema: &'a SpecSchema,
        prefix: &'a [SpecSchema],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        let length = prefix.len();
        let count = |side| schema.count(Measure::Items, side);
        let has_end = schema.items.as_ref().is_some_and(|items| items.boolean == Some(false))
            || count(Side::AtMost) == Some(length as u64);
        if !has_end || count(Side::AtLeast) != Some(length as u64) {
            self.report.error_with_help(
                schema.at,
                "the generator supports \"prefixItems\" only with a schema for every item",
                format!("add \"items\": false and \"minItems\": {length}, or give \"items\" one schema"),
            );
            return None;
        }
        if length > LONGEST_TUPLE {
            let message = format!("the generator does not support {length} items with their own schemas");
            self.report.error_with_help(schema.at, message, "make it an object");
            return None;
        }
        let mut items = Vec::with_capacity(length);
        for (index, part) in prefix.iter().enumerate() {
            let slot = self.slot(part, &|| format!("{}Item{}", name(), index + 1), file)?;
            if matches!(slot.ty, Type::Object(_) | Type::Array(_) | Type::Tuple(_) | Type::Map(_) | Type::FreeObject) {
                let message = "an item with its own schema must be a string, a number or a boolean";
                self.report.error_with_help(part.at, message, "use an object instead");
                return None;
            }
            items.push(Item { ty: slot.ty, nullable: slot.nullable });
        }
        Some(Type::Tuple(items))
    }
}
