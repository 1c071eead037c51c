//! The providers, and what each of them accepts.

use crate::json::{Json, Object};

/// The provider of the language model that is given the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Provider {
    /// Anthropic's Messages API.
    Anthropic,
    /// The Converse API of Amazon Bedrock, for any model.
    Bedrock,
    /// Google's Gemini API, with `parametersJsonSchema`.
    Gemini,
    /// The Model Context Protocol, for the tools of a server.
    Mcp,
    /// OpenAI's Responses API in strict mode: every parameter is given, with null for those that are not set.
    OpenAi,
    /// OpenAI's Chat Completions, and anything with the same protocol; not strict.
    OpenAiChat,
}

/// Keywords for the kind of a value, which every provider accepts.
const SHAPE: &[&str] =
    &["type", "description", "enum", "properties", "required", "additionalProperties", "items", "anyOf"];

/// Keywords for references, needed by recursive schemas.
const REFERENCES: &[&str] = &["$ref", "$defs"];

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 6] =
        [Self::Anthropic, Self::Bedrock, Self::Gemini, Self::Mcp, Self::OpenAi, Self::OpenAiChat];

    /// The name, as on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anthropic => "anthropic",
            Self::Bedrock => "bedrock",
            Self::Gemini => "gemini",
            Self::Mcp => "mcp",
            Self::OpenAi => "openai",
            Self::OpenAiChat => "openai-chat",
        }
    }

    /// The limits that it accepts as keywords, according to its documentation.
    pub(super) fn limits(self) -> &'static [&'static str] {
        match self {
            Self::Gemini => &["format", "minimum", "maximum", "minItems", "maxItems"],
            // `format` is limited to a list that does not include `uri`.
            Self::OpenAi => &[
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "minItems",
                "maxItems",
                "pattern",
            ],
            Self::Anthropic | Self::Bedrock | Self::Mcp | Self::OpenAiChat => &[
                "format",
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "uniqueItems",
                "pattern",
                "minProperties",
                "maxProperties",
                "default",
                "examples",
            ],
        }
    }

    /// Whether every property is required, with null for those that are not set.
    pub(super) fn is_strict(self) -> bool {
        self == Self::OpenAi
    }

    /// Whether it accepts these values in `enum`.
    pub(super) fn takes_values(self, values: &[Json]) -> bool {
        self != Self::Gemini || values.iter().all(|value| matches!(value, Json::String(_) | Json::Number(_)))
    }

    pub(super) fn takes(self, keyword: &str) -> bool {
        SHAPE.contains(&keyword) || REFERENCES.contains(&keyword) || self.limits().contains(&keyword)
    }

    /// The most letters in the name of a tool.
    ///
    /// Anthropic: "Define tools" requires `^[a-zA-Z0-9_-]{1,64}$`. Bedrock: `ToolSpecification.name`. Gemini:
    /// `FunctionDeclaration.name`; Vertex AI accepts 128, the Gemini API 64. OpenAI: `function.name` of both APIs.
    /// The Model Context Protocol accepts 128, but its clients pass tools on to providers that accept 64.
    pub(super) const LONGEST_NAME: usize = 64;

    /// The most letters in the description of a tool, if the provider has a limit.
    ///
    /// OpenAI refuses more with `string_above_max_length`. The others document no limit.
    pub(super) fn longest_description(self) -> Option<usize> {
        matches!(self, Self::OpenAi | Self::OpenAiChat).then_some(1024)
    }

    /// The most tools in a request, if the provider has a limit.
    ///
    /// OpenAI: "a max of 128 functions are supported", under `tools` in its reference.
    pub(super) fn most_tools(self) -> Option<usize> {
        matches!(self, Self::OpenAi | Self::OpenAiChat).then_some(128)
    }

    /// Whether it accepts the name of a property.
    ///
    /// Gemini: a letter or an underscore, then letters, digits and underscores (`FunctionDeclaration.parameters`).
    /// Anthropic's error message has the pattern `^[a-zA-Z0-9_.-]{1,64}$`, which the others accept as well.
    pub(super) fn takes_property(self, name: &str) -> bool {
        let others = if self == Self::Gemini { "_" } else { "_.-" };
        let begins = self != Self::Gemini || !name.starts_with(|first: char| first.is_ascii_digit());
        let fits = |letter: char| letter.is_ascii_alphanumeric() || others.contains(letter);
        begins && (1..=64).contains(&name.len()) && name.chars().all(fits)
    }

    /// A tool in the provider's format.
    pub(super) fn tool(self, name: &str, description: String, parameters: Object, is_strict: bool) -> Object {
        let function = Object::new().with("name", name).with("description", description);
        match self {
            Self::Anthropic => function.with("input_schema", parameters),
            Self::Bedrock => {
                let schema = Object::new().with("json", parameters);
                Object::new().with("toolSpec", function.with("inputSchema", schema))
            }
            Self::Mcp => function.with("inputSchema", parameters),
            Self::Gemini => function.with("parametersJsonSchema", parameters),
            Self::OpenAi => {
                let mut tool = function.with("strict", is_strict).with("parameters", parameters);
                tool.set_first("type", "function");
                tool
            }
            Self::OpenAiChat => {
                Object::new().with("type", "function").with("function", function.with("parameters", parameters))
            }
        }
    }
}
