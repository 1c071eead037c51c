//! Builds the catalogue from the schemas of the pages.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::{Choice, Model, Parameter, ParameterKind};
use crate::assertion::Assertion;
use crate::json_type::JsonType;
use crate::number::equal;
use crate::page::Page;
use crate::subschema::{Keywords, Subschema};

/// The models of a page; none if its schema is faulty, which codegen does not allow.
#[must_use]
pub fn models(page: &'static Page) -> Vec<Model> {
    let Ok(root) = page.schema.root() else {
        return Vec::new();
    };
    page.models.iter().map(|id| model(page, root, id)).collect()
}

fn model(page: &'static Page, root: &Keywords, id: &'static str) -> Model {
    let parameters = Parameters { root, within: Vec::new() }.of(root);
    let choice = parameters
        .iter()
        .find(|parameter| parameter.name == "model")
        .and_then(|parameter| parameter.options.iter().find(|choice| choice.value == id));
    let title = choice.and_then(|choice| choice.title.clone());
    let description = choice.and_then(|choice| choice.description.clone());
    Model {
        id: id.to_owned(),
        title: title.unwrap_or_else(|| id.to_owned()),
        description: description.or_else(|| root.description.clone()).unwrap_or_default(),
        summary: root.description.clone().unwrap_or_default(),
        request: page.title,
        docs: page.docs,
        source: page.source,
        group: page.group,
        family: page.family,
        endpoint: page.endpoint,
        rules: rules(root, id),
        parameters: parameters.into_iter().filter_map(|parameter| as_model_has_it(parameter, id)).collect(),
    }
}

/// The parameter without options that the model lacks, or `None` if the model lacks the parameter itself.
fn as_model_has_it(mut parameter: Parameter, id: &str) -> Option<Parameter> {
    let has = |models: &[String]| models.is_empty() || models.iter().any(|model| model == id);
    if !has(&parameter.models) {
        return None;
    }
    let is_model = parameter.name == "model";
    let (kept, lacking): (Vec<Choice>, Vec<Choice>) =
        parameter.options.into_iter().partition(|choice| has(&choice.models) && (!is_model || choice.value == id));
    parameter.options = kept;
    parameter.examples.retain(|value| !lacking.iter().any(|choice| equal(&choice.value, value)));
    parameter.default = parameter.default.filter(|value| !lacking.iter().any(|choice| equal(&choice.value, value)));
    Some(parameter)
}

/// The descriptions of the rules that can apply to a model.
fn rules(root: &Keywords, id: &'static str) -> Vec<String> {
    let model = Value::from(id);
    let concerns = |rule: &&Keywords| {
        let condition =
            rule.condition.as_ref().and_then(|condition| condition.keywords()?.properties.get("model")?.keywords());
        condition.is_none_or(|condition| {
            condition.constant.as_ref().is_none_or(|constant| *constant == model)
                && condition.options.as_ref().is_none_or(|options| options.contains(&model))
        })
    };
    root.all_of
        .iter()
        .filter_map(Subschema::keywords)
        .filter(concerns)
        .filter_map(|rule| rule.description.clone())
        .collect()
}

/// Turns properties into parameters.
struct Parameters<'a> {
    root: &'a Keywords,
    /// The definitions being expanded; used to stop at a recursive one.
    within: Vec<&'a str>,
}

