//! Properties with JSON of any shape. No object in it may have duplicate names.

use foxapi_schema::json::{Budget, NoDuplicates};
use serde::de::{Error, MapAccess};
use serde_json::{Map, Value};

/// The types that such a property is read into: a free object, a list of them, or an option of either.
pub(crate) trait Free: Sized {
    fn of(value: Value) -> Result<Self, &'static str>;
}

impl Free for Map<String, Value> {
    fn of(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Object(object) => Ok(object),
            _ => Err("expected an object"),
        }
    }
}

impl<T: Free> Free for Vec<T> {
    fn of(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Array(items) => items.into_iter().map(T::of).collect(),
            _ => Err("expected an array"),
        }
    }
}

impl<T: Free> Free for Option<T> {
    fn of(value: Value) -> Result<Self, &'static str> {
        if value.is_null() { Ok(None) } else { T::of(value).map(Some) }
    }
}

pub(crate) fn read<'de, A: MapAccess<'de>, T: Free>(object: &mut A) -> Result<T, A::Error> {
    T::of(object.next_value_seed(NoDuplicates(&mut Budget::default()))?).map_err(A::Error::custom)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    #[derive(Debug, PartialEq)]
    struct Job {
        options: Map<String, Value>,
        extra: Option<Map<String, Value>>,
        steps: Option<Vec<Option<Map<String, Value>>>>,
    }

    crate::runtime::object! {
        Job {
            options: required free,
            extra: nullable free,
            steps: optional free,
        }
    }

    fn read(text: &str) -> Result<Job, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn any_json_is_read_and_written() {
        let text = r#"{"options":{"a":[1,{"b":null}],"c":1.5},"steps":[{},null,{"x":"y"}]}"#;
        let job = read(text);
        assert_eq!(job.as_ref().map(|job| job.options.get("a")), Ok(Some(&json!([1, {"b": null}]))));
        assert_eq!(serde_json::to_string(&job.ok()).ok().as_deref(), Some(text));
        assert_eq!(read(r#"{"options": {}, "extra": null}"#).map(|job| job.extra), Ok(None));
    }

    #[test]
    fn equal_names_and_other_types_are_refused() {
        let refusal = |text| read(text).map_or_else(|error| error, |job| format!("{job:?}"));
        assert!(refusal(r#"{"options": {"a": {"b": 1, "b": 2}}}"#).contains("a name twice"));
        assert!(refusal(r#"{"options": {}, "steps": [{"a": 1, "a": 1}]}"#).contains("a name twice"));
        assert!(refusal(r#"{"options": {}, "options": {}}"#).contains("duplicate field `options`"));
        assert!(refusal(r#"{"options": null}"#).contains("expected an object"));
        assert!(refusal(r#"{"options": {}, "steps": null}"#).contains("expected an array"));
        assert!(refusal(r#"{"options": {}, "steps": [[]]}"#).contains("expected an object"));
    }
}
