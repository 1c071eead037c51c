//! Documentation pages as data: what generated code says about a request type besides its fields.

use std::fmt;

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
    /// The last part of the page's address, which is also the name of its spec file.
    pub slug: &'static str,
    /// The name of the page's Rust request type.
    pub title: &'static str,
    /// The address of the page.
    pub docs: &'static str,
    /// Where this crate's data about the page comes from.
    pub source: PageSource,
    /// The kind of output of its models: `video`, `image`, `audio` or `document`.
    pub group: &'static str,
    /// The family of its models, which is also the cargo feature: `kling`.
    pub family: &'static str,
    /// Where its requests are sent.
    pub endpoint: Endpoint,
    /// The IDs of the models it describes, in the order of the page.
    pub models: &'static [&'static str],
    /// The JSON Schema of its request body.
    pub schema: Schema,
    /// The outlines of all pages, this one included.
    pub(crate) outlines: &'static Outlines,
}

impl Page {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(facts: Facts, outlines: &'static Outlines) -> Self {
        let Facts { slug, title, docs, source, group, family, endpoint, models, schema } = facts;
        let schema = Schema::new(schema, models);
        Self { slug, title, docs, source, group, family, endpoint, models, schema, outlines }
    }

    /// Whether the page has a parameter of this name.
    #[must_use]
    pub fn documents(&self, parameter: &str) -> bool {
        self.position(parameter).is_some()
    }

    /// The position of a parameter in the order of the page.
    #[doc(hidden)]
    #[must_use]
    pub fn position(&self, parameter: &str) -> Option<usize> {
        self.schema.root().ok()?.properties.names().position(|name| name == parameter)
    }

    /// Whether the page describes a model.
    pub(crate) fn describes(&self, model: &str) -> bool {
        self.models.contains(&model)
    }
}

/// The models and parameters of a page, without its schema: enough to say that another page has a parameter.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "only the crate of the same version creates it")]
pub struct Outline {
    pub models: &'static [&'static str],
    pub parameters: &'static [&'static str],
}

/// The outlines of all pages, group by group.
///
/// A program contains them, but the schemas of only those pages that it uses.
#[doc(hidden)]
#[allow(clippy::exhaustive_structs, reason = "only the crate of the same version creates it")]
pub struct Outlines(pub &'static [&'static [Outline]]);

impl fmt::Debug for Outlines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outlines")
    }
}

/// What a generated module states about its page, with the schema as text: a [`Page`] that another crate can create.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "only code from the generator of the same version creates it")]
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

/// Where this crate's data about a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum PageSource {
    /// The page itself.
    Page,
    /// At least partly an index of the documentation, which states no limits: some limits may be missing.
    #[non_exhaustive]
    Index {
        /// The date on which the index was read, such as `2026-08-04`.
        seen: &'static str,
    },
}

#[cfg(test)]
impl Page {
    /// A page of which only the models and the schema matter.
    pub(crate) fn of_schema(models: &'static [&'static str], schema: String) -> Self {
        let facts = Facts {
            slug: "test",
            title: "Test",
            docs: "",
            source: PageSource::Page,
            group: "video",
            family: "test",
            endpoint: Endpoint::new("POST", "/"),
            models,
            schema: schema.leak(),
        };
        Self::new(facts, &Outlines(&[]))
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
    /// The HTTP method, such as `POST`.
    pub method: &'static str,
    /// The path below the address of the API, such as `/v1/videos/generations`.
    pub path: &'static str,
}

impl Endpoint {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str) -> Self {
        Self { method, path }
    }
}
