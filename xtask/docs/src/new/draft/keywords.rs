//! What the schema of a page says beyond type, values and limits: carried over where the generator takes it.

use serde_json::Value;

use super::Schema;
use crate::{
    new::{json::Json, trial},
    page::{Keyword, Mark, Parameter},
};

/// Carries keywords over into a schema; what no spec can say, or not here, is left to decide.
pub(super) fn carry(keywords: &[Keyword], schema: &mut Schema) {
    for keyword in keywords.iter().filter(|it| !is_closed(it) && !is_type_of_rust(it)) {
        let (name, value) = (keyword.name.clone(), Json::from(keyword.value.clone()));
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
pub(super) fn leave(keywords: &[Keyword], schema: &mut Schema) {
    for Keyword { name, value, .. } in keywords {
        schema.todo(format!("the page says \"{name}\": {value}, which a spec cannot say here"));
    }
}

/// That other properties are refused is what every spec says.
pub(super) fn is_closed(keyword: &Keyword) -> bool {
    keyword.name == "additionalProperties" && keyword.value == Value::Bool(false)
}

/// The formats that say no more than the type: numbers are as large as Rust has them.
fn is_type_of_rust(keyword: &Keyword) -> bool {
    keyword.name == "format" && ["int64", "float", "double"].iter().any(|format| keyword.value == *format)
}

/// What a parameter is marked as, in a sentence for its description.
pub(super) fn marked(parameter: &Parameter) -> Option<String> {
    let words: Vec<&str> = parameter.marks.iter().map(|mark| mark.value.word()).collect();
    (!words.is_empty()).then(|| format!(" It is {}.", words.join(" and ")))
}

/// Whether a parameter is no part of a request.
pub(super) fn is_sent(parameter: &&Parameter) -> bool {
    !parameter.is_marked(Mark::ReadOnly)
}
