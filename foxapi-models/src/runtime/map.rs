//! Properties that are objects with arbitrary names, which must not be duplicated.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::object::required;

/// The types that such a property is read into: a map or an option of one.
pub(crate) trait Target: Sized {
    type Value;

    const NULLABLE: bool;

    fn of(map: Option<BTreeMap<String, Self::Value>>) -> Option<Self>;
}

impl<T> Target for BTreeMap<String, T> {
    type Value = T;

    const NULLABLE: bool = false;

    fn of(map: Option<Self>) -> Option<Self> {
        map
    }
}

impl<T> Target for Option<BTreeMap<String, T>> {
    type Value = T;

    const NULLABLE: bool = true;

    fn of(map: Option<BTreeMap<String, T>>) -> Option<Self> {
        Some(map)
    }
}

pub(crate) fn read<'de, A: MapAccess<'de>, T: Target<Value: Deserialize<'de>>>(
    slot: &mut Option<T>,
    name: &'static str,
    object: &mut A,
) -> Result<(), A::Error> {
    required::first(slot, name)?;
    *slot = object.next_value_seed(Entries(PhantomData))?;
    Ok(())
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Target<Value: Deserialize<'de>>> DeserializeSeed<'de> for Entries<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        if T::NULLABLE { deserializer.deserialize_option(self) } else { deserializer.deserialize_map(self) }
    }
}

impl<'de, T: Target<Value: Deserialize<'de>>> Visitor<'de> for Entries<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(T::of(None))
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(T::of(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Option<T>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = object.next_key::<String>()? {
            match map.entry(name) {
                Entry::Vacant(free) => _ = free.insert(object.next_value()?),
                Entry::Occupied(taken) => {
                    return Err(A::Error::custom(format_args!("duplicate name `{}`", taken.key())));
                }
            }
        }
        Ok(T::of(Some(map)))
    }
}
