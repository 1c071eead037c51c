//! What a violation was found by: a keyword of the schema, or the reading of the JSON text itself.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::unknown_value::UnknownValue;

macro_rules! keywords {
    ($(#[$doc:meta])* pub enum Keyword { $($(#[$of:meta])* $Variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Keyword {
            $($(#[$of])* $Variant),+
        }

        impl Keyword {
            /// Every keyword.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];
            const TEXTS: &'static [&'static str] = &[$($text),+];

            /// The keyword as the schema spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $text,)+
                }
            }
        }
    };
}

keywords! {
    /// The schema keyword that a value violates.
    ///
    /// Displayed and serialised as the schema spells it: `maxLength`, `x-sum-equals`.
    ///
    /// ```
    /// use foxapi_models::Keyword;
    ///
    /// assert_eq!(Keyword::MaxLength.as_str(), "maxLength");
    /// assert_eq!("maxLength".parse(), Ok(Keyword::MaxLength));
    /// ```
    pub enum Keyword {
        /// `syntax`: the text is no JSON. Not a schema keyword.
        Syntax = "syntax",
        /// `duplicate-key`: an object names the same property twice. Not a schema keyword.
        DuplicateKey = "duplicate-key",
        /// `more`: there are more violations than are listed; the message says how many. Not a schema keyword.
        More = "more",
        /// `type`: the value is of another JSON type.
        Type = "type",
        /// `required`: a property is missing.
        Required = "required",
        /// `additionalProperties`: a property that the schema does not know.
        AdditionalProperties = "additionalProperties",
        /// `dependentRequired`: a property is missing that another one needs.
        DependentRequired = "dependentRequired",
        /// `minProperties`: too few properties.
        MinProperties = "minProperties",
        /// `maxProperties`: too many properties.
        MaxProperties = "maxProperties",
        /// `const`: not the one value that is allowed.
        Const = "const",
        /// `enum`: none of the values that are allowed.
        Enum = "enum",
        /// `anyOf`: none of the allowed forms.
        AnyOf = "anyOf",
        /// `oneOf`: none of the allowed forms, or more than one of them.
        OneOf = "oneOf",
        /// `not`: a form that is not allowed.
        Not = "not",
        /// `minLength`: too few characters.
        MinLength = "minLength",
        /// `maxLength`: too many characters.
        MaxLength = "maxLength",
        /// `pattern`: not of the form that a regular expression describes.
        Pattern = "pattern",
        /// `format`: not written as the format wants.
        Format = "format",
        /// `minimum`: too small.
        Minimum = "minimum",
        /// `maximum`: too large.
        Maximum = "maximum",
        /// `exclusiveMinimum`: too small, or the bound itself.
        ExclusiveMinimum = "exclusiveMinimum",
        /// `exclusiveMaximum`: too large, or the bound itself.
        ExclusiveMaximum = "exclusiveMaximum",
        /// `multipleOf`: between the allowed steps.
        MultipleOf = "multipleOf",
        /// `minItems`: too few items.
        MinItems = "minItems",
        /// `maxItems`: too many items.
        MaxItems = "maxItems",
        /// `uniqueItems`: an item is repeated.
        UniqueItems = "uniqueItems",
        /// `contains`: no item of the form that is needed.
        Contains = "contains",
        /// `minContains`: too few items of a form.
        MinContains = "minContains",
        /// `maxContains`: too many items of a form.
        MaxContains = "maxContains",
        /// `$ref`: the schema refers to nothing; a fault of the schema, not of the value.
        Ref = "$ref",
        /// `x-uri-schemes`: a URI without a host or with a scheme that is not allowed.
        XUriSchemes = "x-uri-schemes",
        /// `x-sum-equals`: the items do not add up to the total.
        XSumEquals = "x-sum-equals",
        /// `x-combined-max-items`: several arrays together hold too many items.
        XCombinedMaxItems = "x-combined-max-items",
        /// `x-models`: a parameter, or one of its values, that the model does not have.
        XModels = "x-models",
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Keyword {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for Keyword {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        let found = Self::ALL.iter().find(|keyword| keyword.as_str() == text);
        found.copied().ok_or_else(|| UnknownValue::new(text, Self::TEXTS))
    }
}

impl Serialize for Keyword {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
