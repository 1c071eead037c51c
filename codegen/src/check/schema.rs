//! A schema of a spec whose keywords are all known and of the right type, with their positions.

mod custom;
mod read;

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use foxapi_schema::json_type::JsonType;
use foxapi_schema::rule::Rule;
use serde_json::Number;

use crate::checked::Origin;
use crate::raw::{Node, Span};

pub(crate) use read::read;

/// A name (of a property, a type, a keyword's value) and its position.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) at: Span,
    pub(crate) text: String,
}

/// An assertion and its position.
#[derive(Clone, Debug)]
pub(crate) struct Asserted {
    pub(crate) at: Span,
    pub(crate) assertion: Assertion,
}

/// A property of an object schema.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: Name,
    pub(crate) schema: SpecSchema,
}

/// `additionalProperties`.
#[derive(Clone, Debug)]
pub(crate) enum Additional {
    Refused,
    Allowed,
    /// Each of them satisfies a schema.
    Each(Box<SpecSchema>),
}

/// A rule between properties, its position, and the value of its keyword.
#[derive(Clone, Debug)]
pub(crate) struct Ruled {
    pub(crate) at: Span,
    pub(crate) rule: Rule,
    node: Node,
}

impl Ruled {
    /// A name that the rule mentions, with its position.
    pub(crate) fn name(&self, text: &str) -> Name {
        let strings =
            self.node.members().iter().flat_map(|member| [&member.node].into_iter().chain(member.node.items()));
        let found = strings.filter(|node| node.as_str() == Some(text)).map(|node| node.at).next();
        Name { at: found.unwrap_or(self.at), text: text.to_owned() }
    }
}

/// `x-source`.
#[derive(Clone, Debug)]
pub(crate) struct SourceKeyword {
    pub(crate) at: Span,
    pub(crate) origin: Origin,
}

/// A schema of a spec: its keywords are all known and of the right type, and have their positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpecSchema {
    pub(crate) at: Span,
    /// `true` or `false` in place of an object.
    pub(crate) boolean: Option<bool>,
    /// Whether something in it could not be read, so that what seems to be missing may not be.
    pub(crate) broken: bool,
    pub(crate) dialect: Option<Name>,
    pub(crate) id: Option<Name>,
    pub(crate) reference: Option<Name>,
    pub(crate) definitions: Vec<Property>,
    pub(crate) title: Option<Name>,
    pub(crate) description: Option<Name>,
    pub(crate) default: Option<Node>,
    pub(crate) examples: Vec<Node>,
    pub(crate) types: Option<Vec<JsonType>>,
    pub(crate) constant: Option<Node>,
    pub(crate) enumeration: Option<Vec<Node>>,
    pub(crate) one_of: Option<Vec<SpecSchema>>,
    pub(crate) any_of: Option<Vec<SpecSchema>>,
    pub(crate) all_of: Vec<SpecSchema>,
    pub(crate) not: Option<Box<SpecSchema>>,
    pub(crate) condition: Option<Box<SpecSchema>>,
    pub(crate) then: Option<Box<SpecSchema>>,
    pub(crate) otherwise: Option<Box<SpecSchema>>,
    pub(crate) properties: Vec<Property>,
    pub(crate) required: Vec<Name>,
    pub(crate) additional: Option<(Span, Additional)>,
    pub(crate) dependent_required: Vec<(Name, Vec<Name>)>,
    pub(crate) dependent_schemas: Vec<Property>,
    pub(crate) prefix_items: Option<Vec<SpecSchema>>,
    pub(crate) items: Option<Box<SpecSchema>>,
    pub(crate) contains: Option<Box<SpecSchema>>,
    pub(crate) assertions: Vec<Asserted>,
    pub(crate) docs: Option<Name>,
    pub(crate) endpoint: Option<Name>,
    pub(crate) source: Option<SourceKeyword>,
    pub(crate) advanced: bool,
    pub(crate) extensible: bool,
    pub(crate) rules: Vec<Ruled>,
    /// `x-models` and its position.
    pub(crate) models: Option<(Span, Vec<Name>)>,
}

impl SpecSchema {
    fn new(at: Span) -> Self {
        Self { at, ..Self::default() }
    }

    pub(crate) fn property(&self, name: &str) -> Option<&SpecSchema> {
        self.properties.iter().find(|property| property.name.text == name).map(|property| &property.schema)
    }

    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required.text == name)
    }

    /// Whether it tests for null or not null, perhaps among other things.
    pub(crate) fn is_about_null(&self) -> bool {
        let is_null = |schema: &Self| schema.types.as_deref() == Some(&[JsonType::Null]);
        is_null(self) || self.not.as_deref().is_some_and(is_null)
    }

    /// Whether it is the definition of a number that may be any within its limits.
    pub(crate) fn is_number(&self) -> bool {
        let is_listed = self.constant.is_some() || self.enumeration.is_some();
        !is_listed && self.types.as_ref().is_some_and(|types| types.contains(&JsonType::Number))
    }

    /// Whether unnamed properties are refused.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.additional, Some((_, Additional::Refused)))
    }

    /// Whether properties may have any name and any value.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self.additional, Some((_, Additional::Allowed))) && !self.extensible
    }

    /// The schema that unnamed properties must satisfy.
    pub(crate) fn each(&self) -> Option<&SpecSchema> {
        match &self.additional {
            Some((_, Additional::Each(schema))) => Some(schema),
            _ => None,
        }
    }

    /// Its assertions about the value.
    pub(crate) fn limits(&self) -> impl Iterator<Item = &Assertion> {
        self.assertions.iter().map(|asserted| &asserted.assertion)
    }

    /// Its bounds, each with its position.
    pub(crate) fn bounds(&self) -> impl Iterator<Item = (Span, &Bound)> {
        self.assertions.iter().filter_map(|asserted| match &asserted.assertion {
            Assertion::Bound(bound) => Some((asserted.at, bound)),
            _ => None,
        })
    }

    /// The limit of a number on one side.
    pub(crate) fn bound(&self, side: Side, strict: bool) -> Option<&Number> {
        let is_meant = |bound: &&Bound| (bound.measure, bound.side, bound.strict) == (Measure::Number, side, strict);
        self.bounds().map(|(_, bound)| bound).find(is_meant).map(|bound| &bound.limit)
    }

    /// The lower or upper limit of a count.
    pub(crate) fn count(&self, measure: Measure, side: Side) -> Option<u64> {
        let mut bounds = self.bounds().map(|(_, bound)| bound);
        bounds.find(|bound| (bound.measure, bound.side) == (measure, side)).and_then(|bound| bound.limit.as_u64())
    }

    /// The schemas of the parts of a value: `prefixItems`, `items`, `contains` and `additionalProperties`.
    pub(crate) fn inside(&self) -> impl Iterator<Item = &SpecSchema> {
        let single = [&self.items, &self.contains].into_iter().flatten().map(AsRef::as_ref);
        self.prefix_items.iter().flatten().chain(single).chain(self.each())
    }

    /// The schemas of the same value: `oneOf`, `anyOf`, `allOf`, `not`, `if`, `then` and `else`.
    pub(crate) fn in_place(&self) -> impl Iterator<Item = &SpecSchema> {
        let several = [self.one_of.as_deref(), self.any_of.as_deref(), Some(self.all_of.as_slice())];
        let single = [&self.not, &self.condition, &self.then, &self.otherwise];
        several
            .into_iter()
            .flatten()
            .flatten()
            .chain(single.into_iter().flatten().map(AsRef::as_ref))
            .chain(self.dependent_schemas.iter().map(|property| &property.schema))
    }
}
