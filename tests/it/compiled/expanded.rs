//! Generated source with the macros of the runtime expanded, as far as their output is visible to callers.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The items of a generated file.
pub(super) fn items(text: &str) -> Vec<syn::Item> {
    let items = syn::parse_file(text).expect("generated code is Rust").items;
    items.into_iter().flat_map(written_out).collect()
}

fn written_out(item: syn::Item) -> Vec<syn::Item> {
    let syn::Item::Macro(invocation) = &item else { return vec![item] };
    let name = invocation.mac.path.to_token_stream().to_string();
    let tokens = invocation.mac.tokens.clone();
    let made = match name.as_str() {
        "enumeration" => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)] #tokens),
        "open_enumeration" => {
            let mut list: syn::ItemEnum = syn::parse2(tokens).expect("an enumeration");
            list.variants.push(syn::parse_quote!(Unknown(String)));
            quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)] #list)
        }
        "union" => {
            let tokens = without_forms(tokens);
            quote!(#[derive(Clone, Debug, PartialEq)] #tokens)
        }
        "request" => builder(tokens, true),
        "value" => builder(tokens, false),
        _ => return vec![item],
    };
    syn::parse2::<syn::File>(made).expect("what the macro makes").items
}

/// A union without the JSON type after each variant: `Preset(Size) = string`.
fn without_forms(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut is_form = false;
    for token in tokens {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '=' && kept.last().is_some_and(is_parenthesis) => {
                is_form = true
            }
            TokenTree::Ident(_) if is_form => is_form = false,
            TokenTree::Group(list) if list.delimiter() == Delimiter::Brace => {
                let list = proc_macro2::Group::new(Delimiter::Brace, without_forms(list.stream()));
                kept.push(TokenTree::Group(list));
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

fn is_parenthesis(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

/// `/// Starts. Name::builder() -> NameBuilder<A> { /// Sets. field = "name": presence map(Type) as Box -> <A> = default, }`
fn builder(tokens: TokenStream, is_request: bool) -> TokenStream {
    let tokens: Vec<TokenTree> = without_attributes(tokens);
    let name = &tokens[0];
    let arrow = tokens.iter().position(|token| token.to_string() == ">").expect("an arrow");
    let list = tokens.iter().rposition(|token| matches!(token, TokenTree::Group(_))).expect("a list");
    let builder = &tokens[arrow + 1];
    let generics: TokenStream = tokens[arrow + 2..list].iter().cloned().collect();
    let TokenTree::Group(list) = &tokens[list] else { panic!("a list") };
    let list = without_attributes(list.stream());
    let mut setters = TokenStream::new();
    let mut field = None;
    let mut is_named = false;
    for (index, token) in list.iter().enumerate() {
        match token {
            // The first word of an entry: at the beginning, or after a comma outside `<…>`.
            TokenTree::Ident(word) if !is_named => {
                field = Some(word.clone());
                is_named = true;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis && field.is_some() => {
                let (field, ty) = (field.take(), group.stream());
                setters.extend(quote!(pub fn #field(mut self, value: #ty) -> Self { self }));
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && !is_inside_of_states(&list, index) => is_named = false,
            _ => {}
        }
    }
    let unchecked = is_request.then(|| quote!(pub fn build_unchecked(self) -> #name { self.value }));
    quote! {
        impl #name { pub fn builder() -> #builder #generics { loop {} } }
        pub struct #builder #generics { value: #name }
        impl #generics #builder #generics {
            #setters
            pub fn build(self) -> #name { self.value }
            #unchecked
        }
    }
}

/// Whether a comma is between the `<` and the `>` of `-> <Given, Missing>`.
fn is_inside_of_states(list: &[TokenTree], at: usize) -> bool {
    let before = list[..at].iter().rev().map(ToString::to_string);
    let mut before = before.filter(|token| token == "<" || token == ">" || token == ":");
    before.next().as_deref() == Some("<")
}

/// Without documentation.
fn without_attributes(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let is_attribute = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        if is_attribute && kept.last().is_some_and(|last| last.to_string() == "#") {
            kept.pop();
        } else {
            kept.push(token);
        }
    }
    kept
}
