//! What a violation was found by: a keyword of the schema, or the reading of the JSON text itself.

use crate::runtime::enumeration;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Keyword {
    /// `syntax`: the text is no JSON. Not a schema keyword.
    Syntax,
    /// `duplicate-key`: an object names the same property twice. Not a schema keyword.
    DuplicateKey,
    /// `type`: the value is of another JSON type.
    Type,
    /// `required`: a property is missing.
    Required,
    /// `additionalProperties`: a property that the schema does not know.
    AdditionalProperties,
    /// `dependentRequired`: a property is missing that another one needs.
    DependentRequired,
    /// `minProperties`: too few properties.
    MinProperties,
    /// `maxProperties`: too many properties.
    MaxProperties,
    /// `const`: not the one value that is allowed.
    Const,
    /// `enum`: none of the values that are allowed.
    Enum,
    /// `anyOf`: none of the allowed forms.
    AnyOf,
    /// `oneOf`: none of the allowed forms, or more than one of them.
    OneOf,
    /// `not`: a form that is not allowed.
    Not,
    /// `minLength`: too few characters.
    MinLength,
    /// `maxLength`: too many characters.
    MaxLength,
    /// `pattern`: not of the form that a regular expression describes.
    Pattern,
    /// `format`: not written as the format wants.
    Format,
    /// `minimum`: too small.
    Minimum,
    /// `maximum`: too large.
    Maximum,
    /// `exclusiveMinimum`: too small, or the bound itself.
    ExclusiveMinimum,
    /// `exclusiveMaximum`: too large, or the bound itself.
    ExclusiveMaximum,
    /// `multipleOf`: between the allowed steps.
    MultipleOf,
    /// `minItems`: too few items.
    MinItems,
    /// `maxItems`: too many items.
    MaxItems,
    /// `uniqueItems`: an item is repeated.
    UniqueItems,
    /// `contains`: no item of the form that is needed.
    Contains,
    /// `minContains`: too few items of a form.
    MinContains,
    /// `maxContains`: too many items of a form.
    MaxContains,
    /// `$ref`: the schema refers to nothing; a fault of the schema, not of the value.
    Ref,
    /// `x-uri-schemes`: a URI without a host or with a scheme that is not allowed.
    XUriSchemes,
    /// `x-sum-equals`: the items do not add up to the total.
    XSumEquals,
    /// `x-combined-max-items`: several arrays together hold too many items.
    XCombinedMaxItems,
}

enumeration! {
    Keyword {
        Syntax = "syntax",
        DuplicateKey = "duplicate-key",
        Type = "type",
        Required = "required",
        AdditionalProperties = "additionalProperties",
        DependentRequired = "dependentRequired",
        MinProperties = "minProperties",
        MaxProperties = "maxProperties",
        Const = "const",
        Enum = "enum",
        AnyOf = "anyOf",
        OneOf = "oneOf",
        Not = "not",
        MinLength = "minLength",
        MaxLength = "maxLength",
        Pattern = "pattern",
        Format = "format",
        Minimum = "minimum",
        Maximum = "maximum",
        ExclusiveMinimum = "exclusiveMinimum",
        ExclusiveMaximum = "exclusiveMaximum",
        MultipleOf = "multipleOf",
        MinItems = "minItems",
        MaxItems = "maxItems",
        UniqueItems = "uniqueItems",
        Contains = "contains",
        MinContains = "minContains",
        MaxContains = "maxContains",
        Ref = "$ref",
        XUriSchemes = "x-uri-schemes",
        XSumEquals = "x-sum-equals",
        XCombinedMaxItems = "x-combined-max-items",
    }
}
