//! Enumerations whose values have a word for programs.

/// Declares an enumeration with all its values and their words.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $Name:ident { $($(#[$doc:meta])* $Variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        $vis enum $Name { $($(#[$doc])* $Variant,)* }

        impl $Name {
            /// Every value, in order.
            $vis const ALL: &[Self] = &[$(Self::$Variant),*];

            /// The word for programs.
            #[must_use]
            $vis const fn word(self) -> &'static str {
                match self { $(Self::$Variant => $word,)* }
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

pub(crate) use words;
