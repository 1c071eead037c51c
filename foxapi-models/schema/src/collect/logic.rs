//! Keywords that apply other schemas to the same value: conditions, exclusions and alternatives.

use super::Collector;
use crate::found;
use crate::json::View;
use crate::json_type::{JsonType, JsonTypes};
use crate::keyword::Keyword;
use crate::message;
use crate::subschema::{Keywords, Subschema};
use crate::words;

impl<'a> Collector<'a> {
    /// `if`, `then` and `else`.
    pub(super) fn condition(&mut self, schema: &'a Keywords, value: &'a View<'a>, owner: &'a Keywords) {
        let Some(condition) = &schema.condition else {
            return;
        };
        let branch = if self.holds(condition, value, Some(owner)) { &schema.consequence } else { &schema.alternative };
        if let Some(branch) = branch {
            self.subschema(branch, value, Some(owner));
        }
    }

    /// `not`.
    pub(super) fn exclusion(&mut self, schema: &'a Keywords, value: &'a View<'a>, owner: &'a Keywords) {
        let Some(subschema) = &schema.not else { return };
        if !self.holds(subschema, value, Some(owner)) {
            return;
        }
        self.report(Keyword::Not, || match subschema {
            Subschema::Object(excluded) if value.is_object() && !excluded.required.is_empty() => {
                format!("must not have {}", words::names(&excluded.required))
            }
            Subschema::Object(excluded) if excluded.types.0.is_empty() => {
                format!("must not be {}", found::value(value))
            }
            _ => "must not be set".to_owned(),
        });
    }

    /// `oneOf` or `anyOf`, which has at least one branch.
    pub(super) fn forms(
        &mut self,
        branches: &'a [Subschema],
        keyword: Keyword,
        value: &'a View<'a>,
        owner: &'a Keywords,
    ) {
        if keyword == Keyword::AnyOf && message::are_alternatives(branches) {
            if !branches.iter().any(|branch| self.holds(branch, value, Some(owner))) {
                self.report(keyword, || {
                    let allowed = message::alternatives(branches);
                    format!("is {}, only {allowed} is allowed", found::value(value))
                });
            }
            return;
        }
        let mut candidates = branches.iter().filter(|branch| self.admits(branch, value));
        match (candidates.next(), candidates.next()) {
            (None, _) => self.no_form(branches, keyword, value),
            // No other branch can hold, so whatever violates this one is what is wrong. Asking `holds` first
            // would double the work at each level of a recursive schema.
            (Some(candidate), None) => self.subschema(candidate, value, Some(owner)),
            _ => {
                let holding = branches.iter().filter(|branch| self.holds(branch, value, Some(owner))).count();
                if holding == 0 {
                    self.report(keyword, || "matches none of the allowed forms".to_owned());
                } else if holding > 1 && keyword == Keyword::OneOf {
                    self.report(keyword, || format!("matches {holding} of the allowed forms, exactly one is needed"));
                }
            }
        }
    }

    /// Blames a value for which no branch can hold.
    fn no_form(&mut self, branches: &'a [Subschema], keyword: Keyword, value: &'a View<'a>) {
        let values = branches.iter().filter_map(|branch| branch.keywords()?.single_value());
        if values.clone().count() == branches.len() {
            return self.not_among(values, value);
        }
        let types: Vec<JsonTypes> = branches.iter().filter_map(|branch| self.types(branch)).collect();
        // If a type is right, something else must be wrong.
        if types.len() < branches.len() || types.iter().any(|types| types.admit(value)) {
            return self.report(keyword, || "matches none of the allowed forms".to_owned());
        }
        let types: Vec<JsonType> = types.iter().flat_map(|types| types.0.iter().copied()).collect();
        self.report(Keyword::Type, || message::mistyped(&types, value));
    }

    /// Whether a schema can hold, judging by its `type` and listed values alone.
    fn admits(&self, subschema: &'a Subschema, value: &View<'_>) -> bool {
        match subschema {
            Subschema::Bool(holds) => *holds,
            Subschema::Object(keywords) => {
                keywords.constant.as_ref().is_none_or(|constant| View::from(constant) == *value)
                    && keywords.types.admit(value)
                    && keywords.lists_type_of(value)
                    && keywords
                        .reference
                        .as_ref()
                        .and_then(|name| self.root.definitions.get(&name.0))
                        .is_none_or(|subschema| self.admits(subschema, value))
            }
        }
    }

    /// The types that a schema is limited to.
    fn types(&self, subschema: &'a Subschema) -> Option<JsonTypes> {
        let schema = subschema.keywords()?;
        if !schema.types.0.is_empty() {
            return Some(JsonTypes(schema.types.0.clone()));
        }
        match &schema.reference {
            Some(reference) => self.types(self.root.definitions.get(&reference.0)?),
            None => schema.listed_types(),
        }
    }
}
