//! A schema embedded in the program: its text, and the tree that is parsed from it when first needed.

use std::fmt;
use std::sync::OnceLock;

use serde_json::Value;

use crate::json::Json;
use crate::models;
use crate::subschema::Keywords;

/// The JSON Schema (draft 2020-12) of a request body.
///
/// ```
/// use foxapi_models::{Request, VideoRequest};
///
/// for page in VideoRequest::pages() {
///     std::fs::write(std::env::temp_dir().join(format!("{}.json", page.slug)), page.schema.text())?;
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Schema {
    text: &'static str,
    /// The models of its page.
    models: &'static [&'static str],
    /// Boxed, so that a program does not set aside room for the keywords of every page.
    root: OnceLock<Result<Box<Keywords>, String>>,
}

impl Schema {
    pub(crate) const fn new(text: &'static str, models: &'static [&'static str]) -> Self {
        Self { text, models, root: OnceLock::new() }
    }

    /// The schema as JSON text, in the order of the documentation page and with the keywords of its dialect.
    ///
    /// Parameters and values that only some models have are marked with `x-models`, which only this crate enforces;
    /// [`to_value`](Self::to_value) expresses it in standard keywords as well.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The schema as JSON for any validator: `x-models` is also expressed in standard keywords.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut schema = Json::parse(self.text).map(|schema| schema.to_value()).unwrap_or_default();
        models::expand(&mut schema, self.models);
        schema
    }

    /// Why the collector cannot walk the schema; never `Some` for a schema that codegen accepted.
    #[doc(hidden)]
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.root().err()
    }

    /// The schema as the collector walks it.
    pub(crate) fn root(&self) -> Result<&Keywords, &str> {
        let root = self.root.get_or_init(|| Json::parse(self.text)?.read().map(Box::new));
        root.as_deref().map_err(String::as_str)
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.text).finish()
    }
}
