//! Keywords of JSON Schema that the dialect refuses.

use foxapi_schema::keyword::NAMES;

use crate::suggest::closest;

/// Keywords of JSON Schema that the generator cannot enforce, and what to write instead.
const REFUSED: &[(&str, &str)] = &[
    ("$anchor", "point to \"#/$defs/Name\" instead"),
    ("$dynamicAnchor", "point to \"#/$defs/Name\" instead"),
    ("$dynamicRef", "use \"$ref\" with \"#/$defs/Name\""),
    ("$recursiveRef", "use \"$ref\" with \"#/$defs/Name\""),
    ("$recursiveAnchor", "use \"$ref\" with \"#/$defs/Name\""),
    ("$vocabulary", "leave it out"),
    ("definitions", "\"$defs\" is its name since draft 2019-09"),
    ("id", "\"$id\" is its name since draft 6"),
    ("dependencies", "use \"dependentRequired\" or \"dependentSchemas\""),
    ("additionalItems", "give \"items\" one schema"),
    ("unevaluatedItems", "give \"items\" one schema"),
    ("unevaluatedProperties", "use \"additionalProperties\": false"),
    ("patternProperties", "name each property under \"properties\""),
    ("propertyNames", "name each property under \"properties\""),
    ("contentEncoding", "put it in the description"),
    ("contentMediaType", "put it in the description"),
    ("contentSchema", "put it in the description"),
    ("nullable", "write \"type\": [\"…\", \"null\"]"),
    ("example", "\"examples\" takes an array"),
    ("deprecated", "put it in the description"),
    ("readOnly", "put it in the description"),
    ("writeOnly", "put it in the description"),
    ("discriminator", "the generator tells requests apart by \"model\" itself"),
];

/// The message and the help for a keyword that is not in the dialect.
pub(crate) fn refusal(name: &str) -> (String, String) {
    if let Some((_, instead)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
        return (format!("the generator cannot enforce \"{name}\""), (*instead).to_owned());
    }
    let help = match closest(name, NAMES.iter().copied()) {
        Some(keyword) => format!("did you mean \"{keyword}\"?"),
        None => "dialect.schema.json lists the keywords; notes belong in \"$comment\"".to_owned(),
    };
    (format!("\"{name}\" is not a keyword of the dialect"), help)
}
