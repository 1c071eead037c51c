//! What schemas say beyond type, values and limits: the remaining keywords, as they are.

use foxapi_schema::words::names;

use crate::capture::mentioned;
use crate::comparison::Comparer;
use crate::draft::{Json, Object, SchemaDraft};
use crate::finding::Topic;
use crate::page::{At, CaptureFormat, Parameter, RULES, RawKeyword, ValueKind};
use crate::spec::shown;

/// Formats that mean a URL.
pub(super) const ADDRESSES: [&str; 5] = ["uri", "url", "http-url", "iri", "uri-reference"];

/// The formats that specs have.
pub(crate) const FORMATS: [&str; 6] = ["uri", "date", "time", "date-time", "uuid", "email"];

/// Compares the keywords of a value, and lists those that only the spec has.
pub(crate) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let about = if pointer.is_empty() { "the request".to_owned() } else { format!("`{}`", of_page.name) };
    match of_page.kind {
        // The types already differ, so what is said about each cannot be compared.
        Some(ValueKind::Other(_)) if !of_page.keywords.is_empty() => {
            comparer.skip(format!("what the schema says about each type of {about}"));
        }
        _ => stated(comparer, &of_page.keywords, &of_spec.keywords, pointer, &about),
    }
    lost(comparer, of_page, of_spec, pointer);
}

/// Compares the keywords that the page states; `about` names what they are about.
fn stated(comparer: &mut Comparer<'_>, of_page: &[RawKeyword], of_spec: &[RawKeyword], pointer: &str, about: &str) {
    for keyword in of_page {
        let same = of_spec.iter().filter(|it| it.name == keyword.name);
        if same.clone().any(|it| it.value == keyword.value) {
            continue;
        }
        let other = same.clone().next();
        let (line, value) = (keyword.line, shown(&keyword.value));
        match keyword.name.as_str() {
            "additionalProperties" if keyword.value == true && other.is_none() => {
                comparer.skip(format!("other properties of {about} (line {line}): the page allows them, specs do not"));
            }
            name if RULES.contains(&name) => stated_rule(comparer, keyword, of_spec, pointer, about),
            name if can_be_said(keyword) => {
                let values = (Some(At::new(line, keyword.value.clone())), other.map(|other| &other.value));
                comparer.value(topic(name), pointer, name, &Parameter::default(), values);
            }
            name => comparer.skip(format!("`{name}` of {about} (line {line}), which a spec cannot express: {value}")),
        }
    }
}

/// Keywords of the spec that the schema of the page lacks.
fn lost(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let has_schema = comparer.page.format != CaptureFormat::Text;
    for RawKeyword { name, value, .. } in &of_spec.keywords {
        let is_there = of_page.keywords.iter().any(|it| it.name == *name);
        // Pages show an object that accepts anything as one without properties.
        if is_there || RULES.contains(&name.as_str()) || name == "additionalProperties" && *value == true {
            continue;
        }
        if has_schema || comparer.reviewed.is_some() {
            comparer.value(topic(name), pointer, name, of_page, (None, Some(value)));
        } else {
            let (about, value) = (&of_page.name, shown(value));
            comparer.skip(format!("`{name}` of `{about}`, in the spec {value}: this copy cannot show it"));
        }
    }
}

/// A rule that the schema of the page states: the spec has it as it is, in another form, or not at all.
fn stated_rule(comparer: &mut Comparer<'_>, keyword: &RawKeyword, of_spec: &[RawKeyword], pointer: &str, about: &str) {
    let (line, value) = (keyword.line, shown(&keyword.value));
    let names = mentioned(&keyword.value);
    let rules = || of_spec.iter().filter(|it| RULES.contains(&it.name.as_str())).map(|it| (it, mentioned(&it.value)));
    let message = match rules().find(|(it, others)| it.name == keyword.name && *others == names) {
        Some((other, _)) => format!("the rule is {value} on the page and {} in the spec", shown(&other.value)),
        None if !names.is_empty() && rules().any(|(_, others)| names.iter().all(|name| others.contains(name))) => {
            let what = format!("whether the spec's rules say {value}");
            return comparer.skip(format!("`{}` of {about} (line {line}): {what}", keyword.name));
        }
        None => format!("the page states the rule {value}; the spec has none about it"),
    };
    comparer.find(Topic::Rule, pointer, "allOf", line, message);
}

/// Writes the keywords as they are; those that relate properties to each other become rules, which need a sentence.
pub(crate) fn write(keywords: &[RawKeyword], schema: &mut SchemaDraft) {
    for keyword in keywords {
        let about = mentioned(&keyword.value);
        let mut stated: Vec<(String, Json)> =
            Json::of_value(&keyword.schema()).as_object().cloned().into_iter().flatten().collect();
        let is_taken = about.is_empty() && stated.iter().any(|(name, _)| schema.members.contains(name));
        if is_taken || !can_be_said(keyword) {
            schema.todo(format!("the page's schema says {}, which is not included here", keyword.schema()));
        } else if about.is_empty() {
            schema.members.extend(stated);
        } else {
            stated.sort_by_key(|(name, _)| ["if", "then", "else"].iter().position(|it| it == name));
            let about = names(&about);
            schema.todo(format!("describe the rule about {about}"));
            let mut rules = schema.members.list("allOf").to_vec();
            let mut rule = Object::new().with("description", format!("A rule about {about}."));
            rule.extend(stated);
            rules.push(rule.into());
            schema.add("allOf", rules);
        }
    }
}

/// Whether a spec can have the keyword: not formats of numbers and files, or patterns that engines read differently.
fn can_be_said(keyword: &RawKeyword) -> bool {
    match keyword.name.as_str() {
        "format" => keyword.value.as_str().is_some_and(|format| FORMATS.contains(&format)),
        "pattern" => keyword.value.as_str().is_some_and(foxapi_codegen::takes_pattern),
        name => foxapi_codegen::KEYWORDS.contains(&name),
    }
}

fn topic(keyword: &str) -> Topic {
    match keyword {
        "minProperties" | "maxProperties" | "minContains" | "maxContains" => Topic::Limit,
        _ => Topic::Keyword,
    }
}
