//! Builders: required parameters are part of the builder's type, so `build` exists once all are given.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Homes;
use super::structs::Structs;
use super::types::{ident, rust_type};
use super::{defaults, docs};
use crate::model::{Field, Object, Type};
use crate::render::Block;

/// What a builder is made of.
struct Builder<'o> {
    object: &'o Object,
    name: Ident,
    target: Ident,
    /// The field that holds what is being built.
    value: Ident,
    /// Parameters that the caller must give, each with the type parameter that says whether it is.
    required: Vec<(&'o Field, Ident)>,
}

impl<'o> Builder<'o> {
    fn of(object: &'o Object, homes: &Homes<'_>) -> Self {
        let required = states(object, homes);
        Self {
            object,
            name: ident(&format!("{}Builder", object.name)),
            target: ident(&object.name),
            value: ident(if object.page.is_some() { "request" } else { "value" }),
            required,
        }
    }

    /// What clippy must overlook where many parameters are required.
    fn allowance(&self) -> Option<TokenStream> {
        const MANY: usize = 4;
        let reason = "one state per required parameter";
        (self.required.len() > MANY).then(|| quote!(#[allow(clippy::type_complexity, reason = #reason)]))
    }

    fn states(&self) -> Vec<&Ident> {
        self.required.iter().map(|(_, state)| state).collect()
    }

    /// `<Prompt, ImageUrl>`, or nothing where nothing is required.
    fn generics(&self) -> Option<TokenStream> {
        let states = self.states();
        (!states.is_empty()).then(|| quote!(<#(#states),*>))
    }

    /// The builder's type with the same state for every required parameter.
    fn uniform(&self, state: &str) -> TokenStream {
        let name = &self.name;
        let state = ident(state);
        let states = self.required.iter().map(|_| &state);
        if self.required.is_empty() { quote!(#name) } else { quote!(#name<#(#states),*>) }
    }

    /// A builder of another state around the same value.
    fn rebuilt(&self, value: &TokenStream) -> TokenStream {
        let (name, field) = (&self.name, &self.value);
        if self.required.is_empty() {
            quote!(#name { #field: #value })
        } else {
            quote!(#name { #field: #value, given: PhantomData })
        }
    }
}

/// Whether leaving the parameter out must not compile: it is required and has no default.
fn must_be_given(field: &Field) -> bool {
    field.required && !field.nullable && field.default.is_none()
}

/// The parameters that must be given, each with a type parameter that is named after it.
///
/// A type parameter must not hide a type, nor another type parameter.
fn states<'o>(object: &'o Object, homes: &Homes<'_>) -> Vec<(&'o Field, Ident)> {
    let mut taken: BTreeSet<String> = PRELUDE.iter().map(|name| (*name).to_owned()).collect();
    let required = object.fields.iter().filter(|field| must_be_given(field));
    required
        .map(|field| {
            let mut name = field.ident.to_upper_camel_case();
            while homes.knows(&name) || !taken.insert(name.clone()) {
                name.push_str("State");
            }
            (field, ident(&name))
        })
        .collect()
}

/// What the code of a builder mentions without importing it.
const PRELUDE: &[&str] =
    &["Box", "Into", "IntoIterator", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec"];

/// ```text
/// impl KlingV3TextToVideo {
///     /// Documented default of `duration`.
///     pub const DEFAULT_DURATION: u32 = 5;
///
///     /// Starts a request; `build` exists once `prompt` is given.
///     pub fn builder() -> KlingV3TextToVideoBuilder<Missing> { … }
/// }
/// ```
pub(super) fn start(object: &Object, homes: &Homes<'_>) -> Block {
    let builder = Builder::of(object, homes);
    let target = &builder.target;
    let defaults = defaults::constants(object);
    let documented = object.fields.iter().filter(|field| !field.is_optional()).filter_map(|field| {
        let (name, default) = (ident(&field.ident), defaults::value(field, field.default.as_ref()?));
        Some(quote!(#name: #default))
    });
    let documented: Vec<_> = documented.collect();
    let value = if documented.is_empty() {
        quote!(placeholder())
    } else if documented.len() == object.fields.len() {
        quote!(Self { #(#documented),* })
    } else {
        quote!(Self { #(#documented,)* ..placeholder() })
    };
    let given: Vec<_> = builder.required.iter().map(|(field, _)| format!("`{}`", field.ident)).collect();
    let what = if object.page.is_some() { "a request" } else { "one" };
    let doc = match given.as_slice() {
        [] => format!("Starts {what}; nothing is required."),
        [only] => format!("Starts {what}; `build` exists once {only} is given."),
        [rest @ .., last] => format!("Starts {what}; `build` exists once {} and {last} are given.", rest.join(", ")),
    };
    let doc = docs::attributes([doc], 4);
    let missing = builder.uniform("Missing");
    let rebuilt = builder.rebuilt(&value);
    let allowance = builder.allowance();
    Block::Tokens(quote! {
        #allowance
        impl #target {
            #defaults

            #doc
            pub fn builder() -> #missing {
                #rebuilt
            }
        }
    })
}

/// The builder itself, its setters, and `build`.
pub(super) fn blocks(object: &Object, structs: &Structs, homes: &Homes<'_>) -> Vec<Block> {
    let builder = Builder::of(object, homes);
    let (name, generics) = (&builder.name, builder.generics());
    let setters = object.fields.iter().map(|field| setter(&builder, field, structs));
    let allowance = builder.allowance();
    let setters = Block::Tokens(quote!(#allowance impl #generics #name #generics { #(#setters)* }));
    vec![declaration(&builder), setters, finish(&builder)]
}

/// ```text
/// /// Builder of [`KlingV3TextToVideo`].
/// #[derive(Clone, Debug)]
/// #[must_use]
/// pub struct KlingV3TextToVideoBuilder<Prompt> {
///     request: KlingV3TextToVideo,
///     given: PhantomData<Prompt>,
/// }
/// ```
fn declaration(builder: &Builder<'_>) -> Block {
    let (name, target, value, generics) = (&builder.name, &builder.target, &builder.value, builder.generics());
    let doc = docs::attributes([format!("Builder of [`{target}`].")], 0);
    let states = builder.states();
    let given = match states.as_slice() {
        [] => None,
        [only] => Some(quote!(given: PhantomData<#only>,)),
        states => Some(quote!(given: PhantomData<(#(#states),*)>,)),
    };
    let allowance = builder.allowance();
    Block::Tokens(quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use]
        #allowance
        pub struct #name #generics { #value: #target, #given }
    })
}

/// ```text
/// /// Length of the video in seconds. One of 5 and 10. Default: `5`.
/// pub fn duration(mut self, value: impl IntoParameter<u32>) -> Self {
///     self.request.duration = value.into_parameter();
///     self
/// }
/// ```
fn setter(builder: &Builder<'_>, field: &Field, structs: &Structs) -> TokenStream {
    let summary = docs::paragraphs(&field.description).next().unwrap_or_default();
    let doc = docs::attributes([format!("{summary} {}", field.fact_line())], 4);
    let (name, value) = (ident(&field.ident), &builder.value);
    if field.is_optional() {
        let ty = rust_type(&field.ty);
        let boxed = structs.is_boxed(builder.object, field).then(|| quote!(.map(Box::new)));
        return quote! {
            #doc
            pub fn #name(mut self, value: impl IntoParameter<#ty>) -> Self {
                self.#value.#name = value.into_parameter()#boxed;
                self
            }
        };
    }
    let (ty, given) = required_type(field);
    let position = builder.required.iter().position(|(required, _)| required.name == field.name);
    let Some(position) = position else {
        return quote! {
            #doc
            pub fn #name(mut self, value: #ty) -> Self {
                self.#value.#name = #given;
                self
            }
        };
    };
    let builder_name = &builder.name;
    let states = builder
        .states()
        .into_iter()
        .enumerate()
        .map(|(index, state)| if index == position { ident("Given") } else { state.clone() });
    let rebuilt = builder.rebuilt(&quote!(self.#value));
    quote! {
        #doc
        pub fn #name(mut self, value: #ty) -> #builder_name<#(#states),*> {
            self.#value.#name = #given;
            #rebuilt
        }
    }
}

/// How a required parameter is taken, and how it becomes the field's value.
fn required_type(field: &Field) -> (TokenStream, TokenStream) {
    match &field.ty {
        Type::String => (quote!(impl Into<String>), quote!(value.into())),
        Type::Array(item) if !item.nullable => {
            let item = rust_type(&item.ty);
            (quote!(impl IntoIterator<Item = impl Into<#item>>), quote!(value.into_iter().map(Into::into).collect()))
        }
        ty => (rust_type(ty), quote!(value)),
    }
}

/// ```text
/// impl KlingV3TextToVideoBuilder<Given> {
///     /// The request, if every documented rule holds. …
///     pub fn build(self) -> Result<KlingV3TextToVideo, ValidationError> { … }
/// }
/// ```
fn finish(builder: &Builder<'_>) -> Block {
    let (target, value) = (&builder.target, &builder.value);
    let complete = builder.uniform("Given");
    if builder.object.page.is_none() {
        let doc = docs::attributes(["What was built; the request that takes it checks it."], 4);
        return Block::Tokens(quote! {
            impl #complete {
                #doc
                pub fn build(self) -> #target {
                    self.#value
                }
            }
        });
    }
    let checked = docs::attributes(
        ["The request, if it keeps every documented rule.", "# Errors", "Every violation, not the first alone."],
        4,
    );
    let unchecked = docs::attributes(
        ["The request as it is, for what the server takes and the documentation does not know yet."],
        4,
    );
    Block::Tokens(quote! {
        impl #complete {
            #checked
            pub fn build(self) -> Result<#target, ValidationError> {
                Request::validate(&self.request)?;
                Ok(self.request)
            }

            #unchecked
            pub fn build_unchecked(self) -> #target {
                self.request
            }
        }
    })
}
