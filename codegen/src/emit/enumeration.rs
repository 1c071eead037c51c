//! Enumerations: the `enum` itself, and one line per value that a macro of the runtime carries on.

use quote::quote;

use super::docs;
use super::types::ident;
use crate::model::Enumeration;
use crate::render::Block;

/// ```text
/// /// Resolution of the video.
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Resolution {
///     /// `720p`: Standard definition.
///     P720,
/// }
///
/// enumeration! {
///     Resolution {
///         P720 = "720p",
///     }
/// }
/// ```
pub(super) fn blocks(set: &Enumeration) -> [Block; 2] {
    let name = ident(&set.name);
    let doc = docs::attributes(docs::paragraphs(&set.description), 0);
    let variants = set.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let text = match &variant.description {
            Some(description) => format!("`{}`: {}", variant.value, docs::escape(description)),
            None => format!("`{}`.", variant.value),
        };
        let doc = docs::attributes([text], 4);
        quote!(#doc #name)
    });
    let declaration = if set.open {
        let unknown = docs::attributes(["A value that this version does not know, as the server sent it."], 4);
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* #unknown Unknown(String) }
        }
    } else {
        quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        }
    };
    let carrier = if set.open { "open_enumeration" } else { "enumeration" };
    let values: String =
        set.variants.iter().map(|variant| format!("        {} = {:?},\n", variant.name, variant.value)).collect();
    [Block::Tokens(declaration), Block::Text(format!("{carrier}! {{\n    {name} {{\n{values}    }}\n}}\n"))]
}
