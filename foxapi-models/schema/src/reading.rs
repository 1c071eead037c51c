//! Reads JSON of any shape within a budget, and finds duplicate names in objects.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::pointer;

/// With its feature `arbitrary_precision`, which any crate in the build can turn on, serde_json presents a number
/// as an object with only this name.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on: only then can a number be larger than any float.
fn numbers_are_text() -> bool {
    "1e999".parse::<Number>().is_ok()
}

/// A type that JSON text can be read into.
pub(crate) trait Tree<'t>: Sized {
    /// Null, a boolean or a number.
    fn scalar(value: Value) -> Self;

    fn text(text: Cow<'t, str>) -> Self;

    fn array(items: Vec<Self>) -> Self;

    /// Adds the names that the object has twice to `duplicates`, if it does not keep all its members.
    fn object(members: Vec<(Cow<'t, str>, Self)>, duplicates: &mut Duplicates) -> Self;
}

/// Keeps the last of several members with the same name.
impl<'t> Tree<'t> for Value {
    fn scalar(value: Value) -> Self {
        value
    }

    fn text(text: Cow<'t, str>) -> Self {
        text.into()
    }

    fn array(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn object(members: Vec<(Cow<'t, str>, Self)>, duplicates: &mut Duplicates) -> Self {
        let mut object = Map::new();
        for (name, value) in members {
            match object.entry(name) {
                Entry::Vacant(place) => _ = place.insert(value),
                Entry::Occupied(mut place) => {
                    duplicates.add(place.key());
                    place.insert(value);
                }
            }
        }
        Self::Object(object)
    }
}

/// How much memory the values that are read may take.
///
/// A text grows when it is read: each of the two bytes of `1,` becomes 32, and each `{"a":1}` becomes a node of a tree.
#[derive(Debug)]
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(32 * 1024 * 1024)
    }
}

impl Budget {
    /// A budget of that many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// The cost of a value, and as much again for the growth of the list it is in.
    const SCALAR: usize = 2 * size_of::<Value>();

    /// How many members the nodes of a tree have room for.
    const MEMBERS: usize = 11;

    /// The cost of an object that is not empty.
    const NODE: usize = Self::MEMBERS * (size_of::<String>() + size_of::<Value>());

    pub(crate) fn is_spent(&self) -> bool {
        self.0 == 0
    }

    fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        self.0 = self.0.saturating_sub(bytes);
        if self.is_spent() { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

/// How many duplicates are reported by path.
pub(crate) const MOST_PATHS: usize = 200;

/// Names that an object has twice.
#[derive(Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "hidden from the documentation, and made by tests")]
pub struct Duplicates {
    /// The paths of the first of them.
    pub paths: Vec<String>,
    /// How many others there are.
    pub more: usize,
}

impl Duplicates {
    /// Adds a name of the object being read. Its path grows step by step as the surrounding values are read.
    pub(crate) fn add(&mut self, name: &str) {
        let mut path = String::new();
        pointer::push(&mut path, name);
        match self.paths.len() < MOST_PATHS {
            true => self.paths.push(path),
            false => self.more += 1,
        }
    }

    /// Prepends a step to the paths after the first `known`. Returns the number of all paths.
    pub(crate) fn are_below(&mut self, known: usize, step: impl FnOnce() -> String) -> usize {
        if let Some(paths) = self.paths.get_mut(known..).filter(|paths| !paths.is_empty()) {
            let mut outer = String::new();
            pointer::push(&mut outer, &step());
            paths.iter_mut().for_each(|path| path.insert_str(0, &outer));
        }
        self.paths.len()
    }
}

/// The state of a reader besides the tree.
#[derive(Debug)]
pub(crate) struct Reading<'b> {
    budget: &'b mut Budget,
    /// Names that an object has twice.
    pub(crate) found: Duplicates,
}

impl<'b> Reading<'b> {
    pub(crate) fn within(budget: &'b mut Budget) -> Self {
        Self { budget, found: Duplicates::default() }
    }
}

/// Reads a tree within a budget.
pub(crate) struct Anything<'r, 'b, T> {
    reading: &'r mut Reading<'b>,
    tree: PhantomData<T>,
}

impl<'r, 'b, T> Anything<'r, 'b, T> {
    pub(crate) fn new(reading: &'r mut Reading<'b>) -> Self {
        Self { reading, tree: PhantomData }
    }
}

impl<'t, T: Tree<'t>> Anything<'_, '_, T> {
    fn text<E: Error>(self, text: Cow<'t, str>) -> Result<T, E> {
        self.reading.budget.spend(text.len())?;
        Ok(T::text(text))
    }

    /// An integer of any size, as its text is read.
    fn integer<E: Error>(integer: impl fmt::Display) -> Result<T, E> {
        integer.to_string().parse().map(|number| T::scalar(Value::Number(number))).map_err(E::custom)
    }
}

impl<'de, T: Tree<'de>> DeserializeSeed<'de> for Anything<'_, '_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.reading.budget.spend(Budget::SCALAR)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Tree<'de>> Visitor<'de> for Anything<'_, '_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<T, E> {
        Ok(T::scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<T, E> {
        Ok(T::scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<T, E> {
        Ok(T::scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<T, E> {
        Ok(T::scalar(value.into()))
    }

    // With serde_json's feature `arbitrary_precision` a `Value` can hold such integers.
    fn visit_i128<E: Error>(self, value: i128) -> Result<T, E> {
        Self::integer(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<T, E> {
        Self::integer(value)
    }

    // Other formats than JSON can have infinity and NaN.
    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))?;
        Ok(T::scalar(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<T, E> {
        self.text(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        self.text(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        let mut items = Vec::new();
        let mut known = self.reading.found.paths.len();
        while let Some(item) = seq.next_element_seed(Anything::new(self.reading))? {
            known = self.reading.found.are_below(known, || items.len().to_string());
            items.push(item);
        }
        Ok(T::array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut members = Vec::new();
        let mut known = self.reading.found.paths.len();
        while let Some(name) = map.next_key_seed(Name)? {
            if members.is_empty() && name == NUMBER && numbers_are_text() {
                let number = map.next_value::<String>()?;
                // Without that feature `-0` is a float, which no integer field takes.
                let number = if number == "-0" { "-0.0" } else { &number };
                return number.parse().map(|number| T::scalar(Value::Number(number))).map_err(A::Error::custom);
            }
            if members.is_empty() {
                self.reading.budget.spend(Budget::NODE)?;
                members.reserve(Budget::MEMBERS);
            }
            self.reading.budget.spend(size_of::<String>() + name.len())?;
            let value = map.next_value_seed(Anything::new(self.reading))?;
            known = self.reading.found.are_below(known, || name.clone().into_owned());
            members.push((name, value));
        }
        Ok(T::object(members, &mut self.reading.found))
    }
}

/// Reads the name of a member, without a copy if it is in the text.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(name.to_owned().into())
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(name.into())
    }
}
