//! Structs: what typify made, in the order of the page, with our attributes and documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structs::Structs;
use super::types::{ident, rust_type};
use crate::model::{Field, Object, Type};
use crate::render::Block;

/// ```text
/// /// Makes a video from a text prompt alone.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub struct KlingV3TextToVideo {
///     /// What the video shows.
///     ///
///     /// Required. At most 2500 characters.
///     pub prompt: String,
/// }
/// ```
pub(super) fn declaration(object: &Object, structs: &Structs) -> Block {
    let name = ident(&object.name);
    let doc = docs::attributes(paragraphs(object), 0);
    let fields = object.fields.iter().map(|field| {
        let ty = structs.ty(object, field).map_or_else(|| rust_type(&field.ty), |ty| quote!(#ty));
        field_tokens(field, &ty)
    });
    let extra = object.open.then(|| {
        let doc = docs::attributes(["What the server sends beyond this documentation."], 4);
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

fn paragraphs(object: &Object) -> Vec<String> {
    let mut paragraphs: Vec<String> = docs::paragraphs(&object.description).collect();
    if let Some(page) = &object.page {
        paragraphs.push(format!("[Documentation page]({})", page.docs));
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
    paragraphs
}

fn field_tokens(field: &Field, ty: &TokenStream) -> TokenStream {
    let facts = field.fact_line();
    let doc = docs::attributes(docs::paragraphs(&field.description).chain([facts]), 4);
    let name = ident(&field.ident);
    quote!(#doc pub #name: #ty)
}

/// How the properties are read and written; the runtime has a macro for requests and one for answers:
///
/// ```text
/// object! {
///     KlingV3TextToVideo {
///         prompt: required,
///         duration: optional,
///         voice_ids: nullable,
///     }
/// }
/// ```
pub(super) fn properties(object: &Object) -> Block {
    let properties: String = object
        .fields
        .iter()
        .map(|field| {
            let renamed = if field.name == field.ident { String::new() } else { format!(" = {:?}", field.name) };
            let presence = match (field.required, field.nullable) {
                (true, _) => "required",
                (false, true) if !object.open => "nullable",
                (false, _) => "optional",
            };
            // serde takes the last of two equal names without a word.
            let entries = if matches!(field.ty, Type::Map(_)) && !object.open { " map" } else { "" };
            format!("        {}{renamed}: {presence}{entries},\n", field.ident)
        })
        .collect();
    let carrier = if object.open { "answer" } else { "object" };
    Block::Text(format!("{carrier}! {{\n    {} {{\n{properties}    }}\n}}\n", object.name))
}
