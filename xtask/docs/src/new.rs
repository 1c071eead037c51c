//! A first spec from a page, with a TODO wherever a person has to decide.

pub(crate) mod draft;
mod json;
mod names;
pub(crate) mod rules;
mod shared;
mod stated;
pub(crate) mod trial;

use std::path::Path;

use foxapi_codegen::{Source, model::Model};

use crate::{
    capture::Problem,
    identify::{is_slug, slug_of},
    page::{Page, Shape},
};

/// The beginning of a spec.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draft {
    /// The path of the file from the spec folder: that of its group and family.
    pub name: String,
    /// The text of the file.
    pub text: String,
    /// How many TODOs it has.
    pub todos: usize,
}

/// Where a spec is put.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "what a caller has to say")]
pub struct Target<'a> {
    /// What diagnostics call the spec folder, with a slash behind it.
    pub folder: &'a str,
    /// The family; without one that of the pages whose names begin alike, else the first word of the page's name.
    pub family: Option<&'a str>,
}

/// Begins the spec of a page that is called `slug`; `docs` is the address of the page.
///
/// # Errors
///
/// Why no spec can be begun from this page.
pub fn draft(
    page: &Page,
    slug: &str,
    docs: Option<&str>,
    place: Target<'_>,
    model: &Model,
    sources: &[Source],
) -> Result<Draft, Problem> {
    if page.shape == Shape::Lossy {
        return Err(Problem::whole(
            "this copy has lost the names of the parameters",
            "copy the page again from a browser, or take its .md form",
        ));
    }
    if page.models.is_empty() {
        return Err(Problem::whole(
            "the page names no model",
            "a spec is about a request whose `model` names the model",
        ));
    }
    let library = shared::Library::new(model, sources);
    let mut draft = draft::draft(page, slug, docs, &library);
    let family = place.family.unwrap_or_else(|| library.family(slug));
    let name = format!("{}/{family}/{slug}.json", library.group(&draft::endpoint(page)));
    stated::carry(&mut draft, place.folder, &name, sources);
    Ok(Draft { name, text: draft.spec.to_file(), todos: draft.todos })
}

/// The name of a page: of its address `docs`, of its file, or of its first model.
#[must_use]
pub fn slug(page: &Page, capture: &Path, docs: Option<&str>) -> String {
    let address = docs.or(page.address.as_ref().map(|address| address.value.as_str()));
    if let Some(address) = address {
        return slug_of(Path::new(address));
    }
    if let Some(file) = &page.file {
        return slug_of(Path::new(file));
    }
    let named = slug_of(capture);
    // A file called `page.txt` says nothing; pages are named after what they are about.
    let says_something = named.contains(['-', '.']) && is_slug(&named);
    let first = page.models.first().map(|model| model.value.clone());
    if says_something { named } else { first.filter(|model| is_slug(model)).unwrap_or(named) }
}
