//! Judges a JSON value by a schema: for defaults and examples, and for what rules make of null and
//! of values left out.

use foxapi_schema::number::{compare, equal, is_multiple_of};
use foxapi_schema::url::is_url;
use serde_json::{Number, Value as Json};

use super::Checker;
use super::schema::{JsonType, LimitKeyword, Schema, SumEquals};
use super::types::{branch_constants, integer_of_number};
use crate::model::{Literal, Type};
use crate::raw::Node;

/// Why a value does not satisfy a schema.
type Verdict = Result<(), String>;

impl<'a> Checker<'a, '_, '_> {
    /// Reports examples and a default that violate their own schema.
    pub(super) fn check_examples(&mut self, schema: &'a Schema, nullable: bool) {
        let default = schema.default.iter().map(|node| ("default", node));
        let examples = schema.examples.iter().map(|node| ("example", node));
        for (what, node) in default.chain(examples) {
            let value = node.to_json();
            if what == "default" && value.is_null() && nullable {
                continue;
            }
            if let Err(reason) = self.evaluate(schema, &value) {
                self.report.error(node.at, format!("this {what} violates its own schema: {reason}"));
            }
        }
    }

    /// The default as a constant of the Rust type; arrays and objects have none.
    pub(super) fn default_literal(&mut self, schema: &'a Schema, ty: &Type) -> Option<Literal> {
        let default = self.chain(schema).into_iter().find_map(|part| part.default.as_ref())?;
        self.literal(default, ty)
    }

    /// A JSON value as a constant of a Rust type, if it is one.
    pub(super) fn literal(&self, node: &Node, ty: &Type) -> Option<Literal> {
        self.literal_of(&node.to_json(), ty)
    }

    /// The same of a value that stands nowhere.
    pub(super) fn literal_of(&self, value: &Json, ty: &Type) -> Option<Literal> {
        match (ty, value.clone()) {
            (Type::String, Json::String(text)) => Some(Literal::String(text)),
            (Type::Boolean, Json::Bool(flag)) => Some(Literal::Boolean(flag)),
            (Type::Number, Json::Number(number)) => number.as_f64().map(Literal::Number),
            (Type::Integer(_), Json::Number(number)) => integer_of_number(&number).map(Literal::Integer),
            (Type::Enumeration { name, .. }, Json::String(text)) => {
                let variant = self.variants(name).iter().find(|variant| variant.value == text)?;
                Some(Literal::Variant { enumeration: name.clone(), variant: variant.name.clone() })
            }
            _ => None,
        }
    }

    /// Whether a value satisfies a schema, by the rules of JSON Schema.
    pub(super) fn satisfies(&self, schema: &'a Schema, value: &Json) -> bool {
        self.evaluate(schema, value).is_ok()
    }

    fn evaluate(&self, schema: &'a Schema, value: &Json) -> Verdict {
        if schema.boolean == Some(false) {
            return Err("nothing is allowed here".to_owned());
        }
        if let Some(target) = schema.reference.as_ref().and_then(|reference| self.target(reference)) {
            self.evaluate(target, value)?;
        }
        evaluate_value(schema, value)?;
        self.evaluate_combinations(schema, value)?;
        match value {
            Json::Number(number) => evaluate_number(schema, number),
            Json::String(text) => evaluate_string(schema, text),
            Json::Array(items) => self.evaluate_array(schema, items),
            Json::Object(members) => self.evaluate_object(schema, value, members),
            Json::Null | Json::Bool(_) => Ok(()),
        }
    }

    fn evaluate_combinations(&self, schema: &'a Schema, value: &Json) -> Verdict {
        for part in &schema.all_of {
            self.evaluate(part, value)?;
        }
        self.evaluate_branches(schema, value)?;
        if schema.not.as_ref().is_some_and(|not| self.satisfies(not, value)) {
            return Err(format!("{value} is excluded by \"not\""));
        }
        if let Some(condition) = &schema.condition {
            let branch = if self.satisfies(condition, value) { &schema.then } else { &schema.otherwise };
            if let Some(branch) = branch {
                self.evaluate(branch, value)?;
            }
        }
        Ok(())
    }

