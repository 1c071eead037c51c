//! The rules of the spec against the words of the page: what is said, what is denied, what cannot be told.

use serde_json::Value as Json;

use super::{Comparer, facts::words};
use crate::{
    capture::{mentioned, notes, rule},
    finding::Topic,
    new::rules,
    page::{At, Shape},
};

impl Comparer<'_> {
    /// Compares the rules that words state with those of the spec.
    pub(super) fn rules(&mut self) {
        let stated = match self.page.shape {
            Shape::Lossy => Vec::new(),
            _ => rules::read(self.page),
        };
        let of_spec: Vec<Json> =
            self.spec.keywords.iter().map(|it| rule(it).value).filter(|it| !mentioned(it).is_empty()).collect();
        let in_schema: Vec<Json> = self.page.keywords.iter().map(|it| rule(it).value).collect();
        for value in &of_spec {
            let is_stated = stated.iter().any(|it| it.bare() == *value) || in_schema.contains(value);
            if !is_stated {
                self.worded(value);
            }
        }
        for one in &stated {
            let bare = one.bare();
            if of_spec.contains(&bare) {
                continue;
            }
            let said = one.words.first().map(|at| at.value.as_str()).unwrap_or_default();
            let said = notes::item(said).unwrap_or(said);
            let message = match of_spec.iter().find(|other| is_variant(&bare, other)) {
                Some(other) => {
                    format!("the page says {said:?}, the rule of the spec is: {}", self.spec.described(other))
                }
                None if of_spec.iter().any(|other| is_about(&bare, other)) => {
                    self.skip(format!("whether the spec's rules say what line {} says: {said}", one.line));
                    continue;
                }
                None => format!("the page says {said:?}, the spec has no rule about {}", mentioned(&bare).join(", ")),
            };
            self.find(Topic::Rule, &format!("/{}", one.parameter), "", one.line, message);
        }
        self.sentences(&stated);
    }

    /// A rule of the spec that was not read off the page: the words may state it in a form that is not known.
    fn worded(&mut self, value: &Json) {
        let names: Vec<String> = mentioned(value).into_iter().filter(|it| self.spec.parameter(it).is_some()).collect();
        let needed = needed(value);
        let description = self.spec.described(value);
        let texts = self.texts(&names);
        let names_all = |it: &&At<String>| {
            let others = names.iter().filter(|name| name.as_str() != "model");
            let own = it.value.as_str();
            let all = others.into_iter().all(|name| own.contains(name.as_str()));
            all && (!names.iter().any(|it| it == "model")
                || self.page.models.iter().any(|model| own.contains(&model.value)))
        };
        let about: Vec<&At<String>> = texts.iter().filter(names_all).collect();
        let has_all = |it: &&&At<String>| needed.iter().all(|word| it.value.contains(word.as_str()));
        self.skip(match about.iter().find(has_all).or(about.first()) {
            Some(said) => format!("whether the words from line {} on still say the rule: {description}", said.line),
            None => format!("nothing on the page says the rule of the spec: {description}"),
        });
    }

    /// The words about each of these parameters, with its name; in a copy without names, the words about any.
    fn texts(&self, names: &[String]) -> Vec<At<String>> {
        if self.page.shape == Shape::Lossy {
            let text = |lines: &[At<String>]| lines.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join("\n");
            return self.page.blocks.iter().map(|it| At::new(it.line, text(&it.text))).collect();
        }
        let about = names.iter().filter_map(|name| self.page.parameter(name));
        about.map(|it| At::new(it.line, format!("{}\n{}", it.name, words(it)))).collect()
    }
}

/// Whether two rules have either condition or consequence in common, and speak of the same parameters.
fn is_variant(one: &Json, other: &Json) -> bool {
    let shares = |part: &str| one.get(part).is_some_and(|it| Some(it) == other.get(part));
    mentioned(one) == mentioned(other) && (shares("if") || shares("then"))
}

/// Whether a rule speaks of all that another one speaks of.
fn is_about(one: &Json, other: &Json) -> bool {
    let others = mentioned(other);
    mentioned(one).iter().all(|name| others.contains(name))
}

/// What words about a rule have to have: its numbers and the values that it allows, models apart.
fn needed(rule: &Json) -> Vec<String> {
    let mut found = Vec::new();
    collect(rule, "", &mut found);
    found.sort();
    found.dedup();
    found
}

fn collect(rule: &Json, above: &str, found: &mut Vec<String>) {
    match rule {
        Json::Number(number) => found.push(number.to_string()),
        Json::String(text) if matches!(above, "const" | "enum") => found.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| collect(item, above, found)),
        Json::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| *name != "model") {
                collect(value, name, found);
            }
        }
        _ => {}
    }
}
