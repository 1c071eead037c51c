//! The fields of a struct, in the order of the page.

use std::collections::{HashMap, HashSet};

use super::listed::{listed_values, non_null_branch};
use crate::check::facts::limit;
use crate::check::schema::{Name, Property, SpecSchema};
use crate::check::{Checker, names};
use crate::checked::{Field, Type};

/// The most required properties that a builder can have: each of their setters has all of them in its signature.
const MOST_REQUIRED: usize = 64;

impl<'a> Checker<'a, '_, '_> {
    pub(super) fn fields_of(&mut self, schema: &'a SpecSchema, owner: &str, file: usize) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(schema.properties.len());
        for Property { name, schema: property } in &schema.properties {
            let Some(ident) = names::field(&name.text) else {
                self.report.error_with_help(
                    name.at,
                    format!("the property {:?} cannot be turned into a Rust name", name.text),
                    "use letters, digits, `_`, `-` and `.`, beginning with a letter",
                );
                continue;
            };
            if let Some(other) = fields.iter().find(|field| field.ident == ident) {
                let message = format!("{:?} and {:?} would both be called `{ident}`", name.text, other.name);
                self.report.error(name.at, message);
                continue;
            }
            if schema.extensible && ident == "extra" {
                self.report.error(
                    name.at,
                    "an extensible object keeps further properties in `extra`: no property can have that name",
                );
            }
            let type_name = || format!("{owner}{}", names::type_name(&name.text).unwrap_or_default());
            let Some(slot) = self.slot(property, &type_name, file) else {
                continue;
            };
            if !schema.extensible && self.is_open(&slot.ty) {
                self.report.error_with_help(
                    name.at,
                    format!("{:?} is of an extensible type, which a request cannot have", name.text),
                    "leave \"x-extensible\" to answers of the server",
                );
            }
            let description = self
                .chain(property)
                .iter()
                .chain(non_null_branch(property).map(|inner| self.chain(inner)).unwrap_or_default().iter())
                .find_map(|part| part.description.as_ref());
            if description.is_none() && !property.broken {
                self.undescribed.retain(|(at, _)| *at != property.at);
                self.report.error_with_help(
                    name.at,
                    format!("{:?} has no description", name.text),
                    "say what it does: it becomes the documentation of the field",
                );
            }
            let facts = self.forms_fact(&slot.ty).map(limit).into_iter().chain(self.limit_facts(property)).collect();
            fields.push(Field {
                name: name.text.clone(),
                ident,
                description: description.map_or_else(String::new, |text| text.text.clone()),
                facts,
                options: self.narrowed(property, &slot.ty),
                required: schema.requires(&name.text),
                nullable: slot.nullable,
                advanced: property.advanced,
                default: self.default_literal(property, &slot.ty),
                ty: slot.ty,
            });
        }
        let required = fields.iter().filter(|field| field.required && !schema.extensible).count();
        if required > MOST_REQUIRED {
            self.report.error_with_help(
                schema.at,
                format!("a builder supports at most {MOST_REQUIRED} required properties, not {required}"),
                "put some of them into an object",
            );
        }
        for required in &schema.required {
            if schema.property(&required.text).is_none() {
                self.unknown_property(required, schema.properties.iter().map(|property| property.name.text.as_str()));
            }
        }
        fields
    }

    /// The values of an enumeration that a property accepts; empty if it accepts all of them.
    fn narrowed(&self, property: &'a SpecSchema, ty: &Type) -> Vec<String> {
        let Type::Enumeration { name, .. } = ty else { return Vec::new() };
        let lists: Vec<HashSet<&str>> = self
            .parts(property)
            .into_iter()
            .filter_map(listed_values)
            .map(|values| values.into_iter().filter_map(|(value, _)| value.as_str()).collect())
            .collect();
        let is_taken = |value: &str| lists.iter().all(|list| list.contains(value));
        let variants = self.variants(name);
        let taken: Vec<String> =
            variants.iter().map(|variant| variant.value.clone()).filter(|value| is_taken(value)).collect();
        if taken.len() == variants.len() { Vec::new() } else { taken }
    }

    /// Whether a type keeps unknown values or properties.
    fn is_open(&self, ty: &Type) -> bool {
        match ty {
            Type::Enumeration { open, .. } => *open,
            Type::Object(name) => {
                let found = self.object_spans.get(name).and_then(|at| self.objects.get(at));
                found.is_some_and(|found| found.schema.extensible)
            }
            Type::Array(item) | Type::Map(item) => self.is_open(&item.ty),
            Type::Tuple(items) => items.iter().any(|item| self.is_open(&item.ty)),
            Type::String | Type::Boolean | Type::Number | Type::Integer(_) | Type::FreeObject | Type::Union(_) => false,
        }
    }

    /// Reports types that require a value of their own type: their values would be infinite.
    pub(in crate::check) fn check_endless(&mut self) {
        let needed: HashMap<&str, Vec<&str>> = self
            .fields
            .iter()
            .map(|(name, fields)| (name.as_str(), fields.iter().filter_map(needs).collect()))
            .collect();
        let endless = |name: &str| {
            let mut open: Vec<&str> = needed.get(name).cloned().unwrap_or_default();
            let mut seen = HashSet::new();
            while let Some(next) = open.pop() {
                if next == name {
                    return true;
                }
                if seen.insert(next) {
                    open.extend(needed.get(next).into_iter().flatten());
                }
            }
            false
        };
        for (at, found) in self.objects.iter().filter(|(_, found)| endless(&found.name)) {
            let message =
                format!("`{}` needs a `{}` inside itself, so its values would be infinite", found.name, found.name);
            self.report.error_with_help(*at, message, "take the property out of \"required\", or allow null");
        }
    }

    /// Reports a name that is not a property of the object.
    pub(in crate::check) fn unknown_property<'n>(&mut self, name: &Name, known: impl Iterator<Item = &'n str> + Clone) {
        let message = format!("there is no property {:?} here", name.text);
        let help = match crate::suggest::closest(&name.text, known.clone()) {
            Some(known) => format!("did you mean {known:?}?"),
            None => format!("the properties are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.report.error_with_help(name.at, message, help);
    }
}

/// The object that every value of the field contains, if there is one.
fn needs(field: &Field) -> Option<&str> {
    match &field.ty {
        Type::Object(name) if !field.is_optional() => Some(name),
        _ => None,
    }
}
