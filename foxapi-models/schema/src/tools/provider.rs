//! The providers, and what each takes.

use super::json::{Json, Object};

/// Who is given the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Provider {
    /// The Messages API of Anthropic.
    Anthropic,
    /// The Converse API of Amazon Bedrock, whatever model it leads to.
    Bedrock,
    /// The Gemini API of Google, with `parametersJsonSchema`.
    Gemini,
    /// The Model Context Protocol: the tools of a server.
    Mcp,
    /// The Responses API of OpenAI in strict mode: every parameter is given, those that are not set as null.
    OpenAi,
    /// Chat Completions of OpenAI, and what speaks the same protocol; not strict.
    OpenAiChat,
}

/// Keywords that say what the value is; every provider takes them.
const SHAPE: &[&str] =
    &["type", "description", "enum", "properties", "required", "additionalProperties", "items", "anyOf"];

/// Keywords for references, where a schema holds itself.
const REFERENCES: &[&str] = &["$ref", "$defs"];

impl Provider {
    /// All of them.
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

    /// The limits that it takes as keywords, after its documentation.
    pub(super) fn limits(self) -> &'static [&'static str] {
        match self {
            Self::Gemini => &["format", "minimum", "maximum", "minItems", "maxItems"],
            // `format` is limited to a list that has no `uri`.
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

    /// Whether every property is required, and null where it is not set.
    pub(super) fn is_strict(self) -> bool {
        self == Self::OpenAi
    }

    /// Whether it takes the values in `enum`.
    pub(super) fn takes_values(self, values: &[Json]) -> bool {
        self != Self::Gemini || values.iter().all(|value| matches!(value, Json::String(_) | Json::Number(_)))
    }

    pub(super) fn takes(self, keyword: &str) -> bool {
        SHAPE.contains(&keyword) || REFERENCES.contains(&keyword) || self.limits().contains(&keyword)
    }

    /// How many letters the name of a tool may have.
    ///
    /// Anthropic: "Define tools" wants `^[a-zA-Z0-9_-]{1,64}$`. Bedrock: `ToolSpecification.name`. Gemini:
    /// `FunctionDeclaration.name`; Vertex AI takes 128 and the Gemini API 64. OpenAI: `function.name` of both APIs.
    /// The protocol takes 128, and those who pass tools on to one of the others 64.
    pub(super) const LONGEST_NAME: usize = 64;

    /// How many letters the description of a tool may have, where the provider has a limit.
    ///
    /// OpenAI refuses more with `string_above_max_length`. The others name none.
    pub(super) fn longest_description(self) -> Option<usize> {
        matches!(self, Self::OpenAi | Self::OpenAiChat).then_some(1024)
    }

    /// How many tools a request may have, where the provider has a limit.
    ///
    /// OpenAI: "a max of 128 functions are supported", of `tools` in its reference.
    pub(super) fn most_tools(self) -> Option<usize> {
        matches!(self, Self::OpenAi | Self::OpenAiChat).then_some(128)
    }

    /// Whether it takes the name of a property.
    ///
    /// Gemini: a letter or an underscore, then letters, digits and underscores (`FunctionDeclaration.parameters`).
    /// Anthropic answers with the pattern `^[a-zA-Z0-9_.-]{1,64}$`, which the others take as well.
    pub(super) fn takes_property(self, name: &str) -> bool {
        let others = if self == Self::Gemini { "_" } else { "_.-" };
        let begins = self != Self::Gemini || !name.starts_with(|first: char| first.is_ascii_digit());
        let fits = |letter: char| letter.is_ascii_alphanumeric() || others.contains(letter);
        begins && (1..=64).contains(&name.len()) && name.chars().all(fits)
    }

    /// A tool as the provider writes it.
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
