//! A documentation page as data: what generated code says about a request type beside its fields.

use serde::Serialize;

use crate::schema::Schema;

/// A documentation page: the models it describes and the schema of their request body.
///
/// ```
/// use foxapi_models::{Request, VideoRequest};
///
/// for page in VideoRequest::pages() {
///     println!("{}: {}", page.docs, page.models.join(", "));
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Page {
    /// Last part of the page's address, which is also the name of its spec file.
    pub slug: &'static str,
    /// Name of the Rust type that is the page's request.
    pub title: &'static str,
    /// Address of the page.
    pub docs: &'static str,
    /// Where what this crate says of it comes from.
    pub source: PageSource,
    /// What kind of thing its models make: `video`, `image`, `audio` or `document`.
    pub group: &'static str,
    /// The family of its models, which is also the cargo feature: `kling`.
    pub family: &'static str,
    /// Where its requests are sent.
    pub endpoint: Endpoint,
    /// Ids of the models it describes, in its order.
    pub models: &'static [&'static str],
    /// JSON Schema of its request body.
    pub schema: Schema,
}

impl Page {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(facts: Facts) -> Self {
        let Facts { slug, title, docs, source, group, family, endpoint, models, schema } = facts;
        let schema = Schema::new(schema, models);
        Self { slug, title, docs, source, group, family, endpoint, models, schema }
    }

    /// Whether the page has a parameter of this name.
    #[must_use]
    pub fn documents(&self, parameter: &str) -> bool {
        self.schema.root().is_ok_and(|root| root.properties.iter().any(|(name, _)| name == parameter))
    }

    /// Whether a model is one of the page's.
    pub(crate) fn describes(&self, model: &str) -> bool {
        self.models.contains(&model)
    }
}

/// What a page has, without its schema: enough to say that another page has a parameter.
///
/// A program that only names its pages keeps the outlines of all, and the schemas of those that it uses.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "written with all its fields, by the crate of the same version")]
pub struct Outline {
    pub models: &'static [&'static str],
    pub parameters: &'static [&'static str],
}

/// What a generated module says of its page, with the text of the schema: a [`Page`] that another crate can write.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "written with all its fields, by the generator of the same version")]
pub struct Facts {
    pub slug: &'static str,
    pub title: &'static str,
    pub docs: &'static str,
    pub source: PageSource,
    pub group: &'static str,
    pub family: &'static str,
    pub endpoint: Endpoint,
    pub models: &'static [&'static str],
    pub schema: &'static str,
}

/// Where what this crate says of a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum PageSource {
    /// The page itself.
    Page,
    /// At least in part an index of the documentation, which has no limits: some may be missing.
    #[non_exhaustive]
    Index {
        /// The day on which the index was seen, such as `2026-08-04`.
        seen: &'static str,
    },
}

#[cfg(test)]
impl Page {
    /// A page of these models, of which only the schema matters.
    pub(crate) fn of_schema(models: &'static [&'static str], schema: String) -> Self {
        Self::new(Facts {
            slug: "test",
            title: "Test",
            docs: "",
            source: PageSource::Page,
            group: "video",
            family: "test",
            endpoint: Endpoint::new("POST", "/"),
            models,
            schema: schema.leak(),
        })
    }
}

impl PageSource {
    #[doc(hidden)]
    #[must_use]
    pub const fn index(seen: &'static str) -> Self {
        Self::Index { seen }
    }
}

/// Where requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Endpoint {
    /// HTTP method, such as `POST`.
    pub method: &'static str,
    /// Path below the address of the API, such as `/v1/videos/generations`.
    pub path: &'static str,
}

impl Endpoint {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str) -> Self {
        Self { method, path }
    }
}
