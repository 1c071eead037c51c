//! Compiles schemas to predicates: what a schema requires of a value that already has its Rust type.
//!
//! The same code handles parameters and rules. It reports anything that it cannot express exactly.

mod answers;
mod custom;
mod items;
mod limits;
mod listed;
mod logic;
mod objects;
mod property;
mod subject;
mod unions;

use foxapi_schema::json_type::JsonType;

use super::Checker;
use super::schema::SpecSchema;
use crate::checked::{Predicate, Type, simplify};
use subject::fits;

pub(super) use subject::Subject;

impl<'a> Checker<'a, '_, '_> {
    /// What the definition of a form requires of its value.
    pub(super) fn form_check(&mut self, schema: &'a SpecSchema, ty: &Type) -> Predicate {
        self.value(schema, &Subject::itself(ty))
    }

    /// What a schema asks of a value that is not null and has its Rust type.
    fn value(&mut self, schema: &'a SpecSchema, subject: &Subject) -> Predicate {
        if let Type::Object(object) = &subject.ty {
            return self.object(schema, object, &subject.path);
        }
        if let Type::Union(union) = &subject.ty {
            return self.union(schema, union, subject);
        }
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if let Some(types) = &schema.types
            && !types.iter().any(|json_type| fits(*json_type, &subject.ty))
        {
            if subject.ty == Type::Number && types.contains(&JsonType::Integer) {
                self.report.error(schema.at, "the generator cannot check whether a number is an integer");
            }
            return Predicate::Never;
        }
        self.check_limits_fit(schema, &subject.ty);
        let mut parts = Vec::new();
        parts.push(self.follow(schema, |checker, target| checker.value(target, subject)));
        parts.push(self.listed(schema, subject));
        parts.push(self.limits(schema, subject));
        match &subject.ty {
            Type::Array(item) => parts.push(self.items(schema, subject, item)),
            Type::Tuple(items) => parts.push(self.tuple_items(schema, subject, items)),
            Type::Map(value) => parts.push(self.map_values(schema, subject, value)),
            Type::FreeObject => self.refuse_look_inside(schema),
            _ => {}
        }
        parts.push(self.combinations(schema, Some(subject), &mut |checker, part| checker.value(part, subject)));
        simplify::all(parts)
    }
}
