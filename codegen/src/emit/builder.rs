//! Closed objects: one list of properties, from which macros of the runtime make reading, writing and a builder.
//!
//! Required parameters are part of the builder's type, so `build` exists once all are given.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Homes;
use super::structs::Structs;
use super::types::{ident, rust_type};
use super::{defaults, docs, object};
use crate::checked::{Fact, Field, Object, Type};
use crate::render::Block;

/// ```text
/// request! {
///     /// Starts a request; `build` exists once `prompt` is given.
///     KlingV3TextToVideo::builder() -> KlingV3TextToVideoBuilder<Prompt> {
///         /// What the video shows. Required. At most 2500 characters.
///         prompt: required(impl Into<String>) -> <Given>,
///         /// Length of the video in seconds. One of 5 and 10. Default: `5`.
///         duration: optional(impl IntoParameter<u32>),
///     }
/// }
/// ```
pub(super) fn block(object: &Object, structs: &Structs, homes: &Homes<'_>) -> Block {
    let required = states(object, homes);
    let carrier = if object.page.is_some() { "request" } else { "value" };
    let (name, doc) = (&object.name, docs::comment([start(object, &required)], 4));
    let states = generics(required.iter().map(|(_, state)| state.as_str()));
    let parameters: String = object.fields.iter().map(|field| parameter(object, field, &required, structs)).collect();
    let prompt = object.fields.iter().find(|field| field.name == PROMPT && field.ty == Type::String);
    let prompt = prompt.filter(|_| object.page.is_some()).map_or("", |_| " with prompt");
    Block::Text(format!(
        "{carrier}! {{\n{doc}    {name}::builder() -> {name}Builder{states} {{\n{parameters}    }}{prompt}\n}}\n"
    ))
}

/// The parameter that is the main input of every request that has it.
const PROMPT: &str = "prompt";

/// The parameters that must be given, each with a type parameter named after it.
///
/// A type parameter must not hide a type or another type parameter.
fn states<'o>(object: &'o Object, homes: &Homes<'_>) -> Vec<(&'o Field, String)> {
    let mut taken: BTreeSet<String> = PRELUDE.iter().map(|name| (*name).to_owned()).collect();
    let required = object.fields.iter().filter(|field| field.must_be_given());
    required
        .map(|field| {
            let mut name = field.ident.to_upper_camel_case();
            while homes.knows(&name) || !taken.insert(name.clone()) {
                name.push_str("State");
            }
            (field, name)
        })
        .collect()
}

/// Types that the code of a builder uses without importing them.
const PRELUDE: &[&str] =
    &["Box", "Into", "IntoIterator", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec"];

/// The documentation of `builder`.
fn start(object: &Object, required: &[(&Field, String)]) -> String {
    let given: Vec<_> = required.iter().map(|(field, _)| format!("`{}`", field.ident)).collect();
    let what = if object.page.is_some() { "a request" } else { "one" };
    match given.as_slice() {
        [] => format!("Starts {what}; nothing is required."),
        [only] => format!("Starts {what}; `build` exists once {only} is given."),
        [rest @ .., last] => format!("Starts {what}; `build` exists once {} and {last} are given.", rest.join(", ")),
    }
}

/// `<Prompt, ImageUrl>`, or nothing if nothing is required.
fn generics<'s>(states: impl Iterator<Item = &'s str>) -> String {
    let states: Vec<&str> = states.collect();
    if states.is_empty() { String::new() } else { format!("<{}>", states.join(", ")) }
}

/// ```text
/// /// Length of the video in seconds. One of 5 and 10. Default: `5`.
/// duration: optional(impl IntoParameter<u32>),
/// ```
fn parameter(object: &Object, field: &Field, required: &[(&Field, String)], structs: &Structs) -> String {
    let summary = docs::paragraphs(&field.description).next().unwrap_or_default();
    let doc = docs::comment([format!("{summary} {}", Fact::line(&field.facts))], 8);
    let (name, presence) = (object::property(field), object::presence(object, field));
    let argument = spelt(&argument(field));
    let then = if field.is_optional() {
        if structs.is_boxed(object, field) { " as Box".to_owned() } else { String::new() }
    } else if field.must_be_given() {
        let states = required.iter().map(|(it, state)| if it.name == field.name { "Given" } else { state.as_str() });
        format!(" -> {}", generics(states))
    } else if field.default.is_some() {
        format!(" = Self::{}", defaults::name(field))
    } else {
        String::new()
    };
    format!("{doc}        {name}: {presence}({argument}){then},\n")
}

/// The argument type of a setter.
fn argument(field: &Field) -> TokenStream {
    match &field.ty {
        ty if field.is_optional() => {
            let ty = rust_type(ty);
            quote!(impl IntoParameter<#ty>)
        }
        Type::String => quote!(impl Into<String>),
        Type::Union(name) => {
            let name = ident(name);
            quote!(impl Into<#name>)
        }
        Type::Array(item) if !item.nullable => {
            let item = rust_type(&item.ty);
            quote!(impl IntoIterator<Item = impl Into<#item>>)
        }
        ty => rust_type(ty),
    }
}

/// A type as people write it.
pub(super) fn spelt(ty: &TokenStream) -> String {
    ty.to_string().replace(" <", "<").replace("< ", "<").replace(" >", ">").replace(" ,", ",")
}
