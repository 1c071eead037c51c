//! Keywords about a single value: choices, limits and items.

use std::iter;

use serde_json::Value;

use super::Collector;
use super::path::Step;
use crate::assertion::{Assertion, Measure, Side};
use crate::format::Format;
use crate::json::View;
use crate::json_type::JsonType;
use crate::keyword::Keyword;
use crate::message;
use crate::subschema::Keywords;
use crate::words;

impl<'a> Collector<'a> {
    /// `const` and `enum`.
    pub(super) fn choices(&mut self, schema: &Keywords, value: &View<'_>) {
        if let Some(constant) = schema.constant.as_ref().filter(|constant| View::from(*constant) != *value) {
            self.report(Keyword::Const, || message::not_among(iter::once(constant), value));
        }
        if let Some(options) =
            schema.options.as_ref().filter(|options| !options.iter().any(|option| View::from(option) == *value))
        {
            self.not_among(options.iter(), value);
        }
    }

    /// Blames a value that is not listed: for its type, if no listed value has that type.
    pub(super) fn not_among<'v>(&mut self, listed: impl Iterator<Item = &'v Value> + Clone, value: &View<'_>) {
        if listed.clone().any(|listed| JsonType::of(listed).admits(value)) {
            self.report(Keyword::Enum, || message::not_among(listed, value));
        } else {
            self.report(Keyword::Type, || message::mistyped(&listed.map(JsonType::of).collect::<Vec<_>>(), value));
        }
    }

    /// The assertions of a schema, keyword by keyword.
    pub(super) fn assertions(&mut self, schema: &Keywords, value: &View<'_>) {
        let mut broken = schema.assertions.iter().filter(|assertion| !assertion.holds(value)).peekable();
        while let Some(assertion) = broken.next() {
            // A text that is not a URI breaks both assertions; the one about schemes explains best why.
            let is_uri = matches!(assertion, Assertion::Format(Format::Uri));
            let schemes = broken.next_if(|next| is_uri && matches!(next, Assertion::Url(_)));
            self.report(assertion.keyword(), || schemes.unwrap_or(assertion).violation(value));
        }
    }

    /// The items of an array.
    pub(super) fn items(&mut self, schema: &'a Keywords, items: &'a [View<'a>]) {
        for (index, (subschema, item)) in schema.prefix_items.iter().zip(items).enumerate() {
            self.at(Step::Index(index), |it| it.subschema(subschema, item, None));
        }
        if let Some(subschema) = &schema.items {
            for (index, item) in items.iter().enumerate().skip(schema.prefix_items.len()) {
                self.at(Step::Index(index), |it| it.subschema(subschema, item, None));
            }
        }
        self.contains(schema, items);
    }

    /// `contains`, `minContains` and `maxContains`.
    fn contains(&mut self, schema: &'a Keywords, items: &'a [View<'a>]) {
        let Some(subschema) = &schema.contains else { return };
        let found = items.iter().filter(|item| self.holds(subschema, item, None)).count();
        let has = || format!("has {} of the required form", words::count(found, "item"));
        let least = schema.count(Measure::Matches, Side::AtLeast);
        let minimum = least.unwrap_or(1);
        if found < minimum {
            let keyword = if least.is_some() { Keyword::MinContains } else { Keyword::Contains };
            self.report(keyword, || format!("{}, {}", has(), words::need(minimum)));
        }
        if let Some(maximum) = schema.count(Measure::Matches, Side::AtMost).filter(|maximum| found > *maximum) {
            self.report(Keyword::MaxContains, || format!("{}, {}", has(), words::limit("at most", maximum)));
        }
    }
}
