//! Facts: the limits, default and availability of a parameter, as short sentences for documentation.

use std::collections::{BTreeMap, HashSet};

use foxapi_schema::assertion::{phrases, sentences};
use foxapi_schema::words::{code, list, lower_first, names, upper_first};

use super::Checker;
use super::schema::SpecSchema;
use super::types::{branch_constants, value_beside_range};
use crate::checked::{Fact, FactTopic, Object};
use crate::raw::{Node, Span, Value};

impl<'a> Checker<'a, '_, '_> {
    /// The limits that a parameter's own schema sets, and its default.
    pub(super) fn limit_facts(&self, schema: &'a SpecSchema) -> Vec<Fact> {
        let parts = self.parts(schema);
        let mut facts = facts_of(&parts);
        for items in parts.iter().filter_map(|part| part.items.as_deref().or(part.each())) {
            let about_items = facts_of(&self.parts(items)).into_iter();
            facts.extend(about_items.map(|fact| {
                format!(
                    "Each {}: {}",
                    if parts.iter().any(|part| part.each().is_some()) { "value" } else { "item" },
                    lower_first(&fact)
                )
            }));
        }
        for (index, item) in parts.iter().find_map(|part| part.prefix_items.as_ref()).into_iter().flatten().enumerate()
        {
            let about_item = facts_of(&self.parts(item)).into_iter();
            facts.extend(about_item.map(|fact| format!("Item {}: {}", index + 1, lower_first(&fact))));
        }
        facts.dedup();
        let mut facts: Vec<Fact> = facts.into_iter().map(limit).collect();
        let default = parts.iter().find_map(|part| part.default.as_ref()).map(Node::to_json);
        facts.extend(default.filter(|default| !default.is_null()).map(|default| {
            let sentence = format!("Default: {}.", code(&default));
            Fact { topic: FactTopic::Default(default), sentence }
        }));
        facts
    }
}

/// A sentence about what a value may be.
pub(super) fn limit(sentence: String) -> Fact {
    Fact { topic: FactTopic::Limit, sentence }
}

/// The combined limits of several schemas of one value: of two limits, the tighter one.
fn facts_of(parts: &[&SpecSchema]) -> Vec<String> {
    let mut facts: Vec<String> = parts.iter().flat_map(|part| choices(part)).collect();
    facts.extend(sentences(&parts.iter().flat_map(|part| part.limits()).collect::<Vec<_>>()));
    let mut seen = HashSet::new();
    facts.retain(|fact| seen.insert(fact.clone()));
    facts
}

/// Adds facts that are known only once the whole object is: whether a field is required, which models have it.
pub(super) fn complete(objects: &mut BTreeMap<Span, (usize, Object)>) {
    for (_, object) in objects.values_mut() {
        for field in &mut object.fields {
            if !field.options.is_empty() {
                field.facts.insert(0, limit(format!("Only {}.", names(&field.options))));
            }
            if field.required && !object.open {
                field.facts.insert(0, Fact { topic: FactTopic::Required, sentence: "Required.".to_owned() });
            }
            for available in object.availability.iter().filter(|available| available.parameter == field.name) {
                let models = names(&available.models);
                let sentence = match available.options.as_slice() {
                    [] => format!("Only for {models}."),
                    _ => format!("{} only for {models}.", available.options()),
                };
                field.facts.push(Fact { topic: FactTopic::Models, sentence });
            }
            if field.advanced {
                let sentence = "Leave it unset unless you need it.".to_owned();
                field.facts.push(Fact { topic: FactTopic::Advice, sentence });
            }
        }
    }
}

/// The values, or ranges, that a schema lists.
fn choices(schema: &SpecSchema) -> Vec<String> {
    let mut facts = Vec::new();
    let is_named =
        schema.enumeration.as_ref().is_some_and(|values| values.iter().any(|value| value.as_str().is_some()));
    match (&schema.enumeration, branch_constants(schema)) {
        (Some(values), _) if !is_named => facts.push(listed(values.iter())),
        (_, Some(constants)) if constants.iter().all(|(value, _)| value.as_str().is_none()) => {
            facts.push(listed(constants.iter().map(|(value, _)| *value)));
        }
        _ => {}
    }
    facts.extend(alternatives(schema).map(|words| format!("{}.", upper_first(&words))));
    facts
}

/// Single values and ranges: `-1 or 4 to 15`.
fn alternatives(schema: &SpecSchema) -> Option<String> {
    let words = |branch: &SpecSchema| match &branch.constant {
        Some(value) => Some(value.to_json().to_string()),
        None => {
            let choices = choices(branch).into_iter().map(|fact| lower_first(fact.trim_end_matches('.')));
            let limits = phrases(&branch.limits().collect::<Vec<_>>());
            Some(choices.chain(limits).collect::<Vec<_>>().join(" and ")).filter(|words| !words.is_empty())
        }
    };
    let branches = value_beside_range(schema)?;
    Some(list(&branches.into_iter().map(words).collect::<Option<Vec<_>>>()?, "or"))
}

fn listed<'n>(values: impl Iterator<Item = &'n Node>) -> String {
    let values: Vec<_> =
        values.filter(|value| !matches!(value.value, Value::Null)).map(|value| value.to_json().to_string()).collect();
    match values.as_slice() {
        [only] => format!("Always {only}."),
        values => format!("One of {}.", list(values, "and")),
    }
}
