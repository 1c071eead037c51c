//! Values with several forms: an `enum` with a variant for each, chosen by the JSON type when read.

/// Implements an `enum` of forms. Each is followed by the JSON type that it is read from: `string` (of listed values),
/// `text` (any string), `boolean`, `number`, `array` or `object`. No two forms have the same type.
///
/// Every form converts into the `enum`, so that setters accept it directly.
macro_rules! union {
    ($(#[$doc:meta])* $vis:vis enum $Name:ident { $($(#[$of:meta])* $Variant:ident($Form:ty) = $json:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis enum $Name {
            $($(#[$of])* $Variant($Form)),+
        }

        $(
            impl ::core::convert::From<$Form> for $Name {
                #[inline]
                fn from(value: $Form) -> Self {
                    Self::$Variant(value)
                }
            }

            #[diagnostic::do_not_recommend]
            impl $crate::IntoParameter<$Name> for $Form {
                #[inline]
                fn into_parameter(self) -> ::core::option::Option<$Name> {
                    Some($Name::$Variant(self))
                }
            }

            #[diagnostic::do_not_recommend]
            impl $crate::IntoParameter<$Name> for ::core::option::Option<$Form> {
                #[inline]
                fn into_parameter(self) -> ::core::option::Option<$Name> {
                    self.map($Name::$Variant)
                }
            }

            $crate::runtime::union!(@also $json $Name $Variant);
        )+

        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(value) => ::serde::Serialize::serialize(value, serializer),)+
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                struct Forms;

                impl<'de> ::serde::de::Visitor<'de> for Forms {
                    type Value = $Name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("a value of a known form")
                    }

                    $($crate::runtime::union!(@visit $json $Name $Variant);)+
                }

                deserializer.deserialize_any(Forms)
            }
        }

        impl $crate::runtime::Placeholder for $Name {
            fn placeholder() -> Self {
                let [first, ..] = [$((|| Self::$Variant($crate::runtime::placeholder())) as fn() -> Self),+];
                first()
            }
        }
    };

    (@also text $Name:ident $Variant:ident) => {
        impl ::core::convert::From<&str> for $Name {
            #[inline]
            fn from(value: &str) -> Self {
                Self::$Variant(value.to_owned())
            }
        }

        #[diagnostic::do_not_recommend]
        impl $crate::IntoParameter<$Name> for &str {
            #[inline]
            fn into_parameter(self) -> ::core::option::Option<$Name> {
                Some(self.into())
            }
        }
    };
    (@also $json:ident $Name:ident $Variant:ident) => {};

    (@visit text $Name:ident $Variant:ident) => {
        $crate::runtime::union!(@visit string $Name $Variant);

        fn visit_string<E: ::serde::de::Error>(self, value: ::std::string::String) -> ::core::result::Result<$Name, E> {
            Ok($Name::$Variant(value))
        }
    };
    (@visit string $Name:ident $Variant:ident) => {
        fn visit_str<E: ::serde::de::Error>(self, value: &str) -> ::core::result::Result<$Name, E> {
            let value = ::serde::de::IntoDeserializer::<E>::into_deserializer(value);
            ::serde::Deserialize::deserialize(value).map($Name::$Variant)
        }
    };
    (@visit boolean $Name:ident $Variant:ident) => {
        fn visit_bool<E: ::serde::de::Error>(self, value: bool) -> ::core::result::Result<$Name, E> {
            Ok($Name::$Variant(value))
        }
    };
    (@visit number $Name:ident $Variant:ident) => {
        fn visit_u64<E: ::serde::de::Error>(self, value: u64) -> ::core::result::Result<$Name, E> {
            let value = ::serde::de::IntoDeserializer::<E>::into_deserializer(value);
            ::serde::Deserialize::deserialize(value).map($Name::$Variant)
        }

        fn visit_i64<E: ::serde::de::Error>(self, value: i64) -> ::core::result::Result<$Name, E> {
            let value = ::serde::de::IntoDeserializer::<E>::into_deserializer(value);
            ::serde::Deserialize::deserialize(value).map($Name::$Variant)
        }

        fn visit_f64<E: ::serde::de::Error>(self, value: f64) -> ::core::result::Result<$Name, E> {
            let value = ::serde::de::IntoDeserializer::<E>::into_deserializer(value);
            ::serde::Deserialize::deserialize(value).map($Name::$Variant)
        }

        // With serde_json's feature `arbitrary_precision` a number looks like an object until it is read.
        fn visit_map<A: ::serde::de::MapAccess<'de>>(self, map: A) -> ::core::result::Result<$Name, A::Error> {
            let number = <::serde_json::Number as ::serde::Deserialize>::deserialize(::serde::de::value::MapAccessDeserializer::new(map))?;
            ::serde::Deserialize::deserialize(number).map($Name::$Variant).map_err(::serde::de::Error::custom)
        }
    };
    (@visit array $Name:ident $Variant:ident) => {
        fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, items: A) -> ::core::result::Result<$Name, A::Error> {
            let items = ::serde::de::value::SeqAccessDeserializer::new(items);
            ::serde::Deserialize::deserialize(items).map($Name::$Variant)
        }
    };
    (@visit object $Name:ident $Variant:ident) => {
        fn visit_map<A: ::serde::de::MapAccess<'de>>(self, object: A) -> ::core::result::Result<$Name, A::Error> {
            let object = ::serde::de::value::MapAccessDeserializer::new(object);
            ::serde::Deserialize::deserialize(object).map($Name::$Variant)
        }
    };
}

