//! The specs, each read into the same form as the page that it is about.

use foxapi_codegen::raw::Node;
use foxapi_codegen::{Diagnostics, Source, check, checked::SpecSet};
use foxapi_schema::{Violation, validator::ParsedSchema};
use serde_json::Value as JsonValue;

use crate::capture;
use crate::finding::SpecPlace;
use crate::page::{ITEMS, Parameter};
use crate::sentences::memory::{CONTRADICTION, NONE, outcomes};

/// The specs of all pages. A wrong one does not affect the others.
#[derive(Debug)]
#[non_exhaustive]
pub struct Specs {
    /// Sorted by name.
    pub pages: Vec<Spec>,
    /// The specs that the generator refuses.
    pub broken: Vec<Broken>,
    pub(crate) checked: Vec<SpecSet>,
    pub(crate) sources: Vec<Source>,
}

/// A spec that the generator refuses.
#[derive(Debug)]
#[non_exhaustive]
pub struct Broken {
    /// Name of the page.
    pub slug: String,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

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
    /// The request, whose properties are the parameters.
    pub(crate) request: Parameter,
    /// What checks requests of the page.
    schema: Option<ParsedSchema>,
    file: String,
    root: Node,
}

impl Specs {
    /// Reads spec files. If something is wrong, each page is read separately, with what pages share.
    ///
    /// # Errors
    ///
    /// What is wrong with the files that pages share.
    pub fn read(sources: &[Source]) -> Result<Self, Diagnostics> {
        let (pages, shared): (Vec<Source>, Vec<Source>) = sources.iter().cloned().partition(is_page);
        if let Ok(checked) = check(sources) {
            let pages = pages.iter().filter_map(|source| of_page(&checked, source)).collect();
            return Ok(Self { pages, broken: Vec::new(), sources: sources.to_vec(), checked: vec![checked] });
        }
        let checked = vec![check(&shared)?];
        let mut specs = Self { pages: Vec::new(), broken: Vec::new(), checked, sources: shared.clone() };
        for source in pages {
            match check(&[shared.as_slice(), std::slice::from_ref(&source)].concat()) {
                Ok(alone) => {
                    specs.pages.extend(of_page(&alone, &source));
                    specs.sources.push(source);
                    specs.checked.push(alone);
                }
                Err(diagnostics) => specs.broken.push(Broken { slug: slug_of(&source), diagnostics }),
            }
        }
        Ok(specs)
    }

    /// The spec files without problems, and one more.
    #[must_use]
    pub fn with(&self, source: Source) -> Vec<Source> {
        self.sources.iter().cloned().chain([source]).collect()
    }

    /// The files that pages share.
    pub(crate) fn shared(&self) -> Vec<Source> {
        self.sources.iter().filter(|source| !is_page(source)).cloned().collect()
    }

    /// The spec of a page.
    #[must_use]
    pub fn page(&self, slug: &str) -> Option<&Spec> {
        self.pages.iter().find(|spec| spec.slug == slug)
    }

    /// What is wrong with the spec of a page.
    #[must_use]
    pub fn broken(&self, slug: &str) -> Option<&Broken> {
        self.broken.iter().find(|broken| broken.slug == slug)
    }
}

/// Whether a file is the spec of a page; a file that cannot be read counts as one.
fn is_page(source: &Source) -> bool {
    source.json().is_none_or(|root| root.get("x-endpoint").is_some())
}

fn slug_of(source: &Source) -> String {
    let name = source.file_name();
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}

fn of_page(specs: &SpecSet, source: &Source) -> Option<Spec> {
    let (module, _, page) = specs.requests().find(|(module, ..)| module.source == source.file_name())?;
    let schema = module.schema.as_ref()?;
    Some(Spec {
        slug: page.slug.clone(),
        docs: page.docs.clone(),
        method: page.method.clone(),
        path: page.path.clone(),
        models: page.models.clone(),
        // The generator resolved its references.
        request: capture::object(schema, schema).unwrap_or_default(),
        schema: ParsedSchema::read(&schema.into()),
        file: source.path().to_owned(),
        root: source.json()?,
    })
}

