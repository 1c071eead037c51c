//! Tools for language models: definitions of selected models in the format of a provider.
//!
//! Schema keywords that a provider does not accept are put into words. What it refuses altogether (a long description,
//! an object with free names in strict mode) is moved, loosened or left out, and [`Tools::notes`] says so.
//!
//! ```
//! use foxapi_models::tools::{Provider, Tools};
//!
//! let tools = Tools::of(Provider::Anthropic, ["kling-v3-text-to-video", "veo-3.1-lite-image-to-video"])?;
//! let request = serde_json::json!({ "tools": tools.to_value() });
//! assert_eq!(request["tools"][0]["name"], "kling_v3_text_to_video");
//! // What the model gives back is the body of a request.
//! # Ok::<(), foxapi_models::tools::UnknownModel>(())
//! ```

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use foxapi_schema::json::Json;
#[doc(inline)]
pub use foxapi_schema::tools::Provider;
use foxapi_schema::tools::{ToolDefinition, definition, list, narrow, too_many};
use serde_json::Value;

use crate::generated::AnyRequest;
use crate::request::Request;
use crate::runtime::Variants;

/// Definitions of tools, one for each page with some of the models.
#[derive(Clone, Debug)]
pub struct Tools {
    list: Json,
    notes: Vec<String>,
}

impl Tools {
    /// Creates the tools for some models, in the order of the documentation. Models of one page share a tool.
    ///
    /// # Errors
    ///
    /// The first ID that is not a documented model.
    pub fn of<'a>(provider: Provider, models: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownModel> {
        let models: Vec<&str> = models.into_iter().collect();
        if let Some(unknown) = models.iter().find(|id| AnyRequest::models().get(id.as_bytes()).is_none()) {
            return Err(UnknownModel { id: (*unknown).to_owned() });
        }
        let mut tools = Vec::new();
        let mut notes = Vec::new();
        for page in AnyRequest::pages() {
            let picked: Vec<&str> = page.models.iter().copied().filter(|id| models.contains(id)).collect();
            if let (Ok(Json::Object(schema)), false) = (Json::parse(page.schema.text()), picked.is_empty()) {
                let ToolDefinition { tool, notes: of_tool, .. } =
                    definition(provider, page.slug, page.docs, &narrow(&schema, &picked));
                tools.push(tool);
                notes.extend(of_tool);
            }
        }
        notes.extend(too_many(provider, tools.len()));
        Ok(Self { list: list(provider, tools), notes })
    }

    /// The value of `tools` in a request to the provider: for Bedrock within `toolConfig`, for the Model Context
    /// Protocol in the answer to `tools/list`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        self.list.to_value()
    }

    /// The definitions as JSON text, with parameters in the order of the documentation.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.list.to_file()
    }

    /// What the provider has no room for and where it went, each as a sentence.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// No documented model has this ID.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownModel {
    /// The ID.
    pub id: String,
}

impl Display for UnknownModel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "there is no model {:?}", self.id)
    }
}

impl Error for UnknownModel {}
