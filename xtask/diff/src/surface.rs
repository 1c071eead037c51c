//! The surface that Rust code can use: every public item of the generated modules, with its type.
//!
//! It is read from the generated source itself, so that nothing that callers can use is overlooked.

use std::collections::BTreeMap;

use foxapi_codegen::File;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};

/// The public items, each with a description of what must not change about it.
#[derive(Debug, Default)]
pub(crate) struct Surface(BTreeMap<PublicItem, String>);

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PublicItem {
    /// A module of generated types.
    Module(String),
    /// A type in the module where callers find it: its own, or that of its family if it belongs to one.
    Home { module: String, family: Option<String>, name: String },
    /// A type at the crate's root. Types of a family are not.
    Type(String),
    /// The type parameters of a builder: one for each parameter that must be given.
    States(String),
    /// A field of a struct.
    Member { owner: String, name: String },
    /// A variant of an enumeration.
    Variant { owner: String, name: String },
    /// A method or constant of a type.
    Associated { owner: String, name: String },
    /// The implementation that a macro of the runtime adds to a type.
    Ability { owner: String, ability: Ability },
}

/// The kinds of types that macros of the runtime make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ability {
    Request,
    Value,
    Answer,
    Union,
    Enumeration,
    OpenEnumeration,
}

impl Ability {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "request" => Self::Request,
            "value" => Self::Value,
            "answer" => Self::Answer,
            "union" => Self::Union,
            "enumeration" => Self::Enumeration,
            "open_enumeration" => Self::OpenEnumeration,
            _ => return None,
        })
    }
}

/// The module of an item.
struct ItemModule<'f> {
    module: &'f str,
    /// The module of its family, if it belongs to one.
    family: Option<&'f str>,
}

/// An item that is gone or has changed.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub(crate) item: PublicItem,
    pub(crate) was: String,
    /// What it is now, if it still exists.
    pub(crate) is: Option<String>,
}

impl Surface {
    pub(crate) fn of(files: &[File]) -> Self {
        let mut surface = Self::default();
        for file in files {
            // These two contain nothing that the others do not.
            let is_module = |name: &&str| !["mod", "requests"].contains(name);
            let Some(path) = file.name.strip_suffix(".rs").filter(is_module) else { continue };
            let mut parts = path.rsplit('/');
            let module = &ItemModule { module: parts.next().unwrap_or(path), family: parts.next() };
            if module.family.is_none() {
                surface.0.insert(PublicItem::Module(path.to_owned()), "module".to_owned());
            }
            // The output of the generator is valid Rust; a test parses all of it.
            for item in syn::parse_file(&file.text).map(|file| file.items).unwrap_or_default() {
                surface.item(module, item);
            }
        }
        surface
    }

    /// The items that code could use before and no longer can, or not in the same way.
    pub(crate) fn losses(&self, to: &Self) -> Vec<Loss> {
        let lost = self.0.iter().filter(|(item, was)| to.0.get(item) != Some(was));
        lost.map(|(item, was)| Loss { item: item.clone(), was: was.clone(), is: to.0.get(item).cloned() }).collect()
    }

    /// Whether there are items that did not exist before.
    pub(crate) fn grew_from(&self, from: &Self) -> bool {
        self.0.keys().any(|item| !from.0.contains_key(item))
    }

