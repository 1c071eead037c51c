//! A valid body of a model, assembled from the examples of its parameters.

use foxapi_models::{Model, Parameter, Request};
use serde_json::{Map, Value};

use crate::catalogue::AnyRequest;
use crate::flags;

/// A body with the required parameters and, unless a rule forbids it, those that most callers set.
pub(crate) fn body(model: &Model) -> Value {
    let example = |parameter: &Parameter| {
        let value = parameter.examples.first().or(parameter.default.as_ref()).filter(|value| !value.is_null())?;
        Some((parameter.name.clone(), value.clone()))
    };
    let mut body = Map::new();
    body.insert("model".to_owned(), model.id.clone().into());
    body.extend(flags::parameters(model).filter(|parameter| parameter.required).filter_map(example));
    let optional: Vec<(String, Value)> = flags::parameters(model)
        .filter(|parameter| !parameter.required && !parameter.advanced)
        .filter_map(example)
        .collect();
    if !is_valid(&body) {
        // A rule may require one or two parameters that are optional by themselves.
        body = least(&body, &optional).unwrap_or(body);
    }
    for (name, value) in optional {
        let mut candidate = body.clone();
        candidate.entry(name).or_insert(value);
        if is_valid(&candidate) {
            body = candidate;
        }
    }
    body.into()
}

/// The body with the one or two further parameters that make it valid.
fn least(body: &Map<String, Value>, optional: &[(String, Value)]) -> Option<Map<String, Value>> {
    let with = |added: &[&(String, Value)]| {
        let mut candidate = body.clone();
        candidate.extend(added.iter().map(|(name, value)| (name.clone(), value.clone())));
        is_valid(&candidate).then_some(candidate)
    };
    let single = optional.iter().find_map(|parameter| with(&[parameter]));
    single.or_else(|| optional.iter().find_map(|first| optional.iter().find_map(|second| with(&[first, second]))))
}

fn is_valid(body: &Map<String, Value>) -> bool {
    AnyRequest::from_value(&body.clone().into()).is_ok()
}

#[cfg(test)]
mod tests {
    use foxapi_models::{Request, models};

    use crate::catalogue::AnyRequest;

    #[test]
    fn every_model_has_a_valid_example() {
        for model in models() {
            let body = super::body(model);
            let read = AnyRequest::from_value(&body);
            let found = read.as_ref().map(Request::model).map_err(ToString::to_string);
            assert_eq!(found, Ok(model.id.as_str()), "{body}");
        }
    }
}
