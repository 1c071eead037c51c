//! Numbers, lengths and formats, and which of them are about what.

use foxapi_schema::number::compare;
use serde_json::Number;

use super::super::Checker;
use super::super::schema::{Limit, LimitKeyword, Schema};
use super::super::simplify::integer_range;
use super::super::types::integer_of_number;
use crate::model::{Format, Integer, Place, Predicate, Test, Type};

impl<'a> Checker<'a, '_, '_> {
    /// Numbers, lengths and formats.
    pub(super) fn limits(&mut self, schema: &'a Schema, place: &Place) -> Predicate {
        let tests = match &place.ty {
            Type::Integer(integer) => return self.integer_limits(schema, place, *integer),
            Type::Number => return self.number_limits(schema, place),
            Type::String => string_limits(schema),
            Type::Array(item) => self.array_limits(schema, &item.ty),
            Type::Tuple(items) => return tuple_limits(schema, items.len()),
            Type::Map(_) | Type::FreeObject => map_limits(schema),
            Type::Boolean | Type::Enumeration { .. } | Type::Object(_) | Type::Union(_) => Vec::new(),
        };
        Predicate::all(tests.into_iter().map(|test| Predicate::Test { place: place.clone(), test }))
    }

    fn integer_limits(&mut self, schema: &'a Schema, place: &Place, integer: Integer) -> Predicate {
        let bound = |keyword, nearest: fn(&Number, bool) -> Option<i128>, strict| {
            schema.limit(keyword).and_then(|limit| nearest(&limit.value, strict))
        };
        let (least, most) = integer.range();
        self.refuse_beyond(schema);
        let lower =
            bound(LimitKeyword::Minimum, lowest, false).max(bound(LimitKeyword::ExclusiveMinimum, lowest, true));
        let uppers =
            [bound(LimitKeyword::Maximum, highest, false), bound(LimitKeyword::ExclusiveMaximum, highest, true)];
        let upper = uppers.into_iter().flatten().min();
        if lower.is_some_and(|lower| lower > most) || upper.is_some_and(|upper| upper < least) {
            return Predicate::Never;
        }
        // A bound that every value keeps says nothing, unless it leaves a single one.
        let lower = lower.filter(|lower| *lower > least).or(upper.filter(|upper| *upper == least));
        let upper = upper.filter(|upper| *upper < most).or(lower.filter(|lower| *lower == most));
        let mut parts = vec![integer_range(place, lower, upper)];
        if let Some(limit) = schema.limit(LimitKeyword::MultipleOf) {
            match integer_of_number(&limit.value) {
                Some(1) => {}
                Some(divisor) if divisor <= most => {
                    parts.push(Predicate::Test { place: place.clone(), test: Test::MultipleOf(divisor) });
                }
                _ => self
                    .report
                    .error(limit.at, format!("an integer cannot be checked to be a multiple of {}", limit.value)),
            }
        }
        Predicate::all(parts)
    }

    /// A limit that no integer of 64 bits reaches would be documented, and never met.
    fn refuse_beyond(&mut self, schema: &Schema) {
        let (least, most) = (Integer::I64.range().0, Integer::U64.range().1);
        let is_bound = |limit: &&Limit| limit.keyword != LimitKeyword::MultipleOf;
        for limit in schema.limits.iter().filter(is_bound) {
            let reached = lowest(&limit.value, false).zip(highest(&limit.value, false));
            if reached.is_none_or(|(low, high)| high < least || low > most) {
                self.report.error_with_help(
                    limit.at,
                    format!("no integer of 64 bits reaches {}, so this limit has no effect", limit.value),
                    "leave it out, or give the limit that is meant",
                );
            }
        }
    }

