//! Generated pairs of specs: every difference between two checked spec sets is listed in its place.

use std::cell::Cell;
use std::collections::BTreeMap;

use foxapi_codegen::check;
use foxapi_codegen::checked::{FactTopic, Field, NamedType, Object, SpecSet};
use foxapi_diff::Differences;
use proptest::strategy::Strategy;
use serde_json::Value;

use super::comparison;
use super::edit::{Folder, Pair};
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::specs::Specs;

/// Pairs of specs that are tried.
const PAIRS: u32 = 100;

fn checked(specs: &Specs) -> SpecSet {
    check(&specs.sources()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The types of a spec set, by name.
fn definitions(specs: &SpecSet) -> BTreeMap<&str, &NamedType> {
    let definitions = specs.modules.iter().flat_map(|module| &module.definitions);
    definitions.map(|definition| (definition.name(), definition)).collect()
}

/// The differences between two objects: names of properties and sentences of rules, as a reader looks for them.
fn different(old: &Object, new: &Object) -> Vec<String> {
    let mut names = Vec::new();
    for field in &old.fields {
        match new.fields.iter().find(|other| other.name == field.name) {
            Some(other) if own(other) == own(field) => {}
            _ => names.push(field.name.clone()),
        }
    }
    let is_new = |name: &&String| !old.fields.iter().any(|field| field.name == **name);
    names.extend(new.fields.iter().map(|field| &field.name).filter(is_new).cloned());
    for (rules, others) in [(&old.rules, &new.rules), (&new.rules, &old.rules)] {
        let missing = rules.iter().filter(|rule| !others.iter().any(|other| other.sentence == rule.sentence));
        names.extend(missing.map(|rule| rule.sentence.clone()));
    }
    names
}

/// The rules of all files whose sentence occurs only once, as they are written, without notes.
fn rules(specs: &Specs) -> BTreeMap<String, Value> {
    fn collect(schema: &Value, found: &mut BTreeMap<String, Vec<Value>>) {
        match schema {
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(members) => {
                // Keywords next to a single value are reported with the property.
                let is_of_object = members.contains_key("properties");
                let rules = members.get("allOf").and_then(Value::as_array).filter(|_| is_of_object);
                for rule in rules.into_iter().flatten() {
                    if let Some(sentence) = rule["description"].as_str() {
                        found.entry(sentence.to_owned()).or_default().push(rule.clone());
                    }
                }
                members.values().for_each(|value| collect(value, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    specs.iter().for_each(|(_, spec)| collect(spec, &mut found));
    let single = found.into_iter().filter(|(_, rules)| rules.len() == 1);
    single.map(|(sentence, mut rules)| (sentence, rules.remove(0))).collect()
}

/// A property without the models that have it, which are reported with the rule.
fn own(field: &Field) -> String {
    let mut field = field.clone();
    field.facts.retain(|fact| fact.topic != FactTopic::Models);
    format!("{field:?}")
}

/// Whether a change is about a property or a rule, or about the type of a property.
fn is_listed(comparison: &Differences, name: &str, types: &[&str]) -> bool {
    comparison.changes.iter().any(|change| {
        let quoted = change.what.contains(&format!("`{name}`")) || change.what.contains(name);
        let mut subjects = change.subject.split([',', '.']).map(str::trim);
        quoted || change.subject.contains(name) || subjects.any(|subject| types.contains(&subject))
    })
}

#[test]
fn whatever_differs_is_listed() {
    let folders = Folder::with_rules();
    let [pairs, differences, rewritten] = [0_u32; 3].map(Cell::new);
    let tapes = Choices::tapes(40).prop_map(|tape| Pair::new(&folders, &tape));
    runs::run(PAIRS, &tapes, |pair| {
        let Some(pair) = pair else { return Ok(()) };
        pairs.set(pairs.get() + 1);
        let (from, to) = (checked(&pair.from), checked(&pair.to));
        let comparison = comparison(&pair.from, &pair.to);
        let (old, new) = (definitions(&from), definitions(&to));
        if format!("{old:?}") != format!("{new:?}") && comparison.changes.is_empty() {
            return Err("the specs differ, and nothing is listed".to_owned());
        }
        for (name, definition) in &old {
            let (NamedType::Object(before), Some(NamedType::Object(after))) = (definition, new.get(name)) else {
                continue;
            };
            for what in different(before, after) {
                differences.set(differences.get() + 1);
                let fields = before.fields.iter().chain(&after.fields).filter(|field| field.name == what);
                let types: Vec<&str> = fields.flat_map(|field| field.ty.mentioned()).collect();
                if !is_listed(&comparison, &what, &types) {
                    return Err(format!("{what} of {name} is not listed in {:#?}", comparison.changes));
                }
            }
        }
        let (old, new) = (rules(&pair.from), rules(&pair.to));
        for (sentence, rule) in &old {
            let is_kept = new.get(sentence).is_none_or(|other| other == rule);
            if !is_kept && !is_listed(&comparison, sentence, &[]) {
                return Err(format!("{sentence:?} is not listed in {:#?}", comparison.changes));
            }
            rewritten.set(rewritten.get() + u32::from(!is_kept));
        }
        Ok(())
    });
    let [pairs_seen, seen, written] = [&pairs, &differences, &rewritten].map(Cell::get);
    let summary = format!("{pairs_seen} pairs, {seen} differences, {written} rules under old sentences");
    assert!(pairs.get() > PAIRS / 2 && differences.get() > pairs.get() / 2, "{summary}");
    assert!(rewritten.get() > PAIRS / 40, "{summary}");
    println!("{summary}");
}