pub(crate) use union;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros are made for public types")]
mod tests {
    use crate::IntoParameter;
    use crate::runtime::{enumeration, object};

    enumeration! {
        /// A size by name.
        enum Preset {
            /// Small.
            Small = "small",
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Size {
        width: u32,
    }

    object! {
        Size {
            width: required,
        }
    }

    union! {
        /// A size.
        enum AnySize {
            /// By name.
            Preset(Preset) = string,
            /// By its width.
            Custom(Size) = object,
            /// Several.
            List(Vec<Size>) = array,
            /// Whether there is one.
            Any(bool) = boolean,
        }
    }

    union! {
        /// A length.
        enum Length {
            /// In words.
            Words(String) = text,
            /// In seconds.
            Seconds(u32) = number,
        }
    }

    fn size(text: &str) -> Result<AnySize, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn length(text: &str) -> Result<Length, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn form_is_chosen_by_type_and_written_bare() {
        for (text, value) in [
            (r#""small""#, AnySize::Preset(Preset::Small)),
            (r#"{"width":5}"#, AnySize::Custom(Size { width: 5 })),
            (r#"[{"width":5}]"#, AnySize::List(vec![Size { width: 5 }])),
            ("true", AnySize::Any(true)),
        ] {
            assert_eq!(size(text), Ok(value.clone()));
            assert_eq!(serde_json::to_string(&value).ok().as_deref(), Some(text));
        }
        assert_eq!(length(r#""long""#), Ok(Length::Words("long".to_owned())));
        assert_eq!(length("5"), Ok(Length::Seconds(5)));
    }

    #[test]
    fn what_is_wrong_with_the_form_of_its_type_is_said() {
        let refusal = |text| size(text).map_or_else(|error| error, |size| format!("{size:?}"));
        assert!(refusal(r#""large""#).contains("large"));
        assert!(refusal(r#"{"height": 5}"#).contains("unknown field `height`"));
        assert!(refusal(r#"{"width": 5, "width": 5}"#).contains("duplicate field `width`"));
        assert!(refusal("5").contains("expected a value of a known form"));
        assert!(refusal("null").contains("expected a value of a known form"));
        for text in ["-1", "5.5", "4294967296", "null", "{}", "[]"] {
            assert!(length(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_form_is_taken_as_it_is() {
        fn set(value: impl IntoParameter<Length>) -> Option<Length> {
            value.into_parameter()
        }
        assert_eq!(set(5), Some(Length::Seconds(5)));
        assert_eq!(set("long"), Some(Length::Words("long".to_owned())));
        assert_eq!(set(Some(5)), Some(Length::Seconds(5)));
        assert_eq!(set(Length::Seconds(5)), Some(Length::Seconds(5)));
        assert_eq!(set(None::<Length>), None);
        assert_eq!(AnySize::from(true), AnySize::Any(true));
    }
}
