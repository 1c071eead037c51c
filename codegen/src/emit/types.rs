//! Rust types and literals of the checked specs.

use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::quote;

use crate::checked::{Integer, Literal, Type};

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The Rust type of a value.
pub(crate) fn rust_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Boolean => quote!(bool),
        Type::Number => quote!(f64),
        Type::Integer(integer) => {
            let name = ident(integer.name());
            quote!(#name)
        }
        Type::Enumeration { name, .. } | Type::Object(name) | Type::Union(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::Tuple(items) => {
            let items = items.iter().map(|item| {
                let inner = rust_type(&item.ty);
                if item.nullable { quote!(Option<#inner>) } else { inner }
            });
            quote!((#(#items,)*))
        }
        Type::FreeObject => quote!(Map<String, Value>),
        Type::Map(value) => {
            let inner = rust_type(&value.ty);
            if value.nullable { quote!(BTreeMap<String, Option<#inner>>) } else { quote!(BTreeMap<String, #inner>) }
        }
        Type::Array(item) => {
            let inner = rust_type(&item.ty);
            if item.nullable { quote!(Vec<Option<#inner>>) } else { quote!(Vec<#inner>) }
        }
    }
}

pub(crate) fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::String(text) => quote!(#text),
        Literal::Boolean(flag) => quote!(#flag),
        Literal::Integer(value) => integer(*value),
        Literal::Number(value) => number(*value),
        Literal::Form { union, variant, value } => {
            let (union, variant, value) = (ident(union), ident(variant), self::literal(value));
            quote!(#union::#variant(#value))
        }
        Literal::Variant { enumeration, variant, .. } => {
            let (enumeration, variant) = (ident(enumeration), ident(variant));
            quote!(#enumeration::#variant)
        }
    }
}

pub(crate) fn integer(value: i128) -> TokenStream {
    let magnitude = Token::u128_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(-#magnitude) } else { quote!(#magnitude) }
}

pub(crate) fn number(value: f64) -> TokenStream {
    let magnitude = Token::f64_unsuffixed(value.abs());
    if value < 0.0 { quote!(-#magnitude) } else { quote!(#magnitude) }
}

/// The type of a constant that holds a default, if there is one.
pub(crate) fn constant_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(&str),
        ty => rust_type(ty),
    }
}

/// Whether the type is unsigned.
pub(crate) fn is_unsigned(integer: Integer) -> bool {
    integer != Integer::I64
}
