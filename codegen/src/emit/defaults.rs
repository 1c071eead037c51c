//! Documented defaults as constants of the type they belong to.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::{constant_type, ident, literal};
use crate::model::{Field, Literal, Object};

/// ```text
/// /// Documented default of `duration`.
/// pub const DEFAULT_DURATION: u32 = 5;
/// ```
pub(super) fn constants(object: &Object) -> TokenStream {
    let constants = object.fields.iter().filter_map(|field| {
        let default = literal(field.default.as_ref()?);
        let doc = docs::attributes([format!("Documented default of `{}`.", field.ident)], 4);
        let (name, ty) = (ident(&crate::default_constant(&field.ident)), constant_type(&field.ty));
        Some(quote!(#doc pub const #name: #ty = #default;))
    });
    quote!(#(#constants)*)
}

/// A default as the value of a required field.
pub(super) fn value(field: &Field, default: &Literal) -> TokenStream {
    let name = ident(&crate::default_constant(&field.ident));
    match default {
        Literal::String(_) => quote!(Self::#name.to_owned()),
        _ => quote!(Self::#name),
    }
}
