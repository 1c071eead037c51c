//! Validators: predicates as Rust expressions that do not allocate.

mod expression;
mod place;
mod test;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::{ident, integer, literal};
use crate::checked::{Form, Literal, Object, Predicate, PropertyPath, Test, Type};
use crate::render::Block;
use expression::{Binding, Expression, bounded, comparison};
pub(super) use place::Objects;
use place::{Place, Scope};

/// The documentation of `is_valid`.
pub(super) const VALIDITY: &str = "Whether every documented rule holds; allocates nothing.";

/// The condition on the value that a form of a union holds, if there is one; the value is named as in closures.
pub(super) fn of_form(form: &Form, objects: &Objects<'_>) -> Option<TokenStream> {
    let asked = Some(&form.check).filter(|check| **check != Predicate::Always)?;
    Some(Scope::form(objects, &form.ty).expression(asked).tokens)
}

/// ```text
/// impl PromptSegment {
///     /// Whether every documented rule holds; allocates nothing.
///     pub fn is_valid(&self) -> bool {
///         self.duration >= 1
///     }
/// }
/// ```
pub(super) fn validity(object: &Object, objects: &Objects<'_>) -> Option<Block> {
    if !object.is_checked() && object.page.is_none() {
        return None;
    }
    let this = Type::Object(object.name.clone());
    let (name, body) = (ident(&object.name), Scope::method(objects, &this).body(object));
    let doc = docs::attributes([VALIDITY], 4);
    Some(Block::Tokens(quote! {
        impl #name {
            #doc
            pub fn is_valid(&self) -> bool {
                #body
            }
        }
    }))
}

