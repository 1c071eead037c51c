//! Conversions between sets of values.
//!
//! There is one `impl` per pair with a parameter name in common, not a conversion between any two sets, so that the
//! compiler says which settings carry over, and `From` needs no error handling.

/// Implements conversions between pairs of sets by the value on the wire.
///
/// `A { X, Y } => B;` if `B` has all values of `A`: `From` one way, `TryFrom` back. `A, B;` if each lacks some value
/// of the other: `TryFrom` both ways.
macro_rules! conversions {
    ($($(#[$condition:meta])? $From:ident $({ $($Value:ident),+ $(,)? } =>)? $(,)? $To:ident;)*) => {
        $(
            $(#[$condition])?
            const _: () = {
                $crate::runtime::conversions!(@forth $From $To $($($Value)+)?);
                $crate::runtime::conversions!(@try $To $From);
            };
        )*
    };
    (@forth $From:ident $To:ident) => { $crate::runtime::conversions!(@try $From $To); };
    (@forth $From:ident $To:ident $($Value:ident)+) => {
        impl ::core::convert::From<$From> for $To {
            #[inline]
            fn from(value: $From) -> Self {
                match value {
                    $($From::$Value => Self::$Value,)+
                }
            }
        }
    };
    (@try $From:ident $To:ident) => {
        impl ::core::convert::TryFrom<$From> for $To {
            type Error = $crate::UnknownValue;

            #[inline]
            fn try_from(value: $From) -> ::core::result::Result<Self, $crate::UnknownValue> {
                $crate::runtime::text::parse(value.as_str())
            }
        }
    };
}

pub(crate) use conversions;
