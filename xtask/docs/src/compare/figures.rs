//! Numbers and formats of files in the words of a page that the spec has nowhere: what they say was not compared.

use serde_json::Value as Json;

use super::Comparer;
use crate::{
    capture::{figures, notes},
    page::{At, Parameter, Shape},
};

impl Comparer<'_> {
    /// Names the numbers in words about a parameter that neither its schema nor a rule of the spec has.
    pub(super) fn figures(&mut self, name: &str, prose: &[At<String>]) {
        let known = self.known(name);
        for line in prose {
            let text = notes::plain(&line.value);
            // One of several has a name of its own; in a copy without names words run together.
            let is_known = |it: &String| self.spec.parameters.iter().any(|other| other.name.starts_with(it.as_str()));
            let has_names = self.page.shape != Shape::Lossy;
            let names = identifiers(&text).into_iter().filter(|it| has_names && !is_known(it));
            let said = facts(&text).into_iter().chain(self.models_in(&text)).chain(names);
            let unknown: Vec<String> = said.filter(|it| !known.contains(it)).collect();
            if !unknown.is_empty() {
                let line = line.line;
                self.skip(format!(
                    "what line {line} says of {} about `{name}`: the spec does not mention it",
                    unknown.join(", ")
                ));
            }
        }
    }

    /// The same for the properties of a parameter, which stand in its schema.
    pub(super) fn figures_within(&mut self, name: &str, parameter: &Parameter) {
        self.figures(name, &parameter.prose);
        for inner in parameter.children.iter().chain(parameter.item.as_deref()) {
            self.figures_within(name, inner);
        }
    }

    /// What looks like a model of this family and is none of the spec's.
    fn models_in(&self, text: &str) -> Vec<String> {
        let letters = |id: &str| id.chars().take_while(char::is_ascii_alphabetic).collect::<String>();
        let families: Vec<String> = self.spec.models.iter().map(|id| letters(id)).filter(|it| it.len() > 2).collect();
        let words = text.split(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '-' | '.' | '_' | '/' | ':'));
        let words = words.map(|word| word.trim_matches(['.', '-', '_', '/', ':']));
        let is_id = |word: &&str| {
            let has_version = word.contains(|it: char| it.is_ascii_digit()) && word.len() < 60;
            has_version && families.contains(&letters(word)) && self.spec.models.iter().all(|id| id != word)
        };
        words.filter(is_id).map(str::to_owned).collect()
    }

    /// The numbers in what the spec says of a parameter, and in its rules.
    fn known(&self, name: &str) -> Vec<String> {
        let schema: Json = serde_json::from_str(&self.spec.schema).unwrap_or_default();
        let own = schema.get("properties").and_then(|properties| properties.get(name));
        let parts = [own, schema.get("allOf"), schema.get("$defs"), schema.get("description")];
        parts.into_iter().flatten().flat_map(numbers).collect()
    }
}

/// What words say that can be told from other words: numbers, ratios, formats.
fn facts(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric()).map(str::to_lowercase);
    let formats = words.filter(|word| figures::FORMATS.contains(&word.as_str()));
    figures::numbers(text).into_iter().chain(figures::pairs(text)).chain(formats).collect()
}

/// Words that are names of programs: `allow_adult`.
fn identifiers(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').map(|word| word.trim_matches('_'));
    words.filter(|word| word.contains('_')).map(str::to_owned).collect()
}

/// The numbers in a value, in its texts as well.
fn numbers(value: &Json) -> Vec<String> {
    match value {
        Json::Number(number) => vec![number.to_string()],
        Json::String(text) => facts(text).into_iter().chain(identifiers(text)).collect(),
        Json::Array(items) => items.iter().flat_map(numbers).collect(),
        Json::Object(members) => members.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}
