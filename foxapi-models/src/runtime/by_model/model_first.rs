//! Puts the `model` of an object first, wherever it was found.

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess};
use serde_json::Value;

/// An object whose `model` has already been read: yields it again, then the members before it, then the rest.
pub(super) struct ModelFirst<A> {
    model: &'static str,
    before: std::vec::IntoIter<(String, Value)>,
    stage: Stage,
    rest: A,
}

impl<A> ModelFirst<A> {
    pub(super) fn new(model: &'static str, before: Vec<(String, Value)>, rest: A) -> Self {
        Self { model, before: before.into_iter(), stage: Stage::Model, rest }
    }
}

/// What an object yields next.
enum Stage {
    Model,
    /// The buffered members; contains the value that belongs to the last name.
    Before(Option<Value>),
    Rest,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for ModelFirst<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.stage {
            Stage::Rest => self.rest.next_key_seed(seed),
            Stage::Model => seed.deserialize(StrDeserializer::new("model")).map(Some),
            Stage::Before(_) => match self.before.next() {
                Some((name, value)) => {
                    self.stage = Stage::Before(Some(value));
                    seed.deserialize(StringDeserializer::new(name)).map(Some)
                }
                None => {
                    self.stage = Stage::Rest;
                    self.rest.next_key_seed(seed)
                }
            },
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match &mut self.stage {
            Stage::Rest => self.rest.next_value_seed(seed),
            Stage::Model => {
                // Usually nothing was buffered, and only the rest remains.
                self.stage = if self.before.len() == 0 { Stage::Rest } else { Stage::Before(None) };
                seed.deserialize(StrDeserializer::new(self.model))
            }
            Stage::Before(value) => {
                let value = value.take().unwrap_or_default();
                seed.deserialize(value.into_deserializer()).map_err(A::Error::custom)
            }
        }
    }
}
