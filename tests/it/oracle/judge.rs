//! The independent judge: the crate `jsonschema` on the spec files as they are written, including `$ref`s.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Retrieve, Uri, ValidationError, Validator};
use serde_json::Value;

use super::dialect;
use super::specs::Specs;
use super::text::step;

/// The made-up address of the spec files, so that they can refer to each other.
const BASE: &str = "https://spec.test/";

/// Judges bodies by one spec file.
pub(crate) struct Judge(Validator);

impl Judge {
    pub(crate) fn new(specs: &Specs, file: &str) -> Self {
        Self::try_new(specs, file).expect("a spec file is a schema")
    }

    /// A judge, or why the spec file is not a schema.
    pub(crate) fn try_new(specs: &Specs, file: &str) -> Result<Self, String> {
        let mut specs = specs.clone();
        dialect::settle_totals(&mut specs);
        dialect::settle_models(&mut specs);
        let schema = resource(specs.get(file).expect("a spec file"));
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_base_uri(format!("{BASE}{file}"))
            .should_validate_formats(true)
            .with_retriever(Folder(specs));
        dialect::keywords(options).build(&schema).map(Self).map_err(|error| error.to_string())
    }

    /// A judge that knows JSON Schema but none of our keywords, like most tools.
    pub(crate) fn standard(specs: &Specs, file: &str) -> Self {
        let mut specs = specs.clone();
        dialect::settle_models(&mut specs);
        let schema = resource(specs.get(file).expect("a spec file"));
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_base_uri(format!("{BASE}{file}"))
            .should_validate_formats(true)
            .with_retriever(Folder(specs));
        Self(options.build(&schema).expect("a spec file is a schema"))
    }

    pub(crate) fn is_valid(&self, body: &Value) -> bool {
        self.0.is_valid(body)
    }

    /// The JSON Pointers of everything that is wrong with a body; empty for a valid one.
    pub(crate) fn blamed(&self, body: &Value) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        for error in self.0.iter_errors(body) {
            blame(&error, &mut paths);
        }
        paths
    }
}

/// A spec file without `$id`, which is not an address, and `$schema`, which describes the dialect.
fn resource(spec: &Value) -> Value {
    let mut spec = spec.clone();
    if let Some(members) = spec.as_object_mut() {
        members.retain(|name, _| name != "$id" && name != "$schema");
    }
    spec
}

struct Folder(Specs);

impl Retrieve for Folder {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let file = uri.as_str().strip_prefix(BASE).and_then(|file| self.0.get(file));
        Ok(resource(file.ok_or_else(|| format!("{uri} is not a spec file"))?))
    }
}

/// Translates errors of the judge to the paths that our validators blame: for a missing or unknown property, the judge
/// blames the object, we blame the property.
fn blame(error: &ValidationError<'_>, paths: &mut BTreeSet<String>) {
    let at = error.instance_path().as_str();
    let below = |name: &str| format!("{at}/{}", step(name));
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            paths.insert(below(property.as_str().unwrap_or_default()));
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            paths.extend(unexpected.iter().map(|name| below(name)));
        }
        ValidationErrorKind::Custom { message, .. } if !message.is_empty() => {
            paths.insert(below(message));
        }
        // Often the value has the type of only one alternative, such as the one next to null. Then we report where that
        // alternative is violated.
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let is_elsewhere = |branch: &&Vec<ValidationError<'_>>| {
                !branch.iter().any(|error| error.instance_path().as_str() == at && is_of_another_value(error))
            };
            match context.iter().filter(is_elsewhere).collect::<Vec<_>>().as_slice() {
                [only] => only.iter().for_each(|error| blame(error, paths)),
                _ => drop(paths.insert(at.to_owned())),
            }
        }
        _ => drop(paths.insert(at.to_owned())),
    }
}

/// Whether an error says that the value is a different one: of another type, or not one of those listed.
fn is_of_another_value(error: &ValidationError<'_>) -> bool {
    match error.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            let at = error.instance_path().as_str();
            let is_here = |inner: &ValidationError<'_>| inner.instance_path().as_str() == at;
            context.iter().all(|branch| branch.iter().any(|inner| is_here(inner) && is_of_another_value(inner)))
        }
        kind => ["type", "const", "enum", "falseSchema"].contains(&kind.keyword()),
    }
}
