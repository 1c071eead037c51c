//! The keywords of the dialect, and the [`Keyword`] that a violation reports.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::unknown_value::UnknownValue;

/// What a keyword does.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "code that uses roles has to handle all of them")]
pub enum Role {
    /// States what kind of value it is.
    Shape,
    /// Limits a single value.
    Assertion,
    /// Applies other schemas to values.
    Applicator,
    /// Ties the parameters of an object together, or to the model.
    Rule,
    /// Stands for another schema.
    Reference,
    /// Documents without asserting anything.
    Annotation,
    /// Identifies a file, at its top.
    Identity,
    /// Is for maintainers.
    Note,
}

/// The kind of value that a keyword is about.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "these are the types of JSON that keywords are about")]
pub enum About {
    Any,
    Strings,
    Numbers,
    Arrays,
    Objects,
}

impl About {
    /// The values in words; empty for any value.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Strings => "strings",
            Self::Numbers => "numbers",
            Self::Arrays => "arrays",
            Self::Objects => "objects",
        }
    }
}

/// What a keyword takes as its value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "code that reads keywords has to handle all of them")]
pub enum Takes {
    Text,
    Flag,
    Count,
    Number,
    Names,
    /// An object of lists of names.
    Lists,
    Types,
    Value,
    Values,
    /// An object with members specific to the keyword.
    Members,
    Schema,
    /// A list of schemas.
    Schemas,
    /// An object of schemas.
    Named,
}

/// A keyword of the dialect.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a row of a table")]
pub struct KeywordEntry {
    pub name: &'static str,
    pub role: Role,
    pub about: About,
    pub takes: Takes,
}

/// The entry of a keyword, or `None` if the dialect does not have it.
#[doc(hidden)]
#[must_use]
pub fn entry(name: &str) -> Option<&'static KeywordEntry> {
    DIALECT.iter().find(|entry| entry.name == name)
}

