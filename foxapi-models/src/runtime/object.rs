//! Reads and writes the structs for closed JSON objects.
//!
//! This replaces serde's derive, which would also accept a JSON array (`["kling-…", "a prompt"]`), which no page
//! allows, and would need an attribute on every field.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Placeholder;

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
                $crate::runtime::write_object(self, stringify!($Name), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::read_object(deserializer)
            }
        }

        impl $crate::runtime::Object for $Name {
            const NAMES: &'static [&'static str] = &[$($crate::runtime::object!(@name $field $($name)?)),*];

            const REQUIRED: &'static [bool] = &[$($crate::runtime::$presence::REQUIRED),*];

            #[inline]
            fn write<W: $crate::runtime::Properties>(&self, to: &mut W) -> bool {
                true $(&& $crate::runtime::$presence::write(to, $crate::runtime::object!(@name $field $($name)?), &self.$field))*
            }

            #[inline]
            #[allow(unused_assignments, reason = "no property follows the last one")]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(&mut self, mut index: usize, from: &mut A) -> ::core::result::Result<(), A::Error> {
                $(
                    if index == 0 {
                        return $crate::runtime::object!(@read $presence $($kind)?: &mut self.$field, from);
                    }
                    index -= 1;
                )*
                Ok(()) // there are no others
            }
        }

        impl $crate::runtime::Placeholder for $Name {
            fn placeholder() -> Self {
                Self { $($field: $crate::runtime::placeholder()),* }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@read $presence:ident: $slot:expr, $from:ident) => { $crate::runtime::$presence::read($slot, $from) };
    (@read $presence:ident $kind:ident: $slot:expr, $from:ident) => {
        $crate::runtime::$presence::set($slot, $crate::runtime::$kind::read($from))
    };
}

pub(crate) use object;

/// An object whose properties are known.
///
/// What depends on its fields is here, and what does not is a function for all objects: that keeps what a compiler
/// has to check per page small.
pub(crate) trait Object: Placeholder {
    /// The names of the properties, in the order of the page.
    const NAMES: &'static [&'static str];

    /// Which of them are always there.
    const REQUIRED: &'static [bool];

    /// Passes the properties on in their order, until one is refused.
    fn write<W: Properties>(&self, to: &mut W) -> bool;

    /// Reads the value of the property at an index into its field.
    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, from: &mut A) -> Result<(), A::Error>;
}

/// Takes the properties of an object one by one.
pub(crate) trait Properties {
    /// Takes a property that may be left out. `false` if it takes no more.
    fn property<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) -> bool;
}

/// Counts the properties that are there.
struct Count(usize);

impl Properties for Count {
    #[inline]
    fn property<T: Serialize>(&mut self, _: &'static str, value: Option<&T>) -> bool {
        self.0 += usize::from(value.is_some());
        true
    }
}

/// Writes the properties that are there.
struct Writer<S: SerializeStruct> {
    object: S,
    error: Option<S::Error>,
}

impl<S: SerializeStruct> Properties for Writer<S> {
    // What is written has to stay in registers from one property to the next.
    #[inline(always)]
    fn property<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) -> bool {
        let written = match value {
            Some(value) => self.object.serialize_field(name, value),
            None => self.object.skip_field(name),
        };
        match written {
            Ok(()) => true,
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }
}

/// Writes an object.
#[inline]
pub(crate) fn write_object<T: Object, S: Serializer>(
    value: &T,
    name: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    value.write(&mut count);
    let mut writer = Writer { object: serializer.serialize_struct(name, count.0)?, error: None };
    value.write(&mut writer);
    writer.error.map_or_else(|| writer.object.end(), Err)
}

/// Reads an object.
#[inline]
pub(crate) fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<T, A::Error> {
        let mut value = T::placeholder();
        let mut seen = Seen::default();
        while let Some(index) = object.next_key_seed(PropertyIndex(T::NAMES))? {
            let Some(name) = T::NAMES.get(index) else {
                continue; // `PropertyIndex` gives no others
            };
            if !seen.is_first(index) {
                return Err(A::Error::duplicate_field(name));
            }
            value.read(index, &mut object)?;
        }
        seen.missing(T::NAMES, T::REQUIRED).map_or(Ok(value), |name| Err(A::Error::missing_field(name)))
    }
}