impl<'s> Scope<'s> {
    /// The statements of `is_valid`: rules first, each below its sentence, then each field by itself.
    fn body(self, object: &Object) -> TokenStream {
        let availability = object.availability.iter();
        let availability = availability.map(|it| self.rule(&it.sentence(), std::slice::from_ref(&it.predicate)));
        let rules = object.rules.iter().map(|known| self.rule(&known.sentence, &known.parts));
        let check = self.expression(&object.check).tokens;
        quote!(#(#availability)* #(#rules)* #check)
    }

    /// ```text
    /// // Voices need generated audio.
    /// if self.voice_ids.is_some() && self.generate_audio != Some(true) {
    ///     return false;
    /// }
    /// ```
    fn rule(self, sentence: &str, parts: &[Predicate]) -> TokenStream {
        let broken = parts.iter().map(|part| match part {
            // The condition of the rule comes first, what it requires second.
            Predicate::Any(parts) => Predicate::all(parts.iter().cloned().map(Predicate::negate)),
            part => part.clone().negate(),
        });
        let checks = broken.filter(|broken| *broken != Predicate::Never).map(|broken| {
            let broken = self.expression(&broken).tokens;
            quote!(if #broken { return false; })
        });
        quote!(comment!(#sentence); #(#checks)*)
    }

    fn expression(self, predicate: &Predicate) -> Expression {
        let call = |tokens| Expression::new(Binding::Unary, tokens);
        match predicate {
            Predicate::Always => call(quote!(true)),
            Predicate::Never => call(quote!(false)),
            Predicate::All(parts) => self.join(parts, Binding::And, &quote!(&&)),
            Predicate::Any(parts) => self.join(parts, Binding::Or, &quote!(||)),
            Predicate::ExactlyOne(parts) => {
                let parts = parts.iter().map(|part| self.expression(part).tokens);
                call(quote!(exactly_one([#(#parts),*])))
            }
            Predicate::Not(inner) => self.negation(inner),
            Predicate::Optional { path, none, some } => self.option(path, *none, some),
            Predicate::Test(path, test) => test::test(&self.place(path), test),
            Predicate::Valid(path, _) => {
                let value = self.place(path).tokens;
                call(quote!(#value.is_valid()))
            }
            Predicate::Every(path, item) => {
                let array = self.place(path);
                let (value, closure) = (&array.tokens, self.on_item(&array, item));
                let values = if matches!(array.ty, Type::Map(_)) { ident("values") } else { ident("iter") };
                call(match item.as_ref() {
                    Predicate::Never => quote!(#value.is_empty()),
                    _ => quote!(#value.#values().all(#closure)),
                })
            }
            Predicate::Count { path, item, minimum, maximum } => self.count(path, item, *minimum, *maximum),
            Predicate::GivenCount { paths, minimum, maximum } => bounded(&self.given(paths), *minimum, *maximum),
            Predicate::Sum { items, property, total, default } => self.sum(items, property, total, *default),
            Predicate::Together { arrays, maximum } => self.combined_max_items(arrays, *maximum),
        }
    }

    fn join(self, parts: &[Predicate], binding: Binding, operator: &TokenStream) -> Expression {
        let mut tokens = TokenStream::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                tokens.extend(operator.clone());
            }
            // `&&` inside `||` needs no parentheses, and reads better with them.
            let tighter = if binding == Binding::Or { Binding::Comparison } else { binding };
            tokens.extend(self.expression(part).within(tighter));
        }
        Expression::new(binding, tokens)
    }

    /// The opposite, as a person would write it: with the opposite operator if there is one.
    fn negation(self, predicate: &Predicate) -> Expression {
        match predicate {
            Predicate::Test(path, test) => {
                if let Some(opposite) = test::opposite(&self.place(path), test) {
                    return opposite;
                }
            }
            Predicate::Count { path, item, minimum: 0, maximum: Some(maximum @ 1..) } => {
                return comparison(&self.counted(path, item), &quote!(>), &integer((*maximum).into()));
            }
            Predicate::Count { path, item, minimum: minimum @ 2.., maximum: None } => {
                return comparison(&self.counted(path, item), &quote!(<), &integer((*minimum).into()));
            }
            Predicate::GivenCount { paths, minimum: None, maximum: Some(maximum) } => {
                return comparison(&self.given(paths), &quote!(>), &integer((*maximum).into()));
            }
            Predicate::GivenCount { paths, minimum: Some(minimum), maximum: None } => {
                return comparison(&self.given(paths), &quote!(<), &integer((*minimum).into()));
            }
            _ => {}
        }
        let inner = self.expression(predicate).within(Binding::Unary);
        Expression::new(Binding::Unary, quote!(!#inner))
    }

    /// `is_none`, `is_some`, a comparison with `Some`, or a closure on the value.
    fn option(self, path: &PropertyPath, none: bool, some: &Predicate) -> Expression {
        let place = self.place(path);
        let option = &place.tokens;
        let unary = |tokens| Expression::new(Binding::Unary, tokens);
        match (none, some) {
            (false, Predicate::Always) => return unary(quote!(#option.is_some())),
            (true, Predicate::Never) => return unary(quote!(#option.is_none())),
            _ => {}
        }
        if let Some(value) = single_value(path, some)
            && let (false, Predicate::Test(..)) | (true, Predicate::Not(_)) = (none, some)
        {
            let option = place.comparable_option();
            let (value, operator) = (literal(value), if none { quote!(!=) } else { quote!(==) });
            return Expression::new(Binding::Comparison, quote!(#option #operator Some(#value)));
        }
        let quantifier = if none { ident("all") } else { ident("any") };
        if let Some(closure) = self.on_items(path, &place, none, some) {
            return unary(quote!(#option.iter().flatten().#quantifier(#closure)));
        }
        let inner = self.inside(path, &place);
        let closure = inner.closure(&inner.expression(some).tokens);
        if place.ty.is_copy() {
            let method = if none { ident("is_none_or") } else { ident("is_some_and") };
            unary(quote!(#option.#method(#closure)))
        } else {
            // An `Option` iterates over references to its value, or over nothing.
            unary(quote!(#option.iter().#quantifier(#closure)))
        }
    }

    /// If a predicate is about every item of the value (`all`) or any item: the predicate about the item.
    fn on_items(self, path: &PropertyPath, place: &Place<'s>, all: bool, predicate: &Predicate) -> Option<TokenStream> {
        match (all, predicate) {
            // A condition on the absence of items concerns the whole array.
            (true, Predicate::Every(_, item)) if **item == Predicate::Never => None,
            (true, Predicate::Every(at, item)) if at == path && !matches!(place.ty, Type::Map(_)) => {
                Some(self.on_item(place, item))
            }
            (false, Predicate::Count { path: at, item, minimum: 1, maximum: None }) if at == path => {
                Some(self.on_item(place, item))
            }
            _ => None,
        }
    }

    /// A closure on each item of an array, or value of a map.
    fn on_item(self, array: &Place<'s>, item: &Predicate) -> TokenStream {
        let inner = self.item(array);
        inner.closure(&inner.expression(item).tokens)
    }

    fn count(self, path: &PropertyPath, item: &Predicate, minimum: u64, maximum: Option<u64>) -> Expression {
        let unary = |tokens| Expression::new(Binding::Unary, tokens);
        match (minimum, maximum) {
            (1, None) => unary(self.any_item(path, item)),
            (0, Some(0)) => {
                let any = self.any_item(path, item);
                unary(quote!(!#any))
            }
            (minimum, maximum) => bounded(&self.counted(path, item), Some(minimum).filter(|least| *least > 0), maximum),
        }
    }

    /// How many of the fields are given.
    fn given(self, paths: &[PropertyPath]) -> TokenStream {
        let fields = paths.iter().map(|path| self.place(path).tokens);
        quote!(given([#(#fields.is_some()),*]))
    }

    fn counted(self, path: &PropertyPath, item: &Predicate) -> TokenStream {
        let array = self.place(path);
        let (closure, array) = (self.on_item(&array, item), array.reference());
        quote!(count(#array, #closure))
    }

    /// Whether an array has an item that satisfies a predicate, or simply contains a value.
    fn any_item(self, path: &PropertyPath, item: &Predicate) -> TokenStream {
        let place = self.place(path);
        let array = &place.tokens;
        if let Some(value) = self.item(&place).wanted(item) {
            return quote!(#array.contains(&#value));
        }
        let closure = self.on_item(&place, item);
        quote!(#array.iter().any(#closure))
    }

    /// The value that an item must be, if the predicate requires nothing else and the value is not a string.
    fn wanted(self, predicate: &Predicate) -> Option<TokenStream> {
        let is_item = |path: &PropertyPath| path.is_empty() && self.place(path).ty.is_copy();
        match predicate {
            Predicate::Test(path, Test::OneOf { values, .. }) if is_item(path) => match values.as_slice() {
                [value] => Some(literal(value)),
                _ => None,
            },
            Predicate::Optional { path, none: false, some } if is_item(path) => {
                let value = self.wanted(some)?;
                Some(quote!(Some(#value)))
            }
            _ => None,
        }
    }

    fn sum(self, items: &PropertyPath, property: &str, total: &PropertyPath, default: Option<i128>) -> Expression {
        let (items, place) = (self.place(items), self.place(total));
        let total = &place.tokens;
        let total = match (place.optional, default) {
            (true, Some(default)) => {
                let default = integer(default);
                quote!(#total.or(Some(#default)))
            }
            (true, None) => total.clone(),
            (false, _) => quote!(Some(#total)),
        };
        let (property, items) = (self.field_of_items(&items, property), items.slice());
        Expression::new(Binding::Unary, quote!(sum_equals(#items, |item| item.#property, #total)))
    }

    fn combined_max_items(self, arrays: &[PropertyPath], maximum: u64) -> Expression {
        let lengths = arrays.iter().map(|path| {
            let Place { tokens: array, optional, .. } = self.place(path);
            if optional { quote!(#array.as_ref().map(Vec::len)) } else { quote!(Some(#array.len())) }
        });
        let maximum = integer(maximum.into());
        Expression::new(Binding::Unary, quote!(combined_max_items([#(#lengths),*], #maximum)))
    }
}

/// The only value that an option must have, or must not have; conditions on what it contains are something else.
fn single_value<'p>(path: &PropertyPath, predicate: &'p Predicate) -> Option<&'p Literal> {
    let test = match predicate {
        Predicate::Not(inner) => inner.as_ref(),
        other => other,
    };
    match test {
        Predicate::Test(at, Test::OneOf { values, .. }) if at == path => match values.as_slice() {
            [value] => Some(value),
            _ => None,
        },
        _ => None,
    }
}
