//! The spec of one page, read into the same form as the page itself.

use std::collections::BTreeMap;

use foxapi_codegen::{
    Position, Source,
    model::{Model, Module, Page as ModelPage},
    positions,
};
use serde_json::Value as Json;

use super::{
    capture,
    finding::Place,
    node,
    page::{Keyword, Parameter},
};

/// The step of a pointer that leads to each item of a list.
pub(crate) const ITEMS: &str = "[]";

/// What the spec of a page says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Spec {
    /// Name of the page.
    pub slug: String,
    /// Address of the page.
    pub docs: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) models: Vec<String>,
    pub(crate) parameters: Vec<Parameter>,
    /// What the schema says of the request as a whole: its rules above all.
    pub(crate) keywords: Vec<Keyword>,
    /// The generated module, from the folder of all of them.
    pub module: String,
    /// The schema that is generated from it.
    pub schema: String,
    file: String,
    positions: BTreeMap<String, Position>,
}

impl Spec {
    /// Where a parameter or one of its keywords stands: the nearest thing that the file itself has.
    pub(crate) fn place(&self, parameter: &str, keyword: &str) -> Place {
        let mut pointer =
            parameter.split('/').filter(|name| !name.is_empty()).fold(String::new(), |pointer, name| match name {
                ITEMS => pointer + "/items",
                name => pointer + "/properties/" + name,
            });
        if !keyword.is_empty() {
            pointer = format!("{pointer}/{keyword}");
        }
        loop {
            if let Some(at) = self.positions.get(&pointer) {
                return Place { file: self.file.clone(), line: at.line, column: at.column };
            }
            let Some((shorter, _)) = pointer.rsplit_once('/') else {
                return Place { file: self.file.clone(), line: 1, column: 1 };
            };
            pointer = shorter.to_owned();
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The sentence of a rule.
    pub(crate) fn described(&self, rule: &Json) -> String {
        let schema = node::json(&self.schema).ok();
        let branches = schema.as_ref().and_then(|schema| schema.get("allOf")).map(|it| it.items()).unwrap_or_default();
        let is_it = |branch: &&std::rc::Rc<node::Node>| {
            let read = capture::object(branch, branch);
            read.keywords.iter().any(|keyword| capture::rule(keyword).value == *rule)
        };
        let branch = branches.iter().find(is_it);
        let sentence = branch.and_then(|branch| branch.get("description")).and_then(|it| it.as_str());
        sentence.map_or_else(|| shown(rule), str::to_owned)
    }

    /// The model that a request without one is about.
    pub(crate) fn default_model(&self) -> &str {
        let default = self.parameter("model").and_then(|model| model.default.as_ref());
        let default = default.and_then(|default| default.value.as_str());
        default.or(self.models.first().map(String::as_str)).unwrap_or_default()
    }
}

/// The specs of all pages, in the order of their names.
#[must_use]
pub fn specs(model: &Model, sources: &[Source]) -> Vec<Spec> {
    model.requests().map(|(module, _, page)| spec(module, page, sources)).collect()
}

fn spec(module: &Module, page: &ModelPage, sources: &[Source]) -> Spec {
    let schema = module.schema.clone().unwrap_or_default();
    // The generator wrote it: it is JSON.
    let whole = node::json(&schema).map(|root| capture::object(&root, &root)).unwrap_or_default();
    let source = sources.iter().find(|source| source.path().rsplit(['/', '\\']).next() == Some(&module.source));
    Spec {
        slug: page.slug.clone(),
        docs: page.docs.clone(),
        method: page.method.clone(),
        path: page.path.clone(),
        models: page.models.clone(),
        parameters: whole.children,
        keywords: whole.keywords,
        module: module.generated(),
        schema,
        file: source.map(|source| source.path().to_owned()).unwrap_or_default(),
        positions: source.map(positions).unwrap_or_default(),
    }
}

/// A value as messages show it.
pub(crate) fn shown(value: &Json) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 {
        let start: String = text.chars().take(57).collect();
        return format!("{start}…");
    }
    text
}
