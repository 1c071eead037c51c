//! `x-models` as sentences and as standard keywords: which models of a page have a parameter or some of its options.

use serde_json::{Map, Value, json};

use crate::number::equal;
use crate::words;

/// A self-contained sentence saying which models have some options, or the whole parameter if there are no options.
#[must_use]
pub fn only_for(parameter: &str, options: &[Value], models: &[String]) -> String {
    let verb = if options.len() > 1 { "are" } else { "is" };
    format!("{} {verb} only for {}.", subject(parameter, options), words::names(models))
}

/// A parameter, or some of its options, in words.
#[must_use]
pub fn subject(parameter: &str, options: &[Value]) -> String {
    let options: Vec<String> = options.iter().map(words::code).collect();
    if options.is_empty() {
        format!("`{parameter}`")
    } else {
        format!("{} of `{parameter}`", words::list(&options, "and"))
    }
}

/// The rule that `x-models` is equivalent to: for the `others` of the page's models, the parameter is null or left out,
/// or is none of the options.
#[must_use]
pub fn rule(parameter: &str, options: &[Value], models: &[String], others: &[&str]) -> Value {
    let lacking = if options.is_empty() { json!({"type": "null"}) } else { json!({"not": {"enum": options}}) };
    json!({
        "description": only_for(parameter, options, models),
        "if": {"required": ["model"], "properties": {"model": {"enum": others}}},
        "then": {"properties": {parameter: lacking}},
    })
}

/// Adds to the schema of a page the rules that its `x-models` are equivalent to.
pub(crate) fn expand(schema: &mut Value, models: &[&str]) {
    let mut rules = Vec::new();
    for (name, parameter) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let mut lists: Vec<(Vec<Value>, Vec<String>)> = Vec::new();
        lists.extend(listed(parameter).map(|models| (Vec::new(), models)));
        let forms = parameter.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        let branches = [parameter].into_iter().chain(forms).filter_map(|form| form.get("oneOf")?.as_array()).flatten();
        for (option, models) in branches.filter_map(|branch| Some((branch.get("const")?, listed(branch)?))) {
            match lists.iter_mut().find(|(options, known)| !options.is_empty() && *known == models) {
                Some((options, _)) if options.iter().any(|known| equal(known, option)) => {}
                Some((options, _)) => options.push(option.clone()),
                None => lists.push((vec![option.clone()], models)),
            }
        }
        for (options, having) in lists {
            let others: Vec<&str> =
                models.iter().copied().filter(|model| !having.iter().any(|known| known == model)).collect();
            rules.push(rule(name, &options, &having, &others));
        }
    }
    if let Some(schema) = schema.as_object_mut().filter(|_| !rules.is_empty()) {
        add(schema, rules);
    }
}

fn add(schema: &mut Map<String, Value>, mut rules: Vec<Value>) {
    if let Some(Value::Array(written)) = schema.remove("allOf") {
        rules.extend(written);
    }
    schema.insert("allOf".to_owned(), Value::Array(rules));
}

/// The models that `x-models` lists.
fn listed(schema: &Value) -> Option<Vec<String>> {
    let models = schema.get("x-models")?.as_array()?;
    Some(models.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_other_models_lack() {
        let mut schema = json!({"properties": {
            "seed": {"x-models": ["a"]},
            "size": {"oneOf": [{"const": "s"}, {"const": "m", "x-models": ["a"]}, {"const": "l", "x-models": ["a"]}]},
        }, "allOf": [{"description": "Written."}]});
        expand(&mut schema, &["a", "b"]);
        let of_b = json!({"required": ["model"], "properties": {"model": {"enum": ["b"]}}});
        let seed = json!({"properties": {"seed": {"type": "null"}}});
        let size = json!({"properties": {"size": {"not": {"enum": ["m", "l"]}}}});
        let rules = json!([
            {"description": "`seed` is only for `a`.", "if": of_b, "then": seed},
            {"description": "`m` and `l` of `size` are only for `a`.", "if": of_b, "then": size},
            {"description": "Written."},
        ]);
        assert_eq!(schema.get("allOf"), Some(&rules));
    }
}