    fn item(&mut self, module: &ItemModule<'_>, item: syn::Item) {
        match item {
            syn::Item::Struct(item) if is_public(&item.vis) => {
                let owner = item.ident.to_string();
                self.declare(module, &owner, "struct", &item.attrs);
                if !item.generics.params.is_empty() || owner.ends_with("Builder") {
                    self.0
                        .insert(PublicItem::States(owner.clone()), item.generics.params.to_token_stream().to_string());
                }
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    self.0.insert(PublicItem::Member { owner: owner.clone(), name }, spelled(&field.ty));
                }
            }
            syn::Item::Enum(item) if is_public(&item.vis) => _ = self.enumeration(module, item),
            syn::Item::Impl(item) if item.trait_.is_none() => self.associated(item),
            syn::Item::Macro(item) => self.invocation(module, &item.mac),
            _ => {}
        }
    }

    /// Reads a call of a macro of the runtime: `enumeration!`, `open_enumeration!` and `union!` contain the enumeration
    /// itself, `request!` and `value!` the setters of a builder, and `answer!` only what the struct has elsewhere.
    ///
    /// What each implements is hand-written in one place; callers lose it together with the macro.
    fn invocation(&mut self, module: &ItemModule<'_>, invocation: &syn::Macro) {
        let Some(ability) = invocation.path.get_ident().and_then(|name| Ability::of(&name.to_string())) else { return };
        let owner = match ability {
            Ability::Enumeration | Ability::OpenEnumeration | Ability::Union => {
                invocation.parse_body().map(|item| self.enumeration(module, item))
            }
            Ability::Request => {
                invocation.parse_body().map(|list| self.builder(module, list, &["build", "build_unchecked"]))
            }
            Ability::Value => invocation.parse_body().map(|list| self.builder(module, list, &["build"])),
            Ability::Answer => invocation.parse_body_with(first_word),
        };
        // The output of the generator has one of these forms; a test reads all of it.
        if let Ok(owner) = owner {
            self.0.insert(PublicItem::Ability { owner, ability }, String::new());
        }
    }

    fn enumeration(&mut self, module: &ItemModule<'_>, item: syn::ItemEnum) -> String {
        let owner = item.ident.to_string();
        self.declare(module, &owner, "enum", &item.attrs);
        for variant in &item.variants {
            let name = variant.ident.to_string();
            self.0.insert(PublicItem::Variant { owner: owner.clone(), name }, spelled(&variant.fields));
        }
        owner
    }

    fn builder(&mut self, module: &ItemModule<'_>, list: BuilderList, ends: &[&str]) -> String {
        let (owner, builder) = (list.owner.to_string(), list.builder.to_string());
        self.declare(module, &builder, "struct", &[]);
        self.0.insert(PublicItem::States(builder.clone()), list.states.to_string());
        let mut method = |owner: &str, name: &str, inputs: String| {
            self.0.insert(PublicItem::Associated { owner: owner.to_owned(), name: name.to_owned() }, inputs);
        };
        method(&owner, "builder", String::new());
        for (name, argument) in list.setters {
            method(&builder, &name.to_string(), format!("self, {}", spelled(&argument)));
        }
        for end in ends {
            method(&builder, end, "self".to_owned());
        }
        owner
    }

    fn declare(&mut self, module: &ItemModule<'_>, name: &str, kind: &str, attributes: &[syn::Attribute]) {
        let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
        let derives: Vec<String> = derives.map(|derive| derive.meta.to_token_stream().to_string()).collect();
        let declared = format!("{kind} {}", derives.join(" "));
        // Builders are found from the types they build, and only their modules have their names.
        if !name.ends_with("Builder") && module.family.is_none() {
            self.0.insert(PublicItem::Type(name.to_owned()), declared.clone());
        }
        let (module, family) = (module.module.to_owned(), module.family.map(str::to_owned));
        self.0.insert(PublicItem::Home { module, family, name: name.to_owned() }, declared);
    }

    fn associated(&mut self, item: syn::ItemImpl) {
        let syn::Type::Path(path) = item.self_ty.as_ref() else { return };
        let Some(owner) = path.path.segments.last().map(|last| last.ident.to_string()) else { return };
        for member in item.items {
            let (name, signature) = match member {
                syn::ImplItem::Fn(item) if is_public(&item.vis) => {
                    // The state that a setter leads to follows from the builder's type parameters.
                    let inputs: Vec<String> = item.sig.inputs.iter().map(argument).collect();
                    (item.sig.ident.to_string(), inputs.join(", "))
                }
                syn::ImplItem::Const(item) if is_public(&item.vis) => (item.ident.to_string(), spelled(&item.ty)),
                _ => continue,
            };
            self.0.insert(PublicItem::Associated { owner: owner.clone(), name }, signature);
        }
    }
}

/// The list of `request!` and `value!`:
///
/// ```text
/// /// Starts a request.
/// Name::builder() -> NameBuilder<Prompt> {
///     /// What the video shows.
///     prompt: required(impl Into<String>) -> <Given>,
///     duration = "seconds": optional(impl IntoParameter<u32>),
/// }
/// ```
struct BuilderList {
    owner: syn::Ident,
    builder: syn::Ident,
    states: TokenStream,
    setters: Vec<(syn::Ident, syn::Type)>,
}

impl Parse for BuilderList {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(syn::Attribute::parse_outer)?;
        let owner = input.parse()?;
        input.parse::<syn::Token![::]>()?;
        input.parse::<syn::Ident>()?;
        let _nothing;
        syn::parenthesized!(_nothing in input);
        input.parse::<syn::Token![->]>()?;
        let builder = input.parse()?;
        let states = input.parse::<syn::Generics>()?.params.to_token_stream();
        let list;
        syn::braced!(list in input);
        let mut setters = Vec::new();
        while !list.is_empty() {
            list.call(syn::Attribute::parse_outer)?;
            let name = list.parse()?;
            if list.parse::<Option<syn::Token![=]>>()?.is_some() {
                list.parse::<syn::LitStr>()?;
            }
            list.parse::<syn::Token![:]>()?;
            list.parse::<syn::Ident>()?;
            // `required map(…)`
            list.parse::<Option<syn::Ident>>()?;
            let argument;
            syn::parenthesized!(argument in list);
            setters.push((name, argument.parse()?));
            if list.parse::<Option<syn::Token![as]>>()?.is_some() {
                list.parse::<syn::Ident>()?;
            }
            // The state that the setter leads to follows from the type parameters, the default from a constant.
            if list.parse::<Option<syn::Token![->]>>()?.is_some() {
                list.parse::<syn::AngleBracketedGenericArguments>()?;
            }
            if list.parse::<Option<syn::Token![=]>>()?.is_some() {
                list.parse::<syn::Expr>()?;
            }
            list.parse::<Option<syn::Token![,]>>()?;
        }
        // `with prompt` stands for a method that every request has.
        input.parse::<TokenStream>()?;
        Ok(Self { owner, builder, states, setters })
    }
}

/// The first word of a list; the rest is skipped.
fn first_word(input: ParseStream<'_>) -> syn::Result<String> {
    input.call(syn::Attribute::parse_outer)?;
    let word: syn::Ident = input.parse()?;
    input.parse::<TokenStream>()?;
    Ok(word.to_string())
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The type of an argument. Its name does not matter to callers.
fn argument(input: &syn::FnArg) -> String {
    match input {
        // `mut` in front of it does not matter, either.
        syn::FnArg::Receiver(receiver) => receiver.to_token_stream().to_string().replace("mut self", "self"),
        syn::FnArg::Typed(argument) => spelled(&argument.ty),
    }
}

/// Tokens as people write them.
fn spelled(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let tight = [(" < ", "<"), ("< ", "<"), (" <", "<"), (" >", ">"), (" ,", ","), (" :: ", "::"), ("& ", "&")];
    tight.iter().fold(text, |text, (loose, tight)| text.replace(loose, tight))
}
