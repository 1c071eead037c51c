//! The enumerations of requests.

use foxapi_schema::Outline;

#[cfg(feature = "schemars")]
use crate::request::Request;

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
            pub(crate) enum Variant {
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
                    $crate::runtime::by_model::from_text(text)
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
                type Variant = Variant;

                fn variants() -> Vec<(&'static $crate::Page, Variant)> {
                    vec![$($(#[$there] (<$Request as $crate::request::Request>::pages(), Variant::$Request),)*)*]
                        .into_iter()
                        .flat_map(|(pages, variant): (&[&'static $crate::Page], Variant)| pages.iter().map(move |page| (*page, variant)))
                        .collect()
                }

                fn models() -> &'static $crate::runtime::Models<Variant> {
                    static MODELS: ::std::sync::LazyLock<$crate::runtime::Models<Variant>> =
                        ::std::sync::LazyLock::new(|| $crate::runtime::Models::new(<$Name as $crate::runtime::Variants>::variants()));
                    &MODELS
                }

                fn read<'de, A: ::serde::de::MapAccess<'de>>(variant: Variant, object: A) -> ::core::result::Result<Self, A::Error> {
                    let object = ::serde::de::value::MapAccessDeserializer::new(object);
                    match variant {
                        $($(#[$there] Variant::$Request => ::serde::Deserialize::deserialize(object).map(Self::$Request),)*)*
                    }
                }

                fn read_text<G: ::core::convert::From<Self>>(variant: Variant, text: &str) -> ::core::result::Result<G, $crate::read::Refused> {
                    match variant {
                        $($(#[$there] Variant::$Request => $crate::runtime::by_model::read_as::<$Request, Self, G>(text),)*)*
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

        /// The outlines of all pages, group by group.
        #[allow(dead_code, reason = "without a family there is no page to refer to it")]
        pub(crate) static OUTLINES: $crate::runtime::Outlines = $crate::runtime::Outlines(&[$($Requests::OUTLINES),*]);

        // Without a group there are no variants, and these arguments are unused.
        #[allow(unused_variables, reason = "see above")]
        const _: () = {
            /// Which of the requests one is.
            #[derive(Clone, Copy)]
            pub(crate) enum Variant {
                $($Group(<$Requests as $crate::runtime::Variants>::Variant),)*
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
                    $crate::runtime::by_model::from_text(text)
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
                type Variant = Variant;

                fn variants() -> Vec<(&'static $crate::Page, Variant)> {
                    let variants: Vec<Vec<(&'static $crate::Page, Variant)>> = vec![$(
                        <$Requests as $crate::runtime::Variants>::variants().into_iter().map(|(page, variant)| (page, Variant::$Group(variant))).collect()
                    ),*];
                    variants.into_iter().flatten().collect()
                }

                fn models() -> &'static $crate::runtime::Models<Variant> {
                    static MODELS: ::std::sync::LazyLock<$crate::runtime::Models<Variant>> =
                        ::std::sync::LazyLock::new(|| $crate::runtime::Models::new(<$Name as $crate::runtime::Variants>::variants()));
                    &MODELS
                }

                fn read<'de, A: ::serde::de::MapAccess<'de>>(variant: Variant, object: A) -> ::core::result::Result<Self, A::Error> {
                    match variant {
                        $(Variant::$Group(variant) => <$Requests as $crate::runtime::Variants>::read(variant, object).map(Self::$Group),)*
                    }
                }

                fn read_text<G: ::core::convert::From<Self>>(variant: Variant, text: &str) -> ::core::result::Result<G, $crate::read::Refused> {
                    match variant {
                        $(Variant::$Group(variant) => <$Requests as $crate::runtime::Variants>::read_text::<Self>(variant, text).map(G::from),)*
                    }
                }
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

/// A request whose page can be looked at without its schema.
pub(crate) trait Outlined {
    const OUTLINE: Outline;
}
