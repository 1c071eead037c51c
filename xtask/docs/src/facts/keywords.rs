//! What schemas say beyond type, values and limits: the remaining keywords, as they stand.

use serde_json::Value as Json;

use crate::{
    capture::{mentioned, rule},
    comparison::Comparer,
    draft::{self, Schema, trial},
    finding::Topic,
    page::{Keyword, Parameter, Shape},
    spec::shown,
};

/// Keywords that relate properties or items to each other: a value may have several of one name.
const RULES: [&str; 8] =
    ["if", "not", "anyOf", "oneOf", "dependentRequired", "dependentSchemas", "x-sum-equals", "x-combined-max-items"];

/// The formats that specs have.
pub(crate) const FORMATS: [&str; 6] = ["uri", "date", "time", "date-time", "uuid", "email"];

/// Compares the keywords of a value; `about` names it in what is not checked.
pub(crate) fn keywords(
    comparer: &mut Comparer<'_>,
    of_page: &[Keyword],
    of_spec: &[Keyword],
    pointer: &str,
    about: &str,
) {
    for keyword in of_page {
        let same = of_spec.iter().filter(|it| it.name == keyword.name);
        if same.clone().any(|it| it.value == keyword.value) {
            continue;
        }
        let other = same.clone().next();
        match keyword.name.as_str() {
            "additionalProperties" => additional(comparer, keyword, other, pointer, about),
            name if RULES.contains(&name) => stated_rule(comparer, keyword, of_spec, pointer, about),
            _ if can_be_said(keyword) => {
                let name = keyword.name.as_str();
                let value = shown(&keyword.value);
                let message = match other {
                    Some(other) => format!("{name} is {value} on the page and {} in the spec", shown(&other.value)),
                    None => format!("{name} is {value} on the page, the spec has none"),
                };
                comparer.find(topic(name), pointer, if other.is_some() { name } else { "" }, keyword.line, message);
            }
            name => {
                let value = shown(&keyword.value);
                comparer.skip(format!("`{name}` of {about} (line {}), which no spec can say: {value}", keyword.line));
            }
        }
    }
}

/// Keywords of the spec that the schema of the page lacks.
pub(crate) fn lost(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let has_schema = comparer.page.shape != Shape::Text;
    for keyword in &of_spec.keywords {
        let name = keyword.name.as_str();
        let is_there = of_page.keywords.iter().any(|it| it.name == name);
        // That requests are closed is said by no page.
        let is_closed = name == "additionalProperties" && !keyword.value.is_object();
        if is_there || RULES.contains(&name) || is_closed {
            continue;
        }
        let value = shown(&keyword.value);
        let message = format!("{name} is {value} in the spec, no field of the page gives it");
        if has_schema || comparer.reviewed.is_some() {
            comparer.unstated(topic(name), pointer, name, of_page, &[], message);
        } else {
            comparer.skip(format!("`{name}` of `{}`, in the spec {value}: this copy cannot show it", of_page.name));
        }
    }
}

/// Requests of a page are closed in every spec; what a map may hold is compared.
fn additional(comparer: &mut Comparer<'_>, keyword: &Keyword, other: Option<&Keyword>, pointer: &str, about: &str) {
    let name = &keyword.name;
    match (&keyword.value, other.map(|it| &it.value)) {
        (Json::Bool(false), None) => {}
        (Json::Bool(true), Some(Json::Bool(false))) => {
            comparer.skip(format!("`{name}` of {about} (line {}): the page takes others, specs do not", keyword.line));
        }
        (value, other) => {
            let spec = other.map_or_else(|| "the spec has none".to_owned(), |it| format!("{} in the spec", shown(it)));
            let message = format!("{name} is {} on the page, {spec}", shown(value));
            comparer.find(Topic::Keyword, pointer, "", keyword.line, message);
        }
    }
}

/// A rule that the schema of the page states: as it stands, in other words, or nowhere in the spec.
fn stated_rule(comparer: &mut Comparer<'_>, keyword: &Keyword, of_spec: &[Keyword], pointer: &str, about: &str) {
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
            return comparer
                .skip(format!("`{}` of {about} (line {line}): whether the spec's rules say {value}", keyword.name));
        }
        None => format!("the page states the rule {value}, the spec has none about it"),
    };
    comparer.find(Topic::Rule, pointer, "allOf", stated.line, message);
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

/// Carries keywords over into a schema; what no spec can say, or not here, is left to decide.
pub(crate) fn carry(keywords: &[Keyword], schema: &mut Schema) {
    for keyword in keywords.iter().filter(|it| !is_closed(it) && !is_type_of_rust(it)) {
        let (name, value) = (keyword.name.clone(), draft::Json::from(keyword.value.clone()));
        let with: Vec<_> = schema.members.iter().cloned().chain([(name.clone(), value.clone())]).collect();
        let is_free = schema.members.iter().all(|(other, _)| *other != name);
        let is_known = foxapi_codegen::KEYWORDS.contains(&name.as_str());
        if is_known && is_free && (trial::is_taken(&with) || !trial::is_taken(&schema.members)) {
            schema.members.push((name, value));
        } else {
            leave(std::slice::from_ref(keyword), schema);
        }
    }
}

/// Leaves keywords to decide.
pub(crate) fn leave(keywords: &[Keyword], schema: &mut Schema) {
    for Keyword { name, value, .. } in keywords {
        schema.todo(format!("the page says \"{name}\": {value}, which a spec cannot say here"));
    }
}

/// That other properties are refused is what every spec says.
pub(crate) fn is_closed(keyword: &Keyword) -> bool {
    keyword.name == "additionalProperties" && keyword.value == Json::Bool(false)
}

/// The formats that say no more than the type: numbers are as large as Rust has them.
fn is_type_of_rust(keyword: &Keyword) -> bool {
    keyword.name == "format" && ["int64", "float", "double"].iter().any(|format| keyword.value == *format)
}
