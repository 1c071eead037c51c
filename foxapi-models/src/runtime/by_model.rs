//! Chooses by its `model` which of several requests a JSON object is.

mod id;
mod model_first;
mod models;

use std::fmt;
use std::marker::PhantomData;

use foxapi_schema::{ValidationError, json, message};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::de::Read;

use crate::{Page, read, request::Request};
use id::model_id;
use model_first::ModelFirst;

pub(crate) use models::Models;

/// The requests that [`ByModel`] chooses from.
pub(crate) trait Variants: Request {
    /// Which of the requests one is.
    type Kind: Copy + Send + Sync + 'static;

    /// The pages, each with the request that it describes.
    fn kinds() -> Vec<(&'static Page, Self::Kind)>;

    /// All models.
    fn models() -> &'static Models<Self::Kind>;

    /// Reads a request of this kind from text, if it is valid.
    fn read_valid<'de, T: Read<'de>>(kind: Self::Kind, text: &mut serde_json::Deserializer<T>) -> Option<Self>;

    /// Reads a request from an object.
    fn read<'de, A: MapAccess<'de>>(kind: Self::Kind, object: A) -> Result<Self, A::Error>;
}

/// Reads a request of one of several pages from JSON text: finds `model` first, then reads it as a request of that
/// page.
pub(crate) fn from_text<R: Variants>(text: &str) -> Result<R, ValidationError> {
    from(text.as_bytes(), || serde_json::Deserializer::from_str(text))
}

/// Like [`from_text`], from bytes.
pub(crate) fn from_slice<R: Variants>(text: &[u8]) -> Result<R, ValidationError> {
    from(text, || serde_json::Deserializer::from_slice(text))
}

#[inline]
fn from<'de, R: Variants, T: Read<'de>>(
    text: &[u8],
    reader: impl Fn() -> serde_json::Deserializer<T>,
) -> Result<R, ValidationError> {
    match model_id(text).and_then(|id| R::models().get(id)) {
        Some(known) => R::read_valid(known.kind, &mut reader()),
        None => read::valid(&mut reader(), R::is_valid),
    }
    .ok_or_else(|| read::explain_slice::<R>(text, R::pages()))
}

/// The request as a variant, if it is valid. Not inlined, since choosing one of many pages would need stack space for
/// all of them.
#[inline(never)]
pub(crate) fn valid_as<'de, R: Request, G: From<R>, T: Read<'de>>(text: &mut serde_json::Deserializer<T>) -> Option<G> {
    read::valid(text, R::is_valid).map(G::from)
}

/// Reads the request whose page describes the `model` of an object.
///
/// This takes one pass: if `model` comes first, as it usually does, nothing is buffered; otherwise the members before
/// it are.
pub(crate) struct ByModel<R>(PhantomData<R>);

impl<R> Default for ByModel<R> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<'de, R: Variants> Visitor<'de> for ByModel<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<R, A::Error> {
        let (mut before, mut budget) = (Vec::new(), json::Budget::default());
        while let Some(name) = rest.next_key_seed(OtherThanModel)? {
            let Some(name) = name else {
                let (kind, model) = rest.next_value_seed(ModelId::<R>(PhantomData))?;
                return R::read(kind, ModelFirst::new(model, before, rest));
            };
            before.push((name, rest.next_value_seed(json::NoDuplicates(&mut budget))?));
        }
        Err(A::Error::missing_field("model"))
    }
}

/// Reads a name; `None` for `model`, which is usually the first and not worth a copy.
struct OtherThanModel;

impl<'de> DeserializeSeed<'de> for OtherThanModel {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for OtherThanModel {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<String>, E> {
        Ok((name != "model").then(|| name.to_owned()))
    }
}

/// Reads a model ID that some page knows, with the request that the page describes.
struct ModelId<R>(PhantomData<R>);

impl<'de, R: Variants> DeserializeSeed<'de> for ModelId<R> {
    type Value = (R::Kind, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<R: Variants> Visitor<'_> for ModelId<R> {
    type Value = (R::Kind, &'static str);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the ID of a model")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Self::Value, E> {
        match R::models().get(found.as_bytes()) {
            Some(known) => Ok((known.kind, known.id)),
            None => Err(E::custom(message::unknown_model(found, R::pages()))),
        }
    }
}
