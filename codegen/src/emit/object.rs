//! Structs: the output of typify, in the order of the page, with our attributes and documentation.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structs::Structs;
use super::types::{ident, rust_type};
use crate::checked::{Fact, Field, Object, Type};
use crate::render::Block;

/// A body to show for each page that has one, by its slug.
pub(crate) type Examples = BTreeMap<String, String>;

/// ```text
/// /// Makes a video from a text prompt only.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub struct KlingV3TextToVideo {
///     /// What the video shows.
///     ///
///     /// Required. At most 2500 characters.
///     pub prompt: String,
/// }
/// ```
pub(super) fn declaration(object: &Object, examples: &Examples, structs: &Structs) -> Block {
    let name = ident(&object.name);
    let doc = docs::attributes(paragraphs(object, examples), 0);
    let fields = object.fields.iter().map(|field| {
        let ty = structs.ty(object, field).map_or_else(|| rust_type(&field.ty), |ty| quote!(#ty));
        field_tokens(field, &ty)
    });
    let extra = object.open.then(|| {
        let doc = docs::attributes(["Fields that this documentation does not list."], 4);
        quote!(#doc pub extra: Map<String, Value>,)
    });
    Block::Tokens(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra
        }
    })
}

fn paragraphs(object: &Object, examples: &Examples) -> Vec<String> {
    let mut paragraphs: Vec<String> = docs::paragraphs(&object.description).collect();
    if let Some(page) = &object.page {
        paragraphs.push(format!("[Documentation page]({})", page.docs));
        paragraphs.extend(page.origin.sentence());
    }
    if !object.rules.is_empty() {
        paragraphs.push("# Rules".to_owned());
        paragraphs.push(
            object
                .rules
                .iter()
                .map(|rule| format!("- {}", docs::escape(&rule.sentence)))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    if let Some(example) = object.page.as_ref().and_then(|page| examples.get(&page.slug)) {
        paragraphs.push("# Example".to_owned());
        paragraphs.push("A body that [`from_json`](crate::Request::from_json) accepts:".to_owned());
        paragraphs.push(format!("```json\n{}\n```", example.trim_end()));
    }
    paragraphs
}

fn field_tokens(field: &Field, ty: &TokenStream) -> TokenStream {
    let facts = Fact::line(&field.facts);
    let doc = docs::attributes(docs::paragraphs(&field.description).chain([facts]), 4);
    let name = ident(&field.ident);
    quote!(#doc pub #name: #ty)
}

/// How the properties of an answer are read and written:
///
/// ```text
/// answer! {
///     TaskResult {
///         url: optional,
///     }
/// }
/// ```
pub(super) fn answer(object: &Object) -> Block {
    let property = |field| format!("        {}: {},\n", property(field), presence(object, field));
    let properties: String = object.fields.iter().map(property).collect();
    Block::Text(format!("answer! {{\n    {} {{\n{properties}    }}\n}}\n", object.name))
}

/// The field, and the property's name if it differs.
pub(super) fn property(field: &Field) -> String {
    if field.name == field.ident { field.ident.clone() } else { format!("{} = {:?}", field.ident, field.name) }
}

/// The word with which the runtime's macros mark a property as required or optional, and how it is read.
pub(super) fn presence(object: &Object, field: &Field) -> String {
    let presence = match (field.required, field.nullable) {
        (true, _) => "required",
        (false, true) if !object.open => "nullable",
        (false, _) => "optional",
    };
    // Read by the runtime, as serde would silently take the last of two equal names.
    let reader = match &field.ty {
        _ if object.open => "",
        Type::Map(_) => " map",
        ty if ty.is_free() => " free",
        _ => "",
    };
    format!("{presence}{reader}")
}
