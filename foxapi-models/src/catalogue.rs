//! The catalogue: every model with its parameters as data, for user interfaces, agents and documentation.

use std::sync::LazyLock;

use foxapi_schema::Model;

use crate::generated::VideoRequest;
use crate::request::Request;

/// Every documented model, page by page.
///
/// ```
/// for model in foxapi_models::models() {
///     println!("{}: {}", model.id, model.description);
///     for parameter in model.parameters.iter().filter(|parameter| parameter.required) {
///         println!("  {}: {}", parameter.name, parameter.description);
///     }
/// }
/// ```
#[must_use]
pub fn models() -> &'static [Model] {
    static MODELS: LazyLock<Vec<Model>> =
        LazyLock::new(|| VideoRequest::pages().iter().flat_map(|page| foxapi_schema::models(page)).collect());
    &MODELS
}

/// The documented model with an id.
///
/// ```
/// let lite = foxapi_models::model("veo-3.1-lite-image-to-video").ok_or("no such model")?;
/// assert_eq!(lite.request, "Veo31ImageToVideo");
/// assert!(lite.parameters.iter().all(|parameter| parameter.name != "safety_tolerance"));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn model(id: &str) -> Option<&'static Model> {
    models().iter().find(|model| model.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_schema_is_understood() {
        for page in VideoRequest::pages() {
            assert_eq!(page.schema.fault(), None, "{}", page.slug);
        }
    }
}
