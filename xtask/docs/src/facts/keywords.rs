//! What schemas say beyond type, values and limits: the remaining keywords, as they stand.

use crate::capture::mentioned;
use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{At, Keyword, Parameter, RULES, Shape};
use crate::spec::shown;

/// Formats that mean an address.
pub(super) const ADDRESSES: [&str; 5] = ["uri", "url", "http-url", "iri", "uri-reference"];

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
        let (line, value) = (keyword.line, shown(&keyword.value));
        match keyword.name.as_str() {
            "additionalProperties" if keyword.value == true && other.is_none() => {
                comparer.skip(format!("other properties of {about} (line {line}): the page takes them, specs do not"));
            }
            name if RULES.contains(&name) => stated_rule(comparer, keyword, of_spec, pointer, about),
            name if can_be_said(keyword) => {
                let values = (Some(At::new(line, keyword.value.clone())), other.map(|other| &other.value));
                comparer.value(topic(name), pointer, name, &Parameter::default(), values);
            }
            name => comparer.skip(format!("`{name}` of {about} (line {line}), which no spec can say: {value}")),
        }
    }
}

/// Keywords of the spec that the schema of the page lacks.
pub(crate) fn lost(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let has_schema = comparer.page.shape != Shape::Text;
    for Keyword { name, value, .. } in &of_spec.keywords {
        let is_there = of_page.keywords.iter().any(|it| it.name == *name);
        // Pages show an object that takes anything as one without properties.
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

/// A rule that the schema of the page states: as it stands, in other words, or nowhere in the spec.
fn stated_rule(comparer: &mut Comparer<'_>, keyword: &Keyword, of_spec: &[Keyword], pointer: &str, about: &str) {
    let (line, value) = (keyword.line, shown(&keyword.value));
    let names = mentioned(&keyword.value);
    let rules = || of_spec.iter().filter(|it| RULES.contains(&it.name.as_str())).map(|it| (it, mentioned(&it.value)));
    let message = match rules().find(|(it, others)| it.name == keyword.name && *others == names) {
        Some((other, _)) => format!("the rule is {value} on the page and {} in the spec", shown(&other.value)),
        None if !names.is_empty() && rules().any(|(_, others)| names.iter().all(|name| others.contains(name))) => {
            let what = format!("whether the spec's rules say {value}");
            return comparer.skip(format!("`{}` of {about} (line {line}): {what}", keyword.name));
        }
        None => format!("the page states the rule {value}, the spec has none about it"),
    };
    comparer.find(Topic::Rule, pointer, "allOf", line, message);
}

/// Whether a spec can have the keyword: not the formats of numbers and files, nor patterns that engines read differently.
fn can_be_said(keyword: &Keyword) -> bool {
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