    /// `anyOf` and `oneOf`.
    fn evaluate_branches(&self, schema: &'a Schema, value: &Json) -> Verdict {
        let satisfied = |parts: &'a Vec<Schema>| parts.iter().filter(|part| self.satisfies(part, value)).count();
        let none_of = |keyword: &str| match branch_constants(schema) {
            Some(constants) => {
                let values: Vec<_> = constants.iter().map(|(value, _)| value.to_json().to_string()).collect();
                format!("{value} is not one of {}", values.join(", "))
            }
            None => format!("{value} satisfies no branch of \"{keyword}\""),
        };
        if schema.any_of.as_ref().is_some_and(|parts| satisfied(parts) == 0) {
            return Err(none_of("anyOf"));
        }
        match schema.one_of.as_ref().map(satisfied) {
            Some(0) => Err(none_of("oneOf")),
            Some(2..) => Err(format!("{value} satisfies several branches of \"oneOf\"")),
            _ => Ok(()),
        }
    }

    fn evaluate_array(&self, schema: &'a Schema, items: &[Json]) -> Verdict {
        let count = items.len() as u64;
        let bound = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_u64());
        if bound(LimitKeyword::MinItems).is_some_and(|least| count < least) {
            return Err(format!("{count} items are too few"));
        }
        if bound(LimitKeyword::MaxItems).is_some_and(|most| count > most) {
            return Err(format!("{count} items are too many"));
        }
        if schema.unique_items.is_some()
            && items
                .iter()
                .enumerate()
                .any(|(index, item)| items.iter().take(index).any(|earlier| equal(earlier, item)))
        {
            return Err("an item stands there twice".to_owned());
        }
        let prefix = schema.prefix_items.as_deref().unwrap_or_default();
        for (schema, item) in prefix.iter().zip(items) {
            self.evaluate(schema, item)?;
        }
        if let Some(schema) = &schema.items {
            for item in items.iter().skip(prefix.len()) {
                self.evaluate(schema, item)?;
            }
        }
        if let Some(contains) = &schema.contains {
            let count = items.iter().filter(|item| self.satisfies(contains, item)).count() as u64;
            if count < bound(LimitKeyword::MinContains).unwrap_or(1)
                || bound(LimitKeyword::MaxContains).is_some_and(|most| count > most)
            {
                return Err("the wrong number of items satisfies \"contains\"".to_owned());
            }
        }
        Ok(())
    }

    fn evaluate_object(&self, schema: &'a Schema, value: &Json, members: &serde_json::Map<String, Json>) -> Verdict {
        if let Some(missing) = schema.required.iter().find(|name| !members.contains_key(&name.text)) {
            return Err(format!("{:?} is missing", missing.text));
        }
        for (name, member) in members {
            match schema.property(name) {
                Some(property) => self.evaluate(property, member).map_err(|reason| format!("{name:?}: {reason}"))?,
                None if schema.is_closed() => return Err(format!("there is no property {name:?}")),
                None => {
                    if let Some(each) = schema.each() {
                        self.evaluate(each, member).map_err(|reason| format!("{name:?}: {reason}"))?;
                    }
                }
            }
        }
        let count = members.len() as u64;
        let bound = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_u64());
        if bound(LimitKeyword::MinProperties).is_some_and(|least| count < least) {
            return Err(format!("{count} properties are too few"));
        }
        if bound(LimitKeyword::MaxProperties).is_some_and(|most| count > most) {
            return Err(format!("{count} properties are too many"));
        }
        for (name, needed) in &schema.dependent_required {
            if let Some(missing) =
                needed.iter().find(|needed| members.contains_key(&name.text) && !members.contains_key(&needed.text))
            {
                return Err(format!("{:?} needs {:?}", name.text, missing.text));
            }
        }
        for property in &schema.dependent_schemas {
            if members.contains_key(&property.name.text) {
                self.evaluate(&property.schema, value)?;
            }
        }
        evaluate_sum(schema, members)?;
        evaluate_combined_count(schema, members)
    }
}

