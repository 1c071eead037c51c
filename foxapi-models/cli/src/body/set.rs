//! `--set PATH=JSON`: a value at any place of the body.

use serde_json::{Map, Value};

use crate::failure::Failure;

use super::text;

/// Puts a value in the place that an assignment names, and creates missing objects and lists on the path.
pub(super) fn apply(body: &mut Value, assignment: &str) -> Result<(), Failure> {
    let wrong = |reason: String| {
        let failure = Failure::usage(format!("--set {}: {reason}", assignment.split('=').next().unwrap_or_default()));
        failure.help("for example: --set seed=5, --set 'style=\"oil\"', --set elements.0.name='\"Anna\"', --set shots=@shots.json")
    };
    let Some((path, json)) = assignment.split_once('=') else {
        return Err(wrong("has no `=` and no value".to_owned()));
    };
    let value =
        text::json(&text::contents(json)?).map_err(|error| wrong(format!("the value {error}; a text needs quotes")))?;
    let steps = steps(path);
    if steps.iter().any(String::is_empty) {
        return Err(wrong("a step of the path is empty".to_owned()));
    }
    if steps.first().is_some_and(|step| step == "model") {
        return Err(wrong("the model is named by the command".to_owned()));
    }
    let mut place = body;
    for (index, step) in steps.iter().enumerate() {
        let before = || steps.get(..index).unwrap_or_default().join(".");
        if place.is_null() {
            *place = if step.parse::<usize>().is_ok() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        place = match place {
            Value::Object(object) => object.entry(step.clone()).or_insert(Value::Null),
            Value::Array(items) => {
                let index: usize = step
                    .parse()
                    .map_err(|_| wrong(format!("{} is a list: {step:?} is not the number of an item", before())))?;
                if index > items.len() {
                    return Err(wrong(format!(
                        "{} has {} items: item {index} would leave a gap",
                        before(),
                        items.len()
                    )));
                }
                if index == items.len() {
                    items.push(Value::Null);
                }
                items.get_mut(index).ok_or_else(|| wrong("there is no such item".to_owned()))?
            }
            _ => return Err(wrong(format!("{} is neither an object nor a list", before()))),
        };
    }
    *place = value;
    Ok(())
}

/// The steps of a path, which is a JSON Pointer or has dots between the steps.
fn steps(path: &str) -> Vec<String> {
    match path.strip_prefix('/') {
        Some(path) => path.split('/').map(foxapi_schema::pointer::name).collect(),
        None => path.split('.').map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::apply;

    fn set(assignments: &[&str]) -> Result<Value, String> {
        let mut body = json!({"model": "m", "shots": [{"prompt": "a"}], "prompt": "p"});
        for assignment in assignments {
            apply(&mut body, assignment).map_err(|failure| failure.errors.join("\n"))?;
        }
        Ok(body)
    }

    #[test]
    fn a_value_goes_to_any_place() {
        for (assignment, path, value) in [
            ("seed=5", "/seed", json!(5)),
            ("style=\"oil\"", "/style", json!("oil")),
            ("shots.0.duration=3", "/shots/0/duration", json!(3)),
            ("shots.1={\"prompt\": \"b\"}", "/shots/1/prompt", json!("b")),
            ("/shots/0/prompt=\"c=d\"", "/shots/0/prompt", json!("c=d")),
            ("/a~1b=null", "/a~1b", json!(null)),
            ("new.0.deep=true", "/new/0/deep", json!(true)),
            ("prompt=\"other\"", "/prompt", json!("other")),
        ] {
            assert_eq!(set(&[assignment]).as_ref().map(|body| body.pointer(path)), Ok(Some(&value)), "{assignment}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (assignment, reason) in [
            ("seed", "has no `=`"),
            ("seed=five", "cannot be read as JSON"),
            ("shots.2=1", "would leave a gap"),
            ("shots.x=1", "not the number of an item"),
            ("prompt.x=1", "neither an object nor a list"),
            ("=1", "is empty"),
            ("a..b=1", "is empty"),
            ("model=\"other\"", "named by the command"),
            ("shots.99999999999999999999=1", "not the number of an item"),
        ] {
            let refused = set(&[assignment]).err().unwrap_or_default();
            assert!(refused.contains(reason), "{assignment}: {refused}");
        }
    }
}
