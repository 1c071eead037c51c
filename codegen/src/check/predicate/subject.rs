//! What a schema is asked about.

use foxapi_schema::json_type::JsonType;

use crate::checked::{Field, Predicate, PropertyPath, Test, Type};

/// What a schema is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The definition of a value.
    Definition,
    /// A rule over values that are defined elsewhere.
    Rule,
}

/// A value that a schema is asked of: where it is, and its type when it is not null.
pub(in crate::check) struct Subject {
    pub(in crate::check) path: PropertyPath,
    pub(super) ty: Type,
}

impl Subject {
    /// A property of the object at a path.
    pub(in crate::check) fn field(owner: &PropertyPath, field: &Field) -> Self {
        Self::at(owner, &field.name, &field.ty)
    }

    pub(super) fn at(owner: &PropertyPath, name: &str, ty: &Type) -> Self {
        let path = owner.iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        Self { path, ty: ty.clone() }
    }

    /// What paths begin at: an item, or what a form of a union holds.
    pub(super) fn itself(ty: &Type) -> Self {
        Self { path: PropertyPath::new(), ty: ty.clone() }
    }

    pub(super) fn asks(&self, test: Test) -> Predicate {
        Predicate::Test(self.path.clone(), test)
    }
}

/// Whether values of a Rust type are of a JSON type.
pub(super) fn fits(json_type: JsonType, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Enumeration { .. } => json_type == JsonType::String,
        Type::Boolean => json_type == JsonType::Boolean,
        Type::Number => json_type == JsonType::Number,
        Type::Integer(_) => matches!(json_type, JsonType::Integer | JsonType::Number),
        Type::Array(_) | Type::Tuple(_) => json_type == JsonType::Array,
        Type::Object(_) | Type::Map(_) | Type::FreeObject => json_type == JsonType::Object,
        // The forms are tested one by one.
        Type::Union(_) => json_type != JsonType::Null,
    }
}