/// Which properties of an object have been read.
#[derive(Default)]
struct Seen {
    /// The first ones.
    bits: u64,
    /// Others, of objects that have many.
    more: Vec<usize>,
}

impl Seen {
    /// Notes a property. `false` if it had been read before.
    #[inline]
    fn is_first(&mut self, index: usize) -> bool {
        if self.has(index) {
            return false;
        }
        match bit(index) {
            Some(bit) => self.bits |= bit,
            None => self.more.push(index),
        }
        true
    }

    /// The first that is required and has not been read.
    #[inline]
    fn missing(&self, names: &[&'static str], required: &[bool]) -> Option<&'static str> {
        let mut properties = names.iter().zip(required).enumerate();
        properties.find(|(index, (_, required))| **required && !self.has(*index)).map(|(_, (name, _))| *name)
    }

    #[inline]
    fn has(&self, index: usize) -> bool {
        bit(index).map_or_else(|| self.more.contains(&index), |bit| self.bits & bit != 0)
    }
}

#[inline]
fn bit(index: usize) -> Option<u64> {
    (index < 64).then(|| 1 << index)
}

/// Reads the name of a property, which must be one of those listed, as its index.
struct PropertyIndex(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for PropertyIndex {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PropertyIndex {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Self::Value, E> {
        self.0.iter().position(|name| *name == found).ok_or_else(|| unknown(found))
    }
}

/// Not [`Error::unknown_field`]: that lists all names, which takes longer than reading a request, and is hardly ever seen.
#[cold]
fn unknown<E: Error>(found: &str) -> E {
    E::custom(format_args!("unknown field `{found}`"))
}

/// A property that is always there.
pub(crate) mod required {
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::Serialize;

    use super::Properties;

    pub(crate) const REQUIRED: bool = true;

    #[inline]
    pub(crate) fn write<W: Properties, T: Serialize>(to: &mut W, name: &'static str, value: &T) -> bool {
        to.property(name, Some(value))
    }

    #[inline]
    pub(crate) fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        slot: &mut T,
        from: &mut A,
    ) -> Result<(), A::Error> {
        set(slot, from.next_value())
    }

    #[inline]
    pub(crate) fn set<T, E>(slot: &mut T, value: Result<T, E>) -> Result<(), E> {
        value.map(|value| *slot = value)
    }
}

/// A property that may be left out.
pub(crate) mod optional {
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::Serialize;

    use super::Properties;

    pub(crate) const REQUIRED: bool = false;

    #[inline]
    pub(crate) fn write<W: Properties, T: Serialize>(to: &mut W, name: &'static str, value: &Option<T>) -> bool {
        to.property(name, value.as_ref())
    }

    #[inline]
    pub(crate) fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        slot: &mut Option<T>,
        from: &mut A,
    ) -> Result<(), A::Error> {
        set(slot, from.next_value())
    }

    #[inline]
    pub(crate) fn set<T, E>(slot: &mut Option<T>, value: Result<T, E>) -> Result<(), E> {
        value.map(|value| *slot = Some(value))
    }
}

/// A property that may be left out or be `null`.
pub(crate) mod nullable {
    pub(crate) use super::optional::{REQUIRED, write};
    pub(crate) use super::required::{read, set};
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io;

    use serde_json::json;

    use super::Seen;

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

    /// Fails to write once, after a number of writes.
    struct FailsAt(usize);

    impl io::Write for FailsAt {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            let fails = self.0 == 0;
            self.0 = self.0.wrapping_sub(1);
            if fails { Err(io::ErrorKind::Other.into()) } else { Ok(text.len()) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        let shot = Shot { prompt: "p".into(), kind: Some("k".into()), seed: Some(1) };
        let mut sound = FailsAt(usize::MAX);
        assert!(serde_json::to_writer(&mut sound, &shot).is_ok());
        for place in 0..usize::MAX - sound.0 {
            assert!(serde_json::to_writer(FailsAt(place), &shot).is_err(), "{place}");
        }
    }

    #[test]
    fn properties_are_noted_however_many_there_are() {
        let (names, required) = (["x"; 200], [true; 200]);
        let mut seen = Seen::default();
        for index in 0..names.len() {
            assert_eq!(seen.missing(&names, &required), Some("x"), "{index}");
            assert!(seen.is_first(index), "{index}");
            assert!((0..=index).all(|index| !seen.is_first(index)), "{index}");
        }
        assert_eq!(seen.missing(&names, &required), None);
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
