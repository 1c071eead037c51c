//! Properties that are objects with arbitrary names, which must not be duplicated.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};

/// The types that such a property is read into: a map or an option of one.
pub(crate) trait Target: From<BTreeMap<String, Self::Value>> {
    type Value;

    /// What `null` is read as.
    const NULL: Option<Self>;
}

impl<T> Target for BTreeMap<String, T> {
    type Value = T;

    const NULL: Option<Self> = None;
}

impl<T> Target for Option<BTreeMap<String, T>> {
    type Value = T;

    const NULL: Option<Self> = Some(None);
}

pub(crate) fn read<'de, A: MapAccess<'de>, T: Target<Value: Deserialize<'de>>>(object: &mut A) -> Result<T, A::Error> {
    object.next_value_seed(Entries(PhantomData))
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Target<Value: Deserialize<'de>>> DeserializeSeed<'de> for Entries<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        match T::NULL {
            Some(_) => deserializer.deserialize_option(self),
            None => deserializer.deserialize_map(self),
        }
    }
}

impl<'de, T: Target<Value: Deserialize<'de>>> Visitor<'de> for Entries<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        T::NULL.ok_or_else(|| E::invalid_type(Unexpected::Unit, &self))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<T, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = object.next_key::<String>()? {
            match map.entry(name) {
                Entry::Vacant(free) => _ = free.insert(object.next_value()?),
                Entry::Occupied(taken) => {
                    return Err(A::Error::custom(format_args!("duplicate name `{}`", taken.key())));
                }
            }
        }
        Ok(map.into())
    }
}
