//! Compiles the rules that JSON Schema does not have.

use foxapi_schema::rule::{Rule, Sum, Together};

use super::super::Checker;
use super::super::schema::Ruled;
use super::subject::Subject;
use crate::checked::{Literal, Predicate, PropertyPath, Type};

impl Checker<'_, '_, '_> {
    pub(super) fn tied(&mut self, ruled: &Ruled, object: &str, owner: &PropertyPath) -> Predicate {
        match &ruled.rule {
            Rule::Sum(sum) => self.sum(ruled, sum, object, owner),
            Rule::Together(together) => self.together(ruled, together, object, owner),
        }
    }

    fn sum(&mut self, ruled: &Ruled, sum: &Sum, object: &str, owner: &PropertyPath) -> Predicate {
        let [named_items, named_property, named_total] =
            [&sum.items, &sum.property, &sum.total].map(|name| ruled.name(name));
        let items = self.named_field(&named_items, object);
        let total = self.named_field(&named_total, object);
        let Some(items) = items else { return Predicate::Never };
        let item_object = match &items.ty {
            Type::Array(item) if !item.nullable => match &item.ty {
                Type::Object(name) => Some(name),
                _ => None,
            },
            _ => None,
        };
        let Some(item_object) = item_object else {
            self.report.error(named_items.at, format!("{:?} is not an array of objects", sum.items));
            return Predicate::Never;
        };
        let property = self.named_field(&named_property, item_object);
        let (Some(property), Some(total)) = (property, total) else { return Predicate::Never };
        for (name, field) in [(&named_total, &total), (&named_property, &property)] {
            if !matches!(field.ty, Type::Integer(_)) {
                self.report.error(name.at, format!("{:?} is not an integer", name.text));
                return Predicate::Never;
            }
        }
        if property.is_optional() {
            let message = format!("{:?} may be left out, so there is no sum", sum.property);
            self.report.error_with_help(named_property.at, message, "make it required");
            return Predicate::Never;
        }
        let default = match total.default {
            Some(Literal::Integer(default)) => Some(default),
            _ => None,
        };
        Predicate::Sum {
            items: Subject::field(owner, &items).path,
            property: property.name,
            total: Subject::field(owner, &total).path,
            default,
        }
    }

    fn together(&mut self, ruled: &Ruled, together: &Together, object: &str, owner: &PropertyPath) -> Predicate {
        let mut arrays = Vec::new();
        for name in together.arrays.iter().map(|name| ruled.name(name)) {
            let Some(field) = self.named_field(&name, object) else { continue };
            if matches!(field.ty, Type::Array(_)) {
                arrays.push(Subject::field(owner, &field).path);
            } else {
                self.report.error(name.at, format!("{:?} is not an array", name.text));
            }
        }
        Predicate::Together { arrays, maximum: together.maximum }
    }
}
