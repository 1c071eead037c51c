//! Reads and writes the structs for answers of the server, to which it may add fields at any time.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

/// Implements `Serialize` and `Deserialize` for a struct with a field `extra`, which keeps everything that has
/// no other field.
///
/// Each property is
/// - `required`: an error if it is missing or of another type;
/// - `optional`: an `Option`, left out for `None`; a value of another type stays in `extra`, because an
///   answer that may have been paid for must not be lost over a detail.
///
/// `field = "name": …` is a property whose name differs from the field's.
macro_rules! answer {
    ($Name:ident { $($field:ident $(= $name:literal)?: $presence:ident),* $(,)? }) => {
        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = serializer.serialize_map(None)?;
                $($crate::runtime::answer::$presence::write(&mut object, $crate::runtime::answer!(@name $field $($name)?), &self.$field)?;)*
                $crate::runtime::answer::end(object, &self.extra)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let mut extra = <::serde_json::Map<String, ::serde_json::Value> as ::serde::Deserialize>::deserialize(deserializer)?;
                $(
                    let $field = $crate::runtime::answer::$presence::take(&mut extra, $crate::runtime::answer!(@name $field $($name)?))
                        .map_err(::serde::de::Error::custom)?;
                )*
                Ok(Self { $($field,)* extra })
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}

pub(crate) use answer;

/// A property that is always there.
pub(crate) mod required {
    use super::{DeserializeOwned, Map, Serialize, SerializeMap, Value};

    pub(crate) fn take<T: DeserializeOwned>(from: &mut Map<String, Value>, name: &str) -> Result<T, String> {
        let value = from.remove(name).ok_or_else(|| format!("missing field `{name}`"))?;
        serde_json::from_value(value).map_err(|error| format!("`{name}`: {error}"))
    }

    pub(crate) fn write<S: SerializeMap, T: Serialize>(to: &mut S, name: &str, value: &T) -> Result<(), S::Error> {
        to.serialize_entry(name, value)
    }
}

/// A property that may be left out or be `null`.
pub(crate) mod optional {
    use super::{DeserializeOwned, Map, Serialize, SerializeMap, Value};

    pub(crate) fn take<T: DeserializeOwned>(from: &mut Map<String, Value>, name: &str) -> Result<Option<T>, String> {
        let read = from.get(name).and_then(|value| T::deserialize(value).ok());
        if read.is_some() || from.get(name).is_some_and(Value::is_null) {
            from.remove(name);
        }
        Ok(read)
    }

    pub(crate) fn write<S: SerializeMap, T: Serialize>(
        to: &mut S,
        name: &str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        match value {
            Some(value) => to.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// Writes the extra properties, and ends the object.
pub(crate) fn end<S: SerializeMap>(mut object: S, extra: &Map<String, Value>) -> Result<S::Ok, S::Error> {
    for (name, value) in extra {
        object.serialize_entry(name, value)?;
    }
    object.end()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    #[derive(Debug, PartialEq)]
    struct Task {
        id: String,
        kind: Option<String>,
        progress: Option<f64>,
        extra: Map<String, Value>,
    }

    answer! {
        Task {
            id: required,
            kind = "type": optional,
            progress: optional,
        }
    }

    fn read(body: Value) -> Result<Task, String> {
        serde_json::from_value(body).map_err(|error| error.to_string())
    }

    #[test]
    fn what_no_field_takes_is_kept_and_written_back() {
        let body = json!({"id": "t", "type": "video", "progress": 5.0, "eta": {"seconds": 3}});
        let task = read(body.clone());
        assert_eq!(task.as_ref().map(|task| task.extra.len()), Ok(1));
        assert_eq!(task.map(|task| serde_json::to_value(task).unwrap_or_default()), Ok(body));
    }

    #[test]
    fn an_optional_value_of_another_type_is_kept_as_it_is() {
        let body = json!({"id": "t", "progress": "halfway"});
        let task = read(body.clone());
        assert_eq!(task.as_ref().map(|task| task.progress), Ok(None));
        assert_eq!(task.map(|task| serde_json::to_value(task).unwrap_or_default()), Ok(body));
    }

    #[test]
    fn null_is_as_good_as_nothing() {
        assert_eq!(read(json!({"id": "t", "type": null})).map(|task| (task.kind, task.extra.len())), Ok((None, 0)));
    }

    #[test]
    fn a_required_value_must_be_there_and_of_its_type() {
        assert_eq!(read(json!({})), Err("missing field `id`".to_owned()));
        assert!(read(json!({"id": 5})).is_err_and(|error| error.starts_with("`id`: invalid type")));
        assert!(read(json!([])).is_err());
    }
}
