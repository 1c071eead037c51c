//! Reads JSON of any shape within a budget, and finds duplicate names in objects.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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
pub(crate) trait Tree: Sized {
    /// The members of an object that have been read so far.
    type Members: Default;

    fn scalar(value: Value) -> Self;

    fn array(items: Vec<Self>) -> Self;

    fn object(members: Self::Members) -> Self;

    /// Adds a member. Returns its name if it replaces a member of the same name.
    fn add(members: &mut Self::Members, name: String, value: Self) -> Option<String>;
}

/// Keeps the last of several members with the same name.
impl Tree for Value {
    type Members = Map<String, Self>;

    fn scalar(value: Value) -> Self {
        value
    }

    fn array(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn object(members: Self::Members) -> Self {
        Self::Object(members)
    }

    fn add(members: &mut Self::Members, name: String, value: Self) -> Option<String> {
        match members.entry(name) {
            Entry::Vacant(place) => {
                place.insert(value);
                None
            }
            Entry::Occupied(mut place) => {
                place.insert(value);
                Some(place.key().clone())
            }
        }
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

    /// The cost of an object that is not empty: the nodes of its tree have room for eleven entries.
    const NODE: usize = 11 * (size_of::<String>() + size_of::<Value>());

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

impl<'de, T: Tree> DeserializeSeed<'de> for Anything<'_, '_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.reading.budget.spend(Budget::SCALAR)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Tree> Visitor<'de> for Anything<'_, '_, T> {
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

    fn visit_f64<E>(self, value: f64) -> Result<T, E> {
        Ok(T::scalar(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        self.reading.budget.spend(value.len())?;
        Ok(T::scalar(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        self.reading.budget.spend(value.len())?;
        Ok(T::scalar(value.into()))
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
        let mut members = T::Members::default();
        let mut is_empty = true;
        let mut known = self.reading.found.paths.len();
        while let Some(name) = map.next_key::<String>()? {
            if is_empty && name == NUMBER && numbers_are_text() {
                let number = map.next_value::<String>()?.parse::<Number>().map_err(A::Error::custom)?;
                return Ok(T::scalar(Value::Number(number)));
            }
            let node = if is_empty { Budget::NODE } else { 0 };
            is_empty = false;
            self.reading.budget.spend(node + size_of::<String>() + name.len())?;
            let value = map.next_value_seed(Anything::new(self.reading))?;
            known = self.reading.found.are_below(known, || name.clone());
            if let Some(name) = T::add(&mut members, name, value) {
                self.reading.found.add(&name);
                known = self.reading.found.paths.len();
            }
        }
        Ok(T::object(members))
    }
}
