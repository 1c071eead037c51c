//! Chooses by its `model` which of several requests a JSON object is.

mod id;
mod model_first;
mod models;

use std::fmt;
use std::marker::PhantomData;

use foxapi_schema::{ValidationError, json, message};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::read::{self, Refused};
use crate::{Page, Request};
use id::model_id;
use model_first::ModelFirst;

pub(crate) use models::Models;

/// The requests that [`ByModel`] chooses from.
pub(crate) trait Variants: Request {
    /// Which of the requests one is.
    type Variant: Copy + Send + Sync + 'static;

    /// The pages, each with the request that it describes.
    fn variants() -> Vec<(&'static Page, Self::Variant)>;

    /// All models.
    fn models() -> &'static Models<Self::Variant>;

    /// Reads a request of this variant from text, and checks it.
    fn read_text<G: From<Self>>(variant: Self::Variant, text: &str) -> Result<G, Refused>;

    /// Reads a request from an object.
    fn read<'de, A: MapAccess<'de>>(variant: Self::Variant, object: A) -> Result<Self, A::Error>;
}

/// Reads a request of one of several pages from JSON text: finds `model` first, then reads it as a request of that
/// page.
pub(crate) fn from_text<R: Variants>(text: &str) -> Result<R, ValidationError> {
    let read = |text: &str| {
        let known = model_id(text.as_bytes()).and_then(|id| R::models().get(id));
        let variant = match known {
            Some(known) => known.variant,
            None => serde_json::from_str::<VariantOf<R>>(text)?.0,
        };
        R::read_text(variant, text)
    };
    read::from_text(text, R::pages, read)
}

/// Reads a variant. Not inlined, since choosing one of many pages would need stack space for all of them.
#[inline(never)]
pub(crate) fn read_as<R: Request, V: From<R>, G: From<V>>(text: &str) -> Result<G, Refused> {
    read::checked(text, R::is_valid).map(|request| V::from(request).into())
}

/// Which of several requests an object is.
struct VariantOf<R: Variants>(R::Variant);

impl<'de, R: Variants> Deserialize<'de> for VariantOf<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(VariantVisitor::<R>(PhantomData))
    }
}

struct VariantVisitor<R>(PhantomData<R>);

impl<'de, R: Variants> Visitor<'de> for VariantVisitor<R> {
    type Value = VariantOf<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<VariantOf<R>, A::Error> {
        let mut variant = None;
        while let Some(name) = object.next_key_seed(OtherThanModel)? {
            match name {
                None => variant = Some(object.next_value_seed(ModelId::<R>(PhantomData))?.0),
                Some(_) => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        variant.map(VariantOf).ok_or_else(|| A::Error::missing_field("model"))
    }
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
                let (variant, model) = rest.next_value_seed(ModelId::<R>(PhantomData))?;
                return R::read(variant, ModelFirst::new(model, before, rest));
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
    type Value = (R::Variant, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<R: Variants> Visitor<'_> for ModelId<R> {
    type Value = (R::Variant, &'static str);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the ID of a model")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Self::Value, E> {
        match R::models().get(found.as_bytes()) {
            Some(known) => Ok((known.variant, known.id)),
            None => Err(E::custom(message::unknown_model(found, R::pages()))),
        }
    }
}
