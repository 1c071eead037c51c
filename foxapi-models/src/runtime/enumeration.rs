//! The implementation of generated enumerations: one macro for closed ones and one for open ones.

use std::fmt;

use serde::de::{Error, Visitor};

use crate::UnknownValue;

/// An enumeration whose values are strings, for functions that work with all of them.
pub(crate) trait Enumeration: Copy + 'static {
    const VALUES: &'static [Self];
    /// The text of each value.
    const TEXTS: &'static [&'static str];
}

/// Makes a closed enumeration from its values and their texts.
///
/// The functions are `#[inline]`, so that a program compiles only those that it calls, and this crate none.
macro_rules! enumeration {
    ($(#[$doc:meta])* $vis:vis enum $Name:ident { $($(#[$of:meta])* $Variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$of])* $Variant),+
        }

        impl $Name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The value as JSON has it.
            #[must_use]
            #[inline]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $text,)+
                }
            }
        }

        impl $crate::runtime::Enumeration for $Name {
            const VALUES: &'static [Self] = Self::ALL;
            const TEXTS: &'static [&'static str] = &[$($text),+];
        }

        impl $crate::runtime::Placeholder for $Name {
            #[inline]
            fn placeholder() -> Self {
                let [first, ..] = [$(Self::$Variant),+];
                first
            }
        }

        impl ::core::fmt::Display for $Name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $Name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::str::FromStr for $Name {
            type Err = $crate::UnknownValue;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::UnknownValue> {
                $crate::runtime::text::parse(text)
            }
        }

        impl ::core::convert::TryFrom<&str> for $Name {
            type Error = $crate::UnknownValue;

            #[inline]
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::UnknownValue> {
                $crate::runtime::text::parse(text)
            }
        }

        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::text::closed(deserializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $Name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "enum": [$($text),+] })
            }
        }
    };
}

/// Makes an open enumeration from its values and their texts; every other text is kept in `Unknown`.
macro_rules! open_enumeration {
    ($(#[$doc:meta])* $vis:vis enum $Name:ident { $($(#[$of:meta])* $Variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$of])* $Variant,)+
            /// A value that this version does not know, as the server sent it.
            Unknown(::std::string::String),
        }

        impl $Name {
            /// The value as JSON has it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl ::core::fmt::Display for $Name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $Name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<&str> for $Name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$Variant,)+
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $Name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                match text.as_str() {
                    $($text => Self::$Variant,)+
                    _ => Self::Unknown(text),
                }
            }
        }

        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::text::open(deserializer)
            }
        }
    };
}

pub(crate) use {enumeration, open_enumeration};

/// Converts texts to values, for all enumerations. What is the same for each of them is compiled once.
pub(crate) mod text {
    use serde::de::{Deserializer, Error};

    use super::{Enumeration, OneOf, Text, UnknownValue};

    /// The value of a closed enumeration with this text.
    pub(crate) fn parse<T: Enumeration>(text: &str) -> Result<T, UnknownValue> {
        let index = position(text, T::TEXTS)?;
        T::VALUES.get(index).copied().ok_or_else(|| UnknownValue::new(text, T::TEXTS))
    }

    pub(super) fn position(text: &str, texts: &'static [&'static str]) -> Result<usize, UnknownValue> {
        texts.iter().position(|known| *known == text).ok_or_else(|| UnknownValue::new(text, texts))
    }

    /// Reads a value of a closed enumeration.
    pub(crate) fn closed<'de, T: Enumeration, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let index = deserializer.deserialize_str(OneOf(T::TEXTS))?;
        T::VALUES.get(index).copied().ok_or_else(|| D::Error::custom("a text without a value"))
    }

    /// Reads a value of an open enumeration.
    pub(crate) fn open<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(Text(|text: &str| T::from(text)))
    }
}

/// Reads one of several texts, as its index.
struct OneOf(&'static [&'static str]);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        text::position(text, self.0).map_err(E::custom)
    }
}

/// Passes a text to a function, whether it is borrowed or owned.
struct Text<F>(F);

impl<F: FnOnce(&str) -> T, T> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(self.0(text))
    }
}
