//! The enumeration of all requests, and how `model` decides which of them a JSON object is.

use std::fmt;
use std::marker::PhantomData;

use foxapi_schema::{json, message};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::Page;
use crate::request::Request;

/// Makes the enumeration of the request types that are listed, each family under the condition that it is there.
macro_rules! requests {
    ($(#[$meta:meta])* $Name:ident { $(#[$there:meta] { $($(#[$doc:meta])* $Request:ident),* $(,)? })* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "a request is made, sent and dropped; boxes would be in the way of matching")]
        pub enum $Name {
            $($(
                #[$there]
                $(#[$doc])*
                $Request($Request),
            )*)*
        }

        $($(
            #[$there]
            impl ::core::convert::From<$Request> for $Name {
                fn from(request: $Request) -> Self {
                    Self::$Request(request)
                }
            }

            #[$there]
            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for $Request {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    stringify!($Request).into()
                }

                fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    $crate::runtime::schemars_schema::<Self>()
                }
            }
        )*)*

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $Name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $crate::runtime::schemars_schema::<Self>()
            }
        }

        // Without a family there is no variant, and nothing to do with these arguments.
        #[allow(unused_variables, reason = "see above")]
        const _: () = {
            impl $crate::request::Request for $Name {
                fn pages() -> &'static [&'static $crate::Page] {
                    static PAGES: ::std::sync::LazyLock<Vec<&'static $crate::Page>> = ::std::sync::LazyLock::new(|| {
                        let pages: &[&[&'static $crate::Page]] = &[
                            $($(#[$there] <$Request as $crate::request::Request>::pages(),)*)*
                        ];
                        pages.concat()
                    });
                    &PAGES
                }

                fn page(&self) -> &'static $crate::Page {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => $crate::request::Request::page(request),)*)*
                    }
                }

                fn model(&self) -> &'static str {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => $crate::request::Request::model(request),)*)*
                    }
                }

                fn is_valid(&self) -> bool {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => $crate::request::Request::is_valid(request),)*)*
                    }
                }
            }

            impl ::serde::Serialize for $Name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => ::serde::Serialize::serialize(request, serializer),)*)*
                    }
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $Name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                    deserializer.deserialize_map($crate::runtime::ByModel::default())
                }
            }

            impl $crate::runtime::Variants for $Name {
                fn read<'de, A: ::serde::de::MapAccess<'de>>(page: &'static $crate::Page, object: A) -> ::core::result::Result<Self, A::Error> {
                    $($(
                        #[$there]
                        {
                            if <$Request as $crate::request::Request>::pages().iter().any(|own| ::core::ptr::eq(*own, page)) {
                                let object = ::serde::de::value::MapAccessDeserializer::new(object);
                                return ::serde::Deserialize::deserialize(object).map(Self::$Request);
                            }
                        }
                    )*)*
                    Err(::serde::de::Error::custom("no request has this page"))
                }
            }
        };
    };
}

pub(crate) use requests;

/// The schema of a request as schemars has it.
#[cfg(feature = "schemars")]
pub(crate) fn schemars_schema<R: Request>() -> schemars::Schema {
    R::json_schema().try_into().unwrap_or_default()
}

/// The requests that [`ByModel`] chooses from.
pub(crate) trait Variants: Request {
    /// Reads the request of a page from an object.
    fn read<'de, A: MapAccess<'de>>(page: &'static Page, object: A) -> Result<Self, A::Error>;
}

/// Reads the request whose page describes the `model` of an object.
///
/// In one pass: when `model` comes first, as it usually does, nothing is kept; what comes before it is kept
/// until it is found.
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
        let mut before = Vec::new();
        while let Some(name) = rest.next_key_seed(OtherThanModel)? {
            let Some(name) = name else {
                let (page, model) = rest.next_value_seed(ModelId::<R>(PhantomData))?;
                return R::read(page, ModelFirst { model, before: before.into_iter(), stage: Stage::Model, rest });
            };
            before.push((name, rest.next_value_seed(json::NoDuplicates)?));
        }
        Err(A::Error::missing_field("model"))
    }
}

/// Reads a name; none where it is `model`, which is mostly the first and not worth a copy.
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

/// Reads a model id that some page knows, with that page.
struct ModelId<R>(PhantomData<R>);

impl<'de, R: Request> DeserializeSeed<'de> for ModelId<R> {
    type Value = (&'static Page, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<R: Request> Visitor<'_> for ModelId<R> {
    type Value = (&'static Page, &'static str);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a model")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Self::Value, E> {
        for page in R::pages() {
            if let Some(model) = page.models.iter().find(|model| **model == found) {
                return Ok((page, model));
            }
        }
        Err(E::custom(message::unknown_model(found, R::pages())))
    }
}

/// An object of which `model` was read already: gives it again, then what came before it, then the rest.
struct ModelFirst<A> {
    model: &'static str,
    before: std::vec::IntoIter<(String, Value)>,
    stage: Stage,
    rest: A,
}

/// What an object gives next.
enum Stage {
    Model,
    /// What was kept, and the value that belongs to the name given last.
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
                // Mostly nothing was kept, and from here on this is the rest itself.
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
