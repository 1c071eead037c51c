//! Hints from rules about a property elsewhere: values and limits that bodies should be tried with.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::specs::Specs;

/// Values and limits by the name of the property they are about, anywhere in a file or in files it refers to.
#[derive(Default)]
pub(crate) struct Hints(BTreeMap<String, Hint>);

#[derive(Default)]
struct Hint {
    constants: Vec<Value>,
    numbers: Vec<Number>,
    counts: Vec<u64>,
}

impl Hints {
    pub(crate) fn of(specs: &Specs, file: &str) -> Self {
        let mut hints = Self::default();
        hints.look(specs, file, specs.root(file).value, "", &mut Vec::new());
        hints
    }

    pub(crate) fn constants(&self, name: &str) -> &[Value] {
        self.0.get(name).map(|hint| hint.constants.as_slice()).unwrap_or_default()
    }

    pub(crate) fn numbers(&self, name: &str) -> &[Number] {
        self.0.get(name).map(|hint| hint.numbers.as_slice()).unwrap_or_default()
    }

    pub(crate) fn counts(&self, name: &str) -> &[u64] {
        self.0.get(name).map(|hint| hint.counts.as_slice()).unwrap_or_default()
    }

    fn look<'s>(&mut self, specs: &'s Specs, file: &'s str, value: &'s Value, name: &str, seen: &mut Vec<&'s Value>) {
        let schema = super::specs::FileSchema { file, value };
        if let Some(target) =
            specs.target(schema).filter(|target| !seen.iter().any(|seen| std::ptr::eq(*seen, target.value)))
        {
            seen.push(target.value);
            self.look(specs, target.file, target.value, name, seen);
            seen.pop();
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.look(specs, file, item, name, seen)),
            Value::Object(members) => {
                for (keyword, value) in members {
                    self.note(keyword, value, name);
                    if let ("properties" | "dependentSchemas" | "$defs", Some(named)) =
                        (keyword.as_str(), value.as_object())
                    {
                        named.iter().for_each(|(name, value)| self.look(specs, file, value, name, seen));
                    } else {
                        self.look(specs, file, value, name, seen);
                    }
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, keyword: &str, value: &Value, name: &str) {
        let hint = self.0.entry(name.to_owned()).or_default();
        match (keyword, value) {
            ("const" | "default", value) => hint.constants.push(value.clone()),
            ("enum" | "examples", Value::Array(values)) => hint.constants.extend(values.iter().cloned()),
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", Value::Number(limit)) => {
                hint.numbers.push(limit.clone());
            }
            (
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minContains" | "maxContains" | "minProperties"
                | "maxProperties",
                limit,
            ) => {
                hint.counts.extend(limit.as_u64());
            }
            ("x-combined-max-items", rule) => {
                let maximum = rule["maximum"].as_u64();
                for name in rule["arrays"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    self.0.entry(name.to_owned()).or_default().counts.extend(maximum);
                }
            }
            _ => {}
        }
    }
}
