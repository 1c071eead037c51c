//! The enumerations of requests, and how `model` decides which of them a JSON object is.

use std::fmt;
use std::marker::PhantomData;

use foxapi_schema::{json, message};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::Page;
use crate::request::Request;
use crate::runtime::Outline;

/// Makes the enumeration of the listed request types, each family under the condition that it is enabled.
macro_rules! requests {
    ($(#[$meta:meta])* $Name:ident as $Group:ident { $(#[$there:meta] { $($(#[$doc:meta])* $Request:ident),* $(,)? })* }) => {
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
            impl ::core::convert::From<$Request> for AnyRequest {
                fn from(request: $Request) -> Self {
                    Self::$Group($Name::$Request(request))
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

        // Without a family there are no variants, and these arguments are unused.
        #[allow(unused_variables, reason = "see above")]
        const _: () = {
            /// Which of the requests one is.
            #[derive(Clone, Copy)]
            #[allow(clippy::enum_variant_names, reason = "they are called as the requests are")]
            pub(crate) enum Kind {
                $($(#[$there] $Request,)*)*
            }

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

                fn prompt(&self) -> Option<&str> {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => $crate::request::Request::prompt(request),)*)*
                    }
                }

                fn is_valid(&self) -> bool {
                    match *self {
                        $($(#[$there] Self::$Request(ref request) => $crate::request::Request::is_valid(request),)*)*
                    }
                }

                fn from_json(text: &str) -> ::core::result::Result<Self, $crate::ValidationError> {
                    $crate::read::by_model_from_text(text)
                }

                fn from_slice(text: &[u8]) -> ::core::result::Result<Self, $crate::ValidationError> {
                    $crate::read::by_model_from_slice(text)
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
                type Kind = Kind;

                fn kinds() -> Vec<(&'static $crate::Page, Kind)> {
                    vec![$($(#[$there] (<$Request as $crate::request::Request>::pages(), Kind::$Request),)*)*]
                        .into_iter()
                        .flat_map(|(pages, kind): (&[&'static $crate::Page], Kind)| pages.iter().map(move |page| (*page, kind)))
                        .collect()
                }

                fn models() -> &'static $crate::runtime::Models<Kind> {
                    static MODELS: ::std::sync::LazyLock<$crate::runtime::Models<Kind>> =
                        ::std::sync::LazyLock::new(|| $crate::runtime::Models::new(<$Name as $crate::runtime::Variants>::kinds()));
                    &MODELS
                }

                fn read<'de, A: ::serde::de::MapAccess<'de>>(kind: Kind, object: A) -> ::core::result::Result<Self, A::Error> {
                    let object = ::serde::de::value::MapAccessDeserializer::new(object);
                    match kind {
                        $($(#[$there] Kind::$Request => ::serde::Deserialize::deserialize(object).map(Self::$Request),)*)*
                    }
                }

                fn read_valid<'de, T: ::serde_json::de::Read<'de>>(kind: Kind, text: &mut ::serde_json::Deserializer<T>) -> Option<Self> {
                    match kind {
                        $($(#[$there] Kind::$Request => $crate::read::valid_as::<$Request, Self, T>(text),)*)*
                    }
                }
            }

            impl $Name {
                /// The outlines of the pages.
                pub(crate) const OUTLINES: &'static [$crate::runtime::Outline] =
                    &[$($(#[$there] <$Request as $crate::runtime::Outlined>::OUTLINE,)*)*];
            }
        };
    };
}

pub(crate) use requests;

/// Makes the enumeration of the listed enumerations.
macro_rules! any_request {
    ($(#[$meta:meta])* $Name:ident { $($(#[$doc:meta])* $Group:ident($Requests:ident)),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "a request is made, sent and dropped; boxes would be in the way of matching")]
        pub enum $Name {
            $(
                $(#[$doc])*
                $Group($Requests),
            )*
        }

        $(
            impl ::core::convert::From<$Requests> for $Name {
                fn from(request: $Requests) -> Self {
                    Self::$Group(request)
                }
            }
        )*

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $Name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $crate::runtime::schemars_schema::<Self>()
            }
        }

        // Without a group there are no variants, and these arguments are unused.
        #[allow(unused_variables, reason = "see above")]
        const _: () = {
            /// Which of the requests one is.
            #[derive(Clone, Copy)]
            pub(crate) enum Kind {
                $($Group(<$Requests as $crate::runtime::Variants>::Kind),)*
            }

            impl $crate::request::Request for $Name {
                fn pages() -> &'static [&'static $crate::Page] {
                    static PAGES: ::std::sync::LazyLock<Vec<&'static $crate::Page>> = ::std::sync::LazyLock::new(|| {
                        let pages: &[&[&'static $crate::Page]] = &[$(<$Requests as $crate::request::Request>::pages()),*];
                        pages.concat()
                    });
                    &PAGES
                }

                fn page(&self) -> &'static $crate::Page {
                    match *self {
                        $(Self::$Group(ref request) => $crate::request::Request::page(request),)*
                    }
                }

                fn model(&self) -> &'static str {
                    match *self {
                        $(Self::$Group(ref request) => $crate::request::Request::model(request),)*
                    }
                }

                fn prompt(&self) -> Option<&str> {
                    match *self {
                        $(Self::$Group(ref request) => $crate::request::Request::prompt(request),)*
                    }
                }

                fn is_valid(&self) -> bool {
                    match *self {
                        $(Self::$Group(ref request) => $crate::request::Request::is_valid(request),)*
                    }
                }

                fn from_json(text: &str) -> ::core::result::Result<Self, $crate::ValidationError> {
                    $crate::read::by_model_from_text(text)
                }

                fn from_slice(text: &[u8]) -> ::core::result::Result<Self, $crate::ValidationError> {
                    $crate::read::by_model_from_slice(text)
                }
            }

            impl ::serde::Serialize for $Name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                    match *self {
                        $(Self::$Group(ref request) => ::serde::Serialize::serialize(request, serializer),)*
                    }
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $Name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                    deserializer.deserialize_map($crate::runtime::ByModel::default())
                }
            }

            impl $crate::runtime::Variants for $Name {
                type Kind = Kind;

                fn kinds() -> Vec<(&'static $crate::Page, Kind)> {
                    let kinds: Vec<Vec<(&'static $crate::Page, Kind)>> = vec![$(
                        <$Requests as $crate::runtime::Variants>::kinds().into_iter().map(|(page, kind)| (page, Kind::$Group(kind))).collect()
                    ),*];
                    kinds.into_iter().flatten().collect()
                }

                fn models() -> &'static $crate::runtime::Models<Kind> {
                    static MODELS: ::std::sync::LazyLock<$crate::runtime::Models<Kind>> =
                        ::std::sync::LazyLock::new(|| $crate::runtime::Models::new(<$Name as $crate::runtime::Variants>::kinds()));
                    &MODELS
                }

                fn read<'de, A: ::serde::de::MapAccess<'de>>(kind: Kind, object: A) -> ::core::result::Result<Self, A::Error> {
                    match kind {
                        $(Kind::$Group(kind) => <$Requests as $crate::runtime::Variants>::read(kind, object).map(Self::$Group),)*
                    }
                }

                fn read_valid<'de, T: ::serde_json::de::Read<'de>>(kind: Kind, text: &mut ::serde_json::Deserializer<T>) -> Option<Self> {
                    match kind {
                        $(Kind::$Group(kind) => <$Requests as $crate::runtime::Variants>::read_valid(kind, text).map(Self::$Group),)*
                    }
                }
            }

            impl $Name {
                /// The outlines of all pages, group by group.
                pub(crate) const OUTLINES: &'static [&'static [$crate::runtime::Outline]] = &[$($Requests::OUTLINES),*];
            }
        };
    };
}

pub(crate) use any_request;

/// The schema of a request for schemars.
#[cfg(feature = "schemars")]
pub(crate) fn schemars_schema<R: Request>() -> schemars::Schema {
    R::json_schema().try_into().unwrap_or_default()
}

/// The requests that [`ByModel`] chooses from.
pub(crate) trait Variants: Request {
    /// Which of the requests one is.
    type Kind: Copy + Send + Sync + 'static;

    /// The pages, each with the request that it describes.
    fn kinds() -> Vec<(&'static Page, Self::Kind)>;

    /// All models.
    fn models() -> &'static Models<Self::Kind>;

    /// Reads a request of this kind from text, if it is valid.
    fn read_valid<'de, T: serde_json::de::Read<'de>>(
        kind: Self::Kind,
        text: &mut serde_json::Deserializer<T>,
    ) -> Option<Self>;

    /// Reads a request from an object.
    fn read<'de, A: MapAccess<'de>>(kind: Self::Kind, object: A) -> Result<Self, A::Error>;
}

/// A request whose page can be looked at without its schema.
pub(crate) trait Outlined {
    const OUTLINE: Outline;
}

/// A hash table of the models of requests by id. Its hash is cheap and need not withstand chosen ids, since all ids
/// are those of pages.
pub(crate) struct Models<K> {
    /// At least half of the places are free. A model whose place is taken gets the next one.
    places: Vec<Option<Known<K>>>,
}

/// A model.
#[derive(Clone, Copy)]
pub(crate) struct Known<K> {
    pub(crate) id: &'static str,
    pub(crate) page: &'static Page,
    pub(crate) kind: K,
}

impl<K: Copy> Models<K> {
    pub(crate) fn new(kinds: Vec<(&'static Page, K)>) -> Self {
        let count: usize = kinds.iter().map(|(page, _)| page.models.len()).sum();
        let mut places = vec![None; (2 * count + 1).next_power_of_two()];
        for (page, kind) in kinds {
            for &id in page.models {
                let order = probes(id.as_bytes(), places.len());
                let free = order.into_iter().find(|at| places.get(*at).is_some_and(Option::is_none));
                if let Some(place) = free.and_then(|at| places.get_mut(at)) {
                    *place = Some(Known { id, page, kind });
                }
            }
        }
        Self { places }
    }

    #[inline]
    pub(crate) fn get(&self, id: &[u8]) -> Option<Known<K>> {
        let known = probes(id, self.places.len()).map_while(|at| self.places.get(at).copied().flatten());
        known.into_iter().find(|known| known.id.as_bytes() == id)
    }
}

/// The places at which an id may be, out of `places`, which is a power of two.
#[inline]
fn probes(id: &[u8], places: usize) -> impl Iterator<Item = usize> {
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (words, rest) = id.as_chunks::<8>();
    let hash = words.iter().fold(id.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    // The upper half depends on all of the lower one.
    let first = (mix(hash, rest) >> 32) as usize;
    (0..places).map(move |step| first.wrapping_add(step) & (places - 1))
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
                return R::read(kind, ModelFirst { model, before: before.into_iter(), stage: Stage::Model, rest });
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

/// Reads a model id that some page knows, with the request that the page describes.
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
        f.write_str("the id of a model")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<Self::Value, E> {
        match R::models().get(found.as_bytes()) {
            Some(known) => Ok((known.kind, known.id)),
            None => Err(E::custom(message::unknown_model(found, R::pages()))),
        }
    }
}

/// An object whose `model` has already been read: yields it again, then the members before it, then the rest.
struct ModelFirst<A> {
    model: &'static str,
    before: std::vec::IntoIter<(String, Value)>,
    stage: Stage,
    rest: A,
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
