//! A program that uses everything that generated code offers: it compiles as long as none of that changes.
//!
//! It is made from the source that the generator wrote, independently of how the diff reads it.

use std::collections::BTreeSet;

use foxapi_codegen::File;
use proc_macro2::{Delimiter, TokenTree};
use quote::{ToTokens, quote};

use super::expanded;

/// The program, for generated modules that are found at `root`.
pub(crate) fn program(files: &[File], root: &str) -> String {
    let mut program = Program { root: root.to_owned(), ..Program::default() };
    for file in files.iter().filter(|file| file.name.ends_with(".rs")) {
        let module = file.name.trim_end_matches(".rs");
        let items = expanded::items(&file.text);
        match module {
            "mod" => {}
            "requests" => program.requests(&items),
            module => program.module(module, &items),
        }
    }
    program.text()
}

#[derive(Default)]
struct Program {
    root: String,
    functions: Vec<String>,
    /// Types at the root.
    types: BTreeSet<String>,
}

impl Program {
    fn text(&self) -> String {
        let types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        let root = &self.root;
        [
            "#![allow(warnings)]\n",
            "use std::collections::BTreeMap;\n",
            "use serde_json::{Map, Value};\n",
            "use crate::{IntoParameter, Request, ValidationError};\n",
            &format!("use {root}::{{{}}};\n\n", types.join(", ")),
            "fn any<T>() -> T { loop {} }\n\n",
            &self.functions.join("\n"),
        ]
        .concat()
    }

    fn module(&mut self, module: &str, items: &[syn::Item]) {
        let builders = items.iter().filter_map(|item| match item {
            syn::Item::Struct(item) if item.fields.iter().all(|field| !is_public(&field.vis)) => {
                Some(item.ident.to_string())
            }
            _ => None,
        });
        let builders: BTreeSet<String> = builders.collect();
        for item in items {
            match item {
                syn::Item::Struct(item) if is_public(&item.vis) => {
                    let name = item.ident.to_string();
                    self.found(module, &name, !builders.contains(&name), &item.generics);
                    if !builders.contains(&name) {
                        self.structure(&name, item, items);
                    }
                }
                syn::Item::Enum(item) if is_public(&item.vis) => {
                    let name = item.ident.to_string();
                    self.found(module, &name, true, &item.generics);
                    if item.variants.iter().all(|variant| !variant.fields.is_empty()) {
                        self.union(&name, item, items);
                    } else {
                        self.enumeration(&name, item);
                    }
                }
                _ => {}
            }
        }
    }

    fn say(&mut self, name: &str, arguments: &str, lines: Vec<String>) {
        let number = self.functions.len();
        let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
        self.functions.push(format!("fn {}_{number}({arguments}) {{\n{lines}}}\n", name.to_lowercase()));
    }

    fn found(&mut self, module: &str, name: &str, in_root: bool, generics: &syn::Generics) {
        if in_root {
            self.types.insert(name.to_owned());
        }
        // A complete builder.
        let given = generics.params.iter().map(|_| "crate::Given").collect::<Vec<_>>().join(", ");
        let given = if given.is_empty() { given } else { format!("<{given}>") };
        let root = self.root.clone();
        self.say(name, "", vec![format!("let _: {root}::{module}::{name}{given} = any();")]);
    }

