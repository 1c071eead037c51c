//! Unions: forms with their types, from which a macro of the runtime makes the `enum`.

use quote::quote;

use super::predicate::Objects;
use super::types::{ident, rust_type};
use super::{builder, docs, predicate};
use crate::checked::{Fact, Type, Union};
use crate::render::Block;

/// The `enum`, and its validator where there is something to check.
pub(super) fn blocks(union: &Union, objects: &Objects<'_>) -> Vec<Block> {
    [declaration(union)].into_iter().chain(union.is_checked().then(|| validity(union, objects))).collect()
}

/// ```text
/// union! {
///     /// Size of the picture.
///     pub enum PictureSize {
///         /// One of the usual sizes.
///         Preset(PicturePreset) = string,
///         /// Any other size.
///         Custom(PictureDimensions) = object,
///     }
/// }
/// ```
fn declaration(union: &Union) -> Block {
    let (name, doc) = (&union.name, docs::comment(docs::paragraphs(&union.description), 4));
    let forms: String = union
        .forms
        .iter()
        .map(|form| {
            let paragraphs = docs::paragraphs(&form.description).chain([Fact::line(&form.facts)]);
            let (doc, ty) = (docs::comment(paragraphs, 8), builder::spelt(&rust_type(&form.ty)));
            format!("{doc}        {}({ty}) = {},\n", form.name, json_type(&form.ty))
        })
        .collect();
    Block::Text(format!("union! {{\n{doc}    pub enum {name} {{\n{forms}    }}\n}}\n"))
}

/// The runtime's name for the JSON type of a form.
fn json_type(ty: &Type) -> &'static str {
    match ty {
        Type::String => "text",
        Type::Enumeration { .. } => "string",
        Type::Boolean => "boolean",
        Type::Integer(_) | Type::Number => "number",
        Type::Array(_) | Type::Tuple(_) => "array",
        Type::Object(_) | Type::Map(_) | Type::FreeObject | Type::Union(_) => "object",
    }
}

/// ```text
/// impl PictureSize {
///     /// Whether every documented rule holds; allocates nothing.
///     pub fn is_valid(&self) -> bool {
///         match self {
///             Self::Preset(_) => true,
///             Self::Custom(value) => value.is_valid(),
///         }
///     }
/// }
/// ```
fn validity(union: &Union, objects: &Objects<'_>) -> Block {
    let (name, doc) = (ident(&union.name), docs::attributes([predicate::VALIDITY], 4));
    let arms = union.forms.iter().map(|form| {
        let (name, check) = (ident(&form.name), predicate::of_form(form, objects));
        match check {
            Some(check) => quote!(Self::#name(value) => #check),
            None => quote!(Self::#name(_) => true),
        }
    });
    Block::Tokens(quote! {
        impl #name {
            #doc
            pub fn is_valid(&self) -> bool {
                match self {
                    #(#arms,)*
                }
            }
        }
    })
}