    fn number_limits(&mut self, schema: &'a Schema, place: &Place) -> Predicate {
        for limit in &schema.limits {
            let exact = limit.value.as_f64().and_then(serde_json::Number::from_f64);
            if exact.is_none_or(|exact| compare(&exact, &limit.value).is_ne()) {
                let message = format!("a number with a fraction cannot be compared with {} exactly", limit.value);
                self.report.error_with_help(limit.at, message, "give a limit below 2^53, or \"type\": \"integer\"");
            }
        }
        let step = schema.limit(LimitKeyword::MultipleOf).and_then(|limit| limit.value.as_f64());
        let step = step.map(|step| Predicate::Test { place: place.clone(), test: Test::MultipleOfNumber(step) });
        // Each bound with whether it belongs to the range.
        let bound = |keyword, belongs| Some((schema.limit(keyword)?.value.as_f64()?, belongs));
        let tighter = |plain: Option<(f64, bool)>, strict: Option<(f64, bool)>, wins: fn(f64, f64) -> bool| {
            plain.filter(|(plain, _)| strict.is_none_or(|(strict, _)| wins(*plain, strict))).or(strict)
        };
        let lower = tighter(
            bound(LimitKeyword::Minimum, true),
            bound(LimitKeyword::ExclusiveMinimum, false),
            |plain, strict| plain > strict,
        );
        let upper = tighter(
            bound(LimitKeyword::Maximum, true),
            bound(LimitKeyword::ExclusiveMaximum, false),
            |plain, strict| plain < strict,
        );
        let range = match (lower, upper) {
            (None, None) => Predicate::Always,
            (Some((low, reaches)), Some((high, ends))) if low > high || low == high && !(reaches && ends) => {
                Predicate::Never
            }
            _ => Predicate::Test { place: place.clone(), test: Test::NumberRange(lower, upper) },
        };
        Predicate::all([range].into_iter().chain(step))
    }

    fn array_limits(&mut self, schema: &'a Schema, item: &Type) -> Vec<Test> {
        if let Some(at) = schema.unique_items.filter(|_| self.takes_null_for_absent(item, &mut Vec::new())) {
            self.report.error_with_help(
                at,
                "\"uniqueItems\" cannot be checked: items that differ in null alone are read as equal",
                "say it in the description",
            );
        }
        let minimum = count(schema, LimitKeyword::MinItems).filter(|least| *least > 0).map(Test::MinItems);
        let maximum = count(schema, LimitKeyword::MaxItems).map(Test::MaxItems);
        let unique = schema.unique_items.map(|_| Test::UniqueItems);
        [minimum, maximum, unique].into_iter().flatten().collect()
    }

    /// Whether a value holds an object with a property that may be null or left out, which is read as the same.
    fn takes_null_for_absent<'t>(&'t self, ty: &'t Type, seen: &mut Vec<&'t str>) -> bool {
        match ty {
            // Of equal numbers in it, one may be written 1 and one 1.0.
            Type::FreeObject => true,
            Type::Array(item) | Type::Map(item) => self.takes_null_for_absent(&item.ty, seen),
            Type::Union(name) if !seen.contains(&name.as_str()) => {
                seen.push(name);
                self.forms(name).iter().any(|form| self.takes_null_for_absent(&form.ty, seen))
            }
            Type::Object(name) if !seen.contains(&name.as_str()) => {
                seen.push(name);
                let fields = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
                fields
                    .iter()
                    .any(|field| field.nullable && !field.required || self.takes_null_for_absent(&field.ty, seen))
            }
            _ => false,
        }
    }

    /// A keyword for another kind of value would never say anything, so it is a mistake.
    pub(in crate::check) fn check_limits_fit(&mut self, schema: &Schema, ty: &Type) {
        let subject = match ty {
            Type::String => "strings",
            Type::Integer(_) | Type::Number => "numbers",
            Type::Array(_) | Type::Tuple(_) => "arrays",
            Type::Object(_) | Type::Map(_) | Type::FreeObject => "objects",
            Type::Boolean | Type::Enumeration { .. } | Type::Union(_) => "",
        };
        let limits = schema.limits.iter().map(|limit| (limit.at, limit.keyword.as_str(), limit.keyword.subject()));
        let patterns = schema.pattern.iter().map(|name| (name.at, "pattern", "strings"));
        let formats = schema.format.iter().map(|(at, _)| (*at, "format", "strings"));
        let schemes = schema.uri_schemes.iter().map(|(at, _)| (*at, "x-uri-schemes", "strings"));
        let prefix = schema.prefix_items.iter().flatten().take(1).map(|first| (first.at, "prefixItems", "arrays"));
        let items = schema.items.iter().map(|items| (items.at, "items", "arrays"));
        let contains = schema.contains.iter().map(|contains| (contains.at, "contains", "arrays"));
        let unique = schema.unique_items.iter().map(|at| (*at, "uniqueItems", "arrays"));
        let mut misplaced: Vec<_> = limits
            .chain(patterns)
            .chain(formats)
            .chain(schemes)
            .chain(prefix)
            .chain(items)
            .chain(contains)
            .chain(unique)
            .collect();
        if !matches!(ty, Type::Object(_) | Type::Map(_) | Type::FreeObject) {
            misplaced.extend(schema.additional.iter().map(|(at, _)| (*at, "additionalProperties", "objects")));
        }
        if !matches!(ty, Type::Object(_)) {
            misplaced.extend(schema.properties.iter().map(|property| (property.name.at, "properties", "objects")));
            misplaced.extend(schema.required.iter().map(|name| (name.at, "required", "objects")));
            misplaced
                .extend(schema.dependent_required.iter().map(|(name, _)| (name.at, "dependentRequired", "objects")));
            misplaced.extend(
                schema.dependent_schemas.iter().map(|property| (property.name.at, "dependentSchemas", "objects")),
            );
            misplaced.extend(schema.sum_equals.iter().map(|sum| (sum.at, "x-sum-equals", "objects")));
            misplaced.extend(
                schema.combined_max_items.iter().map(|combined| (combined.at, "x-combined-max-items", "objects")),
            );
        }
        for (at, keyword, meant_for) in misplaced {
            let known = match ty {
                Type::Map(_) | Type::FreeObject => MAP_KEYWORDS,
                Type::Tuple(_) => TUPLE_KEYWORDS,
                Type::Array(_) => ARRAY_KEYWORDS,
                _ => &[keyword],
            };
            if meant_for != subject || !known.contains(&keyword) {
                self.report.error(at, format!("\"{keyword}\" is about {meant_for}, and this is {}", describe(ty)));
            }
        }
    }
}

