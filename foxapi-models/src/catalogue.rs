//! The catalogue: every model with its parameters as data, for user interfaces, agents and documentation.

use std::sync::{LazyLock, OnceLock};

use foxapi_schema::{Model, Page};

use crate::generated::AnyRequest;
use crate::request::Request;
use crate::runtime::Variants;

/// Returns every documented model, page by page. Each page is read when the iterator reaches it.
///
/// ```
/// for model in foxapi_models::models() {
///     println!("{}: {}", model.id, model.description);
///     for parameter in model.parameters.iter().filter(|parameter| parameter.required) {
///         println!("  {}: {}", parameter.name, parameter.description);
///     }
/// }
/// ```
pub fn models() -> impl Iterator<Item = &'static Model> {
    PAGES.iter().flat_map(PageModels::models)
}

/// A page, with its models once they are needed.
struct PageModels {
    page: &'static Page,
    models: OnceLock<Vec<Model>>,
}

impl PageModels {
    fn models(&'static self) -> &'static [Model] {
        self.models.get_or_init(|| foxapi_schema::models(self.page))
    }
}

/// Every page, in the order of the requests.
static PAGES: LazyLock<Vec<PageModels>> =
    LazyLock::new(|| AnyRequest::pages().iter().map(|page| PageModels { page, models: OnceLock::new() }).collect());

/// Returns the documented model with this ID. Only its page is read.
///
/// ```
/// let lite = foxapi_models::model("veo-3.1-lite-image-to-video").ok_or("no such model")?;
/// assert_eq!(lite.request, "Veo31ImageToVideo");
/// assert!(lite.parameters.iter().all(|parameter| parameter.name != "safety_tolerance"));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn model(id: &str) -> Option<&'static Model> {
    let page = AnyRequest::models().get(id.as_bytes())?.page;
    let entry = PAGES.iter().find(|entry| std::ptr::eq(entry.page, page))?;
    entry.models().iter().find(|model| model.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_schema_is_understood() {
        for page in AnyRequest::pages() {
            assert_eq!(page.schema.fault(), None, "{}", page.slug);
        }
    }
}
