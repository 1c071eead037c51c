//! Makes bodies that know their schema: valid ones, ones at and beyond the limits, and ones with a few faults.

use std::fmt;

use serde_json::Value;

use super::choices::Choices;
use super::hints::Hints;
use super::samples;
use super::specs::{FileSchema, Specs};
use super::text::Json;

/// A request body as text, and the duplicates that a parser would not see.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) text: String,
    /// JSON Pointers of members that occur twice.
    pub(crate) repeated: Vec<String>,
}

impl Body {
    pub(crate) fn new(json: &Json, escape: bool) -> Self {
        let mut body = Self { text: String::new(), repeated: Vec::new() };
        json.write(escape, &mut body.text);
        json.repeated("", &mut body.repeated);
        body
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 4000;
        match self.text.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}… ({} bytes)", &self.text[..end], self.text.len()),
            None => f.write_str(&self.text),
        }
    }
}

/// The schema of a page, and how to make bodies for it.
pub(crate) struct Bodies<'s> {
    specs: &'s Specs,
    root: FileSchema<'s>,
    hints: Hints,
}

impl<'s> Bodies<'s> {
    pub(crate) fn new(specs: &'s Specs, file: &'s str) -> Self {
        let root = specs.root(file);
        Self { specs, root, hints: Hints::of(specs, file) }
    }

    /// The body for a tape of choices; for all zeros, a small valid one.
    pub(crate) fn make(&self, model: &str, tape: &[u32]) -> Body {
        let mut choices = Choices::new(tape);
        let faults = *choices.of(&[0, 0, 0, 1, 0, 1, 2, 4]);
        let mut maker = Maker { bodies: self, choices, faults, depth: 0 };
        let mut json = maker.value(self.root, "");
        let Maker { mut choices, faults, .. } = maker;
        if let Json::Object(members) = &mut json {
            if faults == 0 || !choices.once_in(4) {
                set(members, "model", Json::String(model.to_owned()));
            }
            if choices.once_in(3) {
                members.reverse();
            }
        }
        Body::new(&json, choices.once_in(8))
    }
}

/// Gives a member another value, keeping its place.
fn set(members: &mut Vec<(String, Json)>, name: &str, value: Json) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => *known = value,
        None => members.insert(0, (name.to_owned(), value)),
    }
}

struct Maker<'b, 's, 't> {
    bodies: &'b Bodies<'s>,
    choices: Choices<'t>,
    /// How many faults are still to be added.
    faults: usize,
    depth: usize,
}

impl<'s> Maker<'_, 's, '_> {
    /// Whether to add a fault now.
    fn fault(&mut self) -> bool {
        let now = self.faults > 0 && self.choices.once_in(8);
        self.faults -= usize::from(now);
        now
    }

    fn value(&mut self, schema: FileSchema<'s>, name: &str) -> Json {
        if self.depth > 0 && self.fault() {
            return samples::odd(&mut self.choices);
        }
        let parts = self.branches(schema);
        if let Some(constant) = self.constant(&parts, name) {
            return constant;
        }
        match self.json_type(&parts).as_deref() {
            Some("null") => Json::Null,
            Some("boolean") => Json::Bool(self.choices.once_in(2)),
            Some("string") => self.string(&parts, name),
            Some("integer") => samples::integer(&mut self.choices, &parts, self.bodies.hints.numbers(name)),
            Some("number") => samples::number(&mut self.choices, &parts, self.bodies.hints.numbers(name)),
            Some("array") => self.array(&parts, name),
            Some("object") => self.object(&parts),
            _ => samples::odd(&mut self.choices),
        }
    }

