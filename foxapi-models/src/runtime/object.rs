//! Reads and writes the structs for closed JSON objects.
//!
//! This replaces serde's derive, which would also accept a JSON array (`["kling-…", "a prompt"]`), which no page
//! allows, and would need an attribute on every field.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

/// Implements `Serialize` and `Deserialize` for a struct whose fields are all the properties of an object.
///
/// Each property is
/// - `required`: always written, and an error if it is missing;
/// - `optional`: an `Option`, left out for `None`; `null` is an error;
/// - `nullable`: the same, but `null` is read as `None`.
///
/// `field = "name": …` is a property whose name differs from the field's, `… map` one that is a map, `… free` one
/// with free objects.
macro_rules! object {
    ($Name:ident { $($field:ident $(= $name:literal)?: $presence:ident $($kind:ident)?),* $(,)? }) => {
        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = serializer.serialize_struct(stringify!($Name), 0 $(+ $crate::runtime::$presence::count(&self.$field))*)?;
                $($crate::runtime::$presence::write(&mut object, $crate::runtime::object!(@name $field $($name)?), &self.$field)?;)*
                ::serde::ser::SerializeStruct::end(object)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                struct Properties;

                impl<'de> ::serde::de::Visitor<'de> for Properties {
                    type Value = $Name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut object: A) -> ::core::result::Result<$Name, A::Error> {
                        $(let mut $field = ::core::option::Option::None;)*
                        while let Some(name) = object.next_key_seed($crate::runtime::PropertyName(<$Name as $crate::runtime::Named>::NAMES))? {
                            match name {
                                $($crate::runtime::object!(@name $field $($name)?) => {
                                    $crate::runtime::object!(@read $presence $($kind)?)(&mut $field, name, &mut object)?;
                                })*
                                _ => {} // `PropertyName` gives no others
                            }
                        }
                        Ok($Name {
                            $($field: $crate::runtime::$presence::finish($field, $crate::runtime::object!(@name $field $($name)?))?,)*
                        })
                    }
                }

                deserializer.deserialize_map(Properties)
            }
        }

        impl $crate::runtime::Named for $Name {
            const NAMES: &'static [&'static str] = &[$($crate::runtime::object!(@name $field $($name)?)),*];
        }

        impl $crate::runtime::Placeholder for $Name {
            fn placeholder() -> Self {
                Self { $($field: $crate::runtime::placeholder()),* }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@read $presence:ident) => { $crate::runtime::$presence::read };
    (@read $presence:ident $kind:ident) => { $crate::runtime::$kind::read };
}

pub(crate) use object;

/// An object whose properties are known.
pub(crate) trait Named {
    /// Their names, in the order of the page.
    const NAMES: &'static [&'static str];
}

/// Reads the name of a property, which must be one of those listed.
pub(crate) struct PropertyName(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for PropertyName {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PropertyName {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<&'static str, E> {
        self.0.iter().copied().find(|name| *name == found).ok_or_else(|| unknown(found))
    }
}

/// Not [`Error::unknown_field`]: that lists all names, which takes longer than reading a request, and is hardly ever seen.
#[cold]
fn unknown<E: Error>(found: &str) -> E {
    E::custom(format_args!("unknown field `{found}`"))
}

/// A property that is always there.
pub(crate) mod required {
    use serde::de::{Deserialize, Error, MapAccess};
    use serde::ser::{Serialize, SerializeStruct};

    pub(crate) const fn count<T>(_: &T) -> usize {
        1
    }

    pub(crate) fn write<S: SerializeStruct, T: Serialize>(
        object: &mut S,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        object.serialize_field(name, value)
    }

    pub(crate) fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        slot: &mut Option<T>,
        name: &'static str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        first(slot, name)?;
        *slot = Some(object.next_value()?);
        Ok(())
    }

    /// Refuses a duplicate name.
    pub(crate) fn first<T, E: Error>(slot: &Option<T>, name: &'static str) -> Result<(), E> {
        if slot.is_some() { Err(E::duplicate_field(name)) } else { Ok(()) }
    }

    pub(crate) fn finish<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }
}

