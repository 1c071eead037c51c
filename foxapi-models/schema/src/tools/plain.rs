//! Schemas in a form that most tools understand: constants with titles become a plain `enum`.

use crate::json::{Json, Object};
use crate::words::names;

/// The values that `oneOf` or `anyOf` lists as constants.
#[derive(Debug)]
#[non_exhaustive]
pub struct Constants {
    /// The keyword that lists them.
    pub keyword: &'static str,
    /// Without null.
    pub values: Vec<Json>,
    pub nullable: bool,
    /// The titles, if every value has one.
    pub titles: Option<Vec<Json>>,
    /// What each value means, as lines of Markdown.
    pub meanings: Vec<String>,
}

/// The constants of a schema that consists of nothing but constants.
pub fn constants(schema: &Object) -> Option<Constants> {
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.contains(keyword))?;
    let mut found = Constants { keyword, values: Vec::new(), nullable: false, titles: None, meanings: Vec::new() };
    let mut titles = Vec::new();
    for branch in schema.list(keyword) {
        let branch = branch.as_object()?;
        match branch.get("const") {
            Some(Json::Null) => found.nullable = true,
            Some(value) => {
                titles.extend(branch.get("title").cloned());
                let only = branch.get("x-models").map(|models| format!("Only for {}.", models_of(models)));
                let meaning: Vec<_> = [branch.text("description"), only.as_deref()].into_iter().flatten().collect();
                if !meaning.is_empty() {
                    found.meanings.push(format!("- {}: {}", code(value), meaning.join(" ")));
                }
                found.values.push(value.clone());
            }
            None if is_null(branch) => found.nullable = true,
            None => return None,
        }
    }
    found.titles = (titles.len() == found.values.len()).then_some(titles);
    (!found.values.is_empty()).then_some(found)
}

/// Whether a schema is `{"type": "null"}`.
pub fn is_null(schema: &Object) -> bool {
    schema.text("type") == Some("null")
}

/// Whether values of these types contain no other values, so that the type describes their form completely.
pub fn is_scalar(types: &[String]) -> bool {
    matches!(types, [only] if !["array", "object"].contains(&only.as_str()))
}

/// A branch with the type that is stated next to all branches, as readers look for it in each.
pub fn typed(branch: &Object, types: &[String]) -> Object {
    let mut branch = branch.clone();
    if let ([only], false) = (types, branch.contains("type") || branch.contains("$ref")) {
        branch.set_first("type", only.as_str());
    }
    branch
}

/// The type that all values have in common.
pub fn type_of(values: &[Json]) -> Option<&'static str> {
    let mut types = values.iter().map(|value| match value {
        Json::String(_) => Some("string"),
        Json::Boolean(_) => Some("boolean"),
        Json::Number(number) if number.is_f64() => Some("number"),
        Json::Number(_) => Some("integer"),
        _ => None,
    });
    let first = types.next()??;
    types.all(|other| other == Some(first)).then_some(first)
}

/// A value in backticks: strings without quotes, unless empty.
pub fn code(value: &Json) -> String {
    match value {
        Json::String(text) if !text.is_empty() => format!("`{text}`"),
        other => format!("`{}`", other.to_line()),
    }
}

/// The models that `x-models` lists, as code.
pub fn models_of(models: &Json) -> String {
    let Json::Array(models) = models else { return String::new() };
    names(&models.iter().filter_map(Json::as_str).collect::<Vec<_>>())
}

/// Joins texts as paragraphs, skipping empty ones.
pub fn paragraphs<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut joined = String::new();
    for text in texts {
        let text = text.as_ref();
        if !joined.is_empty() && !text.is_empty() {
            joined.push_str("\n\n");
        }
        joined.push_str(text);
    }
    joined
}

/// The descriptions of an object's rules.
pub fn rules(schema: &Object) -> Vec<&str> {
    schema.list("allOf").iter().filter_map(|rule| rule.as_object()?.text("description")).collect()
}

/// A heading and a list; empty if there are no items.
pub fn listed<T: AsRef<str>>(heading: &str, items: &[T]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = items.iter().map(|item| format!("- {}", item.as_ref())).collect();
    format!("{heading}\n\n{}", lines.join("\n"))
}
