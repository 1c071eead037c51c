//! What makes an object the request of a page: the page as data, and the trait of requests.

use quote::quote;

use crate::model::{Module, Object, Page};
use crate::render::Block;

/// ```text
/// request!(KlingV3TextToVideo, PAGE);
///
/// static PAGE: Page = Page { slug: "kling-v3-text-to-video", … };
/// ```
pub(super) fn blocks(module: &Module, object: &Object, page: &Page) -> Vec<Block> {
    let (title, slug, docs) = (&object.name, &page.slug, &page.docs);
    let (method, path) = (&page.method, &page.path);
    let schema = format!("{}.json", module.name);
    let models = &page.models;
    let differences = page.differences.iter().map(|difference| {
        let (parameter, models) = (&difference.parameter, &difference.models);
        match &difference.option {
            Some(option) => {
                let option = option.to_string();
                quote!(Difference::option(#parameter, #option, &[#(#models),*]))
            }
            None => quote!(Difference::parameter(#parameter, &[#(#models),*])),
        }
    });
    let data = Block::Tokens(quote! {
        static PAGE: Page = Page {
            slug: #slug,
            title: #title,
            docs: #docs,
            endpoint: Endpoint::new(#method, #path),
            models: &[#(#models),*],
            differences: &[#(#differences),*],
            schema: Schema::new(include_str!(#schema)),
        };
    });
    vec![Block::Text(format!("request!({}, PAGE);\n", object.name)), data]
}
