//! What schemas say beyond type, values and limits: the remaining keywords, and marks such as `deprecated`.

use serde_json::Value as Json;

use super::{Comparer, facts::words};
use crate::{
    capture::{mentioned, rule},
    finding::Topic,
    new::trial,
    page::{Keyword, Mark, Parameter, Shape},
    spec::shown,
};

/// Keywords that relate properties or items to each other: a value may have several of one name.
const RULES: [&str; 8] =
    ["if", "not", "anyOf", "oneOf", "dependentRequired", "dependentSchemas", "x-sum-equals", "x-combined-max-items"];

/// The formats that specs have.
pub(crate) const FORMATS: [&str; 6] = ["uri", "date", "time", "date-time", "uuid", "email"];

/// Words that may say what a keyword of the spec says.
const IN_WORDS: [(&str, &[&str]); 2] = [
    ("pattern", &["format", "pattern", "hex", "regular", "characters", "格式", "正则", "字符"]),
    ("uniqueItems", &["unique", "distinct", "duplicate", "repeat", "不重复", "不能重复", "不可重复", "唯一"]),
];

impl Comparer<'_> {
    /// Compares the keywords of a value; `about` names it in what is not checked.
    pub(super) fn keywords(&mut self, of_page: &[Keyword], of_spec: &[Keyword], pointer: &str, about: &str) {
        for keyword in of_page {
            let same = of_spec.iter().filter(|it| it.name == keyword.name);
            if same.clone().any(|it| it.value == keyword.value) {
                continue;
            }
            let other = same.clone().next();
            match keyword.name.as_str() {
                "additionalProperties" => self.additional(keyword, other, pointer, about),
                name if RULES.contains(&name) => self.stated_rule(keyword, of_spec, pointer, about),
                _ if can_be_said(keyword) => {
                    let name = keyword.name.as_str();
                    let value = shown(&keyword.value);
                    let message = match other {
                        Some(other) => format!("{name} is {value} on the page and {} in the spec", shown(&other.value)),
                        None => format!("{name} is {value} on the page, the spec has none"),
                    };
                    self.find(topic(name), pointer, if other.is_some() { name } else { "" }, keyword.line, message);
                }
                name => {
                    let value = shown(&keyword.value);
                    self.skip(format!("`{name}` of {about} (line {}), which no spec can say: {value}", keyword.line));
                }
            }
        }
    }

    /// Keywords of the spec that the schema of the page lacks.
    pub(super) fn lost_keywords(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        let has_schema = matches!(self.page.shape, Shape::OpenApi | Shape::Markdown);
        let words = words(of_page).to_lowercase();
        for keyword in &of_spec.keywords {
            let name = keyword.name.as_str();
            let is_there = of_page.keywords.iter().any(|it| it.name == name);
            // That requests are closed is said by no page.
            let is_closed = name == "additionalProperties" && !keyword.value.is_object();
            if is_there || RULES.contains(&name) || is_closed {
                continue;
            }
            let hints = IN_WORDS.iter().find(|(it, _)| *it == name).map(|(_, hints)| *hints).unwrap_or_default();
            let value = shown(&keyword.value);
            if has_schema && !hints.iter().any(|hint| words.contains(hint)) {
                let message = format!("{name} is {value} in the spec, the page does not say so");
                self.find(topic(name), pointer, name, of_page.line, message);
            } else {
                self.skip(format!("`{name}` of `{}`, in the spec {value}: words alone may say it", of_page.name));
            }
        }
    }

    /// Requests of a page are closed in every spec; what a map may hold is compared.
    fn additional(&mut self, keyword: &Keyword, other: Option<&Keyword>, pointer: &str, about: &str) {
        let name = &keyword.name;
        match (&keyword.value, other.map(|it| &it.value)) {
            (Json::Bool(false), None) => {}
            (Json::Bool(true), Some(Json::Bool(false))) => {
                self.skip(format!("`{name}` of {about} (line {}): the page takes others, specs do not", keyword.line));
            }
            (value, other) => {
                let spec =
                    other.map_or_else(|| "the spec has none".to_owned(), |it| format!("{} in the spec", shown(it)));
                let message = format!("{name} is {} on the page, {spec}", shown(value));
                self.find(Topic::Keyword, pointer, "", keyword.line, message);
            }
        }
    }

    /// A rule that the schema of the page states: as it stands, in other words, or nowhere in the spec.
    fn stated_rule(&mut self, keyword: &Keyword, of_spec: &[Keyword], pointer: &str, about: &str) {
        let stated = rule(keyword);
        let names = mentioned(&stated.value);
        let about_all = |it: &&Keyword| {
            let others = mentioned(&rule(it).value);
            names.iter().all(|name| others.contains(name))
        };
        let rules = of_spec.iter().filter(|it| RULES.contains(&it.name.as_str()));
        let same = rules.clone().find(|it| it.name == keyword.name && mentioned(&rule(it).value) == names);
        let value = shown(&stated.value);
        let message = match same {
            Some(other) => format!("the rule is {value} on the page and {} in the spec", shown(&rule(other).value)),
            None if !names.is_empty() && rules.clone().any(|it| about_all(&it)) => {
                let line = stated.line;
                return self.skip(format!(
                    "`{}` of {about} (line {line}): whether the spec's rules say {value}",
                    keyword.name
                ));
            }
            None => format!("the page states the rule {value}, the spec has none about it"),
        };
        self.find(Topic::Rule, pointer, "allOf", stated.line, message);
    }

    /// `deprecated` and others: a spec says them in its description.
    pub(super) fn marks(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        let description = words(of_spec).to_lowercase();
        for mark in Mark::ALL {
            let is_said = description.contains(mark.word()) || description.contains(&mark.word().replace('-', " "));
            let at = of_page.marks.iter().find(|it| it.value == mark);
            let in_words = words(of_page).to_lowercase();
            let message = match (at, is_said) {
                (Some(_), false) => format!("the page marks it as {}, the spec's description does not", mark.word()),
                (None, true) if !in_words.contains(mark.word()) && !in_words.contains("弃用") => {
                    format!("the spec's description says that it is {}, the page does not", mark.word())
                }
                _ => continue,
            };
            self.find(Topic::Mark, pointer, "description", at.map_or(of_page.line, |at| at.line), message);
        }
    }
}

/// Whether a spec can have the keyword: not the formats of numbers and files, nor patterns that engines read differently.
fn can_be_said(keyword: &Keyword) -> bool {
    match keyword.name.as_str() {
        "format" => keyword.value.as_str().is_some_and(|format| FORMATS.contains(&format)),
        "pattern" => trial::takes_pattern(&keyword.value),
        name => foxapi_codegen::KEYWORDS.contains(&name),
    }
}

fn topic(keyword: &str) -> Topic {
    match keyword {
        "minProperties" | "maxProperties" | "minContains" | "maxContains" => Topic::Limit,
        _ => Topic::Keyword,
    }
}
