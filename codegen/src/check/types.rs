//! Finds the Rust type of each schema, and all named types.

mod arrays;
mod fields;
mod integers;
mod listed;
mod names;
mod objects;
mod unions;

use foxapi_schema::json_type::JsonType;

use super::Checker;
use super::schema::{Property, SpecSchema};
use crate::checked::Type;
use crate::raw::Span;

use listed::listed_values;
pub(super) use listed::{branch_constants, constants, non_null_branch, value_beside_range};

/// The type of a value, and whether it may be null.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl<'a> Checker<'a, '_, '_> {
    /// Finds all named types, starting with the files and their definitions.
    pub(super) fn discover_types(&mut self) {
        let files = self.files;
        for (index, file) in files.iter().enumerate() {
            let schema = &file.schema;
            if schema.types.is_some() || !schema.properties.is_empty() {
                self.slot(schema, &|| String::new(), index);
            } else if schema.definitions.is_empty() && !schema.broken {
                self.report.error_with_help(
                    schema.at,
                    "this file defines nothing",
                    "give it \"type\": \"object\" and \"properties\", or \"$defs\"",
                );
            }
            for Property { name, schema } in &schema.definitions {
                self.slot(schema, &|| name.text.clone(), index);
            }
            self.check_pending();
        }
        for (at, name) in std::mem::take(&mut self.undescribed) {
            self.report.error_with_help(
                at,
                format!("the type `{name}` has no description"),
                "say what it is: it becomes its documentation",
            );
        }
    }

    fn check_pending(&mut self) {
        while let Some(at) = self.pending.pop() {
            if let Some(found) = self.objects.get(&at) {
                let (name, schema, file) = (found.name.clone(), found.schema, found.file);
                let fields = self.fields_of(schema, &name, file);
                self.fields.insert(name, fields);
            }
        }
    }

    /// The type of the values that a schema describes, and whether null is among them.
    ///
    /// `name` gives the name of an unnamed type.
    pub(super) fn slot(&mut self, schema: &'a SpecSchema, name: &dyn Fn() -> String, file: usize) -> Option<Slot> {
        let ty = self.type_of(schema, name, file)?;
        let nullable = self.check_examples(schema);
        Some(Slot { ty, nullable })
    }

    fn type_of(&mut self, schema: &'a SpecSchema, name: &dyn Fn() -> String, file: usize) -> Option<Type> {
        if let Some(reference) = &schema.reference {
            let target = self.target(reference)?;
            let target_file = self.file_index(target.at)?;
            let target_name = reference.text.rsplit('/').next().unwrap_or_default().to_owned();
            return self.type_of(target, &|| target_name.clone(), target_file);
        }
        if let Some(inner) = non_null_branch(schema) {
            return self.type_of(inner, name, file);
        }
        if let Some(values) = listed_values(schema) {
            return self.listed_type(schema, &values, name, file);
        }
        if let Some(forms) = unions::forms(schema) {
            return self.union_type(schema, &forms, name, file);
        }
        let Some(types) = &schema.types else {
            if let Some(inner) = schema.all_of.iter().find(|part| part.types.is_some() || part.reference.is_some()) {
                return self.type_of(inner, name, file);
            }
            if schema.broken {
                return None;
            }
            self.report.error_with_help(
                schema.at,
                "this value has no type",
                "give it \"type\", \"enum\", \"oneOf\" with constants, or \"$ref\"",
            );
            return None;
        };
        let mut others = types.iter().copied().filter(|json_type| *json_type != JsonType::Null);
        let (Some(json_type), None) = (others.next(), others.next()) else {
            self.report.error_with_help(
                schema.at,
                "a value has exactly one type, apart from null",
                "split it into several parameters, or keep the type that the documentation names first",
            );
            return None;
        };
        if matches!(json_type, JsonType::Integer | JsonType::Number) {
            self.check_value_beside_range(schema);
        }
        match json_type {
            JsonType::Boolean => Some(Type::Boolean),
            JsonType::String => Some(Type::String),
            JsonType::Number => Some(Type::Number),
            JsonType::Integer => Some(Type::Integer(self.integer(schema))),
            JsonType::Array => self.array_type(schema, name, file),
            JsonType::Object => self.object_type(schema, name, file),
            JsonType::Null => None,
        }
    }

    pub(super) fn file_index(&self, at: Span) -> Option<usize> {
        self.file_of_source.get(&at.file).copied()
    }
}
