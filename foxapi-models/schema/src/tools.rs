//! Tool definitions for language models: each page as a function, in the format of a provider.
//!
//! Keywords that a provider does not accept are put into words: limits in the description of the parameter, rules
//! between parameters in the description of the tool. What exceeds a provider's sizes is moved, or left out and noted.

pub mod flat;
mod limits;
mod lower;
mod narrow;
pub mod plain;
mod provider;
pub mod words;

use crate::json::{Json, Object};
use plain::{listed, paragraphs, rules};

pub use narrow::narrow;
pub use provider::Provider;

/// A page as a tool.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ToolDefinition {
    /// The definition in the provider's format.
    pub tool: Object,
    /// What the provider has no room for and where it went, each as a sentence.
    pub notes: Vec<String>,
}

/// A page as a tool, made from its name, its address and its schema.
#[must_use]
pub fn definition(provider: Provider, slug: &str, docs: &str, schema: &Object) -> ToolDefinition {
    let mut notes = Vec::new();
    let name = name(slug);
    let mut parameters = lower::parameters(provider, schema);
    limits::drop_properties(provider, &mut parameters, &mut notes);
    let loose = provider.is_strict().then(|| limits::loose(&parameters)).flatten();
    notes.extend(loose.as_ref().map(|reason| format!("not strict: {reason}")));
    let own = schema.text("description").unwrap_or_default();
    let rules = listed("Rules:", &rules(schema));
    let null = if provider.is_strict() { "Pass null for whatever should not be set." } else { "" };
    let docs = format!("Documentation: {docs}");
    let mut description = paragraphs([own, &rules, null, &docs]);
    if let Some(most) = provider.longest_description().filter(|most| description.chars().count() > *most) {
        limits::describe(&mut parameters, "model", &rules);
        let rest = paragraphs(["The description of `model` has the rules.", null, &docs]);
        description = paragraphs([limits::cut(own, most.saturating_sub(rest.chars().count() + 2)), rest]);
        notes.push(format!("its description has more than {most} letters: the rules are in that of `model`"));
    }
    let tool = provider.tool(&name, description, parameters, provider.is_strict() && loose.is_none());
    let notes = notes.into_iter().map(|note| format!("{name}: {note}")).collect();
    ToolDefinition { tool, notes }
}

/// The value of `tools` in a request to the provider: for Bedrock within `toolConfig`, for MCP in the answer to
/// `tools/list`.
#[must_use]
pub fn list(provider: Provider, tools: Vec<Object>) -> Json {
    match provider {
        Provider::Gemini => Json::from(vec![Object::new().with("functionDeclarations", tools)]),
        _ => Json::from(tools),
    }
}

/// Why a request cannot have that many tools, if it cannot.
#[must_use]
pub fn too_many(provider: Provider, tools: usize) -> Option<String> {
    let most = provider.most_tools().filter(|most| tools > *most)?;
    Some(format!("these are {tools} tools, but a request to {} can have only {most}", provider.name()))
}

/// The name of a page's tool: the name of the page, in characters that every provider accepts.
fn name(slug: &str) -> String {
    let name: String = slug.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut name = if begins { name } else { format!("make_{name}") };
    name.truncate(Provider::LONGEST_NAME);
    name
}

#[cfg(test)]
mod tests;
