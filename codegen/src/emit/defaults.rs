//! Documented defaults as constants of the type they belong to.

use quote::quote;

use super::docs;
use super::types::{constant_type, ident, literal};
use crate::checked::{Field, Object};
use crate::render::Block;

/// ```text
/// impl KlingV3TextToVideo {
///     /// Documented default of `duration`.
///     pub const DEFAULT_DURATION: u32 = 5;
/// }
/// ```
pub(super) fn block(object: &Object) -> Option<Block> {
    let constants = object.fields.iter().filter_map(|field| {
        let default = literal(field.default.as_ref()?);
        let doc = docs::attributes([format!("Documented default of `{}`.", field.ident)], 4);
        let (name, ty) = (ident(&name(field)), constant_type(&field.ty));
        Some(quote!(#doc pub const #name: #ty = #default;))
    });
    let constants: Vec<_> = constants.collect();
    let name = ident(&object.name);
    (!constants.is_empty()).then(|| Block::Tokens(quote!(impl #name { #(#constants)* })))
}

/// The constant that holds the default of a field, if there is one.
pub(super) fn name(field: &Field) -> String {
    crate::default_constant(&field.ident)
}
