//! The page of a request as data.

use quote::quote;

use crate::checked::{Module, Object, Origin, RequestPage};
use crate::render::Block;

/// ```text
/// const FACTS: Facts = Facts { slug: "kling-v3-text-to-video", … };
/// ```
pub(super) fn page(module: &Module, object: &Object, page: &RequestPage) -> Block {
    let (title, slug, docs) = (&object.name, &page.slug, &page.docs);
    let (method, path) = (&page.method, &page.path);
    let schema = format!("{}.json", module.name);
    let models = &page.models;
    let origin = match &page.origin {
        Origin::Page => quote!(PageSource::Page),
        Origin::Index { seen } => quote!(PageSource::index(#seen)),
    };
    let (family, group) = (module.family().unwrap_or_default(), &page.group);
    Block::Tokens(quote! {
        const FACTS: Facts = Facts {
            slug: #slug,
            title: #title,
            docs: #docs,
            source: #origin,
            group: #group,
            family: #family,
            endpoint: Endpoint::new(#method, #path),
            models: &[#(#models),*],
            schema: include_str!(#schema),
        };
    })
}