/// A property that may be left out.
pub(crate) mod optional {
    use serde::de::Error;
    use serde::ser::{Serialize, SerializeStruct};

    pub(crate) use super::required::read;

    pub(crate) const fn count<T>(value: &Option<T>) -> usize {
        value.is_some() as usize
    }

    pub(crate) fn write<S: SerializeStruct, T: Serialize>(
        object: &mut S,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        match value {
            Some(value) => object.serialize_field(name, value),
            None => object.skip_field(name),
        }
    }

    pub(crate) fn finish<T, E: Error>(slot: Option<T>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

/// A property that may be left out or be `null`.
pub(crate) mod nullable {
    use serde::de::Error;

    pub(crate) use super::optional::{count, write};
    pub(crate) use super::required::read;

    pub(crate) fn finish<T, E: Error>(slot: Option<Option<T>>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot.flatten())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    #[derive(Clone, Debug, PartialEq)]
    struct Shot {
        prompt: String,
        kind: Option<String>,
        seed: Option<u32>,
    }

    object! {
        Shot {
            prompt: required,
            kind = "type": optional,
            seed: nullable,
        }
    }

    #[derive(Debug, PartialEq)]
    struct Tagged {
        tags: BTreeMap<String, u32>,
        notes: Option<BTreeMap<String, Option<String>>>,
        marks: Option<BTreeMap<String, bool>>,
    }

    object! {
        Tagged {
            tags: required map,
            notes: nullable map,
            marks: optional map,
        }
    }

    #[test]
    fn map_takes_each_name_once() {
        let tagged = |text| serde_json::from_str::<Tagged>(text).map_err(|error| error.to_string());
        let read = tagged(r#"{"tags": {"b": 2, "a": 1}, "notes": {"x": null}, "marks": {}}"#);
        let tags = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        let notes = Some(BTreeMap::from([("x".to_owned(), None)]));
        assert_eq!(read, Ok(Tagged { tags, notes, marks: Some(BTreeMap::new()) }));
        assert_eq!(tagged(r#"{"tags": {}, "notes": null}"#).map(|read| read.notes), Ok(None));
        let refusal = |text| tagged(text).map_or_else(|error| error, |read| format!("{read:?}"));
        assert!(refusal(r#"{"tags": {"a": 1, "a": 2}}"#).contains("duplicate name `a`"));
        assert!(refusal(r#"{"tags": {}, "tags": {}}"#).contains("duplicate field `tags`"));
        assert!(refusal(r#"{"tags": {}, "notes": null, "notes": null}"#).contains("duplicate field `notes`"));
        assert!(refusal(r#"{"tags": {}, "marks": null}"#).contains("null"));
        assert!(refusal(r#"{"tags": [["a", 1]]}"#).contains("expected an object"));
        assert!(refusal(r#"{"notes": {}}"#).contains("missing field `tags`"));
    }

    fn read(text: &str) -> Result<Shot, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn refusal(text: &str) -> String {
        read(text).map_or_else(|error| error, |shot| format!("{shot:?}"))
    }

    #[test]
    fn object_is_read_and_written_in_order() {
        let shot = Shot { prompt: "p".into(), kind: Some("k".into()), seed: None };
        assert_eq!(read(r#"{"seed": null, "type": "k", "prompt": "p"}"#), Ok(shot.clone()));
        assert_eq!(serde_json::to_string(&shot).ok().as_deref(), Some(r#"{"prompt":"p","type":"k"}"#));
        assert_eq!(serde_json::from_value(json!({"prompt": "p", "type": "k"})).ok(), Some(shot));
    }

    #[test]
    fn everything_else_is_refused() {
        assert!(refusal(r#"["p", null, null]"#).contains("expected an object"));
        assert!(refusal(r#"{"prompt": "p", "type": null}"#).contains("null"));
        assert!(refusal(r#"{"prompt": "p", "kind": "k"}"#).contains("unknown field `kind`"));
        assert!(refusal(r#"{"prompt": "p", "prompt": "p"}"#).contains("duplicate field"));
        assert!(refusal(r#"{"seed": null, "seed": null}"#).contains("duplicate field"));
        assert!(refusal("{}").contains("missing field `prompt`"));
    }
}