/// What can be said of a map; its properties have no names to speak of.
const MAP_KEYWORDS: &[&str] = &["additionalProperties", "minProperties", "maxProperties"];

/// What can be said of a tuple; its items are not of one type.
const TUPLE_KEYWORDS: &[&str] = &["prefixItems", "items", "minItems", "maxItems"];

/// What can be said of other arrays.
const ARRAY_KEYWORDS: &[&str] =
    &["items", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains"];

/// A tuple has as many items as it has.
fn tuple_limits(schema: &Schema, length: usize) -> Predicate {
    let length = length as u64;
    let fits = count(schema, LimitKeyword::MinItems).is_none_or(|least| length >= least)
        && count(schema, LimitKeyword::MaxItems).is_none_or(|most| length <= most);
    if fits { Predicate::Always } else { Predicate::Never }
}

fn map_limits(schema: &Schema) -> Vec<Test> {
    let minimum = count(schema, LimitKeyword::MinProperties).filter(|least| *least > 0).map(Test::MinItems);
    let maximum = count(schema, LimitKeyword::MaxProperties).map(Test::MaxItems);
    [minimum, maximum].into_iter().flatten().collect()
}

fn string_limits(schema: &Schema) -> Vec<Test> {
    let minimum = count(schema, LimitKeyword::MinLength).filter(|least| *least > 0).map(Test::MinLength);
    let maximum = count(schema, LimitKeyword::MaxLength).map(Test::MaxLength);
    let schemes = schema.uri_schemes.as_ref().map(|(_, schemes)| schemes);
    let schemes = schemes.map(|schemes| schemes.iter().map(|scheme| scheme.text.clone()).collect());
    // A URL with a host is a URI.
    let format = schema.format.map(|(_, format)| format).filter(|format| *format != Format::Uri || schemes.is_none());
    let pattern = schema.pattern.as_ref().map(|pattern| Test::Pattern(pattern.text.clone()));
    [minimum, maximum, pattern, format.map(Test::Format), schemes.map(Test::Url)].into_iter().flatten().collect()
}

fn count(schema: &Schema, keyword: LimitKeyword) -> Option<u64> {
    schema.limit(keyword)?.value.as_u64()
}

/// What a value is, in words for a message.
pub(super) fn describe(ty: &Type) -> String {
    match ty {
        Type::String => "a string".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Integer(_) => "an integer".to_owned(),
        Type::Enumeration { name, .. } => format!("a value of `{name}`"),
        Type::Object(_) => "an object".to_owned(),
        Type::Array(_) => "an array".to_owned(),
        Type::Tuple(_) => "an array with a schema for each item".to_owned(),
        Type::Map(_) => "an object whose properties have no names of their own".to_owned(),
        Type::FreeObject => "an object with any properties".to_owned(),
        Type::Union(name) => format!("a `{name}` of several forms"),
    }
}

/// The lowest integer that a lower bound allows.
fn lowest(bound: &Number, strict: bool) -> Option<i128> {
    match integer_of_number(bound) {
        Some(bound) => Some(if strict { bound + 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.ceil() as i128),
    }
}

/// The highest integer that an upper bound allows.
fn highest(bound: &Number, strict: bool) -> Option<i128> {
    match integer_of_number(bound) {
        Some(bound) => Some(if strict { bound - 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.floor() as i128),
    }
}
