//! Objects: structs, and maps.

use crate::check::schema::SpecSchema;
use crate::check::{Checker, FoundObject};
use crate::checked::{Item, Type};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    pub(super) fn object_type(
        &mut self,
        schema: &'a SpecSchema,
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some(known) = self.objects.get(&schema.at) {
            return Some(Type::Object(known.name.clone()));
        }
        if let Some(each) = schema.each() {
            return self.map_type(schema, each, name, file);
        }
        if schema.is_free() {
            return self.free_object_type(schema);
        }
        match (schema.extensible, schema.is_closed()) {
            (false, false) => self.report.error_with_help(
                schema.at,
                "an object must state whether it can have further properties",
                "add \"additionalProperties\": false (a request), \"additionalProperties\": true (any properties), or \"x-extensible\": true (an answer)",
            ),
            (true, true) => self.report.error(
                schema.at,
                "an extensible object keeps further properties: \"additionalProperties\": false contradicts that",
            ),
            _ => {}
        }
        let name = self.declare(schema, name)?;
        if !schema.extensible {
            if schema.properties.is_empty() {
                self.report.error(schema.at, "an object without properties has no effect");
            }
            self.claim(schema.at, &format!("{name}Builder"));
        }
        self.object_spans.insert(name.clone(), schema.at);
        self.objects.insert(schema.at, FoundObject { name: name.clone(), file, schema });
        self.pending.push(schema.at);
        Some(Type::Object(name))
    }

    /// The type of an object whose properties have any name and are all of one type.
    fn map_type(
        &mut self,
        schema: &'a SpecSchema,
        each: &'a SpecSchema,
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some(property) = schema.properties.first() {
            self.report.error_with_help(
                property.name.at,
                "an object has either named properties or others of one type, not both",
                "write \"additionalProperties\": false, or leave \"properties\" out",
            );
            return None;
        }
        if schema.extensible {
            self.report.error(schema.at, "an extensible object keeps unknown properties of any type");
        }
        let value = self.slot(each, &|| format!("{}Value", name()), file)?;
        self.refuse_map_inside(&value.ty, each.at);
        if value.ty.is_free() {
            self.report.error_with_help(
                each.at,
                "the values of a map cannot be objects with any properties",
                "write \"additionalProperties\": true for the map itself",
            );
        }
        Some(Type::Map(Box::new(Item { ty: value.ty, nullable: value.nullable })))
    }

    /// The type of an object with any properties of any type.
    fn free_object_type(&mut self, schema: &'a SpecSchema) -> Option<Type> {
        if let Some(property) = schema.properties.first() {
            self.report.error_with_help(
                property.name.at,
                "an object has either named properties or any properties, not both",
                "write \"additionalProperties\": false, or leave \"properties\" out",
            );
            return None;
        }
        Some(Type::FreeObject)
    }

    /// Reports a map that is not the value of a property, since duplicate names are noticed only there.
    pub(super) fn refuse_map_inside(&mut self, inner: &Type, at: Span) {
        if matches!(inner, Type::Map(_)) {
            self.report.error_with_help(
                at,
                "an object with arbitrary property names cannot be an item or the value of a map",
                "make it a property of an object",
            );
        }
    }
}
