//! Compiles limits of numbers, lengths and formats, and checks that they fit the type of the value.

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use foxapi_schema::keyword::{About, Keyword, entry};
use foxapi_schema::number::{compare, integer};
use serde_json::Number;

use super::super::Checker;
use super::super::schema::{Asserted, SpecSchema};
use super::subject::Subject;
use crate::checked::simplify::{range, tightest};
use crate::checked::{Format, Integer, Predicate, Test, Type};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    /// Numbers, lengths and formats.
    pub(super) fn limits(&mut self, schema: &'a SpecSchema, subject: &Subject) -> Predicate {
        match &subject.ty {
            Type::Integer(kind) => return self.integer_limits(schema, subject, *kind),
            Type::Number => return self.number_limits(schema, subject),
            Type::Tuple(items) => return tuple_limits(schema, items.len()),
            Type::Array(item) => self.refuse_unique_nulls(schema, &item.ty),
            _ => {}
        }
        let asked: Vec<&Assertion> = schema.limits().filter(|assertion| is_about(assertion, &subject.ty)).collect();
        let has_schemes = asked.iter().any(|assertion| matches!(assertion, Assertion::Url(_)));
        let tests = asked.into_iter().filter(|assertion| match assertion {
            // A URL with a host is always a URI.
            Assertion::Format(Format::Uri) => !has_schemes,
            // "At least 0" is always true.
            Assertion::Bound(bound) => !(bound.side == Side::AtLeast && bound.limit.as_u64() == Some(0)),
            _ => true,
        });
        let mut tests: Vec<Assertion> = tests.cloned().collect();
        tests.sort_by_key(Assertion::keyword);
        Predicate::all(tests.into_iter().map(|test| subject.asks(Test::Asserts(test))))
    }

    fn integer_limits(&mut self, schema: &'a SpecSchema, subject: &Subject, kind: Integer) -> Predicate {
        let bound = |side, nearest: fn(&Number, bool) -> Option<i128>, strict| {
            schema.bound(side, strict).and_then(|limit| nearest(limit, strict))
        };
        let (least, most) = kind.range();
        self.refuse_beyond(schema);
        let lower = bound(Side::AtLeast, lowest, false).max(bound(Side::AtLeast, lowest, true));
        let uppers = [bound(Side::AtMost, highest, false), bound(Side::AtMost, highest, true)];
        let upper = uppers.into_iter().flatten().min();
        if lower.is_some_and(|lower| lower > most) || upper.is_some_and(|upper| upper < least) {
            return Predicate::Never;
        }
        // A bound that every value satisfies has no effect, unless both bounds leave a single value.
        let lower = lower.filter(|lower| *lower > least).or(upper.filter(|upper| *upper == least));
        let upper = upper.filter(|upper| *upper < most).or(lower.filter(|lower| *lower == most));
        let limit = |side, limit: Option<i128>| limit.map(|limit| Bound::of_integers(side, limit));
        let mut parts = vec![range(&subject.path, limit(Side::AtLeast, lower), limit(Side::AtMost, upper))];
        for Asserted { at, assertion } in &schema.assertions {
            let Assertion::Multiple(step) = assertion else { continue };
            match integer(step) {
                Some(1) => {}
                Some(divisor) if divisor <= most => {
                    parts.push(subject.asks(Test::Asserts(assertion.clone())));
                }
                _ => self.report.error(*at, format!("an integer cannot be checked to be a multiple of {step}")),
            }
        }
        Predicate::all(parts)
    }

    /// Reports a limit that no 64-bit integer reaches: it would be documented but never have an effect.
    fn refuse_beyond(&mut self, schema: &SpecSchema) {
        let (least, most) = (Integer::I64.range().0, Integer::U64.range().1);
        for (at, Bound { limit, .. }) in schema.bounds() {
            let reached = lowest(limit, false).zip(highest(limit, false));
            if reached.is_none_or(|(low, high)| high < least || low > most) {
                self.report.error_with_help(
                    at,
                    format!("no 64-bit integer reaches {limit}, so this limit has no effect"),
                    "leave it out, or give the limit you mean",
                );
            }
        }
    }

    fn number_limits(&mut self, schema: &'a SpecSchema, subject: &Subject) -> Predicate {
        for Asserted { at, assertion } in &schema.assertions {
            let limit = match assertion {
                Assertion::Bound(bound) => &bound.limit,
                Assertion::Multiple(step) => step,
                _ => continue,
            };
            let exact = limit.as_f64().and_then(Number::from_f64);
            if exact.is_none_or(|exact| compare(&exact, limit).is_ne()) {
                let message = format!("a number with a fraction cannot be compared with {limit} exactly");
                self.report.error_with_help(*at, message, "give a limit below 2^53, or \"type\": \"integer\"");
            }
        }
        let steps = schema.limits().filter(|assertion| matches!(assertion, Assertion::Multiple(_)));
        let steps = steps.map(|step| subject.asks(Test::Asserts(step.clone())));
        let [lower, upper] = [Side::AtLeast, Side::AtMost]
            .map(|side| tightest(schema.bounds().map(|(_, bound)| bound).filter(|bound| bound.side == side)));
        // JSON can represent neither infinity nor NaN, and only two bounds or a list keep them out.
        let may_be_infinite = schema.is_number() && (lower.is_none() || upper.is_none());
        let finite = may_be_infinite.then(|| subject.asks(Test::Finite));
        Predicate::all([range(&subject.path, lower, upper)].into_iter().chain(finite).chain(steps))
    }

    fn refuse_unique_nulls(&mut self, schema: &SpecSchema, item: &Type) {
        let unique = schema.assertions.iter().find(|asserted| asserted.assertion == Assertion::Unique);
        if let Some(Asserted { at, .. }) = unique.filter(|_| self.takes_null_for_absent(item, &mut Vec::new())) {
            self.report.error_with_help(
                *at,
                format!(
                    "\"{}\" cannot be checked: items that differ only in null are read as equal",
                    Assertion::Unique.keyword()
                ),
                "put it in the description",
            );
        }
    }

    /// Whether a value contains an object with a property that may be null or left out, which are read alike.
    fn takes_null_for_absent<'t>(&'t self, ty: &'t Type, seen: &mut Vec<&'t str>) -> bool {
        match ty {
            // It may contain equal numbers written differently: 1 and 1.0.
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

    /// Reports keywords for another kind of value, which would never have an effect.
    pub(in crate::check) fn check_limits_fit(&mut self, schema: &SpecSchema, ty: &Type) {
        let subject = match ty {
            Type::String => About::Strings,
            Type::Integer(_) | Type::Number => About::Numbers,
            Type::Array(_) | Type::Tuple(_) => About::Arrays,
            Type::Object(_) | Type::Map(_) | Type::FreeObject => About::Objects,
            Type::Boolean | Type::Enumeration { .. } | Type::Union(_) => About::Any,
        };
        let mut misplaced: Vec<(Span, Keyword)> = Vec::new();
        for Asserted { at, assertion } in &schema.assertions {
            let is_known = assertion.applies_to() == subject
                && match ty {
                    Type::Tuple(_) => measures(assertion, Measure::Items),
                    _ => true,
                };
            if !is_known {
                misplaced.push((*at, assertion.keyword()));
            }
        }
        for (at, keyword) in misplaced {
            self.misplaced(at, keyword.as_str(), ty);
        }
        let prefix = schema.prefix_items.iter().flatten().take(1).map(|first| (first.at, "prefixItems"));
        let items = schema.items.iter().map(|items| (items.at, "items"));
        let contains = schema.contains.iter().map(|contains| (contains.at, "contains"));
        let additional = schema.additional.iter().map(|(at, _)| (*at, "additionalProperties"));
        let mut others: Vec<(Span, &str)> = Vec::new();
        others.extend(prefix.filter(|_| !matches!(ty, Type::Tuple(_))));
        others.extend(items.filter(|_| subject != About::Arrays));
        others.extend(contains.filter(|_| !matches!(ty, Type::Array(_))));
        others.extend(additional.filter(|_| subject != About::Objects));
        if !matches!(ty, Type::Object(_)) {
            others.extend(schema.properties.iter().map(|property| (property.name.at, "properties")));
            others.extend(schema.required.iter().map(|name| (name.at, "required")));
            others.extend(schema.dependent_required.iter().map(|(name, _)| (name.at, "dependentRequired")));
            others.extend(schema.dependent_schemas.iter().map(|property| (property.name.at, "dependentSchemas")));
            others.extend(schema.rules.iter().map(|ruled| (ruled.at, ruled.rule.keyword().as_str())));
        }
        for (at, keyword) in others {
            self.misplaced(at, keyword, ty);
        }
    }

    fn misplaced(&mut self, at: Span, keyword: &str, ty: &Type) {
        let about = entry(keyword).map_or(About::Any, |entry| entry.about).noun();
        self.report.error(at, format!("\"{keyword}\" is about {about}, but this is {}", describe(ty)));
    }
}

/// Whether an assertion applies to values of a type. Counts of matching items are handled elsewhere.
fn is_about(assertion: &Assertion, ty: &Type) -> bool {
    let about = match ty {
        Type::String => About::Strings,
        Type::Array(_) => About::Arrays,
        Type::Map(_) | Type::FreeObject => About::Objects,
        _ => return false,
    };
    assertion.applies_to() == about && !measures(assertion, Measure::Matches)
}

fn measures(assertion: &Assertion, measure: Measure) -> bool {
    matches!(assertion, Assertion::Bound(bound) if bound.measure == measure)
}

/// Decides limits of a tuple, which always has the same number of items.
fn tuple_limits(schema: &SpecSchema, length: usize) -> Predicate {
    let counts = schema.bounds().filter(|(_, bound)| bound.measure == Measure::Items);
    let length = Number::from(length);
    if counts.map(|(_, bound)| bound).all(|bound| bound.keeps(&length)) { Predicate::Always } else { Predicate::Never }
}

/// The kind of a value, in words for a message.
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
        Type::Map(_) => "an object with arbitrary property names".to_owned(),
        Type::FreeObject => "an object with any properties".to_owned(),
        Type::Union(name) => format!("a `{name}` with several forms"),
    }
}

/// The lowest integer that a lower bound allows.
fn lowest(bound: &Number, strict: bool) -> Option<i128> {
    match integer(bound) {
        Some(bound) => Some(if strict { bound + 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.ceil() as i128),
    }
}

/// The highest integer that an upper bound allows.
fn highest(bound: &Number, strict: bool) -> Option<i128> {
    match integer(bound) {
        Some(bound) => Some(if strict { bound - 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.floor() as i128),
    }
}