macro_rules! keywords {
    (@name $role:ident $text:literal) => { $text };
    (
        $(#[$doc:meta])*
        pub enum Keyword {
            $($(#[$of:meta])* $Variant:ident = $text:literal $(is $role:ident about $about:ident takes $takes:ident)?,)+
        }
        $($(#[$about_other:meta])* $other:literal is $other_role:ident about $other_about:ident takes $other_takes:ident,)+
    ) => {
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

            /// The keyword as spelt in a schema.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $text,)+
                }
            }
        }

        /// The names of all keywords of the dialect.
        #[doc(hidden)]
        pub const NAMES: &[&str] = &[$($(keywords!(@name $role $text),)?)+ $($other),+];

        /// Every keyword of the dialect; the only list of them.
        #[doc(hidden)]
        pub const DIALECT: &[KeywordEntry] = &[
            $($(KeywordEntry { name: $text, role: Role::$role, about: About::$about, takes: Takes::$takes },)?)+
            $(KeywordEntry {
                name: $other,
                role: Role::$other_role,
                about: About::$other_about,
                takes: Takes::$other_takes,
            },)+
        ];
    };
}

keywords! {
    /// The schema keyword that a value violates, or another reason to refuse a body.
    ///
    /// Displayed and serialised as spelt in a schema: `maxLength`, `x-sum-equals`.
    ///
    /// ```
    /// use foxapi_models::Keyword;
    ///
    /// assert_eq!(Keyword::MaxLength.as_str(), "maxLength");
    /// assert_eq!("maxLength".parse(), Ok(Keyword::MaxLength));
    /// ```
    pub enum Keyword {
        /// `syntax`: the text cannot be read as JSON. Not a schema keyword.
        Syntax = "syntax",
        /// `duplicate-key`: an object has the same property more than once. Not a schema keyword.
        DuplicateKey = "duplicate-key",
        /// `more`: there are more violations than are listed; the message says how many. Not a schema keyword.
        More = "more",
        /// `type`: the value has the wrong JSON type.
        Type = "type" is Shape about Any takes Types,
        /// `required`: a property is missing.
        Required = "required" is Assertion about Objects takes Names,
        /// `additionalProperties`: a property is unknown.
        AdditionalProperties = "additionalProperties" is Applicator about Objects takes Schema,
        /// `dependentRequired`: a property that another one needs is missing.
        DependentRequired = "dependentRequired" is Assertion about Objects takes Lists,
        /// `minProperties`: too few properties.
        MinProperties = "minProperties" is Assertion about Objects takes Count,
        /// `maxProperties`: too many properties.
        MaxProperties = "maxProperties" is Assertion about Objects takes Count,
        /// `const`: not the only value allowed.
        Const = "const" is Assertion about Any takes Value,
        /// `enum`: not one of the allowed values.
        Enum = "enum" is Assertion about Any takes Values,
        /// `anyOf`: none of the allowed forms.
        AnyOf = "anyOf" is Applicator about Any takes Schemas,
        /// `oneOf`: none of the allowed forms, or more than one of them.
        OneOf = "oneOf" is Applicator about Any takes Schemas,
        /// `not`: a form that is not allowed.
        Not = "not" is Applicator about Any takes Schema,
        /// `minLength`: too few characters.
        MinLength = "minLength" is Assertion about Strings takes Count,
        /// `maxLength`: too many characters.
        MaxLength = "maxLength" is Assertion about Strings takes Count,
        /// `pattern`: the text does not match a regular expression.
        Pattern = "pattern" is Assertion about Strings takes Text,
        /// `format`: the text does not have the required format.
        Format = "format" is Assertion about Strings takes Text,
        /// `minimum`: too small.
        Minimum = "minimum" is Assertion about Numbers takes Number,
        /// `maximum`: too large.
        Maximum = "maximum" is Assertion about Numbers takes Number,
        /// `exclusiveMinimum`: too small, or the bound itself.
        ExclusiveMinimum = "exclusiveMinimum" is Assertion about Numbers takes Number,
        /// `exclusiveMaximum`: too large, or the bound itself.
        ExclusiveMaximum = "exclusiveMaximum" is Assertion about Numbers takes Number,
        /// `multipleOf`: not a multiple of the given number.
        MultipleOf = "multipleOf" is Assertion about Numbers takes Number,
        /// `minItems`: too few items.
        MinItems = "minItems" is Assertion about Arrays takes Count,
        /// `maxItems`: too many items.
        MaxItems = "maxItems" is Assertion about Arrays takes Count,
        /// `uniqueItems`: an item is repeated.
        UniqueItems = "uniqueItems" is Assertion about Arrays takes Flag,
        /// `contains`: no item has the required form.
        Contains = "contains" is Applicator about Arrays takes Schema,
        /// `minContains`: too few items have the required form.
        MinContains = "minContains" is Assertion about Arrays takes Count,
        /// `maxContains`: too many items have a certain form.
        MaxContains = "maxContains" is Assertion about Arrays takes Count,
        /// `$ref`: the schema refers to a definition that does not exist. The schema is at fault, not the value.
        Ref = "$ref" is Reference about Any takes Text,
        /// `x-uri-schemes`: not a URI with a host and an allowed scheme, nor an allowed `data:` URI.
        XUriSchemes = "x-uri-schemes" is Assertion about Strings takes Names,
        /// `x-sum-equals`: the items do not add up to the total.
        XSumEquals = "x-sum-equals" is Rule about Objects takes Members,
        /// `x-combined-max-items`: several arrays together hold too many items.
        XCombinedMaxItems = "x-combined-max-items" is Rule about Objects takes Members,
        /// `x-models`: a parameter or value that the model does not have.
        XModels = "x-models" is Rule about Any takes Names,
    }

    // The other keywords of the dialect, which no violation reports.
    "dependentSchemas" is Applicator about Objects takes Named,
    "allOf" is Applicator about Any takes Schemas,
    "if" is Applicator about Any takes Schema,
    "then" is Applicator about Any takes Schema,
    "else" is Applicator about Any takes Schema,
    "properties" is Applicator about Objects takes Named,
    "prefixItems" is Applicator about Arrays takes Schemas,
    "items" is Applicator about Arrays takes Schema,
    "$schema" is Identity about Any takes Text,
    "$id" is Identity about Any takes Text,
    "$defs" is Identity about Any takes Named,
    "x-docs" is Identity about Any takes Text,
    "x-endpoint" is Identity about Any takes Text,
    "x-source" is Identity about Any takes Members,
    "$comment" is Note about Any takes Text,
    "title" is Annotation about Any takes Text,
    "description" is Annotation about Any takes Text,
    "default" is Annotation about Any takes Value,
    "examples" is Annotation about Any takes Values,
    "x-advanced" is Annotation about Any takes Flag,
    "x-extensible" is Shape about Any takes Flag,
}

impl Keyword {
    /// Its name in Rust and in the catalogue: `max_length`, `uri_schemes`.
    #[doc(hidden)]
    #[must_use]
    pub fn snake_case(self) -> String {
        let text = self.as_str();
        let mut name = String::with_capacity(text.len() + 2);
        for letter in text.strip_prefix("x-").unwrap_or(text).chars() {
            match letter {
                '-' => name.push('_'),
                _ if letter.is_ascii_uppercase() => name.extend(['_', letter.to_ascii_lowercase()]),
                _ => name.push(letter),
            }
        }
        name
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