impl Spec {
    /// Where a parameter or one of its keywords is: the nearest place in the file itself.
    pub(crate) fn place(&self, parameter: &str, keyword: &str) -> SpecPlace {
        let mut pointer = pointer(parameter);
        if !keyword.is_empty() {
            pointer = format!("{pointer}/{keyword}");
        }
        let at = self.root.nearest(&pointer);
        SpecPlace { file: self.file.clone(), line: at.line, column: at.column }
    }

    /// Whether the spec has what a sentence about a parameter is recorded to have become, directly or by a reference.
    pub(crate) fn has(&self, parameter: &str, outcome: &str) -> bool {
        let pointer = if outcome.starts_with("allOf/") { String::new() } else { pointer(parameter) };
        let (outcome_of, of_spec) = match (outcome.strip_prefix("items/"), self.request.at(parameter)) {
            (Some(outcome), Some(list)) => (outcome, list.item.as_deref()),
            (_, of_spec) => (outcome, of_spec),
        };
        matches!(outcome, NONE | CONTRADICTION)
            || self.root.find(&format!("{pointer}/{outcome}")).is_some()
            || of_spec.is_some_and(|of_spec| match outcome_of {
                "oneOf" | "enum" | "const" | "$ref" => !of_spec.options.is_empty(),
                "type" => of_spec.kind.is_some(),
                "required" => of_spec.required,
                outcome => of_spec.stated(outcome).is_some(),
            })
    }

    /// What sentences became, for people, and where it is.
    #[must_use]
    pub fn meaning(&self, parameter: &str, became: &str) -> Option<(String, SpecPlace)> {
        let outcomes = outcomes(became).filter(|outcome| *outcome != NONE);
        let meanings: Vec<(String, SpecPlace)> = outcomes
            .map(|outcome| match outcome.strip_prefix("allOf/") {
                Some(at) => {
                    let rule = at.parse().ok().and_then(|at: usize| self.rules().get(at));
                    let said = rule.and_then(|rule| rule.text("description")).unwrap_or("which is gone");
                    (format!("the rule {said:?}"), self.place("", outcome))
                }
                None if outcome == "description" => ("the description".to_owned(), self.place(parameter, outcome)),
                None => {
                    let value = self
                        .request
                        .at(parameter)
                        .and_then(|it| it.stated(outcome))
                        .map(|value| format!(": {}", shown(&value)));
                    (format!("\"{outcome}\"{}", value.unwrap_or_default()), self.place(parameter, outcome))
                }
            })
            .collect();
        let words: Vec<&str> = meanings.iter().map(|(words, _)| words.as_str()).collect();
        let place = meanings.first().map(|(_, place)| place.clone())?;
        Some((words.join(" and "), place))
    }

    /// The rules of the request.
    pub(crate) fn rules(&self) -> &[Node] {
        self.root.get("allOf").map(Node::items).unwrap_or_default()
    }

    /// What is wrong with a request.
    pub(crate) fn violations(&self, request: &JsonValue) -> Vec<Violation> {
        let models: Vec<&str> = self.models.iter().map(String::as_str).collect();
        self.schema.as_ref().map(|schema| schema.violations(&models, request)).unwrap_or_default()
    }

    /// The model of a request that does not name one.
    pub(crate) fn default_model(&self) -> &str {
        let default = self.request.property("model").and_then(|model| model.default.as_ref());
        let default = default.and_then(|default| default.value.as_str());
        default.or(self.models.first().map(String::as_str)).unwrap_or_default()
    }
}

/// The place of a parameter in a spec file.
fn pointer(parameter: &str) -> String {
    parameter.split('/').filter(|name| !name.is_empty()).fold(String::new(), |pointer, name| match name {
        ITEMS => pointer + "/items",
        name => pointer + "/properties/" + name,
    })
}

/// A value as shown in messages.
pub(crate) fn shown(value: &JsonValue) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 {
        let start: String = text.chars().take(57).collect();
        return format!("{start}…");
    }
    text
}
