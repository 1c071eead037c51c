//! Turns paths of predicates into Rust: which variable and which fields hold the value of a property.

use std::collections::HashMap;

use proc_macro2::{Literal as Index, TokenStream};
use quote::{ToTokens, quote};

use crate::checked::{Field, Object, SpecSet, Type};
use crate::emit::types::ident;

/// The fields of structs, by the names of the structs and of the properties.
pub(in crate::emit) struct Objects<'m>(HashMap<&'m str, HashMap<&'m str, &'m Field>>);

impl<'m> Objects<'m> {
    pub(in crate::emit) fn of(specs: &'m SpecSet) -> Self {
        let fields = |object: &'m Object| object.fields.iter().map(|field| (field.name.as_str(), field)).collect();
        let objects = specs.modules.iter().flat_map(|module| module.objects());
        Self(objects.map(|object| (object.name.as_str(), fields(object))).collect())
    }

    /// The field for a property of an object.
    fn field(&self, owner: &Type, property: &str) -> Option<&'m Field> {
        let Type::Object(name) = owner else { return None };
        self.0.get(name.as_str())?.get(property).copied()
    }
}

/// Where an expression is: the variable that paths start from.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    objects: &'s Objects<'s>,
    variable: &'static str,
    /// The path that the variable stands for.
    path: &'s [String],
    /// The type of its value, when it is not null.
    ty: &'s Type,
    /// Whether it is an `Option`.
    optional: bool,
    /// Whether it is bound to a reference, as the items of an iterator are.
    reference: bool,
}

/// A value in Rust.
pub(super) struct Place<'s> {
    /// A variable, and the fields that lead from it to the value.
    pub(super) tokens: TokenStream,
    /// The type of the value, when it is not null.
    pub(super) ty: &'s Type,
    /// Whether it is an `Option`.
    pub(super) optional: bool,
    /// Whether it is a variable that is bound to a reference.
    reference: bool,
    /// Whether it is a variable rather than a field.
    is_variable: bool,
}

impl<'s> Scope<'s> {
    /// In a method of a struct.
    pub(super) fn method(objects: &'s Objects<'s>, ty: &'s Type) -> Self {
        Self { objects, variable: "self", path: &[], ty, optional: false, reference: true }
    }

    /// In an arm of a `match` that binds what a form of a union holds.
    pub(super) fn form(objects: &'s Objects<'s>, ty: &'s Type) -> Self {
        Self { variable: VARIABLE, ..Self::method(objects, ty) }
    }

    /// In a closure on the value of an `Option`.
    pub(super) fn inside(self, path: &'s [String], option: &Place<'s>) -> Self {
        Self { variable: VARIABLE, path, ty: option.ty, optional: false, reference: false, ..self }
    }

    /// In a closure on an item of an array, or on a value of a map.
    pub(super) fn item(self, array: &Place<'s>) -> Self {
        let (ty, optional) = match array.ty {
            Type::Array(item) | Type::Map(item) => (&item.ty, item.nullable),
            ty => (ty, false),
        };
        Self { variable: VARIABLE, path: &[], ty, optional, reference: true, ..self }
    }

    /// What a path points to.
    pub(super) fn place(self, path: &[String]) -> Place<'s> {
        let steps = path.strip_prefix(self.path).unwrap_or(path);
        let mut place = Place {
            tokens: ident(self.variable).to_token_stream(),
            ty: self.ty,
            optional: self.optional,
            reference: self.reference && steps.is_empty(),
            is_variable: steps.is_empty(),
        };
        for step in steps {
            let variable = place.tokens;
            if let (Type::Tuple(items), Ok(index)) = (place.ty, step.parse::<usize>()) {
                let number = Index::usize_unsuffixed(index);
                place.tokens = quote!(#variable.#number);
                if let Some(item) = items.get(index) {
                    (place.ty, place.optional) = (&item.ty, item.nullable);
                }
            } else {
                let field = self.objects.field(place.ty, step);
                let name = ident(field.map_or(step, |field| &field.ident));
                place.tokens = quote!(#variable.#name);
                if let Some(field) = field {
                    (place.ty, place.optional) = (&field.ty, field.is_optional());
                }
            }
        }
        place
    }

    /// The Rust name of a property that the items of an array have.
    pub(super) fn field_of_items(self, array: &Place<'s>, property: &str) -> TokenStream {
        let field = self.objects.field(self.item(array).ty, property);
        ident(field.map_or(property, |field| &field.ident)).to_token_stream()
    }

    /// A closure on the variable.
    pub(super) fn closure(self, body: &TokenStream) -> TokenStream {
        let variable = ident(self.variable);
        quote!(|#variable| #body)
    }
}

/// What a value is called inside a closure; predicates never look further out.
const VARIABLE: &str = "value";

impl Place<'_> {
    /// The value itself, for operators.
    pub(super) fn operand(&self) -> TokenStream {
        let value = &self.tokens;
        if self.reference && self.ty.is_copy() { quote!(*#value) } else { value.clone() }
    }

    /// A `&str` of a string, for patterns.
    pub(super) fn text(&self) -> TokenStream {
        let value = &self.tokens;
        quote!(#value.as_str())
    }

    /// A reference to the value, for functions.
    pub(super) fn reference(&self) -> TokenStream {
        let value = &self.tokens;
        let is_reference = self.is_variable && (self.reference || !self.ty.is_copy());
        if is_reference { value.clone() } else { quote!(&#value) }
    }

    /// An `Option` that can be compared with one that holds a literal.
    pub(super) fn comparable_option(&self) -> TokenStream {
        let option = &self.tokens;
        match self.ty {
            Type::String => quote!(#option.as_deref()),
            _ if self.reference => quote!(*#option),
            _ => option.clone(),
        }
    }

    /// An optional slice of an array.
    pub(super) fn slice(&self) -> TokenStream {
        let array = &self.tokens;
        if self.optional { quote!(#array.as_deref()) } else { quote!(Some(#array.as_slice())) }
    }
}
