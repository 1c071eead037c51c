//! The keywords that JSON Schema does not have.

use super::super::Checker;
use super::super::schema::Schema;
use super::place_of;
use crate::model::{Literal, Predicate, Type};

impl<'a> Checker<'a, '_, '_> {
    pub(super) fn sum_equals(&mut self, schema: &'a Schema, object: &str, owner: &[String]) -> Predicate {
        let Some(sum) = &schema.sum_equals else { return Predicate::Always };
        let items = self.named_field(&sum.items, object);
        let total = self.named_field(&sum.total, object);
        let Some(items) = items else { return Predicate::Never };
        let item_object = match &items.ty {
            Type::Array(item) if !item.nullable => match &item.ty {
                Type::Object(name) => Some(name),
                _ => None,
            },
            _ => None,
        };
        let Some(item_object) = item_object else {
            self.report.error(sum.items.at, format!("{:?} is not an array of objects", sum.items.text));
            return Predicate::Never;
        };
        let property = self.named_field(&sum.property, item_object);
        let (Some(property), Some(total)) = (property, total) else { return Predicate::Never };
        for (name, field) in [(&sum.total, &total), (&sum.property, &property)] {
            if !matches!(field.ty, Type::Integer(_)) {
                self.report.error(name.at, format!("{:?} is not an integer", name.text));
                return Predicate::Never;
            }
        }
        if property.is_optional() {
            let message = format!("{:?} may be left out, so there is no sum", sum.property.text);
            self.report.error_with_help(sum.property.at, message, "make it required");
            return Predicate::Never;
        }
        let default = match total.default {
            Some(Literal::Integer(default)) => Some(default),
            _ => None,
        };
        Predicate::SumEquals {
            items: place_of(owner, &items),
            items_optional: items.is_optional(),
            property: property.ident.clone(),
            total: place_of(owner, &total),
            total_optional: total.is_optional(),
            default,
        }
    }

    pub(super) fn combined_max_items(&mut self, schema: &'a Schema, object: &str, owner: &[String]) -> Predicate {
        let Some(combined) = &schema.combined_max_items else { return Predicate::Always };
        let mut arrays = Vec::new();
        for name in &combined.arrays {
            let Some(field) = self.named_field(name, object) else { continue };
            if matches!(field.ty, Type::Array(_)) {
                arrays.push((place_of(owner, &field), field.is_optional()));
            } else {
                self.report.error(name.at, format!("{:?} is not an array", name.text));
            }
        }
        Predicate::CombinedMaxItems { arrays, maximum: combined.maximum }
    }
}
