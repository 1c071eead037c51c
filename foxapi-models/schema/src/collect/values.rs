//! What a schema says of a value by itself: choices, strings, numbers and arrays.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::{Number, Value};

use super::Collector;
use crate::format::Format;
use crate::keyword::Keyword;
use crate::message;
use crate::node::{Keywords, Type};
use crate::number::{canonical, compare, equal, is_multiple_of};
use crate::url::{is_uri, is_url};
use crate::words;

impl<'a> Collector<'a> {
    /// `const` and `enum`.
    pub(super) fn choices(&mut self, schema: &Keywords, value: &Value) {
        if let Some(constant) = schema.constant.as_ref().filter(|constant| !equal(constant, value)) {
            self.report(Keyword::Const, || message::not_among(&[constant], value));
        }
        if let Some(options) =
            schema.options.as_ref().filter(|options| !options.iter().any(|option| equal(option, value)))
        {
            self.not_among(&options.iter().collect::<Vec<_>>(), value);
        }
    }

    /// Blames a value that is none of those listed: for its type, when none of them has it.
    pub(super) fn not_among(&mut self, listed: &[&Value], value: &Value) {
        let types: Vec<Type> = listed.iter().map(|listed| Type::of(listed)).collect();
        if types.iter().any(|kind| kind.admits(value)) {
            self.report(Keyword::Enum, || message::not_among(listed, value));
        } else {
            self.report(Keyword::Type, || message::mistyped(&types, value));
        }
    }

    /// Keywords of strings.
    pub(super) fn text(&mut self, schema: &Keywords, text: &str) {
        let length = text.chars().count();
        let found = || words::count(length, "character");
        if let Some(minimum) = schema.min_length.filter(|minimum| length < *minimum) {
            self.report(Keyword::MinLength, || format!("has {}, {}", found(), message::need(minimum)));
        }
        if let Some(maximum) = schema.max_length.filter(|maximum| length > *maximum) {
            self.report(Keyword::MaxLength, || format!("has {}, {}", found(), message::limit("at most", maximum)));
        }
        if let Some(pattern) = schema.pattern.as_ref().filter(|pattern| !matches(pattern, text)) {
            self.report(Keyword::Pattern, || format!("does not match `{pattern}`"));
        }
        match (&schema.uri_schemes, schema.format) {
            (Some(schemes), Some(Format::Uri)) if !is_uri(text) => {
                self.report(Keyword::Format, || message::not_url(text, schemes));
            }
            (schemes, format) => {
                if let Some(schemes) = schemes.as_ref().filter(|schemes| !is_url(text, schemes)) {
                    self.report(Keyword::XUriSchemes, || message::not_url(text, schemes));
                }
                if let Some(format) = format.filter(|format| !format.holds(text)) {
                    self.report(Keyword::Format, || message::not_formatted(format).to_owned());
                }
            }
        }
    }

    /// Keywords of numbers.
    pub(super) fn number(&mut self, schema: &Keywords, number: &Number) {
        let mut bound = |limit: &Option<Number>, keyword, broken: fn(Ordering) -> bool, allowed| {
            if let Some(limit) = limit.as_ref().filter(|limit| broken(compare(number, limit))) {
                self.report(keyword, || format!("is {}, {allowed} {limit} is allowed", message::number(number)));
            }
        };
        bound(&schema.minimum, Keyword::Minimum, Ordering::is_lt, "at least");
        bound(&schema.maximum, Keyword::Maximum, Ordering::is_gt, "at most");
        bound(&schema.exclusive_minimum, Keyword::ExclusiveMinimum, Ordering::is_le, "only more than");
        bound(&schema.exclusive_maximum, Keyword::ExclusiveMaximum, Ordering::is_ge, "only less than");
        if let Some(step) = schema.multiple_of.as_ref().filter(|step| !is_multiple_of(number, step)) {
            self.report(Keyword::MultipleOf, || {
                format!("is {}, only a multiple of {step} is allowed", message::number(number))
            });
        }
    }

    /// Keywords of arrays.
    pub(super) fn items(&mut self, schema: &'a Keywords, items: &'a [Value]) {
        let found = || words::count(items.len(), "item");
        if let Some(minimum) = schema.min_items.filter(|minimum| items.len() < *minimum) {
            self.report(Keyword::MinItems, || format!("has {}, {}", found(), message::need(minimum)));
        }
        if let Some(maximum) = schema.max_items.filter(|maximum| items.len() > *maximum) {
            self.report(Keyword::MaxItems, || format!("has {}, {}", found(), message::limit("at most", maximum)));
        }
        if schema.unique_items
            && let Some((first, second)) = repeated(items)
        {
            self.report(Keyword::UniqueItems, || format!("has the same item at {first} and at {second}"));
        }
        for (index, (node, item)) in schema.prefix_items.iter().zip(items).enumerate() {
            self.at(&index.to_string(), |it| it.node(node, item, None));
        }
        if let Some(node) = &schema.items {
            for (index, item) in items.iter().enumerate().skip(schema.prefix_items.len()) {
                self.at(&index.to_string(), |it| it.node(node, item, None));
            }
        }
        self.contains(schema, items);
    }

    /// `contains`, `minContains` and `maxContains`.
    fn contains(&mut self, schema: &'a Keywords, items: &'a [Value]) {
        let Some(node) = &schema.contains else { return };
        let found = items.iter().filter(|item| self.holds(node, item, None)).count();
        let has = || format!("has {} of the form in question", words::count(found, "item"));
        let minimum = schema.min_contains.unwrap_or(1);
        if found < minimum {
            let keyword = if schema.min_contains.is_some() { Keyword::MinContains } else { Keyword::Contains };
            self.report(keyword, || format!("{}, {}", has(), message::need(minimum)));
        }
        if let Some(maximum) = schema.max_contains.filter(|maximum| found > *maximum) {
            self.report(Keyword::MaxContains, || format!("{}, {}", has(), message::limit("at most", maximum)));
        }
    }
}

/// Whether a text matches a pattern; the generator has seen to it that it compiles.
fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

/// The first item that is a repetition, and where it was before.
fn repeated(items: &[Value]) -> Option<(usize, usize)> {
    let mut seen = HashMap::with_capacity(items.len());
    items.iter().enumerate().find_map(|(index, item)| seen.insert(canonical(item), index).map(|first| (first, index)))
}
