//! What providers limit besides keywords: sizes, and the names of properties.

use super::plain::paragraphs;
use super::provider::Provider;
use crate::json::{Json, Object};

/// Limits of strict mode, from "Supported schemas" in OpenAI's guide "Structured model outputs".
const MOST_PROPERTIES: usize = 5000;
const MOST_LEVELS: usize = 10;
const MOST_VALUES: usize = 1000;
const MOST_LETTERS: usize = 120_000;
/// A list with more values than this may have at most `MOST_LETTERS_OF_LIST` letters in all.
const LONG_LIST: usize = 250;
const MOST_LETTERS_OF_LIST: usize = 15_000;

/// Why a schema cannot be strict, if it cannot.
pub(super) fn loose(schema: &Object) -> Option<String> {
    let mut sizes = Sizes::default();
    sizes.schema(schema, 0);
    let more = |what: &str, number: usize, most: usize| {
        (number > most).then(|| format!("it has {number} {what}, but strict mode takes at most {most}"))
    };
    sizes
        .reason
        .or_else(|| more("properties", sizes.properties, MOST_PROPERTIES))
        .or_else(|| more("levels", sizes.levels, MOST_LEVELS))
        .or_else(|| more("values in lists", sizes.values, MOST_VALUES))
        .or_else(|| more("letters in names and values", sizes.letters, MOST_LETTERS))
}

#[derive(Default)]
struct Sizes {
    properties: usize,
    levels: usize,
    values: usize,
    letters: usize,
    /// Something that strict mode does not support at all.
    reason: Option<String>,
}

impl Sizes {
    fn refuse(&mut self, reason: impl Into<String>) {
        self.reason.get_or_insert_with(|| reason.into());
    }

    fn schema(&mut self, schema: &Object, level: usize) {
        self.levels = self.levels.max(level);
        if !["type", "anyOf", "$ref", "enum"].iter().any(|keyword| schema.contains(keyword)) {
            self.refuse("a value may be of any type");
        }
        let is_object = schema.text("type") == Some("object") || schema.contains("additionalProperties");
        if is_object && schema.get("additionalProperties") != Some(&Json::Boolean(false)) {
            self.refuse("an object may have properties of any name");
        }
        let values = schema.list("enum");
        let letters: usize = values.iter().filter_map(Json::as_str).map(|value| value.chars().count()).sum();
        if values.len() > LONG_LIST && letters > MOST_LETTERS_OF_LIST {
            self.refuse(format!("a list of {} values has {letters} letters", values.len()));
        }
        self.values += values.len();
        self.letters += letters;
        for keyword in ["properties", "$defs"] {
            let is_level = usize::from(keyword == "properties");
            for (name, inner) in schema.members(keyword) {
                self.properties += is_level;
                self.letters += name.chars().count();
                self.inside(inner, level + is_level);
            }
        }
        schema.get("items").into_iter().for_each(|items| self.inside(items, level + 1));
        schema.list("anyOf").iter().for_each(|branch| self.inside(branch, level));
    }

    fn inside(&mut self, schema: &Json, level: usize) {
        if let Some(schema) = schema.as_object() {
            self.schema(schema, level);
        }
    }
}

/// Leaves out the properties whose names the provider refuses.
pub(super) fn drop_properties(provider: Provider, schema: &mut Object, notes: &mut Vec<String>) {
    let refused: Vec<String> = schema
        .members("properties")
        .map(|(name, _)| name.to_owned())
        .filter(|name| !provider.takes_property(name))
        .collect();
    for name in &refused {
        notes.push(format!("`{name}` is left out: {} takes no property of that name", provider.name()));
        if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
            properties.remove(name);
        }
        if let Some(Json::Array(required)) = schema.get_mut("required") {
            required.retain(|known| known.as_str() != Some(name));
        }
    }
    for (keyword, value) in schema.iter_mut() {
        match (keyword, value) {
            ("properties" | "$defs", Json::Object(named)) => {
                named.iter_mut().filter_map(|(_, schema)| schema.as_object_mut()).for_each(|schema| {
                    drop_properties(provider, schema, notes);
                });
            }
            ("items" | "additionalProperties", Json::Object(schema)) => drop_properties(provider, schema, notes),
            ("anyOf", Json::Array(branches)) => {
                branches.iter_mut().filter_map(Json::as_object_mut).for_each(|schema| {
                    drop_properties(provider, schema, notes);
                });
            }
            _ => {}
        }
    }
}

/// Adds a paragraph to the description of a property.
pub(super) fn describe(schema: &mut Object, property: &str, words: &str) {
    let properties = schema.get_mut("properties").and_then(Json::as_object_mut);
    if let Some(property) = properties.and_then(|it| it.get_mut(property)).and_then(Json::as_object_mut) {
        let own = property.text("description").unwrap_or_default().to_owned();
        property.set_first("description", paragraphs([own.as_str(), words]));
    }
}

/// As much of a text as fits, up to the end of a sentence.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    match start.rfind(". ").or_else(|| start.rfind(".\n")) {
        Some(end) => start.get(..=end).unwrap_or_default().to_owned(),
        None => start + "…",
    }
}