/// `x-sum-equals`, of a total that is given.
fn evaluate_sum(schema: &Schema, members: &serde_json::Map<String, Json>) -> Verdict {
    let Some(SumEquals { items, property, total, .. }) = &schema.sum_equals else { return Ok(()) };
    let integer = |value: &Json| value.as_number().and_then(integer_of_number);
    let total = members.get(&total.text).and_then(integer);
    let parts = members.get(&items.text).and_then(Json::as_array);
    let sum = parts.and_then(|parts| parts.iter().map(|part| integer(part.get(&property.text)?)).sum::<Option<i128>>());
    match (sum, total) {
        (Some(sum), Some(total)) if sum != total => Err(format!("{:?} adds up to {sum}, not {total}", items.text)),
        _ => Ok(()),
    }
}

/// `x-combined-max-items`.
fn evaluate_combined_count(schema: &Schema, members: &serde_json::Map<String, Json>) -> Verdict {
    let Some(combined) = &schema.combined_max_items else { return Ok(()) };
    let arrays = combined.arrays.iter().filter_map(|name| members.get(&name.text)?.as_array());
    let count: usize = arrays.map(Vec::len).sum();
    if count as u64 > combined.maximum { Err(format!("{count} items together are too many")) } else { Ok(()) }
}

/// `type`, `const` and `enum`.
fn evaluate_value(schema: &Schema, value: &Json) -> Verdict {
    if let Some(types) = &schema.types
        && !types.iter().any(|json_type| has_type(value, *json_type))
    {
        let types: Vec<_> = types.iter().map(ToString::to_string).collect();
        return Err(format!("{value} is not of type {}", types.join(" or ")));
    }
    if let Some(constant) = &schema.constant
        && !equal(&constant.to_json(), value)
    {
        return Err(format!("{value} is not {}", constant.to_json()));
    }
    if let Some(values) = &schema.enumeration
        && !values.iter().any(|allowed| equal(&allowed.to_json(), value))
    {
        let values: Vec<_> = values.iter().map(|value| value.to_json().to_string()).collect();
        return Err(format!("{value} is not one of {}", values.join(", ")));
    }
    Ok(())
}

fn has_type(value: &Json, json_type: JsonType) -> bool {
    match (json_type, value) {
        (JsonType::Null, Json::Null)
        | (JsonType::Boolean, Json::Bool(_))
        | (JsonType::Number, Json::Number(_))
        | (JsonType::String, Json::String(_))
        | (JsonType::Array, Json::Array(_))
        | (JsonType::Object, Json::Object(_)) => true,
        // As the generated types read it, `5.0` is no integer.
        (JsonType::Integer, Json::Number(number)) => number.is_i64() || number.is_u64(),
        _ => false,
    }
}

fn evaluate_number(schema: &Schema, number: &Number) -> Verdict {
    for limit in &schema.limits {
        let order = compare(number, &limit.value);
        let holds = match limit.keyword {
            LimitKeyword::Minimum => order.is_ge(),
            LimitKeyword::Maximum => order.is_le(),
            LimitKeyword::ExclusiveMinimum => order.is_gt(),
            LimitKeyword::ExclusiveMaximum => order.is_lt(),
            LimitKeyword::MultipleOf => is_multiple_of(number, &limit.value),
            _ => true,
        };
        if !holds {
            return Err(format!("{number} violates \"{}\": {}", limit.keyword.as_str(), limit.value));
        }
    }
    Ok(())
}

fn evaluate_string(schema: &Schema, text: &str) -> Verdict {
    let length = text.chars().count() as u64;
    let bound = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_u64());
    if bound(LimitKeyword::MinLength).is_some_and(|least| length < least) {
        return Err(format!("{length} characters are too few"));
    }
    if bound(LimitKeyword::MaxLength).is_some_and(|most| length > most) {
        return Err(format!("{length} characters are too many"));
    }
    if let Some(pattern) = &schema.pattern
        && !regex_lite::Regex::new(&pattern.text).is_ok_and(|pattern| pattern.is_match(text))
    {
        return Err(format!("{text:?} does not match {}", pattern.text));
    }
    if let Some((_, format)) = schema.format
        && !format.holds(text)
    {
        return Err(format!("{text:?} is not {}", format.describe()));
    }
    let Some((_, schemes)) = &schema.uri_schemes else {
        return Ok(());
    };
    let schemes: Vec<&str> = schemes.iter().map(|scheme| scheme.text.as_str()).collect();
    if is_url(text, &schemes) { Ok(()) } else { Err(format!("{text:?} lacks a scheme of \"x-uri-schemes\" or a host")) }
}