    fn structure(&mut self, name: &str, item: &syn::ItemStruct, items: &[syn::Item]) {
        let mut lines = traits(name, &item.attrs);
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            let (ident, ty) = (field.ident.as_ref().expect("a name"), spelled(&field.ty));
            lines.push(format!("let _: {ty} = it.{ident}.clone();"));
            lines.push(format!("it.{ident} = any::<{ty}>();"));
        }
        let own = methods(name, items);
        for constant in &own.constants {
            lines.push(format!("let _: {} = {name}::{};", spelled(&constant.ty), constant.ident));
        }
        for method in &own.functions {
            match method.sig.ident.to_string().as_str() {
                "builder" => {}
                "is_valid" => lines.push("let _: bool = it.is_valid();".to_owned()),
                other => panic!("{name}::{other} is used by nothing here"),
            }
        }
        if own.functions.iter().any(|method| method.sig.ident == "builder") {
            lines.extend(building(name, items));
        }
        self.say(name, &format!("mut it: {name}"), lines);
    }

    fn enumeration(&mut self, name: &str, item: &syn::ItemEnum) {
        let mut lines = traits(name, &item.attrs);
        for variant in &item.variants {
            let inner = if variant.fields.is_empty() { "" } else { "(any())" };
            lines.push(format!("let _: {name} = {name}::{}{inner};", variant.ident));
        }
        lines.push(format!("let _: &[{name}] = {name}::ALL;"));
        lines.push("let _: &str = it.as_str();".to_owned());
        lines.push(format!("let _: {name} = \"x\".parse::<{name}>().ok().unwrap_or_else(any);"));
        lines.push(format!("match it {{ {name}::{} => (), _ => () }}", pattern(item)));
        if item.variants.iter().any(|variant| variant.ident == "Unknown") {
            // An open enumeration reads any text, and has no list of all.
            lines.retain(|line| !line.contains("::ALL") && !line.contains(".parse::<"));
        }
        self.say(name, &format!("it: {name}"), lines);
    }

    fn union(&mut self, name: &str, item: &syn::ItemEnum, items: &[syn::Item]) {
        let mut lines = traits(name, &item.attrs);
        for variant in &item.variants {
            let form = spelled(&variant.fields.iter().next().expect("a form").ty);
            lines.push(format!("let _: {name} = any::<{form}>().into();"));
            lines.push(format!(
                "match it.clone() {{ {name}::{}(form) => drop::<{form}>(form), _ => () }}",
                variant.ident
            ));
        }
        if methods(name, items).functions.iter().any(|method| method.sig.ident == "is_valid") {
            lines.push("let _: bool = it.is_valid();".to_owned());
        }
        self.say(name, &format!("it: {name}"), lines);
    }

    /// `requests! { VideoRequest as Video { #[cfg(…)] { A, B } } }`
    fn requests(&mut self, items: &[syn::Item]) {
        let mut lines = Vec::new();
        for item in items {
            let syn::Item::Macro(item) = item else { continue };
            if !item.mac.path.is_ident("requests") {
                continue;
            }
            let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
            let Some(TokenTree::Group(families)) = tokens.last() else { panic!("a list") };
            let named =
                tokens.iter().find_map(|token| if let TokenTree::Ident(name) = token { Some(name) } else { None });
            let group = named.expect("a name").to_string();
            for family in families.stream() {
                let TokenTree::Group(family) = family else { continue };
                if family.delimiter() != Delimiter::Brace {
                    continue;
                }
                let list: syn::ItemEnum = syn::parse2(quote!(enum All #family)).expect("a list of requests");
                for variant in &list.variants {
                    let name = &variant.ident;
                    lines.push(format!("let it = {group}::from(any::<{name}>());"));
                    lines.push(format!("let _: {name} = match it {{ {group}::{name}(inner) => inner, _ => any() }};"));
                    lines.push(format!("let _: Result<{name}, ValidationError> = {name}::from_json(\"\");"));
                }
            }
            self.types.insert(group);
        }
        assert!(!lines.is_empty(), "there are requests");
        self.say("requests", "", lines);
    }
}

/// Calls of all setters one after the other, and of the functions that end the chain.
fn building(name: &str, items: &[syn::Item]) -> Vec<String> {
    let mut lines = vec![format!("let builder = {name}::builder();")];
    let own = methods(&format!("{name}Builder"), items);
    let ends = ["build", "build_unchecked"];
    for setter in own.functions.iter().filter(|method| !ends.contains(&method.sig.ident.to_string().as_str())) {
        let ident = &setter.sig.ident;
        let Some(syn::FnArg::Typed(argument)) = setter.sig.inputs.last() else { panic!("{ident} takes nothing") };
        let ty = spelled(&argument.ty);
        let inner = |prefix: &str| ty.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
        let values = if let Some(inner) = inner("impl IntoParameter<") {
            vec![format!("any::<{inner}>()"), format!("any::<Option<{inner}>>()")]
        } else if let Some(inner) = inner("impl IntoIterator<Item = impl Into<") {
            vec![format!("any::<Vec<{}>>()", item(&inner))]
        } else if let Some(inner) = inner("impl Into<") {
            // Only texts are made from `&str`.
            let text = (inner == "String").then(|| "any::<&str>()".to_owned());
            [format!("any::<{inner}>()")].into_iter().chain(text).collect()
        } else {
            vec![format!("any::<{ty}>()")]
        };
        lines.extend(values.iter().map(|value| format!("let builder = builder.{ident}({value});")));
    }
    let is_checked = own.functions.iter().any(|method| method.sig.ident == "build_unchecked");
    let built = if is_checked { format!("Result<{name}, ValidationError>") } else { name.to_owned() };
    lines.push(format!("let _: {built} = Clone::clone(&builder).build();"));
    if is_checked {
        lines.push(format!("let _: {name} = builder.build_unchecked();"));
    }
    lines
}

/// The `X` of `impl IntoIterator<Item = impl Into<X>>`, of which the beginning is gone already.
fn item(rest: &str) -> &str {
    let rest = rest.trim_end_matches([' ', ',']);
    rest.strip_suffix('>').unwrap_or(rest)
}

/// Checks that a type has the traits that it derives, and those of all generated types.
fn traits(name: &str, attributes: &[syn::Attribute]) -> Vec<String> {
    let mut traits = vec!["serde::Serialize".to_owned(), "serde::de::DeserializeOwned".to_owned()];
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let list = attribute.meta.require_list().expect("derive(…)").tokens.to_string();
        traits.extend(list.split(',').map(|name| match name.trim() {
            "Debug" => "core::fmt::Debug".to_owned(),
            "Hash" => "core::hash::Hash".to_owned(),
            name => name.to_owned(),
        }));
    }
    vec![format!("fn has<T: {}>() {{}}", traits.join(" + ")), format!("has::<{name}>();")]
}

fn pattern(item: &syn::ItemEnum) -> String {
    let variants = item.variants.iter().filter(|variant| variant.fields.is_empty());
    variants.map(|variant| variant.ident.to_string()).next().expect("a value")
}

/// The public functions and constants of a type.
#[derive(Default)]
struct Methods {
    functions: Vec<syn::ImplItemFn>,
    constants: Vec<syn::ImplItemConst>,
}

fn methods(name: &str, items: &[syn::Item]) -> Methods {
    let mut found = Methods::default();
    for item in items {
        let syn::Item::Impl(item) = item else { continue };
        let syn::Type::Path(path) = item.self_ty.as_ref() else { continue };
        if path.path.segments.last().is_none_or(|last| last.ident != name) {
            continue;
        }
        for member in &item.items {
            match member {
                syn::ImplItem::Fn(member) if is_public(&member.vis) => found.functions.push(member.clone()),
                syn::ImplItem::Const(member) if is_public(&member.vis) => found.constants.push(member.clone()),
                _ => {}
            }
        }
    }
    found
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn spelled(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    [(" < ", "<"), (" >", ">")].iter().fold(text, |text, (loose, tight)| text.replace(loose, tight))
}
