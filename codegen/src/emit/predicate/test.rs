//! A question about one value, or its opposite, as a person would write it.

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Number, Value};

use super::expression::{Binding, Expression, comparison};
use super::place::Place;
use crate::checked::{Literal, Test, Type};
use crate::emit::types::{ident, integer, is_unsigned, literal, number};

pub(super) fn test(place: &Place, test: &Test) -> Expression {
    let call = |tokens| Expression::new(Binding::Unary, tokens);
    let (value, tokens) = (place.operand(), &place.tokens);
    match test {
        Test::OneOf { values, others } => match others.as_slice() {
            [other] if values.len() > 1 => comparison(&value, &quote!(!=), &literal(other)),
            _ => one_of(place, values),
        },
        Test::Range(low, high) => range(place, low.as_ref(), high.as_ref()),
        Test::Finite => call(quote!(#tokens.is_finite())),
        Test::Asserts(assertion) => asserts(place, assertion),
        Test::Form { union, forms } => {
            let (union, forms) = (ident(union), forms.iter().map(|form| ident(form)));
            call(quote!(matches!(#tokens, #(#union::#forms(_))|*)))
        }
    }
}

/// The opposite, if an operator expresses it.
pub(super) fn opposite(place: &Place, test: &Test) -> Option<Expression> {
    let (value, array) = (place.operand(), &place.tokens);
    Some(match test {
        Test::OneOf { values, .. } => match values.as_slice() {
            [Literal::Boolean(flag)] => boolean(place, !flag),
            [only] => comparison(&value, &quote!(!=), &literal(only)),
            _ => return None,
        },
        Test::Range(Some(bound), None) | Test::Range(None, Some(bound)) => {
            side(&value, &bound.opposite(), &limit(bound, place.ty))
        }
        Test::Range(Some(low), Some(high)) if is_single(low, high, place.ty) => {
            comparison(&value, &quote!(!=), &limit(low, place.ty))
        }
        Test::Asserts(Assertion::Bound(bound)) if bound.measure != Measure::Length => size(array, &bound.opposite()),
        _ => return None,
    })
}

/// A number from one bound to the other.
fn range(place: &Place, low: Option<&Bound>, high: Option<&Bound>) -> Expression {
    let (value, reference) = (place.operand(), place.reference());
    let limit = |bound| limit(bound, place.ty);
    match (low, high) {
        (Some(low), Some(high)) if is_single(low, high, place.ty) => comparison(&value, &quote!(==), &limit(low)),
        (Some(low), Some(high)) if !low.strict => {
            let (start, end) = (limit(low), limit(high));
            let range = if high.strict { quote!(#start..#end) } else { quote!(#start..=#end) };
            Expression::new(Binding::Unary, quote!((#range).contains(#reference)))
        }
        (Some(low), Some(high)) => {
            let sides = [low, high].map(|bound| side(&value, bound, &limit(bound)).tokens);
            Expression::new(Binding::And, quote!(#(#sides)&&*))
        }
        (Some(bound), None) | (None, Some(bound)) => side(&value, bound, &limit(bound)),
        (None, None) => Expression::new(Binding::Unary, quote!(true)),
    }
}

fn side(value: &TokenStream, bound: &Bound, limit: &TokenStream) -> Expression {
    let operator = match (bound.side, bound.strict) {
        (Side::AtLeast, false) => quote!(>=),
        (Side::AtLeast, true) => quote!(>),
        (Side::AtMost, false) => quote!(<=),
        (Side::AtMost, true) => quote!(<),
    };
    comparison(value, &operator, limit)
}

/// A number of items, or of properties of a map, on the allowed side of a bound.
fn size(array: &TokenStream, bound: &Bound) -> Expression {
    match (bound.side, bound.strict, bound.limit.as_u64()) {
        (Side::AtLeast, false, Some(1)) | (Side::AtLeast, true, Some(0)) => {
            Expression::new(Binding::Unary, quote!(!#array.is_empty()))
        }
        (Side::AtMost, false, Some(0)) | (Side::AtMost, true, Some(1)) => {
            Expression::new(Binding::Unary, quote!(#array.is_empty()))
        }
        _ => side(&quote!(#array.len()), bound, &count_of(bound)),
    }
}

/// Whether a range of integers contains exactly one.
fn is_single(low: &Bound, high: &Bound, ty: &Type) -> bool {
    matches!(ty, Type::Integer(_)) && low.limit == high.limit
}

/// A limit, as a literal of the type that it is compared with.
fn limit(bound: &Bound, ty: &Type) -> TokenStream {
    literal_of(&bound.limit, ty)
}

fn literal_of(limit: &Number, ty: &Type) -> TokenStream {
    match foxapi_schema::number::integer(limit).filter(|_| *ty != Type::Number) {
        Some(limit) => integer(limit),
        None => number(limit.as_f64().unwrap_or_default()),
    }
}

fn count_of(bound: &Bound) -> TokenStream {
    integer(bound.limit.as_u64().unwrap_or_default().into())
}

/// What a keyword checks: usually a runtime function that is named after the keyword and takes its value, so that
/// `maxLength: 5` is `max_length(text, 5)`.
fn asserts(place: &Place, assertion: &Assertion) -> Expression {
    let (value, reference, array) = (place.operand(), place.reference(), &place.tokens);
    let argument = argument(&assertion.value(), place.ty);
    let call = match assertion {
        Assertion::Bound(bound) if bound.measure != Measure::Length => return size(array, bound),
        Assertion::Multiple(step) => {
            let step = literal_of(step, place.ty);
            match place.ty {
                Type::Integer(kind) if is_unsigned(*kind) => quote!(#array.is_multiple_of(#step)),
                Type::Integer(_) => return comparison(&quote!(#value % #step), &quote!(==), &quote!(0)),
                _ => quote!(is_multiple(#value, #step)),
            }
        }
        Assertion::Pattern(_) => quote!(pattern!(#reference #argument)),
        Assertion::Format(format) => {
            let check = ident(&format!("is_{}", format.as_str().replace('-', "_")));
            quote!(#check(#reference))
        }
        Assertion::Url(_) => quote!(is_url(#reference #argument)),
        other => {
            let check = ident(&other.keyword().snake_case());
            quote!(#check(#reference #argument))
        }
    };
    Expression::new(Binding::Unary, call)
}

/// The value of a keyword as the last argument of a call; a flag needs none.
fn argument(value: &Value, ty: &Type) -> TokenStream {
    match value {
        Value::Number(limit) => {
            let limit = literal_of(limit, ty);
            quote!(, #limit)
        }
        Value::String(text) => quote!(, #text),
        Value::Array(texts) => {
            let texts = texts.iter().filter_map(Value::as_str);
            quote!(, &[#(#texts),*])
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => TokenStream::new(),
    }
}

fn one_of(place: &Place, values: &[Literal]) -> Expression {
    if let Some((low, high)) = consecutive(values) {
        let [low, high] =
            [(Side::AtLeast, low), (Side::AtMost, high)].map(|(side, limit)| Bound::of_integers(side, limit));
        return range(place, Some(&low), Some(&high));
    }
    match values {
        [Literal::Boolean(flag)] => boolean(place, *flag),
        [value] => comparison(&place.operand(), &quote!(==), &literal(value)),
        // Patterns cannot match numbers with a fraction.
        values if values.iter().any(|value| matches!(value, Literal::Number(_))) => {
            let (value, values) = (place.reference(), values.iter().map(literal));
            Expression::new(Binding::Unary, quote!([#(#values),*].contains(#value)))
        }
        values => {
            let value = if *place.ty == Type::String { place.text() } else { place.operand() };
            let values = values.iter().map(literal);
            Expression::new(Binding::Unary, quote!(matches!(#value, #(#values)|*)))
        }
    }
}

/// The first and last of three or more consecutive integers.
fn consecutive(values: &[Literal]) -> Option<(i128, i128)> {
    let integer = |value: &Literal| match value {
        Literal::Integer(value) => Some(*value),
        _ => None,
    };
    let mut values: Vec<i128> = values.iter().map(integer).collect::<Option<_>>()?;
    values.sort_unstable();
    let (first, last) = (*values.first()?, *values.last()?);
    let has_gap = values.windows(2).any(|pair| matches!(pair, [left, right] if right - left != 1));
    (values.len() > 2 && !has_gap).then_some((first, last))
}

fn boolean(place: &Place, wanted: bool) -> Expression {
    let value = place.operand();
    Expression::new(Binding::Unary, if wanted { value } else { quote!(!#value) })
}