    /// The parts of a schema, with a branch of `anyOf` and of `oneOf` for each part that has one.
    fn branches(&mut self, schema: FileSchema<'s>) -> Vec<FileSchema<'s>> {
        let mut parts = self.bodies.specs.parts(schema);
        for part in parts.clone() {
            for keyword in ["anyOf", "oneOf"] {
                let branches: Vec<_> = part.list(keyword).collect();
                if !branches.is_empty() {
                    let branch = *self.choices.of(&branches);
                    parts.extend(self.branches(branch));
                }
            }
        }
        parts
    }

    /// One of the values listed in this schema or in rules about the same property.
    fn constant(&mut self, parts: &[FileSchema<'s>], name: &str) -> Option<Json> {
        if let Some(constant) = parts.iter().find_map(|part| part.get("const")) {
            return Some(Json::of(constant));
        }
        if let Some(values) = parts.iter().find_map(|part| part.get("enum")?.as_array()) {
            return Some(Json::of(self.choices.of(values)));
        }
        let hints = self.bodies.hints.constants(name);
        (!hints.is_empty() && self.choices.once_in(3)).then(|| Json::of(self.choices.of(hints)))
    }

    fn json_type(&mut self, parts: &[FileSchema<'s>]) -> Option<String> {
        let types: Vec<&str> = match parts.iter().find_map(|part| part.get("type"))? {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            single => single.as_str().into_iter().collect(),
        };
        // Null is the same as absent, so it need not be frequent.
        let others: Vec<&str> = types.iter().copied().filter(|name| *name != "null").collect();
        let is_null = others.is_empty() || others.len() < types.len() && self.choices.once_in(5);
        Some(if is_null { "null" } else { self.choices.of(&others) }.to_owned())
    }

    fn string(&mut self, parts: &[FileSchema<'s>], name: &str) -> Json {
        if let Some(pattern) = parts.iter().find_map(|part| part.get("pattern")?.as_str()) {
            return Json::String(samples::patterned(&mut self.choices, pattern));
        }
        let schemes = parts.iter().filter_map(|part| part.get("x-uri-schemes")?.as_array()).flatten();
        if schemes.into_iter().any(|scheme| scheme == "data") && self.choices.once_in(2) {
            return Json::String(samples::data_uri(&mut self.choices));
        }
        let format = parts.iter().find_map(|part| part.get("format")?.as_str());
        match format.filter(|_| !self.choices.once_in(8)) {
            Some("uri") => return Json::String(samples::uri(&mut self.choices)),
            Some(format) => return Json::String(samples::formatted(&mut self.choices, format)),
            None => {}
        }
        if parts.iter().any(|part| part.get("x-uri-schemes").is_some()) {
            return Json::String(samples::uri(&mut self.choices));
        }
        Json::String(samples::text(&mut self.choices, self.bodies.hints.counts(name)))
    }

    fn array(&mut self, parts: &[FileSchema<'s>], name: &str) -> Json {
        if let Some(tuple) = parts.iter().find(|part| part.get("prefixItems").is_some()) {
            self.depth += 1;
            let mut items: Vec<Json> = tuple.list("prefixItems").map(|item| self.value(item, name)).collect();
            if self.fault() {
                match self.choices.once_in(2) {
                    true => items.push(samples::odd(&mut self.choices)),
                    false => drop(items.pop()),
                }
            }
            self.depth -= 1;
            return Json::Array(items);
        }
        let length = samples::length(&mut self.choices, self.bodies.hints.counts(name));
        let items = parts.iter().find_map(|part| part.inner("items"));
        self.depth += 1;
        let mut list: Vec<Json> = Vec::new();
        for _ in 0..length.min(if self.depth > 4 { 1 } else { 40 }) {
            let item = match (items, list.last()) {
                (_, Some(last)) if self.choices.once_in(6) => last.clone(),
                (Some(items), _) => self.value(items, name),
                (None, _) => samples::odd(&mut self.choices),
            };
            list.push(item);
        }
        self.depth -= 1;
        Json::Array(list)
    }

    fn object(&mut self, parts: &[FileSchema<'s>]) -> Json {
        let required: Vec<&str> = parts
            .iter()
            .filter_map(|part| part.get("required")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = parts.iter().flat_map(|part| {
            let properties = part.properties().into_iter().flatten();
            properties.map(|(name, value)| (name.as_str(), FileSchema { value, ..*part }))
        });
        let mut properties: Vec<(&str, FileSchema<'s>)> = properties.collect();
        properties.dedup_by_key(|(name, _)| *name);
        self.depth += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        for (name, schema) in properties {
            let is_needed = required.contains(&name);
            let is_there =
                if is_needed { !self.fault() } else { self.choices.once_in(if self.depth > 4 { 9 } else { 3 }) };
            if is_there {
                members.push((name.to_owned(), self.value(schema, name)));
            }
        }
        let limits: Vec<u64> = ["minProperties", "maxProperties"]
            .into_iter()
            .flat_map(|limit| parts.iter().filter_map(move |part| part.get(limit)?.as_u64()))
            .collect();
        let each = parts.iter().find_map(|part| part.inner("additionalProperties"));
        if let Some(each) = each.filter(|each| *each.value != Value::Bool(false)) {
            for _ in 0..samples::length(&mut self.choices, &limits).min(10) {
                let name = samples::name(&mut self.choices);
                if self.fault() || !members.iter().any(|(known, _)| *known == name) {
                    let value =
                        if each.value.is_object() { self.value(each, "") } else { samples::odd(&mut self.choices) };
                    members.push((name, value));
                }
            }
        }
        self.depth -= 1;
        if self.choices.once_in(2) {
            self.fill_total(parts, &mut members);
        }
        if self.fault() {
            self.repeat_or_add(&mut members);
        }
        Json::Object(members)
    }

    /// Corrects a sum, which few bodies would get right by chance.
    fn fill_total(&mut self, parts: &[FileSchema<'s>], members: &mut Vec<(String, Json)>) {
        for rule in parts.iter().filter_map(|part| part.get("x-sum-equals")) {
            let [Some(items), Some(property), Some(total)] =
                ["items", "property", "total"].map(|name| rule[name].as_str())
            else {
                continue;
            };
            let Some((_, Json::Array(list))) = members.iter().find(|(name, _)| name == items) else { continue };
            let summand = |item: &Json| match item {
                Json::Object(members) => {
                    members.iter().find(|(name, _)| name == property).map(|(_, part)| part.clone())
                }
                _ => None,
            };
            let sum = list.iter().map(|item| match summand(item) {
                Some(Json::Number(number)) => number.parse::<i128>().ok(),
                _ => None,
            });
            if let Some(sum) = sum.sum::<Option<i128>>() {
                let off = i128::from(self.choices.once_in(6));
                set(members, total, Json::number(sum + off));
            }
        }
    }

    /// Adds a duplicate member, or an unknown one.
    fn repeat_or_add(&mut self, members: &mut Vec<(String, Json)>) {
        let value = samples::odd(&mut self.choices);
        if members.is_empty() || self.choices.once_in(2) {
            members.push((samples::name(&mut self.choices), value));
        } else {
            let (name, known) = self.choices.of(members).clone();
            members.push((name, if self.choices.once_in(2) { value } else { known }));
        }
    }
}
