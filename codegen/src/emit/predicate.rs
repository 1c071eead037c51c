//! Validators: predicates as Rust expressions that do not allocate.

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use proc_macro2::{Literal as Index, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Number;

use super::docs;
use super::types::{ident, integer, is_unsigned, literal, number};
use crate::check::VARIABLE;
use crate::model::{Literal, Object, Place, Predicate, Test, Type};
use crate::render::Block;

/// How tightly the outermost operator of an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Comparison,
    Unary,
}

/// An expression, and how tightly it binds.
struct Expression {
    tokens: TokenStream,
    binding: Binding,
}

impl Expression {
    fn new(binding: Binding, tokens: TokenStream) -> Self {
        Self { tokens, binding }
    }

    /// The expression as an operand of an operator that binds as tightly as `binding`.
    fn within(self, binding: Binding) -> TokenStream {
        let tokens = self.tokens;
        if self.binding < binding { quote!((#tokens)) } else { tokens }
    }
}

/// The documentation of `is_valid`.
pub(super) const VALIDITY: &str = "Whether every documented rule holds; allocates nothing.";

/// A predicate about the variable of closures, unless it is always true.
pub(super) fn of_variable(predicate: &Predicate) -> Option<TokenStream> {
    (*predicate != Predicate::Always).then(|| expression(predicate).tokens)
}

/// ```text
/// impl PromptSegment {
///     /// Whether every documented rule holds; allocates nothing.
///     pub fn is_valid(&self) -> bool {
///         self.duration >= 1
///     }
/// }
/// ```
pub(super) fn validity(object: &Object) -> Option<Block> {
    if !object.is_checked() && object.page.is_none() {
        return None;
    }
    let (name, body) = (ident(&object.name), body(object));
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

/// The statements of `is_valid`: rules first, each under its sentence, then every field by itself.
fn body(object: &Object) -> TokenStream {
    let availability = object.availability.iter();
    let availability = availability.map(|it| rule(&it.sentence(), std::slice::from_ref(&it.predicate)));
    let rules = object.rules.iter().map(|known| rule(&known.sentence, &known.parts));
    let check = expression(&object.check).tokens;
    quote!(#(#availability)* #(#rules)* #check)
}

/// ```text
/// // Voices need generated audio.
/// if self.voice_ids.is_some() && self.generate_audio != Some(true) {
///     return false;
/// }
/// ```
fn rule(sentence: &str, parts: &[Predicate]) -> TokenStream {
    let broken = parts.iter().map(|part| match part {
        // First the condition of the rule, then its requirement.
        Predicate::Any(parts) => Predicate::all(parts.iter().cloned().map(Predicate::negate)),
        part => part.clone().negate(),
    });
    let checks = broken.filter(|broken| *broken != Predicate::Never).map(|broken| {
        let broken = expression(&broken).tokens;
        quote!(if #broken { return false; })
    });
    quote!(comment!(#sentence); #(#checks)*)
}

fn expression(predicate: &Predicate) -> Expression {
    match predicate {
        Predicate::Always => Expression::new(Binding::Unary, quote!(true)),
        Predicate::Never => Expression::new(Binding::Unary, quote!(false)),
        Predicate::All(parts) => join(parts, Binding::And, &quote!(&&)),
        Predicate::Any(parts) => join(parts, Binding::Or, &quote!(||)),
        Predicate::ExactlyOne(parts) => {
            let parts = parts.iter().map(|part| expression(part).tokens);
            Expression::new(Binding::Unary, quote!(exactly_one([#(#parts),*])))
        }
        Predicate::Not(inner) => negation(inner),
        Predicate::Optional { place, none, some } => optional(place, *none, some),
        Predicate::Test { place, test } => self::test(place, test),
        Predicate::Valid { place, .. } => {
            let place = path(place);
            Expression::new(Binding::Unary, quote!(#place.is_valid()))
        }
        Predicate::Every { place, predicate } => {
            let (value, closure) = (path(&place.path), closure(predicate));
            let values = if matches!(place.ty, Type::Map(_)) { ident("values") } else { ident("iter") };
            Expression::new(Binding::Unary, quote!(#value.#values().all(#closure)))
        }
        Predicate::Count { place, predicate, minimum, maximum } => count(place, predicate, *minimum, *maximum),
        Predicate::GivenCount { fields, minimum, maximum } => bounded(&given(fields), *minimum, *maximum),
        Predicate::Sum { items, items_optional, property, total, total_optional, default } => {
            sum_equals((items, *items_optional), property, (total, *total_optional), *default)
        }
        Predicate::Together { arrays, maximum } => combined_max_items(arrays, *maximum),
    }
}

fn join(parts: &[Predicate], binding: Binding, operator: &TokenStream) -> Expression {
    let mut tokens = TokenStream::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            tokens.extend(operator.clone());
        }
        // `&&` inside `||` does not need parentheses, but reads better with them.
        let tighter = if binding == Binding::Or { Binding::Comparison } else { binding };
        tokens.extend(expression(part).within(tighter));
    }
    Expression::new(binding, tokens)
}

/// The opposite, as a person would write it: with the opposite operator if there is one.
fn negation(predicate: &Predicate) -> Expression {
    match predicate {
        Predicate::Test { place, test } => {
            if let Some(opposite) = opposite(place, test) {
                return opposite;
            }
        }
        Predicate::Count { place, predicate, minimum: 0, maximum: Some(maximum @ 1..) } => {
            let count = counted(place, predicate);
            return comparison(&count, &quote!(>), &integer((*maximum).into()));
        }
        Predicate::Count { place, predicate, minimum: minimum @ 2.., maximum: None } => {
            let count = counted(place, predicate);
            return comparison(&count, &quote!(<), &integer((*minimum).into()));
        }
        Predicate::GivenCount { fields, minimum: None, maximum: Some(maximum) } => {
            return comparison(&given(fields), &quote!(>), &integer((*maximum).into()));
        }
        Predicate::GivenCount { fields, minimum: Some(minimum), maximum: None } => {
            return comparison(&given(fields), &quote!(<), &integer((*minimum).into()));
        }
        _ => {}
    }
    let inner = expression(predicate).within(Binding::Unary);
    Expression::new(Binding::Unary, quote!(!#inner))
}

fn opposite(place: &Place, test: &Test) -> Option<Expression> {
    let (value, array) = (operand(place), path(&place.path));
    Some(match test {
        Test::OneOf { values, .. } => match values.as_slice() {
            [Literal::Boolean(flag)] => boolean(place, !flag),
            [only] => comparison(&value, &quote!(!=), &literal(only)),
            _ => return None,
        },
        Test::Range(Some(low), None) => {
            comparison(&value, &if low.strict { quote!(<=) } else { quote!(<) }, &limit(low, &place.ty))
        }
        Test::Range(None, Some(high)) => {
            comparison(&value, &if high.strict { quote!(>=) } else { quote!(>) }, &limit(high, &place.ty))
        }
        Test::Range(Some(low), Some(high)) if is_single(low, high, &place.ty) => {
            comparison(&value, &quote!(!=), &limit(low, &place.ty))
        }
        Test::Asserts(Assertion::Bound(bound)) if bound.measure != Measure::Length => {
            match (bound.side, bound.limit.as_u64()) {
                (Side::AtLeast, Some(1)) => Expression::new(Binding::Unary, quote!(#array.is_empty())),
                (Side::AtMost, Some(0)) => Expression::new(Binding::Unary, quote!(!#array.is_empty())),
                (Side::AtLeast, _) => comparison(&quote!(#array.len()), &quote!(<), &count_of(bound)),
                (Side::AtMost, _) => comparison(&quote!(#array.len()), &quote!(>), &count_of(bound)),
            }
        }
        _ => return None,
    })
}

/// `is_none`, `is_some`, a comparison with `Some`, or a closure on the value.
fn optional(place: &Place, none: bool, some: &Predicate) -> Expression {
    let option = path(&place.path);
    let unary = |tokens| Expression::new(Binding::Unary, tokens);
    match (none, some) {
        (false, Predicate::Always) => return unary(quote!(#option.is_some())),
        (true, Predicate::Never) => return unary(quote!(#option.is_none())),
        _ => {}
    }
    if let Some(value) = single_value(some)
        && let (false, Predicate::Test { .. }) | (true, Predicate::Not(_)) = (none, some)
    {
        let option = comparable_option(place);
        let (value, operator) = (literal(value), if none { quote!(!=) } else { quote!(==) });
        return Expression::new(Binding::Comparison, quote!(#option #operator Some(#value)));
    }
    let quantifier = if none { ident("all") } else { ident("any") };
    if let Some(closure) = on_items(none, some) {
        return unary(quote!(#option.iter().flatten().#quantifier(#closure)));
    }
    let closure = closure(some);
    if place.ty.is_copy() {
        let method = if none { ident("is_none_or") } else { ident("is_some_and") };
        unary(quote!(#option.#method(#closure)))
    } else {
        // An `Option` iterates over references to its value, or over nothing.
        unary(quote!(#option.iter().#quantifier(#closure)))
    }
}

/// The closure about an item, for a predicate about every item of the value (`all`) or about any item.
fn on_items(all: bool, predicate: &Predicate) -> Option<TokenStream> {
    match (all, predicate) {
        (true, Predicate::Every { place, predicate })
            if place.path.as_slice() == [VARIABLE] && !matches!(place.ty, Type::Map(_)) =>
        {
            Some(closure(predicate))
        }
        (false, Predicate::Count { place, predicate, minimum: 1, maximum: None })
            if place.path.as_slice() == [VARIABLE] =>
        {
            Some(closure(predicate))
        }
        _ => None,
    }
}

/// The single value that an option must have or must not have, unless the predicate is about a part of the value.
fn single_value(predicate: &Predicate) -> Option<&Literal> {
    let test = match predicate {
        Predicate::Not(inner) => inner.as_ref(),
        other => other,
    };
    match test {
        Predicate::Test { place, test: Test::OneOf { values, .. } } if place.path.as_slice() == [VARIABLE] => {
            match values.as_slice() {
                [value] => Some(value),
                _ => None,
            }
        }
        _ => None,
    }
}

/// An `Option` that can be compared with one of a literal.
fn comparable_option(place: &Place) -> TokenStream {
    let option = path(&place.path);
    match place.ty {
        Type::String => quote!(#option.as_deref()),
        _ if place.reference => quote!(*#option),
        _ => option,
    }
}

fn test(place: &Place, test: &Test) -> Expression {
    let call = |tokens| Expression::new(Binding::Unary, tokens);
    let (value, array) = (operand(place), path(&place.path));
    match test {
        Test::OneOf { values, others } => match others.as_slice() {
            [other] if values.len() > 1 => comparison(&value, &quote!(!=), &literal(other)),
            _ => one_of(place, values),
        },
        Test::Range(low, high) => range(place, low.as_ref(), high.as_ref()),
        Test::Asserts(assertion) => asserts(place, assertion),
        Test::Form { union, forms } => {
            let (union, forms) = (ident(union), forms.iter().map(|form| ident(form)));
            call(quote!(matches!(#array, #(#union::#forms(_))|*)))
        }
    }
}

/// Tests a number against a lower and an upper bound.
fn range(place: &Place, low: Option<&Bound>, high: Option<&Bound>) -> Expression {
    let (value, reference) = (operand(place), reference(place));
    let limit = |bound| limit(bound, &place.ty);
    match (low, high) {
        (Some(low), Some(high)) if is_single(low, high, &place.ty) => comparison(&value, &quote!(==), &limit(low)),
        (Some(low), Some(high)) if !low.strict => {
            let (start, end) = (limit(low), limit(high));
            let range = if high.strict { quote!(#start..#end) } else { quote!(#start..=#end) };
            Expression::new(Binding::Unary, quote!((#range).contains(#reference)))
        }
        (Some(low), Some(high)) => {
            let sides = [low, high].map(|bound| side(&value, bound, &limit(bound)));
            Expression::new(Binding::And, quote!(#(#sides)&&*))
        }
        (Some(bound), None) | (None, Some(bound)) => {
            Expression::new(Binding::Comparison, side(&value, bound, &limit(bound)))
        }
        (None, None) => Expression::new(Binding::Unary, quote!(true)),
    }
}

fn side(value: &TokenStream, bound: &Bound, limit: &TokenStream) -> TokenStream {
    match (bound.side, bound.strict) {
        (Side::AtLeast, false) => quote!(#value >= #limit),
        (Side::AtLeast, true) => quote!(#value > #limit),
        (Side::AtMost, false) => quote!(#value <= #limit),
        (Side::AtMost, true) => quote!(#value < #limit),
    }
}

/// Whether a range contains only a single integer.
fn is_single(low: &Bound, high: &Bound, ty: &Type) -> bool {
    matches!(ty, Type::Integer(_)) && low.limit == high.limit
}

/// A limit as a literal of the type that it is compared with.
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

/// The test for an assertion: usually a function of the runtime named after the keyword.
fn asserts(place: &Place, assertion: &Assertion) -> Expression {
    let call = |tokens| Expression::new(Binding::Unary, tokens);
    let (value, reference, array) = (operand(place), reference(place), path(&place.path));
    match assertion {
        Assertion::Bound(bound) if bound.measure == Measure::Length => {
            let (check, count) = (ident(&snake_case(assertion.keyword().as_str())), count_of(bound));
            call(quote!(#check(#reference, #count)))
        }
        Assertion::Bound(bound) => match (bound.side, bound.limit.as_u64()) {
            (Side::AtLeast, Some(1)) => call(quote!(!#array.is_empty())),
            (Side::AtMost, Some(0)) => call(quote!(#array.is_empty())),
            (Side::AtLeast, _) => comparison(&quote!(#array.len()), &quote!(>=), &count_of(bound)),
            (Side::AtMost, _) => comparison(&quote!(#array.len()), &quote!(<=), &count_of(bound)),
        },
        Assertion::Multiple(step) => {
            let step = literal_of(step, &place.ty);
            match &place.ty {
                Type::Integer(kind) if is_unsigned(*kind) => call(quote!(#array.is_multiple_of(#step))),
                Type::Integer(_) => comparison(&quote!(#value % #step), &quote!(==), &quote!(0)),
                _ => call(quote!(is_multiple(#value, #step))),
            }
        }
        Assertion::Pattern(pattern) => call(quote!(pattern!(#reference, #pattern))),
        Assertion::Format(format) => {
            let check = ident(&format!("is_{}", format.as_str().replace('-', "_")));
            call(quote!(#check(#reference)))
        }
        Assertion::Url(schemes) => call(quote!(is_url(#reference, &[#(#schemes),*]))),
        Assertion::Unique => call(quote!(unique(#reference))),
    }
}

/// `minLength` as a name in Rust.
fn snake_case(keyword: &str) -> String {
    let mut name = String::new();
    for letter in keyword.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn comparison(left: &TokenStream, operator: &TokenStream, right: &TokenStream) -> Expression {
    Expression::new(Binding::Comparison, quote!(#left #operator #right))
}

fn one_of(place: &Place, values: &[Literal]) -> Expression {
    if let Some((low, high)) = consecutive(values) {
        let [low, high] =
            [(Side::AtLeast, low), (Side::AtMost, high)].map(|(side, limit)| Bound::of_integers(side, limit));
        return range(place, Some(&low), Some(&high));
    }
    match values {
        [Literal::Boolean(flag)] => boolean(place, *flag),
        [value] => comparison(&operand(place), &quote!(==), &literal(value)),
        // Patterns cannot match numbers with a fraction.
        values if values.iter().any(|value| matches!(value, Literal::Number(_))) => {
            let (value, values) = (reference(place), values.iter().map(literal));
            Expression::new(Binding::Unary, quote!([#(#values),*].contains(#value)))
        }
        values => {
            let value = if place.ty == Type::String { text(place) } else { operand(place) };
            let values = values.iter().map(literal);
            Expression::new(Binding::Unary, quote!(matches!(#value, #(#values)|*)))
        }
    }
}

/// The first and the last of three or more consecutive integers.
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
    let value = operand(place);
    Expression::new(Binding::Unary, if wanted { value } else { quote!(!#value) })
}

/// The value itself, for operators.
fn operand(place: &Place) -> TokenStream {
    let value = path(&place.path);
    if place.reference && place.ty.is_copy() { quote!(*#value) } else { value }
}

/// A `&str` of a string, for patterns.
fn text(place: &Place) -> TokenStream {
    let value = path(&place.path);
    quote!(#value.as_str())
}

/// A reference to the value, for functions.
fn reference(place: &Place) -> TokenStream {
    let value = path(&place.path);
    let is_reference = place.path.len() == 1 && (place.reference || !place.ty.is_copy());
    if is_reference { value } else { quote!(&#value) }
}

fn path(segments: &[String]) -> TokenStream {
    let segments = segments.iter().map(|segment| match segment.parse() {
        Ok(index) => Index::usize_unsuffixed(index).to_token_stream(),
        Err(_) => ident(segment).to_token_stream(),
    });
    quote!(#(#segments).*)
}

fn closure(predicate: &Predicate) -> TokenStream {
    let predicate = expression(predicate).tokens;
    let variable = ident(VARIABLE);
    quote!(|#variable| #predicate)
}

fn count(place: &Place, predicate: &Predicate, minimum: u64, maximum: Option<u64>) -> Expression {
    match (minimum, maximum) {
        (1, None) => Expression::new(Binding::Unary, any_item(place, predicate)),
        (0, Some(0)) => {
            let any = any_item(place, predicate);
            Expression::new(Binding::Unary, quote!(!#any))
        }
        (minimum, maximum) => bounded(&counted(place, predicate), Some(minimum).filter(|least| *least > 0), maximum),
    }
}

/// Tests a count against a minimum and a maximum.
fn bounded(count: &TokenStream, minimum: Option<u64>, maximum: Option<u64>) -> Expression {
    let [minimum, maximum] = [minimum, maximum].map(|bound| bound.map(|bound| integer(bound.into())));
    match (minimum, maximum) {
        (None, None) => Expression::new(Binding::Unary, quote!(true)),
        (Some(minimum), None) => comparison(count, &quote!(>=), &minimum),
        (None, Some(maximum)) => comparison(count, &quote!(<=), &maximum),
        (Some(minimum), Some(maximum)) => {
            Expression::new(Binding::Unary, quote!((#minimum..=#maximum).contains(&#count)))
        }
    }
}

/// Counts how many of the fields are given.
fn given(fields: &[Place]) -> TokenStream {
    let fields = fields.iter().map(|field| path(&field.path));
    quote!(given([#(#fields.is_some()),*]))
}

fn counted(place: &Place, predicate: &Predicate) -> TokenStream {
    let (array, closure) = (reference(place), closure(predicate));
    quote!(count(#array, #closure))
}

/// Tests whether an array has an item that satisfies a predicate, with `contains` if that is enough.
fn any_item(place: &Place, predicate: &Predicate) -> TokenStream {
    let array = path(&place.path);
    if let Some(value) = wanted_item(predicate) {
        return quote!(#array.contains(&#value));
    }
    let closure = closure(predicate);
    quote!(#array.iter().any(#closure))
}

/// The value that an item must equal, if that is all that a predicate requires and the value is not a string.
fn wanted_item(predicate: &Predicate) -> Option<TokenStream> {
    let is_item = |place: &Place| place.path.as_slice() == [VARIABLE] && place.ty.is_copy();
    match predicate {
        Predicate::Test { place, test: Test::OneOf { values, .. } } if is_item(place) => match values.as_slice() {
            [value] => Some(literal(value)),
            _ => None,
        },
        Predicate::Optional { place, none: false, some } if is_item(place) => {
            let value = wanted_item(some)?;
            Some(quote!(Some(#value)))
        }
        _ => None,
    }
}

fn sum_equals(
    (items, items_optional): (&Place, bool),
    property: &str,
    (total, total_optional): (&Place, bool),
    default: Option<i128>,
) -> Expression {
    let items = slice(items, items_optional);
    let total = path(&total.path);
    let total = match (total_optional, default) {
        (true, Some(default)) => {
            let default = integer(default);
            quote!(#total.or(Some(#default)))
        }
        (true, None) => total,
        (false, _) => quote!(Some(#total)),
    };
    let property = ident(property);
    Expression::new(Binding::Unary, quote!(sum_equals(#items, |item| item.#property, #total)))
}

fn combined_max_items(arrays: &[(Place, bool)], maximum: u64) -> Expression {
    let lengths = arrays.iter().map(|(place, optional)| {
        let array = path(&place.path);
        if *optional { quote!(#array.as_ref().map(Vec::len)) } else { quote!(Some(#array.len())) }
    });
    let maximum = integer(maximum.into());
    Expression::new(Binding::Unary, quote!(combined_max_items([#(#lengths),*], #maximum)))
}

/// An optional slice of an array.
fn slice(place: &Place, optional: bool) -> TokenStream {
    let array = path(&place.path);
    if optional { quote!(#array.as_deref()) } else { quote!(Some(#array.as_slice())) }
}