impl<'a> Parameters<'a> {
    fn of(&mut self, object: &'a Keywords) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for (name, subschema) in object.properties.iter() {
            if let Some(schema) = subschema.keywords() {
                parameters.push(self.parameter(name, schema, object.requires(name)));
            }
        }
        parameters
    }

    fn parameter(&mut self, name: &str, schema: &'a Keywords, required: bool) -> Parameter {
        let depth = self.within.len();
        let layers = self.layers(schema);
        let mut parameter = Parameter {
            required,
            nullable: nullable(schema),
            options: options(&layers),
            beside_range: beside_range(&layers),
            ..bare(name, self.kind(&layers))
        };
        for layer in &layers {
            inherit(&mut parameter, layer);
            range_beside_values(layer).into_iter().for_each(|range| inherit(&mut parameter, range));
        }
        self.within.truncate(depth);
        parameter
    }

    /// The schema and the schemas it leads to, by `$ref` or as the only form other than `null`.
    fn layers(&mut self, schema: &'a Keywords) -> Vec<&'a Keywords> {
        let mut layers = vec![schema];
        let mut next = Some(schema);
        while let Some(schema) = next {
            let definition = schema.reference.as_ref().map(|reference| reference.0.as_str());
            let inner = match definition {
                Some(name) if self.within.contains(&name) => None,
                Some(name) => {
                    self.within.push(name);
                    self.root.definitions.get(name).and_then(Subschema::keywords)
                }
                None => beside_null(schema),
            };
            layers.extend(inner);
            next = inner;
        }
        layers
    }

    fn kind(&mut self, layers: &[&'a Keywords]) -> ParameterKind {
        if let Some(forms) = layers.iter().find_map(|layer| union(layer)) {
            let named = |form: &'a Keywords| (form.title.as_deref().unwrap_or_default(), form);
            let forms = forms.into_iter().map(named).map(|(name, form)| self.parameter(name, form, true));
            return ParameterKind::Union { forms: forms.collect() };
        }
        let types = layers.iter().flat_map(|it| &it.types.0);
        match types.copied().find(|kind| *kind != JsonType::Null) {
            Some(JsonType::Integer) => ParameterKind::Integer,
            Some(JsonType::Number) => ParameterKind::Number,
            Some(JsonType::Boolean) => ParameterKind::Boolean,
            Some(JsonType::Array) => {
                if let Some(layer) = layers.iter().find(|layer| !layer.prefix_items.is_empty()) {
                    let items = layer.prefix_items.iter().filter_map(Subschema::keywords);
                    return ParameterKind::Tuple {
                        items: items.map(|item| self.parameter("items", item, true)).collect(),
                    };
                }
                let items = layers.iter().find_map(|it| it.items.as_ref()?.keywords());
                items.map_or(ParameterKind::Any, |items| ParameterKind::Array {
                    items: Box::new(self.parameter("items", items, true)),
                })
            }
            Some(JsonType::Object) => {
                let values = layers.iter().find_map(|it| it.additional_properties.as_ref()?.keywords());
                if let Some(values) = values {
                    return ParameterKind::Map { values: Box::new(self.parameter("values", values, true)) };
                }
                let is_free = |layer: &&Keywords| matches!(layer.additional_properties, Some(Subschema::Bool(true)));
                if layers.iter().any(is_free) {
                    return ParameterKind::Map { values: Box::new(bare("values", ParameterKind::Any)) };
                }
                let object = layers.iter().find(|it| it.properties.names().next().is_some());
                ParameterKind::Object { properties: object.map_or_else(Vec::new, |object| self.of(object)) }
            }
            _ if !options(layers).is_empty() => ParameterKind::Enumeration,
            _ if layers.iter().flat_map(|it| &it.assertions).any(Assertion::is_about_uris) => ParameterKind::Url,
            Some(JsonType::String) => ParameterKind::String,
            _ => ParameterKind::Any,
        }
    }
}

/// A parameter of a kind, with nothing else known about it.
fn bare(name: &str, kind: ParameterKind) -> Parameter {
    Parameter { name: name.to_owned(), kind, required: true, ..Parameter::default() }
}

/// Takes from a schema whatever the schemas around it did not state.
fn inherit(parameter: &mut Parameter, schema: &Keywords) {
    parameter.limits.extend(&schema.assertions);
    if parameter.default.is_none() {
        parameter.default.clone_from(&schema.default);
    }
    parameter.advanced |= schema.advanced;
    if let Some(description) = schema.description.as_ref().filter(|_| parameter.description.is_empty()) {
        parameter.description.clone_from(description);
    }
    if let Some(models) = schema.models.as_ref().filter(|_| parameter.models.is_empty()) {
        parameter.models.clone_from(models);
    }
    if parameter.examples.is_empty() {
        parameter.examples.clone_from(&schema.examples);
    }
}

/// The only form other than `null`.
fn beside_null(schema: &Keywords) -> Option<&Keywords> {
    let mut forms = schema
        .any_of
        .iter()
        .chain(&schema.one_of)
        .filter_map(Subschema::keywords)
        .filter(|form| form.single_value() != Some(&Value::Null));
    let form = forms.next().filter(|form| form.constant.is_none())?;
    forms.next().is_none().then_some(form)
}

fn nullable(schema: &Keywords) -> bool {
    let forms = schema.any_of.iter().chain(&schema.one_of).filter_map(Subschema::keywords);
    schema.types.0.contains(&JsonType::Null) || forms.filter_map(Keywords::single_value).any(Value::is_null)
}

/// The forms of a value that are not null.
fn forms(schema: &Keywords) -> impl Iterator<Item = &Keywords> {
    let forms = [&schema.one_of, &schema.any_of].into_iter().flatten().filter_map(Subschema::keywords);
    forms.filter(|form| form.single_value() != Some(&Value::Null))
}

/// The forms of a value that has several, each of another type.
fn union(schema: &Keywords) -> Option<Vec<&Keywords>> {
    let forms: Vec<&Keywords> = forms(schema).collect();
    let is_union = schema.types.0.is_empty() && forms.len() > 1 && forms.iter().all(|form| form.constant.is_none());
    is_union.then_some(forms)
}

/// The range of numbers in a schema that also lists single values.
fn range_beside_values(schema: &Keywords) -> Option<&Keywords> {
    let (values, ranges): (Vec<_>, Vec<_>) = forms(schema).partition(|form| form.constant.is_some());
    match ranges.as_slice() {
        [range] if !values.is_empty() => Some(*range),
        _ => None,
    }
}

fn choices<'a>(forms: impl Iterator<Item = &'a Keywords>) -> impl Iterator<Item = Choice> {
    forms.filter_map(|form| {
        let (title, description) = (form.title.clone(), form.description.clone());
        let models = form.models.clone().unwrap_or_default();
        Some(Choice { value: form.constant.clone()?, title, description, models })
    })
}

/// The only values that a schema allows, without `null`, for which there is `nullable`.
fn options(layers: &[&Keywords]) -> Vec<Choice> {
    let mut listed = Vec::new();
    for layer in layers {
        if forms(layer).all(|form| form.constant.is_some()) {
            listed.extend(choices(forms(layer)));
        }
        for value in layer.options.iter().flatten().chain(&layer.constant) {
            listed.push(Choice { value: value.clone(), title: None, description: None, models: Vec::new() });
        }
    }
    listed.retain(|choice| !choice.value.is_null());
    listed
}

/// The single values that a schema allows besides a range.
fn beside_range(layers: &[&Keywords]) -> Vec<Choice> {
    let layers = layers.iter().filter(|layer| range_beside_values(layer).is_some());
    layers.flat_map(|layer| choices(forms(layer))).collect()
}
